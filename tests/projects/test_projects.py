"""A project: registered in five fields, seen by those who may, moved through its stages, never lost."""

import re
import uuid

import pytest
from sqlalchemy import func, select

from qitracker.method.next_card.card import NextCard
from qitracker.method.stages import Tool
from qitracker.models import Aim, CoachWord, Event, Project, StageMove, StepEntry, db
from qitracker.plumbing import clock
from qitracker.projects.addresses import address_of
from qitracker.standing.facts import facts_of, gather
from tests.shape.objects import ids_for

FIVE = {"title": "Fewer falls at night", "problem": "Too many people fall when they get up at night.", "level": "micro"}


def five(world, **other):
    return {**FIVE, "unit": str(world.ward18.id), "lead": "lead@example.org", **other}


def test_five_fields_register_a_project_and_lead_to_its_home(browser, world, key):
    client = browser(world.lead)
    answer = client.post("/projects/new", data=five(world, submission=key))
    project = db.session.scalar(select(Project))
    assert answer.status_code == 303
    assert answer.location == f"/projects/{project.id}/"
    assert (project.title, project.stage, project.lead_id) == (FIVE["title"], "understand", world.lead.id)
    page = client.get(answer.location)
    assert page.status_code == 200
    assert "Next:" in page.text


def test_a_double_click_registers_one_project(browser, world, key):
    client = browser(world.lead)
    answers = [client.post("/projects/new", data=five(world, submission=key)) for _ in range(3)]
    assert len({answer.location for answer in answers}) == 1
    assert db.session.scalar(select(func.count()).select_from(Project)) == 1


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "", "Enter a title"),
        ("title", "x" * 91, "Shorten it to 90 characters"),
        ("title", "a\0b", "invisible control character"),
        ("problem", " ", "Say what the problem is"),
        ("unit", "", "Choose a place"),
        ("unit", "nonsense", "Choose one from the list"),
        ("level", "giant", "Choose one from the list"),
        ("lead", "nobody@example.org", "Nobody who works here"),
        ("lead", "not an address", "Enter an e-mail address"),
    ],
)
def test_what_cannot_be_stored_is_said_beside_the_field_and_the_typing_kept(browser, world, field, value, sentence):
    answer = browser(world.lead).post("/projects/new", data=five(world, **{field: value}))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert FIVE["title"] in answer.text or field == "title"
    assert db.session.scalar(select(func.count()).select_from(Project)) == 0


def test_a_place_of_another_hospital_is_refused(browser, world):
    answer = browser(world.lead).post("/projects/new", data=five(world, unit=str(world.other_ward.id)))
    assert answer.status_code == 422


def test_similar_projects_closed_ones_too_are_shown_before_saving(browser, world, clock):
    earlier = world.project("Fewer falls at night on Ward 21")
    earlier.closed_at = clock.now
    client = browser(world.lead)
    answer = client.post("/projects/new", data=five(world))
    assert answer.status_code == 422
    assert "Fewer falls at night on Ward 21" in answer.text
    again = client.post("/projects/new", data=five(world, seen_similar="yes"))
    assert again.status_code == 303


def test_a_text_that_looks_like_a_patient_asks_first_and_never_blocks(browser, world):
    client = browser(world.lead)
    data = five(world, problem="Patient 943 476 5919 fell twice.")
    asked = client.post("/projects/new", data=data)
    assert asked.status_code == 422
    assert "Please check before you save" in asked.text
    assert client.post("/projects/new", data={**data, "save_anyway": "yes"}).status_code == 303


@pytest.mark.parametrize("path", ["", "aim", "stage", "coach", "history", "steps/focus", "team/"])
def test_every_page_of_a_project_opens_for_the_team_and_not_for_outsiders(browser, world, path):
    project = world.project()
    assert browser(world.member).get(f"/projects/{project.id}/{path}").status_code == 200
    assert browser(world.staff).get(f"/projects/{project.id}/{path}").status_code == 200
    assert browser(world.outsider).get(f"/projects/{project.id}/{path}").status_code == 404


def test_a_private_project_exists_for_its_team_alone(browser, world):
    project = world.project("Canary in a private project", private=True)
    for person in (world.staff, world.coach, world.hub, world.manager, world.executive, world.admin, world.outsider):
        client = browser(person)
        assert client.get(f"/projects/{project.id}/").status_code == 404
        assert "Canary" not in client.get("/projects/").text
    assert "Canary" in browser(world.partner).get(f"/projects/{project.id}/").text


def test_a_service_user_partner_sees_their_project_and_no_other(browser, world):
    mine = world.project("Mine")
    other = Project(
        **{c.key: getattr(mine, c.key) for c in Project.__mapper__.column_attrs if c.key not in {"id", "title"}},
        title="Another",
    )
    db.session.add(other)
    db.session.commit()
    client = browser(world.partner)
    assert client.get(f"/projects/{mine.id}/").status_code == 200
    assert client.get(f"/projects/{other.id}/").status_code == 404
    assert "Another" not in client.get("/projects/").text


def test_a_step_keeps_its_answers_and_says_who_and_when(browser, world):
    project = world.project()
    client = browser(world.member)
    data = {
        "answer_problem": "Falls at night",
        "answer_evidence": "12 last month",
        "status": "done",
        "owner": str(world.lead.id),
        "due-day": "1",
        "due-month": "11",
        "due-year": "2025",
        "version": "0",
    }
    assert client.post(f"/projects/{project.id}/steps/focus", data=data).status_code == 303
    entry = db.session.scalar(select(StepEntry))
    assert entry.answers["problem"] == "Falls at night"
    assert (entry.status, entry.owner_id, entry.due.isoformat()) == ("done", world.lead.id, "2025-11-01")
    event = db.session.scalar(select(Event).where(Event.noun == "step"))
    assert event.by_id == world.member.id
    assert "Falls at night" in client.get(f"/projects/{project.id}/steps/focus").text


def test_the_problem_told_at_registration_is_not_asked_for_again(browser, world):
    client = browser(world.lead)
    home = client.post("/projects/new", data=five(world)).location
    assert "Describe the problem" not in client.get("/projects/mine").text
    assert "Answer “What is the problem?”" not in client.get(home).text
    box = re.search(r'<textarea[^>]*name="answer_problem"[^>]*>([^<]*)', client.get(f"{home}steps/focus").text)
    assert box is not None
    assert box[1].strip() == FIVE["problem"]
    client.post(f"{home}steps/focus", data={"status": "in_progress", "answer_problem": "", "version": "0"})
    assert "Describe the problem" in client.get("/projects/mine").text


def test_a_running_cycle_is_followed_where_its_notes_are_written(app):
    card = NextCard("follow_cycle", "Add a note", "", "", Tool.CYCLES, str(uuid.uuid4()), 1)
    with app.test_request_context():
        assert address_of(card, uuid.uuid4()) == f"/cycles/{card.target_key}/do"


def test_a_talk_with_the_coach_is_a_review(browser, world):
    project = world.project()
    assert facts_of(gather([project])[project.id], clock.today()).reviewed is None
    browser(world.coach).post(f"/projects/{project.id}/coach", data={"text": "It lasts. Well done."})
    assert facts_of(gather([project])[project.id], clock.today()).reviewed == clock.today()


def test_the_second_editor_is_told_sees_both_and_keeps_the_typing(browser, world):
    project = world.project()
    one, two = browser(world.member), browser(world.lead)
    address = f"/projects/{project.id}/steps/focus"
    one.post(address, data={"answer_problem": "First words", "status": "in_progress", "version": "0"})
    one.post(address, data={"answer_problem": "Newer words", "status": "in_progress", "version": "1"})
    told = two.post(address, data={"answer_problem": "My typing", "status": "done", "version": "1"})
    assert told.status_code == 409
    assert "Newer words" in told.text
    assert "My typing" in told.text
    assert two.post(address, data={"answer_problem": "My typing", "status": "done", "version": "2"}).status_code == 303


def test_the_aim_writes_its_own_sentence_and_says_what_is_missing(browser, world):
    project = world.project()
    client = browser(world.member)
    parts = {
        "what": "PPH of 1,000 ml or more",
        "population": "black and ethnic minority women and birthing people",
        "unit": "%",
        "start": "12",
        "target": "6",
    }
    first = client.post(f"/projects/{project.id}/aim", data=parts)
    assert first.location.endswith("/aim")
    page = client.get(first.location).text
    assert "by 50% (from 12% to 6%)" in page
    assert "Say by when" in page
    aim = db.session.scalar(select(Aim))
    client.post(f"/projects/{project.id}/aim", data={**parts, "by_date": "01.03.2026", "version": str(aim.version)})
    assert "by 1 March 2026" in client.get(f"/projects/{project.id}/").text


@pytest.mark.parametrize("number", ["nan", "inf", "1e309", "１２", "1_000", "twelve", "0x10", "9" * 40])
def test_an_aim_takes_no_nonsense_numbers(browser, world, number):
    project = world.project()
    answer = browser(world.member).post(f"/projects/{project.id}/aim", data={"what": "Falls", "start": number})
    assert answer.status_code == 422
    assert number[:20] in answer.text
    assert db.session.scalar(select(func.count()).select_from(Aim)) == 0


def test_going_back_a_stage_is_allowed_and_kept(browser, world):
    project = world.project(stage="co_design")
    client = browser(world.lead)
    assert (
        client.post(f"/projects/{project.id}/stage/understand", data={"why": "We skipped the interviews"}).status_code
        == 303
    )
    assert db.session.get(Project, project.id).stage == "understand"
    move = db.session.scalar(select(StageMove))
    assert (move.from_stage, move.to_stage, move.why) == ("co_design", "understand", "We skipped the interviews")
    assert client.post(f"/projects/{project.id}/stage/heaven").status_code == 404


def test_coach_and_team_talk(browser, world):
    project = world.project()
    coach, member = browser(world.coach), browser(world.member)
    assert member.post(f"/projects/{project.id}/coach", data={"text": "Hello"}).status_code == 403
    coach.post(f"/projects/{project.id}/coach", data={"text": "What did the night staff say?"})
    assert "What did the night staff say?" in member.get(f"/projects/{project.id}/").text
    word = db.session.scalar(select(CoachWord))
    assert member.post(f"/coach-words/{word.id}/answer", data={"text": "They want lights."}).status_code == 303
    assert "They want lights." in coach.get(f"/projects/{project.id}/coach").text


def test_closing_keeps_the_project_readable_and_it_can_be_opened_again(browser, world):
    project = world.project()
    client = browser(world.lead)
    assert client.post(f"/projects/{project.id}/close", data={"why": ""}).status_code == 422
    ending = {"closing": "achieved", "learnt": "Ask the night staff first.", "why": "Aim met, lights stay."}
    client.post(f"/projects/{project.id}/close", data=ending)
    assert "Aim met, lights stay." in browser(world.staff).get(f"/projects/{project.id}/").text
    client.post(f"/projects/{project.id}/reopen")
    assert db.session.get(Project, project.id).closed_at is None


def test_readers_cannot_write(browser, world):
    project = world.project()
    client = browser(world.executive)
    assert client.post(f"/projects/{project.id}/aim", data={"what": "x"}).status_code == 403
    assert client.post(f"/projects/{project.id}/stage/deliver").status_code == 403
    assert client.post(f"/projects/{project.id}/steps/focus", data={"status": "done"}).status_code == 403


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=" + "x" * 5000,
        "page=-1",
        "page=99999999999",
        "page=0000010000000000000000000000",
        "page=١",
        "unit=zzz",
        "stage=moon",
        "state=1",
    ],
)
def test_the_register_stands_whatever_is_in_its_address(browser, world, query):
    world.project()
    assert browser(world.staff).get(f"/projects/?{query}").status_code == 200


def test_unknown_ids_are_not_found(browser, world):
    client = browser(world.lead)
    for address in (f"/projects/{uuid.uuid4()}/", "/projects/1/", "/projects/%00/", f"/projects/{uuid.uuid4()}/aim"):
        assert client.get(address).status_code == 404


def test_many_projects_of_one_person_come_in_pages(browser, world):
    for number in range(14):
        world.project(f"Project {number}")
    client = browser(world.lead)
    first, second = client.get("/projects/mine").text, client.get("/projects/mine?page=2").text
    assert (first.count("<article"), second.count("<article")) == (12, 2)
    assert "Page 1 of 2" in first


def test_what_shows_a_step_is_a_thing_of_this_project_a_link_or_a_few_words(browser, world):
    project, other = world.project(), world.project("Another project")
    ids, elsewhere = ids_for(world, project), ids_for(world, other)
    client = browser(world.member)
    address = f"/projects/{project.id}/steps/testing/evidence"
    assert client.post(address, data={"thing": str(ids["cycle_id"])}).status_code == 303
    assert client.post(address, data={"words": "Map", "address": "https://intranet.example/map"}).status_code == 303
    page = client.get(f"/projects/{project.id}/steps/testing").text
    assert f'href="/cycles/{ids["cycle_id"]}/"' in page
    assert 'href="https://intranet.example/map"' in page
    for nonsense in ({}, {"thing": str(elsewhere["cycle_id"])}, {"words": "x", "address": "javascript:alert(1)"}):
        assert client.post(address, data=nonsense).status_code == 422, nonsense
