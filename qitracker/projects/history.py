"""The history of a project: every change, newest first."""

import uuid
from typing import Any

from flask import abort, render_template, request

from qitracker.method.roles import Permission
from qitracker.people import scope
from qitracker.people.access import needs
from qitracker.people.reader import reader
from qitracker.projects import queries
from qitracker.projects.views import projects


@projects.get("/projects/<uuid:project_id>/history")
@needs(Permission.READ_PROJECT)
def history(project_id: uuid.UUID) -> Any:
    project = scope.project(reader(), project_id)
    before = request.args.get("before", "")
    if before and not (before.isascii() and before.isdigit() and len(before) < 12):
        abort(404)
    events = queries.events_of(project, int(before) if before else None)
    return render_template("projects/history.html", project=project, events=events, more=len(events) == queries.PAGE)
