"""A coach review: what the system lists, what the coach saw, what comes next; then straight to the next project."""

import uuid
from datetime import date, timedelta
from typing import Any

from flask import flash, make_response, render_template, url_for

from qitracker.coaching import queue
from qitracker.coaching.actions import Reviewed, write_review
from qitracker.coaching.changes import changes_since
from qitracker.coaching.queue_rows import standings
from qitracker.coaching.review_form import ReviewForm, next_review_from
from qitracker.coaching.room import coaching
from qitracker.coaching.words import thread_of
from qitracker.findings import aim_parts, picture_of
from qitracker.method.aims import sentence
from qitracker.method.methods import METHODS
from qitracker.method.readiness import gate
from qitracker.method.roles import Permission
from qitracker.method.stalled.stuck import STUCK_ON, StuckOn
from qitracker.method.stalled.values import STATES, State
from qitracker.models import Project
from qitracker.people import scope
from qitracker.people.access import needs
from qitracker.people.reader import reader
from qitracker.people.sessions import go
from qitracker.plumbing import clock
from qitracker.plumbing.saving import alone, writes
from qitracker.projects import queries
from qitracker.projects.meanwhile import has_changed, remember
from qitracker.projects.scores import scores_of
from qitracker.standing.facts import facts_of, progress_from
from qitracker.standing.gathering import Gathered, gather
from qitracker.standing.numbers import settings_of

SAVE_AGAIN = "Nothing you typed is lost: read what stands there now, then save again to add yours"


@coaching.get("/projects/<uuid:project_id>/review")
@needs(Permission.COACH_PROJECT)
def review(project_id: uuid.UUID) -> Any:
    project = scope.project(reader(), project_id)
    return _page(project, 200)


@coaching.post("/projects/<uuid:project_id>/review")
@needs(Permission.COACH_PROJECT)
@writes
def save_review(project_id: uuid.UUID) -> Any:
    project = scope.project(reader(), project_id)
    alone(project)
    found = gather([project])[project.id]
    form, latest = _form(found), queries.last_review(project)
    if has_changed(form, latest and latest.id) and latest is not None:
        who = "You have" if latest.by_id == reader().id else f"{latest.by.name} has"
        form.going_well.errors = [f"{who} reviewed it since you opened this page. {SAVE_AGAIN}"]
        return _page(project, 409, form, found)
    if not form.is_ready():
        return _page(project, 422, form, found)
    write_review(
        project,
        Reviewed(
            going_well=form.going_well.data,
            stuck_on=form.stuck_on.data or None,
            advice=form.advice.data,
            next_step=form.next_step.data,
            owner_id=uuid.UUID(form.owner.data) if form.owner.data else None,
            next_step_on=form.next_step_on.data,
            score=form.score.data,
            why=form.why.data,
            help_wanted=form.help_wanted.data,
            next_review=form.next_review.data,
        ),
        by=reader(),
    )
    return go(_next(project, clock.today()))


def _next(done: Project, today: date) -> str:
    """The address of whatever waits longest now, with a word about it."""
    waiting = [row for row in queue.rows_of(reader(), today) if row.is_waiting]  # this one too, where the team asks
    if not waiting:
        flash(f"{done.title} is reviewed. Nothing else waits for you.", "done")
        return url_for("coaching.mine")
    first, more = waiting[0], len(waiting) - 1
    after = f" {more} more after that." if more else ""
    if first.project.id == done.id:
        flash(f"{done.title} is reviewed. Its team still asks you something.{after}", "done")
    else:
        flash(f"{done.title} is reviewed. Next: {first.project.title}.{after}", "done")
    return url_for("coaching.thread" if first.is_only_asked else "coaching.review", project_id=first.project.id)


def _form(found: Gathered, *, empty: bool = False) -> ReviewForm:
    form = ReviewForm(formdata=None) if empty else ReviewForm()
    form.owner.choices = [("", "Nobody yet"), *queries.people_choices(found.team)]
    return form


def _page(project: Project, status: int, form: ReviewForm | None = None, found: Gathered | None = None) -> Any:
    today = clock.today()
    found = found or gather([project])[project.id]
    facts = facts_of(found, today)
    last = queries.last_review(project)
    if form is None:
        form = _form(found, empty=True)
        form.next_review.data = next_review_from(today)
        remember(form, last and last.id)
    method = METHODS[project.method]
    scores = scores_of(project, facts, today, settings_of({project.organisation_id})[project.organisation_id])
    barriers = queries.barriers_of(project)
    since = last.at if last else project.registered_at - timedelta(seconds=1)  # what came with registering counts too
    standing = standings([project.id]).get(project.id)
    said = found.said
    is_of_aim = bool(found.aim and found.headline and found.aim.series_id == found.headline.id)
    analysis = said.analysis if said and is_of_aim else None
    html = render_template(
        "coaching/review.html",
        project=project,
        form=form,
        stage=method.stage(project.stage),
        gate=gate(method.stage(project.stage), facts),
        standing=standing,
        state=STATES[State(standing.state)].name if standing else "",
        reasons=standing.reasons if standing else (),
        aim=sentence(aim_parts(found.aim)) if found.aim else "",
        progress=progress_from(found.aim, analysis, today) if found.aim else None,
        said=said,
        picture=picture_of(said, width=420, height=110) if said else "",
        scores=scores,
        last=last,
        stuck=STUCK_ON[StuckOn(last.stuck_on)] if last and last.stuck_on else None,
        since=since,
        changes=changes_since(found, since, barriers, scores.given),
        barriers=[one for one in barriers if one.cleared_at is None],
        asked=[one for one in thread_of(found.coach_words) if one.is_open],
        stuck_on=STUCK_ON,
    )
    return make_response(html, status)
