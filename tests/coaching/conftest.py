"""A coach's reviews and standings, and a counter of queries."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from qitracker.coaching.actions import Reviewed, write_review
from qitracker.models import CoachReview, Project, Standing, db
from qitracker.plumbing import clock


@pytest.fixture
def project(world: Any) -> Project:
    return world.project()


@pytest.fixture
def reviewed(world: Any) -> Callable[..., CoachReview]:
    """A review by the coach of the world."""

    def make(project: Project, **said: Any) -> CoachReview:
        made = write_review(project, Reviewed(**{"going_well": "Good start.", **said}), by=world.coach)
        db.session.commit()
        return made

    return make


@pytest.fixture
def stands() -> Callable[..., Standing]:
    """Where a project stands, as it is kept for lists."""

    def make(project: Project, state: str, **more: Any) -> Standing:
        row = db.session.get(Standing, project.id) or Standing(project_id=project.id)
        values = {"state": state, "reasons": [], "checked_on": clock.today(), "sentence": "", "told": "", **more}
        for name, value in values.items():
            setattr(row, name, value)
        db.session.add(row)
        db.session.commit()
        return row

    return make


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
def statements() -> Any:
    return counted
