"""Mail as rows: written in the transaction of what it tells, sent later, once. And when each job last ran."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from qitracker.models.base import Base, Identified
from qitracker.models.people import Person


class Letter(Identified, Base):
    """One mail. `key` says what it is about, so that the same is never written twice."""

    __tablename__ = "letter"

    key: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[str] = mapped_column(String(20))  # digest, asked
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]
    sending_at: Mapped[datetime | None]  # a worker took it; one that died leaves it for the next
    sent_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str] = mapped_column(String(300), default="")

    person: Mapped[Person] = relationship()

    __table_args__ = (Index("ix_letter_sent_at", "sent_at", "made_at"),)


class MailChoice(Base):
    """What mail a person wants; without a row, both."""

    __tablename__ = "mail_choice"

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    digest: Mapped[bool] = mapped_column(default=True)
    asked: Mapped[bool] = mapped_column(default=True)


class JobRun(Base):
    """A job did its work for a day."""

    __tablename__ = "job_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    job: Mapped[str] = mapped_column(String(40))
    day: Mapped[date]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    did: Mapped[dict[str, Any] | None]  # counts, in the job's own words
    problem: Mapped[str] = mapped_column(String(300), default="")

    __table_args__ = (Index("ix_job_run_job_started_at", "job", "started_at"),)
