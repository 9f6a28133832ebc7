"""A series as the engine takes it: dates in order with their gaps, values, decisions as positions, targets."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from qitracker import spc
from qitracker.charts.rule_sets import ONLY_I_CHARTS
from qitracker.method.measures import DataType, Rhythm, period_after, period_of
from qitracker.models import ChartDecision, DecisionKind, Measure, Point, Series
from qitracker.spc import Chart, Direction, RuleSet
from qitracker.spc.values import Targets

# In these rhythms a period without a number is a gap, and no moving range is formed across it; days are left
# out, because many clinics do not run at weekends.
RHYTHMS_WITH_GAPS = {Rhythm.WEEK, Rhythm.FORTNIGHT, Rhythm.MONTH, Rhythm.QUARTER}
MOST_GAPS = 1000

OF_SPREAD = frozenset({Chart.MR, Chart.S})
"""Charts of how much the numbers vary, which is not better the way the numbers are: they only say higher or lower."""


class PointRow(NamedTuple):
    """The columns of a point that the engine takes: read while everybody else waits to write, so no more than that."""

    on: date
    value: float | None
    numerator: float | None
    denominator: float | None
    subgroup: list[Any] | None = None


def engine_series(
    series: Series, measure: Measure, points: Sequence[Point | PointRow], decisions: Sequence[ChartDecision]
) -> spc.Series:
    """The series as the engine takes it."""
    by_date = {point.on: point for point in points}
    dates = with_gaps(sorted(by_date), measure.rhythm)
    chart = spc.kind_to_draw(measure.chart, len(points))
    part = parts(dates, [one.on for one in decisions if one.kind is DecisionKind.PHASE])
    left_out = {one.on for one in decisions if one.kind is DecisionKind.LEAVE_OUT}
    x, y, n = _rows(measure, dates, [by_date.get(on) for on in dates])
    return spc.Series(
        chart=chart,
        x=x,
        y=y,
        n=n,
        part=part,
        freeze=frozen(dates, part, [one.on for one in decisions if one.kind is DecisionKind.FREEZE]),
        exclude=tuple(place for place, on in enumerate(dates, 1) if on in left_out and on in by_date),
        target=_target(series, chart),
        multiply=float(measure.multiply) if measure.takes_counts else 1.0,
        direction=Direction.NEUTRAL if chart in OF_SPREAD else measure.direction,
        rules=_rules(measure, chart),
        only_rises=bool(measure.only_rises),
        id=str(series.id),
    )


Cells = tuple[float | None, ...]


def _rows(
    measure: Measure, dates: Sequence[date], points: Sequence[Point | PointRow | None]
) -> tuple[tuple[str, ...], Cells, Cells | None]:
    """x, y and n: one row for each date, or one for each value where several are taken at a time."""
    x = tuple(on.isoformat() for on in dates)
    if measure.takes_counts:
        return (
            x,
            tuple(point.numerator if point else None for point in points),
            tuple(point.denominator if point else None for point in points),
        )
    if measure.data_type is not DataType.SEVERAL:
        return x, tuple(point.value if point else None for point in points), None
    rows = [
        (place, value)
        for place, point in zip(x, points, strict=True)
        for value in ((point.subgroup or [point.value]) if point else [None])
    ]
    return tuple(place for place, _ in rows), tuple(value for _, value in rows), None


def _target(series: Series, chart: Chart) -> Targets | None:
    """The target, or each with the day from which it holds. None on a chart of how much the numbers vary."""
    if chart in OF_SPREAD:
        return None
    if series.targets:
        return tuple((one.on.isoformat(), float(one.value)) for one in sorted(series.targets, key=lambda one: one.on))
    # As the database gives it back: a whole number typed just now is stored as a float.
    return None if series.target is None else float(series.target)


def _rules(measure: Measure, chart: Chart) -> RuleSet:
    """The rules the team chose; the usual ones where theirs do not know the chart, as while it is a run chart."""
    chosen = measure.rules or RuleSet.PROVOST_MURRAY  # a measure that was never stored has none yet
    return RuleSet.PROVOST_MURRAY if chosen in ONLY_I_CHARTS and chart is Chart.RUN else chosen


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
