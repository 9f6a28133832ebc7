"""What a reason says would clear it, clears it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from qitracker.method.cycles import CycleState, Decision
from qitracker.method.facts import AimFacts, CoachWord, CycleFacts, HoldFacts, MeasureFacts, ProjectFacts, Score
from qitracker.method.measures import next_due
from qitracker.method.stalled.closing import ClosingReason
from qitracker.method.stalled.holds import HoldKind
from qitracker.method.stalled.life import LifeKind
from qitracker.method.stalled.states import SUSTAIN_TESTS, WORK_TESTS, standing_of
from qitracker.method.steps import StepStatus
from tests.method.histories import facts_on

TODAY = date(2025, 9, 15)
Change = Callable[[ProjectFacts], ProjectFacts]


def lives(kind: LifeKind) -> Change:
    return lambda facts: replace(facts, life={**facts.life, kind: TODAY})


def starts_test(facts: ProjectFacts) -> ProjectFacts:
    cycle = CycleFacts(key="new", number=9, title="New", state=CycleState.RUNNING, started=TODAY)
    return replace(facts, cycles=(*facts.cycles, cycle))


def decides(facts: ProjectFacts) -> ProjectFacts:
    last = replace(facts.cycles[-1], state=CycleState.DECIDED, studied=TODAY, decided=TODAY, decision=Decision.ADAPT)
    return replace(facts, cycles=(*facts.cycles[:-1], last))


def studies_all(facts: ProjectFacts) -> ProjectFacts:
    studied = [replace(cycle, state=CycleState.STUDIED, studied=TODAY) for cycle in facts.cycles]
    return replace(facts, cycles=tuple(studied))


def each_measure(change: Callable[[MeasureFacts], MeasureFacts]) -> Change:
    return lambda facts: replace(facts, measures=tuple(change(measure) for measure in facts.measures))


fed = each_measure(lambda measure: replace(measure, last_point=TODAY, next_due=next_due(TODAY, measure.rhythm)))
let_go = each_measure(lambda measure: replace(measure, watched=False))
calm = each_measure(lambda measure: replace(measure, variation="common_cause", signal_since=None))
with_signal = each_measure(lambda measure: replace(measure, variation="improvement_low", signal_since=TODAY))


def scored(value: float) -> Change:
    return lambda facts: replace(facts, scores=replace(facts.scores, coach=Score(value, TODAY), unchanged_since=TODAY))


def met(facts: ProjectFacts) -> ProjectFacts:
    return replace(facts, last_review=TODAY)


def told(facts: ProjectFacts) -> ProjectFacts:
    return replace(facts, coach_word=CoachWord(on=TODAY))


def evaluated(facts: ProjectFacts) -> ProjectFacts:
    return replace(facts, statuses={**facts.statuses, "evaluate": StepStatus.DONE})


def later(facts: ProjectFacts) -> ProjectFacts:
    return replace(facts, aim=AimFacts(by=TODAY))


def closed(facts: ProjectFacts) -> ProjectFacts:
    return replace(facts, closed=TODAY, closing=ClosingReason.PARTLY)


def moves_on(facts: ProjectFacts) -> ProjectFacts:
    return replace(facts, stage="sustain" if facts.stage == "deliver" else "co_design", stage_since=TODAY)


def pauses(facts: ProjectFacts) -> ProjectFacts:
    return replace(facts, hold=HoldFacts(kind=HoldKind.PAUSE, since=TODAY, until=TODAY + timedelta(30)))


def takes_up(facts: ProjectFacts) -> ProjectFacts:
    return replace(facts, hold=None)


def asks_sponsor(facts: ProjectFacts) -> ProjectFacts:
    return replace(facts, barriers=tuple(replace(each, escalated=TODAY) for each in facts.barriers))


def clears_barriers(facts: ProjectFacts) -> ProjectFacts:
    return replace(facts, barriers=())


def finds_lead(facts: ProjectFacts) -> ProjectFacts:
    return replace(facts, has_lead=True, lead_gone=None)


def finds_coach(facts: ProjectFacts) -> ProjectFacts:
    return replace(facts, has_coach=True, coach_since=TODAY, coach_gone=None)


OLD = "2025-01-06 registered coach; "
DELIVER = f"{OLD}2025-02-03 deliver; "
SUSTAIN = "2025-01-06 registered; 2025-02-03 sustain; "

CASES: list[tuple[str, str, tuple[Change, ...]]] = [
    ("no_lead", f"{OLD}2025-09-01 lead_left", (finds_lead,)),
    ("barrier_open", f"{OLD}2025-08-01 barrier", (clears_barriers, asks_sponsor)),
    ("barrier_open", f"{OLD}2025-07-01 barrier escalated", (clears_barriers,)),
    ("points_missing", f"{DELIVER}2025-06-02 point:week", (fed,)),
    ("measure_overdue", f"{DELIVER}2025-08-27 point:week", (fed,)),
    ("no_first_cycle", f"{OLD}2025-06-02 agreed", (starts_test,)),
    ("no_cycle", f"{DELIVER}2025-06-02 test", (starts_test, decides)),
    ("same_step", OLD, (lives(LifeKind.STEP), moves_on)),
    ("same_step", f"{OLD}2025-02-01 all_steps", (moves_on, closed)),
    ("score_waiting", f"{DELIVER}2025-06-02 score:2.5", (scored(3.0),)),
    ("score_unchanged", f"{DELIVER}2025-06-02 score:2.0 point:month", (scored(2.5), with_signal)),
    ("aim_passed", f"{DELIVER}2025-06-02 agreed:2025-08-31", (evaluated, later, closed)),
    ("no_life", OLD, tuple(map(lives, (LifeKind.CYCLE, LifeKind.POINT, LifeKind.DECISION, LifeKind.REVIEW)))),
    ("pause_ended", f"{OLD}2025-08-01 pause:2025-09-01", (lives(LifeKind.IDEA), pauses)),
    ("study_waiting", f"{DELIVER}2025-06-02 test:2025-06-09", (studies_all,)),
    ("study_waiting", f"{DELIVER}2025-06-02 test:2025-06-09 test:2025-06-10", (studies_all,)),
    ("coach_gone", f"{OLD}2025-08-01 coach_left", (finds_coach,)),
    ("no_coach_contact", OLD, (met, told)),
    ("coach_review_late", f"{OLD}2025-06-02 review:2025-09-14", (met,)),
    ("coach_review_late", OLD, (met,)),
    ("stage_overstayed", OLD, (moves_on,)),
    ("sustain_slipped", f"{SUSTAIN}2025-08-01 point:month signal:concern_high", (calm,)),
    ("sustain_unfed", f"{SUSTAIN}2025-06-02 point:month", (fed, let_go)),
    ("check_due", SUSTAIN, (met,)),
    ("paused", f"{OLD}2025-09-01 pause:2025-10-01", (takes_up,)),
]  # fmt: skip


@pytest.mark.parametrize(("code", "history", "changes"), CASES)
def test_what_a_reason_says_would_clear_it_clears_it(code: str, history: str, changes: tuple[Change, ...]) -> None:
    facts = facts_on(history, TODAY)
    assert code in {reason.code for reason in standing_of(facts, TODAY).reasons}
    for change in changes:
        assert code not in {reason.code for reason in standing_of(change(facts), TODAY).reasons}


def test_every_reason_is_cleared_here() -> None:
    named_by_test = {test.__name__ for test in (*WORK_TESTS, *SUSTAIN_TESTS)} | {"paused"}
    assert named_by_test == {code for code, *_ in CASES}


def test_a_pause_ends_by_itself_as_its_reason_says() -> None:
    history = f"{OLD}2025-09-01 pause:2025-10-01"
    reason = standing_of(facts_on(history, TODAY), TODAY).reasons[0]
    assert "1 October 2025" in reason.clears
    day = date(2025, 10, 1)
    assert "paused" not in {each.code for each in standing_of(facts_on(history, day), day).reasons}
