"""`qitracker worker`: Huey rings each minute; what is to be done stands in our own tables.

The queue carries no work of ours, so nothing is lost with it: a worker that starts asks the tables what is due.
"""

import logging
from pathlib import Path
from typing import Any

from flask import Flask
from huey import Huey, RedisHuey, SqliteHuey, crontab
from sqlalchemy.exc import OperationalError

from qitracker.config import INSTANCE, Settings, SettingsError
from qitracker.jobs.running import run_due, send_mail
from qitracker.models import db

log = logging.getLogger("qitracker")
AT_ONCE = 2  # threads: mail goes on while the night's work is done


def make_huey(settings: Settings, folder: Path = INSTANCE) -> Huey:
    """The queue: a file in the instance folder, or Redis where the setting names one."""
    if not settings.queue_url:
        folder.mkdir(parents=True, exist_ok=True)
        return SqliteHuey("qitracker", filename=str(folder / "queue.db"), results=False)
    try:
        return RedisHuey("qitracker", url=settings.queue_url, results=False)
    except ImportError as problem:
        raise SettingsError("QITRACKER_QUEUE_URL names Redis: install its client with pip install redis") from problem


def prepare(huey: Huey, app: Flask) -> None:
    """Hang the two bells on the queue: the mail, and all that is due."""

    @huey.periodic_task(crontab(), name="mail", expires=120)  # type: ignore[untyped-decorator]  # Huey has no types
    def mail() -> None:
        _in_context(app, send_mail)

    @huey.periodic_task(crontab(), name="due", expires=120)  # type: ignore[untyped-decorator]  # Huey has no types
    def everything_due() -> None:
        _in_context(app, run_due)


def _in_context(app: Flask, work: Any) -> None:
    """One ring in a context of its own; a database that does not answer is no reason to end: it rings again."""
    with app.app_context():
        try:
            work()
        except OperationalError:
            db.session.rollback()
            log.exception("the database does not answer")


def run(app: Flask, settings: Settings, folder: Path = INSTANCE) -> None:
    """Work until stopped. What is due is done at once, without waiting for the first full minute."""
    huey = make_huey(settings, folder)
    prepare(huey, app)
    _in_context(app, run_due)
    _in_context(app, send_mail)
    huey.create_consumer(workers=AT_ONCE, periodic=True, worker_type="thread").run()
