"""PDSA cycles: Plan, Do, Study, Act of one test of one idea."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from qitracker.method.cycles import CycleKind, Decision, Scale, Verdict
from qitracker.models.base import Base, Identified, words_of
from qitracker.models.ideas import Idea
from qitracker.models.people import Person
from qitracker.models.projects import OfProject, Versioned


class Cycle(Identified, Versioned, OfProject, Base):
    """One cycle. Cycles of one idea are its ramp; `number` counts through the project."""

    __tablename__ = "cycle"

    number: Mapped[int]
    idea_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("idea.id"), index=True)
    follows_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("cycle.id"))
    title: Mapped[str] = mapped_column(String(120))
    owner_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[CycleKind] = mapped_column(words_of(CycleKind), default=CycleKind.TEST)
    scale: Mapped[Scale | None] = mapped_column(words_of(Scale))
    is_quick: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime]
    # Plan
    planned_start: Mapped[date | None]
    planned_end: Mapped[date | None]
    objective: Mapped[str] = mapped_column(String(1000), default="")
    change: Mapped[str] = mapped_column(String(2000), default="")
    who_where: Mapped[str] = mapped_column(String(1000), default="")
    data_plan: Mapped[str] = mapped_column(String(1000), default="")
    series_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("series.id"), index=True)
    stop_rule: Mapped[str] = mapped_column(String(1000), default="")
    who_must_know: Mapped[str] = mapped_column(String(500), default="")
    # Do
    started: Mapped[date | None]
    ended: Mapped[date | None]
    as_planned: Mapped[bool | None]
    happened: Mapped[str] = mapped_column(String(4000), default="")
    surprises: Mapped[str] = mapped_column(String(2000), default="")
    comments: Mapped[str] = mapped_column(String(2000), default="")
    # Study
    findings: Mapped[str] = mapped_column(String(4000), default="")
    learnt: Mapped[str] = mapped_column(String(2000), default="")
    side_effects: Mapped[str] = mapped_column(String(2000), default="")
    studied_at: Mapped[datetime | None]
    # Act
    decision: Mapped[Decision | None] = mapped_column(words_of(Decision))
    decided_at: Mapped[datetime | None]
    next_change: Mapped[str] = mapped_column(String(2000), default="")
    confidence: Mapped[int | None]
    why: Mapped[str] = mapped_column(String(1000), default="")

    idea: Mapped[Idea | None] = relationship()
    owner: Mapped[Person | None] = relationship()
    questions: Mapped[list["CycleQuestion"]] = relationship(
        order_by="CycleQuestion.position", cascade="all, delete-orphan"
    )
    tasks: Mapped[list["CycleTask"]] = relationship(order_by="CycleTask.position", cascade="all, delete-orphan")

    __table_args__ = (
        Index("uq_cycle_number", "project_id", "number", unique=True),
        CheckConstraint("confidence BETWEEN 1 AND 5", name="confidence_range"),
        CheckConstraint("planned_end >= planned_start", name="planned_order"),
        CheckConstraint("ended >= started", name="real_order"),
    )


class CycleQuestion(Base):
    """A question with its prediction, and in Study how it turned out."""

    __tablename__ = "cycle_question"

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cycle.id"), index=True)
    position: Mapped[int]
    question: Mapped[str] = mapped_column(String(500))
    prediction: Mapped[str] = mapped_column(String(500))
    verdict: Mapped[Verdict | None] = mapped_column(words_of(Verdict))
    saw: Mapped[str] = mapped_column(String(1000), default="")


class CycleTask(Base):
    """Something to get ready before the test."""

    __tablename__ = "cycle_task"

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cycle.id"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(String(300))
    who: Mapped[str] = mapped_column(String(120), default="")
    is_done: Mapped[bool] = mapped_column(default=False)
