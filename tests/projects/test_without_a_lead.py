"""A private project whose lead has left: an administrator sees that there is one, names a lead, and sees no more."""

import pytest
from sqlalchemy import select

from qitracker.method.roles import Role
from qitracker.models import Event, Letter, Project, RoleHeld, Standing, db
from qitracker.people.actions import give_role, switch_off
from qitracker.people.leading import leaderless
from qitracker.people.reader import read_person

WHY = "She runs the clinic it belongs to."


@pytest.fixture
def left(world):
    """A private project with a member and a partner; its lead has left, on 6 October 2025."""
    project = world.project("Canary of Ward 18", private=True)
    switch_off(world.lead, by=world.admin)
    db.session.commit()
    return project


def named(browser, world, project, email="staff@example.org", why=WHY, who="admin"):
    form = {"email": email, "why": why}
    return browser(getattr(world, who)).post(f"/people/without-lead/{project.id}", data=form)


def test_an_administrator_reads_where_and_since_when_and_nothing_else(browser, world, left):
    client = browser(world.admin)
    page = client.get("/people/").text
    assert "1 private project has no lead" in page
    assert "registered on 6 October 2025" in page
    naming = client.get(f"/people/without-lead/{left.id}")
    assert naming.status_code == 200
    assert not any("Canary" in text or "at night" in text for text in (page, naming.text))
    assert client.get(f"/projects/{left.id}/").status_code == 404


def test_naming_a_lead_ends_the_old_ones_and_tells_the_team_and_the_new_lead(browser, world, left):
    answer = named(browser, world, left)
    assert answer.status_code == 303
    leads = select(RoleHeld.person_id).where(RoleHeld.project_id == left.id, RoleHeld.role == Role.PROJECT_LEAD)
    assert db.session.scalars(leads).all() == [world.staff.id]
    letters = {letter.person.email: letter for letter in db.session.scalars(select(Letter))}
    assert set(letters) == {"staff@example.org", "member@example.org", "partner@example.org"}
    assert letters["staff@example.org"].subject == "You lead a project: Canary of Ward 18"
    assert "has named Role staff" in letters["member@example.org"].text
    assert all(WHY in letter.text for letter in letters.values())
    page = browser(world.member).get(f"/projects/{left.id}/history").text
    assert WHY in page
    assert "Lead named" in page
    assert browser(world.staff).get(f"/projects/{left.id}/team/").status_code == 200
    after = browser(world.admin).get("/people/").text
    assert "Canary" not in after
    assert "no lead" not in after
    assert db.session.get_one(Standing, left.id).code != "no_lead"


@pytest.mark.parametrize(
    ("email", "why", "sentence"),
    [
        ("admin@example.org", WHY, "Name somebody else"),
        ("outsider@example.org", WHY, "Nobody who works here has this address"),
        ("lead@example.org", WHY, "Nobody who works here has this address"),
        ("partner@example.org", WHY, "Nobody who works here has this address"),
        ("nobody@example.org", WHY, "Nobody who works here has this address"),
        ("staff@example.org", "", "Say why: the team reads it"),
        ("", WHY, "Enter the e-mail address of who leads it"),
    ],
)
def test_who_cannot_be_named(browser, world, left, email, why, sentence):
    answer = named(browser, world, left, email, why)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Canary" not in answer.text
    assert db.session.scalar(select(Event.id).where(Event.noun == "lead")) is None
    assert db.session.scalars(select(Letter)).all() == []


def test_it_is_for_administrators_of_the_whole_organisation(browser, world, left):
    """A ward's own would know by the place alone which project it is; another hospital's has nothing to do with it."""
    of_ward = world.person("of ward", Role.ADMINISTRATOR, world.ward18)
    elsewhere = world.person("elsewhere", Role.ADMINISTRATOR, world.other_hospital)
    above = world.person("above", Role.ADMINISTRATOR, world.system)
    assert [len(leaderless(read_person(one))) for one in (of_ward, elsewhere, above)] == [0, 0, 1]
    for one in (of_ward, elsewhere):
        assert "private project" not in browser(one).get("/people/").text
        assert browser(one).get(f"/people/without-lead/{left.id}").status_code == 404
        assert browser(one).post(f"/people/without-lead/{left.id}", data={}).status_code == 404


@pytest.mark.parametrize("how", ["open", "led", "led by two", "made up"])
def test_only_where_no_lead_is_left(browser, world, how):
    project = world.project("Canary", private=how != "open")
    if how == "open":
        switch_off(world.lead, by=world.admin)
    if how == "led by two":
        give_role(world.member, Role.PROJECT_LEAD, by=None, project=project)
        switch_off(world.lead, by=world.admin)
    db.session.commit()
    if how == "made up":
        project = Project(id=world.hospital.id)
    assert "no lead" not in browser(world.admin).get("/people/").text
    assert named(browser, world, project).status_code == 404
