"""People, their roles on units, and the units themselves: for administrators."""

import uuid
from typing import Any

from flask import Blueprint, abort, flash, make_response, render_template, url_for

from qitracker.method.roles import ROLES, Permission
from qitracker.models import Unit, UnitKind
from qitracker.people.access import needs
from qitracker.people.actions import (
    add_unit,
    end_role,
    give_role,
    invite,
    let_set_password,
    switch_off,
    why_not_end_role,
    why_not_reset,
    why_not_switch_off,
)
from qitracker.people.forms import HAS_LEFT, InviteForm, UnitForm
from qitracker.people.leading import leaderless
from qitracker.people.queries import administered_units, person_by_email, role_in_reach, roles_in_reach, unit_choices
from qitracker.people.reader import reader
from qitracker.people.sessions import go
from qitracker.plumbing.saving import writes

administration = Blueprint("administration", __name__, url_prefix="/people")


@administration.get("/")
@needs(Permission.MANAGE_PEOPLE)
def everyone() -> Any:
    return _page(_invite_form(), _unit_form(), 200)


@administration.post("/")
@needs(Permission.MANAGE_PEOPLE)
@writes
def invite_person() -> Any:
    form = _invite_form()
    ready = form.validate_on_submit()
    person = person_by_email(form.email.data) if ready else None
    if person is not None and not person.is_active:
        form.email.errors = [HAS_LEFT]
    if not ready or form.errors:
        return _page(form, _unit_form(), 422)
    unit = _unit(form.unit.data)
    if person is None:
        _, token = invite(form.name.data, form.email.data, form.role.data, by=reader(), unit=unit)
        link = url_for("people.invitation", token=token, _external=True)
        return _page(_invite_form(empty=True), _unit_form(), 200, link=link)
    give_role(person, form.role.data, by=reader(), unit=unit)
    flash(f"{person.name} has the role now.", "done")
    return go(url_for("administration.everyone"))


@administration.post("/units")
@needs(Permission.MANAGE_PEOPLE)
@writes
def new_unit() -> Any:
    form = _unit_form()
    if not form.validate_on_submit():
        return _page(_invite_form(empty=True), form, 422)
    add_unit(form.name.data, UnitKind(form.kind.data), _unit(form.parent.data), by=reader())
    flash(f"{form.name.data} is added.", "done")
    return go(url_for("administration.everyone"))


@administration.post("/roles/<uuid:held_id>/end")
@needs(Permission.MANAGE_PEOPLE)
@writes
def end(held_id: uuid.UUID) -> Any:
    held = role_in_reach(reader(), held_id)
    if held is None:
        abort(404)
    problem = why_not_end_role(held)
    if problem:
        flash(problem, "warning")
    else:
        end_role(held, by=reader())
        flash(f"{held.person.name} no longer has that role.", "done")
    return go(url_for("administration.everyone"))


@administration.post("/roles/<uuid:held_id>/leaver")
@needs(Permission.MANAGE_PEOPLE)
@writes
def leaver(held_id: uuid.UUID) -> Any:
    held = role_in_reach(reader(), held_id)
    if held is None:
        abort(404)
    problem = why_not_switch_off(held.person, [one.id for one in administered_units(reader())])
    if problem:
        flash(problem, "warning")
    else:
        switch_off(held.person, by=reader())
        flash(f"{held.person.name} can no longer sign in. What they wrote stays.", "done")
    return go(url_for("administration.everyone"))


@administration.post("/roles/<uuid:held_id>/new-password")
@needs(Permission.MANAGE_PEOPLE)
@writes
def new_password(held_id: uuid.UUID) -> Any:
    held = role_in_reach(reader(), held_id)
    if held is None:
        abort(404)
    problem = why_not_reset(held.person, reader().id, [one.id for one in administered_units(reader())])
    if problem:
        flash(problem, "warning")
        return go(url_for("administration.everyone"))
    token = let_set_password(held, by=reader())
    link = url_for("people.invitation", token=token, _external=True)
    return _page(_invite_form(empty=True), _unit_form(), 200, link=link)


def _unit(unit_id: str) -> Unit:
    found = next((one for one in administered_units(reader()) if one.id == uuid.UUID(unit_id)), None)
    if found is None:
        abort(404)
    return found


def _invite_form(*, empty: bool = False) -> InviteForm:
    form = InviteForm(formdata=None) if empty else InviteForm()
    form.unit.choices = [("", "Choose a place"), *unit_choices(administered_units(reader()))]
    return form


def _unit_form() -> UnitForm:
    form = UnitForm()
    form.parent.choices = [("", "Choose a place"), *unit_choices(administered_units(reader()))]
    return form


def _page(form: InviteForm, unit_form: UnitForm, status: int, link: str | None = None) -> Any:
    shown = unit_form if unit_form.errors else form
    html = render_template(
        "people/everyone.html",
        form=shown,
        invite_form=form,
        unit_form=unit_form,
        held=roles_in_reach(reader()),
        units=administered_units(reader()),
        roles=ROLES,
        leaderless=leaderless(reader()),
        link=link,
    )
    return make_response(html, status)
