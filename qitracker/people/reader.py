"""The person behind a request, as a frozen value: no database row travels through the app with a rollback."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_login import current_user
from sqlalchemy import Select, select

from qitracker.method.roles import Held, Permission, Role, may_anywhere
from qitracker.models import Person, Project, RoleHeld, Unit, db
from qitracker.models.units import UnitKind


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: their roles, and the organisations whose open projects they may read."""

    id: uuid.UUID
    name: str
    email: str
    held: tuple[Held, ...]
    organisations: frozenset[uuid.UUID]
    projects: frozenset[uuid.UUID]
    sign_in: str = ""
    signed_in_at: datetime | None = None

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        return self.sign_in

    def may_somewhere(self, permission: Permission) -> bool:
        return may_anywhere(self.held, permission)

    def holds(self, role: Role) -> bool:
        return any(one.role is role for one in self.held)


def reader() -> Reader:
    """The signed-in person. Only for views that need a permission: there is one there."""
    value = current_user._get_current_object()  # noqa: SLF001 (Flask-Login's proxy has no public way)
    if not isinstance(value, Reader):
        raise TypeError("nobody is signed in")
    return value


HELD = (
    RoleHeld.role,
    RoleHeld.unit_id,
    RoleHeld.project_id,
    Unit.kind,
    Unit.organisation_id,
    Unit.path,
    Project.organisation_id,
)
"""What is asked of each role that a person holds."""


def with_roles(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """A question about persons with a row for each role that they hold, one row without a role where they hold none."""
    held = query.outerjoin(RoleHeld, RoleHeld.person_id == Person.id)
    return held.outerjoin(Unit, Unit.id == RoleHeld.unit_id).outerjoin(Project, Project.id == RoleHeld.project_id)


def read_person(person: Person) -> Reader:
    """Gather what a person holds: one query for the roles, one more only if a role is held above organisations."""
    rows = db.session.execute(with_roles(select(*HELD).select_from(Person)).where(Person.id == person.id))
    return reader_of(person, [tuple(row) for row in rows])


def reader_of(
    person: Person, rows: Iterable[tuple[Any, ...]], *, sign_in: str = "", signed_in_at: datetime | None = None
) -> Reader:
    """The same where the columns of HELD have been read already."""
    held = []
    organisations: set[uuid.UUID] = set()
    projects: set[uuid.UUID] = set()
    for role, unit_id, project_id, kind, unit_organisation, path, project_organisation in rows:
        if role is None:
            continue
        one = Held(role, unit_id.hex if unit_id else None, project_id.hex if project_id else None)
        held.append(one)
        if project_id:
            projects.add(project_id)
        if Permission.READ_ORGANISATION in one.permissions:
            if kind is UnitKind.SYSTEM:
                organisations.update(_below(path))
            organisations.update(found for found in (unit_organisation, project_organisation) if found)
    return Reader(
        person.id,
        person.name,
        person.email,
        tuple(held),
        frozenset(organisations),
        frozenset(projects),
        sign_in,
        signed_in_at,
    )


def _below(path: str) -> list[uuid.UUID]:
    return list(
        db.session.scalars(
            select(Unit.id).where(Unit.kind == UnitKind.ORGANISATION, Unit.path.startswith(path, autoescape=True))
        )
    )
