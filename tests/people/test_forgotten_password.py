"""A forgotten password: an administrator makes a link, the old password ends, and nobody else gets in by it."""

import re

import pytest

from qitracker.method.roles import Role
from qitracker.models import Person, RoleHeld, db
from qitracker.people import passwords
from qitracker.people.actions import give_role, invite

OLD, NEW = "purple-otter-lamp", "seven-green-herons"


def held_by(person):
    return db.session.query(RoleHeld).filter(RoleHeld.person_id == person.id, RoleHeld.unit_id.is_not(None)).first()


@pytest.fixture
def staff(world):
    world.staff.password_hash = passwords.hashed(OLD)
    db.session.commit()
    return world.staff


def link_in(answer):
    return re.search(r"/invitations/[^\"]+", answer.text)[0]


def test_the_link_sets_a_new_password_and_ends_the_old_one(browser, client, world, staff):
    signed_in = browser(staff)
    answer = browser(world.admin).post(f"/people/roles/{held_by(staff).id}/new-password")
    assert answer.status_code == 200
    assert signed_in.get("/projects/mine").status_code == 303
    assert client.post("/sign-in", data={"email": staff.email, "password": OLD}).status_code == 422
    assert client.post(link_in(answer), data={"password": NEW}).status_code == 303
    assert client.get("/projects/mine").status_code == 200
    assert passwords.is_right(NEW, db.session.get(Person, staff.id).password_hash)
    assert client.get(link_in(answer)).status_code == 404


def test_an_older_link_to_the_same_address_dies_with_the_reset(browser, client, world, staff):
    _, older = invite("Staff", staff.email, Role.STAFF, by=world.admin, unit=world.hospital)
    db.session.commit()
    browser(world.admin).post(f"/people/roles/{held_by(staff).id}/new-password")
    assert client.get(f"/invitations/{older}").status_code == 404


def test_nobody_resets_their_own_a_leaver_or_somebody_from_elsewhere(browser, world, staff):
    admin = browser(world.admin)
    give_role(world.coach, Role.COACH, by=None, unit=world.other_hospital)
    world.executive.is_active = False
    for person in (world.admin, world.coach, world.executive):
        person.password_hash = passwords.hashed(OLD)
        held = held_by(person)
        answer = admin.post(f"/people/roles/{held.id}/new-password")
        assert answer.status_code in {303, 404}
        assert db.session.get(Person, person.id).password_hash
    assert browser(world.hub).post(f"/people/roles/{held_by(staff).id}/new-password").status_code == 403
