"""The numbers of flow, by SQL: no project is read one by one."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Integer, and_, case, cast, extract, func, or_, select

from qitracker.hub import reach
from qitracker.hub.filters import Filters, shows
from qitracker.hub.listing import stage_moved
from qitracker.method.dates import months_after
from qitracker.method.methods import METHODS
from qitracker.method.stalled.closing import CLOSINGS
from qitracker.models import Project, StageMove, Standing, db
from qitracker.people.reader import Reader
from qitracker.plumbing import clock

MONTHS = 24
"""How far back flow looks: two years show a season twice. Ours."""
DAY = 86_400  # seconds


@dataclass(frozen=True, slots=True)
class Stay:
    """How long projects are in a stage, in days. `median` is of those that have left it, None where none has."""

    stage: str
    median: int | None
    n_left: int
    n_now: int
    median_now: int | None


@dataclass(frozen=True, slots=True)
class Month:
    """How many projects began in a month, and how many closed."""

    first: date
    started: int
    closed: int


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, and the list behind it where there is one."""

    name: str
    n: int
    of: int
    of_what: str
    filters: Filters | None = None

    @property
    def percent(self) -> int | None:
        return round(100 * self.n / self.of) if self.of else None


def first_month(today: date) -> date:
    """The first day of the oldest of the months shown; the last is the one before this."""
    return months_after(today.replace(day=1), -MONTHS)


def stays(reader: Reader, today: date) -> tuple[Stay, ...]:
    """Each stage that any project is in or has left within the months shown, in the order of its method."""
    left, now = _left(reader, today), _now(reader)
    found = []
    for method in METHODS.values():
        for stage in method.stages:
            key = method.key, stage.key
            if left[key] or now[key]:
                name = stage.name if method.key == "lancashire" else f"{stage.name} ({method.name})"
                found.append(
                    Stay(name, median(left[key]), left[key].total(), now[key].total(), median(now[key]))
                )  # fmt: skip
    return tuple(found)


def median(days: Mapping[int, int]) -> int | None:
    """The middle of so many stays of so many days each; the lower of two middles."""
    total, seen = sum(days.values()), 0
    for length in sorted(days):
        seen += days[length]
        if 2 * seen >= total:
            return length
    return None


def _seconds(moment: Any) -> ColumnElement[int]:
    return cast(extract("epoch", moment), BigInteger)


def _left(reader: Reader, today: date) -> dict[tuple[str, str], Counter[int]]:
    """Stays that ended with a move, by stage: how many lasted how many days."""
    before = func.lag(StageMove.at).over(partition_by=StageMove.project_id, order_by=(StageMove.at, StageMove.id))
    moves = (
        select(
            Project.method.label("method"),
            StageMove.from_stage.label("stage"),
            StageMove.at.label("at"),
            func.coalesce(before, Project.registered_at).label("since"),
        )
        .join(Project, Project.id == StageMove.project_id)
        .where(reach.within(reader))
        .subquery()
    )
    days = ((_seconds(moves.c.at) - _seconds(moves.c.since)) // DAY).label("days")
    since = clock.beginning(first_month(today))
    stays = select(moves.c.method, moves.c.stage, days).where(moves.c.at >= since).subquery()
    counted = select(stays.c.method, stays.c.stage, stays.c.days, func.count())
    return _by_stage(db.session.execute(counted.group_by(stays.c.method, stays.c.stage, stays.c.days)))


def _now(reader: Reader) -> dict[tuple[str, str], Counter[int]]:
    """Open projects by stage, and for how many days they have been in it."""
    since = func.coalesce(stage_moved(), Project.registered_at)
    now = int(clock.now().timestamp())
    days = ((now - _seconds(since)) // DAY).label("days")
    inner = select(Project.method.label("method"), Project.stage.label("stage"), days)
    here = inner.where(reach.within(reader), Project.closed_at.is_(None)).subquery()
    counted = select(here.c.method, here.c.stage, here.c.days, func.count())
    return _by_stage(db.session.execute(counted.group_by(here.c.method, here.c.stage, here.c.days)))


def _by_stage(rows: Iterable[tuple[str, str, int, int]]) -> dict[tuple[str, str], Counter[int]]:
    found: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for method, stage, days, n in rows:
        found[method, stage][max(0, int(days))] += n
    return found


def started_and_closed(reader: Reader, today: date) -> tuple[Month, ...]:
    """The months shown, oldest first, each by the wall clock of the organisation."""
    months = [months_after(first_month(today), place) for place in range(MONTHS + 1)]
    edges = [clock.beginning(month) for month in months]
    rows = db.session.execute(
        select(Project.registered_at, Project.closed_at)
        .where(reach.within(reader))
        .where(or_(Project.registered_at >= edges[0], Project.closed_at >= edges[0]))
    ).all()
    started = Counter(bisect_right(edges, at) for at, _ in rows)
    closed = Counter(bisect_right(edges, at) for _, at in rows if at)
    return tuple(Month(month, started[place], closed[place]) for place, month in enumerate(months[:-1], 1))


def shares(reader: Reader, today: date) -> tuple[Share, ...]:
    """What share of the open work has what; and of what closed within the months shown, what taught something."""
    open_now = Project.closed_at.is_(None)
    closed = Project.closed_at >= clock.beginning(first_month(today))
    taught = [reason.value for reason, words in CLOSINGS.items() if words.with_learning]
    learnt = and_(closed, Project.closing.in_(taught), func.coalesce(Project.learnt, "") != "")
    tests = {
        "open": open_now,
        "outcome": and_(open_now, Standing.has_outcome),
        "fresh": and_(open_now, Standing.next_due > today),
        "better": and_(open_now, shows("improvement")),
        "closed": closed,
        "learnt": learnt,
    }
    columns = [func.coalesce(func.sum(case((test, 1), else_=0)), 0, type_=Integer()) for test in tests.values()]
    row = db.session.execute(
        select(*columns).outerjoin(Standing, Standing.project_id == Project.id).where(reach.within(reader))
    ).one()
    n = dict(zip(tests, (int(value) for value in row), strict=True))
    of_open = "open projects"
    return (
        Share("have an outcome measure", n["outcome"], n["open"], of_open),
        Share("have a number for the last interval", n["fresh"], n["open"], of_open),
        Share(
            "show improvement", n["better"], n["open"], of_open, Filters(shows="improvement", closed="no")
        ),
        Share("closed with what was learnt", n["learnt"], n["closed"], f"closed in the last {MONTHS} months"),
    )  # fmt: skip
