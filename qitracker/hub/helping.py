"""What the hub can do for one project: offer help, decide with the team, or look again later."""

import uuid
from datetime import timedelta
from typing import Any

from flask import flash, make_response, render_template, request, url_for
from sqlalchemy import select

from qitracker.hub import reach
from qitracker.hub.actions import end_snooze as end_the_snooze
from qitracker.hub.actions import offer_help, running_snooze
from qitracker.hub.actions import snooze as snooze_project
from qitracker.hub.forms import HelpForm, SnoozeForm
from qitracker.hub.listing import Listed, rows_of, stage_moved
from qitracker.hub.reason_rules import rule_behind
from qitracker.hub.room import hub
from qitracker.method.dates import in_words
from qitracker.method.roles import Permission
from qitracker.method.stalled.holds import HOLD_WORDS, HoldKind, why_not_hold
from qitracker.method.stalled.values import State
from qitracker.models import CoachWord, Hold, Project, Standing, WordKind, db
from qitracker.people.access import needs
from qitracker.people.reader import reader
from qitracker.people.sessions import go
from qitracker.plumbing import clock
from qitracker.plumbing.saving import alone, writes
from qitracker.projects.meanwhile import has_changed, remember
from qitracker.standing.numbers import settings_of

OFFERS = {
    "": "{reason} Would ten minutes together help? We can come to the ward.",
    "restart": "{reason} Would you like to start again with one small test? We can plan it with you in ten minutes.",
    "pause": "{reason} If this is not the time, pause the project until a date: nothing counts against it until then.",
    "close": "{reason} If the work is over, close the project and write down what you learnt: others will look for it.",
}
"""A first draft of the words, with the reason in it. Ours; whoever sends it makes it their own."""


@hub.route("/projects/<uuid:project_id>/help", methods=["GET", "POST"])
@needs(Permission.COACH_PROJECT)
@writes
def help(project_id: uuid.UUID) -> Any:  # noqa: A001 (named for its page)
    """Offer help in one's own words; for a dormant project the four ways on."""
    project = reach.find(reader(), project_id, Permission.COACH_PROJECT)
    form = HelpForm()
    if request.method == "GET":
        return _help_page(project, form, 200)
    if not form.is_ready():
        return _help_page(project, form, 422)
    offer_help(project, form.text.data, by=reader())
    flash(f"The team of “{project.title}” sees it on its first page and can answer there.", "done")
    return go(url_for("hub.home") if reader().may_somewhere(Permission.READ_HUB) else _home_of(project))


@hub.route("/projects/<uuid:project_id>/snooze", methods=["GET", "POST"])
@needs(Permission.COACH_PROJECT)
@writes
def snooze(project_id: uuid.UUID) -> Any:
    """Off the list until a day, with a reason; it comes back by itself."""
    project = reach.find(reader(), project_id, Permission.COACH_PROJECT)
    form = SnoozeForm()
    today = clock.today()
    numbers = settings_of([project.organisation_id])[project.organisation_id]
    if request.method == "GET":
        form.until.data = today + timedelta(days=min(14, int(numbers["snooze_most_days"])))
        remember(form, _id(running_snooze(project, today)))
        return _snooze_page(project, form, 200)
    alone(project)
    theirs = running_snooze(project, today)
    if has_changed(form, _id(theirs)):
        form.until.errors = [_done_meanwhile(theirs)]
        return _snooze_page(project, form, 409)
    ready = form.is_ready()
    refused = why_not_hold(HoldKind.SNOOZE, today, form.until.data, form.why.data, numbers) if ready else None
    if refused:
        form.until.errors = [refused.sentence]
    if refused or not ready:
        return _snooze_page(project, form, 422)
    snooze_project(project, form.why.data, form.until.data, by=reader())
    flash(f"“{project.title}” comes back to the list by itself on {in_words(form.until.data)}.", "done")
    return go(url_for("hub.home") if reader().may_somewhere(Permission.READ_HUB) else _home_of(project))


@hub.post("/projects/<uuid:project_id>/snooze/end")
@needs(Permission.COACH_PROJECT)
@writes
def end_snooze(project_id: uuid.UUID) -> Any:
    project = reach.find(reader(), project_id, Permission.COACH_PROJECT)
    if end_the_snooze(project, by=reader()):
        flash(f"“{project.title}” is on the list again.", "done")
    return go(url_for("hub.snooze", project_id=project.id))


def _id(held: Hold | None) -> uuid.UUID | None:
    return held.id if held else None


def _done_meanwhile(theirs: Hold | None) -> str:
    if theirs is None:
        return "Somebody has put it back on the list since you opened this page. Save again to snooze it anew"
    return (
        f"{theirs.by.name} has snoozed it until {in_words(theirs.until)} since you opened this page. "
        "Save again to put yours in its place"
    )


def _home_of(project: Project) -> str:
    return url_for("projects.home", project_id=project.id)


def _row(project: Project) -> Listed:
    query = select(Project, Standing, stage_moved()).outerjoin(Standing, Standing.project_id == Project.id)
    found = db.session.execute(query.where(Project.id == project.id)).all()
    return rows_of(found, clock.today())[0]


def _help_page(project: Project, form: HelpForm, status: int) -> Any:
    row = _row(project)
    about = request.args.get("about", "")
    if request.method == "GET":
        has_reason = row.standing is not None and row.standing.sentence
        draft = OFFERS.get(about, OFFERS[""]).replace("{reason}", row.sentence if has_reason else "")
        form.text.data = draft.strip()
    settings = settings_of({project.organisation_id})[project.organisation_id]
    said = select(CoachWord).where(CoachWord.project_id == project.id, CoachWord.kind == WordKind.HELP)
    offers = db.session.scalars(said.order_by(CoachWord.at.desc()).limit(5)).all()
    replies = select(CoachWord).where(CoachWord.answers_id.in_([one.id for one in offers])).order_by(CoachWord.at)
    html = render_template(
        "hub/help.html",
        project=project,
        row=row,
        form=form,
        reasons=[(one, rule_behind(one, project.stage, settings)) for one in row.reasons],
        reads_hub=reader().may_somewhere(Permission.READ_HUB),
        about=about if about in OFFERS else "",
        is_dormant=row.state is State.DORMANT,
        offers=offers,
        replies=db.session.scalars(replies).all() if offers else (),
    )
    return make_response(html, status)


def _snooze_page(project: Project, form: SnoozeForm, status: int) -> Any:
    html = render_template(
        "hub/snooze.html",
        project=project,
        row=_row(project),
        form=form,
        reads_hub=reader().may_somewhere(Permission.READ_HUB),
        running=running_snooze(project, clock.today()),
        words=HOLD_WORDS[HoldKind.SNOOZE],
    )
    return make_response(html, status)
