"""Programmes: a larger purpose that projects serve. Add one, rename it, put projects in."""

import uuid
from collections.abc import Sequence
from typing import Any

from flask import abort, flash, make_response, render_template, request, url_for
from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload

from qitracker.hub import reach
from qitracker.hub.actions import add_programme, put_in_programme, rename_programme
from qitracker.hub.counting import STUCK
from qitracker.hub.filters import Filters, condition
from qitracker.hub.forms import ProgrammeForm
from qitracker.hub.room import hub
from qitracker.method.roles import Permission
from qitracker.models import Programme, Project, Standing, Unit, db
from qitracker.people.access import needs
from qitracker.people.reader import Reader, reader
from qitracker.people.sessions import go
from qitracker.plumbing import clock
from qitracker.plumbing.saving import alone, writes

FOUND = 20
"""Projects offered to be put into a programme at a time. Ours."""


@hub.get("/programmes")
@needs(Permission.READ_HUB)
def programmes() -> Any:
    return _page(ProgrammeForm(formdata=None), 200)


@hub.post("/programmes")
@needs(Permission.RUN_HUB)
@writes
def new_programme() -> Any:
    """A new programme, or a new name for the one that is named."""
    form = ProgrammeForm()
    mine = reach.organisations(reader())
    typed = request.form.get("organisation", "")
    organisation = next((one for one in mine if str(one.id) == typed), mine[0] if mine and not typed else None)
    if organisation is None:
        abort(403 if not typed else 404)
    wanted = request.form.get("programme", "")
    programme = _programme(wanted, Permission.RUN_HUB) if wanted else None
    if wanted and programme is None:
        abort(404)
    alone(organisation)
    if form.is_ready() and _is_taken(form.name.data, programme, organisation):
        form.name.errors = ["There is a programme of this name already. Choose another"]
    if form.errors or form.warnings:
        return _page(form, 422)
    if programme is None:
        add_programme(organisation, form.name.data, by=reader())
    else:
        rename_programme(programme, form.name.data, by=reader())
    flash("Saved.", "done")
    return go(url_for("hub.programmes"))


@hub.post("/projects/<uuid:project_id>/programme")
@needs(Permission.RUN_HUB)
@writes
def put(project_id: uuid.UUID) -> Any:
    """Put a project into a programme of its own organisation, or take it out."""
    project = reach.find(reader(), project_id, Permission.RUN_HUB)
    wanted = request.form.get("programme", "")
    programme = _programme(wanted, Permission.RUN_HUB) if wanted else None
    if (wanted and programme is None) or (programme and programme.organisation_id != project.organisation_id):
        abort(404)
    if put_in_programme(project, programme, by=reader()):
        flash(f"“{project.title}” is {f'part of {programme.name}' if programme else 'in no programme'} now.", "done")
    return go(url_for("hub.programmes", q=request.args.get("q") or None))


def _programme(typed: str, permission: Permission) -> Programme | None:
    return next((one for one in _programmes(reader(), permission) if str(one.id) == typed), None)


def _programmes(person: Reader, permission: Permission) -> Sequence[Programme]:
    inside = select(Unit.organisation_id).where(reach.places(person, permission))
    query = select(Programme).where(Programme.organisation_id.in_(inside))
    return db.session.scalars(query.order_by(Programme.name, Programme.id)).all()


def _is_taken(name: str, programme: Programme | None, organisation: Unit) -> bool:
    """Whether another programme of the organisation is called so, in whatever case."""
    owner = programme.organisation_id if programme else organisation.id
    same = select(Programme).where(Programme.organisation_id == owner, func.lower(Programme.name) == name.lower())
    return any(programme is None or other.id != programme.id for other in db.session.scalars(same))


def _page(form: ProgrammeForm, status: int) -> Any:
    words = " ".join(request.args.get("q", "").replace("\0", "").split())[:100]
    own = reach.organisations(reader())
    stuck = func.coalesce(func.sum(case((Standing.state.in_(STUCK), 1), else_=0)), 0)
    counted = (
        select(Project.programme_id, func.count(), stuck)
        .outerjoin(Standing, Standing.project_id == Project.id)
        .where(reach.within(reader()), Project.programme_id.is_not(None))
        .group_by(Project.programme_id)
    )
    counts = {key: (n, int(n_stuck)) for key, n, n_stuck in db.session.execute(counted)}
    found: Sequence[Project] = ()
    if words and own:
        query = select(Project).outerjoin(Standing, Standing.project_id == Project.id)
        narrowed = query.where(
            reach.within(reader(), Permission.RUN_HUB), condition(Filters(words=words), clock.today())
        )
        ordered = narrowed.options(joinedload(Project.unit)).order_by(Project.title, Project.id)
        found = db.session.scalars(ordered.limit(FOUND)).all()
    html = render_template(
        "hub/programmes.html",
        form=form,
        renamed=request.form.get("programme", ""),
        programmes=_programmes(reader(), Permission.READ_HUB),
        counts=counts,
        organisations=own,
        words=words,
        found=found,
    )
    return make_response(html, status)
