"""A change idea moves with its cycles: tested when one starts, adopted, adapted or set aside when one is decided.

Only the latest word counts: an old cycle that somebody completes later moves nothing when a later one is decided.
"""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import exists, select

from qitracker.cycles.values import state
from qitracker.method.cycles import CycleKind, CycleState, Decision
from qitracker.method.ideas import IdeaStatus, why_not_move
from qitracker.method.reasons import Reason
from qitracker.models import Cycle, Idea, db
from qitracker.plumbing import history
from qitracker.plumbing.history import Actor

AFTER: Mapping[Decision, IdeaStatus] = {
    Decision.ADOPT: IdeaStatus.ADOPTED,
    Decision.ADAPT: IdeaStatus.ADAPTED,
    Decision.ABANDON: IdeaStatus.ABANDONED,
    Decision.REPEAT: IdeaStatus.TESTING,
}
UNTESTED = frozenset({IdeaStatus.NEW, IdeaStatus.PRIORITISED, IdeaStatus.ADAPTED})
STARTS_A_TEST: Mapping[CycleKind, frozenset[IdeaStatus]] = {
    CycleKind.TEST: UNTESTED | {IdeaStatus.ADOPTED},
    CycleKind.IMPLEMENT: UNTESTED,
}
"""Whose start makes an idea one that is being tested. Making an adopted change routine leaves it adopted."""

BEGUN = frozenset({CycleState.RUNNING, CycleState.TO_STUDY, CycleState.STUDIED})


def note_start(cycle: Cycle, today: date, *, by: Actor) -> None:
    """A cycle that has begun makes its idea one that is being tested."""
    idea = cycle.idea
    if idea is None or state(cycle, today) not in BEGUN or idea.status not in STARTS_A_TEST.get(cycle.kind, ()):
        return
    if not _has_later_decision(cycle):
        _move(idea, IdeaStatus.TESTING, stage=cycle.project.stage, by=by, why=_because(cycle))


def note_decision(cycle: Cycle, before: Decision | None, *, by: Actor) -> Reason | None:
    """A decision moves the idea where the method allows it; the reason where it does not.

    Taking a decision back, or changing it, brings an idea back that this cycle had set aside.
    """
    idea = cycle.idea
    if idea is None or cycle.decision is before or _has_later_decision(cycle):
        return None
    if cycle.decision is None and (before is None or idea.status is not AFTER[before]):
        return None
    to = AFTER[cycle.decision] if cycle.decision else IdeaStatus.TESTING
    may_return = before is Decision.ABANDON
    return _move(idea, to, stage=cycle.project.stage, by=by, why=_because(cycle), may_return=may_return)


def _move(idea: Idea, to: IdeaStatus, *, stage: str, by: Actor, why: str, may_return: bool = False) -> Reason | None:
    """Move by the shortest allowed way: straight, out of a test, or back from the ideas set aside."""
    ways: list[tuple[IdeaStatus, ...]] = [(to,), (IdeaStatus.TESTING, to)]
    if may_return:
        ways += [(IdeaStatus.NEW, to), (IdeaStatus.NEW, IdeaStatus.TESTING, to)]
    for way in ways:
        if _is_allowed(idea.status, way, stage):
            for status in way:
                history.amend(idea, "idea", by=by, project_id=idea.project_id, why=why, status=status)
            return None
    return why_not_move(idea.status, to, stage)


def _is_allowed(start: IdeaStatus, way: tuple[IdeaStatus, ...], stage: str) -> bool:
    steps = zip((start, *way), way, strict=False)
    return all(why_not_move(before, after, stage) is None for before, after in steps)


def _has_later_decision(cycle: Cycle) -> bool:
    later = exists().where(Cycle.idea_id == cycle.idea_id, Cycle.number > cycle.number, Cycle.decision.is_not(None))
    return bool(db.session.scalar(select(later)))


def _because(cycle: Cycle) -> str:
    return f"PDSA cycle {cycle.number}"
