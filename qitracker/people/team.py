"""The team of a project, and who may see the project."""

import uuid
from typing import Any

from flask import Blueprint, abort, flash, make_response, render_template, request, url_for

from qitracker.method.roles import ROLES, Permission
from qitracker.models import Project, Visibility
from qitracker.people import scope
from qitracker.people.access import needs
from qitracker.people.actions import end_role, give_role, invite
from qitracker.people.forms import HAS_LEFT, PrivateForm, TeamForm
from qitracker.people.leading import hold_team, why_not_end_lead, why_not_private
from qitracker.people.queries import has_ended, person_by_email, team_of
from qitracker.people.reader import reader
from qitracker.people.sessions import go
from qitracker.plumbing import history
from qitracker.plumbing.saving import writes

team = Blueprint("team", __name__, url_prefix="/projects/<uuid:project_id>/team")


@team.get("/")
@needs(Permission.READ_PROJECT)
def show(project_id: uuid.UUID) -> Any:
    return _page(scope.project(reader(), project_id), 200)


@team.post("/")
@needs(Permission.MANAGE_TEAM)
@writes
def add(project_id: uuid.UUID) -> Any:
    project = scope.project(reader(), project_id)
    form = TeamForm()
    ready = form.validate_on_submit()
    person = person_by_email(form.email.data) if ready else None
    if person is not None and not person.is_active:
        form.email.errors = [HAS_LEFT]
    if not ready or form.errors:
        return _page(project, 422, form)
    if person is None:
        _, token = invite(form.name.data, form.email.data, form.role.data, by=reader(), project=project)
        return _page(project, 200, link=url_for("people.invitation", token=token, _external=True))
    give_role(person, form.role.data, by=reader(), project=project, profession=form.profession.data)
    flash(f"{person.name} is now in the team.", "done")
    return go(url_for("team.show", project_id=project.id))


@team.post("/<uuid:held_id>/end")
@needs(Permission.MANAGE_TEAM)
@writes
def end(project_id: uuid.UUID, held_id: uuid.UUID) -> Any:
    project = scope.project(reader(), project_id)
    hold_team(project)
    held = next((one for one in team_of(project) if one.id == held_id), None)
    if held is None:
        if not has_ended(project, held_id):
            abort(404)
        flash("Somebody else has done that already.", "warning")
        return go(url_for("team.show", project_id=project.id))
    problem = why_not_end_lead(held, project)
    if problem:
        flash(problem, "warning")
        return go(url_for("team.show", project_id=project.id))
    end_role(held, by=reader(), project=project)
    flash(f"{held.person.name} is no longer in the team. What they wrote stays.", "done")
    return go(url_for("team.show", project_id=project.id))


@team.post("/visibility")
@needs(Permission.MANAGE_TEAM)
@writes
def visibility(project_id: uuid.UUID) -> Any:
    """Open it to all staff, or close it to its team: that needs a lead's reason."""
    project = scope.project(reader(), project_id)
    wanted = request.form.get("visibility")
    if wanted not in {word.value for word in Visibility}:
        abort(400)
    hold_team(project)
    why = None
    if wanted == Visibility.PRIVATE and project.visibility is Visibility.OPEN:
        form = PrivateForm()
        problem = why_not_private(project, reader())
        if not form.is_ready() or problem:
            form.why.errors = [problem] if problem else form.why.errors
            return _page(project, 422, form)
        why = form.why.data
    history.amend(project, "project", by=reader(), project_id=project.id, why=why, visibility=Visibility(wanted))
    flash("Saved.", "done")
    return go(url_for("team.show", project_id=project.id))


def _page(project: Project, status: int, form: TeamForm | PrivateForm | None = None, link: str | None = None) -> Any:
    joining = form if isinstance(form, TeamForm) else TeamForm(formdata=None)
    html = render_template(
        "people/team.html",
        project=project,
        form=form or joining,
        joining=joining,
        closing=form if isinstance(form, PrivateForm) else PrivateForm(formdata=None),
        team=team_of(project),
        roles=ROLES,
        link=link,
        may_manage=scope.may_on(reader(), project, Permission.MANAGE_TEAM),
        why_not_private=why_not_private(project, reader()),
    )
    return make_response(html, status)
