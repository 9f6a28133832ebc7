"""Tests of the pace of the work: signs of life, tests, steps, stages, the date in the aim."""

from collections.abc import Iterator, Mapping
from datetime import date

from qitracker.method.cycles import CycleState
from qitracker.method.dates import in_words, span_in_words
from qitracker.method.facts import CycleFacts, ProjectFacts
from qitracker.method.methods import METHODS
from qitracker.method.next_card.moment import current_stage, is_past_testing, is_settled, is_testing
from qitracker.method.stages import EvidenceKind, Need, Step, Tool
from qitracker.method.stalled.life import LifeKind
from qitracker.method.stalled.moments import last_life, latest
from qitracker.method.stalled.settings import Settings
from qitracker.method.stalled.values import State, StateReason


def no_life(facts: ProjectFacts, today: date, settings: Settings) -> StateReason | None:
    """Nothing of substance has happened: quiet at first, stalled later. Registering is a beginning: numbers from before
    it do not make a project old."""
    last = latest(last_life(facts, today), facts.registered)
    if last is None:
        return None
    quiet, stalled = settings.first_day("quiet_days", last), settings.first_day("stalled_days", last)
    if today < min(quiet, stalled):
        return None
    return StateReason(
        code="no_life",
        sentence=f"Nothing new for {span_in_words(last, today)}.",
        since=stalled if today >= stalled else quiet,
        clears="It clears with the next test written down, number, decision or coach review.",
        state=State.STALLED if today >= stalled else State.QUIET,
        tool=Tool.STAGE,
        noticed=min(quiet, stalled),
    )


def no_first_cycle(facts: ProjectFacts, today: date, settings: Settings) -> StateReason | None:
    """The aim is agreed, and no test has ever started."""
    agreed = facts.aim.agreed if facts.aim else None
    if agreed is None or _is_exempt(facts, settings) or any(_moves(facts, today)):
        return None
    first = settings.first_day("no_first_cycle_days", agreed)
    if today < first:
        return None
    return StateReason(
        code="no_first_cycle",
        sentence=f"No PDSA cycle yet, {span_in_words(agreed, today)} after the aim was agreed.",
        since=first,
        clears="It clears when a first small test has started.",
        state=State.STALLED,
        tool=Tool.CYCLES,
    )


def no_cycle(facts: ProjectFacts, today: date, settings: Settings) -> StateReason | None:
    """In the stage where changes are tested, no test was started or closed. Before the first, `no_first_cycle`
    speaks."""
    if not is_testing(facts) or _is_exempt(facts, settings):
        return None
    if no_first_cycle(facts, today, settings) is not None:
        return None
    move = max(_moves(facts, today), default=None)
    last = latest(move, facts.stage_since or facts.registered)
    if last is None or today < (first := settings.first_day("no_cycle_days", last)):
        return None
    long = span_in_words(last, today)
    return StateReason(
        code="no_cycle",
        sentence=f"No PDSA cycle {'started or closed' if move else 'started'} for {long}.",
        since=first,
        clears="It clears when a test starts, or when one is studied and decided.",
        state=State.STALLED,
        tool=Tool.CYCLES,
    )


def _is_exempt(facts: ProjectFacts, settings: Settings) -> bool:
    """From a high score on, nobody is asked for more tests."""
    return facts.scores.current is not None and facts.scores.current >= settings["score_exempt"]


def _moves(facts: ProjectFacts, today: date) -> Iterator[date]:
    """The days on which a test was started or closed. Without a real start the planned one speaks."""
    for cycle in facts.cycles:
        days = [cycle.started, cycle.studied, cycle.decided]
        if cycle.state is not CycleState.PLANNED:
            days += [cycle.planned_start]
        if cycle.state is CycleState.DECIDED:
            days += [cycle.ended]
        yield from (day for day in days if day is not None and day <= today)


def same_step(facts: ProjectFacts, today: date, settings: Settings) -> StateReason | None:
    """Nothing was entered in the step the project is at, nor in one of the stage that comes after it."""
    steps = [step for step in current_stage(facts).steps if not is_settled(facts, step)]
    entered = last_life(facts, today, _entries(steps))
    last = latest(entered, facts.stage_since or facts.registered)
    if last is None or today < (first := settings.first_day("same_step_days", last)):
        return None
    long = span_in_words(last, today)
    if not steps:
        return StateReason(
            code="same_step",
            sentence=f"All steps of {current_stage(facts).name} done, and no next stage for {long}.",
            since=first,
            clears="It clears when the project moves on, or is closed.",
            state=State.STALLED,
            tool=Tool.STAGE,
        )
    return StateReason(
        code="same_step",
        sentence=f"Same step for {long}: {steps[0].name}.",
        since=first,
        clears="It clears when something is entered in this step, or when the project moves on.",
        state=State.STALLED,
        tool=Tool.STEP,
        target_key=steps[0].key,
    )


_LIFE_OF: Mapping[EvidenceKind, tuple[LifeKind, ...]] = {
    EvidenceKind.MEASURE: (LifeKind.MEASURE,),
    EvidenceKind.POINT: (LifeKind.POINT,),
    EvidenceKind.IDEA: (LifeKind.IDEA, LifeKind.DECISION),
    EvidenceKind.CYCLE: (LifeKind.CYCLE,),
    EvidenceKind.DRIVER_DIAGRAM: (LifeKind.DRIVER,),
    EvidenceKind.AIM: (LifeKind.AIM,),
}
"""What counts as an entry in a step, by the evidence the step names. Files and notes are entries of the step itself."""


def _entries(steps: list[Step]) -> frozenset[LifeKind]:
    """The kinds of life that are entries in one of these steps; all kinds where no step is left."""
    if not steps:
        return frozenset(LifeKind)
    named = {kind for step in steps for evidence in step.evidence for kind in _LIFE_OF.get(evidence, ())}
    return frozenset(named | {LifeKind.STEP, LifeKind.STAGE})


STAYS: Mapping[str, str] = {
    "understand": "stay_understand_days",
    "co_design": "stay_co_design_days",
    "deliver": "stay_deliver_days",
}
"""How long a project may stay in a stage, by the key of the setting. A stage of another method goes by what it is
for: testing stays like Deliver, all before it like Co-design."""


def stage_overstayed(facts: ProjectFacts, today: date, settings: Settings) -> StateReason | None:
    """Longer in a stage than most are. Worth a word, never more than quiet."""
    since = facts.stage_since or facts.registered
    key = STAYS.get(facts.stage, STAYS["deliver"] if is_testing(facts) else STAYS["co_design"])
    if since is None or is_past_testing(facts) or today < (first := settings.first_day(key, since)):
        return None
    return StateReason(
        code="stage_overstayed",
        sentence=f"In {current_stage(facts).name} for {span_in_words(since, today)}.",
        since=first,
        clears="It clears when the project moves on to another stage.",
        state=State.QUIET,
        tool=Tool.STAGE,
    )


def study_waiting(facts: ProjectFacts, today: date, settings: Settings) -> StateReason | None:
    """Tests are over, and nobody has written down what they showed."""
    open_ones = [
        (first, cycle)
        for cycle in facts.cycles
        if cycle.state is CycleState.TO_STUDY
        and cycle.end is not None
        and today >= (first := settings.first_day("study_days", cycle.end))
    ]
    if not open_ones:
        return None
    first, oldest = min(open_ones, key=lambda found: (found[0], found[1].number))
    several = len(open_ones) > 1
    return StateReason(
        code="study_waiting",
        sentence=f"{len(open_ones)} PDSA cycles left open." if several else _left_open(oldest, today),
        since=first,
        clears="It clears when Study is written for each." if several else "It clears when Study is written.",
        state=State.QUIET,
        tool=Tool.CYCLES,
        target_key=oldest.key,
    )


def _left_open(cycle: CycleFacts, today: date) -> str:
    long = span_in_words(cycle.end, today) if cycle.end else ""
    return f"PDSA cycle {cycle.number} ended {long} ago and is not studied."


def aim_passed(facts: ProjectFacts, today: date, settings: Settings) -> StateReason | None:
    """The date in the aim is over, and nobody has evaluated it."""
    by = facts.aim.by if facts.aim else None
    if by is None or today < (first := settings.first_day("aim_passed_days", by)) or _is_evaluated(facts):
        return None
    step = _evaluating(facts)
    return StateReason(
        code="aim_passed",
        sentence=f"The aim’s date, {in_words(by)}, has passed without an evaluation.",
        since=first,
        clears="It clears when the aim is evaluated or gets a later date, or when the project is closed.",
        state=State.STALLED,
        tool=Tool.STEP if step else Tool.AIM,
        target_key=step.key if step else None,
    )


def _evaluating(facts: ProjectFacts) -> Step | None:
    """The step of the method in which an aim is evaluated, if it has one."""
    return next((step for _, step in METHODS[facts.method].steps() if Need.AIM_REVIEWED in step.needs), None)


def _is_evaluated(facts: ProjectFacts) -> bool:
    step = _evaluating(facts)
    return step is not None and (is_settled(facts, step) or bool(facts.answered.get(step.key)))
