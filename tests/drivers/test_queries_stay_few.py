"""A page costs the same number of queries with three ideas and with sixty."""

import pytest

from qitracker.drivers.actions import capture_idea, join
from qitracker.models import Cycle, db
from qitracker.plumbing import clock


def fill_more(world, falls, start, n):
    for number in range(start + 1, start + n + 1):
        idea = capture_idea(falls.project, f"Idea {number}", by=world.lead)
        idea.owner_id = world.member.id
        idea.impact = idea.effort = number % 5 + 1
        join(idea, (falls.watched, falls.seen, falls.floor)[number % 3], by=world.lead)
        db.session.add(
            Cycle(project_id=idea.project_id, number=number, idea_id=idea.id, title="Test", made_at=clock.now())
        )
    db.session.commit()


@pytest.mark.parametrize(
    "page", ["drivers/", "ideas/", "ideas/?show=new", "drivers/diagram.svg", "drivers/diagram.csv"]
)
def test_sixty_ideas_cost_no_more_than_three(browser, world, falls, statements, page):
    client = browser(world.lead)
    address = f"/projects/{falls.project.id}/{page}"
    counts = []
    for more in (3, 57):
        fill_more(world, falls, db.session.query(Cycle).count(), more)
        with statements() as sent:
            assert client.get(address).status_code == 200
        counts.append(len(sent))
    assert counts[0] == counts[1] < 15


def test_the_page_of_one_idea_stays_cheap(browser, world, falls, statements):
    client = browser(world.lead)
    fill_more(world, falls, 0, 60)
    with statements() as sent:
        assert client.get(f"/ideas/{falls.desk.id}/").status_code == 200
    assert len(sent) < 15
