"""The demonstration, told once for each engine; what a test does to it is forgotten after the test."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from qitracker.demo.loading import prepare
from qitracker.demo.story import Story
from qitracker.models import Person, Project, db
from qitracker.people.reader import Reader, read_person
from tests.conftest import (
    ENGINES,
    Client,
    app_for_tests,
    drop_postgres,
    forgetting,
    postgres_for_this_run,
    settings_for,
)

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="session", params=ENGINES)
def loaded(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, alone: Callable[[str], None]
) -> Iterator[Flask]:
    alone(f"demonstration on {request.param}")
    is_sqlite = request.param == "sqlite"
    url = f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.db'}" if is_sqlite else postgres_for_this_run()
    lines = list(prepare(settings_for(url), today=TODAY))
    assert "Loading the demonstration ..." in lines
    app = app_for_tests(settings_for(url), reading=Story(TODAY))
    yield app
    with app.app_context():
        db.engine.dispose()
    if not is_sqlite:
        drop_postgres(url)


@pytest.fixture
def demonstration(loaded: Flask) -> Iterator[Flask]:
    with loaded.app_context(), forgetting(db.engine):
        yield loaded


@pytest.fixture
def person(demonstration: Flask) -> Callable[[str], Person]:
    """Somebody by the name of their account."""
    return lambda account: db.session.scalars(select(Person).where(Person.email == f"{account}@example.org")).one()


@pytest.fixture
def reader(person: Callable[[str], Person]) -> Callable[[str], Reader]:
    return lambda account: read_person(person(account))


@pytest.fixture
def project(demonstration: Flask) -> Callable[[str], Project]:
    """A project by the beginning of its title."""
    return lambda title: db.session.scalars(select(Project).where(Project.title.startswith(title))).one()


@pytest.fixture
def browser(demonstration: Flask, person: Callable[[str], Person]) -> Callable[[str], Client]:
    def open_browser(account: str) -> Client:
        demonstration.test_client_class = Client
        client = demonstration.test_client()
        assert isinstance(client, Client)
        return client.sign_in(person(account))

    return open_browser
