"""A real database, rolled back after each test; on SQLite, and on PostgreSQL too when TEST_POSTGRES_URL names one."""

import contextvars
import os
import secrets
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.engine import make_url

from qitracker.app import create_app
from qitracker.config import Settings
from qitracker.models import Person, SignIn, db
from qitracker.plumbing.database import make_engine
from qitracker.plumbing.migrating import upgrade
from tests.world import World

POSTGRES = os.environ.get("TEST_POSTGRES_URL")
ENGINES = ["sqlite", "postgresql"] if POSTGRES else ["sqlite"]
START = datetime(2025, 10, 6, 9, 0, tzinfo=UTC)  # a Monday, a few days after the last PPH month


class Clock:
    """The tests' clock: stands still until moved."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture(scope="session")
def clock_of_tests() -> Clock:
    return Clock()


@pytest.fixture
def clock(clock_of_tests: Clock) -> Iterator[Clock]:
    clock_of_tests.now = START
    yield clock_of_tests
    clock_of_tests.now = START


def postgres_for_this_run() -> str:
    """A database of its own for each run and worker, so that two runs do not meet."""
    url = make_url((POSTGRES or "").replace("postgres://", "postgresql://"))
    name = f"qitracker_test_{os.getpid()}_{secrets.token_hex(3)}"
    admin = make_engine(url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False))
    with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    admin.dispose()
    return url.set(drivername="postgresql+psycopg", database=name).render_as_string(hide_password=False)


def drop_postgres(url: str) -> None:
    name = make_url(url).database
    admin = make_engine(
        make_url(POSTGRES or "").set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    )
    with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    admin.dispose()


@pytest.fixture(scope="session", params=ENGINES)
def database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('database') / 'test.db'}"
        upgrade(url)
        yield url
        return
    url = postgres_for_this_run()
    upgrade(url)
    yield url
    drop_postgres(url)


def settings_for(url: str, **more: Any) -> Settings:
    return Settings(
        database_url=url, secret_key="k" * 40, organisation_name="Test hospital", secure_cookies=False, **more
    )


@pytest.fixture(scope="session")
def session_app(database_url: str, clock_of_tests: Clock) -> Iterator[Flask]:
    app = create_app(settings_for(database_url), reading=clock_of_tests)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False, SERVER_NAME=None)
    yield app
    with app.app_context():
        db.engine.dispose()


class Client(FlaskClient):
    """A browser in which somebody may be signed in. What the test wrote is committed before each request."""

    def open(self, *arguments: Any, **options: Any) -> Any:
        db.session.commit()
        # In a context of its own: inside the test's, Flask would share `g`, and with it who is signed in.
        answer = contextvars.Context().run(super().open, *arguments, **options)
        db.session.expire_all()
        return answer

    def sign_in(self, person: Person) -> "Client":
        """Sign a person in without the password's cost; test_sign_in goes through the form."""
        token = secrets.token_urlsafe(32)
        now = self.application.extensions["clock"][0]()
        row = SignIn(token_hash=sha256(token.encode()).hexdigest(), person_id=person.id, made_at=now, seen_at=now)
        db.session.add(row)
        db.session.commit()
        with self.session_transaction() as session:
            session["_user_id"] = token
            session["_fresh"] = True
        return self


@pytest.fixture
def app(session_app: Flask, clock: Clock) -> Iterator[Flask]:
    """The app with a database that forgets everything after the test."""
    with session_app.app_context():
        engine = db.engines[None]
        connection = engine.connect()
        outer = connection.begin()
        db.engines[None] = connection  # type: ignore[assignment]
        db.session.configure(join_transaction_mode="create_savepoint")
        try:
            yield session_app
        finally:
            db.session.remove()
            outer.rollback()
            connection.close()
            db.engines[None] = engine


@pytest.fixture
def client(app: Flask) -> Client:
    app.test_client_class = Client
    client = app.test_client()
    assert isinstance(client, Client)
    return client


@pytest.fixture
def browser(app: Flask) -> Callable[[Person], Client]:
    """A new browser with this person signed in."""

    def open_browser(person: Person) -> Client:
        app.test_client_class = Client
        client = app.test_client()
        assert isinstance(client, Client)
        return client.sign_in(person)

    return open_browser


@pytest.fixture
def world(app: Flask) -> World:
    """A small hospital: two organisations, wards, people with roles, an open and a private project."""
    return World()


@pytest.fixture
def key() -> str:
    """A submission key as a form carries it."""
    return str(uuid.uuid4())


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say loudly when the journeys did not run: a run without them proves less than it seems to."""
    skipped = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])]
    told = [text for text in skipped if "JOURNEYS SKIPPED" in text]
    if told:
        terminalreporter.section("JOURNEYS SKIPPED", sep="!", red=True, bold=True)
        terminalreporter.line(f"{len(told)} journeys through a real browser did not run: no Chromium was found.")
        terminalreporter.line(told[0].split("no Chromium found. ")[-1].rstrip("')"))
