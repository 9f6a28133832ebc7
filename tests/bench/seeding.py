"""A database of 500 projects with five years behind them, written in bulk. Tables, types and analyses are the product's."""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Connection, insert, text

from qitracker import spc
from qitracker.measures.analysing import engine_series
from qitracker.models import Base, ChartDecision, Measure, Point, Series
from qitracker.people.passwords import hashed
from qitracker.plumbing.database import make_engine
from qitracker.plumbing.migrating import upgrade
from tests.bench.projects import Row, make_project
from tests.bench.wards import make_trust

N_PROJECTS = 500
PASSWORD = "otter-lamp-quiet-42"
AT_A_TIME = 10_000  # rows sent together
CACHE_KIB = 400_000  # SQLite, while it is filled: the indexes stay in memory
# Parents first; `event` last, because its rows point at all others.
ORDER = (
    "unit", "person", "project", "role_held", "measure", "series", "point", "chart_decision", "note", "idea", "driver",
    "driver_link", "cycle", "cycle_question", "cycle_task", "step_entry", "evidence", "coach_word", "aim", "event",
)  # fmt: skip


Rows = dict[str, list[Row]]


def make_rows(today: date) -> Rows:
    """All rows by table, parents first. The same numbers each time."""
    trust = make_trust(random.Random(7), datetime.now(UTC), hashed(PASSWORD))
    found: dict[str, list[Row]] = defaultdict(list)
    for number in range(N_PROJECTS):
        made = make_project(trust, number, today)
        for name, more in made.rows.items():
            found[name] += more
        found["event"] += made.events
    found |= {"unit": trust.units, "person": trust.people, "role_held": trust.roles}
    found["event"].sort(key=lambda row: row["at"])  # as they would have come in: the projects side by side
    analyse(found)
    return {name: found[name] for name in ORDER}


def fill(url: str, rows: Rows) -> None:
    """Make the tables and write the rows in one transaction."""
    upgrade(url)
    engine = make_engine(url)
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA cache_size=-{CACHE_KIB}")
        for name, some in rows.items():
            _write(connection, name, some)
    engine.dispose()
    _settle(url)


def analyse(rows: Rows) -> None:
    """Store with each series what the product would have stored with its last point."""
    measures = {row["id"]: Measure(**row) for row in rows["measure"]}
    points, decisions = _by_series(rows["point"], Point), _by_series(rows["chart_decision"], ChartDecision)
    asked = [
        engine_series(Series(**row), measures[row["measure_id"]], points[row["id"]], decisions[row["id"]])
        for row in rows["series"]
    ]
    for row, analysis in zip(rows["series"], spc.analyse_all(asked), strict=True):
        row["analysis"] = analysis.to_json()
        row["variation"] = analysis.variation.value
        row["n_points"] = len(points[row["id"]])
        row["last_on"] = points[row["id"]][-1].on


def _by_series(rows: Iterable[Row], kind: Any) -> dict[Any, list[Any]]:
    """Rows as objects with their columns; plain ones for points, of which there are many."""
    found = defaultdict(list)
    make = SimpleNamespace if kind is Point else kind
    for row in rows:
        found[row["series_id"]].append(make(**row))
    return found


def _write(connection: Connection, name: str, rows: Sequence[Row]) -> None:
    statement = insert(Base.metadata.tables[name])
    for some in _batches(rows):
        connection.execute(statement, some)


def _batches(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    for first in range(0, len(rows), AT_A_TIME):
        yield rows[first : first + AT_A_TIME]


def _settle(url: str) -> None:
    """What a running server has long behind it: PostgreSQL's statistics. SQLite's log is written back by closing."""
    if url.startswith("sqlite"):
        return
    engine = make_engine(url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
    engine.dispose()
