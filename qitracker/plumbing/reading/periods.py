"""The periods in which points are counted, and how a sentence calls them."""

from datetime import date, timedelta

from qitracker.plumbing.reading.dates import say_date, say_month


def period_of(day: date, rhythm: str) -> date:
    """The first day of the period a date lies in: month, quarter, week (Monday, ISO 8601); else the date itself."""
    match rhythm:
        case "month":
            return day.replace(day=1)
        case "quarter":
            return date(day.year, day.month - (day.month - 1) % 3, 1)
        case "week":
            return day - timedelta(days=day.weekday())
        case "day" | "fortnight" | "none":
            return day
        case _:
            raise ValueError(f"unknown rhythm {rhythm!r}")


def say_period(day: date, rhythm: str) -> str:
    """The period that starts on a day, as a sentence says it: November 2025, the week of 3 November 2025."""
    return {
        "month": say_month(day),
        "quarter": f"the quarter from {say_month(day)}",
        "week": f"the week of {say_date(day)}",
    }.get(rhythm, say_date(day))
