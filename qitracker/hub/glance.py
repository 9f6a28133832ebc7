"""All that matters of a project in one row: aim in numbers, data, tests, scores, next step, what is in the way."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased, joinedload

from qitracker.charts.numbers import show_number
from qitracker.hub.listing import Listed
from qitracker.method.measures import next_due
from qitracker.models import Aim, Barrier, CoachReview, Cycle, Person, ProgressScore, Scorer, StepEntry, db
from qitracker.standing.progressing import level_and_signal

SCORERS: Mapping[Scorer, str] = {Scorer.TEAM: "Team", Scorer.COACH: "Coach", Scorer.EVIDENCE: "Suggested"}


@dataclass(frozen=True, slots=True)
class ScoreSeen:
    """A progress score with its age. `on` is None where only the number is known; `before` is what it was until then,
    None where it is the first."""

    whose: str
    value: float
    on: date | None
    before: float | None = None

    @property
    def way(self) -> str:
        """Which way it went: "up", "down", or empty."""
        if self.before is None or self.before == self.value:
            return ""
        return "up" if self.value > self.before else "down"


@dataclass(frozen=True, slots=True)
class Tests:
    """PDSA cycles: how many, how many of them are open, the last day one began or was planned to, and how many of the
    open ones have ended and wait for their Study."""

    n: int = 0
    n_open: int = 0
    last: date | None = None
    n_to_study: int = 0


@dataclass(frozen=True, slots=True)
class NextStep:
    """What was agreed to come next. Owner and day may be missing."""

    text: str
    owner: str
    on: date | None


@dataclass(frozen=True, slots=True)
class Glance:
    """One row. `aim` is from, now and to in the unit of the aim, empty without numbers. `is_late`: the next number was
    due before today."""

    row: Listed
    aim: tuple[str, str, str]
    scores: tuple[ScoreSeen, ...]
    tests: Tests
    next_step: NextStep | None
    blocker: str
    last_number: date | None
    number_due: date | None
    is_late: bool = False

    @property
    def aim_short(self) -> tuple[str, str, str]:
        """The aim with a longer unit said once, after the last number: "7.4 → 2.7 → 3 per 1,000 bed days"."""
        unit = self.aim[2].partition(" ")[2]
        first, now = (one.removesuffix(f" {unit}") if unit else one for one in self.aim[:2])
        return first, now, self.aim[2]


def glances(rows: Sequence[Listed], today: date) -> tuple[Glance, ...]:
    """The rows with everything about them, in five queries however many there are."""
    ids = [row.project.id for row in rows]
    aims = {aim.project_id: aim for aim in db.session.scalars(select(Aim).where(Aim.project_id.in_(ids)))}
    tests, scores, steps, blockers = _tests(ids, today), _scores(ids), _next_steps(ids), _blockers(ids)
    return tuple(
        Glance(
            row=row,
            aim=_aim(row, aims.get(row.project.id)),
            scores=_scores_of(row, scores),
            tests=tests.get(row.project.id, Tests()),
            next_step=steps.get(row.project.id),
            blocker=blockers.get(row.project.id, ""),
            last_number=row.said.series.last_on if row.said else None,
            number_due=(due := _due(row)),
            is_late=due is not None and due < today,
        )
        for row in rows
    )


def _due(row: Listed) -> date | None:
    if row.said is None or row.said.series.last_on is None:
        return None
    return next_due(row.said.series.last_on, row.said.series.measure.rhythm)


def _aim(row: Listed, aim: Aim | None) -> tuple[str, str, str]:
    """From, now and to. Now is the level of the chart's latest phase, where the chart is the one of the aim."""
    if aim is None or (aim.start is None and aim.target is None):
        return "", "", ""
    is_its_own = row.said is not None and row.said.series.id == aim.series_id
    level = level_and_signal(row.said.analysis).level if row.said and is_its_own else None
    return tuple(  # type: ignore[return-value]  # three of them, as listed
        "?" if value is None else show_number(value, aim.unit) for value in (aim.start, level, aim.target)
    )


def _tests(ids: Sequence[uuid.UUID], today: date) -> dict[uuid.UUID, Tests]:
    is_open = case((Cycle.started.is_not(None) & Cycle.decided_at.is_(None), 1), else_=0)
    has_ended = func.coalesce(Cycle.ended, Cycle.planned_end) < today
    waits = case((Cycle.started.is_not(None) & Cycle.studied_at.is_(None) & has_ended, 1), else_=0)
    rows = db.session.execute(
        select(
            Cycle.project_id,
            func.count(),
            func.sum(is_open),
            func.max(func.coalesce(Cycle.started, Cycle.planned_start), type_=Cycle.started.type),
            func.sum(waits),
        )
        .where(Cycle.project_id.in_(ids))
        .group_by(Cycle.project_id)
    )
    return {key: Tests(n, int(n_open), last, int(n_waits)) for key, n, n_open, last, n_waits in rows}


Given = Mapping[tuple[uuid.UUID, Scorer], tuple[date, float | None]]
"""By project and scorer: the day of the latest score, and the value of the one before it."""


def _scores(ids: Sequence[uuid.UUID]) -> Given:
    """The latest score of each scorer with the one before, by the order in which they were given."""
    newest = ProgressScore.at.desc(), ProgressScore.id
    place = func.row_number().over(partition_by=(ProgressScore.project_id, ProgressScore.scorer), order_by=newest)
    named = ProgressScore.project_id, ProgressScore.scorer, ProgressScore.on, ProgressScore.tenths
    given = select(*named, place.label("place")).where(ProgressScore.project_id.in_(ids)).subquery()
    found: dict[tuple[uuid.UUID, Scorer], tuple[date, float | None]] = {}
    latest_two = select(given).where(given.c.place <= 2).order_by(given.c.place)
    for key, scorer, on, tenths, _ in db.session.execute(latest_two):
        known = found.get((key, scorer))
        found[key, scorer] = (on, None) if known is None else (known[0], tenths / 10)
    return found


def _scores_of(row: Listed, given: Given) -> tuple[ScoreSeen, ...]:
    standing = row.standing
    if standing is None:
        return ()
    values: Iterable[tuple[Scorer, int | None]] = (
        (Scorer.TEAM, standing.team_score),
        (Scorer.COACH, standing.coach_score),
        (Scorer.EVIDENCE, standing.suggested),
    )
    return tuple(
        ScoreSeen(SCORERS[scorer], tenths / 10, *given.get((row.project.id, scorer), (None, None)))
        for scorer, tenths in values
        if tenths
    )


def _next_steps(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, NextStep]:
    """What the last coach review agreed; where there is none, the step of the method with the earliest date."""
    review, step = aliased(CoachReview), aliased(StepEntry)
    latest = select(func.max(review.at)).where(review.project_id == CoachReview.project_id).scalar_subquery()
    agreed = (
        select(CoachReview.project_id, CoachReview.next_step, Person.name, CoachReview.next_step_on)
        .outerjoin(Person, Person.id == CoachReview.next_step_owner_id)
        .where(CoachReview.project_id.in_(ids), CoachReview.at == latest, CoachReview.next_step != "")
    )
    found = {key: NextStep(text, name or "", on) for key, text, name, on in db.session.execute(agreed)}
    first = select(func.min(step.due)).where(step.project_id == StepEntry.project_id, step.status == "in_progress")
    own = (
        select(StepEntry)
        .where(StepEntry.project_id.in_([key for key in ids if key not in found]))
        .where(StepEntry.status == "in_progress", StepEntry.due == first.scalar_subquery())
        .options(joinedload(StepEntry.owner))
        .order_by(StepEntry.step.desc())
    )
    for entry in db.session.scalars(own):
        name = entry.owner.name if entry.owner else ""
        found[entry.project_id] = NextStep(entry.step.replace("_", " ").capitalize(), name, entry.due)
    return found


def _blockers(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """What has been in the way for longest."""
    rows = db.session.execute(
        select(Barrier.project_id, Barrier.text)
        .where(Barrier.project_id.in_(ids), Barrier.cleared_at.is_(None))
        .order_by(Barrier.at.desc())
    )
    return {row[0]: row[1] for row in rows}
