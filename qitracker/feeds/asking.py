"""Which period a number is for: the one to ask for first, and the recent ones to choose from. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from qitracker.method.measures import Rhythm, period_after, period_of, periods_missing

# How many recent periods the list offers: about a year, or what fits on a phone's screen.
RECENT = {Rhythm.DAY: 14, Rhythm.WEEK: 12, Rhythm.FORTNIGHT: 8, Rhythm.MONTH: 13, Rhythm.QUARTER: 8}
MOST_OFFERED = 60
BY_PERIOD = {Rhythm.WEEK, Rhythm.MONTH, Rhythm.QUARTER}  # where one day of the period stands for all of it
# A team's week may start on another day than Monday, and its two weeks on either Monday: what it did last holds.
STEPS = {Rhythm.WEEK: timedelta(days=7), Rhythm.FORTNIGHT: timedelta(days=14)}


@dataclass(frozen=True, slots=True)
class Asked:
    """The first day of the period to ask for (None: any day), and those to choose from, newest first."""

    first: date | None
    offered: tuple[date, ...]


def ask_for(points: Collection[date], rhythm: Rhythm, today: date) -> Asked:
    """The oldest period that is over and has no number since the latest one; else the current one.

    Before the first number it is the latest period that is over, because that is the one a team can count.
    """
    if rhythm is Rhythm.NONE:
        return Asked(None, ())
    last = max((on for on in points if on <= today), default=None)
    current = _current(last, rhythm, today)
    if last is None:
        over = _back(current, rhythm)
        first = current if rhythm is Rhythm.DAY else over
    else:
        first = next((on for on in _missing(last, rhythm, today) if on not in points), current)
    recent = [current]
    while len(recent) < RECENT[rhythm]:
        recent.append(_back(recent[-1], rhythm))
    missing = _missing(last, rhythm, today)[:MOST_OFFERED] if last else ()
    return Asked(first, tuple(sorted({*recent, *missing, first}, reverse=True)))


def place_in(day: date, points: Collection[date], rhythm: Rhythm) -> date:
    """The date a day's number is kept under: its period's first day, or the date that period has a point on."""
    if day in points:
        return day
    if rhythm not in BY_PERIOD:
        return day
    first, following = period_of(day, rhythm), period_after(day, rhythm)
    there = min((on for on in points if first <= on < following), default=None)
    if there is not None:
        return there
    if rhythm is not Rhythm.WEEK:
        return first
    return first + timedelta(days=max(points).weekday()) if points else day  # the weekday of the team's numbers


def _current(last: date | None, rhythm: Rhythm, today: date) -> date:
    step = STEPS.get(rhythm)
    if last is None or step is None:
        return period_of(today, rhythm)
    return last + (today - last) // step * step


def _back(day: date, rhythm: Rhythm) -> date:
    step = STEPS.get(rhythm)
    return day - step if step else period_of(day - timedelta(days=1), rhythm)


def _missing(last: date, rhythm: Rhythm, today: date) -> tuple[date, ...]:
    step = STEPS.get(rhythm)
    if step is None:
        return periods_missing(last, rhythm, today)
    over = (today - last) // step  # periods that have begun after the latest; the last of them is the current one
    return tuple(last + step * place for place in range(1, over))


def next_after(day: date, rhythm: Rhythm) -> date:
    """The first day of the period that follows."""
    step = STEPS.get(rhythm)
    return day + step if step else period_after(day, rhythm)
