"""What is in the way: told, taken to the sponsor, cleared."""

import uuid
from typing import Any

from flask import flash, make_response, render_template, url_for

from qitracker.method.roles import Permission
from qitracker.method.stalled.stuck import STUCK_ON, StuckOn
from qitracker.models import Barrier, Project
from qitracker.people import scope
from qitracker.people.access import needs
from qitracker.people.reader import reader
from qitracker.people.sessions import go
from qitracker.plumbing.saving import writes
from qitracker.projects import queries
from qitracker.projects.addresses import TOOL_NAMES, tool_address
from qitracker.projects.supporting import add_barrier, clear_barrier, escalate_barrier
from qitracker.projects.supporting_forms import BarrierForm, ClearForm
from qitracker.projects.telling import tell_sponsor
from qitracker.projects.views import projects


@projects.get("/projects/<uuid:project_id>/barriers")
@needs(Permission.READ_PROJECT)
def barriers(project_id: uuid.UUID) -> Any:
    return _page(scope.project(reader(), project_id), 200)


@projects.post("/projects/<uuid:project_id>/barriers")
@needs(Permission.EDIT_PROJECT)
@writes
def tell_barrier(project_id: uuid.UUID) -> Any:
    project = scope.project(reader(), project_id)
    form = BarrierForm()
    if not form.is_ready():
        return _page(project, 422, form)
    barrier = add_barrier(
        project, form.text.data, by=reader(), stuck_on=form.stuck_on.data or None, escalate=form.escalate.data
    )
    if barrier.escalated_at is not None:
        tell_sponsor(project, barrier, by=reader())
    flash("Written down. Your coach sees it, and so does your sponsor if you asked.", "done")
    return go(url_for("projects.barriers", project_id=project.id))


@projects.post("/barriers/<uuid:barrier_id>/escalate")
@needs(Permission.EDIT_PROJECT)
@writes
def escalate(barrier_id: uuid.UUID) -> Any:
    barrier = scope.find(Barrier, reader(), barrier_id)
    done = escalate_barrier(barrier, by=reader())
    if done:
        tell_sponsor(barrier.project, barrier, by=reader())
    flash("Your sponsor is asked to move it." if done else "That was done before.", "done")
    return go(url_for("projects.barriers", project_id=barrier.project_id))


@projects.post("/barriers/<uuid:barrier_id>/clear")
@needs(Permission.EDIT_PROJECT)
@writes
def clear(barrier_id: uuid.UUID) -> Any:
    barrier = scope.find(Barrier, reader(), barrier_id)
    form = ClearForm()
    if not form.is_ready():
        return _page(barrier.project, 422, form, clearing=barrier)
    done = clear_barrier(barrier, form.how.data, by=reader())
    flash("It is out of the way. Well done." if done else "That was done before.", "done")
    return go(url_for("projects.barriers", project_id=barrier.project_id))


def _page(
    project: Project, status: int, form: BarrierForm | ClearForm | None = None, clearing: Barrier | None = None
) -> Any:
    every = queries.barriers_of(project)
    html = render_template(
        "projects/barriers.html",
        project=project,
        form=form or BarrierForm(formdata=None),
        telling=form if isinstance(form, BarrierForm) else BarrierForm(formdata=None),
        fresh=ClearForm(formdata=None),
        clearing=clearing.id if clearing else None,
        open_ones=[(one, next_steps(project, one.stuck_on)) for one in every if one.cleared_at is None],
        cleared=[one for one in every if one.cleared_at is not None],
        may_edit=scope.may_on(reader(), project, Permission.EDIT_PROJECT),
    )
    return make_response(html, status)


def next_steps(project: Project, code: str | None) -> tuple[str, str, str, str] | None:
    """What a project is stuck on in words, what most often helps, and the page for it with its name."""
    if not code or code not in set(StuckOn):
        return None
    words = STUCK_ON[StuckOn(code)]
    return words.name, words.next_step, tool_address(words.tool, project.id), TOOL_NAMES[words.tool]
