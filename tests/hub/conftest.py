"""Projects that stand somewhere, in two organisations."""

from datetime import date, timedelta
from typing import Any

import pytest

from qitracker.method.measures import DataType, MeasureKind, Rhythm
from qitracker.method.roles import Role
from qitracker.models import Intake, Measure, Project, Series, Standing, Visibility, db
from qitracker.people.actions import give_role
from qitracker.plumbing import clock
from qitracker.spc import Chart, Direction

REASON = {
    "code": "no_cycle",
    "sentence": "No PDSA cycle for 7 weeks.",
    "since": "2025-09-01",
    "clears": "It clears when a test starts or closes.",
    "state": "stalled",
    "tool": "cycles",
    "target_key": None,
    "told_from": "2025-09-01",
    "told": ["team", "coach", "hub"],
}


class Hub:
    """Makes projects as the list needs them."""

    def __init__(self, world: Any) -> None:
        self.world = world
        self.n = 0

    def project(
        self,
        title: str,
        state: str = "stalled",
        *,
        told: str = "team coach hub",
        private: bool = False,
        elsewhere: bool = False,
        coach: bool = False,
        stage: str = "deliver",
        answered: bool = True,
        gain: date | None = None,
        reasons: list[dict[str, Any]] | None = None,
        **more: Any,
    ) -> Project:
        """A project with its standing; `gain`: its chart shows one since then; `more` sets columns of the standing."""
        world = self.world
        unit = world.other_ward if elsewhere else world.ward18
        project = Project(
            title=title,
            problem=f"What {title} is about.",
            unit_id=unit.id,
            organisation_id=unit.organisation_id,
            level="micro",
            method="lancashire",
            stage=stage,
            visibility=Visibility.PRIVATE if private else Visibility.OPEN,
            registered_at=clock.now() - timedelta(days=100),
        )
        db.session.add(project)
        db.session.flush()
        self.n += 1
        troubled = state in {"quiet", "stalled", "dormant"}
        given = reasons if reasons is not None else [REASON] if troubled else []
        values: dict[str, Any] = {
            "state": state,
            "since": date(2025, 9, 1) if troubled else None,
            "code": given[0]["code"] if given else "",
            "sentence": given[0]["sentence"] if given else "",
            "reasons": given,
            "weight": self.n,
            "told": told if troubled else "",
            "last_life": clock.today() - timedelta(days=51),
            "checked_on": clock.today(),
        }
        if gain:
            values["series_id"] = self.chart(project, gain).id
        db.session.add(Standing(project_id=project.id, **(values | more)))
        if coach:
            give_role(world.coach, Role.COACH, by=None, project=project)
        if answered:
            db.session.add(Intake(project_id=project.id, answer="welcome", words="", at=clock.now()))
        db.session.commit()
        return project

    def chart(self, project: Project, gain: date | None, rhythm: Rhythm = Rhythm.MONTH) -> Series:
        """An outcome measure whose finding speaks of a gain since a day, or of none."""
        of: dict[str, Any] = {"project_id": project.id}
        measure = Measure(
            **of, name="Falls", kind=MeasureKind.OUTCOME, data_type=DataType.COUNT, chart=Chart.C, unit="falls",
            direction=Direction.DECREASE, rhythm=rhythm, made_at=clock.now(),
        )  # fmt: skip
        db.session.add(measure)
        db.session.flush()
        series = Series(**of, measure_id=measure.id, unit_id=self.world.ward18.id, gain_since=gain)
        db.session.add(series)
        db.session.commit()
        return series


@pytest.fixture
def hub(world: Any) -> Hub:
    return Hub(world)
