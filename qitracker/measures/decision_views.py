"""What people decide about a chart, and what they write on it."""

import uuid
from typing import Any

from flask import abort, flash, make_response, render_template, request, url_for

from qitracker import spc
from qitracker.charts.periods import show_period
from qitracker.measures import queries
from qitracker.measures.actions import add_note, decide, remove_note, take_back
from qitracker.measures.decision_forms import DecisionForm, NoteForm, some_day
from qitracker.measures.naming import group_of
from qitracker.measures.room import measures
from qitracker.method.roles import Permission
from qitracker.models import DecisionKind, Series, db
from qitracker.people import scope
from qitracker.people.access import needs
from qitracker.people.reader import reader
from qitracker.people.sessions import go
from qitracker.plumbing.saving import writes

DONE = {
    DecisionKind.PHASE: "A new phase starts there. Its average and range rest on its own numbers.",
    DecisionKind.FREEZE: "The baseline ends there. Later numbers are held against it.",
    DecisionKind.LEAVE_OUT: "That number is left out of the calculation. It stays on the chart.",
}


@measures.route("/series/<uuid:series_id>/decide", methods=["GET", "POST"], endpoint="decide")
@needs(Permission.EDIT_PROJECT)
@writes
def decide_view(series_id: uuid.UUID) -> Any:
    series = scope.find(Series, reader(), series_id)
    form = DecisionForm(_dates(series))
    if not form.is_submitted():
        _prefill(form)
        return _page("measures/decide.html", series, form, 200)
    if not (form.is_ready() and _fits(form, series)):
        return _page("measures/decide.html", series, form, 422)
    try:
        decide(series, by=reader(), kind=form.kind.data, on=form.on.data, reason=form.reason.data)
    except spc.Refused as refused:
        db.session.rollback()
        form.on.errors = [refused.message]
        return _page("measures/decide.html", scope.find(Series, reader(), series_id), form, 422)
    flash(DONE[form.kind.data], "done")
    return go(url_for("measures.show", series_id=series.id))


@measures.post("/series/<uuid:series_id>/decisions/<uuid:decision_id>/take-back", endpoint="take_back")
@needs(Permission.EDIT_PROJECT)
@writes
def take_back_view(series_id: uuid.UUID, decision_id: uuid.UUID) -> Any:
    series = scope.find(Series, reader(), series_id)
    decision = queries.decision_of(series, decision_id)
    if decision is None:
        abort(404)
    take_back(series, decision, by=reader())
    flash("Taken back. The chart is worked out without it.", "done")
    return go(url_for("measures.show", series_id=series.id))


@measures.route("/series/<uuid:series_id>/notes/new", methods=["GET", "POST"])
@needs(Permission.EDIT_PROJECT)
@writes
def note(series_id: uuid.UUID) -> Any:
    series = scope.find(Series, reader(), series_id)
    form = NoteForm()
    if not form.is_submitted():
        return _page("measures/note.html", series, form, 200)
    if not form.is_ready():
        return _page("measures/note.html", series, form, 422)
    add_note(series, by=reader(), **form.values())
    flash("The note stands on the chart.", "done")
    return go(url_for("measures.show", series_id=series.id))


@measures.post("/series/<uuid:series_id>/notes/<uuid:note_id>/remove", endpoint="remove_note")
@needs(Permission.EDIT_PROJECT)
@writes
def remove_note_view(series_id: uuid.UUID, note_id: uuid.UUID) -> Any:
    series = scope.find(Series, reader(), series_id)
    found = queries.note_of(series, note_id)
    if found is None:
        abort(404)
    remove_note(series, found, by=reader())
    flash("The note is off the chart. The history keeps it.", "done")
    return go(url_for("measures.show", series_id=series.id))


def _dates(series: Series) -> list[tuple[str, str]]:
    """The numbers there are, newest first."""
    rhythm = series.measure.rhythm
    return [(on.isoformat(), show_period(on, rhythm)) for on in queries.dates_of(series)]


def _prefill(form: DecisionForm) -> None:
    """What a suggestion on the chart put into the address; nonsense there is passed over."""
    kind, on = request.args.get("kind", ""), some_day(request.args.get("on", ""))
    if kind in {one.value for one in DecisionKind}:
        form.kind.data = DecisionKind(kind)
    if on is not None:
        form.on.data = on


def _fits(form: DecisionForm, series: Series) -> bool:
    """Whether the decision is new, and says something about the chart."""
    kind, on = form.kind.data, form.on.data
    if any(one.kind is kind and one.on == on for one in queries.decisions_of(series)):
        form.on.errors = ["This has been decided about this number already"]
        return False
    dates = queries.dates_of(series)
    if kind is DecisionKind.PHASE and dates and on == dates[-1]:
        form.on.errors = ["The first phase starts with the first number anyway. Choose a later one"]
        return False
    return True


def _page(template: str, series: Series, form: Any, status: int) -> Any:
    html = render_template(
        template,
        project=series.project,
        series=series,
        measure=series.measure,
        group=group_of(series),
        form=form,
    )
    return make_response(html, status)
