"""Two of the hub at the same moment, on real connections: one coach, one snooze, one programme of a name."""

import threading
from hashlib import sha256

import pytest
from sqlalchemy import func, select

from qitracker.app import create_app
from qitracker.method.roles import Role
from qitracker.models import Hold, Programme, RoleHeld, SignIn, db
from tests.conftest import POSTGRES, START, settings_for
from tests.feeds.test_two_at_once import somewhere
from tests.world import World


@pytest.fixture(params=["sqlite", *(["postgresql"] if POSTGRES else [])])
def shared(request, tmp_path):
    """An app on a database that commits, two projects with a coach each, two of the hub signed in, two more coaches."""
    with somewhere(request.param, tmp_path) as url:
        app = create_app(settings_for(url), reading=lambda: START)
        app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
        with app.app_context():
            world = World()
            projects = [world.project("First").id, world.project("Second").id]
            coaches = [world.person(name, Role.COACH, world.hospital).id for name in ("one", "two")]
            for name, person in (("hub", world.hub), ("second", world.person("second", Role.HUB, world.hospital))):
                hashed = sha256(name.encode()).hexdigest()
                db.session.add(SignIn(token_hash=hashed, person_id=person.id, made_at=START, seen_at=START))
            db.session.commit()
            db.session.remove()
        yield app, projects, coaches
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def both(app, address, forms):
    """Each of the two sends a form to the same address, at the same moment; what they were answered, sorted."""
    start, answers = threading.Barrier(2), []

    def send(name, form):
        client = app.test_client()
        with client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = name, True
        start.wait(timeout=10)
        answers.append(client.post(address, data=form).status_code)

    threads = [
        threading.Thread(target=send, args=pair, daemon=True) for pair in zip(("hub", "second"), forms, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(answers)


def test_the_second_sees_what_the_first_has_done(shared):
    app, projects, coaches = shared
    for place, key in enumerate(projects):
        given = [{"coach": str(coach), "text": "Yours."} for coach in coaches]
        assert both(app, f"/projects/{key}/coach/give", given) == [303, 303]
        snoozed = [{"why": "Spoke to them", "until": day} for day in ("2025-10-20", "2025-10-22")]
        assert both(app, f"/hub/projects/{key}/snooze", snoozed) == [303, 303]
        names = [{"name": f"{word} care {place}"} for word in ("Safer", "safer")]
        assert both(app, "/hub/programmes", names) == [303, 422]
    with app.app_context():
        held = select(func.count()).where(RoleHeld.role == Role.COACH, RoleHeld.project_id.is_not(None))
        running = select(func.count()).select_from(Hold).where(Hold.ended_at.is_(None))
        made = select(func.count()).select_from(Programme)
        assert [db.session.scalar(query) for query in (held, running, made)] == [2, 2, 2]
        db.session.remove()
