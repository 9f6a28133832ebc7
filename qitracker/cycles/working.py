"""The later parts of a cycle: what happened, what it showed, what comes next."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import flash, make_response, render_template, url_for

from qitracker.cycles.actions import write_act, write_do, write_study
from qitracker.cycles.forms import ActForm, DoForm, do_form, study_form
from qitracker.cycles.queries import linked_series, ramp_of, series_name
from qitracker.cycles.room import cycles
from qitracker.cycles.sheets import COLUMNS, Part, YesNo, sheet
from qitracker.cycles.values import by_field, hints_for, state
from qitracker.cycles.window import window
from qitracker.findings import said_by
from qitracker.method.cycles import CycleState
from qitracker.method.roles import Permission
from qitracker.models import Cycle
from qitracker.people import scope
from qitracker.people.access import needs
from qitracker.people.reader import reader
from qitracker.people.sessions import go
from qitracker.plumbing import clock
from qitracker.plumbing.saving import writes

AFTER_SAVING = {
    CycleState.PLANNED: "Saved.",
    CycleState.RUNNING: "Saved. Come back when the test has ended.",
    CycleState.TO_STUDY: "Saved. Next: write down what you learnt.",
    CycleState.STUDIED: "Saved. Next: decide what to do with the change.",
    CycleState.DECIDED: "Saved.",
}


@cycles.route("/cycles/<uuid:cycle_id>/do", methods=["GET", "POST"])
@needs(Permission.EDIT_PROJECT)
@writes
def do(cycle_id: uuid.UUID) -> Any:
    cycle = scope.find(Cycle, reader(), cycle_id)
    form = do_form(cycle)

    def save() -> None:
        columns = {name: form[name].data for name in COLUMNS[Part.DO]}
        columns["as_planned"] = None if columns["as_planned"] is None else columns["as_planned"] is YesNo.YES
        done = {task.id: form[f"done_{task.id}"].data for task in cycle.tasks}
        write_do(cycle, columns, done, by=reader())
        flash(AFTER_SAVING[state(cycle, clock.today())], "done")

    return _work(cycle, Part.DO, form, save, prepare=lambda: _planned_dates(form, cycle))


@cycles.route("/cycles/<uuid:cycle_id>/study", methods=["GET", "POST"])
@needs(Permission.EDIT_PROJECT)
@writes
def study(cycle_id: uuid.UUID) -> Any:
    cycle = scope.find(Cycle, reader(), cycle_id)
    form = study_form(cycle)

    def save() -> None:
        columns = {name: form[name].data for name in COLUMNS[Part.STUDY]}
        seen = {row.id: (form[f"verdict_{row.id}"].data, form[f"saw_{row.id}"].data) for row in cycle.questions}
        write_study(cycle, columns, seen, by=reader())
        flash(AFTER_SAVING[state(cycle, clock.today())], "done")

    return _work(cycle, Part.STUDY, form, save, **_numbers(cycle))


@cycles.route("/cycles/<uuid:cycle_id>/act", methods=["GET", "POST"])
@needs(Permission.EDIT_PROJECT)
@writes
def act(cycle_id: uuid.UUID) -> Any:
    cycle = scope.find(Cycle, reader(), cycle_id)
    form = ActForm()

    def save() -> None:
        columns = {name: form[name].data for name in COLUMNS[Part.ACT]}
        columns["confidence"] = int(columns["confidence"]) if columns["confidence"] else None
        why_not = write_act(cycle, columns, by=reader())
        flash("Saved.", "done")
        if why_not:
            flash(f"The idea stays where it is. {why_not.sentence}", "message")

    return _work(cycle, Part.ACT, form, save)


def _work(
    cycle: Cycle,
    part: Part,
    form: Any,
    save: Callable[[], None],
    *,
    prepare: Callable[[], None] | None = None,
    **more: Any,
) -> Any:
    """Show a part, or save it: the same for the three of them."""
    stored = sheet(cycle, part)
    form.fill(stored)
    if prepare and not form.is_submitted():
        prepare()
    status = 422 if form.is_submitted() else 200
    if form.is_ready():
        if not form.is_stale(stored):
            save()
            return go(url_for("cycles.show", cycle_id=cycle.id))
        status = 409
    hints = by_field(hints_for(cycle, ramp_of(cycle)))
    html = render_template(
        f"cycles/{part.value}.html", project=cycle.project, cycle=cycle, form=form, hints=hints, **more
    )
    return make_response(html, status)


def _planned_dates(form: DoForm, cycle: Cycle) -> None:
    """Until somebody writes the real dates, the planned ones that have come stand in the boxes."""
    today = clock.today()
    if cycle.started is None and cycle.planned_start and cycle.planned_start <= today:
        form.started.data = cycle.planned_start
        if cycle.ended is None and cycle.planned_end and cycle.planned_end <= today:
            form.ended.data = cycle.planned_end


def _numbers(cycle: Cycle) -> dict[str, Any]:
    """What the linked series says, and its numbers around the test."""
    series = linked_series(cycle)
    if series is None:
        return {"said": None}
    said = said_by(series)
    start, end = cycle.started or cycle.planned_start, cycle.ended or cycle.planned_end
    numbers = window(said, start, end, clock.today())
    return {"said": said, "series": series, "series_name": series_name(series), "numbers": numbers, "has_start": start}
