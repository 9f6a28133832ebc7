"""Undoing an event: what it changed goes back, if it still is as that event left it."""

from collections.abc import Mapping
from datetime import date

from qitracker.charts.periods import show_period
from qitracker.feeds.changes import MANY, Change, change_many, change_one, changes_in
from qitracker.feeds.definition import Definition
from qitracker.feeds.numbers import Numbers
from qitracker.feeds.queries import last_event_on
from qitracker.models import Event, Series
from qitracker.plumbing.history import Actor
from qitracker.plumbing.pages import moment


def can_undo(changes: list[Change], points: Mapping[date, Numbers], definition: Definition) -> bool:
    """Whether every point still is as the event left it, and what comes back fits the measure as it is counted now."""
    return bool(changes) and not moved(changes, points) and not _misfits(changes, definition)


def moved(changes: list[Change], points: Mapping[date, Numbers]) -> set[date]:
    """The days whose number is no longer what the event left."""
    return {one.on for one in changes if points.get(one.on) != one.new}


def why_not_undo(event: Event, series: Series, points: Mapping[date, Numbers], definition: Definition) -> str | None:
    """Why an event cannot be undone, with who changed the same since; None when it can."""
    changes = changes_in(event)
    if _misfits(changes, definition):
        return "This cannot be undone: the measure is counted in another way since."
    days = moved(changes, points)
    if not days:
        return None
    later = last_event_on(series, days, after=event.id)
    since = f" by {later.by.name if later.by else 'the system'} on {moment(later.at)}" if later else ""
    if later is not None and (later.new or {}).get("undoes") == event.id:
        return f"This was undone already{since}."
    if len(changes) == 1:
        return f"This cannot be undone: {show_period(changes[0].on, definition.rhythm)} was changed again since{since}."
    some = show_period(min(days), definition.rhythm)
    which = some if len(days) == 1 else f"{len(days)} of the {len(changes)} numbers, {some} first,"
    return f"This cannot be undone as one: {which} changed again since, last{since}. Correct the others one by one."


def undo(event: Event, series: Series, *, by: Actor) -> Event:
    """Put back what an event changed. The undoing is an event too, and can be undone."""
    back = [one.back for one in changes_in(event)]
    if event.noun == MANY:
        return change_many(series, back, by=by, verb="undone", undoes=event.id)
    return change_one(series, back[0], by=by, verb="undone", undoes=event.id)


def _misfits(changes: list[Change], definition: Definition) -> bool:
    return any(one.old is not None and (one.old.second is not None) != definition.takes_counts for one in changes)
