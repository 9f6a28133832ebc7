"""Writers of an SQLite database take turns: nobody is lost, and a turn comes back however a write ends."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError

from qitracker.plumbing.database import make_engine
from tests.keeping.conftest import ask

AT_ONCE = 2.0  # seconds, on a busy machine; without its turn a writer waits five
COUNT = "UPDATE unit SET name = CAST(CAST(name AS INTEGER) + 1 AS TEXT) WHERE name NOT GLOB '*[^0-9]*'"


def commits(engine):
    with engine.begin() as connection:
        connection.execute(text("UPDATE unit SET name = name"))


def rolls_back(engine):
    with engine.connect() as connection:
        connection.execute(text("UPDATE unit SET name = name"))


def fails(engine):
    with pytest.raises(DBAPIError), engine.begin() as connection:
        connection.execute(text("UPDATE no_such_table SET name = name"))


def loses_its_connection(engine):
    with engine.connect() as connection:
        connection.execute(text("UPDATE unit SET name = name"))
        connection.invalidate()


def writes_twice_on_one_connection(engine):
    with engine.connect() as connection:
        for _ in range(2):
            connection.execute(text("UPDATE unit SET name = name"))
            connection.commit()


@pytest.mark.parametrize("ends", [commits, rolls_back, fails, loses_its_connection, writes_twice_on_one_connection])
def test_the_turn_comes_back_however_a_write_ends(sqlite_url, ends):
    engine = make_engine(sqlite_url)
    ends(engine)
    begun = time.monotonic()
    commits(engine)
    assert time.monotonic() - begun < AT_ONCE
    engine.dispose()


def test_a_turn_that_was_waited_for_in_vain_comes_back(sqlite_url, monkeypatch):
    monkeypatch.setattr("qitracker.plumbing.database.BUSY_MS", 50)
    holder, waiting = make_engine(sqlite_url), make_engine(sqlite_url)
    with holder.connect() as connection:
        connection.execute(text("UPDATE unit SET name = name"))
        with pytest.raises(OperationalError, match="locked"):
            commits(waiting)
        with pytest.raises(OperationalError, match="locked"):
            commits(waiting)
    begun = time.monotonic()
    commits(waiting)
    assert time.monotonic() - begun < AT_ONCE
    holder.dispose()
    waiting.dispose()


def test_of_many_writers_of_two_processes_each_has_its_turn(sqlite_url):
    """Two engines stand in for two processes: each has a line of its own."""
    engines = [make_engine(sqlite_url) for _ in range(2)]
    with engines[0].begin() as connection:
        connection.execute(text("UPDATE unit SET name = '0' WHERE name = 'Ward 18'"))

    def writes(engine):
        for _ in range(20):
            with engine.begin() as connection:
                connection.execute(text(COUNT))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(writes, engines * 4))
    assert ask(sqlite_url, "SELECT count(*) FROM unit WHERE name = '160'") == [(1,)]
    for engine in engines:
        engine.dispose()


def test_what_is_not_a_lock_is_said_at_once(sqlite_url):
    engine = make_engine(sqlite_url.replace("sqlite:///", "sqlite:///file:") + "?mode=ro&uri=true")
    begun = time.monotonic()
    with pytest.raises(OperationalError, match="readonly"):
        commits(engine)
    assert time.monotonic() - begun < AT_ONCE
    engine.dispose()
