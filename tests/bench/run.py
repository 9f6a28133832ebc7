"""`make bench`: how fast this is with 500 projects and five years behind them. Prints tables, keeps nothing.

With BENCH_POSTGRES_URL (an address at which databases may be made) the pages and the load are measured on
PostgreSQL, too, in a database that is dropped at the end. Ends with 1 when a goal is missed.
"""

import os
import platform
import secrets
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import make_url

from qitracker.app import create_app
from qitracker.config import Settings
from qitracker.models import db
from qitracker.plumbing.database import make_engine
from tests.bench.arithmetic import measure_engine
from tests.bench.drawing import measure_drawing
from tests.bench.hub import make_hub_rows
from tests.bench.load import measure_load
from tests.bench.many import measure_lists
from tests.bench.nights import measure_night
from tests.bench.pages import measure_pages
from tests.bench.seeding import Rows, fill, make_rows
from tests.bench.serving import served
from tests.bench.tables import say, table


def main() -> int:
    begun = time.monotonic()
    describe()
    measure_engine()
    rows = make_rows(datetime.now(UTC).date())
    made = time.monotonic() - begun
    goals = []
    with tempfile.TemporaryDirectory(prefix="qitracker-bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        goals += measure(f"sqlite:///{folder / 'bench.db'}", rows, "SQLite", folder, with_browser=True)
        many = make_hub_rows(datetime.now(UTC).date())
        goals += measure_many(f"sqlite:///{folder / 'hub.db'}", many, "SQLite", folder)
        if server := os.environ.get("BENCH_POSTGRES_URL"):
            with postgres(server) as url:
                goals += measure(url, rows, "PostgreSQL", folder)
            with postgres(server) as url:
                goals += measure_many(url, many, "PostgreSQL", folder)
    n_missed = goals.count(False)
    say(f"Rows made in {made:.0f} s, all of it in {time.monotonic() - begun:.0f} s.")
    say("Every goal is met." if not n_missed else f"{n_missed} of {len(goals)} goals are MISSED.")
    return 1 if n_missed else 0


def measure(url: str, rows: Rows, engine: str, folder: Path, *, with_browser: bool = False) -> list[bool]:
    """Fill one database and measure with it; whether each goal is met."""
    begun = time.monotonic()
    fill(url, rows)
    took = time.monotonic() - begun
    path = make_url(url).database if engine == "SQLite" else None
    size = f", {Path(path).stat().st_size / 2**20:.0f} MiB" if path else ""
    counts = ", ".join(f"{len(rows[name]):,} {words}" for name, words in COUNTED.items())
    say(f"\n{engine}: {counts}, filled in {took:.0f} s{size}.")
    measure_night(url, folder, len(rows["project"]), engine)
    app = create_app(Settings(database_url=url, secret_key=secrets.token_urlsafe(48), secure_cookies=False))
    goals = [one.is_met for one in measure_pages(app, rows, engine)]
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    with served(url, folder) as port:
        if with_browser and (drawn := measure_drawing(port, rows)) is not None:
            goals.append(drawn)
        goals.append(measure_load(port, url, rows, engine))
    return goals


def measure_many(url: str, rows: Rows, engine: str, folder: Path) -> list[bool]:
    """The lists over many projects and the night that goes through all, in a database of their own."""
    fill(url, rows)
    app = create_app(Settings(database_url=url, secret_key=secrets.token_urlsafe(48), secure_cookies=False))
    goals = measure_lists(app, engine)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    return [*goals, measure_night(url, folder, len(rows["project"]), engine)]


COUNTED = {
    "project": "projects", "person": "people", "series": "series", "point": "points", "cycle": "PDSA cycles",
    "event": "events",
}  # fmt: skip


def describe() -> None:
    """The machine, as far as the numbers depend on it."""
    names = [line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    table(
        "The machine",
        ("processor", "cores", "load before", "system", "Python"),
        [
            (
                names[0] if names else platform.processor() or "unknown", os.cpu_count() or 1,
                f"{os.getloadavg()[0]:.1f}", f"{platform.system()} {platform.release()}", platform.python_version(),
            )
        ],
    )  # fmt: skip


def _lines(path: str) -> list[str]:
    found = Path(path)
    return found.read_text().splitlines() if found.exists() else []


@contextmanager
def postgres(server: str) -> Iterator[str]:
    """The address of a database of our own at this server; dropped at the end."""
    admin = make_url(server).set(drivername="postgresql+psycopg")
    name = f"qitracker_bench_{os.getpid()}_{secrets.token_hex(3)}"
    _run(admin.render_as_string(hide_password=False), f'CREATE DATABASE "{name}"')
    try:
        yield admin.set(database=name).render_as_string(hide_password=False)
    finally:
        _run(admin.render_as_string(hide_password=False), f'DROP DATABASE "{name}" WITH (FORCE)')


def _run(url: str, statement: str) -> None:
    engine = make_engine(url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(statement))
    engine.dispose()


if __name__ == "__main__":
    sys.exit(main())
