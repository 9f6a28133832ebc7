"""Adopting a project that nobody leads, so that what was begun is not lost when somebody leaves."""

import uuid
from typing import Any

from flask import flash, make_response, render_template, url_for

from qitracker.method.roles import Permission
from qitracker.models import Person, Project, db
from qitracker.people import scope
from qitracker.people.access import needs
from qitracker.people.leading import hold_team, leads_of
from qitracker.people.reader import reader
from qitracker.people.sessions import go
from qitracker.plumbing.saving import writes
from qitracker.projects.supporting import adopt as adopt_project
from qitracker.projects.supporting_forms import AdoptForm
from qitracker.projects.views import projects


@projects.get("/projects/<uuid:project_id>/adopt")
@needs(Permission.REGISTER_PROJECT)
def adopt(project_id: uuid.UUID) -> Any:
    return _page(scope.project(reader(), project_id), AdoptForm(formdata=None), 200)


@projects.post("/projects/<uuid:project_id>/adopt")
@needs(Permission.REGISTER_PROJECT)
@writes
def take_lead(project_id: uuid.UUID) -> Any:
    project = scope.project(reader(), project_id)
    hold_team(project)
    leads, left = leads_of(project)
    if leads or project.closed_at is not None:
        flash("It has a lead, or it is closed: it cannot be adopted.", "warning")
        return go(url_for("projects.home", project_id=project.id))
    form = AdoptForm()
    if not form.is_ready():
        return _page(project, form, 422)
    adopt_project(project, db.session.get_one(Person, reader().id), left, form.why.data, by=reader())
    flash("You lead this project now. Its history, numbers and tests are all here.", "done")
    return go(url_for("projects.home", project_id=project.id))


def _page(project: Project, form: AdoptForm, status: int) -> Any:
    leads, left = leads_of(project)
    html = render_template("projects/adopt.html", project=project, form=form, leads=leads, left=left)
    return make_response(html, status)
