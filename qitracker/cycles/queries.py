"""Cycles and what their pages need, each in a fixed number of queries."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload, undefer

from qitracker.method.ideas import IdeaStatus
from qitracker.models import Cycle, Event, Idea, Project, Series, db
from qitracker.people.queries import team_of

MOST_EVENTS = 50


def cycles_of(project: Project) -> Sequence[Cycle]:
    """The cycles of a project in order, with ideas and questions."""
    rows = select(Cycle).where(Cycle.project_id == project.id).order_by(Cycle.number)
    return db.session.scalars(rows.options(joinedload(Cycle.idea), selectinload(Cycle.questions))).all()


def ramp_of(cycle: Cycle) -> Sequence[Cycle]:
    """The cycles of the same idea in order, this one among them; alone without an idea."""
    if cycle.idea_id is None:
        return [cycle]
    rows = select(Cycle).where(Cycle.project_id == cycle.project_id, Cycle.idea_id == cycle.idea_id)
    return db.session.scalars(rows.order_by(Cycle.number)).all()


def idea_choices(project: Project, picked: uuid.UUID | None = None) -> list[tuple[str, str]]:
    """The ideas a cycle may test: those not set aside, and the one that is picked already."""
    rows = select(Idea).where(Idea.project_id == project.id).order_by(Idea.at, Idea.id)
    return [
        (str(idea.id), idea.text)
        for idea in db.session.scalars(rows)
        if idea.status is not IdeaStatus.ABANDONED or idea.id == picked
    ]


def series_choices(project: Project) -> list[tuple[str, str]]:
    """The series of the project, named."""
    rows = select(Series).where(Series.project_id == project.id).order_by(Series.measure_id, Series.position)
    found = db.session.scalars(rows.options(joinedload(Series.measure), joinedload(Series.place))).all()
    in_order = sorted(found, key=lambda series: (series.measure.position, series.measure.name, series.position))
    return [(str(series.id), series_name(series)) for series in in_order]


def series_name(series: Series) -> str:
    """ "Falls per 1,000 bed days, people over 80 (Ward 18)"."""
    group = f", {series.group}" if series.group else ""
    return f"{series.measure.name}{group} ({series.place.name})"


def team_choices(project: Project) -> list[tuple[str, str]]:
    """The team, each person once."""
    return list({str(held.person_id): held.person.name for held in team_of(project)}.items())


def owner_choices(project: Project, cycle: Cycle | None) -> list[tuple[str, str]]:
    """The team, and the owner of this cycle even when they have left it."""
    found = team_choices(project)
    if cycle and cycle.owner and str(cycle.owner_id) not in dict(found):
        found.append((str(cycle.owner_id), f"{cycle.owner.name} (no longer in the team)"))
    return found


def linked_series(cycle: Cycle) -> Series | None:
    """The series a cycle watches, with its measure, place and analysis."""
    if cycle.series_id is None:
        return None
    row = select(Series).where(Series.id == cycle.series_id, Series.project_id == cycle.project_id)
    return db.session.scalar(
        row.options(joinedload(Series.measure), joinedload(Series.place), undefer(Series.analysis))
    )


def events_of(cycle: Cycle) -> Sequence[Event]:
    """What happened to the record of a cycle, latest first."""
    rows = select(Event).where(Event.noun == "cycle", Event.noun_id == str(cycle.id)).order_by(Event.id.desc())
    return db.session.scalars(rows.options(joinedload(Event.by)).limit(MOST_EVENTS)).all()
