"""Dates in words, the same on every computer whatever its language is set to."""

from calendar import monthrange
from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

DAYS_CALLED_BY_NAME = 6
"""Up to 6 days back a weekday names one day only; 7 days back it would be the same name as today."""


def in_words(day: date) -> str:
    """ "1 March 2025"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def month_in_words(day: date) -> str:
    """ "March 2025"."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def recently_in_words(day: date, today: date) -> str:
    """A past day as people say it: "today", "yesterday", "on Friday", or "on 1 March 2025" when longer
    ago."""
    ago = (today - day).days
    if ago in (0, 1):
        return ("today", "yesterday")[ago]
    if 0 < ago <= DAYS_CALLED_BY_NAME:
        return f"on {DAYS[day.weekday()]}"
    return f"on {in_words(day)}"


DAYS_UP_TO = 14
"""From two weeks on a span is said in weeks, from 14 weeks on in months (three at least), from two years on in years.
Ours."""
WEEKS_UP_TO, MONTHS_UP_TO = 14, 24


def span_in_words(since: date, until: date) -> str:
    """How long from a day to a later one, in whole units: "9 days", "7 weeks", "8 months", "2 years"."""
    days = max((until - since).days, 0)
    if days < DAYS_UP_TO:
        return _counted(days, "day")
    if days < WEEKS_UP_TO * 7:
        return _counted(days // 7, "week")
    months = (until.year - since.year) * 12 + until.month - since.month - (until.day < since.day)
    return _counted(months, "month") if months < MONTHS_UP_TO else _counted(months // 12, "year")


def _counted(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last day of that month where it has no such day.

    30 November and three months is 28 February, or the 29th in a leap year. A day past the calendar is its last.
    """
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def days_after(day: date, days: int) -> date:
    """The day so many days later. A day past the calendar is its last."""
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))
