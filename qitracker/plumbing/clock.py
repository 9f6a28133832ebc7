"""What time it is. One place, so that tests can say."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from flask import Flask, current_app


def install(app: Flask, time_zone: str, reading: Callable[[], datetime] | None = None) -> None:
    """Give the app its clock; a test hands in its own reading."""
    app.extensions["clock"] = (reading or (lambda: datetime.now(UTC)), ZoneInfo(time_zone))


def now() -> datetime:
    """The moment, in UTC."""
    reading, _ = current_app.extensions["clock"]
    moment: datetime = reading()
    return moment


def local(moment: datetime) -> datetime:
    """A moment as the clock on the wall shows it."""
    _, zone = current_app.extensions["clock"]
    return moment.astimezone(zone)


def beginning(day: date) -> datetime:
    """The moment, in UTC, at which a day on the wall calendar begins."""
    _, zone = current_app.extensions["clock"]
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def today() -> date:
    """The day on the wall calendar."""
    return local(now()).date()
