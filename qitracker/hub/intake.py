"""New projects: each gets one answer, the same day, with projects like it beside."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask import flash, make_response, render_template, request, url_for
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from qitracker.hub import reach
from qitracker.hub.actions import answer
from qitracker.hub.forms import AnswerForm
from qitracker.hub.home import page_number
from qitracker.hub.room import hub
from qitracker.method.intake import INTAKE_ANSWERS, IntakeAnswer, answer_words
from qitracker.method.roles import Permission
from qitracker.method.similar import KnownProject, Match, similar_to_each
from qitracker.models import Intake, Project, db
from qitracker.people.access import needs
from qitracker.people.reader import Reader, reader
from qitracker.people.sessions import go
from qitracker.plumbing import clock
from qitracker.plumbing.saving import writes

PAGE = 5
"""New projects on a page: each is compared with every other of the organisation. Ours."""
SAME_DAY_DAYS = 90
"""How far back the share of same-day answers looks: a quarter. Ours."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A project that waits for its answer, since when, and projects like it with where they are."""

    project: Project
    days: int
    alike: tuple[tuple[Match, Project], ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """How many new projects of the last three months were answered, and how many of them on their first day."""

    n: int
    same_day: int

    @property
    def sentence(self) -> str:
        if not self.n:
            return "No new project has been answered in the last three months."
        share = round(100 * self.same_day / self.n)
        return (
            f"{self.same_day} of {self.n} new projects of the last three months ({share}%) were answered the same day."
        )


@hub.get("/intake")
@needs(Permission.RUN_HUB)
def intake() -> Any:
    return _page(AnswerForm(formdata=None), 200)


@hub.post("/projects/<uuid:project_id>/intake")
@needs(Permission.RUN_HUB)
@writes
def answer_intake(project_id: uuid.UUID) -> Any:
    """One click answers; a few words may go with it. A project that has its answer keeps it."""
    project = reach.find(reader(), project_id, Permission.RUN_HUB)
    form = AnswerForm()
    if form.join.data and not form.answer.raw_data:  # the button beside a project carries which
        form.answer.data = IntakeAnswer.JOIN
    ready = form.is_ready()
    kind: IntakeAnswer | None = form.answer.data
    other = _other(project, form.join.data) if kind is IntakeAnswer.JOIN else None
    if kind is IntakeAnswer.JOIN and other is None:
        form.answer.errors = ["Say which project to join, with the button beside it"]
    if not ready or form.answer.errors or kind is None:
        return _page(form, 422)
    earlier = db.session.get(Intake, project.id)
    if earlier is not None:
        unsent = f" Your words were not sent: “{form.words.data}”" if form.words.data else ""
        by = f" by {earlier.by.name}" if earlier.by else ""
        flash(f"“{project.title}” has been answered already{by}. Its answer stays.{unsent}", "warning")
        return go(url_for("hub.intake"))
    answer(
        project,
        kind,
        form.words.data,
        answer_words(kind, other.title if other else ""),
        by=reader(),
        join=other,
    )
    flash(f"The team of “{project.title}” sees your answer on its first page.", "done")
    return go(url_for("hub.intake"))


def _other(project: Project, typed: str) -> Project | None:
    """The project to join: another of its organisation that is open and running, and never a private one. The answer
    is written to people who work in that organisation alone, and names it."""
    try:
        key = uuid.UUID(typed or "")
    except ValueError:
        return None
    same = Project.organisation_id == project.organisation_id
    found: Project | None = db.session.scalar(select(Project).where(Project.id == key, reach.open_to(reader()), same))
    return found if found is not None and found.closed_at is None and found.id != project.id else None


def unanswered(person: Reader) -> ColumnElement[bool]:
    """Open new work that has no answer yet, in places whose hub this person works in."""
    has = select(Intake.project_id).where(Intake.project_id == Project.id).correlate(Project).exists()
    return reach.within(person, Permission.RUN_HUB) & Project.closed_at.is_(None) & ~has


def waiting(person: Reader, page: int, today: date) -> tuple[list[Waiting], int]:
    """A page of those that wait, the oldest first, and how many there are."""
    query = select(Project, func.count().over()).where(unanswered(person))
    query = query.options(joinedload(Project.unit), joinedload(Project.lead))
    ordered = query.order_by(Project.registered_at, Project.id)
    rows = db.session.execute(ordered.offset((page - 1) * PAGE).limit(PAGE)).all()
    if not rows:
        return [], 0
    alike = _alike(person, [project for project, _ in rows])
    return [
        Waiting(project, (today - clock.local(project.registered_at).date()).days, alike[project.id])
        for project, _ in rows
    ], rows[0][1]


def _alike(person: Reader, projects: Sequence[Project]) -> Mapping[uuid.UUID, tuple[tuple[Match, Project], ...]]:
    """For each the projects like it in its organisation, closed ones too."""
    places = {one.organisation_id for one in projects}
    texts = select(Project.organisation_id, Project.id, Project.title, Project.problem)
    known: dict[uuid.UUID, list[KnownProject]] = {place: [] for place in places}
    for place, key, title, problem in db.session.execute(
        texts.where(reach.open_to(person), Project.organisation_id.in_(places))
    ):
        known[place].append(KnownProject(str(key), title, problem))
    matches: dict[uuid.UUID, tuple[Match, ...]] = {}
    for place, others in known.items():
        here = [one for one in projects if one.organisation_id == place]
        asked = [KnownProject(str(one.id), one.title, one.problem) for one in here]
        matches |= zip((one.id for one in here), similar_to_each(asked, others), strict=True)
    keys = {uuid.UUID(match.key) for some in matches.values() for match in some}
    loaded = select(Project).where(Project.id.in_(keys)).options(joinedload(Project.unit))
    found = {str(other.id): other for other in db.session.scalars(loaded)}
    return {key: tuple((match, found[match.key]) for match in some) for key, some in matches.items()}


def answered(person: Reader, now: datetime) -> Answered:
    """The share of same-day answers. What came from before there was an intake does not count."""
    rows = db.session.execute(
        select(Project.registered_at, Intake.at)
        .join(Intake, Intake.project_id == Project.id)
        .where(reach.within(person, Permission.RUN_HUB), Intake.by_id.is_not(None))
        .where(Intake.at >= now - timedelta(days=SAME_DAY_DAYS))
    ).all()
    same_day = sum(clock.local(registered).date() == clock.local(at).date() for registered, at in rows)
    return Answered(len(rows), same_day)


def _page(form: AnswerForm, status: int) -> Any:
    page = page_number()
    found, count = waiting(reader(), page, clock.today())
    if not found and page > 1:
        page = 1
        found, count = waiting(reader(), 1, clock.today())
    html = render_template(
        "hub/intake.html",
        form=form,
        asked=(request.view_args or {}).get("project_id"),
        found=found,
        count=count,
        page=page,
        pages=max(1, -(-count // PAGE)),
        answers=INTAKE_ANSWERS,
        IntakeAnswer=IntakeAnswer,
        told=answered(reader(), clock.now()).sentence,
    )
    return make_response(html, status)
