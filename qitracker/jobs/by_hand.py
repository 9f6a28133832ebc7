"""Jobs by command: for a given day, in whatever order somebody needs them."""

from collections.abc import Iterator
from datetime import date

from flask import Flask

from qitracker.jobs.running import run, send_mail
from qitracker.jobs.standings import keep_all
from qitracker.jobs.table import JOBS
from qitracker.measures.analysing import rebuild_all
from qitracker.models import db
from qitracker.plumbing import clock


def list_jobs() -> Iterator[str]:
    """A line for each job."""
    for job in JOBS.values():
        yield f"{job.name:<10} {job.rhythm.words}: {job.sentence}"


def run_by_hand(app: Flask, name: str, day: date | None) -> str:
    """Run a job for a day, today by default, and say what it did. Raises ValueError with a sentence."""
    job = JOBS.get(name)
    if job is None:
        raise ValueError(f"There is no job {name!r}. There are: {', '.join(JOBS)}.")
    with app.app_context():
        today = clock.today()
        if day is not None and day > today:
            raise ValueError("That day has not come yet: what will be true then nobody knows.")
        did = send_mail() if job.rhythm.at is None else run(job, day or today)
        db.session.remove()
    return f"{job.title}: {job.did(did or {})}."


def run_all(app: Flask) -> str:
    """Every job once for today, the mail last: where no worker runs, as in the demonstration."""
    for name in sorted(JOBS, key=lambda one: JOBS[one].rhythm.at is None):
        run_by_hand(app, name, None)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    return "What a worker does by itself has been done for today."


def rebuild(app: Flask) -> str:
    """Analyse every series again, then say anew where each project stands: lists read that, and not the charts."""
    with app.app_context():
        n_series, n_changed = rebuild_all()
        keep_all(clock.today())
        db.session.remove()
    return f"{n_series} series analysed, {n_changed} had differed from what was stored."
