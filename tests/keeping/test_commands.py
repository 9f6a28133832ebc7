"""The command line as an administrator meets it: each command in a process of its own, on a folder of its own."""

import json
import os
import re
import subprocess
import sys

import pytest
from click.testing import CliRunner

from qitracker import cli
from qitracker.models import Event, Person, RoleHeld, db
from qitracker.people import passwords
from qitracker.people.first import make_first_administrator
from qitracker.plumbing.migrating import downgrade, upgrade
from tests.keeping.conftest import ask, run_sql

GOOD = "purple-otter-lamp"


@pytest.fixture
def command(tmp_path):
    """Runs `qitracker ...` with an instance folder of its own; gives status, what it said, what it complained."""
    instance = tmp_path / "instance"

    def run(*arguments, stdin=""):
        kept = {name: value for name, value in os.environ.items() if not name.startswith("QITRACKER_")}
        done = subprocess.run(
            [sys.executable, "-m", "qitracker.cli", *arguments],
            input=stdin,
            env={**kept, "QITRACKER_INSTANCE": str(instance)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout, done.stderr

    return run


FIRST = ("first-administrator", "--organisation", "Test hospital", "--name", "Role admin", "--email", "A@example.org")


def test_from_nothing_to_a_restored_backup(command, tmp_path):
    database = tmp_path / "instance" / "qitracker.db"
    url = f"sqlite:///{database}"

    status, _, problem = command("serve")
    assert (status, "Run: qitracker migrate" in problem) == (1, True)
    assert not database.exists()

    assert command("migrate")[0] == 0
    assert command("migrate")[:2] == (0, "The database is up to date.\n")
    assert database.stat().st_mode & 0o777 == 0o600
    assert ask(url, "SELECT count(*) FROM person") == [(0,)]  # nobody can sign in until somebody is made

    status, _, problem = command(*FIRST, stdin="password1234\n")
    assert (status, "easy to guess" in problem) == (1, True)
    status, _, problem = command(*FIRST, stdin="")
    assert (status, "at least 12 characters" in problem) == (1, True)
    assert ask(url, "SELECT count(*) FROM person") == [(0,)]
    assert command(*FIRST, stdin=f"{GOOD}\n")[:2] == (
        0,
        "Role admin can sign in as a@example.org and invite everybody else.\n",
    )

    backup = str(tmp_path / "backup.db")
    assert command("backup", backup)[0] == 0
    run_sql(url, "UPDATE person SET name = 'Changed later'")
    status, _, problem = command("restore", backup)
    assert (status, "--replace" in problem) == (1, True)
    status, said, _ = command("restore", backup, "--replace")
    assert (status, "is kept as" in said) == (0, True)
    assert ask(url, "SELECT name, email FROM person") == [("Role admin", "a@example.org")]


@pytest.fixture
def inside(sqlite_url, tmp_path, monkeypatch):
    """Runs a command in this process, on a database with people in it."""
    monkeypatch.setattr(cli, "INSTANCE", tmp_path / "instance")
    monkeypatch.setenv("QITRACKER_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("QITRACKER_SECRET_KEY", "k" * 48)
    mask = os.umask(0o022)
    yield lambda *words, stdin=None: CliRunner().invoke(cli.main, words, input=stdin)
    os.umask(mask)


@pytest.mark.parametrize("words", [["serve"], ["migrate"], FIRST, ["rebuild"]])
def test_no_command_works_on_the_database_of_a_newer_version(inside, sqlite_url, words):
    run_sql(sqlite_url, "UPDATE alembic_version SET version_num = 'zzz9'")
    done = inside(*words, stdin=f"{GOOD}\n")
    assert (done.exit_code, "a newer one made it" in done.output) == (1, True)


@pytest.mark.parametrize("words", [["serve"], FIRST, ["rebuild"]])
def test_a_database_that_is_behind_is_migrated_first(inside, sqlite_url, tmp_path, words):
    downgrade(sqlite_url, "-1")
    done = inside(*words, stdin=f"{GOOD}\n")
    assert (done.exit_code, "Run: qitracker migrate" in done.output) == (1, True)
    done = inside("migrate")
    assert (done.exit_code, "Backup of" in done.output) == (0, True)
    (kept,) = (tmp_path / "instance" / "backups").iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600


def test_a_line_of_spc_is_answered(inside):
    line = {"id": "falls", "chart": "i", "x": list(range(1, 13)), "y": [5, 6, 4, 5, 7, 6, 5, 4, 6, 5, 5, 6]}
    done = inside("spc", stdin=json.dumps(line) + "\n")
    answer = json.loads(done.output)
    assert (done.exit_code, answer["id"], answer["y"]) == (0, "falls", line["y"])
    assert inside("spc", stdin="not json\n").exit_code == 1


def test_help_says_each_command_in_one_whole_sentence(inside):
    done = inside("--help")
    listed = dict(re.findall(r"^  ([a-z-]+)  +(.+)$", done.output.split("Commands:")[1], re.MULTILINE))
    assert done.exit_code == 0
    assert set(listed) == set(cli.main.commands)
    for name, sentence in listed.items():
        assert re.fullmatch(r"[A-Z].*[^.]\.", sentence), name


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        ("QITRACKER_DATABASE_URL", "mysql://127.0.0.1/x", "must be SQLite or PostgreSQL"),
        ("QITRACKER_DATABASE_URL", "nonsense", "QITRACKER_DATABASE_URL"),
        ("QITRACKER_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/x", "does not answer"),
        ("QITRACKER_PROXIES", "one", "QITRACKER_PROXIES must be a whole number"),
    ],
)
def test_a_wrong_setting_is_named(inside, monkeypatch, setting, value, sentence):
    monkeypatch.setenv(setting, value)
    done = inside("serve")
    assert (done.exit_code, sentence in done.output) == (1, True), done.output


@pytest.fixture
def new_app(empty_url, serving):
    upgrade(empty_url)
    return serving(empty_url)


@pytest.mark.parametrize(
    ("organisation", "name", "email", "password", "sentence"),
    [
        ("", "Role admin", "a@example.org", GOOD, "Organisation: Enter the organisation's name"),
        ("o" * 121, "Role admin", "a@example.org", GOOD, "Organisation: "),
        ("Test hospital", " ", "a@example.org", GOOD, "Name: Enter the administrator's name"),
        ("Test hospital", "n" * 121, "a@example.org", GOOD, "Name: "),
        ("Test hospital", "N\x00", "a@example.org", GOOD, "Name: "),
        ("Test hospital", "N\ud800", "a@example.org", GOOD, "Name: "),
        ("Test hospital", "Role admin", "", GOOD, "E-mail address: "),
        ("Test hospital", "Role admin", "somebody", GOOD, "E-mail address: "),
        ("Test hospital", "Role admin", "a@example.org", "short", "at least 12 characters"),
        ("Test hospital", "Role admin", "a@example.org", "administrator1", "easy to guess"),
        ("Test hospital", "Rosalind Xu", "a@example.org", "rosalind-4711", "too close to your name"),
    ],
)
def test_what_cannot_be_stored_is_refused_in_words(app, organisation, name, email, password, sentence):
    problem = make_first_administrator(app, organisation, name, email, password)
    assert sentence in (problem or "")
    assert db.session.query(Person).count() == 0


def test_the_first_administrator_is_stored_with_events_and_a_second_joins_them(new_app):
    assert make_first_administrator(new_app, " Test  hospital ", "Role admin", " A@Example.org", GOOD) is None
    assert "has an account already" in (
        make_first_administrator(new_app, "Test hospital", "X", "a@example.org", GOOD) or ""
    )
    assert make_first_administrator(new_app, "Test hospital", "Role second", "b@example.org", GOOD) is None
    with new_app.app_context():
        people = db.session.query(Person).order_by(Person.email).all()
        assert [(one.name, one.email) for one in people] == [
            ("Role admin", "a@example.org"),
            ("Role second", "b@example.org"),
        ]
        assert all(passwords.is_right(GOOD, one.password_hash) for one in people)
        held = db.session.query(RoleHeld).all()
        assert {(one.role.value, one.unit.name) for one in held} == {("administrator", "Test hospital")}
        events = {(one.noun, one.by_id) for one in db.session.query(Event)}
    assert events == {("unit", None), ("person", None), ("role", None)}
