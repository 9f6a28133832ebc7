"""What nobody needs any more is forgotten: unsaved uploads, ended sign-ins, old tries, keys of forms, runs of jobs."""

from datetime import date, datetime, time, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import CursorResult, Delete, delete, or_

from qitracker.config import Settings
from qitracker.models import JobRun, Letter, SignIn, SignInTry, Submission, Upload, db
from qitracker.people.throttle import KNOWN_FOR

UPLOADS, SESSIONS, FORMS = timedelta(days=30), timedelta(days=30), timedelta(days=7)
LETTERS, RUNS = timedelta(days=365), timedelta(days=400)
"""How long each is kept. Ours: an upload nobody has come back to for a month holds numbers that may be personal; a year
of letters answers "did you write to me?"; runs are kept a little longer than the year they are compared with."""


def tidy(day: date) -> dict[str, int]:
    """Forget what is old on that day. Counts by kind."""
    settings: Settings = current_app.extensions["settings"]
    start = datetime.combine(day, time(0), ZoneInfo(settings.time_zone))
    counts = {
        "uploads": _run(delete(Upload).where(Upload.at < start - UPLOADS, Upload.saved_at.is_(None))),
        "sessions": _run(
            delete(SignIn).where(or_(SignIn.ended_at < start - SESSIONS, SignIn.seen_at < start - SESSIONS))
        ),
        "tries": _run(delete(SignInTry).where(SignInTry.at < start - KNOWN_FOR)),
        "forms": _run(delete(Submission).where(Submission.at < start - FORMS)),
        "letters": _run(delete(Letter).where(Letter.made_at < start - LETTERS)),
        "runs": _run(delete(JobRun).where(JobRun.started_at < start - RUNS)),
    }
    db.session.commit()
    return counts


def _run(statement: Delete) -> int:
    return cast("CursorResult[Any]", db.session.execute(statement)).rowcount
