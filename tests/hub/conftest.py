"""Projects that stand somewhere, in two organisations."""

from datetime import date, timedelta
from typing import Any

import pytest

from qitracker.method.roles import Role
from qitracker.models import Intake, Project, Standing, Visibility, db
from qitracker.people.actions import give_role
from qitracker.plumbing import clock

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
        reasons: list[dict[str, Any]] | None = None,
        **more: Any,
    ) -> Project:
        """A project with its standing; `more` sets columns of the standing."""
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
        db.session.add(Standing(project_id=project.id, **(values | more)))
        if coach:
            give_role(world.coach, Role.COACH, by=None, project=project)
        if answered:
            db.session.add(Intake(project_id=project.id, answer="welcome", words="", at=clock.now()))
        db.session.commit()
        return project


@pytest.fixture
def hub(world: Any) -> Hub:
    return Hub(world)
