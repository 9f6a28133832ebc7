"""Coaches together: who carries what, handing over, absence, visits, training; and nothing private leaks."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from qitracker.coaching.team_actions import go_away, note_visit
from qitracker.method.roles import Role
from qitracker.models import CoachAbsence, CoachWord, Letter, Project, RoleHeld, Visit, db
from qitracker.people.actions import end_role, give_role, switch_off
from qitracker.plumbing import clock as now
from qitracker.projects.actions import close


@pytest.fixture
def other(world):
    return world.person("other", Role.COACH, world.hospital)


def day(name, when):
    return {f"{name}-day": when.day, f"{name}-month": when.month, f"{name}-year": when.year}


def coaches_now(project):
    rows = select(RoleHeld.person_id).where(RoleHeld.project_id == project.id, RoleHeld.role == Role.COACH)
    return set(db.session.scalars(rows))


# Load and handing over


def test_the_page_says_who_carries_what_and_which_projects_have_nobody(browser, world, other, stands):
    mine, alone, done = world.project("Mine to coach"), world.project("Nobody's"), world.project("Closed one")
    world.project("Canary, private", private=True)
    end_role(
        db.session.scalar(select(RoleHeld).where(RoleHeld.project_id == alone.id, RoleHeld.role == Role.COACH)),
        by=world.hub,
    )
    close(done, "Done", by=world.lead)
    stands(mine, "stalled")
    page = browser(world.hub).get("/coaching/coaches").text
    without, loads = page.split('<div class="qi-two">')
    assert "1 open project without a coach" in without
    assert "Nobody&#39;s" in without
    assert "1 open project, 1 of them may need help." in loads
    assert "0 open projects." in loads
    assert "Canary" not in page
    assert "Closed one" not in page


def test_a_project_whose_coach_left_counts_as_without(browser, world, project):
    switch_off(world.coach, by=world.admin)
    db.session.commit()
    page = browser(world.hub).get("/coaching/coaches").text
    assert "1 open project without a coach" in page
    assert "Role coach" not in page


@pytest.mark.parametrize(
    ("who", "status"), [("coach", 303), ("hub", 303), ("other", 403), ("member", 403), ("outsider", 404)]
)
def test_who_may_hand_a_project_over(browser, world, project, other, who, status):
    person = other if who == "other" else getattr(world, who)
    answer = browser(person).post(
        f"/projects/{project.id}/coach/give", data={"coach": str(other.id), "text": "They test nights next."}
    )
    assert answer.status_code == status
    assert coaches_now(project) == ({other.id} if status == 303 else {world.coach.id})
    said = [word.text for word in db.session.scalars(select(CoachWord))]
    assert said == (["They test nights next."] if status == 303 else [])


def test_the_new_coach_has_it_in_the_queue_at_once_and_is_written_to(browser, world, project, other):
    browser(world.coach).post(f"/projects/{project.id}/coach/give", data={"coach": str(other.id), "text": "Yours."})
    assert project.title in browser(other).get("/coaching/").text
    assert project.title not in browser(world.coach).get("/coaching/").text
    letter = db.session.scalar(select(Letter))
    assert (letter.person_id, project.title in letter.subject) == (other.id, True)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [({"coach": ""}, "Choose a coach"), ({"text": ""}, "Write a word"), ({"coach": "staff"}, "Choose one from the list"),
     ({"coach": "coach"}, "Choose one from the list"), ({"coach": "outsider"}, "Choose one from the list")],
)  # fmt: skip
def test_a_project_goes_to_another_coach_who_works_here_with_a_word(browser, world, project, other, typed, sentence):
    typed = {
        name: str(getattr(world, value).id) if name == "coach" and value else value for name, value in typed.items()
    }
    data = {"coach": str(other.id), "text": "A word", **typed}
    answer = browser(world.hub).post(f"/projects/{project.id}/coach/give", data=data)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert coaches_now(project) == {world.coach.id}


# Absence


def test_an_absence_is_saved_shown_and_taken_back_by_its_coach_or_the_hub(browser, world, project, other):
    client = browser(world.coach)
    today = now.today()
    typed = {
        "coach": str(world.coach.id),
        "cover": str(other.id),
        **day("first", today),
        **day("last", today + timedelta(9)),
    }
    assert client.post("/coaching/coaches", data=typed).status_code == 303
    assert "Role other looks after it" in client.get("/coaching/coaches").text
    assert project.title in browser(other).get("/coaching/").text
    absence = db.session.scalar(select(CoachAbsence))
    assert browser(other).post(f"/coaching/absences/{absence.id}/end").status_code == 403
    assert browser(world.outsider).post(f"/coaching/absences/{absence.id}/end").status_code == 404
    assert browser(world.hub).post(f"/coaching/absences/{absence.id}/end").status_code == 303
    assert db.session.scalar(select(CoachAbsence)) is None
    assert project.title not in browser(other).get("/coaching/").text


@pytest.mark.parametrize(
    ("first", "last", "cover", "sentence"),
    [(3, 1, "other", "cannot be before the first"), (-9, -2, "other", "from today on"), (0, 1, "coach", "Choose a colleague"),
     (0, 1, "", "Choose who looks after them"), (0, 1, "staff", "Choose one from the list")],
)  # fmt: skip
def test_an_absence_that_makes_no_sense_is_refused(browser, world, other, first, last, cover, sentence):
    people = {"other": other, "": None}
    person = people.get(cover, getattr(world, cover, None))
    today = now.today()
    typed = {
        "coach": str(world.coach.id),
        "cover": str(person.id) if person else "",
        **day("first", today + timedelta(first)),
        **day("last", today + timedelta(last)),
    }
    answer = browser(world.coach).post("/coaching/coaches", data=typed)
    assert answer.status_code == 422
    assert sentence in answer.text


@pytest.mark.parametrize(("first", "last", "status"), [(0, 9, 422), (5, 20, 422), (6, 20, 303)])
def test_two_who_are_away_do_not_cover_for_each_other(browser, world, other, first, last, status):
    today = now.today()
    go_away(other.id, today - timedelta(2), today + timedelta(5), world.coach.id, by=other)
    typed = {"coach": str(world.coach.id), "cover": str(other.id)}
    typed |= {**day("first", today + timedelta(first)), **day("last", today + timedelta(last))}
    answer = browser(world.coach).post("/coaching/coaches", data=typed)
    assert answer.status_code == status
    assert ("Role other is away too" in answer.text) is (status == 422)


def test_a_coach_sends_nobody_else_away(browser, world, other):
    today = now.today()
    typed = {"coach": str(other.id), "cover": str(world.coach.id), **day("first", today), **day("last", today)}
    assert browser(world.coach).post("/coaching/coaches", data=typed).status_code == 422
    assert browser(world.hub).post("/coaching/coaches", data=typed).status_code == 303


# Visits


def test_the_latest_visits_stand_there_and_the_earlier_ones_are_a_link_away(browser, world, project):
    for back in range(22):
        note_visit(world.ward18.id, now.today() - timedelta(back), 30, f"Note {back}.", by=world.coach)
    client = browser(world.coach)
    page = client.get("/coaching/visits").text
    assert ("Note 19." in page, "Note 20." in page) == (True, False)
    assert "Yours took 11 hours in all." in page  # of them all
    assert 'href="/coaching/visits?earlier=yes"' in page
    whole = client.get("/coaching/visits?earlier=yes").text
    assert "Note 21." in whole
    assert "Show earlier visits too" not in whole


def test_a_visit_is_noted_seen_by_the_hub_and_removed_by_its_coach_alone(browser, world, project, other):
    client = browser(world.coach)
    typed = {
        "unit": str(world.ward18.id),
        "project": str(project.id),
        "minutes": "25",
        "note": "Saw the board.",
        **day("on", now.today()),
    }
    assert client.post("/coaching/visits", data=typed).status_code == 303
    visit = db.session.scalar(select(Visit))
    assert (visit.unit_id, visit.project_id, visit.minutes) == (world.ward18.id, project.id, 25)
    assert "Saw the board." in client.get("/coaching/visits").text
    assert "Yours took 25 minutes" in client.get("/coaching/visits").text
    assert "Saw the board." in browser(world.hub).get("/coaching/visits").text
    assert "Saw the board." not in browser(other).get("/coaching/visits").text
    assert "Saw the board." not in browser(world.outsider).get("/coaching/visits").text
    assert browser(world.hub).post(f"/coaching/visits/{visit.id}/remove").status_code == 404
    assert client.post(f"/coaching/visits/{visit.id}/remove").status_code == 303
    assert db.session.scalar(select(Visit)) is None


def test_a_visit_for_a_private_project_is_seen_by_nobody_who_may_not_see_the_project(browser, world):
    private = world.project("Canary, private", private=True)
    give_role(world.coach, Role.COACH, by=None, project=private)
    client = browser(world.coach)
    typed = {"unit": str(world.ward18.id), "project": str(private.id), "note": "A quiet talk", **day("on", now.today())}
    assert client.post("/coaching/visits", data=typed).status_code == 303
    assert "Canary, private" in client.get("/coaching/visits").text
    page = browser(world.hub).get("/coaching/visits").text
    assert "Canary" not in page
    assert "A quiet talk" not in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [({"unit": ""}, "Choose a place"), ({"unit": "elsewhere"}, "Choose one from the list"), ({"minutes": "0"}, "1"),
     ({"minutes": "1441"}, "1,440"), ({"minutes": "2.5"}, "whole"), ({"minutes": "nan"}, "nan"),
     ({"note": "x" * 1001}, "Shorten it"), ({"on-year": "2026"}, "future"), ({"on-day": ""}, "date")],
)  # fmt: skip
def test_a_visit_that_cannot_be_noted_is_kept_on_the_page(browser, world, project, typed, sentence):
    if typed.get("unit"):
        typed = {"unit": str(world.other_ward.id)}
    data = {"unit": str(world.ward18.id), "note": "Saw the board.", **day("on", now.today()), **typed}
    answer = browser(world.coach).post("/coaching/visits", data=data)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert db.session.scalar(select(Visit)) is None


@pytest.mark.parametrize("page", ["coaches", "quality", "visits", "coverage"])
def test_each_page_costs_the_same_for_two_projects_and_twenty(browser, world, statements, page):
    client = browser(world.hub)
    for person in (world.hub,):
        give_role(person, Role.COACH, by=None, unit=world.hospital)
    counts = []
    for more in (2, 18):
        for number in range(more):
            made = world.project(f"Project {more} {number}")
            give_role(world.hub, Role.COACH, by=None, project=made)
            db.session.add(
                Visit(
                    coach_id=world.hub.id,
                    unit_id=world.ward18.id,
                    project_id=made.id,
                    on=now.today(),
                    note="",
                    at=now.now(),
                )
            )
        db.session.commit()
        with statements() as sent:
            assert client.get(f"/coaching/{page}").status_code == 200
        counts.append(len(sent))
    assert counts[0] == counts[1] < 30
    assert db.session.scalar(select(Project).limit(1)) is not None
