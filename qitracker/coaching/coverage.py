"""Which wards have a trained coach who works there, and which have none."""

import uuid
from typing import Any

from flask import abort, flash, make_response, render_template, url_for

from qitracker.coaching import reach
from qitracker.coaching.room import coaching
from qitracker.coaching.team_actions import add_trained, end_trained
from qitracker.coaching.team_forms import TrainedForm
from qitracker.method.roles import Permission
from qitracker.models import TrainedCoach, db
from qitracker.people.access import needs
from qitracker.people.reader import reader
from qitracker.people.sessions import go
from qitracker.plumbing.saving import writes

NOT_HERE = "Nobody who works here has this address"


@coaching.get("/coaching/coverage")
@needs(Permission.COACH_PROJECT)
def coverage() -> Any:
    return _page(_form(empty=True), 200)


@coaching.post("/coaching/coverage")
@needs(Permission.COACH_PROJECT)
@writes
def add_trained_coach() -> Any:
    if not reach.runs_coaching(reader()):
        abort(403)
    form = _form()
    ready = form.is_ready()
    person = reach.colleague(reader(), form.email.data) if ready else None
    if ready and person is None:
        form.email.errors = [NOT_HERE]
    if person is None:
        return _page(form, 422)
    unit = next(one for one in reach.wards(reader()) if str(one.id) == form.unit.data)
    add_trained(person, unit, form.on.data, by=reader())
    flash(f"{person.name} is trained to coach {unit.name}.", "done")
    return go(url_for("coaching.coverage"))


@coaching.post("/coaching/trained/<uuid:trained_id>/end")
@needs(Permission.COACH_PROJECT)
@writes
def end_trained_coach(trained_id: uuid.UUID) -> Any:
    found = db.session.get(TrainedCoach, trained_id)
    if found is None or found.unit.organisation_id not in reader().organisations:
        abort(404)
    if not reach.runs_coaching_on(reader(), found.unit):
        abort(403)
    end_trained(found, by=reader())
    flash(f"{found.person.name} no longer coaches {found.unit.name}.", "done")
    return go(url_for("coaching.coverage"))


def _form(*, empty: bool = False) -> TrainedForm:
    form = TrainedForm(formdata=None) if empty else TrainedForm()
    mine = [one for one in reach.wards(reader()) if reach.runs_coaching_on(reader(), one)]
    form.unit.choices = [("", "Choose a ward"), *((str(one.id), one.name) for one in mine)]
    return form


def _page(form: TrainedForm, status: int) -> Any:
    every = reach.wards(reader())
    active = [one for one in reach.trained([one.id for one in every]) if one.ended_on is None and one.person.is_active]
    covered = {one.unit_id for one in active}
    html = render_template(
        "coaching/coverage.html",
        form=form,
        with_one=[(unit, [one for one in active if one.unit_id == unit.id]) for unit in every if unit.id in covered],
        without=[unit for unit in every if unit.id not in covered],
        n_wards=len(every),
        runs=reach.runs_coaching(reader()),
    )
    return make_response(html, status)
