"""All projects at a glance: filters in the address, views that are kept, the same list as a file."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl

from flask import flash, make_response, render_template, request, url_for
from sqlalchemy import literal, select, union_all
from werkzeug.datastructures import MultiDict

from qitracker.hub import filters as narrowing
from qitracker.hub import listing, reach
from qitracker.hub.exporting import csv_of
from qitracker.hub.filters import NOBODY, REASON_NAMES, SHOWS, Filters
from qitracker.hub.forms import SaveViewForm
from qitracker.hub.glance import glances
from qitracker.hub.home import page_number
from qitracker.hub.room import hub
from qitracker.method.methods import METHODS
from qitracker.method.roles import Permission, Role
from qitracker.method.stalled.values import STATES
from qitracker.models import Person, Programme, Project, RoleHeld, SavedView, db
from qitracker.people.access import needs
from qitracker.people.queries import unit_choices
from qitracker.people.reader import Reader, reader
from qitracker.people.sessions import go
from qitracker.plumbing import clock, history
from qitracker.plumbing.saving import writes

MOST_VIEWS = 30
"""Views one person keeps: more are no longer a short way to anything. Ours."""
LONGEST_QUERY = 500  # as wide as its column; a word in another script takes up to twelve characters for each letter


@hub.get("/projects")
@needs(Permission.READ_HUB)
def projects() -> Any:
    return _page(narrowing.read(request.args), SaveViewForm(formdata=None), 200)


@hub.get("/projects.csv")
@needs(Permission.READ_HUB)
def projects_csv() -> Any:
    """The same list as a file for a spreadsheet, all pages of it."""
    wanted = narrowing.read(request.args)
    response = make_response(csv_of(reader(), wanted, clock.today()).encode("utf-8-sig"))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = 'attachment; filename="projects.csv"'
    return response


@hub.post("/views")
@needs(Permission.READ_HUB)
@writes
def save_view() -> Any:
    """Keep these filters under a name; the same name again takes the new ones."""
    form = SaveViewForm()
    wanted = narrowing.read(MultiDict(parse_qsl(form.query.data or "")))
    kept = _views(reader())
    same = next((one for one in kept if one.name == form.name.data), None)
    if form.is_ready() and same is None and len(kept) >= MOST_VIEWS:
        form.name.errors = [f"You keep {MOST_VIEWS} views already. Delete one first"]
    query = wanted.address("")[1:]
    if form.is_ready() and len(query) > LONGEST_QUERY:
        form.name.errors = ["This list is narrowed by too many words to be kept. Search for fewer"]
    if form.errors or form.warnings:
        return _page(wanted, form, 422)
    if same is not None:
        same.query = query
    else:
        db.session.add(SavedView(person_id=reader().id, name=form.name.data, query=query, at=clock.now()))
    history.record("saved", "view", form.name.data, by=reader(), new={"query": query})
    flash(f"“{form.name.data}” is kept.", "done")
    return go(wanted.address(url_for("hub.projects")))


@hub.post("/views/delete")
@needs(Permission.READ_HUB)
@writes
def delete_view() -> Any:
    """Delete a view of one's own; the projects in it stay."""
    wanted = request.form.get("view", "")
    for view in _views(reader()):
        if str(view.id) == wanted:
            history.record("deleted", "view", view.name, by=reader(), old={"query": view.query})
            db.session.delete(view)
            flash(f"“{view.name}” is deleted. Its projects are not touched.", "done")
    return go(url_for("hub.projects"))


def _views(person: Reader) -> Sequence[SavedView]:
    return db.session.scalars(
        select(SavedView).where(SavedView.person_id == person.id).order_by(SavedView.name, SavedView.id)
    ).all()


def _page(wanted: Filters, form: SaveViewForm, status: int) -> Any:
    today = clock.today()
    page = listing.page(reader(), wanted, page_number(), today)
    address = url_for("hub.projects")
    choices = _choices(reader())
    form.query.data = wanted.address("")[1:]
    html = render_template(
        "hub/projects.html",
        form=form,
        wanted=wanted,
        page=page,
        glances=glances(page.rows, today),
        views=[(view, f"{address}?{view.query}" if view.query else address) for view in _views(reader())],
        choices=choices,
        said=in_words(wanted, choices),
        states=STATES,
        csv=wanted.address(url_for("hub.projects_csv")),
        page_address=lambda number: wanted.address(address, page=number),
        may_help=reader().may_somewhere(Permission.COACH_PROJECT),
    )
    return make_response(html, status)


Choices = Mapping[str, Sequence[tuple[str, str]]]


def _choices(person: Reader) -> Choices:
    """What each filter can be, in two queries."""
    places = reach.places_in_order(person)
    organisations = {unit.organisation_id for unit in places}
    programmes = select(literal("programme"), Programme.id, Programme.name)
    coaches = (
        select(literal("coach"), Person.id, Person.name)
        .join(RoleHeld, RoleHeld.person_id == Person.id)
        .join(Project, Project.id == RoleHeld.project_id)
        .where(RoleHeld.role == Role.COACH, reach.within(person))
        .distinct()
    )
    both = union_all(programmes.where(Programme.organisation_id.in_(organisations)), coaches)
    named: dict[str, list[tuple[str, str]]] = {"programme": [], "coach": []}
    for kind, key, name in db.session.execute(both):
        named[kind].append((str(key), name))
    for pairs in named.values():
        pairs.sort(key=lambda pair: (pair[1].lower(), pair[0]))
    return {
        "unit": unit_choices(places),
        "programme": named["programme"],
        "coach": [(NOBODY, "No coach"), *named["coach"]],
        "stage": list({stage.key: stage.name for method in METHODS.values() for stage in method.stages}.items()),
        "method": [(key, method.name) for key, method in METHODS.items()],
        "level": [("micro", "Micro"), ("meso", "Meso"), ("macro", "Macro")],
        "reason": sorted(REASON_NAMES.items(), key=lambda pair: pair[1]),
        "shows": [(key, name) for key, (name, _) in SHOWS.items()],
        "snoozed": list(narrowing.HELD_BACK.items()),
    }


def in_words(wanted: Filters, choices: Choices) -> str:
    """What the list is narrowed to, as a sentence would say it; empty for all."""
    parts = [f"“{wanted.words}”"] if wanted.words else []
    parts += [STATES[state].name for state in STATES if state.value in wanted.states]
    for name, value in wanted.pairs():
        if name in choices:
            parts.append(next((label.strip() for key, label in choices[name] if key == value), "one that is not here"))
    if wanted.told:
        parts.append("told to the hub")
    if wanted.closed:
        parts.append("open")
    return ", ".join(parts)
