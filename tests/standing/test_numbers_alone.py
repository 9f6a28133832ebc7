"""Saving a number asks the database few times, however much a project has; what else changed is never missed."""

import uuid

import pytest

from qitracker.drivers.actions import capture_idea
from qitracker.measures.actions import add_measure
from qitracker.method.measures import DataType, MeasureKind, Rhythm
from qitracker.models import Cycle, Event, KnownFacts, Standing, db
from qitracker.plumbing import clock as now
from qitracker.plumbing.history import take_touched
from qitracker.projects.actions import say
from qitracker.spc import Direction
from qitracker.standing.keeping import keep, keep_touched
from tests.conftest import counted
from tests.feeds.charts import add, make_series

MOST = 15


def fill(project, lead, n):
    """More of everything."""
    begun = db.session.query(Cycle).filter_by(project_id=project.id).count()
    for number in range(begun + 1, begun + n + 1):
        idea = capture_idea(project, f"Idea {number}", by=lead)
        db.session.add(Cycle(project_id=project.id, number=number, idea_id=idea.id, title="Test", made_at=now.now()))
        say(project, "Well done.", by=lead)
        add_measure(
            project, by=lead, name=f"Falls {number}", kind=MeasureKind.PROCESS, data_type=DataType.VALUE,
            rhythm=Rhythm.MONTH, direction=Direction.DECREASE,
        )  # fmt: skip
    db.session.commit()


@pytest.mark.parametrize("n", [1, 12])
def test_a_number_costs_the_same_with_much_and_with_little(project, world, browser, clock, n) -> None:
    series = make_series(project, [9, 7, 8, 12, 10, 7, 9, 11])
    fill(project, world.lead, n)
    clock.move(days=40)
    keep([project], now.today())
    lead = browser(world.lead)
    series_id = str(series.id)
    with counted() as sent:
        answer = lead.post(
            f"/series/{series_id}/add", data={"on": "2025-10-01", "first": "8", "submission": str(uuid.uuid4())}
        )
    assert "saved=" in answer.location
    assert len(sent) == MOST
    assert len([one for one in sent if "FROM point" in one]) == 1
    assert db.session.get_one(Standing, project.id).last_life == now.today().replace(month=10, day=31)


def test_a_change_that_a_command_made_shows_with_the_next_number(project, world, browser) -> None:
    series = make_series(project, [9, 7, 8])
    keep([project], now.today())
    before = db.session.get_one(Standing, project.id).suggested
    capture_idea(project, "A lamp at each bed", by=world.lead)
    add(browser(world.lead), series, "2025-09-01", first="8")
    db.session.expire_all()
    row = db.session.get_one(Standing, project.id)
    assert (row.last_life, row.suggested is not None, before is not None) == (now.today(), True, True)


def test_a_write_is_gathered_although_a_later_event_was_seen_before(project, world) -> None:
    """On PostgreSQL an event of mine may have a lower number than that of somebody who was saved before me."""
    keep([project], now.today())
    db.session.commit()
    take_touched()
    capture_idea(project, "A lamp at each bed", by=world.lead)
    mine = db.session.query(Event).filter_by(noun="idea").one()
    db.session.get_one(KnownFacts, project.id).as_of = mine.id
    keep_touched(take_touched())
    assert db.session.get_one(Standing, project.id).last_life == now.today()
