"""A real database, rolled back after each test; on SQLite, and on PostgreSQL too when TEST_POSTGRES_URL names one."""

import contextvars
import os
import secrets
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.engine import make_url

from qitracker.app import create_app
from qitracker.config import Settings
from qitracker.models import Person, SignIn, db
from qitracker.plumbing.database import make_engine
from qitracker.plumbing.migrating import upgrade
from tests.world import World

pytest_plugins = ["tests.sharing"]
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


class Compiled(BytecodeCache):
    """Templates as the first app of this process compiled them; each test app would do it again, a second for all."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key, bucket.checksum] = bucket.code


compiled = Compiled()


def app_for_tests(settings: Settings, **options: Any) -> Flask:
    """The app; a fault of it is answered as to a visitor, and forms need no token."""
    app = create_app(settings, **options)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
    app.jinja_env.bytecode_cache = compiled
    return app


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


@contextmanager
def new_database(kind: str, path: Path) -> Iterator[str]:
    """The address of a database with its tables and nothing in them."""
    url = postgres_for_this_run() if kind == "postgresql" else f"sqlite:///{path}"
    upgrade(url)
    yield url
    if kind == "postgresql":
        drop_postgres(url)


def settings_for(url: str, **more: Any) -> Settings:
    return Settings(
        database_url=url, secret_key="k" * 40, organisation_name="Test hospital", secure_cookies=False, **more
    )


@contextmanager
def instead_of_its_own(bind: Engine | Connection) -> Iterator[None]:
    """The app of this context works on another database, or within a transaction of ours."""
    own = db.engines[None]
    db.engines[None] = bind  # type: ignore[assignment]
    try:
        yield
    finally:
        db.engines[None] = own


@contextmanager
def forgetting(engine: Engine) -> Iterator[None]:
    """Whatever is written and committed inside the block is forgotten after it."""
    connection = engine.connect()
    outer = connection.begin()
    with instead_of_its_own(connection):
        db.session.configure(join_transaction_mode="create_savepoint")
        try:
            yield
        finally:
            db.session.remove()
            outer.rollback()
            connection.close()


@dataclass(frozen=True, slots=True)
class Prepared:
    """The app on one engine: its own database has nothing in it, `peopled` is one with the hospital of the tests."""

    app: Flask
    peopled: Engine
    ids: dict[str, uuid.UUID]


@contextmanager
def preparing(kind: str, clock: Clock, folder: Path) -> Iterator[Prepared]:
    with new_database(kind, folder / "empty.db") as url, new_database(kind, folder / "peopled.db") as other:
        app, peopled = app_for_tests(settings_for(url), reading=clock), make_engine(other)
        with app.app_context(), instead_of_its_own(peopled):
            ids = World().kept()
            db.session.remove()
        yield Prepared(app, peopled, ids)
        peopled.dispose()
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(scope="session")
def prepared(clock_of_tests: Clock, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Prepared]]:
    """Each engine is prepared once, by the first test on it: the hospital made anew for each took a third of the time."""
    with ExitStack() as kept:

        @cache
        def prepare(kind: str) -> Prepared:
            return kept.enter_context(preparing(kind, clock_of_tests, tmp_path_factory.mktemp(kind)))

        yield prepare


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


@pytest.fixture(params=ENGINES)
def on_engine(request: pytest.FixtureRequest, prepared: Callable[[str], Prepared], clock: Clock) -> Prepared:
    return prepared(request.param)


@pytest.fixture
def app(request: pytest.FixtureRequest, on_engine: Prepared) -> Iterator[Flask]:
    """The app with a database that forgets everything after the test; with the hospital in it for who asks for a world."""
    peopled = on_engine.peopled if "world" in request.fixturenames else None
    with on_engine.app.app_context(), forgetting(peopled or db.engine):
        yield on_engine.app


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
def world(app: Flask, on_engine: Prepared) -> World:
    """A small hospital: two organisations, wards, and people with roles; without a project."""
    return World.found(on_engine.ids)


@pytest.fixture
def key() -> str:
    """A submission key as a form carries it."""
    return str(uuid.uuid4())


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements sent to the database inside the block, savepoints left out."""
    sent: list[str] = []
    connection = db.engines[None]

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if "SAVEPOINT" not in statement:
            sent.append(statement)

    event.listen(connection, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(connection, "before_cursor_execute", note)


@pytest.fixture
def statements() -> Callable[[], AbstractContextManager[list[str]]]:
    """Counts what a page asks of the database: `with statements() as sent`."""
    return counted


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say loudly when the journeys did not run: a run without them proves less than it seems to."""
    skipped = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])]
    told = [text for text in skipped if "JOURNEYS SKIPPED" in text]
    if told:
        terminalreporter.section("JOURNEYS SKIPPED", sep="!", red=True, bold=True)
        terminalreporter.line(f"{len(told)} journeys through a real browser did not run: no Chromium was found.")
        terminalreporter.line(told[0].split("no Chromium found. ")[-1].rstrip("')"))
