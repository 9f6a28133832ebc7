"""A view that writes: one transaction, one row per form however often it is sent, a retry when two collide."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask, Response, current_app, g, make_response, redirect, request
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from qitracker.models import Project, Submission, db
from qitracker.plumbing import clock, history

TRIES = 3
COLLISIONS = {"40001", "40P01"}  # PostgreSQL's serialization_failure and deadlock_detected: running again is the cure
View = Callable[..., Any]


def install(app: Flask, bring_up_to_date: Callable[[history.Touched], None]) -> None:
    """Say what is to be brought up to date before each commit, in the same transaction.

    The rooms above hand it in: nothing here may know of them.
    """
    app.extensions["bring_up_to_date"] = bring_up_to_date


def settle() -> None:
    """Bring up to date what is kept about the projects this transaction has touched. Then it can be committed."""
    found = history.take_touched()
    bring_up_to_date = current_app.extensions.get("bring_up_to_date")
    if bring_up_to_date is not None and (found.projects or found.people):
        bring_up_to_date(found)


def alone(row: Any) -> None:
    """Hold a project or a place until this transaction ends: of two writes at once, the second sees the first's.

    To be asked before looking at what there is already. PostgreSQL's FOR NO KEY UPDATE, which lets others refer to the
    row; SQLite holds all of itself.
    """
    kind = type(row)
    db.session.execute(select(kind.id).where(kind.id == row.id).with_for_update(key_share=True))


def held() -> dict[uuid.UUID, Project]:
    """The projects that this transaction holds already, by id: nobody needs to ask for them again."""
    now, info = db.session().get_transaction(), db.session().info
    transaction, projects = info.get("held", (None, {}))
    if transaction is not now:
        projects = {}
        info["held"] = (now, projects)
    found: dict[uuid.UUID, Project] = projects
    return found


def writes(view: View) -> View:
    """Commit when the view answers well (below 400), roll back when it does not. Before the commit, `settle`.

    The form's submission key is stored in the same transaction: a double click, a retry or "back and send
    again" is answered with the first one's answer, and adds nothing. When another person's save came in
    between, the view runs again, sees their version, and tells.
    """

    @wraps(view)
    def wrapped(**values: Any) -> Any:
        if request.method != "POST":
            return view(**values)
        for attempt in range(1, TRIES + 1):
            earlier = _answered()
            if earlier is not None:
                return redirect(earlier, 303)
            try:
                return _run(view, values)
            except (StaleDataError, DBAPIError) as error:
                db.session.rollback()
                if attempt == TRIES or not _is_collision(error):
                    raise
        raise AssertionError("unreachable")

    wrapped.writes = True  # type: ignore[attr-defined]  # read by the test that each POST route carries it
    return wrapped


def _run(view: View, values: dict[str, Any]) -> Response:
    history.take_touched()  # of a try that was rolled back
    response = make_response(view(**values))
    if response.status_code >= 400:
        db.session.rollback()
        return response
    key = _key()
    if key and response.location:
        db.session.add(Submission(key=key, person_id=current_user.id, location=response.location, at=clock.now()))
    settle()
    db.session.commit()
    g.saved = True
    return response


def _is_collision(error: Exception) -> bool:
    if isinstance(error, StaleDataError | IntegrityError):
        return True
    return getattr(getattr(error, "orig", None), "sqlstate", None) in COLLISIONS


def _key() -> str:
    # Bound to the address: several buttons of one page may carry one key, and each of them is a form of its own.
    key = request.form.get("submission", "")
    if len(key) != 36 or not current_user.is_authenticated:
        return ""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{request.path}\n{key}"))


def _answered() -> str | None:
    key = _key()
    row = db.session.get(Submission, (key, current_user.id)) if key else None
    return row.location if row else None
