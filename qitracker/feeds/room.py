"""The blueprint the views of this room hang on, and what each of them starts with."""

import uuid
from datetime import date, timedelta

from flask import Blueprint, abort

from qitracker.models import Series
from qitracker.people import scope
from qitracker.people.reader import reader
from qitracker.plumbing import clock
from qitracker.plumbing.reading.dates import DAYS_AHEAD, EARLIEST

feeds = Blueprint("feeds", __name__, url_prefix="/series/<uuid:series_id>")


def find_series(series_id: uuid.UUID) -> Series:
    """The series, or 404; 403 for those who may read it and not do what the view does."""
    return scope.find(Series, reader(), series_id)


def day_in_address(text: str | None) -> date | None:
    """A date as addresses carry it (2025-10-01), within what a point can have; None for anything else."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    is_plain = day.isoformat() == text and EARLIEST <= day <= clock.today() + timedelta(days=DAYS_AHEAD)
    return day if is_plain else None


def day_or_404(text: str) -> date:
    """The same for a page about one day."""
    day = day_in_address(text)
    if day is None:
        abort(404)
    return day
