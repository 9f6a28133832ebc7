"""What is known of a project at a moment, as plain values: everything the rules of the method look at.

Filled from a database by whoever asks the rules. Every field has a default, so a project that has just been
started is `ProjectFacts()`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from qitracker.method.cycles import CycleKind, CycleState, Decision
from qitracker.method.ideas import IdeaStatus
from qitracker.method.measures import MeasureKind, Rhythm
from qitracker.method.progress import ProgressState
from qitracker.method.stalled.closing import ClosingReason
from qitracker.method.stalled.holds import HoldKind
from qitracker.method.stalled.life import LifeKind
from qitracker.method.stalled.stuck import StuckOn
from qitracker.method.steps import StepStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class AimFacts:
    """The aim as far as it is written. `n_missing` is how many of its parts `aims.checks` finds missing.

    `share_done` is the share of the way from start to target, 0.5 for half. `agreed` is the day the aim was first
    complete, `met_since` the day from which its level has been at the target without a break.
    """

    by: date | None = None
    n_missing: int = 0
    state: ProgressState = ProgressState.NO_DATA
    measure_key: str | None = None
    share_done: float | None = None
    agreed: date | None = None
    met_since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureFacts:
    """One series a team looks after. `last_point` is any day in the period of its latest point.

    `next_due` is the day the next number is due (`measures.next_due`), None where none is expected.
    `variation` is the latest finding of the chart as the SPC engine names it, such as "improvement_low" or
    "concern_high", and `signal_since` the first point of that signal. `has_gain`: its finding speaks of a gain, also
    after the gain was given a phase of its own. `points_since_change` counts the points of the
    latest phase, where the level has changed once. `watched`: somebody still looks after it, also after closing.
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
    signal_since: date | None = None
    has_gain: bool = False
    points_since_change: int = 0
    watched: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class IdeaFacts:
    """One change idea. `tested` is whether it has any cycle, planned ones included."""

    key: str
    text: str
    status: IdeaStatus = IdeaStatus.NEW
    tested: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleFacts:
    """One PDSA cycle. `state` is `cycles.state_of` on the day of asking.

    `started` and `ended` are the real dates; `noted` is the day of the last note in Do, `studied` and `decided` the
    days on which Study and Act were written. `scale` and `purpose` are values of `cycles.Scale` ("" where it is not
    said) and `cycles.CycleKind`. `measure_key`: the measure that goes with it; `has_data`: it has points over time.
    `ramp` is its place among the cycles of its idea, from 1. `n_questions` counts the questions it asks.
    """

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
    started: date | None = None
    studied: date | None = None
    decided: date | None = None
    noted: date | None = None
    scale: str = ""
    purpose: str = CycleKind.TEST.value
    measure_key: str | None = None
    has_data: bool = False
    ramp: int = 1
    n_questions: int = 0

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


@dataclass(frozen=True, slots=True)
class Score:
    """A progress score somebody gave: 0.5 to 5.0 in halves, the day, and the reason they wrote."""

    value: float
    on: date
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreFacts:
    """The progress scores of team and coach, the latest of each.

    `suggested_since`: since when the suggestion is what it is. `unchanged_since`: since when nobody has given another
    value. `at_two_and_half_since`: the day the project reached 2.5, None once it has reached 3.0.
    """

    team: Score | None = None
    coach: Score | None = None
    suggested_since: date | None = None
    unchanged_since: date | None = None
    at_two_and_half_since: date | None = None

    @property
    def current(self) -> float | None:
        """The value people stand by: the latest given; the coach's where both are of one day."""
        given = [score for score in (self.coach, self.team) if score is not None]
        return max(given, key=lambda score: score.on).value if given else None


@dataclass(frozen=True, slots=True, kw_only=True)
class BarrierFacts:
    """Something in the way that has not been cleared. `escalated` is the day the sponsor was asked to move it."""

    key: str
    text: str
    since: date
    code: StuckOn | None = None
    escalated: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldFacts:
    """The latest pause or snooze that nobody has taken back. It holds from `since` until the day before `until`, the
    day it is looked at again. `who` takes the work up again."""

    kind: HoldKind
    since: date
    until: date
    reason: str = ""
    who: str = ""

    def is_in_force(self, today: date) -> bool:
        """Whether it holds on a day."""
        return self.since <= today < self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFacts:
    """A project at a moment.

    `statuses`, `answered` and `attached` go by step key: the status, the keys of the questions that have an
    answer, and how many files, links and notes are attached. `reviewed` is the last day team and coach looked
    at the work together.

    `life` holds the last day of each kind of substantive event (`stalled.life`). `lead_gone` and `coach_gone` are
    since when nobody leads or coaches it, None where somebody does or nobody ever did. `last_review` is the last coach
    review, `next_review` the day agreed for the next. `barriers` are the open ones. `has_plan`: a meeting, plan or task
    is written down. `has_sustain_plan`: who keeps the change and watches it is written down. `has_story`: somebody told
    what became better for a person. `n_spread` counts other places that use the change.
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
    registered: date | None = None
    closed: date | None = None
    closing: ClosingReason | None = None
    stage_since: date | None = None
    life: Mapping[LifeKind, date] = field(default_factory=dict)
    has_lead: bool = True
    lead_gone: date | None = None
    coach_gone: date | None = None
    coach_since: date | None = None
    last_review: date | None = None
    next_review: date | None = None
    barriers: tuple[BarrierFacts, ...] = ()
    scores: ScoreFacts = field(default_factory=ScoreFacts)
    hold: HoldFacts | None = None
    has_plan: bool = False
    has_sustain_plan: bool = False
    has_story: bool = False
    n_spread: int = 0

    def is_paused(self, today: date) -> bool:
        """Whether a pause holds on a day."""
        return self.hold is not None and self.hold.kind is HoldKind.PAUSE and self.hold.is_in_force(today)
