"""Planning a cycle, changing its plan, and the quick note from the ward."""

import uuid
from typing import Any

from flask import abort, flash, make_response, render_template, request, url_for

from qitracker.cycles.actions import note_quickly, start_cycle, write_plan
from qitracker.cycles.carrying import carry_into
from qitracker.cycles.forms import PlanForm, QuickForm
from qitracker.cycles.queries import idea_choices, owner_choices, ramp_of, series_choices
from qitracker.cycles.room import cycles
from qitracker.cycles.sheets import Part, sheet
from qitracker.cycles.values import by_field, hints_for
from qitracker.method.cycles import CycleKind
from qitracker.method.roles import Permission
from qitracker.models import Cycle, Idea, Project
from qitracker.people import scope
from qitracker.people.access import needs
from qitracker.people.reader import reader
from qitracker.people.sessions import go
from qitracker.plumbing import clock
from qitracker.plumbing.saving import writes


@cycles.route("/projects/<uuid:project_id>/cycles/new", methods=["GET", "POST"])
@needs(Permission.EDIT_PROJECT)
@writes
def plan(project_id: uuid.UUID) -> Any:
    project = scope.project(reader(), project_id)
    before, idea = _asked(Cycle, "follows", project), _asked(Idea, "idea", project)
    form = PlanForm(kind=CycleKind.TEST)
    _offer(form, project, None, idea)
    if not form.is_submitted():
        _start_with(form, before, idea)
    elif not form.wants_more and form.is_ready():
        cycle = start_cycle(project, form.plan(), by=reader(), follows=before)
        flash(f"Cycle {cycle.number} is planned. Come back when you have tried it.", "done")
        return go(url_for("cycles.show", cycle_id=cycle.id))
    asked = {"idea": idea.id if idea else None, "follows": before.id if before else None}
    address = url_for("cycles.plan", project_id=project.id, **asked)
    return _page("Plan a PDSA cycle", project, form, address, before=before)


@cycles.route("/cycles/<uuid:cycle_id>/plan", methods=["GET", "POST"])
@needs(Permission.EDIT_PROJECT)
@writes
def edit(cycle_id: uuid.UUID) -> Any:
    cycle = scope.find(Cycle, reader(), cycle_id)
    form = PlanForm()
    _offer(form, cycle.project, cycle, None)
    stored = sheet(cycle, Part.PLAN)
    form.fill(stored)
    status = None
    if not form.wants_more and form.is_ready():
        if not form.is_stale(stored):
            write_plan(cycle, form.plan(), by=reader())
            flash("The plan is saved.", "done")
            return go(url_for("cycles.show", cycle_id=cycle.id))
        status = 409
    address = url_for("cycles.edit", cycle_id=cycle.id)
    hints = by_field(hints_for(cycle, ramp_of(cycle)))
    return _page(f"Plan of cycle {cycle.number}", cycle.project, form, address, cycle=cycle, hints=hints, status=status)


@cycles.route("/projects/<uuid:project_id>/cycles/quick", methods=["GET", "POST"])
@needs(Permission.EDIT_PROJECT)
@writes
def quick(project_id: uuid.UUID) -> Any:
    project = scope.project(reader(), project_id)
    idea = _asked(Idea, "idea", project)
    form = QuickForm(on=clock.today(), idea_id=idea.id if idea else None)
    form.offer_ideas(idea_choices(project, idea.id if idea else None))
    if form.is_ready():
        cycle, why_not = note_quickly(project, form.note(), by=reader())
        flash(f"Saved as cycle {cycle.number}. You can add the rest whenever you like.", "done")
        if why_not:
            flash(f"The idea stays where it is. {why_not.sentence}", "message")
        return go(url_for("cycles.show", cycle_id=cycle.id))
    html = render_template("cycles/quick.html", project=project, form=form)
    return make_response(html, 422 if form.is_submitted() else 200)


def _page(
    title: str,
    project: Project,
    form: PlanForm,
    address: str,
    *,
    cycle: Cycle | None = None,
    before: Cycle | None = None,
    hints: dict[str, str] | None = None,
    status: int | None = None,
) -> Any:
    """The form of a plan. Asking for one more row is no mistake: 200."""
    html = render_template(
        "cycles/plan.html",
        title=title,
        project=project,
        form=form,
        address=address,
        cycle=cycle,
        before=before,
        hints=hints or {},
    )
    return make_response(html, status or (422 if form.is_submitted() and not form.wants_more else 200))


def _offer(form: PlanForm, project: Project, cycle: Cycle | None, idea: Idea | None) -> None:
    picked = cycle.idea_id if cycle else idea.id if idea else None
    form.offer(
        ideas=idea_choices(project, picked),
        series=series_choices(project),
        team=owner_choices(project, cycle),
    )


def _start_with(form: PlanForm, before: Cycle | None, idea: Idea | None) -> None:
    """What a new plan's boxes hold: the cycle before, the idea that was picked, and whoever is planning."""
    me = reader().id
    if any(key == str(me) for key, _ in form.owner_id.choices):
        form.owner_id.data = me
    if before:
        carry_into(form, before)
    if idea:
        form.idea_id.data = idea.id


def _asked(kind: Any, name: str, project: Project) -> Any:
    """The thing named in the address, or None when none is; 404 for nonsense or one of another project."""
    typed = request.args.get(name, "")
    if not typed:
        return None
    try:
        thing_id = uuid.UUID(typed)
    except ValueError:
        abort(404)
    thing = scope.find(kind, reader(), thing_id, Permission.READ_PROJECT)
    if thing.project_id != project.id:
        abort(404)
    return thing
