"""Coaching: reviews, progress scores, barriers, visits, and who covers for whom."""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from qitracker.models.base import Base, Identified, words_of
from qitracker.models.people import Person
from qitracker.models.projects import CoachWord, OfProject, Versioned
from qitracker.models.units import Unit


class Scorer(StrEnum):
    """Whose progress score it is."""

    TEAM = "team"
    COACH = "coach"
    EVIDENCE = "evidence"  # suggested from what the project holds


class CoachReview(Identified, OfProject, Base):
    """Five minutes with a project: what was seen, what comes next. Its advice is the word the team answers."""

    __tablename__ = "coach_review"

    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    on: Mapped[date]
    at: Mapped[datetime]
    stage: Mapped[str] = mapped_column(String(40))
    going_well: Mapped[str] = mapped_column(String(1000), default="")
    stuck_on: Mapped[str | None] = mapped_column(String(30))  # a code of method/stalled/stuck.py
    next_step: Mapped[str] = mapped_column(String(500), default="")
    next_step_owner_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    next_step_on: Mapped[date | None]
    help_wanted: Mapped[str] = mapped_column(String(500), default="")  # from the sponsor
    next_review: Mapped[date | None]
    word_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("coach_word.id"))

    by: Mapped[Person] = relationship(foreign_keys=[by_id])
    next_step_owner: Mapped[Person | None] = relationship(foreign_keys=[next_step_owner_id])
    word: Mapped[CoachWord | None] = relationship()

    __table_args__ = (Index("ix_coach_review_project_id_at", "project_id", "at"),)


class ProgressScore(Identified, OfProject, Base):
    """One score on one day, in tenths (5 is 0.5, 50 is 5.0), with its reason. Never changed: a new one is added."""

    __tablename__ = "progress_score"

    scorer: Mapped[Scorer] = mapped_column(words_of(Scorer))
    tenths: Mapped[int]
    on: Mapped[date]
    at: Mapped[datetime]
    by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))  # None: suggested
    why: Mapped[str] = mapped_column(String(500), default="")

    by: Mapped[Person | None] = relationship()

    __table_args__ = (
        Index("ix_progress_score_project_id_at", "project_id", "at"),
        CheckConstraint("tenths BETWEEN 5 AND 50 AND tenths % 5 = 0", name="half_steps"),
    )

    @property
    def value(self) -> float:
        """0.5 to 5.0."""
        return self.tenths / 10


class Barrier(Identified, Versioned, OfProject, Base):
    """Something in the way. Open until it is cleared; `escalated_at` is when the sponsor was asked."""

    __tablename__ = "barrier"

    text: Mapped[str] = mapped_column(String(500))
    stuck_on: Mapped[str | None] = mapped_column(String(30))
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    escalated_at: Mapped[datetime | None]
    cleared_at: Mapped[datetime | None]
    cleared_how: Mapped[str] = mapped_column(String(500), default="")

    by: Mapped[Person] = relationship()


class Visit(Identified, Base):
    """A coach was there: on a ward, perhaps for a project."""

    __tablename__ = "visit"

    coach_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    project_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("project.id"), index=True)
    on: Mapped[date]
    minutes: Mapped[int | None]
    note: Mapped[str] = mapped_column(String(1000), default="")
    at: Mapped[datetime]

    coach: Mapped[Person] = relationship()
    unit: Mapped[Unit] = relationship()

    __table_args__ = (
        Index("ix_visit_coach_id_on", "coach_id", "on"),
        CheckConstraint("minutes BETWEEN 1 AND 1440", name="minutes_range"),
    )


class CoachAbsence(Identified, Base):
    """A coach is away, and who looks after their projects until then."""

    __tablename__ = "coach_absence"

    coach_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    cover_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    first: Mapped[date]
    last: Mapped[date]
    at: Mapped[datetime]

    coach: Mapped[Person] = relationship(foreign_keys=[coach_id])
    cover: Mapped[Person | None] = relationship(foreign_keys=[cover_id])

    __table_args__ = (CheckConstraint("last >= first", name="order"),)


class TrainedCoach(Identified, Base):
    """A person trained to coach a ward (microsystem coaching), until they stop."""

    __tablename__ = "trained_coach"

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    trained_on: Mapped[date]
    ended_on: Mapped[date | None]

    person: Mapped[Person] = relationship()
    unit: Mapped[Unit] = relationship()

    __table_args__ = (
        Index("uq_trained_coach_place", "person_id", "unit_id", unique=True),
        CheckConstraint("ended_on >= trained_on", name="order"),
    )
