"""Signing in and out: who gets in, who does not, for how long, and what the answer gives away."""

import pytest

from qitracker.models import Person, SignIn, db
from qitracker.people import passwords

GOOD = "purple-otter-lamp"


@pytest.fixture
def person(world):
    world.lead.password_hash = passwords.hashed(GOOD)
    db.session.commit()
    return world.lead


def try_sign_in(client, email, password, **more):
    return client.post("/sign-in", data={"email": email, "password": password, **more})


def test_the_right_password_opens_my_projects(client, person):
    answer = try_sign_in(client, "LEAD@example.org ", GOOD)
    assert answer.status_code == 303
    assert answer.location == "/"
    assert client.get("/").location == "/projects/mine"
    assert client.get("/projects/mine").status_code == 200


@pytest.mark.parametrize(("who", "first"), [("lead", "/projects/mine"), ("coach", "/coaching/"), ("hub", "/hub/")])
def test_each_begins_where_their_work_is(browser, world, who, first):
    assert browser(getattr(world, who)).get("/").location == first


@pytest.mark.parametrize(
    ("email", "password"), [("lead@example.org", "wrong-wrong-wrong"), ("nobody@example.org", GOOD)]
)
def test_known_and_unknown_people_get_the_same_answer(client, person, email, password):
    answer = try_sign_in(client, email, password)
    assert answer.status_code == 422
    assert "The e-mail address or the password is not right" in answer.text
    assert client.get("/projects/mine").status_code == 303


def test_someone_who_has_left_cannot_sign_in(client, person):
    person.is_active = False
    assert try_sign_in(client, person.email, GOOD).status_code == 422


def test_sign_out_ends_the_session_on_the_server(client, person):
    try_sign_in(client, person.email, GOOD)
    cookie = client.get_cookie("qitracker")
    client.post("/sign-out")
    client.set_cookie("qitracker", cookie.value)
    assert client.get("/projects/mine").status_code == 303


@pytest.mark.parametrize(("minutes", "still_in"), [(29, True), (31, False)])
def test_thirty_minutes_without_use_end_the_session(browser, world, clock, minutes, still_in):
    client = browser(world.lead)
    clock.move(minutes=minutes)
    assert (client.get("/projects/mine").status_code == 200) is still_in


def test_twelve_hours_end_the_session_however_busy(browser, world, clock):
    client = browser(world.lead)
    for _ in range(35):
        clock.move(minutes=20)
        assert client.get("/projects/mine").status_code == 200
    clock.move(minutes=20)
    assert client.get("/projects/mine").status_code == 303


def test_guessing_is_slowed_but_nobody_is_locked_out_for_good(client, person, clock):
    for _ in range(10):
        try_sign_in(client, person.email, "wrong-wrong-wrong")
    assert try_sign_in(client, person.email, GOOD).status_code == 429
    clock.move(minutes=16)
    assert try_sign_in(client, person.email, GOOD).status_code == 303


def test_a_guesser_elsewhere_does_not_keep_the_owner_out(client, person, app):
    try_sign_in(client, person.email, GOOD)
    client.post("/sign-out")
    for machine in range(30):
        client.post(
            "/sign-in",
            data={"email": person.email, "password": "wrong-wrong-wrong"},
            environ_base={"REMOTE_ADDR": f"192.0.2.{machine}"},
        )
    refused = client.post(
        "/sign-in", data={"email": person.email, "password": GOOD}, environ_base={"REMOTE_ADDR": "192.0.2.99"}
    )
    assert refused.status_code == 429
    assert try_sign_in(client, person.email, GOOD).status_code == 303


@pytest.mark.parametrize("wanted", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(client, person, wanted):
    answer = try_sign_in(client, person.email, GOOD, next=wanted)
    assert answer.location == "/"


def test_a_form_sent_after_the_session_ended_is_kept_through_the_sign_in(client, person):
    answer = client.post("/you", data={"current": "x", "words": "what the nurse typed", "submission": "s" * 36})
    assert answer.status_code == 401
    assert "what the nurse typed" in answer.text
    again = try_sign_in(client, person.email, GOOD, next="/you", **{"kept-words": "what the nurse typed"})
    assert again.status_code == 200
    assert "what the nurse typed" in again.text
    assert 'action="/you"' in again.text


def test_the_database_holds_neither_password_nor_token(client, person):
    try_sign_in(client, person.email, GOOD)
    stored = db.session.get(Person, person.id)
    assert stored.password_hash.startswith("$argon2id$")
    assert all(len(row.token_hash) == 64 for row in db.session.query(SignIn))


@pytest.mark.parametrize(
    "bad", ["short", "password1234", "aaaaaaaaaaaaaaa", "qitracker1234", "123456789012", "x" * 129]
)
def test_weak_passwords_are_refused_with_a_reason(bad):
    assert passwords.why_not(bad)


@pytest.mark.parametrize(
    "good", [GOOD, "Zug um Zug 42 Birnen", "ünïcode-härbour", "seven green herons by the quay " * 4]
)
def test_long_unusual_passwords_are_taken(good):
    assert passwords.why_not(good) is None


def test_signing_out_after_the_session_has_ended_leads_to_the_sign_in_page(client, person):
    answer = client.post("/sign-out")
    assert (answer.status_code, answer.location) == (303, "/sign-in")
