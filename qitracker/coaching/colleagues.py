"""Who coaches what: load, projects without a coach, handing over, absence with cover."""

import uuid
from typing import Any

from flask import abort, flash, make_response, render_template, url_for

from qitracker.coaching import reach
from qitracker.coaching.queue_rows import open_questions
from qitracker.coaching.room import coaching
from qitracker.coaching.team_actions import coaches_of, come_back, go_away, hand_over, hold_people
from qitracker.coaching.team_forms import AbsenceForm, GiveForm
from qitracker.method.dates import in_words
from qitracker.method.roles import Permission
from qitracker.models import CoachAbsence, Person, Project, Visibility, db
from qitracker.people import scope
from qitracker.people.access import needs
from qitracker.people.queries import team_of
from qitracker.people.reader import reader
from qitracker.people.sessions import go
from qitracker.plumbing import clock
from qitracker.plumbing.saving import alone, writes
from qitracker.projects.meanwhile import has_changed, remember


@coaching.get("/coaching/coaches")
@needs(Permission.COACH_PROJECT)
def coaches() -> Any:
    return _page(_absence_form(empty=True), 200)


@coaching.post("/coaching/coaches")
@needs(Permission.COACH_PROJECT)
@writes
def add_absence() -> Any:
    form = _absence_form()
    hold_people(one for one in reach.coaches(reader()) if str(one.id) in {form.coach.data, form.cover.data})
    if not form.is_ready():
        return _page(form, 422)
    left = reach.left_alone(reader(), uuid.UUID(form.coach.data), uuid.UUID(form.cover.data))
    absence = go_away(
        uuid.UUID(form.coach.data), form.first.data, form.last.data, uuid.UUID(form.cover.data), by=reader()
    )
    name = db.session.get_one(Person, absence.coach_id).name
    flash(f"{name} is away from {in_words(absence.first)} to {in_words(absence.last)}.", "done")
    if left:
        cover = db.session.get_one(Person, absence.cover_id).name
        flash(f"{cover} may not coach these until somebody gives them the role there: {', '.join(left)}.", "warning")
    return go(url_for("coaching.coaches"))


@coaching.post("/coaching/absences/<uuid:absence_id>/end")
@needs(Permission.COACH_PROJECT)
@writes
def end_absence(absence_id: uuid.UUID) -> Any:
    absence = db.session.get(CoachAbsence, absence_id)
    mine = {person.id for person in reach.coaches(reader())}
    if absence is None or absence.coach_id not in mine:
        abort(404)
    if absence.coach_id not in {reader().id, *reach.coaches_run(reader())}:
        abort(403)
    come_back(absence, by=reader())
    flash("Welcome back.", "done")
    return go(url_for("coaching.coaches"))


@coaching.get("/projects/<uuid:project_id>/coach/give")
@needs(Permission.COACH_PROJECT)
def give(project_id: uuid.UUID) -> Any:
    project = _mine_to_give(project_id)
    return _give_page(project, _give_form(project, empty=True), 200)


@coaching.post("/projects/<uuid:project_id>/coach/give")
@needs(Permission.COACH_PROJECT)
@writes
def give_to(project_id: uuid.UUID) -> Any:
    project = _mine_to_give(project_id)
    alone(project)
    form = _give_form(project)
    if has_changed(form, _now_coached(project)):
        form.coach.errors = [
            f"Somebody else has done this since you opened the page: {_who_coaches(project)}. Choose again"
        ]
        return _give_page(project, form, 409)
    if not form.is_ready():
        return _give_page(project, form, 422)
    to = db.session.get_one(Person, uuid.UUID(form.coach.data))
    hand_over(project, to, form.text.data, by=reader())
    flash(f"{to.name} coaches {project.title} from now on.", "done")
    return go(url_for("coaching.coaches"))


def _mine_to_give(project_id: uuid.UUID) -> Project:
    """A project whose coach I am, or that has none; the hub gives any it may see."""
    project = scope.project(reader(), project_id)
    held = coaches_of(project)
    here = [one for one in held if one.person.is_active]
    is_mine = not here or reader().id in {one.person_id for one in here}
    if not is_mine and not reach.runs_coaching_on(reader(), project.unit):
        abort(403)
    return project


def _now_coached(project: Project) -> str:
    return ",".join(sorted(one.person_id.hex for one in coaches_of(project)))


def _who_coaches(project: Project) -> str:
    names = [one.person.name for one in coaches_of(project) if one.person.is_active]
    return (
        f"{', '.join(names)} {'coaches' if len(names) == 1 else 'coach'} it now" if names else "nobody coaches it now"
    )


def _give_form(project: Project, *, empty: bool = False) -> GiveForm:
    form = GiveForm(formdata=None) if empty else GiveForm()
    now = {one.person_id for one in coaches_of(project)}
    people = [one for one in reach.coaches(reader(), {project.organisation_id}) if one.id not in now]
    if project.visibility is Visibility.PRIVATE:  # its lead says who sees it: only who does already can be chosen
        inside = {held.person_id for held in team_of(project)}
        people = [one for one in people if one.id in inside]
    away = reach.away_until([one.id for one in people], clock.today())
    named = [(one, f", away until {in_words(away[one.id])}" if one.id in away else "") for one in people]
    form.coach.choices = [("", "Choose a coach"), *((str(one.id), f"{one.name}{until}") for one, until in named)]
    if empty:
        remember(form, _now_coached(project))
    return form


def _absence_form(*, empty: bool = False) -> AbsenceForm:
    form = AbsenceForm(formdata=None) if empty else AbsenceForm()
    everyone = reach.coaches(reader())
    mine = {reader().id, *reach.coaches_run(reader())}
    away = [one for one in everyone if one.id in mine]
    form.coach.choices = [("", "Choose a coach"), *((str(one.id), one.name) for one in away)]
    form.cover.choices = [("", "Choose a coach"), *((str(one.id), one.name) for one in everyone)]
    if empty and len(away) == 1:
        form.coach.data = str(away[0].id)
    return form


def _page(form: AbsenceForm, status: int) -> Any:
    today = clock.today()
    loads, without = reach.loads(reader(), today)
    html = render_template(
        "coaching/coaches.html",
        form=form,
        loads=loads,
        without=without,
        questions=open_questions([one.id for one in without]),
        today=today,
        me=reader().id,
        runs=reach.runs_coaching(reader()),
    )
    return make_response(html, status)


def _give_page(project: Project, form: GiveForm, status: int) -> Any:
    held = [one.person.name for one in coaches_of(project) if one.person.is_active]
    return make_response(render_template("coaching/give.html", project=project, form=form, held=held), status)
