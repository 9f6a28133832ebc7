"""A new project gets one answer, with projects like it beside; the team reads it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from qitracker.models import Intake, Letter, db
from qitracker.plumbing import clock


def new(hub, title, **more):
    project = hub.project(title, "active", answered=False, stage="understand", **more)
    project.problem = "Too many people fall when they get up at night."
    project.registered_at = clock.now()
    db.session.commit()
    return project


def test_the_oldest_waits_on_top_with_projects_like_it_beside(browser, world, hub, clock):
    first = new(hub, "Fewer falls at night")
    first.registered_at -= timedelta(days=3)
    new(hub, "Quieter corridors")
    hub.project("Falls at night on Ward 21", "active")
    closed = hub.project("Falling at night, the old one", "sustaining")
    closed.closed_at = clock.now
    page = browser(world.hub).get("/hub/intake").text
    assert page.index("Fewer falls at night") < page.index("Quieter corridors")
    assert "waiting 3 days" in page
    assert "Falls at night on Ward 21" in page
    assert "Falling at night, the old one" in page
    assert page.count("Suggest joining this one") == 3  # the one on Ward 21, and each of the two new ones for the other


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [("welcome", "is glad of it. Go ahead."), ("talk_first", "would like a short talk")],
)
def test_one_click_answers_and_the_team_reads_it(browser, world, key, answer, sentence):
    project = world.project("Fewer falls")
    client = browser(world.hub)
    for _ in range(2):  # a double click is one answer
        data = {"answer": answer, "words": "Call 123.", "submission": key}
        assert client.post(f"/hub/projects/{project.id}/intake", data=data).location == "/hub/intake"
    row = db.session.get(Intake, project.id)
    assert (row.answer, row.words, row.by_id) == (answer, "Call 123.", world.hub.id)
    thread = browser(world.member).get(f"/projects/{project.id}/coach").text
    assert thread.count(sentence) == thread.count("Call 123.") == 1
    letter = db.session.scalars(select(Letter)).one()
    assert letter.person_id == world.lead.id
    assert sentence in letter.text
    page = client.get("/hub/intake").text
    assert "Every new project has its answer" in page
    assert "1 of 1 new projects of the last three months (100%) were answered the same day." in page


def test_an_answer_that_is_given_stays(browser, world, hub):
    project = new(hub, "Fewer falls")
    client = browser(world.hub)
    client.post(f"/hub/projects/{project.id}/intake", data={"answer": "welcome"})
    client.post(f"/hub/projects/{project.id}/intake", data={"answer": "talk_first"})
    assert db.session.get(Intake, project.id).answer == "welcome"
    assert "has been answered already" in client.get("/hub/intake").text


def test_joining_names_the_other_and_never_a_private_closed_or_foreign_one(browser, world, hub):
    project = new(hub, "Fewer falls at night")
    other = hub.project("Falls at night on Ward 21", "active")
    closed = hub.project("Closed", "sustaining")
    closed.closed_at = clock.now()
    refused = [
        hub.project("Private", private=True).id,
        hub.project("Elsewhere", elsewhere=True).id,
        closed.id,
        project.id,
        "nonsense",
        "",
    ]
    client = browser(world.hub)
    for key in refused:
        answer = client.post(f"/hub/projects/{project.id}/intake", data={"answer": "join", "join": str(key)})
        assert answer.status_code == 422
        assert "Say which project to join" in answer.text
    client.post(f"/hub/projects/{project.id}/intake", data={"answer": "join", "join": str(other.id)})
    assert db.session.get(Intake, project.id).join_id == other.id
    assert "“Falls at night on Ward 21”" in browser(world.member).get(f"/projects/{project.id}/coach").text


@pytest.mark.parametrize("data", [{}, {"answer": "nonsense"}, {"answer": "welcome", "words": "x" * 501}])
def test_what_makes_no_sense_is_no_answer_and_the_typing_stays(browser, world, hub, data):
    project = new(hub, "Fewer falls")
    answer = browser(world.hub).post(f"/hub/projects/{project.id}/intake", data=data)
    assert answer.status_code == 422
    assert data.get("words", "") in answer.text
    assert db.session.get(Intake, project.id) is None


def test_an_answer_a_day_later_is_not_the_same_day(browser, world, hub, clock):
    """Registered at five to midnight by the clock on the wall, answered ten minutes later."""
    clock.now = clock.now.replace(hour=22, minute=55)  # 23:55 in London in October
    project = new(hub, "Late in the evening")
    clock.move(minutes=10)
    client = browser(world.hub)
    client.post(f"/hub/projects/{project.id}/intake", data={"answer": "welcome"})
    assert "0 of 1 new projects" in client.get("/hub/intake").text


def test_only_the_hub_of_the_place_answers_and_private_ones_do_not_wait(browser, world, hub):
    new(hub, "Canary private", private=True)
    foreign = new(hub, "Canary elsewhere", elsewhere=True)
    ours = new(hub, "Ours")
    page = browser(world.hub).get("/hub/intake").text
    assert "Ours" in page
    assert "Canary" not in page
    for person, project, status in (
        (world.outsider, ours, 404),
        (world.executive, ours, 403),
        (world.coach, ours, 403),
        (world.hub, foreign, 404),
    ):
        sent = browser(person).post(f"/hub/projects/{project.id}/intake", data={"answer": "welcome"})
        assert sent.status_code == status
    assert db.session.get(Intake, ours.id) is None


def test_ten_cost_no_more_queries_than_two_and_the_rest_is_on_the_next_page(browser, world, hub, statements):
    client = browser(world.hub)
    counts = []
    for n in (2, 8):
        for number in range(n):
            new(hub, f"Falls at night {number}, {n}")
        with statements() as sent:
            assert client.get("/hub/intake").status_code == 200
        counts.append(len(sent))
    assert counts[0] == counts[1] < 15
    assert client.get("/hub/intake?page=2").text.count("Welcome it") == 5
    assert client.get("/hub/intake?page=9").text.count("Welcome it") == 5
