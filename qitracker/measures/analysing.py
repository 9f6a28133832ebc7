"""From stored points to a stored analysis, in the transaction that changed the points."""

import logging
import uuid
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import joinedload, undefer

from qitracker import spc
from qitracker.method.measures import Rhythm, period_after, period_of
from qitracker.models import ChartDecision, DecisionKind, Measure, Point, Series, db

# In these rhythms a period without a number is a gap, and no moving range is formed across it; days are left
# out, because many clinics do not run at weekends.
RHYTHMS_WITH_GAPS = {Rhythm.WEEK, Rhythm.FORTNIGHT, Rhythm.MONTH, Rhythm.QUARTER}
MOST_GAPS = 1000
BATCH = 100

OfSeries = TypeVar("OfSeries", Point, ChartDecision)
log = logging.getLogger("qitracker")


class PointRow(NamedTuple):
    """The columns of a point that the engine takes: read while everybody else waits to write, so no more than that."""

    on: date
    value: float | None
    numerator: float | None
    denominator: float | None


def analyse_again(series: Series) -> spc.Analysis | None:
    """Analyse a series from what is stored now, and store the result with it. None without points.

    Raises spc.Refused where the points do not fit the chart; nothing should be committed then.
    """
    db.session.flush()
    columns = select(Point.on, Point.value, Point.numerator, Point.denominator)
    found = db.session.execute(columns.where(Point.series_id == series.id).order_by(Point.on))
    points = [PointRow(*row) for row in found]
    decided = select(ChartDecision).where(ChartDecision.series_id == series.id).order_by(ChartDecision.on)
    analysis = analyse(series, series.measure, points, db.session.scalars(decided).all())
    store(series, points, analysis)
    return analysis


def store(series: Series, points: Sequence[Point | PointRow], analysis: spc.Analysis | None) -> None:
    """Put an analysis, and what lists need of it, on the series."""
    series.n_points = len(points)
    series.last_on = points[-1].on if points else None
    series.analysis = analysis.to_json() if analysis else None
    series.variation = (analysis.variation if analysis else spc.Variation.NOT_ENOUGH_DATA).value
    series.signal_since = signal_since(analysis) if analysis else None


NO_SIGNAL = {spc.Variation.COMMON_CAUSE, spc.Variation.NOT_ENOUGH_DATA}


def signal_since(analysis: spc.Analysis) -> date | None:
    """The first point of the signal that the latest point belongs to; None where the latest says nothing special.

    All points of a run carry its meaning, so it is the start of the last stretch with one meaning. A period without a
    number does not end it; a new phase does.
    """
    if analysis.variation in NO_SIGNAL:
        return None
    counted = [place for place, meaning in enumerate(analysis.meaning) if meaning is not None]
    first = counted[-1]
    for place in reversed(counted):
        if (analysis.meaning[place], analysis.phase[place]) != (analysis.meaning[first], analysis.phase[first]):
            break
        first = place
    return date.fromisoformat(str(analysis.x[first]))


def analyse(
    series: Series, measure: Measure, points: Sequence[Point | PointRow], decisions: Sequence[ChartDecision]
) -> spc.Analysis | None:
    """The analysis of these points; nothing is read or stored."""
    return spc.analyse(engine_series(series, measure, points, decisions)) if points else None


def engine_series(
    series: Series, measure: Measure, points: Sequence[Point | PointRow], decisions: Sequence[ChartDecision]
) -> spc.Series:
    """The series as the engine takes it: dates in order with their gaps, decisions as positions."""
    by_date = {point.on: point for point in points}
    dates = with_gaps(sorted(by_date), measure.rhythm)
    counted = [by_date.get(on) for on in dates]
    if measure.takes_counts:
        values = tuple(point.numerator if point else None for point in counted)
        denominators = tuple(point.denominator if point else None for point in counted)
    else:
        values, denominators = tuple(point.value if point else None for point in counted), None
    part = parts(dates, [one.on for one in decisions if one.kind is DecisionKind.PHASE])
    left_out = {one.on for one in decisions if one.kind is DecisionKind.LEAVE_OUT}
    return spc.Series(
        chart=spc.kind_to_draw(measure.chart, len(points)),
        x=tuple(on.isoformat() for on in dates),
        y=values,
        n=denominators,
        part=part,
        freeze=frozen(dates, part, [one.on for one in decisions if one.kind is DecisionKind.FREEZE]),
        exclude=tuple(place for place, on in enumerate(dates, 1) if on in left_out and on in by_date),
        # As the database gives them back: a whole number typed just now is stored as a float.
        target=None if series.target is None else float(series.target),
        multiply=float(measure.multiply) if measure.takes_counts else 1.0,
        direction=measure.direction,
        id=str(series.id),
    )


def with_gaps(dates: Sequence[date], rhythm: Rhythm) -> list[date]:
    """The dates, and between them the periods of the rhythm that have no number."""
    if rhythm not in RHYTHMS_WITH_GAPS or len(dates) < 2:
        return list(dates)
    found = [dates[0]]
    for on in dates[1:]:
        expected = period_after(found[-1], rhythm)
        while expected < period_of(on, rhythm) and len(found) < MOST_GAPS:
            found.append(expected)
            expected = period_after(expected, rhythm)
        found.append(on)
    return found


def parts(dates: Sequence[date], starts: Sequence[date]) -> tuple[int, ...]:
    """The last point (from 1) of each phase but the latest; a start before or after all points says nothing."""
    ends = {sum(on < start for on in dates) for start in starts}
    return tuple(sorted(end for end in ends if 0 < end < len(dates)))


def frozen(dates: Sequence[date], part: tuple[int, ...], ends: Sequence[date]) -> tuple[int | None, ...] | None:
    """For each phase how many of its points are the baseline; None where all are."""
    edges = [0, *part, len(dates)]
    counts: list[int | None] = []
    for first, last in pairwise(edges):
        inside = [sum(on <= end for on in dates[first:last]) for end in ends]
        chosen = [count for count in inside if 0 < count < last - first]
        counts.append(max(chosen) if chosen else None)
    return tuple(counts) if any(counts) else None


def rebuild_all() -> tuple[int, int]:
    """Analyse every series again; how many there are, and how many had differed from what was stored.

    In batches, each committed and forgotten, so that ten thousand series need no more memory than a hundred.
    A series whose points cannot be analysed is logged and left without an analysis; its page says so.
    """
    n_series = n_changed = 0
    last: uuid.UUID | None = None
    while batch := _batch_after(last):
        points = _by_series(Point, batch)
        decisions = _by_series(ChartDecision, batch)
        for series in batch:
            before = series.analysis
            _rebuild(series, points[series.id], decisions[series.id])
            n_changed += series.analysis != before
        n_series, last = n_series + len(batch), batch[-1].id
        db.session.commit()
        db.session.expunge_all()
    return n_series, n_changed


def _rebuild(series: Series, points: list[Point], decisions: list[ChartDecision]) -> None:
    try:
        analysis = analyse(series, series.measure, points, decisions)
    except spc.Refused as refused:
        log.warning("series %s cannot be analysed: %s", series.id, refused.message)
        analysis = None
    store(series, points, analysis)


def _batch_after(last: uuid.UUID | None) -> Sequence[Series]:
    """The next series by id, with their measures and stored analyses."""
    rows = select(Series).options(joinedload(Series.measure), undefer(Series.analysis)).order_by(Series.id)
    if last is not None:
        rows = rows.where(Series.id > last)
    return db.session.scalars(rows.limit(BATCH)).all()


def _by_series(kind: type[OfSeries], batch: Sequence[Series]) -> dict[uuid.UUID, list[OfSeries]]:
    """Points or decisions of a batch by series, in the order of time."""
    found: dict[uuid.UUID, list[OfSeries]] = {series.id: [] for series in batch}
    for row in db.session.scalars(select(kind).where(kind.series_id.in_(list(found))).order_by(kind.on)):
        found[row.series_id].append(row)
    return found
