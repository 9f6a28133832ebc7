"""Closing a project: how it ended, what was learnt, which of its series stay watched. And opening it again."""

import uuid
from typing import Any

from flask import flash, make_response, render_template, url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from qitracker.method.roles import Permission
from qitracker.models import Project, Series, db
from qitracker.people import scope
from qitracker.people.access import needs
from qitracker.people.reader import reader
from qitracker.people.sessions import go
from qitracker.plumbing.saving import writes
from qitracker.projects import actions
from qitracker.projects.supporting_forms import CloseForm, close_form
from qitracker.projects.views import projects


@projects.get("/projects/<uuid:project_id>/close")
@needs(Permission.EDIT_PROJECT)
def closing(project_id: uuid.UUID) -> Any:
    project = scope.project(reader(), project_id)
    series = _series(project)
    return _page(project, close_form(series, empty=True), series, 200)


@projects.post("/projects/<uuid:project_id>/close")
@needs(Permission.EDIT_PROJECT)
@writes
def close(project_id: uuid.UUID) -> Any:
    project = scope.project(reader(), project_id)
    series = _series(project)
    form = close_form(series)
    if project.closed_at is not None:
        flash("It is closed already.", "warning")
        return go(url_for("projects.home", project_id=project.id))
    if not form.is_ready():
        return _page(project, form, series, 422)
    actions.close(project, form.why.data, by=reader(), closing=form.closing.data, learnt=form.learnt.data)
    watched = [one for one in series if form[f"watch_{one.id.hex}"].data]
    actions.watch(series, watched, by=reader())
    flash(
        "The project is closed, and what you learnt stays."
        + (" Its measures go on, so that you see if the gain is lost." if watched else ""),
        "done",
    )
    return go(url_for("projects.home", project_id=project.id))


@projects.post("/projects/<uuid:project_id>/reopen")
@needs(Permission.EDIT_PROJECT)
@writes
def reopen(project_id: uuid.UUID) -> Any:
    project = scope.project(reader(), project_id)
    actions.reopen(project, by=reader())
    series = _series(project)
    actions.watch(series, series, by=reader())
    flash("The project is open again. How it closed stays in its history.", "done")
    return go(url_for("projects.home", project_id=project.id))


def _series(project: Project) -> list[Series]:
    rows = select(Series).where(Series.project_id == project.id).options(joinedload(Series.measure))
    return list(db.session.scalars(rows.order_by(Series.position)))


def _page(project: Project, form: CloseForm, series: list[Series], status: int) -> Any:
    html = render_template(
        "projects/close.html",
        project=project,
        form=form,
        boxes=[form[f"watch_{one.id.hex}"] for one in series],
    )
    return make_response(html, status)
