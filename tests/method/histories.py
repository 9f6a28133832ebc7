"""Dated histories of projects, told in a line, and the facts they come to on a day.

"2025-01-06 registered; 2025-03-03 deliver; 2025-03-10 test" is a history. Events after the day of asking have not
happened yet, so one history can be asked on many days. What is life is left to the method's own table.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from qitracker.method.cycles import Decision, state_of
from qitracker.method.facts import (
    AimFacts,
    BarrierFacts,
    CoachWord,
    CycleFacts,
    HoldFacts,
    MeasureFacts,
    ProjectFacts,
    Score,
)
from qitracker.method.measures import MeasureKind, Rhythm, next_due, period_after
from qitracker.method.stalled.closing import ClosingReason
from qitracker.method.stalled.holds import HoldKind
from qitracker.method.stalled.life import LifeKind, life_of
from qitracker.method.steps import StepStatus

STAGES = ("understand", "co_design", "deliver", "sustain")

EVENTS: dict[str, tuple[str, str, frozenset[str]]] = {
    "test": ("cycle", "added", frozenset()),
    "wrote": ("cycle", "changed", frozenset({"happened"})),
    "studied": ("cycle", "changed", frozenset({"findings", "decision"})),
    "put_off": ("cycle", "changed", frozenset({"planned_end"})),
    "renamed_test": ("cycle", "changed", frozenset({"title"})),
    "review": ("coach_review", "added", frozenset()),
    "word": ("coach word", "added", frozenset({"text"})),
    "step": ("step", "changed", frozenset({"answers"})),
    "owner": ("step", "changed", frozenset({"owner_id", "due"})),
    "evaluated": ("step", "changed", frozenset({"answers"})),
    "idea": ("idea", "added", frozenset({"text"})),
    "chosen": ("idea", "changed", frozenset({"status"})),
    "moved_idea": ("idea", "moved", frozenset({"place"})),
    "driver": ("driver", "added", frozenset({"text"})),
    "measure": ("measure", "added", frozenset({"name"})),
    "reworded_measure": ("measure", "changed", frozenset({"name"})),
    "agreed": ("aim", "added", frozenset()),
    "retitled": ("project", "changed", frozenset({"title", "problem"})),
    "hidden": ("project", "changed", frozenset({"visibility"})),
    "signed_in": ("session", "added", frozenset()),
    "noted_on_chart": ("note", "added", frozenset({"text"})),
    "rephased": ("chart_decision", "added", frozenset({"on"})),
    "corrected": ("point", "changed", frozenset({"value"})),
    "undone": ("points", "undone", frozenset({"points"})),
    "joined_team": ("role", "added", frozenset({"person_id"})),
    "invited": ("invitation", "added", frozenset()),
    "mailed": ("letter", "added", frozenset()),
    "held": ("hold", "added", frozenset()),
    "score": ("progress_score", "added", frozenset({"tenths"})),
    "barrier": ("barrier", "added", frozenset({"text"})),
    "escalated": ("barrier", "changed", frozenset({"escalated_at"})),
    "cleared": ("barrier", "changed", frozenset({"cleared_at"})),
}
"""What each word writes into the event log: noun, verb, changed fields."""

INSUBSTANTIAL = tuple(sorted(word for word, event in EVENTS.items() if life_of(*event) is None))


def parsed(history: str) -> list[tuple[date, str, str]]:
    """The events of a history: day, word, and what follows the word's colon."""
    events = []
    for told in filter(None, (part.strip() for part in history.split(";"))):
        day, _, words = told.partition(" ")
        for word in words.split():
            name, _, value = word.partition(":")
            events.append((date.fromisoformat(day), name, value))
    return sorted(events, key=lambda event: event[0])


def facts_on(history: str, today: date) -> ProjectFacts:
    """The facts of a history on a day."""
    facts = ProjectFacts(statuses={"evaluate": StepStatus.NOT_STARTED})
    for day, name, value in parsed(history):
        if day <= today:
            facts = _with_life(_happened(facts, day, name, value), day, name)
    return replace(facts, cycles=tuple(_as_of(cycle, today) for cycle in facts.cycles))


def _with_life(facts: ProjectFacts, day: date, name: str) -> ProjectFacts:
    kind = life_of(*EVENTS[name]) if name in EVENTS else None
    return facts if kind is None else replace(facts, life={**facts.life, kind: day})


def _happened(facts: ProjectFacts, day: date, name: str, value: str) -> ProjectFacts:
    if name in STAGES:
        life = {**facts.life, LifeKind.STAGE: day}
        return replace(facts, stage=name, stage_since=day, life=life)
    handler = globals().get(f"_on_{name}")
    if handler is None:
        if name not in EVENTS:
            raise ValueError(f"no such event: {name}")
        return facts
    changed: ProjectFacts = handler(facts, day, value)
    return changed


def _on_registered(facts: ProjectFacts, day: date, _value: str) -> ProjectFacts:
    return replace(facts, registered=day, stage_since=day)


def _on_test(facts: ProjectFacts, day: date, value: str) -> ProjectFacts:
    number = len(facts.cycles) + 1
    end = date.fromisoformat(value) if value else None
    known: dict[str, Any] = {"started": day, "planned_start": day, "planned_end": end}
    cycle = CycleFacts(key=f"c{number}", number=number, title="Bay nursing", state=state_of(day, planned_start=day,
                       planned_end=end), **known)  # fmt: skip
    return replace(facts, cycles=(*facts.cycles, cycle))


def _on_studied(facts: ProjectFacts, day: date, _value: str) -> ProjectFacts:
    cycle = replace(facts.cycles[-1], studied=day, decided=day, decision=Decision.ADAPT)
    return replace(facts, cycles=(*facts.cycles[:-1], cycle))


def _as_of(cycle: CycleFacts, today: date) -> CycleFacts:
    state = state_of(
        today, planned_start=cycle.planned_start, planned_end=cycle.planned_end, started=cycle.started,
        studied=cycle.studied is not None, decision=cycle.decision,
    )  # fmt: skip
    return replace(cycle, state=state)


def _on_point(facts: ProjectFacts, day: date, value: str) -> ProjectFacts:
    """ "point:month:falls" on any day of the period it is for."""
    rhythm_name, _, key = value.partition(":")
    rhythm = Rhythm(rhythm_name)
    measure = MeasureFacts(
        key=key or "m", name=(key or "falls").capitalize(), kind=MeasureKind.OUTCOME, n_points=24, last_point=day,
        rhythm=rhythm, next_due=next_due(day, rhythm), variation="common_cause",
    )  # fmt: skip
    others = tuple(each for each in facts.measures if each.key != measure.key)
    end = period_after(day, rhythm) - timedelta(1)
    return replace(facts, measures=(*others, measure), life={**facts.life, LifeKind.POINT: end})


def _on_unwatched(facts: ProjectFacts, _day: date, _value: str) -> ProjectFacts:
    return replace(facts, measures=tuple(replace(each, watched=False) for each in facts.measures))


def _on_signal(facts: ProjectFacts, day: date, value: str) -> ProjectFacts:
    last = replace(facts.measures[-1], variation=value, signal_since=None if value == "common_cause" else day)
    return replace(facts, measures=(*facts.measures[:-1], last))


def _on_review(facts: ProjectFacts, day: date, value: str) -> ProjectFacts:
    agreed = date.fromisoformat(value) if value else None
    return replace(facts, last_review=day, next_review=agreed)


def _on_word(facts: ProjectFacts, day: date, _value: str) -> ProjectFacts:
    return replace(facts, coach_word=CoachWord(on=day), reviewed=day)


def _on_coach(facts: ProjectFacts, day: date, _value: str) -> ProjectFacts:
    return replace(facts, has_coach=True, coach_since=day, coach_gone=None)


def _on_coach_left(facts: ProjectFacts, day: date, _value: str) -> ProjectFacts:
    return replace(facts, has_coach=False, coach_gone=day)


def _on_lead(facts: ProjectFacts, _day: date, _value: str) -> ProjectFacts:
    return replace(facts, has_lead=True, lead_gone=None)


def _on_lead_left(facts: ProjectFacts, day: date, _value: str) -> ProjectFacts:
    return replace(facts, has_lead=False, lead_gone=day)


def _on_agreed(facts: ProjectFacts, day: date, value: str) -> ProjectFacts:
    return replace(facts, aim=AimFacts(agreed=day, by=date.fromisoformat(value) if value else None))


def _on_evaluated(facts: ProjectFacts, _day: date, _value: str) -> ProjectFacts:
    return replace(facts, answered={**facts.answered, "evaluate": frozenset({"result"})})


def _on_all_steps(facts: ProjectFacts, _day: date, _value: str) -> ProjectFacts:
    done = dict.fromkeys(("focus", "people", "visualise", "change"), StepStatus.DONE)
    return replace(facts, statuses={**facts.statuses, **done})


def _on_barrier(facts: ProjectFacts, day: date, value: str) -> ProjectFacts:
    barrier = BarrierFacts(key=value or "b", text=f"Waiting for {value or 'a printer'}", since=day)
    return replace(facts, barriers=(*facts.barriers, barrier))


def _on_escalated(facts: ProjectFacts, day: date, _value: str) -> ProjectFacts:
    return replace(facts, barriers=tuple(replace(each, escalated=day) for each in facts.barriers))


def _on_cleared(facts: ProjectFacts, _day: date, _value: str) -> ProjectFacts:
    return replace(facts, barriers=())


def _on_score(facts: ProjectFacts, day: date, value: str) -> ProjectFacts:
    score = Score(float(value or 2), day)
    before = facts.scores
    changed = before.team is None or before.team.value != score.value
    waiting = before.at_two_and_half_since or (day if score.value >= 2.5 else None)
    return replace(facts, scores=replace(
        before, team=score, unchanged_since=day if changed else before.unchanged_since,
        at_two_and_half_since=None if score.value >= 3 else waiting,
    ))  # fmt: skip


def _hold(facts: ProjectFacts, kind: HoldKind, day: date, value: str) -> ProjectFacts:
    return replace(facts, hold=HoldFacts(kind=kind, since=day, until=date.fromisoformat(value), reason="Winter"))


def _on_pause(facts: ProjectFacts, day: date, value: str) -> ProjectFacts:
    return _hold(facts, HoldKind.PAUSE, day, value)


def _on_snooze(facts: ProjectFacts, day: date, value: str) -> ProjectFacts:
    return _hold(facts, HoldKind.SNOOZE, day, value)


def _on_resumed(facts: ProjectFacts, _day: date, _value: str) -> ProjectFacts:
    return replace(facts, hold=None)


def _on_closed(facts: ProjectFacts, day: date, value: str) -> ProjectFacts:
    return replace(facts, closed=day, closing=ClosingReason(value) if value else None)


def _on_reopened(facts: ProjectFacts, _day: date, _value: str) -> ProjectFacts:
    return replace(facts, closed=None, closing=None)
