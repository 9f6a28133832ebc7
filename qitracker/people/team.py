"""The team of a project, and who may see the project."""

import uuid
from typing import Any

from flask import Blueprint, abort, flash, make_response, render_template, request, url_for

from qitracker.method.roles import ROLES, Permission, Role
from qitracker.models import Project, Visibility
from qitracker.people import scope
from qitracker.people.access import needs
from qitracker.people.actions import end_role, give_role, invite
from qitracker.people.forms import TeamForm
from qitracker.people.queries import person_by_email, team_of
from qitracker.people.reader import reader
from qitracker.people.sessions import go
from qitracker.plumbing import history
from qitracker.plumbing.saving import writes

team = Blueprint("team", __name__, url_prefix="/projects/<uuid:project_id>/team")


@team.get("/")
@needs(Permission.READ_PROJECT)
def show(project_id: uuid.UUID) -> Any:
    return _page(scope.project(reader(), project_id), TeamForm(), 200)


@team.post("/")
@needs(Permission.MANAGE_TEAM)
@writes
def add(project_id: uuid.UUID) -> Any:
    project = scope.project(reader(), project_id)
    form = TeamForm()
    if not form.validate_on_submit():
        return _page(project, form, 422)
    person = person_by_email(form.email.data)
    if person is None:
        _, token = invite(form.name.data, form.email.data, form.role.data, by=reader(), project=project)
        return _page(
            project, TeamForm(formdata=None), 200, link=url_for("people.invitation", token=token, _external=True)
        )
    give_role(person, form.role.data, by=reader(), project=project, profession=form.profession.data)
    flash(f"{person.name} is now in the team.", "done")
    return go(url_for("team.show", project_id=project.id))


@team.post("/<uuid:held_id>/end")
@needs(Permission.MANAGE_TEAM)
@writes
def end(project_id: uuid.UUID, held_id: uuid.UUID) -> Any:
    project = scope.project(reader(), project_id)
    held = next((one for one in team_of(project) if one.id == held_id), None)
    if held is None:
        abort(404)
    others = [one for one in team_of(project) if one.role is Role.PROJECT_LEAD and one is not held]
    if project.visibility is Visibility.PRIVATE and held.role is Role.PROJECT_LEAD and not others:
        flash("Name another project lead first: a private project is seen by its team alone.", "warning")
        return go(url_for("team.show", project_id=project.id))
    end_role(held, by=reader(), project=project)
    flash(f"{held.person.name} is no longer in the team. What they wrote stays.", "done")
    return go(url_for("team.show", project_id=project.id))


@team.post("/visibility")
@needs(Permission.MANAGE_TEAM)
@writes
def visibility(project_id: uuid.UUID) -> Any:
    project = scope.project(reader(), project_id)
    wanted = request.form.get("visibility")
    if wanted not in {word.value for word in Visibility}:
        abort(400)
    if wanted == Visibility.PRIVATE and not any(held.role is Role.PROJECT_LEAD for held in team_of(project)):
        flash("Name a project lead first: a private project is seen by its team alone.", "warning")
        return go(url_for("team.show", project_id=project.id))
    history.amend(project, "project", by=reader(), project_id=project.id, visibility=Visibility(wanted))
    flash("Saved.", "done")
    return go(url_for("team.show", project_id=project.id))


def _page(project: Project, form: TeamForm, status: int, link: str | None = None) -> Any:
    html = render_template(
        "people/team.html",
        project=project,
        form=form,
        team=team_of(project),
        roles=ROLES,
        link=link,
        may_manage=scope.may_on(reader(), project, Permission.MANAGE_TEAM),
    )
    return make_response(html, status)
