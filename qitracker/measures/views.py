"""The pages of this room: a project's measures, one measure, its chart, what was decided about the chart."""

import uuid
from typing import Any

from qitracker.measures.room import measures
from qitracker.method.roles import Permission
from qitracker.models import Series
from qitracker.people import scope
from qitracker.people.access import needs
from qitracker.people.reader import reader
from qitracker.plumbing.saving import writes


@measures.get("/projects/<uuid:project_id>/measures/")
@needs(Permission.READ_PROJECT)
def index(project_id: uuid.UUID) -> Any:
    return scope.project(reader(), project_id).title


@measures.route("/projects/<uuid:project_id>/measures/new", methods=["GET", "POST"])
@needs(Permission.EDIT_PROJECT)
@writes
def new(project_id: uuid.UUID) -> Any:
    return scope.project(reader(), project_id).title


@measures.get("/series/<uuid:series_id>/")
@needs(Permission.READ_PROJECT)
def show(series_id: uuid.UUID) -> Any:
    return str(scope.find(Series, reader(), series_id).id)
