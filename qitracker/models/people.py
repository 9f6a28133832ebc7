"""People, the roles they hold, how they sign in."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from qitracker.method.roles import Role
from qitracker.models.base import Base, Identified, words_of
from qitracker.models.units import Unit


class Person(Identified, Base):
    __tablename__ = "person"

    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254), unique=True)  # kept in lower case
    password_hash: Mapped[str | None] = mapped_column(String(200))
    is_active: Mapped[bool] = mapped_column(default=True)
    made_at: Mapped[datetime]

    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),)


class RoleHeld(Identified, Base):
    """A role held on a unit or on a project, never on both."""

    __tablename__ = "role_held"

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[Role] = mapped_column(words_of(Role))
    unit_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("unit.id"), index=True)
    project_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("project.id"), index=True)
    profession: Mapped[str | None] = mapped_column(String(60))  # nursing, therapies, medicine ...
    since: Mapped[datetime]

    person: Mapped[Person] = relationship()
    unit: Mapped[Unit | None] = relationship()

    __table_args__ = (
        CheckConstraint("(unit_id IS NULL) <> (project_id IS NULL)", name="one_place"),
        Index("uq_role_held_unit", "person_id", "role", "unit_id", unique=True),
        Index("uq_role_held_project", "person_id", "role", "project_id", unique=True),
    )


class SignIn(Base):
    """A signed-in browser. The cookie holds the token, this table its hash; ending the row ends the sign-in."""

    __tablename__ = "sign_in"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    made_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class SignInTry(Base):
    """One try at signing in, good or bad: what the throttle counts."""

    __tablename__ = "sign_in_try"

    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(String(64))  # hash of the address typed, known or not
    address: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    succeeded: Mapped[bool]

    __table_args__ = (
        Index("ix_sign_in_try_account_at", "account", "at"),
        Index("ix_sign_in_try_address_at", "address", "at"),
    )


class Invitation(Identified, Base):
    """A single-use link that lets a person set a password and gives them a role."""

    __tablename__ = "invitation"

    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[Role] = mapped_column(words_of(Role))
    unit_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("unit.id"))
    project_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("project.id"))
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    __table_args__ = (CheckConstraint("(unit_id IS NULL) <> (project_id IS NULL)", name="one_place"),)
