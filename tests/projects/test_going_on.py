"""What keeps a project going: barriers, pauses, a new lead, scores, and an end that teaches something."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from qitracker.method.roles import Role
from qitracker.method.score import VALUES
from qitracker.method.stalled.holds import HoldKind
from qitracker.models import Barrier, Event, Hold, Project, RoleHeld, Scorer, db
from qitracker.models.coaching import ProgressScore
from qitracker.people.actions import end_role, switch_off
from qitracker.plumbing import clock as now
from qitracker.projects.score_chart import score_chart, steps_of
from qitracker.projects.supporting import add_barrier, escalate_barrier, give_score, hold


@pytest.fixture
def project(world):
    return world.project()


def day(name, when):
    return {f"{name}-day": when.day, f"{name}-month": when.month, f"{name}-year": when.year}


def home(project):
    return f"/projects/{project.id}/"


# Barriers


def test_a_barrier_is_told_taken_to_the_sponsor_and_cleared(browser, world, project):
    client = browser(world.member)
    page = f"{home(project)}barriers"
    assert "Nothing is in the way" in client.get(page).text
    assert (
        client.post(page, data={"text": "The printer cannot do labels", "stuck_on": "waiting_for_others"}).status_code
        == 303
    )
    barrier = db.session.scalar(select(Barrier))
    assert barrier.escalated_at is None
    shown = client.get(page).text
    assert "The printer cannot do labels" in shown
    assert "Test on paper meanwhile" in shown
    assert "The printer cannot do labels" in client.get(home(project)).text
    client.post(f"/barriers/{barrier.id}/escalate")
    assert "The sponsor was asked on" in client.get(page).text
    client.post(f"/barriers/{barrier.id}/clear", data={"how": "A label printer came"})
    cleared = client.get(page).text
    assert "A label printer came" in cleared
    assert "Ask the sponsor<" not in cleared
    assert "The printer" not in client.get(home(project)).text.split('id="way"')[1].split("</section>")[0]
    assert db.session.scalar(select(Event.life).where(Event.noun == "barrier", Event.life.is_not(None))) == "barrier"


def test_asking_twice_and_clearing_twice_changes_nothing(browser, world, project, clock):
    barrier = add_barrier(project, "No room", by=world.member, escalate=True)
    asked = barrier.escalated_at
    clock.move(hours=1)
    assert escalate_barrier(barrier, by=world.member) is False
    client = browser(world.member)
    for how in ("First", "Second"):
        client.post(f"/barriers/{barrier.id}/clear", data={"how": how})
    db.session.refresh(barrier)
    assert (barrier.escalated_at, barrier.cleared_how) == (asked, "First")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text": ""}, "Say what is in the way"),
        ({"text": "x" * 501}, "Shorten it"),
        ({"text": "a", "stuck_on": "moon"}, "Choose one"),
    ],
)
def test_a_barrier_that_cannot_be_kept_is_said(browser, world, project, typed, sentence):
    answer = browser(world.member).post(f"{home(project)}barriers", data=typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert db.session.scalar(select(Barrier)) is None


# Pauses


def test_a_pause_rests_the_project_and_ends_early_or_by_itself(browser, world, project, clock):
    client = browser(world.lead)
    until = now.today() + timedelta(days=30)
    typed = {"why": "Winter pressure", "restarts": str(world.member.id), **day("until", until)}
    assert client.post(f"{home(project)}pause", data=typed).status_code == 303
    shown = client.get(home(project)).text
    assert "Paused until 5 November 2025" in shown
    assert "Winter pressure" in shown
    mine = client.get("/projects/mine").text
    assert "Paused until 5 November 2025" in mine
    assert "Paused.</strong>" not in mine  # its sentence says so already
    assert "Role member" in client.get(f"{home(project)}pause").text
    again = client.post(f"{home(project)}pause", data=typed)
    assert again.location.endswith("/pause")
    assert len(db.session.scalars(select(Hold)).all()) == 1
    client.post(f"{home(project)}pause/end")
    assert "Paused until" not in client.get(home(project)).text
    client.post(f"{home(project)}pause", data=typed)
    clock.move(days=30)
    later = browser(world.lead).get(home(project)).text
    assert "The pause ended on 5 November 2025." in later
    assert "Pause the project" in browser(world.lead).get(f"{home(project)}pause").text


@pytest.mark.parametrize(
    ("days", "typed", "sentence"),
    [
        (90, {}, None),
        (91, {}, "Choose a day up to"),
        (0, {}, "Choose a day after today"),
        (-5, {}, "Choose a day after today"),
        (30, {"why": ""}, "Say why"),
        (30, {"restarts": ""}, "Choose who takes it up again"),
        (30, {"restarts": "stranger"}, "Choose one from the list"),
        (None, {}, "Enter the day"),
    ],
)
def test_a_pause_needs_a_reason_a_person_and_a_day_within_ninety(browser, world, project, days, typed, sentence):
    data = {"why": "Winter", "restarts": str(world.lead.id), **typed}
    if days is not None:
        data |= day("until", now.today() + timedelta(days=days))
    answer = browser(world.lead).post(f"{home(project)}pause", data=data)
    assert answer.status_code == (422 if sentence else 303)
    assert sentence is None or sentence in answer.text
    assert (db.session.scalar(select(Hold)) is None) is bool(sentence)


def test_who_left_cannot_take_it_up_again_and_a_snooze_is_no_pause(browser, world, project):
    switch_off(world.member, by=world.admin)
    hold(project, HoldKind.SNOOZE, "Next week", now.today() + timedelta(7), by=world.hub)
    page = browser(world.lead).get(f"{home(project)}pause").text
    assert "Role member" not in page
    assert "Pause the project" in page


# Adopting


def leave(world, project):
    held = db.session.scalar(
        select(RoleHeld).where(RoleHeld.project_id == project.id, RoleHeld.role == Role.PROJECT_LEAD)
    )
    end_role(held, by=world.hub, project=project)
    db.session.commit()


@pytest.mark.parametrize("how", ["role ended", "person left"])
def test_a_project_without_a_lead_is_adopted_by_somebody_who_works_here(browser, world, project, how):
    if how == "role ended":
        leave(world, project)
    else:
        switch_off(world.lead, by=world.admin)
        db.session.commit()
    client = browser(world.staff)
    assert "dopt this project" in client.get(home(project)).text
    assert client.post(f"{home(project)}adopt", data={"why": "It is my ward."}).status_code == 303
    assert db.session.get(Project, project.id).lead_id == world.staff.id
    leads = db.session.scalars(
        select(RoleHeld.person_id).where(RoleHeld.project_id == project.id, RoleHeld.role == Role.PROJECT_LEAD)
    )
    assert list(leads) == [world.staff.id]
    shown = client.get(home(project)).text
    assert "dopt this project" not in shown
    assert "Role staff" in shown
    assert db.session.scalar(select(Event.why).where(Event.verb == "adopted")) == "It is my ward."


def test_a_project_with_a_lead_cannot_be_taken_over(browser, world, project):
    client = browser(world.staff)
    assert "dopt this project</a>" not in client.get(home(project)).text
    assert "Role lead" in client.get(f"{home(project)}adopt").text
    client.post(f"{home(project)}adopt", data={"why": "Mine"})
    assert db.session.get(Project, project.id).lead_id == world.lead.id


@pytest.mark.parametrize(("who", "status"), [("executive", 403), ("partner", 403), ("outsider", 404), ("coach", 303)])
def test_who_may_adopt(browser, world, project, who, status):
    leave(world, project)
    assert browser(getattr(world, who)).post(f"{home(project)}adopt", data={}).status_code == status


def test_of_two_who_adopt_at_once_the_first_leads(browser, world, project):
    leave(world, project)
    for person in (world.staff, world.manager):
        browser(person).post(f"{home(project)}adopt", data={})
    assert db.session.get(Project, project.id).lead_id == world.staff.id


# Scores


def test_the_three_scores_stand_side_by_side_with_the_gap_in_words(browser, world, project, clock):
    give_score(project, Scorer.COACH, 15, "Planning began.", by=world.coach)
    client = browser(world.member)
    answer = client.post(f"{home(project)}score", data={"score": "30", "why": "Fewer falls already."})
    assert answer.status_code == 303
    page = client.get(f"{home(project)}score").text
    for shown in ("The team says 3.0, the coach 1.5.", "Fewer falls already.", "Planning began.", "Modest improvement",
                  "Why not higher yet?", "Complete the aim.", "<svg"):  # fmt: skip
        assert shown in page
    line = client.get(home(project)).text
    assert "suggested 0.5, team 3.0, coach 1.5" in line


def test_a_drop_is_allowed_and_every_score_stays(browser, world, project, clock):
    client = browser(world.member)
    for score in ("30", "20"):
        client.post(f"{home(project)}score", data={"score": score, "why": f"We say {score}."})
    page = client.get(f"{home(project)}score").text
    assert "We say 30." in page
    assert "We say 20." in page
    assert "team 2.0" in client.get(home(project)).text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [({}, "Choose a score"), ({"score": "30"}, "Give your reason"), ({"score": "31", "why": "w"}, "Choose one from the list"),
     ({"score": "-5", "why": "w"}, "Choose one from the list"), ({"score": "３０", "why": "w"}, "Choose one from the list"),
     ({"score": "30", "why": "x" * 501}, "Shorten it")],
)  # fmt: skip
def test_a_score_off_the_scale_or_without_a_reason_is_refused(browser, world, project, typed, sentence):
    answer = browser(world.member).post(f"{home(project)}score", data=typed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert db.session.scalar(select(ProgressScore).where(ProgressScore.scorer == Scorer.TEAM)) is None


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(list(Scorer)), st.sampled_from(VALUES), st.integers(-400, 10)), max_size=12))
def test_the_steps_show_the_last_score_of_each_day_and_nothing_leaves_the_picture(clock, given_scores):
    today = clock.now.date()
    rows = [
        ProgressScore(scorer=scorer, tenths=round(value * 10), on=today + timedelta(days), why="")
        for scorer, value, days in sorted(given_scores, key=lambda one: one[2])
    ]
    lines = steps_of(rows)
    assert {line.points[-1][1] for line in lines} == {
        [row.value for row in rows if row.scorer is scorer][-1] for scorer in {row.scorer for row in rows}
    }
    picture = score_chart(rows, today)
    assert bool(picture) is bool(rows)
    assert picture.count("<path") == len(lines)
    assert "nan" not in picture.lower().replace("font-family", "")
