"""Where each project stands, as lists need it; pauses, intake, programmes, saved views, and the hub's own numbers."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from qitracker.method.stalled.holds import HoldKind
from qitracker.models.base import Base, Identified, words_of
from qitracker.models.people import Person
from qitracker.models.projects import OfProject, Project


class Standing(OfProject, Base):
    """The latest state of a project, with its reasons. Worked out from the project, never typed; can be made again.

    `state` and the codes in `reasons` are those of method/stalled; `reasons` holds each one's code, sentence, since
    when, what clears it, and where.
    """

    __tablename__ = "standing"

    # One row a project: it shares the project's key.
    project_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("project.id"), primary_key=True)
    state: Mapped[str] = mapped_column(String(20), index=True)
    since: Mapped[date | None]
    code: Mapped[str] = mapped_column(String(30), default="")  # of the first reason
    sentence: Mapped[str] = mapped_column(String(300), default="")  # of the first reason
    reasons: Mapped[list[Any]]
    weight: Mapped[int] = mapped_column(default=0)  # the order of "needs me most", most first
    told: Mapped[str] = mapped_column(String(60), default="")  # who hears of it now: "team coach hub sponsor"
    hidden_until: Mapped[date | None]  # snoozed
    last_life: Mapped[date | None]  # the last day something of substance happened
    suggested: Mapped[int | None]  # progress score from the evidence, in tenths
    team_score: Mapped[int | None]
    coach_score: Mapped[int | None]
    series_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("series.id"))  # that speaks for the project
    variation: Mapped[str] = mapped_column(String(30), default="not_enough_data")
    has_outcome: Mapped[bool] = mapped_column(default=False)  # a measure of the outcome
    next_due: Mapped[date | None]  # until then one of its measures has a number for the last whole period
    last_review: Mapped[date | None]
    asks_score: Mapped[bool] = mapped_column(default=False)  # the team is due to give its progress score
    checked_on: Mapped[date]

    __table_args__ = (Index("ix_standing_weight", "weight"),)


class KnownFacts(OfProject, Base):
    """What the rules look at beside the numbers, as it was gathered when the standing was last worked out in full.

    Good for the day of the standing alone, and as long as the project has no later event than `as_of` but those of its
    numbers: then a number is saved without gathering all of it again (docs/adr/0009).
    """

    __tablename__ = "known_facts"

    project_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("project.id"), primary_key=True)
    as_of: Mapped[int]  # the id of the project's last event
    facts: Mapped[dict[str, Any]]


class StandingChange(OfProject, Base):
    """A project came into a state or stage on a day: what counts "since last month" are made of."""

    __tablename__ = "standing_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    on: Mapped[date]
    state: Mapped[str] = mapped_column(String(20))
    stage: Mapped[str] = mapped_column(String(40))
    code: Mapped[str] = mapped_column(String(30), default="")

    __table_args__ = (
        Index("uq_standing_change_on", "project_id", "on", unique=True),
        Index("ix_standing_change_on", "on"),
    )


class Hold(Identified, OfProject, Base):
    """A pause or a snooze: with a reason and a day on which it ends by itself."""

    __tablename__ = "hold"

    kind: Mapped[HoldKind] = mapped_column(words_of(HoldKind))
    why: Mapped[str] = mapped_column(String(500))
    since: Mapped[date]
    until: Mapped[date]
    restarts_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))  # who takes it up again
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]  # taken up again before its day

    by: Mapped[Person] = relationship(foreign_keys=[by_id])
    restarts: Mapped[Person | None] = relationship(foreign_keys=[restarts_id])

    __table_args__ = (CheckConstraint("until >= since", name="order"),)


class Intake(OfProject, Base):
    """The hub's answer to a new project. Without a row it still waits."""

    __tablename__ = "intake"

    project_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("project.id"), primary_key=True)
    answer: Mapped[str] = mapped_column(String(20))  # method/intake.py
    join_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("project.id"))
    words: Mapped[str] = mapped_column(String(500), default="")
    by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))  # None: before there was an intake
    at: Mapped[datetime]

    by: Mapped[Person | None] = relationship()
    join: Mapped[Project | None] = relationship(foreign_keys=[join_id])


class SavedView(Identified, Base):
    """A filtered list somebody comes back to."""

    __tablename__ = "saved_view"

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    query: Mapped[str] = mapped_column(String(500))
    at: Mapped[datetime]

    __table_args__ = (Index("uq_saved_view_name", "person_id", "name", unique=True),)


class RuleNumber(Identified, Base):
    """A number of the rules (method/stalled/settings.py) as an organisation has set it."""

    __tablename__ = "rule_number"

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"))
    key: Mapped[str] = mapped_column(String(60))
    value: Mapped[float]
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]

    __table_args__ = (Index("uq_rule_number_key", "organisation_id", "key", unique=True),)
