"""Ideas, drivers and what joins them, each in one query for a whole project."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from qitracker.drivers.states import CycleSeen
from qitracker.findings import aim_parts
from qitracker.method import aims
from qitracker.method.cycles import state_of
from qitracker.models import Aim, Cycle, Driver, DriverLevel, DriverLink, Event, Idea, Measure, Person, Project, db


def drivers_of(project: Project) -> Sequence[Driver]:
    """The project's drivers, primary ones first, in the order the team gave them."""
    found = db.session.scalars(
        select(Driver).where(Driver.project_id == project.id).order_by(Driver.position, Driver.id)
    )
    return sorted(found, key=lambda driver: list(DriverLevel).index(driver.level))


def ideas_of(project: Project) -> Sequence[Idea]:
    """The project's ideas in the order the team gave them, each with who had it and who looks after it."""
    rows = select(Idea).where(Idea.project_id == project.id).options(joinedload(Idea.by), joinedload(Idea.owner))
    return db.session.scalars(rows.order_by(Idea.position, Idea.at, Idea.id)).all()


def links_of(project: Project) -> Sequence[DriverLink]:
    return db.session.scalars(select(DriverLink).where(DriverLink.project_id == project.id)).all()


def parents_of(thing: Driver | Idea) -> frozenset[uuid.UUID]:
    """The drivers a secondary driver or an idea hangs on."""
    below = DriverLink.below_idea_id if isinstance(thing, Idea) else DriverLink.below_driver_id
    return frozenset(db.session.scalars(select(DriverLink.driver_id).where(below == thing.id)))


def measures_of(project: Project) -> Sequence[Measure]:
    rows = select(Measure).where(Measure.project_id == project.id)
    return db.session.scalars(rows.order_by(Measure.position, Measure.name)).all()


def aim_sentence(project: Project) -> str:
    """The project's aim in one sentence; '' while there is none."""
    aim = db.session.scalar(select(Aim).where(Aim.project_id == project.id))
    return aims.sentence(aim_parts(aim)) if aim else ""


def cycles_by_idea(project: Project, today: date) -> dict[uuid.UUID, tuple[CycleSeen, ...]]:
    """The cycles of each idea, by number."""
    rows = select(
        Cycle.idea_id,
        Cycle.id,
        Cycle.number,
        Cycle.title,
        Cycle.planned_start,
        Cycle.planned_end,
        Cycle.started,
        Cycle.ended,
        (Cycle.findings != "").label("has_findings"),
        (Cycle.learnt != "").label("has_learnt"),
        Cycle.decision,
    ).where(Cycle.project_id == project.id, Cycle.idea_id.is_not(None))
    found: dict[uuid.UUID, list[CycleSeen]] = defaultdict(list)
    for row in db.session.execute(rows.order_by(Cycle.number)):
        state = state_of(
            today,
            planned_start=row.planned_start,
            planned_end=row.planned_end,
            started=row.started,
            ended=row.ended,
            studied=row.has_findings or row.has_learnt,
            decision=row.decision,
        )
        found[row.idea_id].append(CycleSeen(row.id, row.number, row.title, state, row.decision))
    return {key: tuple(cycles) for key, cycles in found.items()}


def events_of_idea(idea: Idea) -> Sequence[Event]:
    """What happened to an idea, newest first."""
    rows = select(Event).where(Event.noun == "idea", Event.noun_id == str(idea.id)).options(joinedload(Event.by))
    return db.session.scalars(rows.order_by(Event.id.desc())).all()


def names_of(people: set[uuid.UUID]) -> dict[str, str]:
    """Names by id, as an event holds it."""
    rows = select(Person.id, Person.name).where(Person.id.in_(people))
    return {str(key): name for key, name in db.session.execute(rows)}
