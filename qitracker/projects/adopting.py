"""A project that nobody leads any more: whoever works here adopts an open one; for a private one an administrator names
somebody, without seeing more of it than its place and the day it was registered."""

import uuid
from typing import Any

from flask import abort, flash, make_response, render_template, url_for

from qitracker.method.roles import Permission
from qitracker.models import Person, Project, Visibility, db
from qitracker.people import scope
from qitracker.people.access import needs
from qitracker.people.leading import hold_team, leaderless_project, leads_of, works_in
from qitracker.people.reader import reader
from qitracker.people.sessions import go
from qitracker.plumbing.saving import writes
from qitracker.projects.supporting import adopt as adopt_project
from qitracker.projects.supporting import name_lead as name_its_lead
from qitracker.projects.supporting_forms import AdoptForm, NameLeadForm
from qitracker.projects.telling import tell_new_lead
from qitracker.projects.views import projects

NOT_HERE = "Nobody who works here has this address"
NOT_YOURSELF = "Name somebody else: an administrator does not see private projects"


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


@projects.get("/people/without-lead/<uuid:leaderless_id>")
@needs(Permission.MANAGE_PEOPLE)
def without_lead(leaderless_id: uuid.UUID) -> Any:
    return _naming_page(_leaderless(leaderless_id), NameLeadForm(formdata=None), 200)


@projects.post("/people/without-lead/<uuid:leaderless_id>")
@needs(Permission.MANAGE_PEOPLE)
@writes
def name_lead(leaderless_id: uuid.UUID) -> Any:
    """Somebody else than the administrator: who names themselves would open what its team has closed."""
    project = _leaderless(leaderless_id)
    hold_team(project)
    leads, left = leads_of(project)
    if leads or project.visibility is Visibility.OPEN:
        flash("It has a lead by now. Nothing was changed.", "warning")
        return go(url_for("administration.everyone"))
    form = NameLeadForm()
    ready = form.is_ready()
    person = works_in(project.organisation_id, form.email.data) if ready else None
    if ready and person is None:
        form.email.errors = [NOT_HERE]
    elif person is not None and person.id == reader().id:
        form.email.errors = [NOT_YOURSELF]
    if person is None or form.errors:
        return _naming_page(project, form, 422)
    name_its_lead(project, person, left, form.why.data, by=reader())
    tell_new_lead(project, person, form.why.data, by=reader())
    flash(f"{person.name} leads it now. They and the team are told.", "done")
    return go(url_for("administration.everyone"))


def _leaderless(project_id: uuid.UUID) -> Project:
    project = leaderless_project(reader(), project_id)
    if project is None:
        abort(404)
    return project


def _naming_page(project: Project, form: NameLeadForm, status: int) -> Any:
    """The template is not given the project: it could say more than it may."""
    html = render_template(
        "projects/without_lead.html",
        leaderless_id=project.id,
        place=project.unit.name,
        registered_at=project.registered_at,
        form=form,
    )
    return make_response(html, status)


def _page(project: Project, form: AdoptForm, status: int) -> Any:
    leads, left = leads_of(project)
    html = render_template("projects/adopt.html", project=project, form=form, leads=leads, left=left)
    return make_response(html, status)
