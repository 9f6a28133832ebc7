"""A page of projects, the one that needs somebody most first: reason, place, coach, stage, small chart, days.

The order and the counts come from Standing by SQL; charts are read for the projects of the page alone.
"""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from markupsafe import Markup
from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, undefer

from qitracker.findings import Said, picture_of, said_by
from qitracker.hub import reach
from qitracker.hub.filters import Filters, condition
from qitracker.method.methods import METHODS
from qitracker.method.roles import Role
from qitracker.method.stalled.closing import CLOSINGS, ClosingReason
from qitracker.method.stalled.values import STATES, State
from qitracker.models import Person, Project, RoleHeld, Series, StageMove, Standing, db
from qitracker.people.reader import Reader
from qitracker.plumbing import clock

PAGE = 25
"""Projects on a page: what one person can act on in a morning, and few enough for a phone. Ours."""
LAST = 2_000_000_000
"""The weight of a project whose standing has not been worked out yet: after all others."""
SPARK = {"width": 150, "height": 44}

Found = Any  # a row of a project, its standing or None, when it came into its stage, and more


@dataclass(frozen=True, slots=True)
class Bar:
    """One part of the stage bar: `state` is done, current or later."""

    name: str
    state: str


@dataclass(frozen=True, slots=True)
class Listed:
    """One project as a list shows it. `reasons` are those of method/stalled as stored, most pressing first."""

    project: Project
    standing: Standing | None
    state: State
    stage: str
    bars: tuple[Bar, ...]
    days_in_stage: int
    idle_days: int
    reasons: tuple[Mapping[str, Any], ...]
    coaches: tuple[str, ...]
    sponsors: tuple[str, ...]
    said: Said | None
    picture: Markup

    @property
    def sentence(self) -> str:
        """The reason, or what the state means where there is none; of a closed one how it ended."""
        if self.standing is not None and self.standing.sentence:
            return self.standing.sentence
        if self.project.closed_at is None:
            return STATES[self.state].meaning
        ended = self.project.closing
        return f"Closed: {CLOSINGS[ClosingReason(ended)].name.lower()}." if ended in set(ClosingReason) else "Closed."

    @property
    def state_name(self) -> str:
        return STATES[self.state].name

    @property
    def snoozed_until(self) -> date | None:
        until = self.standing.hidden_until if self.standing else None
        return until if until and until > clock.today() else None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list: its rows, how many there are in all, which page it is of how many."""

    rows: tuple[Listed, ...]
    count: int
    number: int
    pages: int


def page(reader: Reader, filters: Filters, number: int, today: date) -> Page:
    """A page of what these filters name. Beyond the last page is the last."""
    found = _found(reader, filters, number, today)
    if not found and number > 1:
        count = db.session.scalar(select(func.count()).select_from(listed(reader, filters, today).subquery())) or 0
        number = max(1, -(-count // PAGE))
        found = _found(reader, filters, number, today)
    count = found[0][3] if found else 0
    return Page(rows_of(found, today), count, number, max(1, -(-count // PAGE)))


def listed(reader: Reader, filters: Filters, today: date) -> Select[Any]:
    """The ids of all projects that the filters name."""
    return (
        select(Project.id)
        .outerjoin(Standing, Standing.project_id == Project.id)
        .where(reach.within(reader), condition(filters, today))
    )


def needs_most() -> tuple[Any, ...]:
    """The order of "needs me most"; the same each time."""
    return func.coalesce(Standing.weight, LAST), Project.registered_at, Project.title, Project.id


def _found(reader: Reader, filters: Filters, number: int, today: date) -> Sequence[Found]:
    query = (
        select(Project, Standing, stage_moved(), func.count().over())
        .outerjoin(Standing, Standing.project_id == Project.id)
        .where(reach.within(reader), condition(filters, today))
        .options(joinedload(Project.unit), joinedload(Project.lead), joinedload(Project.programme))
        .order_by(*needs_most())
    )
    return db.session.execute(query.offset((number - 1) * PAGE).limit(PAGE)).all()


def stage_moved() -> Any:
    """When the project came into its stage; none where it never moved."""
    moved = select(func.max(StageMove.at)).where(
        StageMove.project_id == Project.id, StageMove.to_stage == Project.stage
    )
    return moved.correlate(Project).scalar_subquery()


def rows_of(found: Sequence[Found], today: date) -> tuple[Listed, ...]:
    """The rows with their people and charts, in two queries however many there are."""
    ids = [project.id for project, *_ in found]
    people = people_of(ids)
    charts = _charts([standing.series_id for _, standing, *_ in found if standing and standing.series_id])
    return tuple(_row(project, standing, moved, people, charts, today) for project, standing, moved, *_ in found)


def _row(
    project: Project,
    standing: Standing | None,
    moved: datetime | None,
    people: Mapping[tuple[uuid.UUID, Role], tuple[str, ...]],
    charts: Mapping[uuid.UUID, Said],
    today: date,
) -> Listed:
    registered = clock.local(project.registered_at).date()
    since = clock.local(moved).date() if moved else registered
    life = standing.last_life if standing and standing.last_life else registered
    said = charts.get(standing.series_id) if standing and standing.series_id else None
    return Listed(
        project=project,
        standing=standing,
        state=State(standing.state) if standing else State.ACTIVE,
        stage=METHODS[project.method].stage(project.stage).name,
        bars=bars(project),
        days_in_stage=max(0, (today - since).days),
        idle_days=max(0, (today - life).days),
        reasons=tuple(one for one in standing.reasons if isinstance(one, dict)) if standing else (),
        coaches=people.get((project.id, Role.COACH), ()),
        sponsors=people.get((project.id, Role.SPONSOR), ()),
        said=said,
        picture=Markup(picture_of(said, **SPARK)) if said else Markup(),  # noqa: S704 (our own SVG, its label escaped)
    )


def bars(project: Project) -> tuple[Bar, ...]:
    """The stages as a bar: those behind, the one it is in, those to come."""
    method = METHODS[project.method]
    here = len(method.stages) if project.closed_at else method.position(project.stage)
    words = {-1: "done", 0: "current", 1: "later"}
    return tuple(Bar(stage.name, words[(at > here) - (at < here)]) for at, stage in enumerate(method.stages))


def people_of(ids: Sequence[uuid.UUID]) -> dict[tuple[uuid.UUID, Role], tuple[str, ...]]:
    """The names of the coaches and sponsors who still work here, by project and role."""
    rows = db.session.execute(
        select(RoleHeld.project_id, RoleHeld.role, Person.name)
        .join(Person, Person.id == RoleHeld.person_id)
        .where(RoleHeld.project_id.in_(ids), RoleHeld.role.in_((Role.COACH, Role.SPONSOR)), Person.is_active)
        .order_by(Person.name)
    )
    found: dict[tuple[uuid.UUID, Role], list[str]] = defaultdict(list)
    for project_id, role, name in rows:
        if project_id is not None:
            found[project_id, role].append(name)
    return {key: tuple(names) for key, names in found.items()}


def _charts(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Said]:
    query = select(Series).where(Series.id.in_(ids)).options(joinedload(Series.measure), undefer(Series.analysis))
    return {series.id: said_by(series) for series in db.session.scalars(query)}
