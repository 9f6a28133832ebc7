"""The counts above the list: how many are in which state now, and how that was a month ago. By SQL, in two queries."""

import uuid
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Integer, Text, and_, case, func, not_, or_, select, type_coerce
from sqlalchemy.orm import aliased

from qitracker.hub import reach
from qitracker.hub.filters import IMPROVEMENT, STATE, Filters, condition, is_snoozed, without_coach
from qitracker.method.dates import months_after
from qitracker.method.methods import METHODS
from qitracker.method.roles import Permission, Role
from qitracker.method.stalled.values import STATES, State
from qitracker.models import Event, Intake, Person, Project, RoleHeld, Series, Standing, StandingChange, Unit, db
from qitracker.people.reader import Reader
from qitracker.plumbing import clock

LANCASHIRE_STAGES = frozenset(stage.key for stage in METHODS["lancashire"].stages)
STAGES: Mapping[str, str] = {stage.key: stage.name for method in METHODS.values() for stage in method.stages}

STUCK = (State.STALLED.value, State.DORMANT.value)
MAY_NEED_HELP = (*STUCK, State.QUIET.value)

ACTIVE = Filters(states=(State.ACTIVE.value,))
LOOK_STALLED = Filters(states=STUCK)
WAITING = Filters(coach="none")
IMPROVING = Filters(shows=IMPROVEMENT)
NEED_HELP = Filters(states=MAY_NEED_HELP, told="hub", snoozed="no")
ALL_THAT_MAY = Filters(states=MAY_NEED_HELP, snoozed="no")
SNOOZED = Filters(snoozed="yes")
"""Each count and the list it opens are one set of filters, so they cannot differ."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A count, what it was a month ago in words, and the filters of its list."""

    name: str
    count: int
    change: str
    filters: Filters


@dataclass(frozen=True, slots=True)
class Counts:
    """What the home of the hub says in numbers. `by_state` has each state, also those with none. `n_new` projects wait
    for the answer of the hub. `stages` counts open ones; a stage of another method stands there while it has one."""

    tiles: tuple[Tile, ...]
    n_projects: int
    n_told: int
    n_may: int
    n_snoozed: int
    by_state: Mapping[State, int]
    n_new: int
    stages: tuple[Tile, ...]
    states: tuple[Tile, ...]


def counts(reader: Reader, today: date) -> Counts:
    """The counts of this day. A change is against the same day of the month before."""
    then = months_after(today, -1)
    now = _now(reader, today, then)
    stood = _before(reader, then)
    before = _by(stood, lambda state, _stage, _is_open: State(state))
    staged = _by(stood, lambda _state, stage, is_open: stage if is_open else "")
    by_state = {state: now[state.value] for state in State}
    n_stuck = sum(by_state[State(state)] for state in STUCK)
    tiles = (
        Tile("Active", by_state[State.ACTIVE], _change(by_state[State.ACTIVE], before.get(State.ACTIVE)), ACTIVE),
        Tile("Look stalled", n_stuck, _change(n_stuck, before and _sum(before, STUCK)), LOOK_STALLED),
        Tile("Waiting for a coach", now["waiting"], _change(now["waiting"], now["waited"]), WAITING),
        Tile("Showing improvement", now["improving"], _begun(now["improved_lately"]), IMPROVING),
    )
    states = tuple(
        Tile(words.name, by_state[state], _less(by_state[state], before, state), Filters(states=(state.value,)))
        for state, words in STATES.items()
    )
    stages = tuple(
        Tile(name, now[f"in {key}"], _less(now[f"in {key}"], staged, key), Filters(stage=key, closed="no"))
        for key, name in STAGES.items()
        if now[f"in {key}"] or key in LANCASHIRE_STAGES
    )
    return Counts(tiles, now["all"], now["told"], now["may"], now["snoozed"], by_state, now["new"], stages, states)


def _by(stood: Mapping[tuple[str, str, bool], int], key: Callable[[str, str, bool], Any]) -> dict[Any, int]:
    """The counts of a day summed by state or stage; empty where nothing had been written down by then."""
    found: Counter[Any] = Counter()
    for named, n in stood.items():
        found[key(*named)] += n
    return {one: found[one] for one in (*State, *STAGES)} if stood else {}


def _less(now: int, before: Mapping[Any, int], key: Any) -> str:
    """The difference to a month ago in two words; empty where there is none, or it is not known."""
    more = now - before.get(key, now)
    return f"{abs(more)} {'more' if more > 0 else 'fewer'}" if more else ""


def _sum(before: Mapping[State, int], states: tuple[str, ...]) -> int:
    return sum(before.get(State(state), 0) for state in states)


def _change(now: int, before: int | Mapping[Any, Any] | None) -> str:
    """The difference to a month ago; what was not written down then is not guessed."""
    if not isinstance(before, int):
        return "Not known a month ago"
    if now == before:
        return "As a month ago"
    return f"{abs(now - before)} {'more' if now > before else 'fewer'} than a month ago"


def _begun(n: int) -> str:
    return f"{n} of them since a month ago" if n else "None new since a month ago"


def _now(reader: Reader, today: date, then: date) -> dict[str, int]:
    moment = clock.beginning(then)
    run = select(Unit.id).where(reach.places(reader, Permission.RUN_HUB))
    wanted: dict[str, ColumnElement[bool]] = {state.value: STATE.in_((state.value,)) for state in State}
    wanted |= {
        "waiting": without_coach(),
        "waited": _waited(moment),
        "improving": Series.gain_since.is_not(None),
        "improved_lately": Series.gain_since > then,
        "told": condition(NEED_HELP, today),
        "may": condition(ALL_THAT_MAY, today),
        "snoozed": is_snoozed(today),
        "new": and_(Project.unit_id.in_(run), Project.closed_at.is_(None), not_(_has_answer())),
    }
    is_open = Project.closed_at.is_(None)
    wanted |= {f"in {key}": and_(is_open, Project.stage == key) for key in STAGES}
    columns = [func.coalesce(func.sum(case((test, 1), else_=0)), 0).label(name) for name, test in wanted.items()]
    row = db.session.execute(
        select(func.count().label("all"), *columns)
        .select_from(Project)
        .outerjoin(Standing, Standing.project_id == Project.id)
        .outerjoin(Series, Series.id == Standing.series_id)
        .where(reach.within(reader))
    ).one()
    return {name: int(value) for name, value in row._mapping.items()}  # noqa: SLF001 (SQLAlchemy's own public name)


def _has_answer() -> ColumnElement[bool]:
    return select(Intake.project_id).where(Intake.project_id == Project.id).correlate(Project).exists()


def _waited(moment: datetime) -> ColumnElement[bool]:
    """Whether the project was open at that moment and had no coach: nobody who is one since then, or was taken off."""
    held = aliased(RoleHeld)
    had = select(held.id).join(Person, Person.id == held.person_id)
    had = had.where(held.project_id == Project.id, held.role == Role.COACH, held.since <= moment)
    had = had.where(or_(Person.is_active, Person.id.in_(_left_since(moment))))
    was_coach = type_coerce(Event.old, Text).contains(f'"role": "{Role.COACH.value}"', autoescape=True)
    lost = select(Event.id).where(Event.project_id == Project.id, Event.at > moment)
    lost = lost.where(Event.noun == "role", Event.verb == "removed", was_coach)
    was_open = or_(Project.closed_at.is_(None), Project.closed_at > moment)
    return and_(
        Project.registered_at <= moment,
        was_open,
        not_(had.correlate(Project).exists()),
        not_(lost.correlate(Project).exists()),
    )


def _left_since(moment: datetime) -> list[uuid.UUID]:
    """Who has left since then: before it, they were still there to coach."""
    gone = select(Event.noun_id).where(Event.noun == "person", Event.verb == "changed", Event.at > moment)
    was_there = type_coerce(Event.old, Text).contains('"is_active": true', autoescape=True)
    return [uuid.UUID(key) for key in db.session.scalars(gone.where(was_there))]


def _before(reader: Reader, then: date) -> dict[tuple[str, str, bool], int]:
    """How many were in each state and stage at the end of a day, the open ones apart from the closed; empty where
    nothing had been written down by then."""
    moment = clock.beginning(then + timedelta(1))
    is_open = case((or_(Project.closed_at.is_(None), Project.closed_at >= moment), 1), else_=0)
    later = aliased(StandingChange)
    last = select(func.max(later.on)).where(later.project_id == Project.id, later.on <= then).correlate(Project)
    rows = db.session.execute(
        select(StandingChange.state, StandingChange.stage, is_open, func.count(type_=Integer()))
        .join(Project, Project.id == StandingChange.project_id)
        .where(StandingChange.on == last.scalar_subquery(), reach.within(reader))
        .group_by(StandingChange.state, StandingChange.stage, is_open)
    ).all()
    return {(state, stage, bool(is_open)): int(n) for state, stage, is_open, n in rows}
