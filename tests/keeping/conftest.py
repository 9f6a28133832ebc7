"""Databases of their own for tests that back up, restore, migrate, kill or lock: nothing here is rolled back."""

import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.engine import make_url

from qitracker.models import Person, SignIn, db
from qitracker.plumbing.database import make_engine
from qitracker.plumbing.migrating import upgrade
from tests.conftest import ENGINES, app_for_tests, drop_postgres, postgres_for_this_run, settings_for
from tests.world import World


@pytest.fixture(scope="session")
def originals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """On each engine one database with a small hospital and a project in it; the tests work on copies of it."""
    made = {"sqlite": f"sqlite:///{tmp_path_factory.mktemp('original') / 'filled.db'}"}
    if "postgresql" in ENGINES:
        made["postgresql"] = postgres_for_this_run()
    for url in made.values():
        upgrade(url)
        fill(url)
    yield made
    if "postgresql" in made:
        drop_postgres(made["postgresql"])


@pytest.fixture
def new_url(tmp_path: Path, originals: dict[str, str]) -> Iterator[Callable[..., str]]:
    """Makes the address of a new database on an engine, empty or with the hospital in it."""
    made: list[str] = []

    def make(engine: str, *, empty: bool = False) -> str:
        if engine == "sqlite":
            path = tmp_path / f"{secrets.token_hex(4)}.db"
            if not empty:
                shutil.copyfile(make_url(originals["sqlite"]).database or "", path)
            return f"sqlite:///{path}"
        made.append(copy_of(originals["postgresql"]) if not empty else postgres_for_this_run())
        return made[-1]

    yield make
    for url in made:
        drop_postgres(url)


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def empty_url(engine_name: str, new_url: Callable[..., str]) -> str:
    """An empty database, on each engine."""
    return new_url(engine_name, empty=True)


@pytest.fixture
def url(engine_name: str, new_url: Callable[..., str]) -> str:
    """A database with a small hospital and a project in it, on each engine."""
    return new_url(engine_name)


@pytest.fixture
def sqlite_url(new_url: Callable[..., str]) -> str:
    """The same, on SQLite only."""
    return new_url("sqlite")


def copy_of(original: str) -> str:
    """A copy of a PostgreSQL database, by PostgreSQL itself."""
    template = make_url(original)
    name = f"{template.database}_{secrets.token_hex(3)}"
    engine = make_engine(template.set(database="postgres").render_as_string(hide_password=False))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}" TEMPLATE "{template.database}"')
    engine.dispose()
    return template.set(database=name).render_as_string(hide_password=False)


def fill(url: str) -> None:
    """Put a small hospital and a project into a database."""
    app = app_on(url)
    with app.app_context():
        World().project()
        db.session.remove()
        db.engine.dispose()


def app_on(url: str) -> Flask:
    """The app on this database, its transactions real."""
    return app_for_tests(settings_for(url))


@pytest.fixture
def serving() -> Iterator[Callable[[str], Flask]]:
    """Apps whose connections are closed after the test."""
    apps: list[Flask] = []

    def serve(url: str) -> Flask:
        apps.append(app_on(url))
        return apps[-1]

    yield serve
    for app in apps:
        with app.app_context():
            db.engine.dispose()


def signed_in(app: Flask, email: str = "admin@example.org", *, seen_ago: float = 0) -> FlaskClient:
    """A browser with this person signed in, last seen so many minutes ago."""
    token, now = secrets.token_urlsafe(32), datetime.now(UTC)
    with app.app_context():
        person = db.session.scalars(select(Person).where(Person.email == email)).one()
        db.session.add(
            SignIn(
                token_hash=sha256(token.encode()).hexdigest(),
                person_id=person.id,
                made_at=now - timedelta(minutes=seen_ago),
                seen_at=now - timedelta(minutes=seen_ago),
            )
        )
        db.session.commit()
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = token
        session["_fresh"] = True
    return client


def run_sql(url: str, *statements: str) -> None:
    """Run statements in one transaction of their own."""
    engine = make_engine(url)
    try:
        with engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
    finally:
        engine.dispose()


def ask(url: str, query: str) -> list[tuple[object, ...]]:
    """The rows of a query, on a connection of its own."""
    engine = make_engine(url)
    try:
        with closing(engine.connect()) as connection:
            return [tuple(row) for row in connection.execute(text(query))]
    finally:
        engine.dispose()
