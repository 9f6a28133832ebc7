"""Changes to people, roles and invitations. Each takes `by=` and leaves an event in the same transaction."""

import secrets
import uuid
from collections.abc import Collection, Sequence
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import delete, func, select, update

from qitracker.method.roles import Role
from qitracker.models import Invitation, Person, Project, RoleHeld, Submission, Unit, db, place_unit
from qitracker.models.units import UnitKind
from qitracker.people import sessions
from qitracker.plumbing import clock, history
from qitracker.plumbing.history import Actor

INVITATION_LASTS = timedelta(hours=72)


def add_person(name: str, email: str, password_hash: str | None, *, by: Actor | None) -> Person:
    """A new account."""
    person = Person(name=name, email=email.lower(), password_hash=password_hash, made_at=clock.now())
    history.add(person, "person", by=by, project_id=None)
    return person


def give_role(
    person: Person,
    role: Role,
    *,
    by: Actor | None,
    unit: Unit | None = None,
    project: Project | None = None,
    profession: str | None = None,
) -> RoleHeld:
    """A role on a unit or a project; giving it twice changes nothing."""
    where = RoleHeld.unit_id == unit.id if unit else RoleHeld.project_id == (project.id if project else None)
    held = db.session.scalar(select(RoleHeld).where(RoleHeld.person_id == person.id, RoleHeld.role == role, where))
    if held is None:
        held = RoleHeld(
            person_id=person.id,
            role=role,
            unit_id=unit.id if unit else None,
            project_id=project.id if project else None,
            profession=profession or None,
            since=clock.now(),
        )
        history.add(held, "role", by=by, project_id=held.project_id)
    if project is not None and role is Role.PROJECT_LEAD and project.lead_id != person.id:
        history.amend(project, "project", by=by, project_id=project.id, lead_id=person.id)
    return held


def end_role(held: RoleHeld, *, by: Actor, project: Project | None = None) -> None:
    """End a role. A lead who goes leaves the project without one, and the project says so."""
    history.remove(held, "role", by=by, project_id=held.project_id)
    if project is not None and held.role is Role.PROJECT_LEAD and project.lead_id == held.person_id:
        history.amend(project, "project", by=by, project_id=project.id, lead_id=None)


def why_not_end_role(held: RoleHeld) -> str | None:
    """The last administrator of a place cannot be removed: nobody could let them back in."""
    if held.role is not Role.ADMINISTRATOR:
        return None
    others = (
        select(func.count())
        .select_from(RoleHeld)
        .join(Person, Person.id == RoleHeld.person_id)
        .where(RoleHeld.role == Role.ADMINISTRATOR, RoleHeld.unit_id == held.unit_id, RoleHeld.id != held.id)
        .where(Person.is_active)
    )
    return (
        None
        if db.session.scalar(others)
        else "This is the last administrator here. Give the role to somebody else first."
    )


def why_not_switch_off(person: Person, reach: Collection[uuid.UUID]) -> str | None:
    """Who works somewhere else too is not switched off from here, nor the last administrator of a place.

    `reach` holds the ids of the places that the administrator looks after.
    """
    held = _roles_on_places(person)
    if any(one.unit_id not in reach for one in held):
        return f"{person.name} works in other places too. End the role here, and ask their administrator for the rest."
    return next((problem for one in held if (problem := why_not_end_role(one))), None)


def why_not_reset(person: Person, by_id: uuid.UUID, reach: Collection[uuid.UUID]) -> str | None:
    """Whose password an administrator may end: somebody who works here, in their places alone, and not their own."""
    if person.id == by_id:
        return "Change your own password on the page of your account."
    if not person.is_active:
        return f"{person.name} has left and cannot sign in."
    if _works_beyond(person, reach):
        return f"{person.name} works in other places too. Ask an administrator who looks after all of them."
    return None


def _works_beyond(person: Person, reach: Collection[uuid.UUID]) -> bool:
    """Whether they hold a role on a place beyond this reach, or on a project of an organisation that is no part of it:
    whoever has the link to a new password could open that too."""
    if any(one.unit_id not in reach for one in _roles_on_places(person)):
        return True
    inside = select(Unit.organisation_id).where(Unit.id.in_(reach))
    rows = select(RoleHeld.id).join(Project, Project.id == RoleHeld.project_id)
    elsewhere = rows.where(RoleHeld.person_id == person.id, Project.organisation_id.not_in(inside)).limit(1)
    return db.session.scalar(elsewhere) is not None


def _roles_on_places(person: Person) -> Sequence[RoleHeld]:
    rows = select(RoleHeld).where(RoleHeld.person_id == person.id, RoleHeld.unit_id.is_not(None))
    return db.session.scalars(rows).all()


def invite(
    name: str, email: str, role: Role, *, by: Actor, unit: Unit | None = None, project: Project | None = None
) -> tuple[Invitation, str]:
    """A single-use link; the token is returned once and only its hash is kept."""
    token = secrets.token_urlsafe(24)
    now = clock.now()
    invitation = Invitation(
        token_hash=hash_of(token),
        email=email.lower(),
        name=name or email.split("@", maxsplit=1)[0],
        role=role,
        unit_id=unit.id if unit else None,
        project_id=project.id if project else None,
        by_id=by.id,
        made_at=now,
        expires_at=now + INVITATION_LASTS,
    )
    history.add(invitation, "invitation", by=by, project_id=invitation.project_id)
    return invitation, token


def accept(invitation: Invitation, password_hash: str) -> Person:
    """Use the link: the account is made, or gets its first password, and the role is given."""
    invitation.used_at = clock.now()
    person = db.session.scalar(select(Person).where(Person.email == invitation.email))
    if person is None:
        person = add_person(invitation.name, invitation.email, password_hash, by=None)
    else:
        set_password(person, password_hash, by=None)
    unit = db.session.get(Unit, invitation.unit_id) if invitation.unit_id else None
    project = db.session.get(Project, invitation.project_id) if invitation.project_id else None
    give_role(person, invitation.role, by=person, unit=unit, project=project)
    return person


def set_password(person: Person, password_hash: str, *, by: Actor | None) -> None:
    """A new password ends every session."""
    person.password_hash = password_hash
    sessions.end_all(person.id)
    history.record("changed", "password", person.id, by=by)


def let_set_password(held: RoleHeld, *, by: Actor) -> str:
    """For somebody who has forgotten theirs: the old password ends, and a link lets them set a new one.

    Every older link to their address ends with it: only this one leads to the account.
    """
    person = held.person
    older = Invitation.email == person.email, Invitation.used_at.is_(None)
    db.session.execute(update(Invitation).where(*older).values(used_at=clock.now()))
    person.password_hash = None
    sessions.end_all(person.id)
    history.record("reset", "password", person.id, by=by)
    _, token = invite(person.name, person.email, held.role, by=by, unit=held.unit)
    return token


def switch_off(person: Person, *, by: Actor) -> None:
    """Somebody leaves: they can no longer sign in; what they wrote stays under their name."""
    history.amend(person, "person", by=by, project_id=None, is_active=False)
    sessions.end_all(person.id)


def add_unit(name: str, kind: UnitKind, parent: Unit | None, *, by: Actor | None) -> Unit:
    """A new place under another."""
    unit = place_unit(Unit(id=uuid.uuid4(), name=name, kind=kind), parent)
    history.add(unit, "unit", by=by, project_id=None)
    return unit


def forget_old_submissions() -> None:
    """Keys of forms sent more than a week ago: no browser sends them again."""
    db.session.execute(delete(Submission).where(Submission.at < clock.now() - timedelta(days=7)))


def hash_of(token: str) -> str:
    return sha256(token.encode("utf-8", "replace")).hexdigest()
