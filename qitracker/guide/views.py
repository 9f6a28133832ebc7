"""Pages that only say something. Open to all: people need help most when they cannot get in."""

from flask import Blueprint, Response, render_template

from qitracker.method.methods import METHODS
from qitracker.method.stalled.settings import DEFAULTS
from qitracker.method.stalled.telling import STEPS
from qitracker.method.stalled.values import STATES
from qitracker.models import db
from qitracker.people.access import open_to_all
from qitracker.plumbing.database import is_up

guide = Blueprint("guide", __name__)


@guide.get("/help")
@open_to_all
def help() -> str:  # noqa: A001 (the word in the address and the footer)
    tell = {who.value: int(DEFAULTS[key]) for who, key in STEPS.items()}
    return render_template("guide/help.html", method=METHODS["lancashire"], states=STATES, tell=tell)


@guide.get("/accessibility")
@open_to_all
def accessibility() -> str:
    return render_template("guide/accessibility.html")


@guide.get("/privacy")
@open_to_all
def privacy() -> str:
    return render_template("guide/privacy.html")


@guide.get("/healthz")
@open_to_all
def healthz() -> Response:
    """The process answers."""
    return Response("ok\n", mimetype="text/plain")


@guide.get("/readyz")
@open_to_all
def readyz() -> Response:
    """The database answers too. No detail: outsiders may ask."""
    try:
        ready = is_up()
    except Exception:
        db.session.rollback()
        ready = False
    return Response("ok\n" if ready else "not ready\n", status=200 if ready else 503, mimetype="text/plain")
