"""When each job last ran, what it did, what failed: for the hub and for administrators."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Blueprint, abort, render_template
from sqlalchemy import func, select

from qitracker.jobs.running import GONE_AFTER
from qitracker.jobs.table import JOBS, Job
from qitracker.letters.sending import MOST_TRIES
from qitracker.method.roles import Permission
from qitracker.models import JobRun, Letter, db
from qitracker.people.access import signed_in
from qitracker.people.reader import reader
from qitracker.plumbing import clock

jobs = Blueprint("jobs", __name__)
LATE = timedelta(minutes=60)  # a worker looks each minute; an hour later nobody is looking


@dataclass(frozen=True, slots=True)
class Told:
    """One job as the page shows it. `is_late`: its time has come and gone, and nothing has run."""

    job: Job
    last: JobRun | None
    did: str
    problem: str
    is_late: bool


@jobs.get("/jobs")
@signed_in
def page() -> Any:
    me = reader()
    if not (me.may_somewhere(Permission.RUN_HUB) or me.may_somewhere(Permission.MANAGE_PEOPLE)):
        abort(403)
    last = _latest_runs()
    told = [_told(job, last.get(job.name)) for job in JOBS.values()]
    unsent = Letter.sent_at.is_(None)
    columns = select(func.count(), func.min(Letter.made_at))
    waiting, oldest = db.session.execute(columns.where(unsent, Letter.tries < MOST_TRIES)).one()
    ended = select(Letter.problem, func.count()).where(unsent, Letter.tries >= MOST_TRIES)
    given_up = [tuple(row) for row in db.session.execute(ended.group_by(Letter.problem).order_by(Letter.problem))]
    is_stuck = oldest is not None and clock.now() - oldest > LATE
    return render_template(
        "jobs/page.html", told=told, waiting=waiting, given_up=given_up, is_stuck=is_stuck, today=clock.today()
    )


def _latest_runs() -> Mapping[str, JobRun]:
    newest = select(func.max(JobRun.started_at)).where(JobRun.job.in_(JOBS)).group_by(JobRun.job)
    rows = select(JobRun).where(JobRun.job.in_(JOBS), JobRun.started_at.in_(newest)).order_by(JobRun.id)
    return {row.job: row for row in db.session.scalars(rows)}


def _told(job: Job, last: JobRun | None) -> Told:
    now = clock.now()
    problem = last.problem if last else ""
    if last is not None and last.ended_at is None:
        was_killed = now - last.started_at >= GONE_AFTER
        problem = "It was interrupted. The next run goes on from there." if was_killed else "It is running."
    is_late = False
    if job.rhythm.at is not None:
        day = job.rhythm.latest(clock.local(now - LATE))
        is_late = last.day < day if last is not None else not job.to_people
    return Told(job, last, job.did(last.did) if last and last.did is not None else "", problem, is_late)
