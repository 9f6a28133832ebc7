"""A coach's reviews and standings."""

from collections.abc import Callable
from typing import Any

import pytest

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
