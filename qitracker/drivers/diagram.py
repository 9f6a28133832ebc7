"""The driver diagram: its page, and the picture by itself."""

import uuid
from typing import Any

from flask import Response, render_template

from qitracker.charts.driver_diagram import driver_diagram, driver_diagram_png
from qitracker.drivers import queries
from qitracker.drivers.board import Board
from qitracker.drivers.room import drivers
from qitracker.method.roles import Permission
from qitracker.models import Project
from qitracker.people import scope
from qitracker.people.access import needs
from qitracker.people.reader import reader
from qitracker.plumbing import clock
from qitracker.plumbing.database import let_go


@drivers.get("/projects/<uuid:project_id>/drivers/")
@needs(Permission.READ_PROJECT)
def diagram(project_id: uuid.UUID) -> Any:
    project = scope.project(reader(), project_id)
    board = board_of(project)
    return render_template(
        "drivers/diagram.html",
        project=project,
        board=board,
        picture=driver_diagram(board.drawn()),
        new_key=new_key,
        may_edit=scope.may_on(reader(), project, Permission.EDIT_PROJECT),
    )


@drivers.get("/projects/<uuid:project_id>/drivers/diagram.svg")
@needs(Permission.READ_PROJECT)
def diagram_svg(project_id: uuid.UUID) -> Response:
    drawn = board_of(scope.project(reader(), project_id)).drawn()
    return _file(driver_diagram(drawn), "image/svg+xml", "driver-diagram.svg")


@drivers.get("/projects/<uuid:project_id>/drivers/diagram.png")
@needs(Permission.READ_PROJECT)
def diagram_png(project_id: uuid.UUID) -> Response:
    drawn = board_of(scope.project(reader(), project_id)).drawn()
    let_go()
    return _file(driver_diagram_png(drawn), "image/png", "driver-diagram.png")


def new_key() -> str:
    """A submission key for each of the many small forms of the list."""
    return str(uuid.uuid4())


def board_of(project: Project) -> Board:
    """Everything the diagram shows, in six queries however large it is."""
    return Board(
        aim=queries.aim_sentence(project),
        drivers=queries.drivers_of(project),
        ideas=queries.ideas_of(project),
        links=queries.links_of(project),
        cycles=queries.cycles_by_idea(project, clock.today()),
        measures={measure.id: measure.name for measure in queries.measures_of(project)},
    )


def _file(content: str | bytes, kind: str, name: str) -> Response:
    """A file the browser may show; the links on the page offer it to be saved."""
    response = Response(content, mimetype=kind)
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
