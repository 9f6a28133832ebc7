"""What a tired coach meets on a phone: the evidence before the form, one obvious thing to do, and nothing said twice."""

import re
from datetime import timedelta

import pytest

from qitracker.coaching.team_actions import go_away
from qitracker.coaching.visits import time_in_words
from qitracker.method.roles import Role
from qitracker.method.stalled.values import STATES
from qitracker.models import Intake, WordKind, db
from qitracker.people.actions import give_role
from qitracker.plumbing import clock as now
from qitracker.plumbing import history
from qitracker.projects.actions import say
from qitracker.standing.keeping import keep

REASON = {
    "code": "no_cycle",
    "sentence": "No PDSA cycle for 7 weeks.",
    "since": "2025-09-01",
    "clears": "It clears when a test starts.",
    "state": "stalled",
    "tool": "cycles",
    "target_key": None,
    "told_from": "2025-09-01",
    "told": ["team"],
}
HERE = 'aria-current="true">{}</a>'


def asked(world, project):
    return say(project, "How many women do we ask?", by=world.member, kind=WordKind.QUESTION)


def test_a_review_shows_reason_chart_and_scores_before_it_asks_for_anything(browser, world, project, stands):
    stands(project, "stalled", reasons=[REASON], sentence=REASON["sentence"], since=now.today())
    page = browser(world.coach).get(f"/projects/{project.id}/review").text
    places = [page.index(text) for text in (REASON["sentence"], REASON["clears"], 'id="scores"', 'name="going_well"')]
    assert places == sorted(places)


@pytest.mark.parametrize("page", ["review", "coach", "coach/give"])
def test_the_coachs_pages_of_a_project_stand_under_coaching(browser, world, project, page):
    coach = browser(world.coach).get(f"/projects/{project.id}/{page}").text
    assert HERE.format("Coaching") in coach
    assert HERE.format("My projects") not in coach


def test_for_the_team_the_talk_stands_under_its_projects(browser, world, project):
    assert HERE.format("My projects") in browser(world.member).get(f"/projects/{project.id}/coach").text


def test_where_only_the_team_asks_the_button_is_the_answer(browser, world, project, reviewed):
    reviewed(project)
    asked(world, project)
    page = browser(world.coach).get("/coaching/").text
    button = page[page.index('class="nhsuk-button"') :]
    assert f"/projects/{project.id}/coach" in button[:200]
    assert "1 project waits for you." in page
    assert "the oldest wait first" not in page


def test_where_more_is_asked_the_button_is_the_review(browser, world, project):
    asked(world, project)
    page = browser(world.coach).get("/coaching/").text
    button = page[page.index('class="nhsuk-button"') :]
    assert f"/projects/{project.id}/review" in button[:200]
    assert "Answer the team" in page


def test_after_a_review_the_next_is_named_with_how_many_follow(browser, world, project):
    world.project("Second"), world.project("Third")
    coach = browser(world.coach)
    coach.post(f"/projects/{project.id}/review", data={"going_well": "Numbers come in."})
    said = coach.get("/coaching/").text
    assert "is reviewed. Next: Second. 1 more after that." in said


def test_a_review_that_leaves_a_question_says_so_and_not_the_title_twice(browser, world, project):
    asked(world, project)
    coach = browser(world.coach)
    answer = coach.post(f"/projects/{project.id}/review", data={"going_well": "Numbers come in."})
    assert answer.headers["Location"].endswith(f"/projects/{project.id}/coach")
    said = coach.get(f"/projects/{project.id}/coach").text
    assert f"{project.title} is reviewed. Its team still asks you something." in said
    assert "Next:" not in said


def test_what_a_review_found_stays_with_the_talk_with_advice_or_without(browser, world, project, reviewed, clock):
    reviewed(project, going_well="The nights joined in.", stuck_on="no_data", next_step="Count five a week")
    clock.move(days=7)
    reviewed(project, advice="What about nights?", going_well="", next_step="Ask the nights", owner_id=world.member.id)
    page = browser(world.member).get(f"/projects/{project.id}/coach").text
    order = ["What about nights?", "Ask the nights", "The nights joined in.", "Count five a week"]
    assert [page.index(text) for text in order] == sorted(page.index(text) for text in order)
    assert "No data, or data come late" in page
    assert f"({world.member.name})" in page
    assert page.count("Waits for an answer") == 1


def test_a_visit_is_noted_before_the_list_of_visits(browser, world, project):
    coach = browser(world.coach)
    day = {f"on-{name}": str(getattr(now.today(), name)) for name in ("day", "month", "year")}
    coach.post("/coaching/visits", data={**day, "unit": str(world.ward18.id), "minutes": "90"})
    page = coach.get("/coaching/visits").text
    assert page.index("Save the visit") < page.index("Your latest visits")
    assert "Yours took 1 hour 30 minutes in all." in page


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, ""), (1, "1 minute"), (59, "59 minutes"), (60, "1 hour"), (121, "2 hours 1 minute"), (780, "13 hours")],
)
def test_minutes_are_said_as_hours(minutes, words):
    assert time_in_words(minutes) == words


def test_handing_over_says_which_colleague_is_away(browser, world, project):
    give_role(world.executive, Role.COACH, by=None, unit=world.ward18)
    go_away(world.executive.id, now.today(), now.today() + timedelta(days=4), world.coach.id, by=world.hub)
    db.session.commit()
    page = browser(world.coach).get(f"/projects/{project.id}/coach/give").text
    assert f"{world.executive.name}, away until" in page


def test_the_history_speaks_in_words_and_keeps_the_note_of_a_visit(browser, world, project, reviewed):
    reviewed(project, score=20, why="Numbers are there.")
    coach = browser(world.coach)
    hold = {"why": "Winter", "until-day": "20", "until-month": "10", "until-year": "2025"}
    coach.post(f"/hub/projects/{project.id}/snooze", data=hold)
    day = {f"on-{name}": str(getattr(now.today(), name)) for name in ("day", "month", "year")}
    visit = {**day, "unit": str(world.ward18.id), "project": str(project.id), "note": "Between us two."}
    coach.post("/coaching/visits", data=visit)
    page = browser(world.member).get(f"/projects/{project.id}/history").text
    for words in ("Review added", "Progress score added", "Snooze added", "Visit added"):
        assert f"<strong>{words}</strong>" in page
    assert "_" not in "".join(re.findall(r"<strong>([^<]*)</strong>", page))
    assert "Between us two." not in page


def home(browser, who, project):
    return browser(who).get(f"/projects/{project.id}/").text


def test_the_word_of_the_coach_stays_on_the_first_page_when_the_team_asks_something(browser, world, project, reviewed):
    reviewed(project, advice="Brilliant run. Have you looked at nights?")
    asked(world, project)
    page = home(browser, world.member, project)
    assert "“Brilliant run. Have you looked at nights?”" in page
    assert "asks the coach:</strong> “How many women do we ask?”" in page
    assert "Answer the team" not in page
    assert "Answer the team" in home(browser, world.coach, project)


def test_the_welcome_of_the_hub_makes_room_for_the_first_review_and_stays_with_the_talk(
    browser, world, project, reviewed
):
    said = "Go ahead, and ring us."
    db.session.add(Intake(project_id=project.id, answer="welcome", words=said, at=now.now(), by_id=world.hub.id))
    db.session.commit()
    assert said in home(browser, world.member, project)
    reviewed(project)
    assert said not in home(browser, world.member, project)
    assert said in browser(world.member).get(f"/projects/{project.id}/coach").text


def test_the_last_activity_is_the_last_sign_of_life_on_every_page(browser, world, project, clock):
    clock.move(days=20)
    history.amend(project, "project", by=world.lead, project_id=project.id, title="A new name for it")
    keep([project], now.today())
    db.session.commit()
    lead, hub = browser(world.lead), browser(world.hub)
    assert "<strong>Last activity</strong> 2 weeks ago" in lead.get(f"/projects/{project.id}/").text
    assert "Last activity 2 weeks ago" in lead.get("/projects/mine").text
    assert "2 weeks ago</td>" in " ".join(lead.get("/projects/").text.split())
    assert hub.get("/hub/projects.csv").text.splitlines()[1].count(",20,")


def test_a_project_that_rests_asks_for_nothing_and_offers_to_go_on(browser, world, project):
    lead = browser(world.lead)
    assert 'id="next"' in lead.get(f"/projects/{project.id}/").text
    assert "<strong>Next:</strong>" in lead.get("/projects/mine").text
    until = now.today() + timedelta(days=30)
    day = {f"until-{name}": str(getattr(until, name)) for name in ("day", "month", "year")}
    lead.post(f"/projects/{project.id}/pause", data={**day, "why": "The ward moves", "restarts": str(world.lead.id)})
    page, mine = lead.get(f"/projects/{project.id}/").text, lead.get("/projects/mine").text
    assert 'id="next"' not in page
    assert "Take it up again now" in page
    assert "<strong>Next:</strong>" not in mine
    assert "“The ward moves”" in mine


def test_help_says_what_each_state_means_and_who_is_told_when(browser, world):
    page = browser(world.member).get("/help").text
    for words in STATES.values():
        assert f"<li><strong>{words.name}:</strong> {words.meaning}</li>" in page
    assert "told 7 days later and the improvement hub after 14" in page


def test_the_talk_says_whose_answer_it_waits_for(browser, world, project):
    asked(world, project)
    say(project, "What about nights?", by=world.coach)
    page = browser(world.coach).get(f"/projects/{project.id}/coach").text
    assert "Waits for an answer from the coach" in page
    assert "Waits for an answer from the team" in page
