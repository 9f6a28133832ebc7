"""Changing the diagram: add, edit, remove and move drivers, and hang ideas on them."""

import uuid
from typing import Any

from flask import abort, flash, make_response, render_template, request, url_for

from qitracker.drivers import queries
from qitracker.drivers.actions import (
    Way,
    add_driver,
    capture_idea,
    change_driver,
    hang_on,
    join,
    remove_driver,
    shift,
)
from qitracker.drivers.board import Thing, anchor
from qitracker.drivers.diagram import board_of
from qitracker.drivers.forms import DriverForm, HangForm, as_id
from qitracker.drivers.room import drivers
from qitracker.method.roles import Permission
from qitracker.models import Driver, DriverLevel, Idea, Project
from qitracker.people import scope
from qitracker.people.access import needs
from qitracker.people.reader import reader
from qitracker.people.sessions import go
from qitracker.plumbing.forms import Form
from qitracker.plumbing.saving import writes


@drivers.route("/projects/<uuid:project_id>/drivers/new", methods=["GET", "POST"])
@needs(Permission.EDIT_PROJECT)
@writes
def new_driver(project_id: uuid.UUID) -> Any:
    project = scope.project(reader(), project_id)
    under = as_id(request.args.get("under"))
    level = DriverLevel.SECONDARY if under else DriverLevel.PRIMARY
    form = _form(project, level)
    if under and str(under) not in dict(form.parents.choices):
        abort(404)
    if not form.is_submitted():
        form.parents.data = (under,) if under else ()
        return _edit_page(project, level, form, 200)
    if not form.is_ready() or not _is_sound(form, project, level, None):
        return _edit_page(project, level, form, 422)
    driver = add_driver(
        project,
        level,
        form.text.data,
        by=reader(),
        measure_id=form.measure_id.data,
        why_no_measure=form.why_no_measure.data,
    )
    hang_on(driver, form.parents.data, queries.drivers_of(project), by=reader())
    flash(f"Added: {driver.text}", "done")
    return go(url_for("drivers.diagram", project_id=project.id))


@drivers.route("/drivers/<uuid:driver_id>/", methods=["GET", "POST"])
@needs(Permission.EDIT_PROJECT)
@writes
def driver(driver_id: uuid.UUID) -> Any:
    found = scope.find(Driver, reader(), driver_id)
    form = _form(found.project, found.level)
    form.fill(found)
    above = queries.parents_of(found)
    above_in_order = tuple(key for key in (as_id(value) for value, _ in form.parents.choices) if key in above)
    if not form.is_submitted():
        form.parents.data = above_in_order
        return _edit_page(found.project, found.level, form, 200, found)
    if not form.is_ready() or not _is_sound(form, found.project, found.level, found):
        return _edit_page(found.project, found.level, form, 422, found)
    if form.is_stale(found, {"parents": above_in_order}):
        return _edit_page(found.project, found.level, form, 409, found)
    change_driver(
        found,
        by=reader(),
        text=form.text.data,
        measure_id=form.measure_id.data,
        why_no_measure=form.why_no_measure.data or None,
    )
    if found.level is DriverLevel.SECONDARY:
        hang_on(found, form.parents.data, queries.drivers_of(found.project), by=reader())
    flash("Saved.", "done")
    return go(url_for("drivers.diagram", project_id=found.project_id))


@drivers.route("/drivers/<uuid:driver_id>/remove", methods=["GET", "POST"])
@needs(Permission.EDIT_PROJECT)
@writes
def remove(driver_id: uuid.UUID) -> Any:
    found = scope.find(Driver, reader(), driver_id)
    form = Form()
    form.fill(found)
    was = form.version.data
    changed = form.is_submitted() and was not in {"", None, str(found.version)}
    if not form.is_submitted() or changed:
        form.version.data = str(found.version)
        hanging = board_of(found.project).below[found.id]
        html = render_template(
            "drivers/remove.html",
            project=found.project,
            driver=found,
            form=form,
            drivers_below=hanging[0],
            ideas_below=hanging[1],
            changed=changed,
        )
        return make_response(html, 409 if changed else 200)
    remove_driver(found, by=reader())
    flash(f"Removed: {found.text}. Its change ideas stay on your list.", "done")
    return go(url_for("drivers.diagram", project_id=found.project_id))


@drivers.route("/drivers/<uuid:driver_id>/ideas", methods=["GET", "POST"])
@needs(Permission.EDIT_PROJECT)
@writes
def add_ideas(driver_id: uuid.UUID) -> Any:
    found = scope.find(Driver, reader(), driver_id)
    board = board_of(found.project)
    form = HangForm()
    here = set(board.below[found.id][1])
    others = [idea for idea in board.ideas if idea not in here]
    form.ideas.choices = [(str(idea.id), idea.text) for idea in others]
    ready = form.is_ready()
    if ready and not form.text.data and not form.ideas.data:
        form.text.errors = ["Write a new idea, or tick one from your list"]
        ready = False
    if not ready:
        html = render_template("drivers/add_ideas.html", project=found.project, driver=found, form=form)
        return make_response(html, 422 if form.is_submitted() else 200)
    chosen = [idea for idea in others if idea.id in form.ideas.data]
    if form.text.data:
        chosen.append(capture_idea(found.project, form.text.data, by=reader()))
    for idea in chosen:
        join(idea, found, by=reader())
    flash("Added: " + "; ".join(idea.text for idea in chosen[:3]) + (" …" if len(chosen) > 3 else ""), "done")
    return go(url_for("drivers.diagram", project_id=found.project_id))


@drivers.post("/drivers/<uuid:driver_id>/move")
@needs(Permission.EDIT_PROJECT)
@writes
def move_driver(driver_id: uuid.UUID) -> Any:
    return _move(scope.find(Driver, reader(), driver_id))


@drivers.post("/ideas/<uuid:idea_id>/move")
@needs(Permission.EDIT_PROJECT)
@writes
def move_idea_in_diagram(idea_id: uuid.UUID) -> Any:
    return _move(scope.find(Idea, reader(), idea_id))


def _move(thing: Thing) -> Any:
    """One place up or down under one driver, and back to the button that was pressed."""
    if request.form.get("way") not in set(Way):
        abort(400)
    way = Way(request.form["way"])
    board = board_of(thing.project)
    under = board.by_id.get(as_id(request.form.get("under")))
    if request.form.get("under") and under is None:
        abort(404)
    siblings = board.siblings(thing, under)
    if thing not in siblings:
        abort(404)
    everything = board.ideas if isinstance(thing, Idea) else board.drivers
    place = shift(thing, siblings, everything, way, by=reader())
    at_end = place is None or place == (0 if way is Way.UP else len(siblings) - 1)
    button = (Way.DOWN if way is Way.UP else Way.UP) if at_end else way
    return go(url_for("drivers.diagram", project_id=thing.project_id, _anchor=f"{button.value}-{anchor(thing, under)}"))


def _form(project: Project, level: DriverLevel) -> DriverForm:
    form = DriverForm()
    primary = [one for one in queries.drivers_of(project) if one.level is DriverLevel.PRIMARY]
    form.parents.choices = [(str(one.id), one.text) for one in primary] if level is DriverLevel.SECONDARY else []
    measures = [(str(measure.id), measure.name) for measure in queries.measures_of(project)]
    form.measure_id.choices = [("", "No measure yet"), *measures]
    if level is DriverLevel.SECONDARY:
        form.text.label.text = "What would move the primary driver?"
    return form


def _is_sound(form: DriverForm, project: Project, level: DriverLevel, driver: Driver | None) -> bool:
    """Whether the driver's words are new in this project and it hangs somewhere; else the field says so."""
    twin = next(
        (one for one in queries.drivers_of(project) if one is not driver and same_words(one.text, form.text.data)), None
    )
    if twin is not None:
        form.text.errors = ["There is a driver with these words already. A driver may belong to several others"]
    if level is DriverLevel.SECONDARY and not form.parents.data and form.parents.choices:
        form.parents.errors = ["Tick at least one primary driver"]
    return not (form.text.errors or form.parents.errors)


def same_words(one: str, other: str) -> bool:
    """Whether two texts are the same to a reader: capitals and blanks do not count."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _edit_page(
    project: Project, level: DriverLevel, form: DriverForm, status: int, driver: Driver | None = None
) -> Any:
    html = render_template("drivers/driver.html", project=project, level=level, form=form, driver=driver)
    return make_response(html, status)
