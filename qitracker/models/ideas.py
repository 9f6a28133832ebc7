"""Change ideas, and the drivers they belong to."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from qitracker.method.ideas import IdeaStatus
from qitracker.models.base import Base, Identified, words_of
from qitracker.models.people import Person
from qitracker.models.projects import OfProject, Versioned


class DriverLevel(StrEnum):
    PRIMARY = "primary"
    SECONDARY = "secondary"


class Idea(Identified, Versioned, OfProject, Base):
    """One idea, in its finder's words. Its text is never rewritten; what changes is what we think of it."""

    __tablename__ = "idea"

    text: Mapped[str] = mapped_column(String(300))
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    status: Mapped[IdeaStatus] = mapped_column(words_of(IdeaStatus), default=IdeaStatus.NEW)
    impact: Mapped[int | None]
    effort: Mapped[int | None]
    can_test_now: Mapped[bool | None]
    owner_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    position: Mapped[int] = mapped_column(default=0)

    by: Mapped[Person] = relationship(foreign_keys=[by_id])
    owner: Mapped[Person | None] = relationship(foreign_keys=[owner_id])

    __table_args__ = (
        CheckConstraint("impact BETWEEN 1 AND 5", name="impact_range"),
        CheckConstraint("effort BETWEEN 1 AND 5", name="effort_range"),
    )


class Driver(Identified, Versioned, OfProject, Base):
    """A primary or secondary driver of the aim."""

    __tablename__ = "driver"

    level: Mapped[DriverLevel] = mapped_column(words_of(DriverLevel))
    text: Mapped[str] = mapped_column(String(200))
    position: Mapped[int] = mapped_column(default=0)
    measure_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("measure.id"))
    why_no_measure: Mapped[str | None] = mapped_column(String(300))


class DriverLink(Identified, OfProject, Base):
    """An arrow of the diagram: a primary driver above a secondary one, or a driver above an idea."""

    __tablename__ = "driver_link"

    driver_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("driver.id"))
    below_driver_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("driver.id"))
    below_idea_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("idea.id"))

    __table_args__ = (
        CheckConstraint("(below_driver_id IS NULL) <> (below_idea_id IS NULL)", name="one_below"),
        CheckConstraint("driver_id <> below_driver_id", name="not_itself"),
        Index("uq_driver_link_driver", "driver_id", "below_driver_id", unique=True),
        Index("uq_driver_link_idea", "driver_id", "below_idea_id", unique=True),
    )
