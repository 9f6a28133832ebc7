"""One idea: weighing it, moving it, its history."""

import pytest

from qitracker.method.cycles import Decision
from qitracker.method.ideas import IDEA_STATUS_WORDS, IdeaStatus, why_not_move
from qitracker.models import DriverLink, Event, Idea, db


def drivers_above(idea):
    return {link.driver_id for link in db.session.query(DriverLink).filter_by(below_idea_id=idea.id)}


def version_of(thing):
    db.session.refresh(thing)
    return str(thing.version)


def test_weighing_an_idea_stores_it_with_an_event(browser, world, falls, fresh):
    answer = browser(world.member).post(
        f"/ideas/{falls.desk.id}/",
        data={
            "impact": "5",
            "effort": "2",
            "can_test_now": "yes",
            "owner_id": str(world.member.id),
            "drivers": [str(falls.watched.id), str(falls.floor.id)],
        },
    )
    assert answer.status_code == 303
    idea = fresh(falls.desk)
    assert (idea.impact, idea.effort, idea.can_test_now, idea.owner_id) == (5, 2, True, world.member.id)
    assert drivers_above(idea) == {falls.watched.id, falls.floor.id}
    changed = db.session.query(Event).filter_by(noun_id=str(idea.id), verb="changed").one()
    assert changed.new == {"impact": 5, "effort": 2, "can_test_now": True, "owner_id": str(world.member.id)}
    page = browser(world.staff).get(f"/ideas/{idea.id}/").text
    for sentence in (
        "Impact: not said → 5",
        "Looked after by: nobody → Role member",
        "Joined it to “The floor is safe”",
    ):
        assert sentence in page


def test_unticking_every_driver_takes_the_idea_off_the_diagram(browser, world, falls):
    browser(world.lead).post(f"/ideas/{falls.desk.id}/", data={"impact": "3"})
    assert drivers_above(falls.desk) == set()
    assert db.session.query(Event).filter_by(noun_id=str(falls.desk.id), verb="detached").count() == 1
    assert "Took it off “The bay is watched”" in browser(world.lead).get(f"/ideas/{falls.desk.id}/").text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("impact", "6"),
        ("impact", "0"),
        ("impact", "1e309"),
        ("impact", "nan"),
        ("impact", "５"),
        ("effort", "-1"),
        ("effort", "x" * 10_000),
        ("can_test_now", "maybe"),
        ("owner_id", "nobody-i-know"),
        ("owner_id", "6f1c2f5e-0000-4000-8000-000000000001"),
        ("drivers", "a\x00b"),
        ("drivers", "6f1c2f5e-0000-4000-8000-000000000001"),
    ],
)
def test_nonsense_is_refused_and_nothing_stored(browser, world, falls, fresh, field, value):
    answer = browser(world.lead).post(f"/ideas/{falls.desk.id}/", data={field: value})
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert fresh(falls.desk).version == 1


def test_owner_and_drivers_must_be_of_this_project(browser, world, falls, other):
    client = browser(world.lead)
    for data in ({"owner_id": str(world.hub.id)}, {"drivers": str(other.seen.id)}):
        assert client.post(f"/ideas/{falls.desk.id}/", data=data).status_code == 422
    assert drivers_above(falls.desk) == {falls.watched.id}


def test_an_owner_who_left_the_team_stays_until_somebody_changes_it(browser, world, falls, fresh):
    falls.desk.owner_id = world.hub.id
    client = browser(world.lead)
    assert "Role hub (no longer in the team)" in client.get(f"/ideas/{falls.desk.id}/").text
    assert client.post(f"/ideas/{falls.desk.id}/", data={"owner_id": str(world.hub.id)}).status_code == 303
    assert fresh(falls.desk).owner_id == world.hub.id


@pytest.mark.parametrize("to", list(IdeaStatus))
@pytest.mark.parametrize("start", list(IdeaStatus))
@pytest.mark.parametrize("stage", ["understand", "co_design"])
def test_only_the_moves_of_the_table_are_made(browser, world, falls, fresh, start, to, stage):
    falls.project.stage, falls.desk.status = stage, start
    reason = why_not_move(start, to, stage)
    answer = browser(world.lead).post(f"/ideas/{falls.desk.id}/status", data={"status": to.value})
    if reason is None:
        assert answer.status_code == 303
        assert fresh(falls.desk).status is to
    else:
        assert answer.status_code == 422
        assert reason.sentence in answer.text
        assert fresh(falls.desk).status is start


def test_in_understand_setting_aside_is_not_offered_and_the_page_says_why(browser, world, falls):
    falls.project.stage = "understand"
    page = browser(world.lead).get(f"/ideas/{falls.desk.id}/").text
    assert 'value="abandoned"' not in page
    assert "In Understand every idea stays on the list. You choose between them later." in page


def test_a_move_keeps_its_reason_in_the_history(browser, world, falls):
    client = browser(world.lead)
    client.post(f"/ideas/{falls.desk.id}/status", data={"status": "abandoned", "why": "No room for a desk"})
    event = db.session.query(Event).filter_by(noun_id=str(falls.desk.id), verb="changed").one()
    assert (event.old, event.new, event.why) == ({"status": "new"}, {"status": "abandoned"}, "No room for a desk")
    page = client.get(f"/ideas/{falls.desk.id}/").text
    assert "Status: New → Set aside" in page
    assert "No room for a desk" in page


@pytest.mark.parametrize("status", ["", "nonsense", "a\x00", "x" * 10_000])
def test_a_word_that_is_no_status_is_refused(browser, world, falls, fresh, status):
    assert browser(world.lead).post(f"/ideas/{falls.desk.id}/status", data={"status": status}).status_code == 422
    assert fresh(falls.desk).status is IdeaStatus.NEW


def test_the_second_editor_of_the_scores_is_told(browser, world, falls, fresh):
    old = version_of(falls.desk)
    joined = str(falls.watched.id)
    browser(world.member).post(f"/ideas/{falls.desk.id}/", data={"impact": "2", "drivers": joined, "version": old})
    late = browser(world.lead).post(f"/ideas/{falls.desk.id}/", data={"impact": "5", "drivers": joined, "version": old})
    assert late.status_code == 409
    assert "Somebody else saved this" in late.text
    assert fresh(falls.desk).impact == 2


def test_the_second_editor_of_the_drivers_is_told(browser, world, falls):
    old = version_of(falls.desk)
    both = [str(falls.watched.id), str(falls.floor.id)]
    browser(world.member).post(f"/ideas/{falls.desk.id}/", data={"drivers": both, "version": old})
    late = browser(world.lead).post(f"/ideas/{falls.desk.id}/", data={"drivers": str(falls.seen.id), "version": old})
    assert late.status_code == 409
    assert "The bay is watched" in late.text
    assert drivers_above(falls.desk) == {falls.watched.id, falls.floor.id}


def test_the_second_mover_is_told(browser, world, falls, fresh):
    browser(world.member).post(f"/ideas/{falls.desk.id}/status", data={"status": "prioritised", "was": "new"})
    late = browser(world.lead).post(f"/ideas/{falls.desk.id}/status", data={"status": "abandoned", "was": "new"})
    assert late.status_code == 409
    assert IDEA_STATUS_WORDS[IdeaStatus.PRIORITISED] in late.text
    assert fresh(falls.desk).status is IdeaStatus.PRIORITISED


def test_the_page_shows_each_cycle_and_plans_the_next(browser, world, falls, cycle):
    cycle(falls.desk, 1, Decision.ADAPT)
    cycle(falls.desk, 2)
    page = browser(world.lead).get(f"/ideas/{falls.desk.id}/").text
    assert "PDSA 1: adapt" in page
    assert "PDSA 2: planned" in page
    assert f"/projects/{falls.project.id}/cycles/new?idea={falls.desk.id}" in page


@pytest.mark.parametrize(("who", "status"), [("staff", 403), ("partner", 403), ("coach", 403), ("outsider", 404)])
@pytest.mark.parametrize("address", ["", "status", "move"])
def test_only_the_team_changes_an_idea(browser, world, falls, fresh, who, status, address):
    data = {"impact": "1", "status": "prioritised", "way": "up"}
    answer = browser(getattr(world, who)).post(f"/ideas/{falls.desk.id}/{address}", data=data)
    assert answer.status_code == status
    assert fresh(falls.desk).version == 1


@pytest.mark.parametrize("address", ["", "status", "move"])
def test_to_a_team_elsewhere_the_idea_does_not_exist(browser, world, falls, elsewhere, address):
    client = browser(elsewhere)
    assert client.post(f"/ideas/{falls.desk.id}/{address}", data={"status": "new", "way": "up"}).status_code == 404
    assert client.get(f"/ideas/{falls.desk.id}/").status_code == 404


def test_readers_see_the_idea_without_forms(browser, world, falls):
    page = browser(world.staff).get(f"/ideas/{falls.desk.id}/").text
    assert "Desk in the bay" in page
    assert "Plan a test" not in page
    assert 'name="impact"' not in page


@pytest.mark.parametrize("bad", ["6f1c2f5e-0000-4000-8000-000000000001", "nonsense"])
def test_an_idea_that_is_not_there_is_not_found(browser, world, falls, bad):
    assert browser(world.lead).get(f"/ideas/{bad}/").status_code == 404


def test_sent_twice_is_saved_once(browser, world, falls, key):
    client = browser(world.lead)
    for _ in range(2):
        data = {"status": "prioritised", "was": "new", "submission": key}
        assert client.post(f"/ideas/{falls.desk.id}/status", data=data).status_code == 303
    assert db.session.query(Event).filter_by(noun_id=str(falls.desk.id), verb="changed").count() == 1
    assert db.session.query(Idea).filter_by(project_id=falls.project.id).count() == 2
