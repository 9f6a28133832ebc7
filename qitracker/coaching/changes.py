"""What happened in a project since its last review: one line each, with the page it stands on."""

import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from sqlalchemy import select

from qitracker.coaching.signals import seen_from
from qitracker.findings import said_from
from qitracker.method.cycles import DECISION_WORDS
from qitracker.method.methods import METHODS
from qitracker.method.stalled.life import LifeKind
from qitracker.method.steps import STEP_STATUS_WORDS
from qitracker.models import Barrier, Cycle, Event, ProgressScore, Scorer, StageMove, db
from qitracker.plumbing import clock
from qitracker.projects.supporting_forms import name_of
from qitracker.standing.gathering import Gathered

MOST_EVENTS = 500  # of one project between two reviews; beyond it the count of numbers is "many"


@dataclass(frozen=True, slots=True)
class Change:
    """One line: what it is about, what happened to it, and where it stands."""

    about: str
    what: str
    address: str


def changes_since(
    found: Gathered, since: datetime, barriers: Sequence[Barrier], scores: Sequence[ProgressScore]
) -> list[Change]:
    """All lines, what shows most first: charts, tests, decisions, barriers, steps."""
    project_id = found.project.id
    events = db.session.scalars(
        select(Event)
        .where(Event.project_id == project_id, Event.at > since, Event.life.is_not(None))
        .order_by(Event.id.desc())
        .limit(MOST_EVENTS)
    ).all()
    return [
        *_signals(found, since),
        *_numbers(found, events),
        *(line for row in found.cycles if (line := _cycle(row.cycle, since))),
        *_ideas(found, since, events),
        *_aim(found, events),
        *_barriers(barriers, since, project_id),
        *_stages(found, since),
        *_steps(found, since),
        *_scores(scores, since, project_id),
    ]


def _signals(found: Gathered, since: datetime) -> Iterator[Change]:
    for series in found.series:
        if series.signal_since is None:
            continue
        if seen_from(series.signal_since, series.measure.rhythm, series.last_on) >= clock.local(since).date():
            said = said_from(series, found.analysis(series))
            yield Change(name_of(series), said.finding.short, url_for("measures.show", series_id=series.id))


def _numbers(found: Gathered, events: Sequence[Event]) -> Iterator[Change]:
    added: Counter[str] = Counter()
    for event in events:
        if event.life == LifeKind.POINT:
            series, _, _ = event.noun_id.partition("/")
            added[series] += len((event.new or {}).get("points", {})) if event.noun == "points" else 1
    for one in found.series:
        if n := added[str(one.id)]:
            words = "1 number added" if n == 1 else f"{n} numbers added"
            yield Change(name_of(one), words, url_for("measures.show", series_id=one.id))


def _cycle(cycle: Cycle, since: datetime) -> Change | None:
    day = clock.local(since).date()
    did = []
    if cycle.made_at > since:
        did.append("planned")
    if cycle.started is not None and cycle.started > day:
        did.append("started")
    if cycle.ended is not None and cycle.ended > day:
        did.append("ended")
    if cycle.studied_at is not None and cycle.studied_at > since:
        did.append("studied")
    if cycle.decided_at is not None and cycle.decided_at > since and cycle.decision:
        did.append(f"decided: {DECISION_WORDS[cycle.decision].lower()}")
    if not did:
        return None
    name = f"PDSA {cycle.number}, {cycle.title}"
    return Change(name, ", ".join(did), url_for("cycles.show", cycle_id=cycle.id))


def _ideas(found: Gathered, since: datetime, events: Sequence[Event]) -> Iterator[Change]:
    address = url_for("drivers.ideas", project_id=found.project.id)
    if n := sum(idea.at > since for idea in found.ideas):
        yield Change("Change ideas", "1 new idea" if n == 1 else f"{n} new ideas", address)
    if n := len({event.noun_id for event in events if event.life == LifeKind.DECISION}):
        yield Change("Change ideas", "1 weighed or decided on" if n == 1 else f"{n} weighed or decided on", address)


def _aim(found: Gathered, events: Sequence[Event]) -> Iterator[Change]:
    verbs = {event.verb for event in events if event.life == LifeKind.AIM}
    if verbs:
        what = "written" if "added" in verbs else "changed"
        yield Change("The aim", what, url_for("projects.aim", project_id=found.project.id))


def _barriers(barriers: Sequence[Barrier], since: datetime, project_id: uuid.UUID) -> Iterator[Change]:
    address = url_for("projects.barriers", project_id=project_id)
    for one in barriers:
        if one.cleared_at is not None and one.cleared_at > since:
            yield Change(one.text, "no longer in the way", address)
        elif one.at > since:
            yield Change(one.text, "new in the way", address)
        elif one.escalated_at is not None and one.escalated_at > since:
            yield Change(one.text, "the sponsor was asked", address)


def _stages(found: Gathered, since: datetime) -> Iterator[Change]:
    project = found.project
    names = {stage.key: stage.name for stage in METHODS[project.method].stages}
    moves = select(StageMove).where(StageMove.project_id == project.id, StageMove.at > since)
    for move in db.session.scalars(moves.order_by(StageMove.at)):
        words = f"from {names.get(move.from_stage, move.from_stage)} to {names.get(move.to_stage, move.to_stage)}"
        yield Change("Stage", words, url_for("projects.stage", project_id=project.id))


def _steps(found: Gathered, since: datetime) -> Iterator[Change]:
    project = found.project
    for _, step in METHODS[project.method].steps():
        entry = found.entries.get(step.key)
        if entry is not None and entry.changed_at > since:
            address = url_for("projects.step", project_id=project.id, step=step.key)
            yield Change(step.name, STEP_STATUS_WORDS[entry.status].lower(), address)


def _scores(scores: Sequence[ProgressScore], since: datetime, project_id: uuid.UUID) -> Iterator[Change]:
    given = [one for one in scores if one.scorer is Scorer.TEAM and one.at > since]
    if given:
        words = f"{given[-1].value:.1f}. {given[-1].why}".strip()
        yield Change("The team’s score", words, url_for("projects.score", project_id=project_id))
