"""The database: SQLite inside, or PostgreSQL, set up so that both keep what they were given.

SQLite comes from pysqlite3 (the system's may have the WAL fault mended in 3.51.3). A request that writes takes
the write lock first (BEGIN IMMEDIATE): a transaction that reads and then writes is refused under load, whatever
the busy timeout says. docs/adr/0002-database.md has the measurements.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite
from flask import Flask, g, has_request_context, request
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError, OperationalError

from qitracker.config import SettingsError
from qitracker.models import db
from qitracker.plumbing.revisions import head, revision_of
from qitracker.plumbing.turns import Turns

log = logging.getLogger("qitracker")
SAFE_SQLITE = (3, 51, 3)  # sqlite.org/wal.html: older ones can corrupt a database that two connections write
BUSY_MS = 5000
NOTE_MS = 50  # a page that only notes something in passing does not keep its reader waiting
PRAGMAS = (
    f"busy_timeout={BUSY_MS}",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "recursive_triggers=ON",  # without it INSERT OR REPLACE takes the place of an event, and its trigger sleeps
)
READING = {"GET", "HEAD", "OPTIONS"}


def options(url: str) -> dict[str, Any]:
    """The engine's options for this address."""
    engine = make_url(url).get_backend_name()
    if engine not in {"sqlite", "postgresql"}:
        raise SettingsError(f"QITRACKER_DATABASE_URL names {engine}: it must be SQLite or PostgreSQL")
    if engine == "postgresql":
        return {"pool_pre_ping": True}
    if sqlite.sqlite_version_info < SAFE_SQLITE:
        raise SettingsError(
            f"SQLite {sqlite.sqlite_version} has a fault that can damage the database: install pysqlite3 0.6.1 or newer"
        )
    return {
        "module": sqlite,
        "connect_args": {"isolation_level": None, "timeout": BUSY_MS / 1000, "check_same_thread": False},
    }


def make_engine(url: str) -> Engine:
    """An engine outside the app, for migrations, backups and tests."""
    engine = create_engine(url, **options(url))
    watch(engine)
    return engine


def install(app: Flask, url: str) -> None:
    """Bind the app to its database."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = options(url)
    db.init_app(app)
    head()  # kept from now on: a program that was replaced on disk under its feet is not ready for a newer database
    with app.app_context():
        watch(db.engine)


def watch(engine: Engine) -> None:
    """On SQLite: set each connection up, and say BEGIN ourselves. On PostgreSQL: times in UTC."""
    if engine.dialect.name == "sqlite":
        turns = Turns(engine, BUSY_MS)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", lambda connection: _begin(connection, turns))
    else:
        event.listen(engine, "connect", _set_up_postgresql)


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _set_up_postgresql(connection: Any, _record: Any) -> None:
    was = connection.autocommit
    connection.autocommit = True
    connection.execute("SET TIME ZONE 'UTC'")
    connection.autocommit = was


def _begin(connection: Connection, turns: Turns) -> None:
    if has_request_context() and g.get("noting"):
        turns.begin(connection, NOTE_MS)
    elif _writing():
        turns.begin(connection, BUSY_MS)
    else:
        connection.exec_driver_sql("BEGIN")


def _writing() -> bool:
    if not has_request_context():
        return True  # a command or a job: it is there to write
    return request.method not in READING and not g.get("asking")


@contextmanager
def writing() -> Iterator[None]:
    """A short note of its own inside a request that reads, such as when a person was last seen.

    Reading never waits for a writer: when the lock is taken, the note is left out, and the page is answered.
    """
    db.session.rollback()
    g.noting = True
    try:
        yield
        db.session.commit()
    except OperationalError:
        log.info("a note was left out: the database was busy")
    finally:
        db.session.rollback()
        g.noting = False


@contextmanager
def asking() -> Iterator[None]:
    """Ask who is there before the request's own transaction: without the write lock, even when it will write."""
    g.asking = True
    try:
        yield
    finally:
        db.session.rollback()
        g.asking = False


def let_go() -> None:
    """End the transaction before slow work (a password hash, a workbook), so that nobody waits for the lock."""
    db.session.rollback()


def constraint_of(error: IntegrityError) -> str:
    """The name of the rule that was broken, or the columns on SQLite, which names no unique rule."""
    diagnosis = getattr(error.orig, "diag", None)
    return str(getattr(diagnosis, "constraint_name", None) or error.orig)


def is_up() -> bool:
    """Whether the database answers and has the tables this version needs."""
    connection = db.session.connection()
    url = connection.engine.url
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return False  # an open connection would go on reading a file that is no longer there
    return revision_of(connection) == head()
