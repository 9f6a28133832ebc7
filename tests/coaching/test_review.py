"""A review is saved whole, nothing typed is lost, the team sees it, and the next project comes at once."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from qitracker.coaching.queue import rows_of
from qitracker.cycles.actions import start_cycle
from qitracker.cycles.sheets import Plan
from qitracker.drivers.actions import capture_idea
from qitracker.method.roles import Role
from qitracker.models import (
    Barrier,
    CoachReview,
    CoachWord,
    Event,
    Letter,
    ProgressScore,
    Project,
    Scorer,
    Standing,
    WordKind,
    db,
)
from qitracker.people.actions import give_role
from qitracker.people.reader import read_person
from qitracker.plumbing import clock
from qitracker.projects.actions import move_to_stage
from qitracker.standing.keeping import keep

WHOLE = {
    "going_well": "The night staff joined in.",
    "stuck_on": "no_data",
    "advice": "Count five a week by hand. Who could do it?",
    "next_step": "Count falls on five nights",
    "next_step_on-day": "20", "next_step_on-month": "10", "next_step_on-year": "2025",
    "score": "20",
    "why": "First numbers are there.",
    "help_wanted": "An hour a fortnight for the lead",
    "next_review-day": "3", "next_review-month": "11", "next_review-year": "2025",
}  # fmt: skip


def rows(kind):
    return db.session.scalars(select(kind)).all()


def test_everything_in_a_review_is_kept_and_stands_on_the_teams_page(browser, world, project):
    answer = browser(world.coach).post(f"/projects/{project.id}/review", data={**WHOLE, "owner": str(world.member.id)})
    assert answer.status_code == 303
    (review,) = rows(CoachReview)
    (word,) = rows(CoachWord)
    (score,) = [one for one in rows(ProgressScore) if one.scorer is Scorer.COACH]
    (barrier,) = rows(Barrier)
    assert (review.going_well, review.stuck_on, review.next_step) == (
        "The night staff joined in.",
        "no_data",
        "Count falls on five nights",
    )
    assert (review.next_step_owner_id, review.next_step_on) == (world.member.id, date(2025, 10, 20))
    assert (review.next_review, review.word_id, review.by_id) == (date(2025, 11, 3), word.id, world.coach.id)
    assert (word.kind, word.text) == (WordKind.ADVICE, WHOLE["advice"])
    assert (score.tenths, score.why) == (20, "First numbers are there.")
    assert (barrier.text, barrier.stuck_on) == ("An hour a fortnight for the lead", "no_data")
    assert barrier.escalated_at is not None
    page = browser(world.member).get(f"/projects/{project.id}/").text
    for shown in ("Count five a week", "Count falls on five nights", "Role member", "coach 2.0", "An hour a fortnight",
                  "Stuck on: No data, or data come late", "3 November 2025"):  # fmt: skip
        assert shown in page
    assert db.session.scalar(select(func.count()).where(Event.noun == "coach_review", Event.life == "review")) == 1


def test_the_next_review_is_offered_in_four_weeks(browser, world, project):
    page = browser(world.coach).get(f"/projects/{project.id}/review").text
    there = clock.today() + timedelta(weeks=4)
    for part, value in (("day", there.day), ("month", there.month), ("year", there.year)):
        assert f'name="next_review[{part}]"' in page.replace(f"next_review-{part}", f"next_review[{part}]")
        assert f'value="{value}"' in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Write at least one line"),
        ({"next_review-day": "3", "next_review-month": "11", "next_review-year": "2025"}, "Write at least one line"),
        ({"going_well": "x" * 1001}, "Shorten it to 1,000 characters"),
        ({"score": "25"}, "Give your reason in a sentence"),
        ({"score": "27", "why": "w"}, "Choose one from the list"),
        ({"stuck_on": "bad_luck"}, "Choose one from the list"),
        ({"next_step": "Count", "next_step_on": "1/10/2025"}, "Choose a day that is still to come"),
        ({"going_well": "Well", "next_step_on": "20/10/2025"}, "Say what is done by then"),
        ({"going_well": "Well", "next_review": "6/10/2025"}, "Choose a day after today"),
        ({"going_well": "Well", "owner": "00000000-0000-0000-0000-000000000000"}, "Choose one from the list"),
        ({"advice": "Ask about NHS number 943 476 5919"}, "Please check before you save"),
    ],
)
def test_what_cannot_be_saved_is_said_and_nothing_of_it_is_lost(browser, world, project, typed, sentence):
    data = {"help_wanted": "Half an hour", **typed}
    answer = browser(world.coach).post(f"/projects/{project.id}/review", data=data)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Half an hour" in answer.text
    assert rows(CoachReview) == rows(Barrier) == rows(CoachWord) == []


def test_a_double_click_keeps_one_review(browser, world, project, key):
    client = browser(world.coach)
    for _ in range(3):
        assert client.post(f"/projects/{project.id}/review", data={**WHOLE, "submission": key}).status_code == 303
    assert len(rows(CoachReview)) == len(rows(CoachWord)) == len(rows(Barrier)) == 1


def test_after_a_review_comes_the_next_project_and_at_last_the_empty_queue(browser, world, clock):
    first = world.project("Waits longest")
    clock.move(days=2)
    second = world.project("Waits less")
    client = browser(world.coach)
    data = {"going_well": "Fine."}
    answer = client.post(f"/projects/{second.id}/review", data=data)
    assert answer.location == f"/projects/{first.id}/review"
    assert "Next: Waits longest" in client.get(answer.location).text
    answer = client.post(f"/projects/{first.id}/review", data=data)
    assert answer.location == "/coaching/"
    assert "Nothing waits for you" in client.get(answer.location).text


def test_the_review_lists_what_changed_since_the_last_one_and_nothing_older(browser, world, project, clock, reviewed):
    capture_idea(project, "An old idea", by=world.lead)
    move_to_stage(project, "co_design", "", by=world.lead)
    page = browser(world.coach).get(f"/projects/{project.id}/review").text
    assert "1 new idea" in page
    assert "from Understand to Co-design" in page
    clock.move(days=1)
    reviewed(project)
    clock.move(days=1)
    idea = capture_idea(project, "A desk in the bay", by=world.lead)
    capture_idea(project, "Red socks", by=world.lead)
    columns = {"idea_id": idea.id, "title": "One night", "change": "A desk"}
    start_cycle(project, Plan(columns, questions=(), tasks=()), by=world.lead)
    page = browser(world.coach).get(f"/projects/{project.id}/review").text
    assert "2 new ideas" in page
    assert "PDSA 1, One night</a>: planned" in page
    assert "from Understand" not in page


def test_a_review_of_a_project_where_nothing_changed_asks_what_is_in_the_way(browser, world, project, clock, reviewed):
    reviewed(project, stuck_on="no_time", next_step="Talk to the ward manager")
    clock.move(days=30)
    page = browser(world.coach).get(f"/projects/{project.id}/review").text
    assert "Nothing has changed" in page
    assert "Talk to the ward manager" in page
    assert "No time released" in page


@pytest.mark.parametrize(
    ("who", "private", "status"),
    [("coach", False, 200), ("hub", False, 200), ("member", False, 403), ("lead", False, 403), ("executive", False, 403),
     ("outsider", False, 404), ("coach", True, 404), ("hub", True, 404)],
)  # fmt: skip
def test_who_may_review(browser, world, who, private, status):
    project = world.project("A project", private=private)
    assert browser(getattr(world, who)).get(f"/projects/{project.id}/review").status_code == status


def test_the_page_costs_the_same_however_much_there_is(browser, world, project, statements):
    client = browser(world.coach)
    counts = []
    for more in (1, 30):
        for number in range(more):
            capture_idea(project, f"Idea {more} {number}", by=world.lead)
        with statements() as sent:
            assert client.get(f"/projects/{project.id}/review").status_code == 200
        counts.append(len(sent))
    assert counts[0] == counts[1] < 35


def test_five_projects_in_a_row(browser, world, clock):
    titles = ["First", "Second", "Third", "Fourth", "Fifth"]
    for title in titles:
        world.project(title)
        clock.move(days=1)
    client = browser(world.coach)
    page = client.get("/coaching/").text
    address = page.split('class="nhsuk-button" role="button" draggable="false" href="')[1].split('"')[0]
    seen = []
    while address != "/coaching/":
        text = client.get(address).text
        seen.append(next(title for title in titles if f">{title}</a></h1>" in text))
        address = client.post(address, data={"going_well": "On its way."}).location
    assert seen == titles
    assert "Nothing waits for you" in client.get("/coaching/").text


def test_a_pause_ends_by_itself_and_the_project_is_back_in_the_queue(browser, world, project, clock, reviewed):
    reviewed(project, next_review=clock.now.date() + timedelta(days=300), score=20, why="So it is.")
    until = clock.now.date() + timedelta(days=60)
    typed = {"why": "Winter", "restarts": str(world.lead.id), "until": f"{until:%d/%m/%Y}"}
    assert browser(world.lead).post(f"/projects/{project.id}/pause", data=typed).status_code == 303
    for days, is_waiting in ((59, False), (1, False), (7, True)):
        clock.move(days=days)
        keep([db.session.get(Project, project.id)], clock.now.date())
        db.session.commit()
        rows = rows_of(read_person(world.coach), clock.now.date())
        asked = [ask.code for row in rows for ask in row.asks]
        assert ("standing" in asked) is is_waiting, days
    assert "pause_ended" in [reason["code"] for reason in db.session.get(Standing, project.id).reasons]


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ({"advice": "Who could count at night?"}, ["lead@example.org"]),
        ({"advice": "Well done."}, []),
        ({"going_well": "Well", "help_wanted": "An hour"}, ["sponsor@example.org"]),
    ],
)
def test_who_is_asked_directly_is_written_to_at_once_and_nobody_else(browser, world, project, typed, who):
    sponsor = world.person("sponsor", Role.STAFF, world.hospital)
    give_role(sponsor, Role.SPONSOR, by=None, project=project)
    browser(world.coach).post(f"/projects/{project.id}/review", data=typed)
    found = db.session.scalars(select(Letter))
    assert [letter.person.email for letter in found] == who
