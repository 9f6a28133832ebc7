"""The rows behind a coach's queue: one query each, however many projects."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Subquery, and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from qitracker.coaching.signals import seen_from
from qitracker.method.roles import Permission, Role
from qitracker.models import (
    CoachAbsence,
    CoachReview,
    CoachWord,
    Event,
    Measure,
    Person,
    ProgressScore,
    Project,
    RoleHeld,
    Scorer,
    Series,
    Standing,
    WordKind,
    db,
)
from qitracker.people import scope
from qitracker.people.reader import Reader
from qitracker.plumbing import clock


@dataclass(frozen=True, slots=True)
class Coached:
    """A project somebody coaches, since when, and for whom if they only cover."""

    project: Project
    since: date
    covers_for: str = ""


@dataclass(frozen=True, slots=True)
class LastReview:
    """What the queue needs of the latest review."""

    on: date
    next_review: date | None
    stuck_on: str | None
    next_step: str
    next_step_on: date | None


def absences_covered(reader: Reader, today: date) -> Mapping[uuid.UUID, str]:
    """The colleagues whose projects this person looks after today, by id, with their names."""
    rows = (
        select(CoachAbsence.coach_id, Person.name)
        .join(Person, Person.id == CoachAbsence.coach_id)
        .where(CoachAbsence.cover_id == reader.id, CoachAbsence.first <= today, CoachAbsence.last >= today)
    )
    return {key: value for key, value in db.session.execute(rows)}  # noqa: C416 (a row is no pair to dict)


def coached(reader: Reader, covered: Mapping[uuid.UUID, str]) -> Sequence[Coached]:
    """My projects and those I cover, each once. Private ones only where I am the coach myself, and covered ones only
    where I may coach: a list must not lead to pages that refuse."""
    rows = (
        select(Project, RoleHeld.person_id, RoleHeld.since)
        .join(RoleHeld, RoleHeld.project_id == Project.id)
        .where(RoleHeld.role == Role.COACH, RoleHeld.person_id.in_([reader.id, *covered]), scope.visible(reader))
        .options(joinedload(Project.unit))
    )
    found: dict[uuid.UUID, Coached] = {}
    for project, person_id, since in db.session.execute(rows):
        if person_id != reader.id and not scope.may_on(reader, project, Permission.COACH_PROJECT):
            continue
        one = Coached(project, clock.local(since).date(), "" if person_id == reader.id else covered[person_id])
        if project.id not in found or not one.covers_for:
            found[project.id] = one
    return list(found.values())


def standings(ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, Standing]:
    """Where each project stands, as it is kept."""
    return {one.project_id: one for one in db.session.scalars(select(Standing).where(Standing.project_id.in_(ids)))}


def last_reviews(ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, LastReview]:
    """The latest review of each."""
    latest = _latest_review(ids)
    rows = (
        select(CoachReview)
        .join(latest, and_(latest.c.project_id == CoachReview.project_id, latest.c.at == CoachReview.at))
        .where(CoachReview.project_id.in_(ids))
    )
    return {
        one.project_id: LastReview(one.on, one.next_review, one.stuck_on, one.next_step, one.next_step_on)
        for one in db.session.scalars(rows)
    }


def open_questions(ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, Sequence[CoachWord]]:
    """What teams asked and nobody answered, oldest first."""
    reply = aliased(CoachWord)
    rows = (
        select(CoachWord)
        .where(CoachWord.project_id.in_(ids), CoachWord.kind == WordKind.QUESTION)
        .where(~select(reply.id).where(reply.answers_id == CoachWord.id).exists())
        .order_by(CoachWord.at)
    )
    found: dict[uuid.UUID, list[CoachWord]] = defaultdict(list)
    for word in db.session.scalars(rows):
        found[word.project_id].append(word)
    return found


def coach_scores(ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, date]:
    """The day of the coach's latest score of each."""
    given = ProgressScore.project_id.in_(ids), ProgressScore.scorer == Scorer.COACH
    rows = select(ProgressScore.project_id, func.max(ProgressScore.on)).where(*given)
    return {key: on for key, on in db.session.execute(rows.group_by(ProgressScore.project_id)) if on is not None}


def lived_since(ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, Mapping[str, int]]:
    """How many different things of each noun have lived since the latest review, or since the beginning."""
    latest = _latest_review(ids)
    rows = (
        select(Event.project_id, Event.noun, func.count(func.distinct(Event.noun_id)))
        .outerjoin(latest, latest.c.project_id == Event.project_id)
        .where(Event.project_id.in_(ids), or_(Event.life.is_not(None), Event.noun == "barrier"))
        .where(Event.noun != "coach_review", or_(latest.c.at.is_(None), Event.at > latest.c.at))
        .group_by(Event.project_id, Event.noun)
    )
    found: dict[uuid.UUID, dict[str, int]] = defaultdict(dict)
    for project_id, noun, n in db.session.execute(rows):
        if project_id is not None:
            found[project_id][noun] = n
    return found


def signals_since(ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, int]:
    """How many charts show a signal that could first be seen on the day of the latest review or after it."""
    latest = _latest_review(ids)
    rows = (
        select(Series.project_id, Series.signal_since, Series.last_on, Measure.rhythm, latest.c.on)
        .join(Measure, Measure.id == Series.measure_id)
        .outerjoin(latest, latest.c.project_id == Series.project_id)
        .where(Series.project_id.in_(ids), Series.signal_since.is_not(None))
    )
    found: Counter[uuid.UUID] = Counter()
    for project_id, since, last, rhythm, reviewed in db.session.execute(rows):
        found[project_id] += reviewed is None or seen_from(since, rhythm, last) >= reviewed
    return found


def _latest_review(ids: Collection[uuid.UUID]) -> Subquery:
    return (
        select(
            CoachReview.project_id,
            func.max(CoachReview.at).label("at"),
            func.max(CoachReview.on).label("on"),
        )
        .where(CoachReview.project_id.in_(ids))
        .group_by(CoachReview.project_id)
        .subquery()
    )
