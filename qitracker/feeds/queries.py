"""What happened to a series, and what somebody pasted."""

import uuid
from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Text, and_, or_, select, type_coerce
from sqlalchemy.orm import joinedload

from qitracker.feeds.changes import MANY, ONE, changes_in
from qitracker.models import Event, Series, Upload, db
from qitracker.people.reader import Reader

A_PAGE = 50
MOST_LOOKED_AT = 500  # events among which the one that changed a point last is looked for


def of_series(series: Series) -> ColumnElement[bool]:
    """The events of a series: its points, itself, its measure, and the decisions and notes on its chart."""
    named = f'%"series_id": "{series.id}"%'
    inside = [type_coerce(column, Text).like(named) for column in (Event.old, Event.new)]
    return and_(
        Event.project_id == series.project_id,
        or_(
            _of_points(series),
            and_(Event.noun == "series", Event.noun_id == str(series.id)),
            and_(Event.noun == "measure", Event.noun_id == str(series.measure_id)),
            and_(Event.noun.in_(("chart_decision", "note", "target", "suggestion")), or_(*inside)),
        ),
    )


def _of_points(series: Series) -> ColumnElement[bool]:
    return or_(
        and_(Event.noun == ONE, Event.noun_id.startswith(f"{series.id}/", autoescape=True)),
        and_(Event.noun == MANY, Event.noun_id == str(series.id)),
    )


def events_of(series: Series, *, before: int | None) -> Sequence[Event]:
    """A page of what happened, newest first, and one event more where there is another page."""
    found = select(Event).where(of_series(series)).options(joinedload(Event.by)).order_by(Event.id.desc())
    if before is not None:
        found = found.where(Event.id < before)
    return db.session.scalars(found.limit(A_PAGE + 1)).all()


def point_event(series: Series, event_id: int) -> Event | None:
    """One event about points of this series."""
    found = select(Event).where(Event.id == event_id, Event.project_id == series.project_id, _of_points(series))
    return db.session.scalar(found.options(joinedload(Event.by)))


def last_event_on(series: Series, days: set[date], *, after: int = 0) -> Event | None:
    """The latest event since `after` that changed one of these days."""
    found = select(Event).where(Event.project_id == series.project_id, Event.id > after, _of_points(series))
    found = found.options(joinedload(Event.by)).order_by(Event.id.desc()).limit(MOST_LOOKED_AT)
    return next((e for e in db.session.scalars(found) if any(one.on in days for one in changes_in(e))), None)


def own_upload(series: Series, upload_id: uuid.UUID, reader: Reader) -> Upload | None:
    """What this person pasted or uploaded for this series; nobody else sees it."""
    return db.session.scalar(
        select(Upload).where(Upload.id == upload_id, Upload.series_id == series.id, Upload.by_id == reader.id)
    )
