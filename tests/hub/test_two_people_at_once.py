"""Two people do the same to one project at the same moment, on real connections: it is done once, the second is told.

On PostgreSQL both are kept waiting until each has come as far as it can, so that what one looks at before it saves is
older than what the other saves: a view that looks without holding the project fails each time, not now and then.
"""

import threading
import time
from contextlib import contextmanager
from hashlib import sha256

import pytest
from sqlalchemy import func, select, text

from qitracker.app import create_app
from qitracker.method.roles import Role
from qitracker.models import CoachAbsence, CoachReview, Hold, Intake, Letter, Person, Project, RoleHeld, SignIn, db
from qitracker.people.actions import give_role
from tests.conftest import POSTGRES, START, settings_for
from tests.feeds.test_two_at_once import somewhere
from tests.world import World


@pytest.fixture(params=["sqlite", *(["postgresql"] if POSTGRES else [])])
def shared(request, tmp_path):
    """An app on a database that commits, with the hospital of the tests, everybody in it signed in by their name."""
    with somewhere(request.param, tmp_path) as url:
        app = create_app(settings_for(url), reading=lambda: START)
        app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
        with app.app_context():
            world = World()
            world.person("second", Role.HUB, world.hospital)
            world.person("another", Role.COACH, world.hospital)
            for person in db.session.scalars(select(Person)):
                hashed = sha256(person.email.split("@", maxsplit=1)[0].encode()).hexdigest()
                db.session.add(SignIn(token_hash=hashed, person_id=person.id, made_at=START, seen_at=START))
            db.session.commit()
            yield app, world
            db.session.remove()
            db.engine.dispose()


def browser_of(app, name):
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = name, True
    return client


WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


@contextmanager
def kept_waiting(row):
    """PostgreSQL: nobody gets further than to this row until two wait for it. SQLite lets in one at a time by itself."""
    kept, table = {"id": row.id}, row.__tablename__
    db.session.rollback()
    if db.engine.dialect.name == "sqlite":
        yield
        return
    with db.engine.connect() as connection:
        connection.execute(text(f"SELECT id FROM {table} WHERE id = :id FOR NO KEY UPDATE"), kept)
        yield
        until = time.monotonic() + 10
        while connection.scalar(text(WAITING)) < 2 and time.monotonic() < until:
            connection.execute(text("SELECT pg_stat_clear_snapshot()"))
            time.sleep(0.02)
        connection.rollback()


def both(app, row, *sent):
    """Each of two sends a form at the same moment: what they were answered, first by status."""
    answers = []

    def send(name, address, form):
        answer = browser_of(app, name).post(address, data=form)
        answers.append((answer.status_code, answer.text))

    threads = [threading.Thread(target=send, args=one, daemon=True) for one in sent]
    with kept_waiting(row):
        for thread in threads:
            thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(answers)


def statuses(answers):
    return [status for status, _ in answers]


def count(kind, *conditions):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(kind).where(*conditions))


def test_a_project_is_paused_once(shared):
    app, world = shared
    project = world.project()
    form = {"why": "The ward moves", "until": "2025-11-03", "restarts": str(world.lead.id)}
    address = f"/projects/{project.id}/pause"
    assert statuses(both(app, project, ("lead", address, form), ("member", address, form))) == [303, 303]
    assert count(Hold) == 1
    page = browser_of(app, "member").get(browser_of(app, "member").post(address, data=form).location).text
    assert "The project rests" in page


def test_two_leads_do_not_take_each_other_out_of_a_private_project(shared):
    app, world = shared
    project = world.project(private=True)
    second = give_role(world.member, Role.PROJECT_LEAD, by=None, project=project)
    db.session.commit()
    leads = RoleHeld.project_id == project.id, RoleHeld.role == Role.PROJECT_LEAD
    first = db.session.scalar(select(RoleHeld).where(*leads, RoleHeld.id != second.id))
    ends = [f"/projects/{project.id}/team/{held.id}/end" for held in (first, second)]
    answers = both(app, project, ("member", ends[0], {}), ("lead", ends[1], {}))
    assert statuses(answers)[0] == 303
    assert count(RoleHeld, *leads) == 1


def test_a_lead_does_not_leave_while_another_makes_it_private(shared):
    app, world = shared
    project = world.project()
    held = db.session.scalar(select(RoleHeld).where(RoleHeld.role == Role.PROJECT_LEAD))
    closing = (f"/projects/{project.id}/team/visibility", {"visibility": "private", "why": "A complaint"})
    both(app, project, ("lead", *closing), ("manager", f"/projects/{project.id}/team/{held.id}/end", {}))
    is_private = count(Project, Project.visibility == "private")
    assert count(RoleHeld, RoleHeld.role == Role.PROJECT_LEAD) == is_private  # led and private, or neither


def test_the_second_to_take_somebody_out_is_told(shared):
    app, world = shared
    project = world.project()
    held = db.session.scalar(select(RoleHeld).where(RoleHeld.person_id == world.partner.id))
    address = f"/projects/{project.id}/team/{held.id}/end"
    assert statuses(both(app, project, ("lead", address, {}), ("manager", address, {}))) == [303, 303]
    client = browser_of(app, "lead")
    assert "Somebody else has done that already" in client.get(client.post(address).location).text


def test_somebody_joins_once(shared):
    app, world = shared
    project = world.project()
    form = {"email": "staff@example.org", "role": "team_member"}
    address = f"/projects/{project.id}/team/"
    assert statuses(both(app, project, ("lead", address, form), ("manager", address, form))) == [303, 303]
    assert count(RoleHeld, RoleHeld.person_id == world.staff.id, RoleHeld.project_id == project.id) == 1


@pytest.mark.parametrize("private", [False, True])
def test_one_of_two_leads_what_nobody_led(shared, private):
    """An open project is adopted; for a private one two administrators each name somebody."""
    app, world = shared
    project = world.project(private=private)
    world.lead.is_active = False
    world.person("admin2", Role.ADMINISTRATOR, world.hospital)
    token = SignIn(token_hash=sha256(b"admin2").hexdigest(), person_id=None, made_at=START, seen_at=START)
    token.person_id = db.session.scalar(select(Person.id).where(Person.email == "admin2@example.org"))
    db.session.add(token)
    db.session.commit()
    if private:
        address = f"/people/without-lead/{project.id}"
        sent = [(who, address, {"email": f"{lead}@example.org", "why": "Runs the ward"}) for who, lead in NAMED]
    else:
        sent = [(who, f"/projects/{project.id}/adopt", {}) for who in ("staff", "coach")]
    assert statuses(both(app, project, *sent))[0] == 303
    assert count(RoleHeld, RoleHeld.role == Role.PROJECT_LEAD) == 1


NAMED = [("admin", "staff"), ("admin2", "coach")]


def test_the_second_review_is_told_of_the_first_and_loses_nothing(shared):
    app, world = shared
    project = world.project()
    address = f"/projects/{project.id}/review"
    forms = [{"going_well": f"Seen by {name}", "version": "nothing"} for name in ("coach", "hub")]
    answers = both(app, project, ("coach", address, forms[0]), ("hub", address, forms[1]))
    assert statuses(answers) == [303, 409]
    told = answers[1][1]
    assert "reviewed it since you opened this page" in told
    assert "Seen by" in told.split("<textarea")[1]
    assert count(CoachReview) == 1
    latest = db.session.scalar(select(CoachReview.id))
    assert f'value="{latest}"' in told
    again = browser_of(app, "hub").post(address, data={**forms[1], "version": str(latest)})
    assert again.status_code == 303
    assert count(CoachReview) == 2


def test_the_second_to_allocate_is_told_who_coaches_now(shared):
    app, world = shared
    project = world.project()
    another = db.session.scalar(select(Person.id).where(Person.email == "another@example.org"))
    third = world.person("third", Role.COACH, world.hospital)
    db.session.commit()
    page, address = browser_of(app, "hub"), f"/projects/{project.id}/coach/give"
    version = page.get(address).text.split('name="version" value="')[1].split('"')[0]
    assert version == world.coach.id.hex
    forms = [{"coach": str(one), "text": "Yours.", "version": version} for one in (another, third.id)]
    answers = both(app, project, ("hub", address, forms[0]), ("second", address, forms[1]))
    assert statuses(answers) == [303, 409]
    assert "Somebody else has done this since you opened the page: Role " in answers[1][1]
    assert count(RoleHeld, RoleHeld.role == Role.COACH, RoleHeld.project_id == project.id) == 1
    assert count(Letter) == 1


def test_the_second_snooze_is_told_of_the_first(shared):
    app, world = shared
    project = world.project()
    address = f"/hub/projects/{project.id}/snooze"
    forms = [{"why": "Spoke to them", "until": day, "version": "nothing"} for day in ("2025-10-20", "2025-10-22")]
    answers = both(app, project, ("hub", address, forms[0]), ("second", address, forms[1]))
    assert statuses(answers) == [303, 409]
    assert "has snoozed it until 2" in answers[1][1]
    assert "Spoke to them" in answers[1][1]
    assert count(Hold) == 1


def test_a_new_project_has_one_answer_and_the_second_keeps_its_words(shared):
    app, world = shared
    project = world.project()
    address = f"/hub/projects/{project.id}/intake"
    forms = [{"answer": "welcome", "words": f"From {name}"} for name in ("hub", "second")]
    answers = both(app, project, ("hub", address, forms[0]), ("second", address, forms[1]))
    assert statuses(answers) == [303, 303]
    assert (count(Intake), count(Letter)) == (1, 1)
    client = browser_of(app, "second")
    told = client.get(client.post(address, data=forms[1]).location).text
    assert "has been answered already by Role" in told
    assert "Your words were not sent: “From second”" in told


def test_one_coach_is_away_once(shared):
    app, world = shared
    another = db.session.scalar(select(Person.id).where(Person.email == "another@example.org"))
    form = {"coach": str(world.coach.id), "cover": str(another), "first": "2025-10-13", "last": "2025-10-17"}
    sent = [(who, "/coaching/coaches", form) for who in ("hub", "second")]
    assert statuses(both(app, world.coach, *sent)) == [303, 422]
    assert count(CoachAbsence) == 1


def test_two_do_not_cover_for_each_other(shared):
    app, world = shared
    another = db.session.scalar(select(Person).where(Person.email == "another@example.org"))
    days = {"first": "2025-10-13", "last": "2025-10-17"}
    pairs = [(world.coach.id, another.id), (another.id, world.coach.id)]
    sent = [
        (who, "/coaching/coaches", {"coach": str(coach), "cover": str(cover), **days})
        for who, (coach, cover) in zip(("hub", "second"), pairs, strict=True)
    ]
    assert statuses(both(app, world.coach, *sent)) == [303, 422]
    assert count(CoachAbsence) == 1
