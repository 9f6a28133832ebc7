"""Server time and SQL statements of the main pages, asked of the WSGI app in this process by a signed-in person."""

import itertools
import random
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import event

from qitracker.models import db
from tests.bench.projects import WEEKLY
from tests.bench.seeding import PASSWORD, Rows
from tests.bench.tables import met, middle, ms, share, table
from tests.bench.visiting import Visitor, in_process
from tests.bench.wards import N_COACHES, N_PEOPLE, account_of

WARM, COUNTED = 5, 50
MOST_SECONDS, MOST_QUERIES = 0.050, 15
LEAD, COACH = 0, N_PEOPLE - N_COACHES


@dataclass(frozen=True, slots=True)
class Measured:
    """A page: how long each answer took (wall clock and processor, seconds), the most statements, the bytes."""

    name: str
    took: list[float]
    worked: list[float]
    n_queries: int
    size: int

    @property
    def is_met(self) -> bool:
        return middle(self.took) < MOST_SECONDS and self.n_queries <= MOST_QUERIES


class Statements:
    """Counts what an engine is asked. BEGIN, savepoints and PRAGMA are not questions."""

    def __init__(self, app: Flask) -> None:
        self.n = 0
        with app.app_context():
            event.listen(db.engine, "before_cursor_execute", self._count)

    def _count(self, _connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        self.n += not statement.startswith(("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE", "ROLLBACK"))


def measure_pages(app: Flask, rows: Rows, engine: str) -> list[Measured]:
    """Each page fifty times after a warm-up, over the projects this person leads or belongs to."""
    counting = Statements(app)
    lead = Visitor(in_process(app.test_client(use_cookies=False))).sign_in(account_of(LEAD), PASSWORD)
    coach = Visitor(in_process(app.test_client(use_cookies=False))).sign_in(account_of(COACH), PASSWORD)
    found = [measure(name, ask, counting) for name, ask in _pages(lead, coach, rows)]
    n_mine, n_coached = (_n_projects(rows, person) for person in (LEAD, COACH))
    table(
        f"Server time of the main pages, {engine}; median of {COUNTED}; goal: below {ms(MOST_SECONDS)} ms and at most {MOST_QUERIES} queries",
        ("page", "median ms", "p95 ms", "processor ms", "queries", "KiB", "goal"),
        [
            (
                one.name.format(n_mine=n_mine, n_coached=n_coached), ms(middle(one.took)), ms(share(one.took, 95)),
                ms(middle(one.worked)), one.n_queries, round(one.size / 1024), met(one.is_met),
            )
            for one in found
        ],
    )  # fmt: skip
    return found


def measure(name: str, ask: Callable[[], tuple[int, str]], counting: Statements) -> Measured:
    """One page asked for again and again."""
    took, worked, most, size = [], [], 0, 0
    for number in range(WARM + COUNTED):
        counting.n = 0
        begun, worked_before = time.perf_counter(), time.process_time()
        status, body = ask()
        took.append(time.perf_counter() - begun)
        worked.append(time.process_time() - worked_before)
        if status not in {200, 303}:
            raise RuntimeError(f"{name} answered {status}")
        if number >= WARM:
            most, size = max(most, counting.n), max(size, len(body))
    return Measured(name, took[WARM:], worked[WARM:], most, size)


def _pages(lead: Visitor, coach: Visitor, rows: Rows) -> Iterator[tuple[str, Callable[[], tuple[int, str]]]]:
    """The pages by name, each with what asks for it once more."""
    mine = projects_of(rows, LEAD)
    projects = itertools.cycle([f"/projects/{project}" for project in mine])
    monthly = itertools.cycle(series_of(rows, mine, 0))
    weekly = itertools.cycle(series_of(rows, mine, WEEKLY))
    cycles = itertools.cycle([row["id"] for row in rows["cycle"] if row["project_id"] in mine])
    yield "my projects (in {n_mine})", lambda: lead.get("/projects/mine")
    yield "my projects (coach of {n_coached})", lambda: coach.get("/projects/mine")
    yield "all projects", lambda: lead.get("/projects/")
    yield "all projects, searched", lambda: lead.get("/projects/?q=ward+safer&state=open")
    yield "project home", lambda: lead.get(f"{next(projects)}/")
    yield "a step", lambda: lead.get(f"{next(projects)}/steps/focus")
    yield "measures list", lambda: lead.get(f"{next(projects)}/measures/")
    yield "measure page, 60 months", lambda: lead.get(f"/series/{next(monthly)}/")
    yield "measure page, 260 weeks", lambda: lead.get(f"/series/{next(weekly)}/")
    yield "its chart's data, 260 weeks", lambda: lead.get(f"/series/{next(weekly)}/chart.json")
    yield "history of a project", lambda: lead.get(f"{next(projects)}/history")
    yield "history of a series", lambda: lead.get(f"/series/{next(weekly)}/history")
    yield "ideas", lambda: lead.get(f"{next(projects)}/ideas/")
    yield "driver diagram", lambda: lead.get(f"{next(projects)}/drivers/")
    yield "PDSA log", lambda: lead.get(f"{next(projects)}/cycles/")
    yield "a PDSA cycle", lambda: lead.get(f"/cycles/{next(cycles)}/")
    yield "team", lambda: lead.get(f"{next(projects)}/team/")
    yield "add one number: the form", lambda: lead.get(f"/series/{next(weekly)}/add")
    led = {row["id"] for row in rows["project"] if row["lead_id"] == rows["person"][LEAD]["id"]}
    jobs = numbers_for(rows, [one for one in mine if one not in led], first_days(rows))  # the load has those they lead
    yield "add one number: saved", lambda: _send(lead, next(jobs))


def _send(visitor: Visitor, job: tuple[str, dict[str, str]]) -> tuple[int, str]:
    series, fields = job
    status, location = visitor.post(f"/series/{series}/add", fields | {"submission": str(uuid.uuid4())})
    return status if "saved=" in location else 0, location


def projects_of(rows: Rows, person: int) -> list[Any]:
    """The projects this person may add numbers to: led, or as a member of the team."""
    key = rows["person"][person]["id"]
    writers = {"project_lead", "team_member"}
    return [row["project_id"] for row in rows["role_held"] if row["person_id"] == key and row["role"] in writers]


def series_of(rows: Rows, projects: list[Any], place: int) -> list[Any]:
    """In each project the series of its first, second or third measure."""
    wanted = set(projects)
    return [row["id"] for row in rows["series"] if row["project_id"] in wanted and row["position"] == place]


def first_days(rows: Rows) -> dict[Any, date]:
    """The day of each series' first point."""
    found: dict[Any, date] = {}
    for row in rows["point"]:
        found.setdefault(row["series_id"], row["on"])
    return found


def numbers_for(rows: Rows, projects: list[Any], first: dict[Any, date]) -> Iterator[tuple[str, dict[str, str]]]:
    """Numbers that are not there yet, for the weekly series of these projects: ever older weeks."""
    draw = random.Random(11)
    weekly = series_of(rows, projects, WEEKLY)
    for back in itertools.count(1):
        for series in weekly:
            on = first[series] - timedelta(weeks=back)
            yield str(series), {"on": on.isoformat(), "first": str(draw.randint(5, 12))}


def _n_projects(rows: Rows, person: int) -> int:
    key = rows["person"][person]["id"]
    return len({row["project_id"] for row in rows["role_held"] if row["person_id"] == key and row["project_id"]})
