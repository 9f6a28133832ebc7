"""Where running coaching ends, for somebody who also works elsewhere; and who reads the note of a visit."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from qitracker.coaching.queue import rows_of
from qitracker.coaching.team_actions import go_away, note_visit
from qitracker.method.roles import Role
from qitracker.models import CoachAbsence, Letter, RoleHeld, db
from qitracker.people.actions import end_role, give_role, switch_off
from qitracker.people.reader import read_person
from qitracker.plumbing import clock as now


@pytest.fixture
def stranger(world):
    """A coach of the other hospital, where the hub of the first is staff."""
    give_role(world.hub, Role.STAFF, by=None, unit=world.other_hospital)
    person = world.person("stranger", Role.COACH, world.other_hospital)
    db.session.commit()
    return person


def away(coach, cover):
    absence = go_away(coach.id, now.today(), now.today() + timedelta(7), cover.id, by=coach)
    db.session.commit()
    return absence


def test_the_hub_writes_down_and_ends_absences_of_its_own_coaches_alone(browser, world, stranger):
    theirs, ours = away(stranger, world.outsider), away(world.coach, world.hub)
    client = browser(world.hub)
    dates = {f"{name}-{part}": value for name in ("first", "last") for part, value in DAY.items()}
    wanted = {"coach": str(stranger.id), "cover": str(world.coach.id), **dates}
    assert client.post("/coaching/coaches", data=wanted).status_code == 422
    assert client.post(f"/coaching/absences/{theirs.id}/end").status_code == 403
    assert client.post(f"/coaching/absences/{ours.id}/end").status_code == 303
    assert db.session.scalars(select(CoachAbsence.coach_id)).all() == [stranger.id]


DAY = {"day": "9", "month": "10", "year": "2025"}


def test_a_project_is_not_given_to_a_coach_of_another_organisation(browser, world, project, stranger):
    client = browser(world.hub)
    assert "Role stranger" not in client.get(f"/projects/{project.id}/coach/give").text
    answer = client.post(f"/projects/{project.id}/coach/give", data={"coach": str(stranger.id), "text": "Yours."})
    assert answer.status_code == 422
    held = select(RoleHeld.person_id).where(RoleHeld.project_id == project.id, RoleHeld.role == Role.COACH)
    assert db.session.scalars(held).all() == [world.coach.id]


def test_the_coach_of_a_private_project_shows_it_to_nobody_new(browser, world):
    """Who sees it is for its lead to say; to somebody whom the lead has let in it can be given."""
    project = world.project("Canary", private=True)
    give_role(world.coach, Role.COACH, by=None, project=project)
    other = world.person("other", Role.COACH, world.hospital)
    client, address = browser(world.coach), f"/projects/{project.id}/coach/give"
    page = client.get(address).text
    assert "its lead says who sees it" in page
    assert "Role other" not in page
    typed = {"coach": str(other.id), "text": "Yours."}
    assert client.post(address, data=typed).status_code == 422
    assert browser(other).get(f"/projects/{project.id}/").status_code == 404
    give_role(other, Role.TEAM_MEMBER, by=world.lead, project=project)
    assert client.post(address, data=typed).status_code == 303
    assert client.get(f"/projects/{project.id}/").status_code == 404


def test_the_hub_reads_the_notes_of_visits_to_its_own_places(browser, world, stranger):
    note_visit(world.other_ward.id, now.today(), 20, "Canary of the other hospital", by=stranger)
    note_visit(world.ward18.id, now.today(), 20, "Seen on Ward 18", by=world.coach)
    of_a_ward = world.person("of a ward", Role.HUB, world.ward21)
    db.session.commit()
    page = browser(world.hub).get("/coaching/visits").text
    assert "Seen on Ward 18" in page
    assert "Canary" not in page
    assert "Seen on Ward 18" not in browser(of_a_ward).get("/coaching/visits").text


def test_the_note_of_a_visit_does_not_stand_in_the_history_of_its_project(browser, world, project):
    """It is for the coach and the hub; that there was a visit is for all."""
    note_visit(world.ward18.id, now.today(), 20, "Canary: the lead is worn out", by=world.coach, project=project)
    db.session.commit()
    for reader in (world.staff, world.partner, world.lead):
        page = browser(reader).get(f"/projects/{project.id}/history").text
        assert "Visit added" in page
        assert "Canary" not in page


@pytest.mark.parametrize("near", [True, False])
def test_a_cover_hears_a_question_only_of_what_they_may_see(browser, world, project, stranger, near):
    cover = world.person("near", Role.COACH, world.hospital) if near else stranger
    away(world.coach, cover)
    assert browser(world.lead).post(f"/projects/{project.id}/coach/ask", data={"text": "What now?"}).status_code == 303
    told = set(db.session.scalars(select(Letter.person_id)))
    assert told == ({world.coach.id, cover.id} if near else {world.coach.id})


def test_a_cover_is_led_to_no_page_that_refuses_them(browser, world, project, clock):
    """A coach of one ward sees the project of the other, and may not coach it: it is said when the cover is chosen."""
    near = world.person("near", Role.COACH, world.ward21)
    days = {f"{name}-{part}": value for name in ("first", "last") for part, value in DAY.items()}
    client = browser(world.hub)
    wanted = {"coach": str(world.coach.id), "cover": str(near.id), **days}
    page = client.get(client.post("/coaching/coaches", data=wanted).location).text
    assert "Role near may not coach these until somebody gives them the role there: Fewer falls on Ward 18" in page
    clock.move(days=3)
    assert project.title not in browser(near).get("/coaching/").text
    browser(world.lead).post(f"/projects/{project.id}/coach/ask", data={"text": "What now?"})
    assert db.session.scalars(select(Letter.person_id)).all() == [world.coach.id]
    give_role(near, Role.COACH, by=None, unit=world.ward18)
    assert project.title in browser(near).get("/coaching/").text
    assert browser(near).get(f"/projects/{project.id}/review").status_code == 200


@pytest.mark.parametrize(("day", "sees"), [("2025-10-08", False), ("2025-10-09", True), ("2025-10-10", False)])
def test_a_cover_coaches_on_the_days_of_the_absence_and_on_no_other(world, project, day, sees):
    near = world.person("near", Role.COACH, world.hospital)
    go_away(world.coach.id, date(2025, 10, 9), date(2025, 10, 9), near.id, by=world.hub)
    rows = rows_of(read_person(near), date.fromisoformat(day))
    assert [row.project.id for row in rows] == ([project.id] if sees else [])


def test_a_coach_whose_project_was_taken_sees_nothing_of_it_any_more(browser, world):
    """A coach of one private project alone: with the role goes all of it, the queue and the question too."""
    project = world.project("Canary", private=True)
    only = world.person("only", Role.STAFF, world.hospital)
    held = give_role(only, Role.COACH, by=None, project=project)
    client = browser(only)
    assert "Canary" in client.get("/coaching/").text
    end_role(held, by=world.lead, project=project)
    db.session.commit()
    assert client.get("/coaching/").status_code == 403
    assert client.get(f"/projects/{project.id}/review").status_code == 404
    browser(world.lead).post(f"/projects/{project.id}/coach/ask", data={"text": "What now?"})
    assert db.session.scalars(select(Letter)).all() == []


def test_one_coach_is_not_written_down_as_away_twice(browser, world):
    near = world.person("near", Role.COACH, world.hospital)
    days = {f"{name}-{part}": value for name in ("first", "last") for part, value in DAY.items()}
    client, wanted = browser(world.hub), {"coach": str(world.coach.id), "cover": str(near.id), **days}
    assert client.post("/coaching/coaches", data=wanted).status_code == 303
    again = client.post("/coaching/coaches", data=wanted)
    assert again.status_code == 422
    assert "Role coach is written down as away already, from 9 October 2025 to 9 October 2025" in again.text


def test_the_page_says_when_the_cover_has_left(browser, world, project):
    near = world.person("near", Role.COACH, world.hospital)
    away(world.coach, near)
    switch_off(near, by=world.admin)
    assert "Role near, who was to look after it, has left" in browser(world.hub).get("/coaching/coaches").text
