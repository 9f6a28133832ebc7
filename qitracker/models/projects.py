"""A project: five fields to register, the rest asked when a step needs it."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from qitracker.method.steps import StepStatus
from qitracker.models.base import LARGEST, Base, Identified, words_of
from qitracker.models.people import Person
from qitracker.models.units import Unit


class Level(StrEnum):
    MICRO = "micro"
    MESO = "meso"
    MACRO = "macro"


class Visibility(StrEnum):
    OPEN = "open"
    PRIVATE = "private"


class Programme(Identified, Base):
    """Projects that serve one larger purpose of an organisation."""

    __tablename__ = "programme"

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(String(120))
    made_at: Mapped[datetime]

    __table_args__ = (Index("uq_programme_name", "organisation_id", "name", unique=True),)


class Versioned:
    """A thing two people may edit: SQLAlchemy refuses a save that started from an older version."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 (a declared_attr takes the class)
        return {"version_id_col": cls.version}


class Project(Identified, Versioned, Base):
    __tablename__ = "project"

    title: Mapped[str] = mapped_column(String(90))
    problem: Mapped[str] = mapped_column(String(2000))
    unit_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("unit.id"), index=True)
    lead_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    level: Mapped[Level] = mapped_column(words_of(Level))
    method: Mapped[str] = mapped_column(String(40))
    stage: Mapped[str] = mapped_column(String(40))
    visibility: Mapped[Visibility] = mapped_column(words_of(Visibility), default=Visibility.OPEN)
    is_illustrative: Mapped[bool] = mapped_column(default=False)  # demonstration data: every page says so
    registered_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_why: Mapped[str | None] = mapped_column(String(500))
    closing: Mapped[str | None] = mapped_column(String(30))  # how it ended: method/stalled/closing.py
    learnt: Mapped[str | None] = mapped_column(String(2000))  # for the next team, when it closes
    programme_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("programme.id"), index=True)

    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])
    lead: Mapped[Person | None] = relationship(foreign_keys=[lead_id])
    programme: Mapped["Programme | None"] = relationship()


class OfProject:
    """A thing inside a project. It carries the project's id itself, so that scope is one join away."""

    project_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("project.id"), index=True)

    @declared_attr
    def project(cls) -> Mapped[Project]:  # noqa: N805 (a declared_attr takes the class)
        return relationship(Project, viewonly=True, foreign_keys=[cls.project_id])  # type: ignore[list-item]  # a declared_attr: cls is the class


class StageMove(OfProject, Base):
    """A move from one stage to another, forward or back, with its reason."""

    __tablename__ = "stage_move"

    id: Mapped[int] = mapped_column(primary_key=True)
    from_stage: Mapped[str] = mapped_column(String(40))
    to_stage: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    why: Mapped[str | None] = mapped_column(String(500))


class StepEntry(Identified, Versioned, OfProject, Base):
    """What a team wrote for one step: its answers by question, an owner, a date, a status."""

    __tablename__ = "step_entry"

    step: Mapped[str] = mapped_column(String(40))
    status: Mapped[StepStatus] = mapped_column(words_of(StepStatus))
    answers: Mapped[dict[str, Any]]
    owner_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    due: Mapped[date | None]
    changed_at: Mapped[datetime]

    owner: Mapped[Person | None] = relationship()

    __table_args__ = (Index("uq_step_entry_step", "project_id", "step", unique=True),)


class Evidence(Identified, OfProject, Base):
    """Something that shows a step was done: a thing in the project, or an address with a few words."""

    __tablename__ = "evidence"

    step: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(20))  # measure, cycle, drivers, link, note
    noun_id: Mapped[uuid.UUID | None]
    address: Mapped[str | None] = mapped_column(String(500))
    words: Mapped[str] = mapped_column(String(300))
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class Aim(Identified, Versioned, OfProject, Base):
    """The aim in parts; its sentence and percentage are computed."""

    __tablename__ = "aim"

    by_date: Mapped[date | None]
    series_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("series.id"))
    what: Mapped[str] = mapped_column(String(200))  # in words, also before there is a measure
    unit: Mapped[str] = mapped_column(String(40))
    start: Mapped[float | None]
    target: Mapped[float | None]
    population: Mapped[str] = mapped_column(String(200))
    written_at: Mapped[datetime]

    __table_args__ = (
        Index("uq_aim_project_id", "project_id", unique=True),
        CheckConstraint(f"abs(start) <= {LARGEST}", name="start_finite"),
        CheckConstraint(f"abs(target) <= {LARGEST}", name="target_finite"),
    )


class WordKind(StrEnum):
    """What a word in the thread is for."""

    ADVICE = "advice"  # a coach to the team
    HELP = "help"  # the hub offers help
    QUESTION = "question"  # the team asks its coach
    INTAKE = "intake"  # the hub answers a new project
    ANSWER = "answer"


class CoachWord(Identified, OfProject, Base):
    """What a coach or the hub said to the team, what the team asked, and the answers; the thread stays."""

    __tablename__ = "coach_word"

    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    text: Mapped[str] = mapped_column(String(2000))
    answers_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("coach_word.id"))
    kind: Mapped[WordKind] = mapped_column(words_of(WordKind), default=WordKind.ADVICE)

    by: Mapped[Person] = relationship()
