"""PDSA cycles: their kinds, scales and decisions, and the state of one at a date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class CycleKind(StrEnum):
    """What a cycle is for: Langley et al., The Improvement Guide, 2nd edition (2009), chapter 7."""

    COLLECT_INFORMATION = "collect_information"
    DEVELOP = "develop"
    TEST = "test"
    IMPLEMENT = "implement"


CYCLE_KIND_WORDS: Mapping[CycleKind, str] = {
    CycleKind.COLLECT_INFORMATION: "Find something out",
    CycleKind.DEVELOP: "Work out a change",
    CycleKind.TEST: "Test a change",
    CycleKind.IMPLEMENT: "Make a change part of the job",
}


class Scale(StrEnum):
    """How wide a cycle is, smallest first. `SCALES` holds the order."""

    ONE_PATIENT = "one_patient"
    ONE_SHIFT = "one_shift"
    ONE_DAY = "one_day"
    ONE_WEEK = "one_week"
    ONE_WARD = "one_ward"
    ALL = "all"


SCALES: tuple[Scale, ...] = tuple(Scale)

SCALE_WORDS: Mapping[Scale, str] = {
    Scale.ONE_PATIENT: "1 patient",
    Scale.ONE_SHIFT: "1 shift",
    Scale.ONE_DAY: "1 day",
    Scale.ONE_WEEK: "1 week",
    Scale.ONE_WARD: "1 ward",
    Scale.ALL: "Everywhere",
}


def is_wider(scale: Scale, than: Scale) -> bool:
    """Whether a scale is wider than another."""
    return SCALES.index(scale) > SCALES.index(than)


class Decision(StrEnum):
    """What a team does after a cycle. Repeat is the same change once more under other conditions."""

    ADOPT = "adopt"
    ADAPT = "adapt"
    ABANDON = "abandon"
    REPEAT = "repeat"


DECISION_WORDS: Mapping[Decision, str] = {
    Decision.ADOPT: "Adopt",
    Decision.ADAPT: "Adapt",
    Decision.ABANDON: "Abandon",
    Decision.REPEAT: "Repeat in other conditions",
}


class Verdict(StrEnum):
    """How a prediction turned out."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"


VERDICT_WORDS: Mapping[Verdict, str] = {
    Verdict.RIGHT: "Right",
    Verdict.PARTLY: "Partly right",
    Verdict.WRONG: "Wrong",
}


class CycleState(StrEnum):
    """Where a cycle stands at a date: computed, never stored."""

    PLANNED = "planned"
    RUNNING = "running"
    TO_STUDY = "to_study"
    STUDIED = "studied"
    DECIDED = "decided"


CYCLE_STATE_WORDS: Mapping[CycleState, str] = {
    CycleState.PLANNED: "Planned",
    CycleState.RUNNING: "Running",
    CycleState.TO_STUDY: "Ready to study",
    CycleState.STUDIED: "Studied, no decision yet",
    CycleState.DECIDED: "Decided",
}

OPEN_STATES = frozenset({CycleState.PLANNED, CycleState.RUNNING, CycleState.TO_STUDY, CycleState.STUDIED})


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a team expects to see, and later how that turned out. Empty text is no prediction."""

    text: str
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """One PDSA cycle as written down. Texts are as typed; a box left empty is an empty text.

    Plan: objective, question, predictions, change, logistics (who, where, when), data_plan, has_measure (a
    measure with points over time is linked). Do: started, ended, as_planned, happened. Study: findings,
    learnt. Act: decision, next_change.
    """

    number: int
    title: str = ""
    idea_key: str | None = None
    kind: CycleKind = CycleKind.TEST
    scale: Scale | None = None
    objective: str = ""
    question: str = ""
    predictions: tuple[Prediction, ...] = ()
    change: str = ""
    logistics: str = ""
    data_plan: str = ""
    has_measure: bool = False
    planned_start: date | None = None
    planned_end: date | None = None
    started: date | None = None
    ended: date | None = None
    as_planned: bool | None = None
    happened: str = ""
    findings: str = ""
    learnt: str = ""
    decision: Decision | None = None
    next_change: str = ""

    @property
    def is_studied(self) -> bool:
        """Whether anything is written in Study."""
        return bool(self.findings.strip() or self.learnt.strip())


def state_of(
    today: date,
    *,
    planned_start: date | None,
    planned_end: date | None,
    started: date | None = None,
    ended: date | None = None,
    studied: bool = False,
    decision: Decision | None = None,
) -> CycleState:
    """The state of a cycle on a day. The latest thing written down wins; after that the dates speak.

    The last day of a test still belongs to the test: it is ready to study from the day after, or from the day
    that was written down as its real end.
    """
    if decision is not None:
        return CycleState.DECIDED
    if studied:
        return CycleState.STUDIED
    if ended is not None and ended <= today:
        return CycleState.TO_STUDY
    if ended is None and planned_end is not None and planned_end < today:
        return CycleState.TO_STUDY
    start = started or planned_start
    return CycleState.RUNNING if start is not None and start <= today else CycleState.PLANNED
