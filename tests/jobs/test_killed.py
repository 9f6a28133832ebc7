"""Real workers, killed in the middle of writing and of sending: every letter is written once and comes once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import ColumnElement, create_engine, func, select, update

from qitracker.app import create_app
from qitracker.config import Mail
from qitracker.jobs.digest import write_digests
from qitracker.letters.sending import sweep
from qitracker.method.roles import Role
from qitracker.models import Letter, db
from qitracker.people.actions import add_person, give_role
from qitracker.plumbing.migrating import upgrade
from tests.conftest import ENGINES, drop_postgres, postgres_for_this_run, settings_for
from tests.world import World

PEOPLE = 75  # the digest commits them by fifties


@pytest.fixture(params=ENGINES)
def app_of_its_own(request, tmp_path) -> Iterator:
    """A database that other processes see too, with a team of seventy-five."""
    is_sqlite = request.param == "sqlite"
    url = f"sqlite:///{tmp_path / 'qitracker.db'}" if is_sqlite else postgres_for_this_run()
    upgrade(url)
    app = create_app(settings_for(url))
    with app.app_context():
        world = World()
        project = world.project(stage="deliver")
        for number in range(PEOPLE - 2):  # the lead and the member are in the team already
            person = add_person(f"Role {number}", f"person{number}@example.org", None, by=None)
            give_role(person, Role.TEAM_MEMBER, by=None, project=project)
        db.session.commit()
        yield app
        db.session.remove()
        db.engine.dispose()
    if not is_sqlite:
        drop_postgres(url)


@pytest.fixture
def start(app_of_its_own, tmp_path) -> Iterator[Callable[..., subprocess.Popen]]:
    """Start the command as IT would; whatever still runs is killed at the end."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("QITRACKER_")}
    environment = kept | {
        "QITRACKER_INSTANCE": str(tmp_path),
        "QITRACKER_DATABASE_URL": app_of_its_own.config["SQLALCHEMY_DATABASE_URI"],
    }
    running: list[subprocess.Popen] = []

    def run(*words: str) -> subprocess.Popen:
        command = [sys.executable, "-m", "qitracker.cli", *words]
        running.append(subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT))
        return running[-1]

    yield run
    for one in running:
        one.kill()
        one.wait()
        one.stdout.close()


def until(is_so: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.005)


@pytest.fixture
def count(app_of_its_own) -> Iterator[Callable[..., int]]:
    """How many letters there are, read without taking the lock that writers wait for."""
    engine = create_engine(app_of_its_own.config["SQLALCHEMY_DATABASE_URI"], isolation_level="AUTOCOMMIT")

    def read(*conditions: ColumnElement[bool]) -> int:
        with engine.connect() as connection:
            return connection.scalar(select(func.count()).select_from(Letter).where(*conditions)) or 0

    yield read
    engine.dispose()


def files(folder: Path) -> list[str]:
    return sorted(one.stem for one in folder.glob("*.eml"))


def kill(one: subprocess.Popen) -> None:
    one.send_signal(signal.SIGKILL)
    assert one.wait() == -signal.SIGKILL


def test_no_letter_is_lost_and_none_comes_twice(app_of_its_own, start, count, tmp_path) -> None:
    day, mail = datetime.now().astimezone().date(), tmp_path / "mail"

    writing = start("job", "digest", "--day", day.isoformat())
    until(lambda: count() > 0)
    kill(writing)
    assert 0 < count() < PEOPLE  # in the middle
    write_digests(day)
    total = count()
    people = db.session.scalar(select(func.count(Letter.person_id.distinct())))
    db.session.rollback()
    assert people == total >= PEOPLE

    sending = start("worker")
    until(lambda: len(files(mail)) > 5)
    kill(sending)
    before = {name: (mail / f"{name}.eml").read_bytes() for name in files(mail)}
    assert 5 < len(before) < total  # in the middle
    # What it had claimed comes back after five minutes. They pass now.
    an_hour_ago = datetime.now().astimezone() - timedelta(hours=1)
    db.session.execute(update(Letter).where(Letter.sent_at.is_(None), Letter.tries > 0).values(sending_at=an_hour_ago))
    db.session.commit()

    other = start("worker")
    until(lambda: len(files(mail)) > len(before))
    app_of_its_own.extensions["settings"] = replace(app_of_its_own.extensions["settings"], mail=Mail(folder=mail))
    sweep()  # two at once
    until(lambda: count(Letter.sent_at.is_(None)) == 0)
    assert other.poll() is None
    assert files(mail) == sorted(str(one) for one in db.session.scalars(select(Letter.id)))
    assert count() == total
    assert count(Letter.tries == 2) <= 1  # the one that was on its way
    assert count(Letter.tries > 2) == 0
    # A mail that came before is the same mail, whichever worker made it: only the border between its parts is drawn anew.
    heads = {name: whole.split(b"\r\nMIME")[0] for name, whole in before.items()}
    assert heads == {name: (mail / f"{name}.eml").read_bytes().split(b"\r\nMIME")[0] for name in before}
