"""What people with bad intentions try on accounts, roles and links: each of these once worked, or could have."""

import pytest

from qitracker.method.roles import Role
from qitracker.models import Invitation, Person, RoleHeld, Visibility, db
from qitracker.people import passwords
from qitracker.people.actions import add_person, end_role, give_role, invite, switch_off
from qitracker.people.queries import team_of

GOOD = "purple-otter-lamp"
ANOTHER = "seven-green-herons"


def roles_of(person):
    return {(held.role, held.unit_id) for held in db.session.query(RoleHeld).filter_by(person_id=person.id)}


def held_by(person, role):
    return db.session.query(RoleHeld).filter_by(person_id=person.id, role=role).one()


def sent_and_followed(client, address):
    return client.get(client.post(address).location)


# Links that invite.


def test_an_older_link_to_the_same_address_does_not_choose_a_new_colleagues_password(client, world):
    project = world.project()
    _, kept_by_the_lead = invite("New", "new@example.org", Role.TEAM_MEMBER, by=world.lead, project=project)
    _, from_the_admin = invite("New", "new@example.org", Role.ADMINISTRATOR, by=world.admin, unit=world.hospital)
    assert client.post(f"/invitations/{from_the_admin}", data={"password": GOOD}).status_code == 303
    stranger = client.application.test_client()
    assert stranger.get(f"/invitations/{kept_by_the_lead}").status_code == 404
    assert stranger.post(f"/invitations/{kept_by_the_lead}", data={"password": ANOTHER}).status_code == 404
    person = db.session.query(Person).filter_by(email="new@example.org").one()
    assert passwords.is_right(GOOD, person.password_hash)


def test_a_link_works_once_and_for_three_days(client, world, clock):
    _, once = invite("New", "new@example.org", Role.STAFF, by=world.admin, unit=world.hospital)
    _, late = invite("Late", "late@example.org", Role.STAFF, by=world.admin, unit=world.hospital)
    assert client.post(f"/invitations/{once}", data={"password": GOOD}).status_code == 303
    assert client.post(f"/invitations/{once}", data={"password": ANOTHER}).status_code == 404
    clock.move(hours=73)
    assert client.post(f"/invitations/{late}", data={"password": GOOD}).status_code == 404


@pytest.mark.parametrize("loses", ["the role", "the account"])
def test_who_has_gone_leaves_no_link_to_come_back_by(client, world, loses):
    project = world.project(private=True)
    _, to_project = invite("Me", "me@example.org", Role.TEAM_MEMBER, by=world.lead, project=project)
    _, to_place = invite("Me", "me.too@example.org", Role.ADMINISTRATOR, by=world.admin, unit=world.hospital)
    assert [client.get(f"/invitations/{link}").status_code for link in (to_project, to_place)] == [200, 200]
    if loses == "the role":
        end_role(held_by(world.lead, Role.PROJECT_LEAD), by=world.lead, project=project)
        end_role(held_by(world.admin, Role.ADMINISTRATOR), by=world.admin)
    else:
        switch_off(world.lead, by=world.admin)
        switch_off(world.admin, by=world.admin)
    assert [client.get(f"/invitations/{link}").status_code for link in (to_project, to_place)] == [404, 404]


def test_inviting_an_account_there_is_leaves_its_password_alone(browser, world):
    world.staff.password_hash = before = passwords.hashed(GOOD)
    form = {"name": "Any", "email": world.staff.email, "unit": str(world.ward18.id), "role": "ward_manager"}
    assert browser(world.admin).post("/people/", data=form).status_code == 303
    assert db.session.get(Person, world.staff.id).password_hash == before
    assert db.session.query(Invitation).count() == 0


# Administrators, and where their reach ends.


def test_an_administrator_gives_roles_only_where_they_administer(browser, world):
    """Someone who administers one hospital and only works in the other."""
    give_role(world.admin, Role.STAFF, by=None, unit=world.other_hospital)
    client = browser(world.admin)
    page = client.get("/people/").text
    assert "Other ward" not in page
    assert world.outsider.email not in page
    form = {"name": "Any", "email": world.admin.email, "unit": str(world.other_hospital.id), "role": "administrator"}
    assert client.post("/people/", data=form).status_code == 422
    assert (Role.ADMINISTRATOR, world.other_hospital.id) not in roles_of(world.admin)
    place = {"name": "Mine now", "parent": str(world.other_hospital.id), "kind": "ward"}
    assert client.post("/people/units", data=place).status_code == 422
    held = held_by(world.outsider, Role.HUB)
    assert client.post(f"/people/roles/{held.id}/end").status_code == 404


def test_a_wards_administrator_does_not_become_the_hospitals(browser, world):
    local = world.person("local", Role.ADMINISTRATOR, world.ward18)
    client = browser(local)
    form = {"name": "Any", "email": local.email, "role": "administrator"}
    assert client.post("/people/", data={**form, "unit": str(world.hospital.id)}).status_code == 422
    assert client.post(f"/people/roles/{held_by(world.hub, Role.HUB).id}/end").status_code == 404
    assert client.post("/people/", data={**form, "role": "staff", "unit": str(world.ward18.id)}).status_code == 303
    assert roles_of(local) == {(Role.ADMINISTRATOR, world.ward18.id), (Role.STAFF, world.ward18.id)}


def test_a_role_given_first_does_not_let_one_switch_off_somebody_elsewhere(browser, world):
    client = browser(world.admin)
    victim = world.person("victim", Role.ADMINISTRATOR, world.other_hospital)
    held = give_role(victim, Role.STAFF, by=None, unit=world.ward18)
    answer = sent_and_followed(client, f"/people/roles/{held.id}/leaver")
    assert "works in other places too" in answer.text
    assert db.session.get(Person, victim.id).is_active


def test_the_last_administrator_is_not_switched_off_by_another_of_their_roles(browser, world):
    held = give_role(world.admin, Role.STAFF, by=None, unit=world.hospital)
    answer = sent_and_followed(browser(world.admin), f"/people/roles/{held.id}/leaver")
    assert "last administrator" in answer.text
    assert db.session.get(Person, world.admin.id).is_active


def test_an_administrator_who_has_left_does_not_count_as_another(browser, world):
    gone = world.person("gone", Role.ADMINISTRATOR, world.hospital)
    switch_off(gone, by=world.admin)
    held = held_by(world.admin, Role.ADMINISTRATOR)
    answer = sent_and_followed(browser(world.admin), f"/people/roles/{held.id}/end")
    assert "last administrator" in answer.text
    assert (Role.ADMINISTRATOR, world.hospital.id) in roles_of(world.admin)


@pytest.mark.parametrize("role", ["administrator", "hub", "ward_manager", "executive", "staff"])
def test_a_project_lead_gives_no_role_of_a_place(browser, world, role):
    project = world.project()
    form = {"email": world.staff.email, "role": role, "unit": str(world.hospital.id)}
    assert browser(world.lead).post(f"/projects/{project.id}/team/", data=form).status_code == 422
    assert roles_of(world.staff) == {(Role.STAFF, world.hospital.id)}


def test_a_private_project_does_not_lose_its_last_lead(browser, world):
    project = world.project(private=True)
    held = held_by(world.lead, Role.PROJECT_LEAD)
    client = browser(world.lead)
    answer = sent_and_followed(client, f"/projects/{project.id}/team/{held.id}/end")
    assert "Name another project lead first" in answer.text
    assert world.lead.id in {one.person_id for one in team_of(project)}
    give_role(world.member, Role.PROJECT_LEAD, by=None, project=project)
    assert client.post(f"/projects/{project.id}/team/{held.id}/end").status_code == 303
    assert world.lead.id not in {one.person_id for one in team_of(project)}


def test_a_team_is_not_changed_through_another_projects_address(browser, world):
    mine, theirs = world.project(), world.project("Another", private=True)
    held = next(one for one in team_of(theirs) if one.role is Role.TEAM_MEMBER)
    lead_of_mine_only = world.person("elsewhere", Role.STAFF, world.hospital)
    give_role(lead_of_mine_only, Role.PROJECT_LEAD, by=None, project=mine)
    assert browser(lead_of_mine_only).post(f"/projects/{mine.id}/team/{held.id}/end").status_code == 404
    assert world.member.id in {one.person_id for one in team_of(theirs)}


# What another site's form may do.

FROM_ELSEWHERE = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
]
FROM_HERE = [{}, {"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}]
TRAP = {"visibility": "open", "words": "from the trap", "submission": "s" * 36}


@pytest.mark.parametrize("headers", FROM_ELSEWHERE)
def test_a_form_of_another_site_does_not_wait_behind_the_sign_in(client, world, headers):
    """The browser sends no cookie with it, so it looks like a session that ran out."""
    project = world.project(private=True)
    world.lead.password_hash = passwords.hashed(GOOD)
    asked = client.post(f"/projects/{project.id}/team/visibility", data=TRAP, headers=headers)
    assert (asked.status_code, asked.location) == (303, "/sign-in")
    assert "Set-Cookie" not in asked.headers  # it would take the place of the cookie of whoever is signed in
    assert "from the trap" not in asked.text
    assert db.session.get(type(project), project.id).visibility is Visibility.PRIVATE


@pytest.mark.parametrize("headers", FROM_HERE)
def test_a_form_of_ours_waits_behind_the_sign_in(client, headers):
    assert "kept-words" in client.post("/you", data=TRAP, headers=headers).text


@pytest.mark.parametrize("headers", FROM_ELSEWHERE)
def test_an_error_page_does_not_offer_to_send_another_sites_form_again(browser, world, headers):
    client = browser(world.lead)
    client.application.config["WTF_CSRF_ENABLED"] = True
    try:
        answer = client.post(f"/projects/{world.project().id}/ideas/", data={"text": "from the trap"}, headers=headers)
    finally:
        client.application.config["WTF_CSRF_ENABLED"] = False
    assert answer.status_code == 400
    assert "from the trap" not in answer.text


# Passwords and guessing.


def test_no_password_stands_on_a_page_when_the_session_ran_out(client):
    answer = client.post("/you", data={"current": "my-own-old-secret", "password": "my-own-new-secret"})
    assert answer.status_code == 401
    assert "secret" not in answer.text


def test_the_current_password_cannot_be_guessed_in_an_open_session(browser, world):
    world.lead.password_hash = passwords.hashed(GOOD)
    client = browser(world.lead)
    form = {"password": "a-long-enough-new-one"}
    for _ in range(10):
        assert client.post("/you", data={**form, "current": "wrong-wrong"}).status_code == 422
    assert client.post("/you", data={**form, "current": GOOD}).status_code == 429
    assert passwords.is_right(GOOD, db.session.get(Person, world.lead.id).password_hash)


@pytest.mark.parametrize(
    "spelt", ["lead@example.org", " LEAD@Example.ORG", "lead@example.org\n", "\u212aead@example.org"]
)
def test_other_spellings_and_forwarded_addresses_open_no_second_row_of_tries(client, world, spelt):
    world.lead.password_hash = passwords.hashed(GOOD)
    for n in range(10):
        client.post("/sign-in", data={"email": world.lead.email, "password": f"wrong-{n}"})
    headers = {"X-Forwarded-For": "203.0.113.9"}
    answer = client.post("/sign-in", data={"email": spelt, "password": GOOD}, headers=headers)
    assert answer.status_code == (422 if "\u212a" in spelt else 429)


def test_a_switched_off_person_is_not_woken_by_a_link(client, world):
    gone = add_person("Gone", "gone@example.org", None, by=None)
    _, link = invite("Gone", gone.email, Role.STAFF, by=world.admin, unit=world.hospital)
    switch_off(gone, by=world.admin)
    assert client.post(f"/invitations/{link}", data={"password": GOOD}).status_code == 404


@pytest.mark.parametrize(
    "page", ["0000019999999999999999999", "1" + "9" * 30, "000001" + "9" * 3000, "-1", "0", "1e9", "٣"]
)
def test_no_page_number_breaks_the_register(browser, world, page):
    assert browser(world.staff).get("/projects/", query_string={"page": page}).status_code == 200


# Who leads, who has left, who sees the project.


@pytest.mark.parametrize("address", ["/projects/{}/team/", "/people/"])
def test_nobody_who_has_left_is_given_a_role(browser, world, address):
    """They could never sign in, and a private project with such a lead has none."""
    project = world.project(private=True)
    gone = world.person("gone", Role.STAFF, world.hospital)
    switch_off(gone, by=world.admin)
    before = roles_of(gone)
    of_team = "{}" in address
    form = {"email": gone.email, "name": "Gone", "role": "project_lead" if of_team else "hub"}
    client = browser(world.lead if of_team else world.admin)
    answer = client.post(address.format(project.id), data={**form, "unit": str(world.hospital.id)})
    assert answer.status_code == 422
    assert "has left, and cannot sign in" in answer.text
    assert roles_of(gone) == before


def test_a_lead_who_has_left_does_not_count_as_another(browser, world):
    project = world.project(private=True)
    gone = world.person("gone", Role.STAFF, world.hospital)
    give_role(gone, Role.PROJECT_LEAD, by=None, project=project)
    switch_off(gone, by=world.admin)
    held = held_by(world.lead, Role.PROJECT_LEAD)
    answer = sent_and_followed(browser(world.lead), f"/projects/{project.id}/team/{held.id}/end")
    assert "Name another project lead first" in answer.text
    assert browser(world.lead).get(f"/projects/{project.id}/").status_code == 200


def closed_by(client, project, why="It is about a complaint"):
    form = {"visibility": "private", "why": why}
    return client.post(f"/projects/{project.id}/team/visibility", data=form)


@pytest.mark.parametrize("who", ["manager", "hub"])
def test_only_a_lead_makes_a_project_private(browser, world, who):
    """Whoever looks after the place would shut themselves out, and the team would find it closed."""
    project = world.project()
    answer = closed_by(browser(getattr(world, who)), project)
    assert answer.status_code == 422
    assert "A lead named on the project decides that" in answer.text
    assert db.session.get(type(project), project.id).visibility is Visibility.OPEN


def test_making_it_private_asks_why_and_the_team_reads_it(browser, world):
    project = world.project()
    client = browser(world.lead)
    assert "Say why in a sentence" in closed_by(client, project, "").text
    assert closed_by(client, project).status_code == 303
    assert "It is about a complaint" in browser(world.partner).get(f"/projects/{project.id}/history").text


def test_who_adopts_an_open_project_does_not_close_it_alone(browser, world):
    project = world.project()
    end_role(held_by(world.lead, Role.PROJECT_LEAD), by=world.lead, project=project)
    client = browser(world.coach)
    assert client.post(f"/projects/{project.id}/adopt", data={"why": "Worth it"}).status_code == 303
    assert "You took this project up while all staff could read it" in client.get(f"/projects/{project.id}/team/").text
    assert closed_by(client, project).status_code == 422
    assert browser(world.staff).get(f"/projects/{project.id}/").status_code == 200
    give_role(world.member, Role.PROJECT_LEAD, by=None, project=project)
    assert closed_by(browser(world.member), project).status_code == 303
    assert browser(world.partner).get(f"/projects/{project.id}/").status_code == 200  # the former team still sees it


# What is said about people.


def test_the_address_of_an_invited_person_stands_in_no_history(browser, world):
    project = world.project()
    form = {"email": "at.home@example.net", "name": "Pat", "role": "service_user_partner"}
    assert browser(world.lead).post(f"/projects/{project.id}/team/", data=form).status_code == 200
    page = browser(world.staff).get(f"/projects/{project.id}/history").text
    assert "Invitation added" in page
    assert "at.home@example.net" not in page


def test_who_registers_does_not_learn_of_accounts_elsewhere_nor_makes_them_lead(browser, world):
    form = {"title": "Fewer falls", "problem": "Falls", "unit": str(world.ward18.id), "level": "micro"}
    client = browser(world.staff)
    pages = [client.post("/projects/new", data={**form, "lead": who}) for who in ("outsider@example.org", "no@one.org")]
    assert [page.status_code for page in pages] == [422, 422]
    assert all("Nobody who works here has this address" in page.text for page in pages)
    assert browser(world.outsider).get("/projects/").text.count("Fewer falls") == 0


def test_a_password_that_opens_a_project_elsewhere_is_not_ended_from_here(browser, world, elsewhere):
    """The link stands on the administrator's own page: it would let them in there."""
    give_role(world.staff, Role.TEAM_MEMBER, by=None, project=elsewhere)
    held = held_by(world.staff, Role.STAFF)
    answer = sent_and_followed(browser(world.admin), f"/people/roles/{held.id}/new-password")
    assert "works in other places too" in answer.text
    assert db.session.query(Invitation).count() == 0


@pytest.fixture
def elsewhere(world):
    project = world.project("Elsewhere", private=True)
    project.unit_id, project.organisation_id = world.other_ward.id, world.other_hospital.id
    db.session.commit()
    return project


@pytest.mark.parametrize(
    ("email", "status"),
    [
        ("a,b@example.org", 422), ("<b>x</b>@example.org", 422), ("a@b@example.org", 422), ("a@x.org,b@y.org", 422),
        ("a..b@example.org", 422), ("a@example..org", 422), ("x@example.org>", 422), ("(x)@example.org", 422),
        ("o'brien+qi@example.org", 200), ("jürgen@example.org", 200), ("a_b-c@nhs.example.org", 200),
    ],
)  # fmt: skip
def test_an_address_that_no_mail_can_reach_is_refused_when_it_is_typed(browser, world, email, status):
    form = {"name": "Any", "email": email, "unit": str(world.ward18.id), "role": "staff"}
    assert browser(world.admin).post("/people/", data=form).status_code == status
