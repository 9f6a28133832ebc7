"""Who is where."""

import uuid
from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from qitracker.method.roles import Permission
from qitracker.models import Event, Invitation, Person, Project, RoleHeld, Unit, db
from qitracker.people import scope
from qitracker.people.actions import hash_of
from qitracker.people.reader import Reader, read_person
from qitracker.plumbing import clock


def person_by_email(email: str) -> Person | None:
    return db.session.scalar(select(Person).where(Person.email == email.strip().lower()))


def team_of(project: Project) -> Sequence[RoleHeld]:
    """Everyone with a role on the project, by name."""
    rows = select(RoleHeld).where(RoleHeld.project_id == project.id).options(joinedload(RoleHeld.person))
    return db.session.scalars(rows.join(Person, Person.id == RoleHeld.person_id).order_by(Person.name)).all()


def has_ended(project: Project, held_id: uuid.UUID) -> bool:
    """Whether a role with this id was held on the project, and has ended."""
    gone = select(Event.id).where(Event.project_id == project.id, Event.noun == "role", Event.verb == "removed")
    return db.session.scalar(gone.where(Event.noun_id == str(held_id)).limit(1)) is not None


def roles_in_reach(reader: Reader) -> Sequence[RoleHeld]:
    """Every role held on a unit that the administrator looks after."""
    return db.session.scalars(
        select(RoleHeld)
        .join(Unit, Unit.id == RoleHeld.unit_id)
        .join(Person, Person.id == RoleHeld.person_id)
        .where(scope.administered(reader))
        .options(joinedload(RoleHeld.person), joinedload(RoleHeld.unit))
        .order_by(Person.name, RoleHeld.role)
    ).all()


def role_in_reach(reader: Reader, held_id: uuid.UUID) -> RoleHeld | None:
    """One such role, or None."""
    return next((held for held in roles_in_reach(reader) if held.id == held_id), None)


def administered_units(reader: Reader) -> Sequence[Unit]:
    """The places that the administrator looks after, each under the one it belongs to."""
    return _in_order(select(Unit).where(scope.administered(reader)))


def units_in_order(reader: Reader) -> Sequence[Unit]:
    """The places of the reader's organisations, each under the one it belongs to."""
    return _in_order(scope.units(reader))


def _in_order(wanted: Select[Unit]) -> Sequence[Unit]:
    found = db.session.scalars(wanted.order_by(Unit.name)).all()
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


def unit_choices(units: Sequence[Unit]) -> list[tuple[str, str]]:
    """Places in order as choices, indented by depth."""
    top = min((unit.path.count("/") for unit in units), default=0)
    return [(str(unit.id), "\u2003" * (unit.path.count("/") - top) + unit.name) for unit in units]


def usable_invitation(token: str) -> Invitation | None:
    """The invitation behind a link: neither used nor too old, from somebody who may still invite there.

    A link only ever makes an account. For an address that has one by now it is worth nothing: whoever keeps an
    older link to the same address would otherwise choose that person's password.
    """
    found = db.session.scalar(select(Invitation).where(Invitation.token_hash == hash_of(token)))
    if found is None or found.used_at is not None or found.expires_at <= clock.now():
        return None
    person = person_by_email(found.email)
    has_account = person is not None and (person.password_hash is not None or not person.is_active)
    return None if has_account or not _may_still_invite(found) else found


def _may_still_invite(invitation: Invitation) -> bool:
    """Whether the inviter could make this invitation today. Who has left, or lost the role, leaves no way in."""
    inviter = db.session.get_one(Person, invitation.by_id)
    if not inviter.is_active:
        return False
    held = read_person(inviter)
    if invitation.project_id is not None:
        return scope.may_on(held, db.session.get_one(Project, invitation.project_id), Permission.MANAGE_TEAM)
    reach = select(Unit.id).where(Unit.id == invitation.unit_id, scope.administered(held))
    return db.session.scalar(reach) is not None
