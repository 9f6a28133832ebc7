"""What the tests of standing start from: a project, and how it stands on a day."""

from collections.abc import Callable
from datetime import date

import pytest

from qitracker.method.facts import ProjectFacts
from qitracker.models import Project, Standing, db
from qitracker.plumbing import clock
from qitracker.standing.facts import facts_of, gather
from qitracker.standing.keeping import keep


@pytest.fixture
def project(world) -> Project:
    return world.project(stage="deliver")


@pytest.fixture
def facts(project) -> Callable[[], ProjectFacts]:
    """The facts of the project as they are now in the database."""

    def read() -> ProjectFacts:
        db.session.commit()
        db.session.expire_all()
        return facts_of(gather([project])[project.id], clock.today())

    return read


@pytest.fixture
def kept(project) -> Callable[..., Standing]:
    """The standing of the project, worked out and read back."""

    def keep_and_read(today: date | None = None) -> Standing:
        keep([project], today or clock.today())
        db.session.commit()
        db.session.expire_all()
        return db.session.get_one(Standing, project.id)

    return keep_and_read
