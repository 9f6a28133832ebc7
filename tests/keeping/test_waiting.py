"""When the database is busy, twice asked, or gone: reading goes on, writing says "not confirmed" and adds one row."""

import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from qitracker.models import SignIn, Unit, db
from qitracker.plumbing.database import make_engine
from qitracker.plumbing.migrating import downgrade
from tests.conftest import POSTGRES
from tests.keeping.conftest import ask, run_sql, signed_in

READ_WITHIN = 2.0  # seconds, on a busy machine; a reader that waited for the lock would take 5
WRITE_WITHIN = 6.0


def place(app, name, key=None):
    with app.app_context():
        hospital = db.session.query(Unit).filter_by(name="Test hospital").one().id
        db.session.remove()
    return {"name": name, "parent": str(hospital), "kind": "ward", "submission": key or str(uuid.uuid4())}


def places_named(url, name):
    units = ask(url, f"SELECT id FROM unit WHERE name = '{name}'")
    events = ask(url, f"SELECT 1 FROM event WHERE noun = 'unit' AND new LIKE '%\"{name}\"%'")
    return len(units), len(events)


@pytest.fixture
def locked():
    """Holds the write lock of an SQLite database until it is told to let go."""
    engines = []

    def hold(url):
        engine = make_engine(url)
        engines.append(engine)
        connection = engine.connect()
        connection.exec_driver_sql("UPDATE unit SET name = name")
        return connection.close

    yield hold
    for engine in engines:
        engine.dispose()


@pytest.mark.parametrize("seen_ago", [0, 10])
def test_reading_does_not_wait_for_a_writer(sqlite_url, serving, locked, seen_ago):
    client = signed_in(serving(sqlite_url), seen_ago=seen_ago)
    let_go = locked(sqlite_url)
    started = time.monotonic()
    answer = client.get("/people/")
    took = time.monotonic() - started
    let_go()
    assert answer.status_code == 200
    assert "Ward 18" in answer.text
    assert took < READ_WITHIN


def test_a_note_left_out_is_made_at_the_next_page(sqlite_url, serving, locked):
    app = serving(sqlite_url)
    client = signed_in(app, seen_ago=10)
    let_go = locked(sqlite_url)
    client.get("/people/")
    let_go()

    def seen():
        with app.app_context():
            return db.session.query(SignIn).one().seen_at

    assert datetime.now(UTC) - seen() > timedelta(minutes=9)
    client.get("/people/")
    assert datetime.now(UTC) - seen() < timedelta(minutes=1)


def test_writing_waits_then_says_not_confirmed_keeps_the_typing_and_then_adds_one_row(sqlite_url, serving, locked):
    app = serving(sqlite_url)
    client = signed_in(app, seen_ago=10)
    form = place(app, "Ward & Waiting")
    let_go = locked(sqlite_url)
    started = time.monotonic()
    answer = client.post("/people/units", data=form)
    took = time.monotonic() - started
    assert answer.status_code == 503
    assert took < WRITE_WITHIN
    assert answer.headers["Retry-After"]
    assert "Not confirmed" in answer.text
    assert "Nothing was saved" not in answer.text
    for kept in ("Ward &amp; Waiting", form["parent"], form["submission"], 'action="/people/units"'):
        assert kept in answer.text
    let_go()
    for _ in range(2):
        assert client.post("/people/units", data=form).status_code == 303
    assert places_named(sqlite_url, "Ward & Waiting") == (1, 1)


def test_a_writer_that_gets_the_lock_in_time_just_waits(sqlite_url, serving, locked):
    app = serving(sqlite_url)
    client, form = signed_in(app), place(app, "Ward 40")
    let_go = locked(sqlite_url)
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(client.post, "/people/units", data=form)
        time.sleep(0.3)
        let_go()
        assert answer.result().status_code == 303
    assert places_named(sqlite_url, "Ward 40") == (1, 1)


def test_the_same_form_sent_by_several_at_once_is_one_row(url, serving):
    app = serving(url)
    clients = [signed_in(app) for _ in range(6)]
    for turn in range(3):
        form, together = place(app, f"Ward {turn}0"), threading.Barrier(len(clients))

        def send(client, form=form, together=together):
            together.wait()
            return client.post("/people/units", data=form)

        with ThreadPoolExecutor(len(clients)) as pool:
            answers = list(pool.map(send, clients))
        assert [answer.status_code for answer in answers] == [303] * len(clients)
        assert len({answer.location for answer in answers}) == 1
        assert places_named(url, f"Ward {turn}0") == (1, 1)


def test_a_key_counts_for_its_own_address_only(url, serving):
    """Several buttons of one page may carry one key: each of them is a form of its own."""
    app = serving(url)
    client = signed_in(app)
    held = ask(url, "SELECT id FROM role_held WHERE role IN ('coach', 'executive') AND project_id IS NULL")
    assert len(held) == 2
    for (one,) in held:
        answer = client.post(f"/people/roles/{uuid.UUID(str(one))}/end", data={"submission": "k" * 36})
        assert answer.status_code == 303
    assert not ask(url, "SELECT id FROM role_held WHERE role IN ('coach', 'executive') AND project_id IS NULL")


def test_two_writers_at_once_lose_no_update(sqlite_url):
    """BEGIN IMMEDIATE: what is read before it is written is still so when it is written."""
    run_sql(sqlite_url, "CREATE TABLE tally (n INTEGER)", "INSERT INTO tally VALUES (0)")

    def count(_):
        engine = make_engine(sqlite_url)
        for _ in range(20):
            with engine.begin() as connection:
                n = connection.exec_driver_sql("SELECT n FROM tally").scalar_one()
                connection.exec_driver_sql(f"UPDATE tally SET n = {n + 1}")
        engine.dispose()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(count, range(4)))
    assert ask(sqlite_url, "SELECT n FROM tally") == [(80,)]


def ready(client):
    return client.get("/healthz").status_code, client.get("/readyz").status_code


def test_ready_while_the_database_is_there_and_current(url, serving):
    assert ready(serving(url).test_client()) == (200, 200)


def test_not_ready_when_the_sqlite_file_is_gone_and_ready_when_it_is_back(sqlite_url, serving):
    client = serving(sqlite_url).test_client()
    assert ready(client) == (200, 200)
    database = Path(make_url(sqlite_url).database)
    database.rename(database.with_suffix(".away"))
    assert ready(client) == (200, 503)
    answer = client.get("/readyz")
    assert str(database) not in answer.text
    assert len(answer.text) < 20
    database.with_suffix(".away").rename(database)
    assert ready(client) == (200, 200)


@pytest.mark.parametrize("change", ["0001", "zzz9"])
def test_not_ready_on_a_database_of_another_revision(url, serving, change):
    run_sql(url, f"UPDATE alembic_version SET version_num = '{change}'")
    assert ready(serving(url).test_client()) == (200, 503)


def test_not_ready_on_an_empty_database(empty_url, serving):
    assert ready(serving(empty_url).test_client()) == (200, 503)
    downgrade(empty_url, "base")
    assert ready(serving(empty_url).test_client()) == (200, 503)


def test_a_database_that_does_not_answer_is_a_503_for_everyone(serving):
    client = serving("postgresql+psycopg://nobody@127.0.0.1:1/none").test_client()
    assert ready(client) == (200, 503)
    with client.session_transaction() as session:
        session["_user_id"] = "a token"
    for path in ("/projects/mine", "/help", "/people/"):
        answer = client.get(path)
        assert answer.status_code == 503, path
        assert "Not confirmed" in answer.text
    answer = client.post("/people/units", data={"name": "Ward 50", "submission": "k" * 36})
    assert answer.status_code == 503
    assert "Ward 50" in answer.text


if POSTGRES:

    def test_postgresql_that_went_away_and_came_back_needs_no_restart(new_url, serving):
        url = new_url("postgresql")
        app = serving(url)
        client, form = signed_in(app), place(app, "Ward 60")
        assert client.get("/people/").status_code == 200
        name = make_url(url).database
        admin = make_url(url).set(database="postgres").render_as_string(hide_password=False)
        engine = make_engine(admin)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
            connection.exec_driver_sql(
                f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
            )
            assert ready(client) == (200, 503)
            answer = client.post("/people/units", data=form)
            assert answer.status_code == 503
            assert "Ward 60" in answer.text
            connection.exec_driver_sql(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
        engine.dispose()
        assert ready(client) == (200, 200)
        assert client.post("/people/units", data=form).status_code == 303
        assert places_named(url, "Ward 60") == (1, 1)
