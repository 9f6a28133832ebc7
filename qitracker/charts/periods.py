"""How the place of a point on the time axis is said in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from qitracker.method.measures import Rhythm

# Written out: the calendar module follows the locale of the machine.
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

# One point of a series, and several.
POINT_WORDS: Mapping[Rhythm, tuple[str, str]] = MappingProxyType(
    {
        Rhythm.DAY: ("day", "days"),
        Rhythm.WEEK: ("week", "weeks"),
        Rhythm.FORTNIGHT: ("fortnight", "fortnights"),
        Rhythm.MONTH: ("month", "months"),
        Rhythm.QUARTER: ("quarter", "quarters"),
        Rhythm.NONE: ("point", "points"),
    }
)


def as_date(x: str | int | date) -> date | None:
    """The date an x stands for, or None where it is a number or a category."""
    if isinstance(x, date):
        return x
    if isinstance(x, int):
        return None
    try:
        return date.fromisoformat(x[:10])
    except ValueError:
        return None


def show_day(day: date) -> str:
    """``3 November 2025``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def show_period(x: str | int | date, rhythm: Rhythm) -> str:
    """``January 2025``, ``week of 3 November 2025``, ``October to December 2025``, ``point 7``."""
    day = as_date(x)
    if day is None:
        return f"point {x}" if isinstance(x, int) else str(x)
    month = MONTHS[day.month - 1]
    if rhythm is Rhythm.MONTH:
        return f"{month} {day.year}"
    if rhythm is Rhythm.QUARTER:
        last = (day.month + 1) % 12
        if last < day.month - 1:
            return f"{month} {day.year} to {MONTHS[last]} {day.year + 1}"
        return f"{month} to {MONTHS[last]} {day.year}"
    if rhythm in (Rhythm.WEEK, Rhythm.FORTNIGHT):
        return f"{rhythm.value} of {show_day(day)}"
    return show_day(day)


def the_period(x: str | int | date, rhythm: Rhythm) -> str:
    """The period as a sentence needs it: with "the" before a week or a fortnight."""
    words = show_period(x, rhythm)
    return f"the {words}" if words.startswith(("week of", "fortnight of")) else words


def in_period(x: str | int | date, rhythm: Rhythm) -> str:
    """The period with its preposition: ``in January 2025``, ``on 3 November 2025``, ``at point 7``."""
    return f"{_preposition(x, rhythm)} {the_period(x, rhythm)}"


def from_period(x: str | int | date, rhythm: Rhythm) -> str:
    """``from January 2025``, ``from the week of 3 November 2025``."""
    return f"from {the_period(x, rhythm)}"


def _preposition(x: str | int | date, rhythm: Rhythm) -> str:
    if as_date(x) is None:
        return "at"
    return "on" if rhythm in (Rhythm.DAY, Rhythm.NONE) else "in"


def how_many(count: int, rhythm: Rhythm) -> str:
    """``1 month``, ``8 months``, ``12 points``."""
    one, several = POINT_WORDS[rhythm]
    return f"{count:,} {one if count == 1 else several}"
