"""Who is where."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from qitracker.models import Invitation, Person, Project, RoleHeld, Unit, db
from qitracker.people import scope
from qitracker.people.actions import hash_of
from qitracker.people.reader import Reader
from qitracker.plumbing import clock


def person_by_email(email: str) -> Person | None:
    return db.session.scalar(select(Person).where(Person.email == email.strip().lower()))


def team_of(project: Project) -> Sequence[RoleHeld]:
    """Everyone with a role on the project, by name."""
    rows = select(RoleHeld).where(RoleHeld.project_id == project.id).options(joinedload(RoleHeld.person))
    return db.session.scalars(rows.join(Person, Person.id == RoleHeld.person_id).order_by(Person.name)).all()


def roles_in_reach(reader: Reader) -> Sequence[RoleHeld]:
    """Every role held on a unit of the administrator's organisations."""
    return db.session.scalars(
        select(RoleHeld)
        .join(Unit, Unit.id == RoleHeld.unit_id)
        .join(Person, Person.id == RoleHeld.person_id)
        .where(Unit.organisation_id.in_(reader.organisations))
        .options(joinedload(RoleHeld.person), joinedload(RoleHeld.unit))
        .order_by(Person.name, RoleHeld.role)
    ).all()


def role_in_reach(reader: Reader, held_id: uuid.UUID) -> RoleHeld | None:
    """One such role, or None."""
    return next((held for held in roles_in_reach(reader) if held.id == held_id), None)


def units_in_order(reader: Reader) -> Sequence[Unit]:
    """The places of the reader's organisations, each under the one it belongs to."""
    found = db.session.scalars(scope.units(reader).order_by(Unit.name)).all()
    by_parent: dict[uuid.UUID | None, list[Unit]] = {}
    ids = {unit.id for unit in found}
    for unit in found:
        by_parent.setdefault(unit.parent_id if unit.parent_id in ids else None, []).append(unit)
    ordered: list[Unit] = []

    def walk(parent: uuid.UUID | None) -> None:
        for unit in by_parent.get(parent, []):
            ordered.append(unit)
            walk(unit.id)

    walk(None)
    return ordered


def unit_choices(reader: Reader) -> list[tuple[str, str]]:
    """The same as choices, indented by depth."""
    units = units_in_order(reader)
    top = min((unit.path.count("/") for unit in units), default=0)
    return [(str(unit.id), "\u2003" * (unit.path.count("/") - top) + unit.name) for unit in units]


def usable_invitation(token: str) -> Invitation | None:
    """The invitation behind a link, if it is neither used nor too old."""
    found = db.session.scalar(select(Invitation).where(Invitation.token_hash == hash_of(token)))
    return found if found and found.used_at is None and found.expires_at > clock.now() else None
