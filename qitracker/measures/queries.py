"""What the pages of measures ask the database: a fixed number of questions, however many points there are."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, undefer

from qitracker.models import Aim, ChartDecision, Cycle, Event, Measure, Note, Point, Project, Series, Unit, db
from qitracker.people import scope
from qitracker.people.reader import Reader


def measures_of(project: Project) -> Sequence[Measure]:
    """The measures of a project with their series, the places and the stored analyses."""
    rows = (
        select(Measure)
        .where(Measure.project_id == project.id)
        .options(
            joinedload(Measure.series).undefer(Series.analysis),
            joinedload(Measure.series).joinedload(Series.place),
        )
        .order_by(Measure.position, Measure.made_at)
    )
    return db.session.scalars(rows).unique().all()


def series_of(measure: Measure, *, with_analysis: bool = False) -> Sequence[Series]:
    """The series of a measure with their places, in the team's order."""
    wanted = [joinedload(Series.place), *([undefer(Series.analysis)] if with_analysis else [])]
    return db.session.scalars(
        select(Series).where(Series.measure_id == measure.id).options(*wanted).order_by(Series.position)
    ).all()


def points_of(series: Series) -> Sequence[Point]:
    return db.session.scalars(select(Point).where(Point.series_id == series.id).order_by(Point.on)).all()


def dates_of(series: Series) -> Sequence[date]:
    """The dates that have a number, newest first."""
    return db.session.scalars(select(Point.on).where(Point.series_id == series.id).order_by(Point.on.desc())).all()


def decisions_of(series: Series) -> Sequence[ChartDecision]:
    """What was decided about the chart and by whom, oldest point first."""
    return db.session.scalars(
        select(ChartDecision)
        .where(ChartDecision.series_id == series.id)
        .options(joinedload(ChartDecision.by))
        .order_by(ChartDecision.on, ChartDecision.kind)
    ).all()


def decision_of(series: Series, decision_id: uuid.UUID) -> ChartDecision | None:
    return next((one for one in decisions_of(series) if one.id == decision_id), None)


def notes_of(series: Series) -> Sequence[Note]:
    rows = select(Note).where(Note.series_id == series.id).options(joinedload(Note.by))
    return db.session.scalars(rows.order_by(Note.on, Note.at)).all()


def note_of(series: Series, note_id: uuid.UUID) -> Note | None:
    return next((one for one in notes_of(series) if one.id == note_id), None)


@dataclass(frozen=True, slots=True)
class CycleMark:
    """A PDSA cycle as a chart needs it. `on` is its real start, or the planned one."""

    id: uuid.UUID
    number: int
    title: str
    on: date
    is_linked: bool


def cycles_of(series: Series) -> tuple[CycleMark, ...]:
    """The project's cycles that have a start, oldest first; linked ones say they collect for this series."""
    start = func.coalesce(Cycle.started, Cycle.planned_start)
    rows = db.session.execute(
        select(Cycle.id, Cycle.number, Cycle.title, start, Cycle.series_id)
        .where(Cycle.project_id == series.project_id, start.is_not(None))
        .order_by(start, Cycle.number)
    ).all()
    return tuple(CycleMark(key, number, title, on, linked == series.id) for key, number, title, on, linked in rows)


def put_off_since(series: Series, since: datetime) -> set[str]:
    """The codes of suggestions that the team put off since then."""
    found = db.session.scalars(
        select(Event.noun_id).where(
            Event.noun == "suggestion",
            Event.noun_id.startswith(f"{series.id}/", autoescape=True),
            Event.project_id == series.project_id,
            Event.at >= since,
        )
    )
    return {noun_id.partition("/")[2] for noun_id in found}


def aim_of(series: Series) -> Aim | None:
    """The project's aim, if it is about this series."""
    return db.session.scalar(select(Aim).where(Aim.project_id == series.project_id, Aim.series_id == series.id))


def places_for(project: Project, reader: Reader) -> list[tuple[str, str]]:
    """The places a series of this project may be about, as choices: those of its organisation."""
    found = db.session.scalars(
        scope.units(reader).where(Unit.organisation_id == project.organisation_id).order_by(Unit.name)
    ).all()
    choices = {str(unit.id): unit.name for unit in found}
    choices.setdefault(str(project.unit_id), project.unit.name)  # also for somebody invited to this project alone
    return list(choices.items())


def is_taken(measure: Measure, unit_id: uuid.UUID, group: str, but: Series | None = None) -> bool:
    """Whether the measure has a series for this place and group already, however its letters are written."""
    return any(
        one.unit_id == unit_id and one.group.casefold() == group.casefold() and one is not but
        for one in series_of(measure)
    )


def changes_of(measure: Measure, most: int = 20) -> Sequence[Event]:
    """The latest changes to a measure, newest first: the dated log of its definition."""
    return db.session.scalars(
        select(Event)
        .where(Event.noun == "measure", Event.noun_id == str(measure.id), Event.verb == "changed")
        .options(joinedload(Event.by))
        .order_by(Event.id.desc())
        .limit(most)
    ).all()
