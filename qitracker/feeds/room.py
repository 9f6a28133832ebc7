"""The blueprint the views of this room hang on, and what each of them starts with."""

import uuid
from datetime import date, timedelta

from flask import Blueprint, abort
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from qitracker.models import Project, Series, db
from qitracker.people import scope
from qitracker.people.reader import reader
from qitracker.plumbing import clock
from qitracker.plumbing.reading.dates import DAYS_AHEAD, EARLIEST
from qitracker.plumbing.saving import held

feeds = Blueprint("feeds", __name__, url_prefix="/series/<uuid:series_id>")


def find_series(series_id: uuid.UUID) -> Series:
    """The series with its measure, or 404; 403 for those who may read it and not do what the view does."""
    return scope.find(Series, reader(), series_id, None, joinedload(Series.measure))


def hold_series(series_id: uuid.UUID) -> Series:
    """The same to write its numbers. Nobody else writes this series, or where its project stands, until this
    transaction ends, and what is read from now on is as they left it.

    On SQLite the whole database is held already. On PostgreSQL the two rows are, in the order in which every writer
    comes to them.
    """
    rows = select(Series.id).join(Project, Project.id == Series.project_id).where(Series.id == series_id)
    db.session.execute(rows.with_for_update(key_share=True, of=[Series, Project]))
    series = scope.find(Series, reader(), series_id, None, joinedload(Series.measure), joinedload(Series.targets))
    held()[series.project_id] = series.project
    return series


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
