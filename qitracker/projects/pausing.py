"""Pausing a project: with a reason, a day on which it is looked at again, and who takes it up."""

import uuid
from typing import Any

from flask import flash, make_response, render_template, url_for

from qitracker.method.dates import in_words
from qitracker.method.roles import Permission
from qitracker.method.stalled.holds import HoldKind
from qitracker.models import Hold, Project
from qitracker.people import scope
from qitracker.people.access import needs
from qitracker.people.queries import team_of
from qitracker.people.reader import reader
from qitracker.people.sessions import go
from qitracker.plumbing import clock
from qitracker.plumbing.saving import alone, writes
from qitracker.projects import queries
from qitracker.projects.supporting import end_hold, hold
from qitracker.projects.supporting_forms import PauseForm
from qitracker.projects.views import projects
from qitracker.standing.numbers import settings_of


@projects.get("/projects/<uuid:project_id>/pause")
@needs(Permission.EDIT_PROJECT)
def pause(project_id: uuid.UUID) -> Any:
    project = scope.project(reader(), project_id)
    return _page(project, _form(project, empty=True), 200)


@projects.post("/projects/<uuid:project_id>/pause")
@needs(Permission.EDIT_PROJECT)
@writes
def start_pause(project_id: uuid.UUID) -> Any:
    project = scope.project(reader(), project_id)
    alone(project)
    held = _in_force(project)
    if held is not None or project.closed_at is not None:
        flash(f"{_rests(held)} Take it up again first, then pause it anew.", "warning")
        return go(url_for("projects.pause", project_id=project.id))
    form = _form(project)
    if not form.is_ready():
        return _page(project, form, 422)
    made = hold(
        project,
        HoldKind.PAUSE,
        form.why.data,
        form.until.data,
        by=reader(),
        restarts_id=uuid.UUID(form.restarts.data),
    )
    flash(f"The project rests until {in_words(made.until)}. Nothing counts against it until then.", "done")
    return go(url_for("projects.home", project_id=project.id))


@projects.post("/projects/<uuid:project_id>/pause/end")
@needs(Permission.EDIT_PROJECT)
@writes
def end_pause(project_id: uuid.UUID) -> Any:
    project = scope.project(reader(), project_id)
    alone(project)
    found = _in_force(project)
    if found is None:
        flash("It does not rest.", "warning")
    else:
        end_hold(found, by=reader())
        flash("The work goes on. Welcome back.", "done")
    return go(url_for("projects.home", project_id=project.id))


def _rests(held: Hold | None) -> str:
    return f"{held.by.name} has paused it already, until {in_words(held.until)}." if held else "It is closed."


def _in_force(project: Project) -> Hold | None:
    held = queries.holds_in_force(project, clock.today())
    return next((one for one in held if one.kind is HoldKind.PAUSE), None)


def _form(project: Project, *, empty: bool = False) -> PauseForm:
    form = PauseForm(formdata=None) if empty else PauseForm()
    form.settings = settings_of({project.organisation_id})[project.organisation_id]
    form.restarts.choices = [("", "Choose a person"), *queries.people_choices(team_of(project))]
    return form


def _page(project: Project, form: PauseForm, status: int) -> Any:
    html = render_template(
        "projects/pause.html",
        project=project,
        form=form,
        held=_in_force(project),
        most_days=int(form.settings["pause_most_days"]),
    )
    return make_response(html, status)
