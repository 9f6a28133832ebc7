"""The talk of coach, hub and team: who may say what, what waits for an answer, and nothing typed is lost."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from qitracker.coaching.team_actions import go_away
from qitracker.method.roles import Role
from qitracker.models import CoachWord, Intake, Letter, RoleHeld, WordKind, db
from qitracker.people.actions import end_role
from qitracker.plumbing import clock
from qitracker.projects.actions import say


def count(kind=CoachWord):
    return db.session.scalar(select(func.count()).select_from(kind))


def test_the_team_asks_and_its_coach_answers(browser, world, project):
    member, coach = browser(world.member), browser(world.coach)
    page = f"/projects/{project.id}/coach"
    assert member.post(f"{page}/ask", data={"text": "How many women do we ask?"}).status_code == 303
    asked = db.session.scalar(select(CoachWord))
    assert asked.kind is WordKind.QUESTION
    assert "Waits for an answer" in coach.get(page).text
    assert coach.post(f"/coach-words/{asked.id}/reply", data={"text": "Five are enough."}).status_code == 303
    told = member.get(page).text
    assert "Five are enough." in told
    assert "Waits for an answer" not in told
    assert "Answered" in told


@pytest.mark.parametrize(
    ("text", "kind", "tag"),
    [
        ("Well done.", WordKind.ADVICE, None),
        ("What about nights?", WordKind.ADVICE, "Waits for an answer"),
        ("I can come on Friday.", WordKind.HELP, "Waits for an answer"),
        ("We would like to talk", WordKind.QUESTION, "Waits for an answer"),
        ("Seen.", WordKind.INTAKE, None),
    ],
)
def test_what_waits_for_an_answer_says_so(browser, world, project, text, kind, tag):
    say(project, text, by=world.hub, kind=kind)
    page = browser(world.member).get(f"/projects/{project.id}/coach").text
    assert text in page
    assert ("Waits for an answer" in page) is (tag is not None)


@pytest.mark.parametrize(
    ("who", "kind", "endpoint", "status"),
    [
        ("member", WordKind.ADVICE, "answer", 303),
        ("member", WordKind.HELP, "answer", 303),
        ("member", WordKind.QUESTION, "answer", 404),
        ("coach", WordKind.QUESTION, "reply", 303),
        ("hub", WordKind.QUESTION, "reply", 303),
        ("coach", WordKind.ADVICE, "reply", 404),
        ("coach", WordKind.ADVICE, "answer", 403),
        ("member", WordKind.QUESTION, "reply", 403),
        ("executive", WordKind.HELP, "answer", 403),
        ("outsider", WordKind.QUESTION, "reply", 404),
    ],
)
def test_each_word_is_answered_by_those_it_was_said_to(browser, world, project, who, kind, endpoint, status):
    word = say(project, "Shall we meet?", by=world.coach, kind=kind)
    answer = browser(getattr(world, who)).post(f"/coach-words/{word.id}/{endpoint}", data={"text": "Yes."})
    assert answer.status_code == status
    assert count() == (2 if status == 303 else 1)


def test_an_answer_is_not_answered_again_but_the_word_may_have_several(browser, world, project):
    word = say(project, "Shall we meet?", by=world.coach)
    member = browser(world.member)
    member.post(f"/coach-words/{word.id}/answer", data={"text": "Yes."})
    first = db.session.scalar(select(CoachWord).where(CoachWord.answers_id == word.id))
    assert member.post(f"/coach-words/{first.id}/answer", data={"text": "No."}).status_code == 404
    assert member.post(f"/coach-words/{word.id}/answer", data={"text": "On Friday."}).status_code == 303
    assert count() == 3


@pytest.mark.parametrize(("path", "who"), [("coach", "coach"), ("coach/ask", "member")])
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("", "Write"), ("x" * 2001, "Shorten it to 2,000 characters"), ("NHS number 943 476 5919", "Please check")],
)
def test_what_cannot_be_sent_is_kept(browser, world, project, path, who, typed, sentence):
    answer = browser(getattr(world, who)).post(f"/projects/{project.id}/{path}", data={"text": typed})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert typed in answer.text
    assert count() == 0


def test_an_answer_that_cannot_be_sent_is_kept_beside_its_word(browser, world, project):
    say(project, "An older word?", by=world.coach)
    word = say(project, "Shall we meet?", by=world.coach)
    answer = browser(world.member).post(f"/coach-words/{word.id}/answer", data={"text": "y" * 2001})
    assert answer.status_code == 422
    assert answer.text.count("y" * 2001) == 1
    assert answer.text.count('id="answer"') == 1


def test_the_hubs_answer_to_a_new_project_is_told_and_names_no_project_the_reader_may_not_see(browser, world, project):
    hidden = world.project("Canary elsewhere", private=True)
    db.session.add(
        Intake(
            project_id=project.id,
            answer="join",
            join_id=hidden.id,
            words="They are glad of help.",
            by_id=world.hub.id,
            at=clock.now(),
        )
    )
    page = browser(world.staff).get(f"/projects/{project.id}/coach").text
    assert "They are glad of help." in page
    assert "Canary" not in page
    assert "Canary elsewhere" in browser(world.member).get(f"/projects/{project.id}/coach").text


def no_coach(project, world):
    held = select(RoleHeld).where(RoleHeld.project_id == project.id, RoleHeld.role == Role.COACH)
    for one in db.session.scalars(held).all():
        end_role(one, by=world.hub)
    db.session.commit()


def written_to():
    return set(db.session.scalars(select(Letter.person_id)))


def test_a_question_of_a_team_without_a_coach_goes_to_the_hub_and_says_so(browser, world, project):
    no_coach(project, world)
    member, hub = browser(world.member), browser(world.hub)
    page = f"/projects/{project.id}/coach"
    assert "the improvement hub sees it and answers here" in member.get(page).text
    member.post(f"{page}/ask", data={"text": "Who helps us with the diagram?"})
    told = member.get(page).text
    assert "the improvement hub finds your question" in told
    assert "in their list" not in told
    assert written_to() == {world.hub.id}
    assert "The team asks: “Who helps us with the diagram?”" in hub.get("/coaching/coaches").text
    asked = db.session.scalar(select(CoachWord))
    assert hub.post(f"/coach-words/{asked.id}/reply", data={"text": "I do."}).status_code == 303
    assert "Who helps us" not in hub.get("/coaching/coaches").text


def test_a_private_project_without_a_coach_says_that_nobody_hears(browser, world):
    hidden = world.project("Canary", private=True)
    page = f"/projects/{hidden.id}/coach"
    browser(world.member).post(f"{page}/ask", data={"text": "Anybody?"})
    assert "Name a coach on the team’s page" in browser(world.member).get(page).text
    assert written_to() == set()
    assert "Anybody?" not in browser(world.hub).get("/coaching/coaches").text


@pytest.mark.parametrize(("days", "hears"), [(0, True), (-3, False)])
def test_who_covers_for_a_coach_hears_the_question_too(browser, world, project, days, hears):
    other = world.person("other", Role.COACH, world.hospital)
    today = clock.today()
    go_away(world.coach.id, today - timedelta(9), today + timedelta(days), other.id, by=world.coach)
    browser(world.member).post(f"/projects/{project.id}/coach/ask", data={"text": "Five or ten?"})
    assert written_to() == ({world.coach.id, other.id} if hears else {world.coach.id})
