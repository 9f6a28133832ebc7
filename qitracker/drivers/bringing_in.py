"""The diagram as CSV, out and in: what would be added is shown row by row first, then all of it is saved or nothing."""

import uuid
from typing import Any

from flask import Response, flash, make_response, render_template, request, url_for

from qitracker.drivers.actions import add_driver, capture_idea, join, link_measure, move_idea
from qitracker.drivers.board import Board
from qitracker.drivers.diagram import board_of
from qitracker.drivers.forms import SheetForm
from qitracker.drivers.room import drivers
from qitracker.drivers.sheet import (
    COLUMNS,
    FINDING_WORDS,
    Finding,
    Known,
    Place,
    Plan,
    Row,
    key_of,
    rows_out,
)
from qitracker.drivers.sheet_reading import understand
from qitracker.method.drivers import LEVEL_WORDS, Level
from qitracker.method.ideas import IdeaStatus
from qitracker.method.roles import Permission
from qitracker.models import Driver, DriverLevel, Idea, Measure, Project, db
from qitracker.people import scope
from qitracker.people.access import needs
from qitracker.people.reader import reader
from qitracker.people.sessions import go
from qitracker.plumbing.history import Actor
from qitracker.plumbing.reading.csv_out import csv_text
from qitracker.plumbing.reading.grid import Grid, read_text_grid
from qitracker.plumbing.reading.unreadable import Unreadable
from qitracker.plumbing.reading.xlsx import read_xlsx
from qitracker.plumbing.saving import writes


@drivers.get("/projects/<uuid:project_id>/drivers/diagram.csv")
@needs(Permission.READ_PROJECT)
def diagram_csv(project_id: uuid.UUID) -> Response:
    board = board_of(scope.project(reader(), project_id))
    text = csv_text(COLUMNS, rows_out(_boxes(board)))
    response = Response(text.encode("utf-8-sig"), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="driver-diagram.csv"'
    return response


@drivers.get("/projects/<uuid:project_id>/drivers/sheet")
@needs(Permission.EDIT_PROJECT)
def sheet(project_id: uuid.UUID) -> Any:
    return _ask(scope.project(reader(), project_id), SheetForm(), 200)


@drivers.post("/projects/<uuid:project_id>/drivers/sheet")
@needs(Permission.EDIT_PROJECT)
@writes
def check_sheet(project_id: uuid.UUID) -> Any:
    """Saves nothing: shows what the sheet would add."""
    project = scope.project(reader(), project_id)
    form = SheetForm()
    form.validate_on_submit()
    try:
        grid = _sent(form)
        plan = understand(grid, place_of(board_of(project), project))
    except Unreadable as problem:
        form.cells.errors = [*form.cells.errors, problem.sentence][:1]
        return _ask(project, form, 422)
    return _show(project, _checked(grid, plan), plan, 200)


@drivers.post("/projects/<uuid:project_id>/drivers/sheet/save")
@needs(Permission.EDIT_PROJECT)
@writes
def save_sheet(project_id: uuid.UUID) -> Any:
    project = scope.project(reader(), project_id)
    form = SheetForm()
    form.validate_on_submit()
    board = board_of(project)
    try:
        grid = _sent(form)
        plan = understand(grid, place_of(board, project))
    except Unreadable as problem:
        form.cells.errors = [*form.cells.errors, problem.sentence][:1]
        return _ask(project, form, 422)
    if not plan.can_be_saved:
        return _show(project, _checked(grid, plan), plan, 422)
    if form.seen.data != plan.digest:
        return _show(project, _checked(grid, plan), plan, 409, changed=True)
    if not form.is_ready():
        form.seen.data = plan.digest
        return _show(project, form, plan, 422)
    bring_in(plan, board, project, by=reader())
    flash(_said(plan), "done")
    return go(url_for("drivers.diagram", project_id=project.id))


def place_of(board: Board, project: Project) -> Place:
    """What a sheet is read against."""
    boxes = [
        Known(
            Level(one.level.value),
            one.text,
            frozenset(parent.text for parent in board.parents.get(one.id, ())),
            board.measures.get(one.measure_id, "") if one.measure_id else "",
        )
        for one in board.drivers
    ]
    boxes += [
        Known(Level.IDEA, one.text, frozenset(parent.text for parent in board.parents.get(one.id, ())))
        for one in board.ideas
    ]
    return Place(tuple(boxes), tuple(board.measures.values()), board.aim, project.stage)


def bring_in(plan: Plan, board: Board, project: Project, *, by: Actor) -> None:
    """Add what the plan holds: first the boxes, then what joins them."""
    drivers_there = {key_of(one.text): one for one in reversed(board.drivers)}
    ideas_there = {key_of(one.text): one for one in reversed(board.ideas)}
    measures = {name: key for key, name in board.measures.items()}
    for row in plan.of(Finding.NEW):
        if row.level is Level.IDEA:
            ideas_there[key_of(row.text)] = _new_idea(project, row, by=by)
        else:
            drivers_there[key_of(row.text)] = _new_driver(project, row, measures, by=by)
    joined: set[tuple[uuid.UUID, uuid.UUID]] = set()
    for row in plan.of(Finding.NEW, Finding.JOINS):
        thing = (ideas_there if row.level is Level.IDEA else drivers_there)[key_of(row.text)]
        if row.finding is Finding.JOINS and row.measure and isinstance(thing, Driver) and thing.measure_id is None:
            link_measure(thing, db.session.get_one(Measure, measures[row.measure]), by=by)
        for parent in (drivers_there[key_of(text)] for text in row.parents):
            if (parent.id, thing.id) not in joined:
                join(thing, parent, by=by)
                joined.add((parent.id, thing.id))


def _new_idea(project: Project, row: Row, *, by: Actor) -> Idea:
    idea = capture_idea(project, row.text, by=by)
    if row.status is not IdeaStatus.NEW:
        move_idea(idea, row.status, by=by, why="Brought in from a sheet")
    return idea


def _new_driver(project: Project, row: Row, measures: dict[str, uuid.UUID], *, by: Actor) -> Driver:
    level = DriverLevel.PRIMARY if row.level is Level.PRIMARY else DriverLevel.SECONDARY
    return add_driver(project, level, row.text, by=by, measure_id=measures.get(row.measure))


def _boxes(board: Board) -> list[tuple[Level, str, list[str], IdeaStatus | None, str]]:
    """The aim, the drivers and all ideas, those without a driver too."""
    found: list[tuple[Level, str, list[str], IdeaStatus | None, str]] = []
    if board.aim:
        found.append((Level.AIM, board.aim, [], None, ""))
    for one in board.drivers:
        measure = board.measures.get(one.measure_id, "") if one.measure_id else ""
        above = [parent.text for parent in board.parents.get(one.id, ())]
        found.append((Level(one.level.value), one.text, above, None, measure))
    for idea in board.ideas:
        above = [parent.text for parent in board.parents.get(idea.id, ())]
        found.append((Level.IDEA, idea.text, above, idea.status, ""))
    return found


def _sent(form: SheetForm) -> Grid:
    """The grid that was uploaded, or else pasted. Raises Unreadable."""
    file = request.files.get("file")
    content = file.read() if file and file.filename else b""
    if content:
        return read_xlsx(content) if content.startswith(b"PK\x03\x04") else read_text_grid(content)
    if form.cells.errors:
        raise Unreadable(str(form.cells.errors[0]))
    typed = request.form.get("cells", "")
    if not typed.strip():
        raise Unreadable("Paste the cells, or choose a file")
    return read_text_grid(typed)


def _checked(grid: Grid, plan: Plan) -> SheetForm:
    """A form that carries the cells on to be saved; blank rows between them go, so that it stays small."""
    form = SheetForm(formdata=None)
    form.cells.data = csv_text(grid.rows[0].cells, (row.cells for row in grid.rows[1:]))
    form.seen.data = plan.digest
    return form


def _ask(project: Project, form: SheetForm, status: int) -> Any:
    return make_response(
        render_template("drivers/sheet.html", project=project, form=form, columns=COLUMNS, levels=LEVEL_WORDS), status
    )


def _show(project: Project, form: SheetForm, plan: Plan, status: int, *, changed: bool = False) -> Any:
    html = render_template(
        "drivers/check.html",
        project=project,
        form=form,
        plan=plan,
        words=FINDING_WORDS,
        levels=LEVEL_WORDS,
        findings=Finding,
        changed=changed,
    )
    return make_response(html, status)


def _said(plan: Plan) -> str:
    new = len(plan.of(Finding.NEW))
    joined = len(plan.of(Finding.JOINS))
    parts = [f"{n} {words}" for n, words in ((new, "added"), (joined, "joined")) if n]
    return f"Saved: {', '.join(parts)}."
