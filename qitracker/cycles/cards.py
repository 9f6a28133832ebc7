"""The log as cards on ramps: values made of rows, ready to be shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from qitracker.cycles.values import state
from qitracker.cycles.words import Tag, cut, span_in_words, tag_of
from qitracker.method.cycles import SCALE_WORDS, CycleState
from qitracker.models import Cycle, Idea

LONGEST_LINE = 160

# The one thing to do next, by state: the endpoint's name and the words of the link.
NEXT_STEP: dict[CycleState, tuple[str, str]] = {
    CycleState.PLANNED: ("cycles.do", "Write what happened"),
    CycleState.RUNNING: ("cycles.do", "Write what happened"),
    CycleState.TO_STUDY: ("cycles.study", "Study this cycle"),
    CycleState.STUDIED: ("cycles.act", "Decide what comes next"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """One cycle on its ramp. `next_endpoint` is "" when there is nothing left to do but to read."""

    cycle: Cycle
    state: CycleState
    tag: Tag
    when_and_scale: str
    predicted: str
    saw: str
    next_endpoint: str
    next_words: str


@dataclass(frozen=True, slots=True)
class Ramp:
    """The cycles of one idea, in order; without an idea, those that have none."""

    idea: Idea | None
    cards: tuple[Card, ...]


def ramps(cycles: Sequence[Cycle], today: date) -> tuple[Ramp, ...]:
    """One ramp for each idea, in the order in which their first cycles were planned; those without an idea last."""
    by_idea: dict[object, list[Cycle]] = {}
    for cycle in cycles:
        by_idea.setdefault(cycle.idea_id, []).append(cycle)
    without = by_idea.pop(None, [])
    groups = [*by_idea.values(), *([without] if without else [])]
    return tuple(Ramp(group[0].idea, tuple(card(cycle, today) for cycle in group)) for group in groups)


def card(cycle: Cycle, today: date) -> Card:
    """What a cycle shows in the log."""
    where = state(cycle, today)
    endpoint, words = NEXT_STEP.get(where, ("", "Open"))
    start, end = cycle.started or cycle.planned_start, cycle.ended or cycle.planned_end
    when = span_in_words(start, end, today)
    return Card(
        cycle=cycle,
        state=where,
        tag=tag_of(where, cycle.decision),
        when_and_scale=f"{when} · {SCALE_WORDS[cycle.scale]}" if cycle.scale else when,
        predicted=cut(first_of(row.prediction for row in cycle.questions), LONGEST_LINE),
        saw=cut(what_we_saw(cycle), LONGEST_LINE),
        next_endpoint=endpoint,
        next_words=words,
    )


def what_we_saw(cycle: Cycle) -> str:
    """The shortest true answer that was written down: beside a prediction, else in Study, else in Do."""
    return first_of([*(row.saw for row in cycle.questions), cycle.findings, cycle.learnt, cycle.happened])


def first_of(texts: Iterable[str | None]) -> str:
    """The first text with something in it; "" when there is none."""
    return next((text for text in texts if text), "")
