"""From rows to facts: what the rules of the method look at. The numbers are put in last (measured.py)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from qitracker.findings import aim_parts, cycle_state
from qitracker.method import facts as known
from qitracker.method.aims import checks, n_missing
from qitracker.method.cycles import Decision
from qitracker.method.ideas import IdeaStatus
from qitracker.method.methods import METHODS
from qitracker.method.roles import Role
from qitracker.method.stalled.closing import ClosingReason
from qitracker.method.stalled.life import LifeKind
from qitracker.method.stalled.stuck import StuckOn
from qitracker.models import Barrier, CoachWord, Driver, DriverLevel, WordKind
from qitracker.standing.aiming import first_complete
from qitracker.standing.gathering import CycleRow, Gathered, Thing, day_of, gather, gather_work
from qitracker.standing.holding import hold_facts
from qitracker.standing.measured import progress_from, progress_of, with_numbers
from qitracker.standing.scoring import score_facts

__all__ = ["Gathered", "Thing", "beside_numbers", "facts_of", "gather", "gather_work", "progress_from", "progress_of"]


def facts_of(found: Gathered, today: date) -> known.ProjectFacts:
    """The facts of one project, as the rules take them."""
    return with_numbers(beside_numbers(found, today), found, today)


def beside_numbers(found: Gathered, today: date) -> known.ProjectFacts:
    """All that a number cannot change, of one project on one day."""
    project, review = found.project, found.review
    roles = {held.role for held in found.team if held.person.is_active}
    answered = _answered(found)
    return known.ProjectFacts(
        method=project.method,
        stage=project.stage,
        statuses={step: entry.status for step, entry in found.entries.items()},
        answered=answered,
        attached=found.attached,
        n_team=len({held.person_id for held in found.team if held.role not in {Role.COACH, Role.SPONSOR}}),
        has_sponsor=Role.SPONSOR in roles,
        has_coach=Role.COACH in roles,
        has_service_user=Role.SERVICE_USER_PARTNER in roles,
        aim=_aim_facts(found, today),
        ideas=_idea_facts(found),
        cycles=_cycles(found, today),
        drivers=_driver_facts(found.drivers),
        coach_word=_coach_word(found.coach_words),
        reviewed=_talked(found),
        registered=day_of(project.registered_at),
        closed=day_of(project.closed_at) if project.closed_at else None,
        closing=ClosingReason(project.closing) if project.closing in set(ClosingReason) else None,
        stage_since=found.moved or day_of(project.registered_at),
        life=_life(found),
        has_lead=Role.PROJECT_LEAD in roles,
        lead_gone=None if Role.PROJECT_LEAD in roles else found.left.get(Role.PROJECT_LEAD),
        coach_gone=None if Role.COACH in roles else found.left.get(Role.COACH),
        coach_since=min(
            (day_of(one.since) for one in found.team if one.role is Role.COACH and one.person.is_active), default=None
        ),
        last_review=review.on if review else None,
        next_review=review.next_review if review else None,
        barriers=tuple(_barrier(one) for one in found.barriers),
        scores=score_facts(found.scores),
        hold=hold_facts(found.holds, today),
        has_plan=_has_plan(found),
        has_sustain_plan=all(question in answered.get(step, ()) for step, question in SUSTAIN_PLAN),
        has_story=STORY[1] in answered.get(STORY[0], ()),
        n_spread=sum(idea.status is IdeaStatus.SPREAD for idea in found.ideas),
    )


SUSTAIN_PLAN = (("implementation", "owner"), ("monitor", "who_looks"))
"""Who keeps the change, and who watches it: questions of Sustain (method/lancashire/sustain.py)."""
STORY = ("evaluate", "result")
"""What improved, in the team's own words: the question of Evaluate that asks for it."""


def _answered(found: Gathered) -> dict[str, frozenset[str]]:
    """The answered questions by step. The problem told at registration answers the first until its step is saved."""
    answered = {
        step: frozenset(key for key, text in entry.answers.items() if text) for step, entry in found.entries.items()
    }
    first = METHODS[found.project.method].stages[0].steps[0]
    return {first.key: frozenset({first.asks[0].key})} | answered if found.project.problem else answered


def _has_plan(found: Gathered) -> bool:
    """A step with an owner or a date, a task of a test, or a next step agreed with the coach."""
    planned = any(entry.owner_id or entry.due for entry in found.entries.values())
    return planned or any(row.has_tasks for row in found.cycles) or bool(found.review and found.review.next_step)


def _life(found: Gathered) -> Mapping[LifeKind, date]:
    """The last day of each kind but the numbers."""
    kinds = set(LifeKind) - {LifeKind.POINT}
    return {LifeKind(kind): day for kind, day in found.life.items() if kind in kinds}


def _aim_facts(found: Gathered, today: date) -> known.AimFacts | None:
    aim = found.aim
    if aim is None:
        return None
    missing = n_missing(checks(aim_parts(aim), today))
    return known.AimFacts(
        by=aim.by_date,
        n_missing=missing,
        measure_key=str(aim.series_id) if aim.series_id else None,
        agreed=None if missing else first_complete(found.versions, day_of(aim.written_at)),
    )


def _idea_facts(found: Gathered) -> tuple[known.IdeaFacts, ...]:
    tested = {row.cycle.idea_id for row in found.cycles}
    return tuple(
        known.IdeaFacts(key=str(idea.id), text=idea.text, status=idea.status, tested=idea.id in tested)
        for idea in found.ideas
    )


def _cycles(found: Gathered, today: date) -> tuple[known.CycleFacts, ...]:
    ramps: dict[object, int] = defaultdict(int)
    facts = []
    for row in found.cycles:
        key = row.cycle.idea_id or row.cycle.id
        ramps[key] += 1
        facts.append(_cycle_facts(found, row, ramps[key], today))
    return tuple(facts)


def _cycle_facts(found: Gathered, row: CycleRow, ramp: int, today: date) -> known.CycleFacts:
    cycle = row.cycle
    return known.CycleFacts(
        key=str(cycle.id),
        number=cycle.number,
        title=cycle.title,
        state=cycle_state(cycle, today),
        planned_start=cycle.planned_start,
        planned_end=cycle.planned_end,
        ended=cycle.ended,
        has_prediction=row.has_prediction,
        idea_key=str(cycle.idea_id) if cycle.idea_id else None,
        decision=Decision(cycle.decision) if cycle.decision else None,
        started=cycle.started,
        studied=day_of(cycle.studied_at) if cycle.studied_at else None,
        decided=day_of(cycle.decided_at) if cycle.decided_at else None,
        noted=_noted(found, row),
        scale=cycle.scale.value if cycle.scale else "",
        purpose=cycle.kind.value,
        measure_key=str(cycle.series_id) if cycle.series_id else None,
        ramp=ramp,
        n_questions=row.n_questions,
    )


def _noted(found: Gathered, row: CycleRow) -> date | None:
    """The day of the last note in Do; of a test that is over its last day, which is near enough for who looks back."""
    cycle = row.cycle
    if not (cycle.happened or cycle.surprises or cycle.comments):
        return None
    return found.noted.get(cycle.id) or cycle.ended or cycle.started or day_of(cycle.studied_at or cycle.made_at)


def _driver_facts(drivers: Iterable[tuple[Driver, bool]]) -> known.DriverFacts:
    counts: dict[str, int] = defaultdict(int)
    for driver, has_below in drivers:
        counts[driver.level.value] += 1
        counts["no_idea"] += not has_below
        counts["no_measure"] += driver.measure_id is None and not driver.why_no_measure
    return known.DriverFacts(
        n_primary=counts[DriverLevel.PRIMARY.value],
        n_secondary=counts[DriverLevel.SECONDARY.value],
        n_without_idea=counts["no_idea"],
        n_without_measure=counts["no_measure"],
    )


FROM_COACH = {WordKind.ADVICE, WordKind.HELP}


def _coach_word(words: list[CoachWord]) -> known.CoachWord | None:
    """The last advice or offer of help. An offer always waits for an answer, advice when it asks."""
    given = [word for word in words if word.answers_id is None and word.kind in FROM_COACH]
    if not given:
        return None
    last = given[-1]
    return known.CoachWord(
        on=day_of(last.at),
        asks=last.kind is WordKind.HELP or "?" in last.text,
        answered=any(word.answers_id == last.id for word in words),
        key=str(last.id),
    )


def _talked(found: Gathered) -> date | None:
    """The last day team and coach talked. What a team asks, or the hub says of a new project, is no talk yet."""
    alone = {WordKind.QUESTION, WordKind.INTAKE}
    days = [day_of(word.at) for word in found.coach_words if word.kind not in alone]
    if found.review is not None:
        days.append(found.review.on)
    return max(days, default=None)


def _barrier(barrier: Barrier) -> known.BarrierFacts:
    return known.BarrierFacts(
        key=str(barrier.id),
        text=barrier.text,
        since=day_of(barrier.at),
        code=StuckOn(barrier.stuck_on) if barrier.stuck_on in set(StuckOn) else None,
        escalated=day_of(barrier.escalated_at) if barrier.escalated_at else None,
    )
