"""The history of a series, and undoing what stands in it."""

import uuid
from typing import Any

from flask import abort, flash, render_template, request, url_for

from qitracker.feeds.changes import ONE, Undrawable, changes_in, points_of
from qitracker.feeds.definition import definition_of
from qitracker.feeds.queries import A_PAGE, events_of, point_event
from qitracker.feeds.room import feeds, find_series, hold_series
from qitracker.feeds.telling import say_change, tell
from qitracker.feeds.undoing import can_undo, why_not_undo
from qitracker.feeds.undoing import undo as undo_event
from qitracker.method.roles import Permission
from qitracker.people import scope
from qitracker.people.access import needs
from qitracker.people.reader import reader
from qitracker.people.sessions import go
from qitracker.plumbing.forms import Form
from qitracker.plumbing.saving import writes

LARGEST_ID = 2**31 - 1  # of an event; beyond it PostgreSQL refuses the number itself


@feeds.get("/history")
@needs(Permission.READ_PROJECT)
def history(series_id: uuid.UUID) -> Any:
    series = find_series(series_id)
    definition, points = definition_of(series), points_of(series)
    named = request.args.get("before", "")
    before = int(named) if named.isascii() and named.isdecimal() and len(named) < 10 else None
    events = events_of(series, before=before)
    lines = [tell(event, definition) for event in events[:A_PAGE]]
    undone = {(event.new or {}).get("undoes") for event in events}
    return render_template(
        "feeds/history.html",
        series=series,
        project=series.project,
        measure=series.measure,
        lines=[(line, can_undo(list(line.changes), points, definition), line.event.id in undone) for line in lines],
        older=events[A_PAGE - 1].id if len(events) > A_PAGE else None,
        is_first=before is None,
        may_add=scope.may_on(reader(), series.project, Permission.ADD_POINTS),
        key=Form(formdata=None),
    )


@feeds.post("/history/<int:event_id>/undo")
@needs(Permission.ADD_POINTS)
@writes
def undo(series_id: uuid.UUID, event_id: int) -> Any:
    series = hold_series(series_id)
    event = point_event(series, event_id) if event_id <= LARGEST_ID else None
    if event is None:
        abort(404)
    definition = definition_of(series)
    reason = why_not_undo(event, series, points_of(series), definition)
    if reason:
        flash(reason, "warning")
        return go(url_for("feeds.history", series_id=series_id))
    changes = changes_in(event)
    words = say_change(changes[0].back, definition) if event.noun == ONE else f"{len(changes):,} numbers are as before"
    try:
        undo_event(event, series, by=reader())
    except Undrawable as refusal:
        flash(f"This cannot be undone. {refusal}", "warning")
        return go(url_for("feeds.history", series_id=series_id))
    flash(f"Undone. {words}.", "done")
    if request.form.get("back") == "add":
        return go(url_for("feeds.add", series_id=series_id, period=changes[0].on.isoformat()))
    return go(url_for("feeds.history", series_id=series_id))
