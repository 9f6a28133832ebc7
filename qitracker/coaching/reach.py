"""Who coaches where: the people, places and projects that the pages for coaches may show."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import joinedload

from qitracker.method.roles import Permission, Role
from qitracker.method.stalled.values import STATES, State
from qitracker.models import (
    CoachAbsence,
    Person,
    Project,
    RoleHeld,
    Standing,
    TrainedCoach,
    Unit,
    UnitKind,
    Visibility,
    db,
)
from qitracker.people import scope
from qitracker.people.reader import Reader, read_person

HUB = frozenset({Permission.COACH_PROJECT, Permission.MANAGE_TEAM})
"""Who holds both by one role runs coaching: the improvement hub."""


def runs_coaching(reader: Reader) -> bool:
    """Whether this person gives work to coaches and keeps the list of trained ones."""
    return any(one.unit is not None and one.permissions >= HUB for one in reader.held)


def runs_coaching_on(reader: Reader, unit: Unit) -> bool:
    """The same for one place."""
    return any(one.unit in unit.covered_by and one.permissions >= HUB for one in reader.held)


def places_run(reader: Reader) -> ColumnElement[bool]:
    """The condition on Unit that holds for the places whose coaching this person runs: those they hold it on, and all
    below. Who also works elsewhere runs nothing there."""
    heads = [one.unit for one in reader.held if one.unit is not None and one.permissions >= HUB]
    return or_(false(), *(Unit.path.contains(f"/{head}/") for head in heads))


def coaches_run(reader: Reader) -> frozenset[uuid.UUID]:
    """The coaches whose absence this person may write down and end: those of the organisations of these places."""
    if not runs_coaching(reader):
        return frozenset()
    inside = db.session.scalars(select(Unit.organisation_id).where(places_run(reader)).distinct())
    return frozenset(person.id for person in coaches(reader, {one for one in inside if one is not None}))


def coaches(reader: Reader, organisations: Collection[uuid.UUID] | None = None) -> Sequence[Person]:
    """Who may be given a project: people who work here and hold the role of a coach on one of the reader's places, or
    on an open project there; of some of their organisations alone, if they are named."""
    named = reader.organisations if organisations is None else organisations
    on_places = select(RoleHeld.person_id).join(Unit, Unit.id == RoleHeld.unit_id)
    on_places = on_places.where(RoleHeld.role == Role.COACH, Unit.organisation_id.in_(named))
    on_projects = select(RoleHeld.person_id).join(Project, Project.id == RoleHeld.project_id)
    on_projects = on_projects.where(RoleHeld.role == Role.COACH, scope.visible(reader))
    if organisations is not None:
        on_projects = on_projects.where(Project.organisation_id.in_(named))
    rows = select(Person).where(Person.is_active, or_(Person.id.in_(on_places), Person.id.in_(on_projects)))
    return db.session.scalars(rows.order_by(Person.name, Person.id)).all()


def away_until(people: Collection[uuid.UUID], today: date) -> Mapping[uuid.UUID, date]:
    """The last day of absence of those who are away today."""
    rows = select(CoachAbsence.coach_id, func.max(CoachAbsence.last)).group_by(CoachAbsence.coach_id)
    now = CoachAbsence.coach_id.in_(people), CoachAbsence.first <= today, CoachAbsence.last >= today
    return {key: last for key, last in db.session.execute(rows.where(*now)) if last is not None}


def left_alone(reader: Reader, coach_id: uuid.UUID, cover_id: uuid.UUID) -> list[str]:
    """The titles of a coach's open projects that a cover may not coach, of those the reader may see. Private ones stay
    with the people named on them, and are left out."""
    cover = read_person(db.session.get_one(Person, cover_id))
    rows = scope.projects(reader).join(RoleHeld, RoleHeld.project_id == Project.id)
    rows = rows.where(RoleHeld.role == Role.COACH, RoleHeld.person_id == coach_id)
    rows = rows.where(Project.closed_at.is_(None), Project.visibility == Visibility.OPEN)
    found = db.session.scalars(rows.options(joinedload(Project.unit)).order_by(Project.title))
    return [one.title for one in found if not scope.may_on(cover, one, Permission.COACH_PROJECT)]


MOST_SHOWN = 20  # projects of one coach on the page of all coaches; a coach with more has other worries than a list


class Carried(NamedTuple):
    """A project as the list shows it."""

    id: uuid.UUID
    title: str
    place: str
    state: str  # in words
    is_stuck: bool


@dataclass(slots=True)
class Load:
    """What one coach carries: open projects the reader may see; and when they are away next, if they are."""

    person: Person
    projects: list[Carried] = field(default_factory=list)
    away: CoachAbsence | None = None

    @property
    def shown(self) -> list[Carried]:
        """Those on the page: the ones that may need help first, then by title."""
        return sorted(self.projects, key=lambda one: not one.is_stuck)[:MOST_SHOWN]

    @property
    def n_stalled(self) -> int:
        """How many of them have not moved for long."""
        return sum(one.is_stuck for one in self.projects)


def loads(reader: Reader, today: date) -> tuple[Sequence[Load], Sequence[Carried]]:
    """What each coach carries, and the open projects that have no coach who works here. Three queries."""
    found = {person.id: Load(person) for person in coaches(reader)}
    rows = (
        select(Project.id, Project.title, Unit.name, Standing.state, RoleHeld.person_id)
        .join(Unit, Unit.id == Project.unit_id)
        .outerjoin(RoleHeld, (RoleHeld.project_id == Project.id) & (RoleHeld.role == Role.COACH))
        .outerjoin(Standing, Standing.project_id == Project.id)
        .where(scope.visible(reader), Project.organisation_id.in_(reader.organisations), Project.closed_at.is_(None))
        .order_by(Project.title, Project.id)
    )
    carried: set[uuid.UUID] = set()
    every: dict[uuid.UUID, Carried] = {}
    for key, title, place, state, person_id in db.session.execute(rows):
        words = STATES[State(state)].name.lower() if state else ""
        every[key] = Carried(key, title, place, words, state in {State.STALLED, State.DORMANT})
        if person_id in found:
            carried.add(key)
            found[person_id].projects.append(every[key])
    away = select(CoachAbsence).where(CoachAbsence.coach_id.in_(list(found)), CoachAbsence.last >= today)
    for one in db.session.scalars(away.options(joinedload(CoachAbsence.cover)).order_by(CoachAbsence.first.desc())):
        found[one.coach_id].away = one
    return list(found.values()), [one for key, one in every.items() if key not in carried]


def wards(reader: Reader) -> Sequence[Unit]:
    """The wards and services of the reader's organisations, by name."""
    return db.session.scalars(scope.units(reader).where(Unit.kind == UnitKind.WARD).order_by(Unit.name)).all()


def trained(units: Collection[uuid.UUID]) -> Sequence[TrainedCoach]:
    """Who was trained to coach these wards, those who stopped too."""
    rows = select(TrainedCoach).where(TrainedCoach.unit_id.in_(units))
    people = joinedload(TrainedCoach.person), joinedload(TrainedCoach.unit)
    return db.session.scalars(rows.options(*people).order_by(TrainedCoach.trained_on, TrainedCoach.id)).all()


def colleague(reader: Reader, email: str) -> Person | None:
    """Somebody who works in the reader's organisations, by their address."""
    in_units = select(RoleHeld.person_id).join(Unit, Unit.id == RoleHeld.unit_id)
    in_units = in_units.where(Unit.organisation_id.in_(reader.organisations) if reader.organisations else false())
    return db.session.scalar(select(Person).where(Person.email == email, Person.is_active, Person.id.in_(in_units)))
