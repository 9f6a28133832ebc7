"""Who leads a project and still works here; when it may become private; private projects that nobody leads any more."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from qitracker.method.roles import Role
from qitracker.models import Event, Person, Project, RoleHeld, Unit, Visibility, db
from qitracker.people import scope
from qitracker.people.reader import Reader
from qitracker.plumbing.saving import alone

LEAD_DECIDES = "A lead named on the project decides that: anybody else would close it for a team they are not in"
ADOPTED_OPEN = (
    "You took this project up while all staff could read it. Ask another lead of the team to make it private, "
    "or name one first"
)
NAME_ANOTHER = "Name another project lead first: a private project is seen by its team alone."


def hold_team(project: Project) -> None:
    """Nobody else changes who is in the team, or who sees the project, until this transaction ends."""
    alone(project)
    db.session.refresh(project)  # it was read before the other one had saved


def leads_of(project: Project) -> tuple[list[RoleHeld], list[RoleHeld]]:
    """Who leads it and works here, and the leads who have left."""
    rows = select(RoleHeld).where(RoleHeld.project_id == project.id, RoleHeld.role == Role.PROJECT_LEAD)
    found = db.session.scalars(rows.options(joinedload(RoleHeld.person))).all()
    return [one for one in found if one.person.is_active], [one for one in found if not one.person.is_active]


def why_not_end_lead(held: RoleHeld, project: Project) -> str | None:
    """A private project keeps a lead who works here: without one nobody could let anybody in."""
    if project.visibility is not Visibility.PRIVATE or held.role is not Role.PROJECT_LEAD:
        return None
    others = [one for one in leads_of(project)[0] if one.id != held.id]
    return None if others else NAME_ANOTHER


def why_not_private(project: Project, reader: Reader) -> str | None:
    """Only a lead makes it private, and not one who took it up alone while it was open.

    What all staff could read has helped others, and the next team looks for it (users_say: never hide work). Whoever
    adopts an orphaned project is let in by nobody, so a second lead decides with them: four eyes, and nobody needs to
    be asked who is not in the team. Its former team keeps what it may see: private means the people named on it. The
    reason is asked for and stands in its history. Considered: never again private (work on a complaint has to be), and
    asking the hub (it would have to read what it shall not).
    """
    if reader.id not in {one.person_id for one in leads_of(project)[0]}:
        return LEAD_DECIDES
    adopted = select(Event.id).where(Event.project_id == project.id, Event.verb == "adopted", Event.by_id == reader.id)
    return ADOPTED_OPEN if db.session.scalar(adopted.limit(1)) is not None else None


@dataclass(frozen=True, slots=True)
class Leaderless:
    """What an administrator learns of a private project that nobody leads: no more than where and since when."""

    id: uuid.UUID
    place: str
    registered_at: datetime


def leaderless(reader: Reader) -> Sequence[Leaderless]:
    """The private projects without a lead who works here, of the organisations that this person administers."""
    rows = select(Project.id, Unit.name, Project.registered_at).join(Unit, Unit.id == Project.unit_id)
    found = db.session.execute(rows.where(_is_leaderless(reader)).order_by(Project.registered_at, Project.id))
    return [Leaderless(*row) for row in found]


def leaderless_project(reader: Reader, project_id: uuid.UUID) -> Project | None:
    """One of them, to give it a lead; its title and content are not for the page."""
    rows = select(Project).where(Project.id == project_id, _is_leaderless(reader))
    return db.session.scalar(rows.options(joinedload(Project.unit)))


def _is_leaderless(reader: Reader) -> ColumnElement[bool]:
    whole = select(Unit.id).where(scope.administered(reader), Unit.id == Unit.organisation_id)
    leads = select(RoleHeld.id).join(Person, Person.id == RoleHeld.person_id)
    leads = leads.where(RoleHeld.project_id == Project.id, RoleHeld.role == Role.PROJECT_LEAD, Person.is_active)
    return (
        (Project.visibility == Visibility.PRIVATE)
        & Project.organisation_id.in_(whole)
        & ~leads.correlate(Project).exists()
    )


def works_in(organisation_id: uuid.UUID, email: str) -> Person | None:
    """Somebody who works in this organisation and can sign in, by their address."""
    here = select(RoleHeld.person_id).join(Unit, Unit.id == RoleHeld.unit_id)
    here = here.where(Unit.organisation_id == organisation_id)
    return db.session.scalar(select(Person).where(Person.email == email, Person.is_active, Person.id.in_(here)))
