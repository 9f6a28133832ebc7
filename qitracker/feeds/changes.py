"""The one place where points are written: together with their event and the new analysis, in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import Table, bindparam, delete, insert, select, update

from qitracker.feeds.numbers import Numbers, of_columns, of_parts, of_row
from qitracker.measures.analysing import analyse_again
from qitracker.measures.for_engine import PointRow
from qitracker.models import Event, Point, Series, db
from qitracker.plumbing import history
from qitracker.plumbing.history import Actor
from qitracker.spc import Refused

ONE, MANY = "point", "points"  # the nouns of events: one point by itself, and those saved together


@dataclass(frozen=True, slots=True)
class Change:
    """One period from what it was to what it is; None is no number."""

    on: date
    old: Numbers | None
    new: Numbers | None

    @property
    def back(self) -> "Change":
        return Change(self.on, self.new, self.old)

    @property
    def verb(self) -> str:
        if self.old is None:
            return "added"
        return "removed" if self.new is None else "changed"


def points_of(series: Series) -> dict[date, Numbers]:
    """Every point of the series, by date in order."""
    columns = select(Point.on, Point.value, Point.numerator, Point.denominator, Point.subgroup)
    rows = db.session.execute(columns.where(Point.series_id == series.id).order_by(Point.on))
    found = {on: of_columns(*parts) for on, *parts in rows}
    return {on: numbers for on, numbers in found.items() if numbers is not None}


def change_one(
    series: Series,
    change: Change,
    *,
    by: Actor,
    why: str = "",
    verb: str = "",
    points: Mapping[date, Numbers] | None = None,
    **more: Any,
) -> Event:
    """Write one point; its event has both states. Without a `verb` it is added, changed or removed. `points` are those
    there were, where they have been read since the series is held.

    Raises Undrawable, and then nothing is written.
    """
    new = {"on": change.on, **_parts(change.new), **more} if change.new or more else None
    with db.session.begin_nested():
        _write(series, [change])
        event = history.record(
            verb or change.verb,
            ONE,
            f"{series.id}/{change.on.isoformat()}",
            by=by,
            project_id=series.project_id,
            old={"on": change.on, **change.old.parts} if change.old else None,
            new=new,
            why=why or None,
        )
        _analyse(series, _after(points, change) if points is not None else None)
    return event


def change_many(
    series: Series, changes: Sequence[Change], *, by: Actor, verb: str, why: str = "", **more: Any
) -> Event:
    """Write points that belong together; one event holds them all, so that they are undone as one.

    Raises Undrawable, and then nothing is written.
    """
    with db.session.begin_nested():
        _write(series, changes)
        event = history.record(
            verb,
            MANY,
            series.id,
            by=by,
            project_id=series.project_id,
            old={"points": {change.on.isoformat(): _row(change.old) for change in changes}},
            new={"points": {change.on.isoformat(): _row(change.new) for change in changes}, **more},
            why=why or None,
        )
        _analyse(series)
    return event


def changes_in(event: Event) -> list[Change]:
    """What an event changed, as it was written by `change_one` or `change_many`."""
    if event.noun == ONE:
        on = date.fromisoformat(event.noun_id.partition("/")[2])
        return [Change(on, of_parts(event.old), of_parts(event.new))]
    if event.noun != MANY:
        return []
    old, new = (event.old or {}).get("points", {}), (event.new or {}).get("points", {})
    return [Change(date.fromisoformat(on), of_row(old.get(on)), of_row(row)) for on, row in new.items()]


class Undrawable(ValueError):  # noqa: N818 - it is said to a person, as Unreadable is
    """These points cannot be drawn on this kind of chart. Nothing may be saved: the view answers with the sentence."""


def _analyse(series: Series, points: Sequence[PointRow] | None = None) -> None:
    try:
        analyse_again(series, points)
    except Refused as refusal:
        raise Undrawable(f"The chart of this measure cannot show that: {refusal.message}") from refusal


def _after(points: Mapping[date, Numbers], change: Change) -> list[PointRow]:
    """The points as they are stored now, in order."""
    now = {**points, change.on: change.new}
    return [_point(on, numbers) for on, numbers in sorted(now.items(), key=lambda one: one[0]) if numbers is not None]


def _point(on: date, numbers: Numbers) -> PointRow:
    if numbers.second is None:
        return PointRow(on, numbers.first, None, None, list(numbers.several) or None)
    return PointRow(on, None, numbers.first, numbers.second)


def _parts(numbers: Numbers | None) -> Mapping[str, float | list[float]]:
    return {} if numbers is None else numbers.parts


def _row(numbers: Numbers | None) -> list[float | None] | None:
    return None if numbers is None else numbers.row


def _write(series: Series, changes: Sequence[Change]) -> None:
    """Three statements at most, however many points."""
    run = db.session.connection().execute
    table = cast(Table, Point.__table__)
    if added := [_columns(series, one) for one in changes if one.old is None and one.new is not None]:
        run(insert(table), added)
    here = (table.c.series_id == bindparam("its_series")) & (table.c.on == bindparam("its_on"))
    if changed := [_columns(series, one) for one in changes if one.old is not None and one.new is not None]:
        values: dict[str, Any] = {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in NUMBERS}
        named = [
            {"its_series": row["series_id"], "its_on": row["on"], **{f"new_{name}": row[name] for name in values}}
            for row in changed
        ]
        run(update(table).where(here).values(**values), named)
    if gone := [{"its_series": series.id, "its_on": one.on} for one in changes if one.new is None]:
        run(delete(table).where(here), gone)


NUMBERS = ("value", "numerator", "denominator", "subgroup")


def _columns(series: Series, change: Change) -> dict[str, Any]:
    assert change.new is not None
    return {"series_id": series.id, "on": change.on, **change.new.columns}
