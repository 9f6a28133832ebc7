"""Tests of the numbers: is one overdue, are several missing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from qitracker.method.dates import days_after, span_in_words
from qitracker.method.facts import MeasureFacts, ProjectFacts
from qitracker.method.measures import Rhythm, next_due, period_after
from qitracker.method.stages import Tool
from qitracker.method.stalled.moments import latest, quoted, watched
from qitracker.method.stalled.settings import Settings
from qitracker.method.stalled.values import State, StateReason

SLOW = frozenset({Rhythm.MONTH, Rhythm.QUARTER})
"""Rhythms in which two missing numbers are a long time already."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A measure that has waited too long: the first day without a number, and the first day that was too long."""

    measure: MeasureFacts
    empty_since: date
    first: date


def overdue(facts: ProjectFacts, today: date, settings: Settings) -> list[Gap]:
    """The measures without a number for longer than the set times their own interval, the longest waiting first.

    The interval is the real length of the period that is awaited: 28 to 31 days for a month. Nothing is awaited from
    before the project was registered: it may begin with an old baseline.
    """
    return _gaps(facts, today, lambda measure, last: _overdue_from(measure.rhythm, last, settings))


def missing(facts: ProjectFacts, today: date, settings: Settings) -> list[Gap]:
    """The measures of which several numbers in a row are missing, the longest waiting first. As with `overdue`, none
    is missing from before the project was registered."""
    return _gaps(facts, today, lambda measure, last: _missing_from(measure.rhythm, last, settings))


def _gaps(facts: ProjectFacts, today: date, first_of: Callable[[MeasureFacts, date], date]) -> list[Gap]:
    found = []
    for measure in expected(facts):
        if measure.last_point is None:
            continue
        first = first_of(measure, latest(measure.last_point, facts.registered) or measure.last_point)
        if today >= first:
            found.append(Gap(measure, period_after(measure.last_point, measure.rhythm), first))
    return sorted(found, key=lambda gap: (gap.empty_since, gap.measure.name, gap.measure.key))


def expected(facts: ProjectFacts) -> list[MeasureFacts]:
    """The watched measures of which a next number is expected: those with a rhythm and a first number, not ended."""
    return [
        measure
        for measure in watched(facts)
        if measure.last_point is not None and measure.next_due is not None and measure.rhythm is not Rhythm.NONE
    ]


def _overdue_from(rhythm: Rhythm, last: date, settings: Settings) -> date:
    empty = period_after(last, rhythm)
    interval = (period_after(empty, rhythm) - empty).days
    days = max(int(settings["overdue_intervals"] * interval), int(settings["overdue_least_days"]))
    return days_after(empty, days + 1)


def _missing_from(rhythm: Rhythm, last: date, settings: Settings) -> date:
    empty = day = period_after(last, rhythm)
    for _ in range(int(settings["missing_points_monthly" if rhythm in SLOW else "missing_points"])):
        day = period_after(day, rhythm)
    return max(day, settings.first_day("missing_least_days", empty))


def measure_overdue(facts: ProjectFacts, today: date, settings: Settings) -> StateReason | None:
    """The next number of a measure is late."""
    gaps = overdue(facts, today, settings)
    if not gaps:
        return None
    gap = gaps[0]
    due = next_due(gap.measure.last_point, gap.measure.rhythm) if gap.measure.last_point else None
    late = span_in_words(due or gap.empty_since, today)
    return StateReason(
        code="measure_overdue",
        sentence=f"The next number for {quoted(gap.measure.name)} is {late} late.",
        since=min(found.first for found in gaps),
        clears="It clears when the missing numbers are added.",
        state=State.QUIET,
        tool=Tool.MEASURES,
        target_key=gap.measure.key,
    )


def points_missing(facts: ProjectFacts, today: date, settings: Settings) -> StateReason | None:
    """Several numbers in a row are missing."""
    gaps = missing(facts, today, settings)
    if not gaps:
        return None
    gap = gaps[0]
    all_of_them = len(gaps) == len(expected(facts))
    newest = max(gaps, key=lambda found: found.empty_since)
    return StateReason(
        code="points_missing",
        sentence=(
            f"No data for {span_in_words(newest.empty_since, today)}."
            if all_of_them
            else f"No number for {quoted(gap.measure.name)} for {span_in_words(gap.empty_since, today)}."
        ),
        since=min(found.first for found in gaps),
        clears="It clears when the missing numbers are added.",
        state=State.STALLED,
        tool=Tool.MEASURES,
        target_key=gap.measure.key,
    )
