"""The aim, in parts; what is missing is said beside it, and how far it has come is read off the chart."""

import uuid
from typing import Any

from flask import flash, make_response, render_template, url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload, undefer

from qitracker.charts.time_words import Patience, time_to_be_sure
from qitracker.findings import aim_parts, analysis_of, words_of
from qitracker.method.aims import checks, sentence
from qitracker.method.roles import Permission
from qitracker.models import Aim, Project, Series, db
from qitracker.people import scope
from qitracker.people.access import needs
from qitracker.people.reader import reader
from qitracker.people.sessions import go
from qitracker.plumbing import clock
from qitracker.plumbing.saving import writes
from qitracker.projects import queries
from qitracker.projects.actions import write_aim
from qitracker.projects.forms import AimForm
from qitracker.projects.views import projects
from qitracker.standing.facts import progress_of


@projects.get("/projects/<uuid:project_id>/aim")
@needs(Permission.READ_PROJECT)
def aim(project_id: uuid.UUID) -> Any:
    project = scope.project(reader(), project_id)
    found = queries.aim_of(project)
    series = _series(project)
    form = _form(series)
    if found is not None:
        form.fill(found)
        form.series_id.data = str(found.series_id or "")
    elif series:
        form.series_id.data = str(series[0].id)
        form.unit.data = series[0].measure.unit
        form.what.data = series[0].measure.name
    return _page(project, found, series, form, 200)


@projects.post("/projects/<uuid:project_id>/aim")
@needs(Permission.EDIT_PROJECT)
@writes
def change_aim(project_id: uuid.UUID) -> Any:
    project = scope.project(reader(), project_id)
    found = queries.aim_of(project)
    series = _series(project)
    form = _form(series)
    if not form.is_ready():
        return _page(project, found, series, form, 422)
    if found is not None and form.is_stale(found):
        return _page(project, found, series, form, 409)
    parts = form.values()
    parts["series_id"] = uuid.UUID(parts["series_id"]) if parts["series_id"] else None
    saved = write_aim(project, found, by=reader(), **parts)
    missing = checks(aim_parts(saved), clock.today())
    flash("Your aim is saved." + (f" Still to do: {missing[0].sentence}" if missing else ""), "done")
    return go(url_for("projects.aim" if missing else "projects.home", project_id=project.id))


def _series(project: Project) -> list[Series]:
    rows = (
        select(Series)
        .where(Series.project_id == project.id)
        .options(joinedload(Series.measure), undefer(Series.analysis))
    )
    return list(db.session.scalars(rows.order_by(Series.position)))


def _form(series: list[Series]) -> AimForm:
    form = AimForm()
    named = [(str(one.id), f"{one.measure.name}, {one.group}" if one.group else one.measure.name) for one in series]
    form.series_id.choices = [("", "None yet"), *named]
    return form


def _page(project: Project, found: Aim | None, series: list[Series], form: AimForm, status: int) -> Any:
    chosen = next((one for one in series if found and one.id == found.series_id), None)
    html = render_template(
        "projects/aim.html",
        project=project,
        form=form,
        aim=found,
        sentence=sentence(aim_parts(found)) if found else "",
        checks=checks(aim_parts(found), clock.today()) if found else (),
        progress=progress_of(found, chosen, clock.today()) if found else None,
        patience=_patience(found, chosen) if found and chosen else None,
        may_edit=scope.may_on(reader(), project, Permission.EDIT_PROJECT),
    )
    return make_response(html, status)


def _patience(aim: Aim, series: Series) -> Patience | None:
    """How long the chart would need to show that the aim is reached."""
    analysis = analysis_of(series)
    return time_to_be_sure(analysis, words_of(series.measure), aim.target) if analysis else None
