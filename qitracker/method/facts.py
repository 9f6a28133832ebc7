"""What is known of a project at a moment, as plain values: everything the rules of the method look at.

Filled from a database by whoever asks the rules. Every field has a default, so a project that has just been
started is `ProjectFacts()`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from qitracker.method.cycles import CycleState, Decision
from qitracker.method.ideas import IdeaStatus
from qitracker.method.measures import MeasureKind, Rhythm
from qitracker.method.progress import ProgressState
from qitracker.method.steps import StepStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class AimFacts:
    """The aim as far as it is written. `n_missing` is how many of its parts `aims.checks` finds missing."""

    by: date | None = None
    n_missing: int = 0
    state: ProgressState = ProgressState.NO_DATA
    measure_key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureFacts:
    """One series a team looks after. `last_point` is any day in the period of its latest point.

    `next_due` is the day the next number is due (`measures.next_due`), None where none is expected.
    `variation` is the latest finding of the chart as the SPC engine names it, such as "improvement_low" or
    "concern_high".
    """

    key: str
    name: str
    kind: MeasureKind
    n_points: int = 0
    last_point: date | None = None
    rhythm: Rhythm = Rhythm.MONTH
    next_due: date | None = None
    variation: str = "not_enough_data"
    has_target: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class IdeaFacts:
    """One change idea. `tested` is whether it has any cycle, planned ones included."""

    key: str
    text: str
    status: IdeaStatus = IdeaStatus.NEW
    tested: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleFacts:
    """One PDSA cycle. `state` is `cycles.state_of` on the day of asking."""

    key: str
    number: int
    title: str
    state: CycleState
    planned_start: date | None = None
    planned_end: date | None = None
    ended: date | None = None
    has_prediction: bool = False
    idea_key: str | None = None
    decision: Decision | None = None

    @property
    def end(self) -> date | None:
        """The day the test really ended, or else the day it was planned to."""
        return self.ended or self.planned_end


@dataclass(frozen=True, slots=True, kw_only=True)
class DriverFacts:
    """Counts over the driver diagram."""

    n_primary: int = 0
    n_secondary: int = 0
    n_without_idea: int = 0
    n_without_measure: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CoachWord:
    """The last thing the coach wrote. `asks` is whether it asks something of the team."""

    on: date
    asks: bool = False
    answered: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFacts:
    """A project at a moment.

    `statuses`, `answered` and `attached` go by step key: the status, the keys of the questions that have an
    answer, and how many files, links and notes are attached. `reviewed` is the last day team and coach looked
    at the work together.
    """

    method: str = "lancashire"
    stage: str = "understand"
    statuses: Mapping[str, StepStatus] = field(default_factory=dict)
    answered: Mapping[str, frozenset[str]] = field(default_factory=dict)
    attached: Mapping[str, int] = field(default_factory=dict)
    n_team: int = 0
    has_sponsor: bool = False
    has_coach: bool = False
    has_service_user: bool = False
    aim: AimFacts | None = None
    measures: tuple[MeasureFacts, ...] = ()
    ideas: tuple[IdeaFacts, ...] = ()
    cycles: tuple[CycleFacts, ...] = ()
    drivers: DriverFacts = field(default_factory=DriverFacts)
    coach_word: CoachWord | None = None
    reviewed: date | None = None
