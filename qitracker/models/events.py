"""What happened: who, when, what, from what, to what, why. Rows are added, never changed (triggers refuse it)."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from qitracker.models.base import Base
from qitracker.models.people import Person


class Event(Base):
    __tablename__ = "event"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))  # None: a command did it
    verb: Mapped[str] = mapped_column(String(40))  # added, changed, removed, moved ...
    noun: Mapped[str] = mapped_column(String(40))  # point, measure, aim ...
    noun_id: Mapped[str] = mapped_column(String(80))
    project_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("project.id"))
    old: Mapped[dict[str, Any] | None]
    new: Mapped[dict[str, Any] | None]
    why: Mapped[str | None] = mapped_column(String(500))
    life: Mapped[str | None] = mapped_column(String(20))  # what kind of life it shows (method/stalled/life.py), if any

    by: Mapped[Person | None] = relationship()

    __table_args__ = (
        Index("ix_event_project_id_id", "project_id", "id"),
        Index("ix_event_project_id_at", "project_id", "at"),
        Index("ix_event_project_id_life_at", "project_id", "life", "at"),
        Index("ix_event_noun_noun_id", "noun", "noun_id", "id"),
    )


class Submission(Base):
    """A form that was sent, by its key: a double click or a retry finds the answer of the first."""

    __tablename__ = "submission"

    key: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    location: Mapped[str] = mapped_column(String(400))
    at: Mapped[datetime]
