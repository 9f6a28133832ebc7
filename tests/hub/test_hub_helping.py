"""Help is offered in words the team can answer; a snooze has a reason and a day, and ends by itself."""

from datetime import date

import pytest
from sqlalchemy import select

from qitracker.models import CoachWord, Event, Hold, Standing, WordKind, db


def test_the_offer_begins_with_the_reason_and_reaches_the_team(browser, world, key):
    project = world.project("Fewer falls")
    client = browser(world.hub)
    db.session.merge(
        Standing(
            project_id=project.id,
            state="stalled",
            sentence="Same step for 10 weeks.",
            reasons=[],
            checked_on=date(2025, 10, 6),
        )
    )
    page = client.get(f"/hub/projects/{project.id}/help").text
    assert "Same step for 10 weeks. Would ten minutes together help?" in page
    answers = [
        client.post(f"/hub/projects/{project.id}/help", data={"text": "Shall we come?", "submission": key})
        for _ in range(2)
    ]
    assert {answer.location for answer in answers} == {"/hub/"}
    word = db.session.scalars(select(CoachWord)).one()
    assert (word.kind, word.text, word.by_id) == (WordKind.HELP, "Shall we come?", world.hub.id)
    assert "Shall we come?" in browser(world.member).get(f"/projects/{project.id}/coach").text
    browser(world.member).post(f"/coach-words/{word.id}/answer", data={"text": "Yes please, Tuesday."})
    page = client.get(f"/hub/projects/{project.id}/help").text
    assert "Yes please, Tuesday." in page
    assert "Not answered yet" not in page


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ("restart", "one small test"),
        ("pause", "pause the project"),
        ("close", "write down what you learnt"),
        ("x", "ten minutes"),
    ],
)
def test_a_dormant_project_is_decided_together(browser, world, hub, about, words):
    project = hub.project("Long asleep", "dormant")
    client = browser(world.hub)
    assert "Decide<span" in client.get("/hub/").text
    page = client.get(f"/hub/projects/{project.id}/help?about={about}").text
    assert "Decide together" in page
    assert words in page.split("<textarea")[1]
    for address in (f"/projects/{project.id}/team/", f"/projects/{project.id}/stage"):
        assert f'href="{address}"' in page


@pytest.mark.parametrize("text", ["", " ", "x" * 2001, "a\0b"])
def test_an_offer_without_words_is_no_offer_and_the_typing_stays(browser, world, hub, text):
    project = hub.project("One")
    answer = browser(world.hub).post(f"/hub/projects/{project.id}/help", data={"text": text})
    assert answer.status_code == 422
    assert db.session.scalars(select(CoachWord)).all() == []


def snooze(client, project, why="They restart after the inspection.", until="20/10/2025"):
    return client.post(f"/hub/projects/{project.id}/snooze", data={"why": why, "until": until})


def test_a_snooze_hides_it_until_its_day_and_then_it_is_back(browser, world, hub, clock):
    project = world.project("Fewer falls")  # registered today: not even quiet
    client = browser(world.hub)
    assert snooze(client, project).location == "/hub/"
    held = db.session.scalars(select(Hold)).one()
    assert (held.why, held.until, held.by_id) == (
        "They restart after the inspection.",
        date(2025, 10, 20),
        world.hub.id,
    )
    assert db.session.get(Standing, project.id).hidden_until == date(2025, 10, 20)
    assert "Fewer falls" in client.get("/hub/projects?snoozed=yes").text
    assert "Snoozed until 20 Oct 2025" in client.get("/hub/projects").text
    clock.move(days=14)
    client = browser(world.hub)
    assert "Fewer falls" not in client.get("/hub/projects?snoozed=yes").text
    assert "Snoozed until" not in client.get("/hub/projects").text


def test_a_second_snooze_takes_the_place_of_the_first_and_either_ends_early(browser, world):
    project = world.project()
    client = browser(world.coach)
    assert snooze(client, project).location == f"/projects/{project.id}/"  # a coach has no hub to go back to
    snooze(client, project, "Longer after all.", "1/11/2025")
    assert [(one.why, one.ended_at is None) for one in db.session.scalars(select(Hold).order_by(Hold.until))] == [
        ("They restart after the inspection.", False),
        ("Longer after all.", True),
    ]
    page = client.get(f"/hub/projects/{project.id}/snooze").text
    assert "Snoozed until 1 November 2025 by Role coach: Longer after all." in page
    client.post(f"/hub/projects/{project.id}/snooze/end", data={})
    assert db.session.get(Standing, project.id).hidden_until is None
    client.post(f"/hub/projects/{project.id}/snooze/end", data={})  # nothing is snoozed: nothing happens
    verbs = db.session.scalars(select(Event.verb).where(Event.noun == "hold").order_by(Event.id)).all()
    assert verbs == ["added", "changed", "added", "changed"]


@pytest.mark.parametrize(
    ("why", "until", "sentence"),
    [
        ("", "20/10/2025", "Say why"),
        ("Why not.", "", "Enter the day"),
        ("Why not.", "6/10/2025", "Choose a day after today"),
        ("Why not.", "1/1/2025", "Choose a day after today"),
        ("Why not.", "6/11/2025", "Choose a day up to 5 November 2025"),
        ("Why not.", "31/2/2026", ""),
        ("x" * 501, "20/10/2025", "500"),
    ],
)
def test_a_snooze_needs_a_reason_and_a_day_within_the_rule(browser, world, why, until, sentence):
    project = world.project()
    answer = snooze(browser(world.hub), project, why, until)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert db.session.scalars(select(Hold)).all() == []


@pytest.mark.parametrize("page", ["help", "snooze"])
def test_who_may_not_coach_it_does_nothing_to_it(browser, world, hub, page):
    ours, private = hub.project("Ours"), hub.project("Private", private=True)
    for person, project, status in (
        (world.staff, ours, 403),
        (world.executive, ours, 403),
        (world.outsider, ours, 404),
        (world.hub, private, 404),
        (world.coach, private, 404),
        (world.coach, ours, 200),
    ):
        client = browser(person)
        assert client.get(f"/hub/projects/{project.id}/{page}").status_code == status
        if status != 200:
            sent = {"text": "Canary", "why": "Canary", "until": "20/10/2025"}
            assert client.post(f"/hub/projects/{project.id}/{page}", data=sent).status_code == status
    assert db.session.scalars(select(Hold)).all() == db.session.scalars(select(CoachWord)).all() == []
