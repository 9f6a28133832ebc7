"""Testing: choose an idea, plan a test, predict, watch it, and plan the next one."""

from datetime import date, timedelta

from qitracker.method.cycles import CycleState, Decision
from qitracker.method.facts import CycleFacts, ProjectFacts
from qitracker.method.ideas import IdeaStatus
from qitracker.method.next_card.card import NextCard
from qitracker.method.next_card.moment import UNDER_WAY, in_state, is_testing, quoted
from qitracker.method.next_card.starting import counted
from qitracker.method.stages import Tool

LONG_WITHOUT_END = timedelta(days=28)
"""A test without a planned end is asked about after four weeks. Ours."""

NOTE_LASTS = timedelta(days=3)
"""After a note the team is left in peace about notes for three days. Ours."""


def choose_idea(facts: ProjectFacts, _today: date) -> NextCard | None:
    """It is time to test, and all ideas are still only ideas."""
    if not is_testing(facts) or any(idea.status is not IdeaStatus.NEW for idea in facts.ideas) or not facts.ideas:
        return None
    why = f"You have {counted(len(facts.ideas), 'idea')}. Pick one that helps a lot and is easy to try."
    return NextCard("choose_idea", "Choose an idea to test first", why, "Choose", Tool.IDEAS, None, 3)


def continue_ramp(facts: ProjectFacts, _today: date) -> NextCard | None:
    """The last test ended with adapt or repeat, and the next one is not planned."""
    if not is_testing(facts) or any(cycle.state in UNDER_WAY for cycle in facts.cycles):
        return None
    decided = [cycle for cycle in facts.cycles if cycle.state is CycleState.DECIDED]
    latest = max(decided, key=lambda cycle: cycle.number, default=None)
    if latest is None or latest.decision not in (Decision.ADAPT, Decision.REPEAT):
        return None
    verb = "change it and test again" if latest.decision is Decision.ADAPT else "test it again in other conditions"
    why = f"After {quoted(latest.title)} you decided to {verb}."
    return NextCard("continue_ramp", "Plan the next cycle", why, "Plan the next cycle", Tool.CYCLES, latest.key, 4)


def plan_test(facts: ProjectFacts, _today: date) -> NextCard | None:
    """An idea was chosen and has no test yet."""
    if not is_testing(facts):
        return None
    for idea in facts.ideas:
        if idea.status is IdeaStatus.PRIORITISED and not idea.tested:
            why = f"You chose {quoted(idea.text)}. Try it small: one patient, or one shift."
            return NextCard("plan_test", "Plan a small test", why, "Plan a cycle", Tool.CYCLES, idea.key, 5)
    return None


def date_cycle(facts: ProjectFacts, _today: date) -> NextCard | None:
    """A test is planned without a day to start."""
    for cycle in in_state(facts, CycleState.PLANNED):
        if cycle.planned_start is None:
            why = f"{quoted(cycle.title)} has no date yet. A test with a date gets done."
            return _about(cycle, "date_cycle", "Set a date for", why, "Set the dates", 1)
    return None


def add_prediction(facts: ProjectFacts, _today: date) -> NextCard | None:
    """A test is planned or running and nobody wrote down what they expect."""
    for cycle in facts.cycles:
        if cycle.state in UNDER_WAY and not cycle.has_prediction:
            why = f"Before {quoted(cycle.title)} ends, write down what you think will happen."
            return _about(cycle, "add_prediction", "Add a prediction to", why, "Add a prediction", 2)
    return None


def end_cycle(facts: ProjectFacts, today: date) -> NextCard | None:
    """A test without a planned end has been running for long."""
    for cycle in in_state(facts, CycleState.RUNNING):
        start = cycle.planned_start
        if cycle.planned_end is None and start is not None and today - start > LONG_WITHOUT_END:
            why = f"{quoted(cycle.title)} has been running for {(today - start).days} days without an end."
            return _about(cycle, "end_cycle", "Set an end for", why, "Set the end", 1)
    return None


def follow_cycle(facts: ProjectFacts, today: date) -> NextCard | None:
    """A test is running: notes from the day itself are worth most. A note of the last days is enough for now."""
    for cycle in in_state(facts, CycleState.RUNNING):
        if cycle.noted is not None and today - cycle.noted < NOTE_LASTS:
            continue
        why = (
            f"{quoted(cycle.title)} is running{_time_left(cycle.planned_end, today)}. Note what you see, surprises too."
        )
        return _about(cycle, "follow_cycle", "Add a note to", why, "Write what happened", 1)
    return None


def _time_left(end: date | None, today: date) -> str:
    if end is None or end < today:
        return ""
    days = (end - today).days
    return (", and ends today", ", and ends tomorrow")[days] if days < 2 else f", with {days} days to go"


def _about(cycle: CycleFacts, code: str, verb: str, why: str, label: str, minutes: int) -> NextCard:
    return NextCard(code, f"{verb} PDSA cycle {cycle.number}", why, label, Tool.CYCLES, cycle.key, minutes)
