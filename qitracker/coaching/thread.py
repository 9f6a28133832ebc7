"""What coach, hub and team say to each other: advice, offers of help, questions, and the answers to each."""

import uuid
from typing import Any

from flask import abort, flash, make_response, render_template, url_for

from qitracker.coaching.forms import AdviceForm, AnswerForm, QuestionForm
from qitracker.coaching.room import coaching
from qitracker.coaching.talk import reviews_of, talk_of
from qitracker.method.roles import Permission, Role
from qitracker.models import CoachWord, Project, Visibility, WordKind
from qitracker.people import scope
from qitracker.people.access import needs
from qitracker.people.reader import reader
from qitracker.people.sessions import go
from qitracker.plumbing.forms import Form
from qitracker.plumbing.saving import writes
from qitracker.projects import queries
from qitracker.projects.actions import say
from qitracker.projects.intake import intake_words
from qitracker.projects.telling import people_with, tell_word


@coaching.get("/projects/<uuid:project_id>/coach")
@needs(Permission.READ_PROJECT)
def thread(project_id: uuid.UUID) -> Any:
    return _page(scope.project(reader(), project_id), 200)


@coaching.post("/projects/<uuid:project_id>/coach")
@needs(Permission.COACH_PROJECT)
@writes
def advise(project_id: uuid.UUID) -> Any:
    project = scope.project(reader(), project_id)
    form = AdviceForm()
    if not form.is_ready():
        return _page(project, 422, form)
    tell_word(project, say(project, form.text.data, by=reader()), by=reader())
    flash("The team sees it on its first page.", "done")
    return go(url_for("coaching.thread", project_id=project.id))


@coaching.post("/projects/<uuid:project_id>/coach/ask")
@needs(Permission.EDIT_PROJECT)
@writes
def ask(project_id: uuid.UUID) -> Any:
    project = scope.project(reader(), project_id)
    form = QuestionForm()
    if not form.is_ready():
        return _page(project, 422, form)
    word = say(project, form.text.data, by=reader(), kind=WordKind.QUESTION)
    tell_word(project, word, by=reader())
    flash(who_finds(project)[1], "done")
    return go(url_for("coaching.thread", project_id=project.id))


@coaching.post("/coach-words/<uuid:word_id>/answer")
@needs(Permission.EDIT_PROJECT)
@writes
def answer(word_id: uuid.UUID) -> Any:
    """The team answers advice, an offer of help, or the hub."""
    return _answer(scope.find(CoachWord, reader(), word_id), "Your coach sees your answer.", to_team=False)


@coaching.post("/coach-words/<uuid:word_id>/reply")
@needs(Permission.COACH_PROJECT)
@writes
def reply(word_id: uuid.UUID) -> Any:
    """A coach answers what the team asked."""
    return _answer(scope.find(CoachWord, reader(), word_id), "The team sees your answer.", to_team=True)


def _answer(word: CoachWord, done: str, *, to_team: bool) -> Any:
    if word.answers_id is not None or (word.kind is WordKind.QUESTION) is not to_team:
        abort(404)
    form = AnswerForm()
    if not form.is_ready():
        return _page(word.project, 422, form, answering=word)
    say(word.project, form.text.data, by=reader(), answers=word)
    flash(done, "done")
    return go(url_for("coaching.thread", project_id=word.project_id))


def who_finds(project: Project) -> tuple[str, str]:
    """Who finds what the team asks, said before and after: a question must never seem to reach somebody it does not."""
    if people_with(project, Role.COACH):
        return "Your coach sees it in their list, and answers here.", "Your coach finds your question in their list."
    if project.visibility is Visibility.PRIVATE:
        before = (
            "Nobody coaches this project yet, and it is private: nobody else sees it. Name a coach on the team’s page."
        )
        return before, "Your question is kept here. Name a coach on the team’s page: they find it in their list."
    before = "Nobody coaches this project yet. Until somebody does, the improvement hub sees it and answers here."
    return before, "Nobody coaches this project yet: the improvement hub finds your question, and answers here."


def _page(project: Project, status: int, form: Form | None = None, answering: CoachWord | None = None) -> Any:
    question = form if isinstance(form, QuestionForm) else QuestionForm(formdata=None)
    question.text.hint = who_finds(project)[0]
    html = render_template(
        "coaching/thread.html",
        project=project,
        form=form or AnswerForm(formdata=None),
        advice=form if isinstance(form, AdviceForm) else AdviceForm(formdata=None),
        question=question,
        fresh=AnswerForm(formdata=None),
        answering=answering.id if answering else None,
        talk=talk_of(queries.coach_words(project), reviews_of(project)),
        intake=intake_words(project, reader()),
        may_coach=scope.may_on(reader(), project, Permission.COACH_PROJECT),
        may_answer=scope.may_on(reader(), project, Permission.EDIT_PROJECT),
    )
    return make_response(html, status)
