"""Sending what was written: claimed one by one, so that no worker that dies loses a letter, nor two send the same."""

import logging
import uuid
from datetime import timedelta

from flask import current_app
from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload

from qitracker.config import Settings
from qitracker.letters.delivering import Refused, Unreachable, Way, way_for
from qitracker.letters.mime import Unsendable, mail_of
from qitracker.letters.writing import address_of, path_of
from qitracker.models import Letter, db
from qitracker.plumbing import clock

log = logging.getLogger("qitracker")

WAITS = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 240, 720, 1440, 1440))
"""How long a letter rests after each try that failed, or whose worker died. Longer each time, two days and a half in
all (RFC 5321, 4.5.4.1: retry half an hour apart at first, give up after four to five days; a reminder ages sooner)."""
MOST_TRIES = len(WAITS) + 1
MOST_AT_ONCE = 500  # a sweep comes each minute; it must end before the one after it is bored


def sweep() -> dict[str, int]:
    """Send what waits. Counts: `sent`, `failed` (will be tried again), `given_up`, `waiting` (left for later)."""
    counts = {"sent": 0, "failed": 0, "given_up": 0}
    settings: Settings = current_app.extensions["settings"]
    if _next() is not None:
        db.session.rollback()
        try:
            with way_for(settings.mail) as way:
                _send_all(way, settings, counts)
        except Unreachable as problem:
            # Before anything was claimed: what waits keeps its tries, and goes when the way is open again.
            log.warning("mail waits: %s", problem)
            db.session.rollback()
            return counts | {"waiting": n_waiting(), "unreachable": 1}
    db.session.rollback()
    return counts | {"waiting": n_waiting()}


def _send_all(way: Way, settings: Settings, counts: dict[str, int]) -> None:
    choices = address_of(path_of("letters.choices"))
    for _ in range(MOST_AT_ONCE):
        letter_id = claim()
        if letter_id is None:
            return
        counts[_send(way, letter_id, settings, choices)] += 1


def claim() -> uuid.UUID | None:
    """Take the next letter that is due, for this worker alone, and say so in a transaction of its own."""
    letter = _next()
    if letter is None:
        db.session.rollback()
        return None
    letter.sending_at, letter.tries = clock.now(), letter.tries + 1
    taken = letter.id
    db.session.commit()
    return taken


def _next() -> Letter | None:
    due = select(Letter).where(Letter.sent_at.is_(None), Letter.tries < MOST_TRIES, _is_due())
    # On PostgreSQL a row that another worker holds is passed over; on SQLite this transaction holds the database.
    found: Letter | None = db.session.scalar(
        due.order_by(Letter.made_at, Letter.id).limit(1).with_for_update(skip_locked=True)
    )
    return found


def _is_due() -> ColumnElement[bool]:
    now = clock.now()
    rested = [and_(Letter.tries == n, Letter.sending_at <= now - wait) for n, wait in enumerate(WAITS, 1)]
    return or_(Letter.sending_at.is_(None), *rested)


def _send(way: Way, letter_id: uuid.UUID, settings: Settings, choices: str) -> str:
    """Send one that this worker has claimed, and write down how it went: the name of the count it belongs to.

    Between the mail server's yes and the commit lies the one moment in which a worker that dies makes a mail come
    twice, with the same Message-ID. A file in the folder is the same file.
    """
    letter = db.session.scalars(select(Letter).where(Letter.id == letter_id).options(joinedload(Letter.person))).one()
    try:
        mail = mail_of(letter, settings, choices)
        db.session.rollback()  # a mail server may be slow: nobody waits for it
        way.deliver(letter_id, mail)
    except (Refused, Unsendable) as problem:
        for_good = isinstance(problem, Unsendable) or problem.for_good
        return _note_problem(letter_id, str(problem), for_good=for_good)
    except Unreachable as problem:
        _note_problem(letter_id, str(problem), for_good=False)
        raise
    except (ValueError, TypeError, LookupError):  # one mail that cannot be made must not keep the others
        log.exception("letter %s cannot be sent", letter_id)
        return _note_problem(letter_id, "The mail could not be made. The log has the details.", for_good=False)
    letter = db.session.get_one(Letter, letter_id)
    letter.sent_at, letter.problem = clock.now(), ""
    db.session.commit()
    return "sent"


def _note_problem(letter_id: uuid.UUID, sentence: str, *, for_good: bool) -> str:
    db.session.rollback()
    letter = db.session.get_one(Letter, letter_id)
    letter.problem = sentence[:300]
    if for_good:
        letter.tries = MOST_TRIES
    is_over = letter.tries >= MOST_TRIES
    db.session.commit()
    return "given_up" if is_over else "failed"


def n_waiting() -> int:
    """How many letters are written, not sent, and not given up."""
    waiting = select(func.count()).select_from(Letter).where(Letter.sent_at.is_(None), Letter.tries < MOST_TRIES)
    found = db.session.scalar(waiting) or 0
    db.session.rollback()
    return found
