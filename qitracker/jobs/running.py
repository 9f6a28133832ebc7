"""Running jobs: each once for its day, however many workers there are, and once more where one was killed."""

import logging
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import select, text

from qitracker.jobs.table import JOBS, Job
from qitracker.models import JobRun, db
from qitracker.plumbing import clock

log = logging.getLogger("qitracker")

GONE_AFTER = timedelta(minutes=30)
"""A run that has not ended by then was killed with its worker. Ours: the longest job takes some minutes."""
AGAIN_AFTER = timedelta(hours=1)  # after an error: it may pass, and an error each minute would fill the log
KEY = 0x51495452  # of the lock on PostgreSQL: "QITR", so that no other program's number is met


def run_due() -> dict[str, Mapping[str, int]]:
    """Run what is due and was not done; days that were missed are made up for once, not each. What each job did."""
    return {job.name: did for job, day in list(due()) if (did := run(job, day, by_hand=False)) is not None}


def due() -> Iterator[tuple[Job, date]]:
    """The jobs whose latest day has no run that ended well, with that day; and those asked for again, for today."""
    for job in JOBS.values():
        if job.rhythm.at is None:
            continue
        if not _is_spared(job, _day(job)):
            yield job, _day(job)
        elif _is_asked_again(job, latest(job.name)):
            yield job, clock.today()


def _day(job: Job) -> date:
    return job.rhythm.latest(clock.local(clock.now()))


def _is_spared(job: Job, day: date) -> bool:
    """Done, being done, failed a moment ago; or a mail that would make up for days before this program ran."""
    last = latest(job.name)
    if last is None:
        return job.to_people and day != clock.today()
    if last.day < day:
        return False
    return last.day > day or not _may_begin(last, clock.now())


def _is_asked_again(job: Job, last: JobRun | None) -> bool:
    """Whether what it did is no longer true of today, though it was done."""
    is_over = last is not None and last.ended_at is not None and not last.problem
    return is_over and last is not None and job.again is not None and job.again(last.started_at)


def _may_begin(last: JobRun, now: datetime) -> bool:
    if last.ended_at is None:
        return now - last.started_at >= GONE_AFTER
    return bool(last.problem) and now - last.started_at >= AGAIN_AFTER


def latest(name: str) -> JobRun | None:
    """The latest run of a job."""
    rows = (
        select(JobRun).where(JobRun.job == name).order_by(JobRun.day.desc(), JobRun.started_at.desc(), JobRun.id.desc())
    )
    found: JobRun | None = db.session.scalar(rows.limit(1))
    return found


def run(job: Job, day: date, *, by_hand: bool = True) -> Mapping[str, int] | None:
    """Run a job for a day. None where another worker does or has done it; by hand it is run in any case.

    Raises what the job raised, when it was started by hand; a worker's goes to the log and to the page of jobs.
    """
    run_id = _begin(job, day, by_hand=by_hand)
    if run_id is None:
        return None
    try:
        did = job.run(day)
        db.session.commit()
    except Exception:
        db.session.rollback()
        _end(run_id, None, "It stopped with an error. The log of the worker has the details.")
        if by_hand:
            raise
        log.exception("the job %s stopped", job.name)
        return {}
    _end(run_id, did, "")
    return did


def send_mail() -> Mapping[str, int]:
    """The sweep of the minute. It leaves one row a day, and only where it did something: 1,440 would say no more."""
    job, today = JOBS["mail"], clock.today()
    started = clock.now()
    did = job.run(today)
    if any(did.get(key) for key in job.words) or did.get("unreachable"):
        last = latest(job.name)
        if last is None or last.day != today:
            last = JobRun(job=job.name, day=today, started_at=started, did={})
            db.session.add(last)
        before = last.did or {}
        last.did = {key: before.get(key, 0) + did.get(key, 0) for key in job.words}
        last.started_at, last.ended_at = started, clock.now()
        last.problem = "Mail cannot be sent at the moment: it waits." if did.get("unreachable") else ""
        db.session.commit()
    return did


def _begin(job: Job, day: date, *, by_hand: bool) -> int | None:
    """Write down that this worker does it, unless another does: in one transaction that no other can come between."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": KEY})
    last = latest(job.name)
    is_done = last is not None and last.day >= day and not _may_begin(last, clock.now())
    if not by_hand and is_done and not _is_asked_again(job, last):
        db.session.rollback()
        return None
    row = JobRun(job=job.name, day=day, started_at=clock.now())
    db.session.add(row)
    db.session.commit()
    return row.id


def _end(run_id: int, did: Mapping[str, int] | None, problem: str) -> None:
    row = db.session.get_one(JobRun, run_id)
    row.did, row.problem, row.ended_at = dict(did) if did is not None else None, problem, clock.now()
    db.session.commit()
