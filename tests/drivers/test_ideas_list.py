"""Capturing ideas, and the list of them."""

import re

import pytest

from qitracker.method.cycles import Decision
from qitracker.method.ideas import IdeaStatus
from qitracker.models import Event, Idea, db


def ideas_of(project):
    return db.session.query(Idea).filter_by(project_id=project.id).order_by(Idea.position).all()


@pytest.mark.parametrize("who", ["lead", "member", "staff", "partner", "coach", "hub", "admin"])
def test_whoever_works_here_or_has_the_care_may_add_an_idea(browser, world, project, who):
    person = getattr(world, who)
    answer = browser(person).post(f"/projects/{project.id}/ideas/", data={"text": "  Bell  in reach "})
    assert answer.status_code == 303
    (idea,) = ideas_of(project)
    assert (idea.text, idea.by_id, idea.status) == ("Bell in reach", person.id, IdeaStatus.NEW)
    event = db.session.query(Event).filter_by(noun="idea", noun_id=str(idea.id)).one()
    assert (event.verb, event.by_id, event.new["text"]) == ("added", person.id, "Bell in reach")


def test_after_saving_the_box_is_empty_and_in_focus(browser, world, project):
    client = browser(world.staff)
    answer = client.post(f"/projects/{project.id}/ideas/", data={"text": "Night lights"})
    page = client.get(answer.location).text
    box = re.search(r"<input[^>]*name=\"text\"[^>]*>", page).group()
    assert "autofocus" in box
    assert "Night lights" not in box
    assert "Saved: Night lights" in page
    assert "autofocus" not in client.get(f"/projects/{project.id}/ideas/").text


@pytest.mark.parametrize(("who", "status"), [("outsider", 404), ("executive", 403)])
def test_others_may_not(browser, world, project, who, status):
    answer = browser(getattr(world, who)).post(f"/projects/{project.id}/ideas/", data={"text": "Bell"})
    assert answer.status_code == status
    assert ideas_of(project) == []


def test_a_private_project_does_not_exist_for_staff(browser, world):
    private = world.project("Secret", private=True)
    client = browser(world.staff)
    assert client.get(f"/projects/{private.id}/ideas/").status_code == 404
    assert client.post(f"/projects/{private.id}/ideas/", data={"text": "Bell"}).status_code == 404
    assert browser(world.partner).post(f"/projects/{private.id}/ideas/", data={"text": "Bell"}).status_code == 303


def test_the_same_form_sent_twice_is_one_idea(browser, world, project, key):
    client = browser(world.staff)
    for _ in range(3):
        assert (
            client.post(f"/projects/{project.id}/ideas/", data={"text": "Bell", "submission": key}).status_code == 303
        )
    assert len(ideas_of(project)) == 1


@pytest.mark.parametrize(
    "text", ["", "   ", "x" * 301, "x" * 10_000, "a\x00b", "a\udc80b".encode("utf-8", "surrogatepass"), "a\u202eb"]
)
def test_what_cannot_be_an_idea_is_refused_beside_the_box(browser, world, project, text):
    answer = browser(world.staff).post(f"/projects/{project.id}/ideas/", data={"text": text})
    assert answer.status_code in {303, 422}  # a lone surrogate reaches the app as a replacement character
    assert answer.status_code == 422 or isinstance(text, bytes)
    if answer.status_code == 422:
        assert "There is a problem" in answer.text


def test_a_text_that_looks_like_a_patient_asks_first(browser, world, project):
    client = browser(world.staff)
    asked = client.post(f"/projects/{project.id}/ideas/", data={"text": "Ask 943 476 5919 about slippers"})
    assert asked.status_code == 422
    assert "NHS number" in asked.text
    assert ideas_of(project) == []


def test_the_text_is_never_edited(browser, world, falls):
    client = browser(world.lead)
    client.post(f"/ideas/{falls.desk.id}/", data={"text": "Something else", "impact": "3"})
    db.session.refresh(falls.desk)
    assert (falls.desk.text, falls.desk.impact) == ("Desk in the bay", 3)


def test_the_list_counts_each_status_and_shows_one_of_them(browser, world, falls):
    falls.desk.status = IdeaStatus.TESTING
    client = browser(world.staff)
    page = client.get(falls.ideas).text
    for words in ("All (2)", "New (1)", "Being tested (1)", "No driver yet (1)"):
        assert words in page
    testing = client.get(f"{falls.ideas}?show=testing").text
    assert "Desk in the bay" in testing
    assert "Red socks" not in testing
    loose = client.get(f"{falls.ideas}?show=no-driver").text
    assert "Red socks" in loose
    assert "Desk in the bay" not in loose
    assert client.get(f"{falls.ideas}?show=nonsense").status_code == 404


def test_the_picture_has_the_numbers_of_the_list(browser, world, falls):
    client = browser(world.staff)
    assert "app-impact-effort" not in client.get(falls.ideas).text
    falls.socks.impact, falls.socks.effort = 5, 1
    page = client.get(falls.ideas).text
    assert 'value="2"' in page
    assert re.search(r"<title>2\. Red socks</title>", page)
    for quadrant in ("Do first", "Worth planning", "Easy extra", "Keep for later"):
        assert quadrant in page


def test_the_list_says_what_became_of_each_idea(browser, world, falls, cycle):
    cycle(falls.desk, 3, Decision.ADOPT)
    page = browser(world.staff).get(falls.ideas).text
    assert "PDSA 3: adopt" in page
    assert "For: The bay is watched" in page


def test_an_empty_list_says_what_to_do_first(browser, world, project):
    page = browser(world.staff).get(f"/projects/{project.id}/ideas/").text
    assert "No ideas yet" in page
    assert "what could we do differently?" in page


def test_what_people_type_is_shown_as_text(browser, world, project):
    client = browser(world.staff)
    client.post(f"/projects/{project.id}/ideas/", data={"text": "<script>alert(1)</script>"})
    page = client.get(f"/projects/{project.id}/ideas/").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
