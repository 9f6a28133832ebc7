"""Projects: mine, all, a new one."""

import uuid
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for

from qitracker.findings import picture_of
from qitracker.method.methods import METHODS
from qitracker.method.next_card import next_card
from qitracker.method.roles import Permission, Role
from qitracker.method.stalled.values import STATES
from qitracker.method.steps import stage_summary
from qitracker.models import Person, db
from qitracker.people import scope
from qitracker.people.access import needs, signed_in
from qitracker.people.queries import unit_choices, units_in_order
from qitracker.people.reader import reader
from qitracker.people.sessions import go
from qitracker.plumbing import clock
from qitracker.plumbing.saving import writes
from qitracker.projects import queries
from qitracker.projects.actions import register as register_project
from qitracker.projects.forms import RegisterForm
from qitracker.projects.in_words import in_the_register
from qitracker.standing.facts import facts_of, gather_work

projects = Blueprint("projects", __name__)
TEAM = {Role.TEAM_MEMBER, Role.PROJECT_LEAD}
NO_ACCOUNT = "Nobody who works here has this address. Enter yours, and invite the lead to the team later"


@projects.get("/")
@signed_in
def start() -> Any:
    """The first page after signing in: the hub's list, a coach's queue, or my projects."""
    held = {one.role for one in reader().held}
    if reader().may_somewhere(Permission.RUN_HUB):
        return redirect(url_for("hub.home"))
    if Role.COACH in held and held.isdisjoint(TEAM):
        return redirect(url_for("coaching.mine"))
    return redirect(url_for("projects.mine"))


@projects.get("/projects/mine")
@signed_in
def mine() -> Any:
    """The first page after signing in: my projects, each with what to do next."""
    page = _page_number()
    found, count = queries.my_projects(reader(), page)
    gathered, known = gather_work(found), queries.last_and_standing(found)
    today = clock.today()
    cards = []
    for project in found:
        one = gathered[project.id]
        facts = facts_of(one, today)
        said = one.said
        cards.append(
            {
                "project": project,
                "stages": stage_summary(METHODS[project.method], facts.statuses, project.stage),
                "next": None if project.closed_at else next_card(facts, today),
                "is_ours": scope.may_on(reader(), project, Permission.EDIT_PROJECT),
                "said": said,
                "picture": picture_of(said, width=220, height=56) if said else "",
            }
        )
    return render_template(
        "projects/mine.html",
        cards=cards,
        page=page,
        pages=max(1, -(-count // queries.CARDS)),
        last={key: last for key, (last, _) in known.items()},
        standings={key: standing for key, (_, standing) in known.items()},
        states=STATES,
        may_register=reader().may_somewhere(Permission.REGISTER_PROJECT),
    )


@projects.get("/projects/")
@signed_in
def register() -> Any:
    """The register of all work the reader may see."""
    number = _page_number()
    filters = queries.Filters(
        words=request.args.get("q", "")[:100].replace("\0", ""),
        stage=_known_stage(request.args.get("stage", "")),
        unit=_uuid(request.args.get("unit", "")),
        state=_one_of(request.args.get("state", ""), {"open", "closed"}),
    )
    found, count = queries.all_projects(reader(), filters, number)
    pages = max(1, -(-count // queries.PAGE))
    known = queries.last_and_standing(found)
    return render_template(
        "projects/register.html",
        found=found,
        count=count,
        filters=filters,
        page=number,
        pages=pages,
        stages=METHODS["lancashire"].stages,
        units=units_in_order(reader()),
        last={key: last for key, (last, _) in known.items()},
        said={one.id: in_the_register(one, known[one.id][1]) for one in found},
        may_register=reader().may_somewhere(Permission.REGISTER_PROJECT),
    )


@projects.route("/projects/new", methods=["GET", "POST"])
@needs(Permission.REGISTER_PROJECT)
@writes
def new() -> Any:
    """Five fields; similar projects are shown before it is saved."""
    form = RegisterForm()
    places = units_in_order(reader())
    form.unit.choices = [("", "Choose a place"), *unit_choices(places)]
    if request.method == "GET":
        form.lead.data = reader().email
        return render_template("projects/new.html", form=form, alike=())
    ready = form.is_ready()
    unit = next((one for one in places if str(one.id) == form.unit.data), None) if ready else None
    lead = queries.lead_by_email(form.lead.data, unit.organisation_id) if unit else None
    if unit and lead is None:
        form.lead.errors = [NO_ACCOUNT]
    if unit is None or lead is None:
        return make_response(render_template("projects/new.html", form=form, alike=()), 422)
    if request.form.get("seen_similar") != "yes":
        alike = queries.similar_projects(reader(), form.title.data, form.problem.data)
        if alike:
            return make_response(render_template("projects/new.html", form=form, alike=alike), 422)
    project = register_project(
        form.title.data,
        form.problem.data,
        unit,
        lead,
        form.level.data,
        by=reader(),
        starter=db.session.get_one(Person, reader().id),
    )
    flash("Your project is registered. One step at a time from here.", "done")
    return go(url_for("projects.home", project_id=project.id))


def _page_number() -> int:
    word = request.args.get("page", "1")
    return max(1, int(word)) if word.isascii() and word.isdigit() and len(word) < 6 else 1


def _one_of(word: str, known: set[str]) -> str:
    return word if word in known else ""


def _known_stage(word: str) -> str:
    return _one_of(word, {stage.key for method in METHODS.values() for stage in method.stages})


def _uuid(word: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(word)
    except ValueError:
        return None
