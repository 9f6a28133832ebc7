"""Gains since a change was adopted, ideas for others, who else tried it."""

from datetime import UTC, date, datetime

import pytest

from qitracker.drivers.actions import capture_idea
from qitracker.method.cycles import CycleKind, Decision
from qitracker.method.ideas import IdeaStatus
from qitracker.method.measures import Rhythm
from qitracker.models import Cycle, db
from qitracker.plumbing import clock

JUNE = date(2025, 6, 1)


def adopt(project, on, title="Red socks", decision=Decision.ADOPT, number=1):
    cycle = Cycle(
        project_id=project.id, number=number, title=title, kind=CycleKind.TEST, made_at=clock.now(), decision=decision,
        decided_at=datetime(on.year, on.month, on.day, 12, tzinfo=UTC),
    )  # fmt: skip
    db.session.add(cycle)
    db.session.commit()


@pytest.mark.parametrize(
    ("decision", "on", "gain", "rhythm", "is_gain"),
    [
        (Decision.ADOPT, date(2025, 5, 31), JUNE, Rhythm.MONTH, True),
        (Decision.ADOPT, date(2025, 6, 20), JUNE, Rhythm.MONTH, True),  # June is the period of it
        (Decision.ADOPT, date(2025, 7, 1), JUNE, Rhythm.MONTH, False),
        (Decision.ADOPT, date(2025, 6, 2), JUNE, Rhythm.DAY, False),
        (Decision.ADOPT, date(2025, 6, 1), JUNE, Rhythm.DAY, True),
        (Decision.ADAPT, date(2025, 5, 1), JUNE, Rhythm.MONTH, False),
        (Decision.ADOPT, date(2025, 5, 1), None, Rhythm.MONTH, False),
    ],
)
def test_a_gain_that_began_with_an_adoption_or_later_is_shown(browser, world, hub, decision, on, gain, rhythm, is_gain):
    project = hub.project("Bay nursing", "active")
    hub.chart(project, gain, rhythm)
    adopt(project, on, decision=decision)
    page = browser(world.staff).get("/hub/working").text
    assert ("Bay nursing" in page) is is_gain
    assert ("“Red socks”" in page) is is_gain


def test_the_change_named_is_the_last_adopted_before_the_gain(browser, world, hub):
    project = hub.project("Bay nursing", "active")
    hub.chart(project, JUNE)
    for number, (on, title) in enumerate(
        ((date(2025, 2, 1), "Too early"), (date(2025, 5, 9), "The one"), (date(2025, 8, 1), "Later")), start=1
    ):
        adopt(project, on, title, number=number)
    page = browser(world.hub).get("/hub/working").text
    assert "Adopted 9 May 2025: “The one”" in page


def idea(project, text, status, by):
    found = capture_idea(project, text, by=by)
    found.status = status
    db.session.commit()
    return found


def test_adopted_ideas_are_there_for_others_with_where(browser, world, hub):
    project = hub.project("Bay nursing", "active", gain=JUNE)
    idea(project, "Somebody stays in the bay", IdeaStatus.ADOPTED, world.lead)
    idea(project, "Night lights", IdeaStatus.NEW, world.lead)
    page = browser(world.staff).get("/hub/working").text
    assert "Somebody stays in the bay" in page
    assert "Its chart shows improvement" in page
    assert "q=Somebody+stays+in+the+bay" in page
    assert "Night lights" not in page


def test_who_else_tried_this_finds_what_was_set_aside_too(browser, world, hub):
    project = hub.project("Bay nursing", "active")
    idea(project, "Red socks for people who fall", IdeaStatus.ABANDONED, world.lead)
    idea(project, "Sepsis trolley", IdeaStatus.NEW, world.lead)
    client = browser(world.staff)
    page = client.get("/hub/working?q=red+sock").text
    assert "Red socks for people who fall" in page
    assert "Set aside" in page
    assert "Both mention" in page
    assert "Sepsis trolley" not in page
    for nonsense in ("xyzzy", "%", "of+the", "a", "%00", "x" * 500):
        answer = client.get(f"/hub/working?q={nonsense}")
        assert answer.status_code == 200
        assert "Red socks" not in answer.text
    assert "Nobody has written down anything like it" in client.get("/hub/working?q=xyzzy").text


def test_nothing_of_private_or_other_organisations_is_told(browser, world, hub):
    for more in ({"private": True}, {"elsewhere": True}):
        project = hub.project("Canary project", "active", gain=JUNE, **more)
        hub.chart(project, JUNE)
        adopt(project, date(2025, 5, 1), "Canary change")
        idea(project, "Canary idea with socks", IdeaStatus.ADOPTED, world.lead)
    for person in (world.hub, world.staff, world.executive):
        for query in ("", "?q=canary", "?q=socks"):
            text = browser(person).get(f"/hub/working{query}").text
            assert "Canary" not in text
    assert "Canary idea" in browser(world.outsider).get("/hub/working").text


def test_the_page_costs_the_same_with_many(browser, world, hub, statements):
    client = browser(world.hub)
    counts = []
    for n in (2, 12):
        for number in range(n):
            project = hub.project(f"Number {number} of {n}", "active")
            hub.chart(project, JUNE)
            adopt(project, date(2025, 5, 1))
            idea(project, f"Red socks, way {number} of {n}", IdeaStatus.ADOPTED, world.lead)
        with statements() as sent:
            assert client.get("/hub/working?q=socks").status_code == 200
        counts.append(len(sent))
    assert counts[0] == counts[1] < 15
    assert "Number" in client.get("/hub/working?page=2").text
