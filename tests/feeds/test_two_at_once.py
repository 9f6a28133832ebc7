"""Two people at the same moment, on real connections: one number is kept, the other person is told."""

import threading
from contextlib import contextmanager

import pytest
from sqlalchemy import event, text

from qitracker.app import create_app
from qitracker.models import Event, Point, Series, SignIn, db
from qitracker.plumbing.migrating import upgrade
from tests.conftest import POSTGRES, START, drop_postgres, postgres_for_this_run, settings_for
from tests.feeds.charts import make_series
from tests.world import World

TOKENS = {"lead": "lead-token", "member": "member-token"}


@contextmanager
def somewhere(kind, folder):
    """A database of its own, because what two connections see of each other must be committed."""
    url = f"sqlite:///{folder / 'two.db'}" if kind == "sqlite" else postgres_for_this_run()
    upgrade(url)
    try:
        yield url
    finally:
        if kind != "sqlite":
            drop_postgres(url)


@pytest.fixture(params=["sqlite", *(["postgresql"] if POSTGRES else [])])
def shared(request, tmp_path):
    """An app on a database that commits, a series, and two signed-in browsers."""
    from hashlib import sha256

    with somewhere(request.param, tmp_path) as url:
        app = create_app(settings_for(url), reading=lambda: START)
        app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
        with app.app_context():
            world = World()
            series = make_series(world.project(), [9, 7, 8])
            series_id = series.id
            for name, token in TOKENS.items():
                hashed = sha256(token.encode()).hexdigest()
                db.session.add(
                    SignIn(token_hash=hashed, person_id=getattr(world, name).id, made_at=START, seen_at=START)
                )
            db.session.commit()
            db.session.remove()
        yield app, series_id
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def browser_of(app, name):
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = TOKENS[name], True
    return client


def all_at_once(app, jobs):
    """Run each job in a thread of its own, started together; their answers in order."""
    ready, answers = threading.Barrier(len(jobs)), {}

    def run(place, job):
        ready.wait()
        answers[place] = job()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answers[place] for place in range(len(jobs))]


def points_and_events(app, series_id):
    with app.app_context():
        points = {p.on.isoformat(): p.value for p in db.session.query(Point).filter_by(series_id=series_id)}
        found = [e for e in db.session.query(Event).order_by(Event.id) if e.noun in {"point", "points"}]
        analysed = db.session.get(Series, series_id).n_points
        db.session.remove()
    return points, found, analysed


def test_two_add_the_same_period_and_the_second_is_asked(shared):
    app, series_id = shared
    jobs = [
        lambda name=name, n=n: browser_of(app, name).post(
            f"/series/{series_id}/add", data={"on": "2025-10-01", "first": n}
        )
        for name, n in (("lead", "5"), ("member", "6"))
    ]
    answers = all_at_once(app, jobs)
    assert sorted(answer.status_code for answer in answers) == [303, 422]
    told = next(answer for answer in answers if answer.status_code == 422)
    assert "already. Replace" in told.text
    points, found, analysed = points_and_events(app, series_id)
    assert len(found) == 1
    assert points["2025-10-01"] == found[0].new["value"]
    assert analysed == len(points) == 4


def test_many_who_correct_the_same_number_leave_one_change_and_all_others_are_told(shared):
    app, series_id = shared
    jobs = [
        lambda n=n: browser_of(app, "lead" if n % 2 else "member").post(
            f"/series/{series_id}/points/2025-03-01", data={"was": "8.0", "first": str(20 + n), "why": f"Reason {n}"}
        )
        for n in range(6)
    ]
    statuses = sorted(answer.status_code for answer in all_at_once(app, jobs))
    assert statuses == [303, 409, 409, 409, 409, 409]
    points, found, _ = points_and_events(app, series_id)
    assert len(found) == 1
    assert found[0].new["value"] == points["2025-03-01"]


def test_an_undo_and_a_correction_at_once_never_lose_one(shared):
    app, series_id = shared
    where = f"/series/{series_id}/points/2025-03-01"
    browser_of(app, "lead").post(where, data={"was": "8.0", "first": "9", "why": "Late"})
    _, found, _ = points_and_events(app, series_id)
    jobs = [
        lambda: browser_of(app, "lead").post(f"/series/{series_id}/history/{found[0].id}/undo"),
        lambda: browser_of(app, "member").post(where, data={"was": "9.0", "first": "12", "why": "Later"}),
    ]
    all_at_once(app, jobs)
    points, after, _ = points_and_events(app, series_id)
    assert len(after) == 2
    assert points["2025-03-01"] == after[1].new["value"]
    assert after[1].old["value"] == 9


def test_a_point_that_comes_from_elsewhere_in_between_is_seen_not_a_fault(shared):
    """The unique rule itself: something that does not hold the series writes the same period just before us."""
    app, series_id = shared
    if not POSTGRES or app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        pytest.skip("SQLite lets nobody write in between at all")
    with app.app_context():
        engine = db.engine
    pending = ["2025-10-01"]

    def cut_in(_connection, _cursor, statement, *_rest):
        if statement.startswith("INSERT INTO point") and pending:
            on = pending.pop()
            with engine.connect() as other:
                other.execute(
                    text('INSERT INTO point (series_id, "on", value) VALUES (:s, :o, 5)'), {"s": series_id, "o": on}
                )
                other.commit()

    event.listen(engine, "before_cursor_execute", cut_in)
    try:
        answer = browser_of(app, "lead").post(f"/series/{series_id}/add", data={"on": "2025-10-01", "first": "6"})
    finally:
        event.remove(engine, "before_cursor_execute", cut_in)
    assert answer.status_code == 422
    assert "October 2025 has 5 already. Replace 5 by 6?" in answer.text
