"""Adding, correcting and undoing the numbers of a series."""

import uuid
from datetime import date
from typing import Any

from flask import Blueprint, abort, render_template, url_for

from qitracker.method.roles import Permission
from qitracker.models import Series
from qitracker.people import scope
from qitracker.people.access import needs
from qitracker.people.reader import reader
from qitracker.people.sessions import go
from qitracker.plumbing.saving import writes

feeds = Blueprint("feeds", __name__, url_prefix="/series/<uuid:series_id>")


def _page(series_id: uuid.UUID, title: str) -> Any:
    series = scope.find(Series, reader(), series_id)
    return render_template("feeds/soon.html", series=series, project=series.project, title=title)


@feeds.route("/add", methods=["GET", "POST"])
@needs(Permission.ADD_POINTS)
@writes
def add(series_id: uuid.UUID) -> Any:
    return _page(series_id, "Add a number")


@feeds.route("/paste", methods=["GET", "POST"])
@needs(Permission.ADD_POINTS)
@writes
def paste(series_id: uuid.UUID) -> Any:
    return _page(series_id, "Paste from Excel")


@feeds.route("/upload", methods=["GET", "POST"])
@needs(Permission.ADD_POINTS)
@writes
def upload(series_id: uuid.UUID) -> Any:
    return _page(series_id, "Upload a file")


@feeds.route("/uploads/<uuid:upload_id>", methods=["GET", "POST"])
@needs(Permission.ADD_POINTS)
@writes
def check(series_id: uuid.UUID, upload_id: uuid.UUID) -> Any:  # noqa: ARG001
    return _page(series_id, "Check before you save")


@feeds.route("/points/<on>", methods=["GET", "POST"])
@needs(Permission.ADD_POINTS)
@writes
def point(series_id: uuid.UUID, on: str) -> Any:
    try:
        date.fromisoformat(on)
    except ValueError:
        abort(404)
    return _page(series_id, "Correct a number")


@feeds.get("/history")
@needs(Permission.READ_PROJECT)
def history(series_id: uuid.UUID) -> Any:
    return _page(series_id, "History")


@feeds.post("/history/<int:event_id>/undo")
@needs(Permission.ADD_POINTS)
@writes
def undo(series_id: uuid.UUID, event_id: int) -> Any:  # noqa: ARG001
    scope.find(Series, reader(), series_id)
    return go(url_for("feeds.history", series_id=series_id))
