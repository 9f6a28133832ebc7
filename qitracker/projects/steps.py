"""Steps and stages: what a team writes, what shows it, moving on and going back."""

import uuid
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, make_response, render_template, url_for

from qitracker.method.methods import METHODS
from qitracker.method.readiness import gate, why_not_ready
from qitracker.method.roles import Permission
from qitracker.method.stages import Method, Stage, Step
from qitracker.models import Evidence, Project, StepEntry
from qitracker.people import scope
from qitracker.people.access import needs
from qitracker.people.reader import reader
from qitracker.people.sessions import go
from qitracker.plumbing import clock
from qitracker.plumbing.forms import Form
from qitracker.plumbing.saving import writes
from qitracker.projects import actions, queries
from qitracker.projects.addresses import TOOL_NAMES, tool_address
from qitracker.projects.forms import EvidenceForm, MoveForm, step_form
from qitracker.projects.views import projects
from qitracker.standing.facts import Gathered, Thing, facts_of, gather_work


@projects.get("/projects/<uuid:project_id>/steps/<step>")
@needs(Permission.READ_PROJECT)
def step(project_id: uuid.UUID, step: str) -> Any:
    here = _step(project_id, step)
    return _page(here, here.entry_form(), 200)


@projects.post("/projects/<uuid:project_id>/steps/<step>")
@needs(Permission.EDIT_PROJECT)
@writes
def write_step(project_id: uuid.UUID, step: str) -> Any:
    here = _step(project_id, step)
    form = here.form()
    if not form.is_ready():
        return _page(here, form, 422)
    if here.entry is not None and form.is_stale(here.entry, here.stored()):
        return _page(here, form, 409)
    actions.write_step(
        here.project,
        here.entry,
        step,
        by=reader(),
        status=form["status"].data,
        answers={question.key: form[f"answer_{question.key}"].data for question in here.step.asks},
        owner_id=uuid.UUID(form["owner"].data) if form["owner"].data else None,
        due=form["due"].data,
    )
    flash(f"{here.step.name} is saved.", "done")
    return go(url_for("projects.home", project_id=here.project.id))


@projects.post("/projects/<uuid:project_id>/steps/<step>/evidence")
@needs(Permission.EDIT_PROJECT)
@writes
def add_evidence(project_id: uuid.UUID, step: str) -> Any:
    here = _step(project_id, step)
    form = here.evidence_form()
    if not form.is_ready():
        return _page(here, here.entry_form(), 422, form)
    thing = next((one for one in here.things if str(one.id) == form.thing.data), None)
    actions.add_evidence(
        here.project,
        step,
        form.words.data or (thing.name if thing else ""),
        by=reader(),
        address=form.address.data,
        kind=thing.kind if thing else "note",
        noun_id=thing.id if thing else None,
    )
    flash("Added.", "done")
    return go(url_for("projects.step", project_id=here.project.id, step=step))


@projects.post("/evidence/<uuid:evidence_id>/remove")
@needs(Permission.EDIT_PROJECT)
@writes
def remove_evidence(evidence_id: uuid.UUID) -> Any:
    evidence = scope.find(Evidence, reader(), evidence_id)
    back = url_for("projects.step", project_id=evidence.project_id, step=evidence.step)
    actions.remove_evidence(evidence, by=reader())
    flash("Removed. It stays in the history.", "done")
    return go(back)


@projects.get("/projects/<uuid:project_id>/stage")
@needs(Permission.READ_PROJECT)
def stage(project_id: uuid.UUID) -> Any:
    return _stage_page(scope.project(reader(), project_id), MoveForm(), 200)


@projects.post("/projects/<uuid:project_id>/stage/<to>")
@needs(Permission.EDIT_PROJECT)
@writes
def move(project_id: uuid.UUID, to: str) -> Any:
    project = scope.project(reader(), project_id)
    method = METHODS[project.method]
    wanted = next((one for one in method.stages if one.key == to), None)
    if wanted is None:
        abort(404)
    form = MoveForm()
    if not form.is_ready():
        return _stage_page(project, form, 422)
    actions.move_to_stage(project, wanted.key, form.why.data, by=reader())
    flash(f"The project is in {wanted.name} now.", "done")
    return go(url_for("projects.home", project_id=project.id))


@dataclass(frozen=True, slots=True)
class Here:
    """A step of a project, with what was gathered of the project, once for the whole page."""

    project: Project
    stage: Stage
    step: Step
    gathered: Gathered

    @property
    def entry(self) -> StepEntry | None:
        return self.gathered.entries.get(self.step.key)

    @property
    def things(self) -> tuple[Thing, ...]:
        return self.gathered.things

    def form(self, *, empty: bool = False) -> Form:
        return step_form(self.step, queries.team_choices(self.gathered.team), empty=empty)

    def evidence_form(self, *, empty: bool = False) -> EvidenceForm:
        form = EvidenceForm(formdata=None) if empty else EvidenceForm()
        form.thing.choices = [("", "Nothing of these"), *((str(one.id), one.name) for one in self.things)]
        return form

    def stored(self) -> dict[str, Any]:
        """What is stored for the step, by the names of the form's fields."""
        entry = self.entry
        answers = entry.answers if entry else {}
        return {
            **{f"answer_{question.key}": answers.get(question.key, "") for question in self.step.asks},
            "owner": str(entry.owner_id) if entry and entry.owner_id else "",
            "due": entry.due if entry else None,
            "status": entry.status if entry else None,
        }

    def entry_form(self) -> Form:
        """The form as stored. The very first question is answered by what was told at registration."""
        form = self.form(empty=True)
        for name, value in self.stored().items():
            form[name].data = value
        if self.entry is None and self.step is METHODS[self.project.method].stages[0].steps[0]:
            form[f"answer_{self.step.asks[0].key}"].data = self.project.problem
        form.version.data = str(self.entry.version) if self.entry else "0"
        return form


def _step(project_id: uuid.UUID, step: str) -> Here:
    project = scope.project(reader(), project_id)
    found = next(((stage, one) for stage, one in METHODS[project.method].steps() if one.key == step), None)
    if found is None:
        abort(404)
    return Here(project, *found, gather_work([project])[project.id])


def _page(here: Here, form: Form, status: int, evidence_form: EvidenceForm | None = None) -> Any:
    project, step = here.project, here.step
    evidence_form = evidence_form or here.evidence_form(empty=True)
    html = render_template(
        "projects/step.html",
        project=project,
        stage=here.stage,
        step=step,
        step_form=form,
        evidence_form=evidence_form,
        form=evidence_form if evidence_form.errors or evidence_form.warnings else form,
        evidence=queries.evidence_for(project, step.key),
        lacking=why_not_ready(step, facts_of(here.gathered, clock.today())),
        place=[one.key for one in here.stage.steps].index(step.key) + 1,
        tool=step.tool and (TOOL_NAMES[step.tool], tool_address(step.tool, project.id)),
        may_edit=scope.may_on(reader(), project, Permission.EDIT_PROJECT),
    )
    return make_response(html, status)


def _stage_page(project: Project, form: MoveForm, status: int) -> Any:
    method: Method = METHODS[project.method]
    facts = facts_of(gather_work([project])[project.id], clock.today())
    html = render_template(
        "projects/stage.html",
        project=project,
        method=method,
        stage=method.stage(project.stage),
        stage_after=method.stage_after(project.stage),
        gate=gate(method.stage(project.stage), facts),
        move_form=form,
        form=form,
        moves=queries.stage_moves(project),
        names={one.key: one.name for one in method.stages},
        may_edit=scope.may_on(reader(), project, Permission.EDIT_PROJECT),
    )
    return make_response(html, status)
