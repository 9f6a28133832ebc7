"""What people answer to a suggestion about a chart: do it, or not now."""

import uuid
from datetime import timedelta
from typing import Any

from flask import abort, flash, request, url_for

from qitracker import spc
from qitracker.measures import queries
from qitracker.measures.actions import change_measure, put_off
from qitracker.measures.kinds import CHARTS, CHARTS_FOR
from qitracker.measures.naming import words_of
from qitracker.measures.room import measures
from qitracker.measures.stored import stored
from qitracker.measures.suggestions import Advice, Step, advice_on
from qitracker.method.roles import Permission
from qitracker.models import Series, db
from qitracker.people import scope
from qitracker.people.access import needs
from qitracker.people.reader import reader
from qitracker.people.sessions import go
from qitracker.plumbing import clock
from qitracker.plumbing.saving import writes

ASKED_AGAIN = timedelta(days=90)
"""How long "not now" holds: a quarter, as long as a team may pause before its coach asks (our choice)."""


@measures.post("/series/<uuid:series_id>/follow")
@needs(Permission.EDIT_PROJECT)
@writes
def follow(series_id: uuid.UUID) -> Any:
    """Change to the kind of chart that is suggested right now; the suggestion is the reason that is kept."""
    series = scope.find(Series, reader(), series_id)
    advice = _asked(series)
    if advice is None or advice.step is not Step.CHART or advice.chart is None:
        flash("The numbers have changed meanwhile, and no longer suggest that.", "message")
        return go(url_for("measures.show", series_id=series_id))
    if advice.chart not in CHARTS_FOR[series.measure.data_type]:
        abort(404)
    try:
        change_measure(series.measure, by=reader(), why=f"Suggested: {advice.heading}", chart=advice.chart)
    except spc.Refused as refused:
        db.session.rollback()
        flash(f"The numbers do not fit that chart. {refused.message}", "warning")
        return go(url_for("measures.show", series_id=series_id))
    flash(f"This is {CHARTS[advice.chart].called} now. The history says so, and you can go back.", "done")
    return go(url_for("measures.show", series_id=series_id))


@measures.post("/series/<uuid:series_id>/not-now")
@needs(Permission.EDIT_PROJECT)
@writes
def not_now(series_id: uuid.UUID) -> Any:
    """Put a suggestion off. It is asked again after a quarter, if the numbers still suggest it."""
    series = scope.find(Series, reader(), series_id)
    advice = _asked(series)
    if advice is not None:
        put_off(series, advice.code, by=reader())
        flash("Not now. It is asked again in three months, if the numbers still suggest it.", "done")
    return go(url_for("measures.show", series_id=series_id))


def open_advice(series: Series, analysis: spc.Analysis | None, decisions: Any) -> tuple[Advice, ...]:
    """What is suggested and was not put off."""
    if analysis is None:
        return ()
    found = advice_on(analysis, words_of(series.measure), decisions)
    off = queries.put_off_since(series, clock.now() - ASKED_AGAIN)
    return tuple(one for one in found if one.code not in off)


def _asked(series: Series) -> Advice | None:
    """The suggestion that was answered, if it still stands."""
    analysis, decisions = stored(series), queries.decisions_of(series)
    code = request.form.get("code", "")
    found = () if analysis is None else advice_on(analysis, words_of(series.measure), decisions)
    return next((one for one in found if one.code == code), None)
