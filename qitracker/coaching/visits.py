"""The log of visits: where a coach was, for which project, how long, and a note."""

import uuid
from collections.abc import Sequence
from typing import Any

from flask import abort, flash, make_response, render_template, request, url_for
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from qitracker.coaching import reach
from qitracker.coaching.queue_rows import absences_covered, coached
from qitracker.coaching.room import coaching
from qitracker.coaching.team_actions import forget_visit, note_visit
from qitracker.coaching.team_forms import VisitForm
from qitracker.method.roles import Permission
from qitracker.models import Project, Unit, Visit, db
from qitracker.people import scope
from qitracker.people.access import needs
from qitracker.people.queries import unit_choices, units_in_order
from qitracker.people.reader import Reader, reader
from qitracker.people.sessions import go
from qitracker.plumbing import clock
from qitracker.plumbing.saving import writes

FEW, MOST = 20, 500
"""The latest visits on the page, and when somebody asks for earlier ones. Ours: a coach's month, and years."""


@coaching.get("/coaching/visits")
@needs(Permission.COACH_PROJECT)
def visits() -> Any:
    form = _form(empty=True)
    form.on.data = clock.today()
    return _page(form, 200)


@coaching.post("/coaching/visits")
@needs(Permission.COACH_PROJECT)
@writes
def add_visit() -> Any:
    form = _form()
    if not form.is_ready():
        return _page(form, 422)
    project = scope.project(reader(), uuid.UUID(form.project.data)) if form.project.data else None
    minutes = int(form.minutes.data) if form.minutes.data is not None else None
    note_visit(uuid.UUID(form.unit.data), form.on.data, minutes, form.note.data, by=reader(), project=project)
    flash("Your visit is noted.", "done")
    return go(url_for("coaching.visits"))


@coaching.post("/coaching/visits/<uuid:visit_id>/remove")
@needs(Permission.COACH_PROJECT)
@writes
def remove_visit(visit_id: uuid.UUID) -> Any:
    visit = db.session.get(Visit, visit_id)
    if visit is None or visit.coach_id != reader().id:
        abort(404)
    forget_visit(visit, by=reader())
    flash("Removed.", "done")
    return go(url_for("coaching.visits"))


def visits_seen(who: Reader, most: int) -> Sequence[tuple[Visit, Project | None]]:
    """My own visits, the latest so many; the hub sees those of its places. One to a project the reader may not see is
    left out."""
    rows = (
        select(Visit, Project)
        .join(Unit, Unit.id == Visit.unit_id)
        .outerjoin(Project, Project.id == Visit.project_id)
        .where((Visit.project_id.is_(None)) | scope.visible(who))
        .options(joinedload(Visit.coach), joinedload(Visit.unit))
    )
    rows = rows.where((Visit.coach_id == who.id) | reach.places_run(who))
    found = db.session.execute(rows.order_by(Visit.on.desc(), Visit.at.desc()).limit(most))
    return [(visit, project) for visit, project in found]


def time_in_words(minutes: int) -> str:
    """45 minutes, 1 hour, 13 hours 20 minutes; empty for none."""
    parts = [(minutes // 60, "hour"), (minutes % 60, "minute")]
    return " ".join(f"{n} {name}{'' if n == 1 else 's'}" for n, name in parts if n)


def _minutes(who: Reader) -> int:
    """How long this person's visits took in all."""
    return db.session.scalar(select(func.sum(Visit.minutes)).where(Visit.coach_id == who.id)) or 0


def _form(*, empty: bool = False) -> VisitForm:
    form = VisitForm(formdata=None) if empty else VisitForm()
    mine = coached(reader(), absences_covered(reader(), clock.today()))
    named = sorted(((one.project.title, str(one.project.id)) for one in mine), key=lambda pair: pair[0].lower())
    form.unit.choices = [("", "Choose a place"), *unit_choices(units_in_order(reader()))]
    form.project.choices = [("", "None in particular"), *((key, title) for title, key in named)]
    return form


def _page(form: VisitForm, status: int) -> Any:
    most = MOST if request.args.get("earlier") == "yes" else FEW
    seen = visits_seen(reader(), most + 1)
    html = render_template(
        "coaching/visits.html",
        form=form,
        seen=seen[:most],
        has_earlier=len(seen) > most == FEW,
        took=time_in_words(_minutes(reader())),
        me=reader().id,
        runs=reach.runs_coaching(reader()),
    )
    return make_response(html, status)
