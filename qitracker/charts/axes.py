"""Where the ticks of an axis stand and what they say.

Both axes are plain numbers to the chart: days along the bottom, the measure's own unit up the side. Ticks
and their words are worked out here, so the same chart reads the same in every browser and time zone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from qitracker.charts.numbers import short_unit, show_number
from qitracker.charts.periods import MONTHS, as_date


@dataclass(frozen=True, slots=True)
class Axis:
    """``low`` and ``high`` are the ends; each of ``ticks`` has its word in ``words``."""

    low: float
    high: float
    ticks: tuple[float, ...]
    words: tuple[str, ...]

    def share(self, value: float) -> float:
        """How far along the axis a value stands: 0 at the low end, 1 at the high end."""
        return (value - self.low) / (self.high - self.low)


_NO_SPREAD = 1e-9  # less than any number that a team counts; below it steps would underflow
_STEPS = (1.0, 2.0, 5.0, 10.0)


def value_axis(values: Sequence[float], *, unit: str, from_zero: bool, most_ticks: int = 7) -> Axis:
    """The axis up the side: round ticks, a little air, from 0 for counts, rates and shares.

    An axis whose lowest value is no further from 0 than half the spread starts at 0 too, so that a low number
    does not look like none. Percentages stop at 100.
    """
    low, high = (min(values), max(values)) if values else (0.0, 0.0)
    whole = 100.0 if unit.startswith("%") and high <= 100 else math.inf
    if low >= 0 and (from_zero or low <= (high - low) / 2):
        low = 0.0
    if high - low < _NO_SPREAD:
        low, high = (
            (0.0, min(high * 1.25, whole) if high > _NO_SPREAD else 5.0)
            if low >= 0
            else (min(low * 1.25, -_NO_SPREAD), 0.0)
        )
    air = (high - low) * 0.04
    step = _round_step((high - low + air) / max(1, most_ticks - 1))
    bottom = low if low == 0 else math.floor((low - air) / step) * step
    top = math.ceil((high + air) / step - 1e-9) * step
    top = min(top, whole)
    count = math.floor((top - bottom) / step + 1e-9)
    ticks = tuple(round(bottom + step * i, 10) for i in range(count + 1))
    mark = short_unit(unit)
    return Axis(bottom, top, ticks, tuple(show_number(t, mark, decimals=_decimals(step)) for t in ticks))


def _round_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(power * step for step in _STEPS if power * step >= rough * (1 - 1e-9))


def _decimals(step: float) -> int:
    return next((places for places in range(10) if abs(step * 10**places % 1) < 1e-6), 10)


def positions(xs: Sequence[str | int]) -> tuple[float, ...]:
    """Where each x stands: days for dates, the number for numbers, 1, 2, 3 for categories."""
    if all(isinstance(x, int) for x in xs):
        return tuple(float(x) for x in xs)
    days = [as_date(x) for x in xs]
    if any(day is None for day in days):
        return tuple(float(i + 1) for i in range(len(xs)))
    return tuple(float(day.toordinal()) for day in days if day is not None)


def position(at: str | int | date, xs: Sequence[str | int], places: Sequence[float]) -> float | None:
    """Where a mark stands among points at ``places``, or None where it has no place on this axis."""
    if not isinstance(at, date) and at in xs:
        return places[xs.index(at)]
    day = as_date(at)
    if day is not None and xs and as_date(xs[0]) is not None:
        return float(day.toordinal())
    return float(at) if isinstance(at, int) and all(isinstance(x, int) for x in xs) else None


def place_axis(xs: Sequence[str | int], low: float, high: float, *, most_ticks: int, monthly: bool = False) -> Axis:
    """The axis along the bottom between two places, with dates, numbers or categories as its words.

    ``monthly``: days mean nothing on it, since each point is a month or longer.
    """
    if xs and all(as_date(x) is not None for x in xs):
        return _date_axis(low, high, most_ticks, () if monthly else _DAYS)
    words = None if all(isinstance(x, int) for x in xs) else [str(x) for x in xs]
    step = max(1, math.ceil(_round_step(max(1.0, (high - low) / most_ticks))))
    first = math.ceil(low / step) * step
    ticks = list(range(first, math.floor(high) + 1, step))
    if words is not None:
        ticks = [tick for tick in ticks if 1 <= tick <= len(words)]
    said = [str(tick) if words is None else words[tick - 1] for tick in ticks]
    return Axis(low, high, tuple(float(tick) for tick in ticks), tuple(said))


# Steps a calendar has: days, then months; the first that gives few enough ticks is taken.
_DAYS = (1, 2, 7, 14)
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240)


def _date_axis(low: float, high: float, most_ticks: int, day_steps: Sequence[int]) -> Axis:
    first, last = date.fromordinal(math.ceil(low)), date.fromordinal(math.floor(high))
    for step in day_steps:
        if (last - first).days / step < most_ticks:
            days = list(_every(first, last, step))
            return _dated(low, high, days, [f"{day.day} {MONTHS[day.month - 1][:3]}" for day in days])
    for step in _MONTH_STEPS:
        months = list(_month_starts(first, last, step))
        if len(months) <= most_ticks:
            break
    if step >= 12:
        return _dated(low, high, months, [str(day.year) for day in months])
    return _dated(low, high, months, [f"{MONTHS[day.month - 1][:3]} {day.year}" for day in months])


def _dated(low: float, high: float, days: Sequence[date], words: Sequence[str]) -> Axis:
    return Axis(low, high, tuple(float(day.toordinal()) for day in days), tuple(words))


def _every(first: date, last: date, step: int) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += timedelta(days=step)


def _month_starts(first: date, last: date, step: int) -> Iterator[date]:
    """First days of months, every ``step`` months counted from the year 0, so that quarters are quarters."""
    number = first.year * 12 + first.month - 1 + (first.day > 1)
    number += -number % step
    while number // 12 <= last.year:
        day = date(number // 12, number % 12 + 1, 1)
        if day > last:
            return
        yield day
        number += step
