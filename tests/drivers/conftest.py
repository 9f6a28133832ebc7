"""A project with a small driver diagram."""

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from qitracker.drivers.actions import add_driver, capture_idea, join
from qitracker.method.cycles import Decision
from qitracker.method.measures import DataType, MeasureKind, Rhythm
from qitracker.method.roles import Role
from qitracker.models import Cycle, Driver, DriverLevel, Idea, Measure, Person, Project, db
from qitracker.plumbing import clock
from qitracker.spc import Chart, Direction


class Falls:
    """Primary "Seen" and "Safe floor"; secondary "Bay watched" under the first; two ideas, one joined."""

    def __init__(self, world: Any, project: Project) -> None:
        by = world.lead
        self.project = project
        self.seen = add_driver(project, DriverLevel.PRIMARY, "People at risk are seen", by=by)
        self.floor = add_driver(project, DriverLevel.PRIMARY, "The floor is safe", by=by)
        self.watched = add_driver(project, DriverLevel.SECONDARY, "The bay is watched", by=by)
        join(self.watched, self.seen, by=by)
        self.desk = capture_idea(project, "Desk in the bay", by=by)
        self.socks = capture_idea(project, "Red socks", by=by)
        join(self.desk, self.watched, by=by)
        db.session.commit()

    @property
    def page(self) -> str:
        return f"/projects/{self.project.id}/drivers/"

    @property
    def ideas(self) -> str:
        return f"/projects/{self.project.id}/ideas/"


@pytest.fixture
def project(world: Any) -> Project:
    return world.project(stage="co_design")


@pytest.fixture
def falls(world: Any, project: Project) -> Falls:
    return Falls(world, project)


@pytest.fixture
def other(world: Any) -> Falls:
    """The same in another project."""
    return Falls(world, world.project("Another project", stage="co_design"))


@pytest.fixture
def elsewhere(world: Any) -> Person:
    """Somebody who edits projects, in another hospital."""
    person = world.person("elsewhere", Role.WARD_MANAGER, world.other_ward)
    db.session.commit()
    return person


@pytest.fixture
def cycle() -> Callable[..., Cycle]:
    """A cycle of an idea."""

    def make(idea: Idea, number: int, decision: Decision | None = None, started: date | None = None) -> Cycle:
        made = Cycle(
            project_id=idea.project_id,
            number=number,
            idea_id=idea.id,
            title=f"Test {number}",
            made_at=clock.now(),
            started=started,
            decision=decision,
        )
        db.session.add(made)
        db.session.commit()
        return made

    return make


@pytest.fixture
def measure(project: Project) -> Measure:
    made = Measure(
        project_id=project.id,
        name="Falls each week",
        kind=MeasureKind.OUTCOME,
        data_type=next(iter(DataType)),
        chart=next(iter(Chart)),
        direction=Direction.DECREASE,
        rhythm=next(iter(Rhythm)),
        unit="falls",
        made_at=clock.now(),
    )
    db.session.add(made)
    db.session.commit()
    return made


@pytest.fixture
def fresh() -> Callable[[Any], Any]:
    """The row as it is stored now."""

    def read(thing: Idea | Driver | uuid.UUID) -> Any:
        db.session.refresh(thing)
        return thing

    return read
