"""Dates in words, the same on every computer whatever its language is set to."""

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
