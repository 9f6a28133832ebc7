"""What counts as life in a project: events of substance, and nothing else.

A number entered, a test written down, a decision made. Signing in, a better title, a remark or a new member keep nobody
from forgetting a project. Published cadences count such events only: a test, a point, a review, a decision on an idea.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class LifeKind(StrEnum):
    """The kinds of substantive event. A point counts on the last day of its own period, whenever it was typed."""

    CYCLE = "cycle"
    POINT = "point"
    REVIEW = "review"
    DECISION = "decision"
    STEP = "step"
    IDEA = "idea"
    AIM = "aim"
    DRIVER = "driver"
    MEASURE = "measure"
    STAGE = "stage"
    BARRIER = "barrier"


LIFE_WORDS: Mapping[LifeKind, str] = {
    LifeKind.CYCLE: "PDSA cycle written",
    LifeKind.POINT: "number",
    LifeKind.REVIEW: "coach review",
    LifeKind.DECISION: "decision on an idea",
    LifeKind.STEP: "step worked on",
    LifeKind.IDEA: "new idea",
    LifeKind.AIM: "aim written",
    LifeKind.DRIVER: "driver diagram",
    LifeKind.MEASURE: "measure chosen",
    LifeKind.STAGE: "new stage",
    LifeKind.BARRIER: "barrier cleared",
}
"""What the last sign of life is called on a page."""


@dataclass(frozen=True, slots=True)
class _Life:
    """`fields` None: any such event counts. Otherwise one of these fields must be among the changed ones."""

    kind: LifeKind
    fields: frozenset[str] | None = None


_CYCLE_TEXT = frozenset({
    "objective", "change", "data_plan", "questions",
    "started", "ended", "as_planned", "happened", "surprises",
    "findings", "learnt", "side_effects",
    "decision", "next_change",
})  # fmt: skip
"""What is written in Plan, Do, Study and Act. A title, an owner, a remark or a date put off is not work on the test."""

_LIFE: Mapping[tuple[str, str], _Life] = {
    ("cycle", "added"): _Life(LifeKind.CYCLE),
    ("cycle", "changed"): _Life(LifeKind.CYCLE, _CYCLE_TEXT),
    ("point", "added"): _Life(LifeKind.POINT),
    ("points", "pasted"): _Life(LifeKind.POINT),
    ("points", "uploaded"): _Life(LifeKind.POINT),
    ("coach_review", "added"): _Life(LifeKind.REVIEW),
    ("idea", "added"): _Life(LifeKind.IDEA),
    ("idea", "changed"): _Life(LifeKind.DECISION, frozenset({"status", "impact", "effort"})),
    ("idea", "joined"): _Life(LifeKind.DRIVER),
    ("driver", "added"): _Life(LifeKind.DRIVER),
    ("driver", "joined"): _Life(LifeKind.DRIVER),
    ("driver", "changed"): _Life(LifeKind.DRIVER, frozenset({"measure_id"})),
    ("aim", "added"): _Life(LifeKind.AIM),
    ("aim", "changed"): _Life(LifeKind.AIM, frozenset({"what", "start", "target", "population", "series_id"})),
    ("measure", "added"): _Life(LifeKind.MEASURE),
    ("step", "added"): _Life(LifeKind.STEP, frozenset({"status", "answers"})),
    ("step", "changed"): _Life(LifeKind.STEP, frozenset({"status", "answers"})),
    ("evidence", "added"): _Life(LifeKind.STEP),
    ("stage", "moved"): _Life(LifeKind.STAGE),
    ("barrier", "changed"): _Life(LifeKind.BARRIER, frozenset({"cleared_at"})),
}
"""Noun and verb of the event log. What is not in the table is not life: corrections and undoing, notes on a chart,
team and roles, words in the coaching thread, scores, pauses, mails, sign-ins."""

NOUNS_OF_LIFE = frozenset(noun for noun, _ in _LIFE)
"""The nouns worth looking up in the event log."""


def life_of(noun: str, verb: str, changed: frozenset[str]) -> LifeKind | None:
    """The kind of life an event is, or None.

    `changed` are the names of the fields that are new or different in it.
    """
    found = _LIFE.get((noun, verb))
    if found is None or (found.fields is not None and found.fields.isdisjoint(changed)):
        return None
    return found.kind
