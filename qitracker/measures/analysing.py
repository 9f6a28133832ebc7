"""From stored points to a stored analysis, in the transaction that changed the points."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from qitracker import spc
from qitracker.method.measures import Rhythm, period_after, period_of
from qitracker.models import ChartDecision, DecisionKind, Measure, Point, Series, db

# In these rhythms a period without a number is a gap, and no moving range is formed across it; days are left
# out, because many clinics do not run at weekends.
RHYTHMS_WITH_GAPS = {Rhythm.WEEK, Rhythm.FORTNIGHT, Rhythm.MONTH, Rhythm.QUARTER}
MOST_GAPS = 1000


def analyse_again(series: Series) -> spc.Analysis | None:
    """Analyse a series from what is stored now, and store the result with it. None without points."""
    db.session.flush()
    points = db.session.scalars(select(Point).where(Point.series_id == series.id).order_by(Point.on)).all()
    decided = select(ChartDecision).where(ChartDecision.series_id == series.id).order_by(ChartDecision.on)
    analysis = analyse(series, series.measure, points, db.session.scalars(decided).all())
    series.n_points = len(points)
    series.last_on = points[-1].on if points else None
    series.analysis = analysis.to_json() if analysis else None
    series.variation = (analysis.variation if analysis else spc.Variation.NOT_ENOUGH_DATA).value
    return analysis


def analyse(
    series: Series, measure: Measure, points: Sequence[Point], decisions: Sequence[ChartDecision]
) -> spc.Analysis | None:
    """The analysis of these points; nothing is read or stored."""
    return spc.analyse(engine_series(series, measure, points, decisions)) if points else None


def engine_series(
    series: Series, measure: Measure, points: Sequence[Point], decisions: Sequence[ChartDecision]
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
        target=series.target,
        multiply=measure.multiply if measure.takes_counts else 1.0,
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
    """Analyse every series again; how many there are, and how many had differed from what was stored."""
    n_changed = 0
    found = db.session.scalars(select(Series).options(joinedload(Series.measure))).all()
    for series in found:
        before = series.analysis
        analyse_again(series)
        n_changed += series.analysis != before
    db.session.commit()
    return len(found), n_changed
