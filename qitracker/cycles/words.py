"""The words of the room: counts, dates, tags, labels. No database."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from qitracker.method.cycles import CycleState, Decision
from qitracker.method.dates import MONTHS


@dataclass(frozen=True, slots=True)
class Tag:
    """A word in a box, and the colour that goes with it ("" is white)."""

    word: str
    colour: str = ""


DECISION_TAGS: Mapping[Decision, Tag] = {
    Decision.ADOPT: Tag("Adopt", "green"),
    Decision.ADAPT: Tag("Adapt", "blue"),
    Decision.ABANDON: Tag("Abandon", "grey"),
    Decision.REPEAT: Tag("Repeat"),
}
STATE_TAGS: Mapping[CycleState, Tag] = {
    CycleState.PLANNED: Tag("Planned", "grey"),
    CycleState.RUNNING: Tag("Running"),
    CycleState.TO_STUDY: Tag("Ready to study"),
    CycleState.STUDIED: Tag("Studied"),
}

# In the order in which the sentence on top of the log counts them.
COUNTED: Mapping[CycleState | Decision, str] = {
    Decision.ADOPT: "adopted",
    Decision.ADAPT: "adapted",
    Decision.ABANDON: "abandoned",
    Decision.REPEAT: "to repeat",
    CycleState.STUDIED: "waiting for a decision",
    CycleState.TO_STUDY: "ready to study",
    CycleState.RUNNING: "running",
    CycleState.PLANNED: "planned",
}

FIELD_WORDS: Mapping[str, str] = {
    "idea_id": "change idea",
    "title": "title",
    "owner_id": "owner",
    "kind": "kind of cycle",
    "scale": "scale",
    "planned_start": "planned start",
    "planned_end": "planned end",
    "objective": "objective",
    "questions": "questions and predictions",
    "change": "the change",
    "who_where": "who and where",
    "tasks": "tasks to get ready",
    "data_plan": "data to collect",
    "series_id": "linked measure",
    "stop_rule": "when to stop",
    "who_must_know": "who must know",
    "started": "real start",
    "ended": "real end",
    "as_planned": "carried out as planned",
    "happened": "what happened",
    "surprises": "problems and surprises",
    "comments": "comments",
    "findings": "what the data show",
    "learnt": "what we learnt",
    "side_effects": "other effects",
    "decision": "decision",
    "next_change": "what changes next",
    "confidence": "confidence",
    "why": "why",
}


def tag_of(state: CycleState, decision: Decision | None) -> Tag:
    """The decision once there is one, else where the cycle stands."""
    return DECISION_TAGS[decision] if decision is not None else STATE_TAGS[state]


def counts_in_words(found: Iterable[tuple[CycleState, Decision | None]]) -> str:
    """ "4 cycles: 2 adopted, 1 adapted, 1 running"."""
    counted = Counter(decision or state for state, decision in found)
    total = sum(counted.values())
    parts = ", ".join(f"{counted[key]} {word}" for key, word in COUNTED.items() if counted[key])
    return f"{total} {'cycle' if total == 1 else 'cycles'}: {parts}"


def span_in_words(start: date | None, end: date | None, today: date) -> str:
    """ "3 to 7 Nov", "17 Nov to 2 Dec"; with the year when it is not this one."""
    if start is None or end is None:
        if start is None and end is None:
            return "No dates yet"
        return f"From {_day(start, today)}" if start else f"Until {_day(end, today)}"
    if start == end:
        return _day(start, today)
    if start.year != end.year:
        return f"{_day(start, None)} to {_day(end, None)}"
    first = str(start.day) if start.month == end.month else f"{start.day} {MONTHS[start.month - 1][:3]}"
    return f"{first} to {_day(end, today)}"


def _day(day: date | None, today: date | None) -> str:
    if day is None:
        return ""
    year = "" if today is not None and day.year == today.year else f" {day.year}"
    return f"{day.day} {MONTHS[day.month - 1][:3]}{year}"


def cut(text: str, longest: int) -> str:
    """The text up to a number of characters, cut between words, with a sign that there is more."""
    flat = " ".join(text.split())
    if len(flat) <= longest:
        return flat
    kept = flat[: longest - 1]
    whole = kept.rpartition(" ")[0] if " " in kept[longest // 2 :] else kept
    return f"{whole.rstrip(' ,;:.')}…"
