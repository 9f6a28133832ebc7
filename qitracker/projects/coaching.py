"""What the coach said and the team answered; and the history of a project."""

import uuid
from typing import Any

from flask import abort, flash, make_response, render_template, request, url_for

from qitracker.method.roles import Permission
from qitracker.models import CoachWord, Project
from qitracker.people import scope
from qitracker.people.access import needs
from qitracker.people.reader import reader
from qitracker.people.sessions import go
from qitracker.plumbing.saving import writes
from qitracker.projects import queries
from qitracker.projects.actions import say
from qitracker.projects.forms import CoachWordForm
from qitracker.projects.views import projects


@projects.get("/projects/<uuid:project_id>/coach")
@needs(Permission.READ_PROJECT)
def coach(project_id: uuid.UUID) -> Any:
    return _page(scope.project(reader(), project_id), CoachWordForm(), 200)


@projects.post("/projects/<uuid:project_id>/coach")
@needs(Permission.COACH_PROJECT)
@writes
def advise(project_id: uuid.UUID) -> Any:
    project = scope.project(reader(), project_id)
    form = CoachWordForm()
    if not form.is_ready():
        return _page(project, form, 422)
    say(project, form.text.data, by=reader())
    flash("The team sees it on its first page.", "done")
    return go(url_for("projects.coach", project_id=project.id))


@projects.post("/coach-words/<uuid:word_id>/answer")
@needs(Permission.EDIT_PROJECT)
@writes
def answer(word_id: uuid.UUID) -> Any:
    word = scope.find(CoachWord, reader(), word_id)
    form = CoachWordForm()
    if not form.is_ready():
        return _page(word.project, form, 422)
    say(word.project, form.text.data, by=reader(), answers=word)
    flash("Your coach sees your answer.", "done")
    return go(url_for("projects.coach", project_id=word.project_id))


@projects.get("/projects/<uuid:project_id>/history")
@needs(Permission.READ_PROJECT)
def history(project_id: uuid.UUID) -> Any:
    project = scope.project(reader(), project_id)
    before = request.args.get("before", "")
    if before and not (before.isascii() and before.isdigit() and len(before) < 12):
        abort(404)
    events = queries.events_of(project, int(before) if before else None)
    return render_template("projects/history.html", project=project, events=events, more=len(events) == queries.PAGE)


def _page(project: Project, form: CoachWordForm, status: int) -> Any:
    html = render_template(
        "projects/coach.html",
        project=project,
        form=form,
        said=queries.coach_words(project),
        may_coach=scope.may_on(reader(), project, Permission.COACH_PROJECT),
        may_answer=scope.may_on(reader(), project, Permission.EDIT_PROJECT),
    )
    return make_response(html, status)
