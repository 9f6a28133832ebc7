"""Signed-in browsers, in a table: ended by sign-out, by 30 minutes without use, or after 12 hours.

The cookie carries a random token, the table its hash; a stolen copy of the database opens no session.
"""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256

from flask import Flask, Response, current_app, g, redirect, request, session, url_for
from flask_login import LoginManager, login_user
from sqlalchemy import select, update

from qitracker.config import Settings
from qitracker.models import Person, SignIn, db
from qitracker.people.reader import HELD, Reader, reader_of, with_roles
from qitracker.plumbing import clock
from qitracker.plumbing.database import writing

SEEN_EVERY = timedelta(minutes=1)  # how often "last seen" is written down


def install(app: Flask, settings: Settings, ask_to_sign_in: Callable[[], Response]) -> None:
    """Let Flask-Login ask this table who is there, and say what happens when nobody is."""
    manager = LoginManager()
    manager.session_protection = None  # the table decides; a changed browser version must not sign people out
    manager.init_app(app)
    manager.unauthorized_handler(ask_to_sign_in)
    app.extensions["settings"] = settings

    @manager.user_loader  # type: ignore[untyped-decorator]  # Flask-Login has no types
    def load(token: str) -> Reader | None:
        return find(token)


def start(person: Person) -> None:
    """Sign a person in: a new token and a fresh cookie, whatever the browser held before."""
    token = secrets.token_urlsafe(32)
    now = clock.now()
    db.session.add(SignIn(token_hash=_hash(token), person_id=person.id, made_at=now, seen_at=now))
    session.clear()
    g.pop("csrf_token", None)  # kept by Flask-WTF for this request: it belongs to the session that was just cleared
    login_user(Reader(person.id, person.name, person.email, (), frozenset(), frozenset(), sign_in=token))


def find(token: str) -> Reader | None:
    """Who holds this token, if the session still runs."""
    signed_in = select(SignIn, Person, *HELD).join(Person, Person.id == SignIn.person_id)
    rows = db.session.execute(with_roles(signed_in).where(SignIn.token_hash == _hash(token))).all()
    if not rows:
        return None
    sign_in, person = rows[0][0], rows[0][1]
    now = clock.now()
    if not (person.is_active and is_running(sign_in, now, current_app.extensions["settings"])):
        return None
    found = reader_of(person, [row[2:] for row in rows], sign_in=token, signed_in_at=sign_in.made_at)
    if now - sign_in.seen_at >= SEEN_EVERY and request.headers.get("X-Polling") is None:
        _note_seen(sign_in.token_hash, now)
    return found


def is_running(sign_in: SignIn, now: datetime, settings: Settings) -> bool:
    """Whether a session is still good at this moment."""
    return (
        sign_in.ended_at is None and now - sign_in.seen_at < settings.idle and now - sign_in.made_at < settings.absolute
    )


def end(token: str) -> None:
    """End one session on the server; the cookie is worth nothing from now on."""
    db.session.execute(update(SignIn).where(SignIn.token_hash == _hash(token)).values(ended_at=clock.now()))


def end_all(person_id: object) -> None:
    """End every session of a person: after a new password, a changed role, or when they leave."""
    running = SignIn.person_id == person_id, SignIn.ended_at.is_(None)
    db.session.execute(update(SignIn).where(*running).values(ended_at=clock.now()))


def _note_seen(token_hash: str, now: datetime) -> None:
    note = update(SignIn).where(SignIn.token_hash == token_hash).values(seen_at=now)
    with writing():
        db.session.execute(note)


def _hash(token: str) -> str:
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def sign_in_address(wanted: str) -> str:
    """Where to go after signing in: a path of our own, never another host."""
    is_ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable()
    return wanted if is_ours else url_for("projects.start")


def go(address: str) -> Response:
    """Redirect with 303: the next request reads."""
    return redirect(address, 303)  # type: ignore[return-value]  # a Werkzeug response
