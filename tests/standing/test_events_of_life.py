"""Each event says whether it is life, and each transaction knows what it has touched."""

from datetime import date

import pytest
from sqlalchemy import select

from qitracker.method.cycles import CycleKind, Decision
from qitracker.method.ideas import IdeaStatus
from qitracker.method.steps import StepStatus
from qitracker.models import Event, db
from qitracker.people.actions import switch_off
from qitracker.plumbing import history

NOTHING_SAID = {"status": StepStatus.NOT_STARTED, "answers": {"why": ""}}


@pytest.mark.parametrize(
    ("noun", "verb", "old", "new", "life"),
    [
        ("cycle", "added", None, {"title": "One patient"}, "cycle"),
        ("cycle", "changed", {"happened": ""}, {"happened": "It took longer"}, "cycle"),
        ("cycle", "changed", {"title": "A"}, {"title": "B"}, None),
        ("cycle", "changed", {"happened": "It took longer"}, {"happened": ""}, None),
        ("cycle", "changed", {"kind": CycleKind.TEST, "decision": None}, {"decision": Decision.ADOPT}, "cycle"),
        ("cycle", "changed", {"decision": Decision.ADOPT}, {"decision": None}, None),
        ("point", "added", None, {"on": date(2025, 1, 1), "value": 0.0}, "point"),
        ("point", "changed", {"value": 3.0}, {"value": 4.0}, None),
        ("points", "undone", {"points": {}}, {"points": {"2025-01-01": None}}, None),
        ("idea", "changed", {"status": IdeaStatus.NEW}, {"status": IdeaStatus.ADOPTED}, "decision"),
        ("idea", "changed", {"owner_id": None}, {"owner_id": 3}, None),
        ("step", "added", None, NOTHING_SAID, None),
        ("step", "added", None, NOTHING_SAID | {"answers": {"why": "Falls at night"}}, "step"),
        ("step", "changed", {"status": StepStatus.NOT_STARTED}, {"status": StepStatus.DONE}, "step"),
        ("step", "changed", {"due": None}, {"due": date(2025, 2, 1)}, None),
        ("barrier", "changed", {"cleared_at": None}, {"cleared_at": date(2025, 2, 1)}, "barrier"),
        ("barrier", "changed", {"cleared_at": date(2025, 2, 1)}, {"cleared_at": None}, None),
        ("project", "changed", {"title": "A"}, {"title": "B"}, None),
        ("coach word", "added", None, {"text": "Well done"}, None),
    ],
)
def test_an_event_says_whether_it_is_life(app, noun, verb, old, new, life) -> None:
    assert history.record(verb, noun, "x", by=None, old=old, new=new).life == life


def test_a_transaction_knows_its_projects_and_people(world) -> None:
    project = world.project()
    history.take_touched()
    history.record("changed", "project", project.id, by=None, project_id=project.id)
    history.record("changed", "unit", world.ward18.id, by=None)
    switch_off(world.lead, by=world.admin)
    found = history.touched()
    assert (found.projects, found.people) == ({project.id: {"project"}}, {world.lead.id})
    assert history.take_touched() == found
    assert history.take_touched() == history.Touched()


def test_life_is_stored(world) -> None:
    project = world.project()
    history.record("moved", "stage", project.id, by=None, project_id=project.id, new={"stage": "deliver"})
    db.session.commit()
    assert db.session.scalar(select(Event.life).where(Event.project_id == project.id, Event.noun == "stage")) == "stage"
