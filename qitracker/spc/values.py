"""The values of the SPC engine: what goes in (`Series`) and what comes out (`Analysis`).

Everything is frozen, made of plain numbers, tuples and words, and knows nothing of the engine's insides.
Positions are counted from 0 in what comes out (`index` fields and tuples) and from 1 in what goes in
(`part`, `exclude`, `freeze`), as on a printed chart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from qitracker.spc.close_to import CloseTo
from qitracker.spc.words import (
    Aggregate,
    Assurance,
    Chart,
    Direction,
    Meaning,
    Refused,
    RuleSet,
    Signal,
    Variation,
    XKind,
)

__all__ = [
    "Analysis",
    "Caution",
    "Chart",
    "OtherChart",
    "PhaseSummary",
    "Refused",
    "Runs",
    "Series",
    "ShiftEvidence",
    "Suggestion",
    "Targets",
]

Targets = float | tuple[float | None, ...] | tuple[tuple[str | int, float | None], ...]
"""One target; or one for each row; or pairs of an x and the target that holds from there on. In plotted units."""


@dataclass(frozen=True, slots=True)
class Series:
    """One series of numbers, and how its chart is to be made.

    `y` holds values, or numerators where `n` holds the denominators; None is a missing one. `x` holds whole
    numbers, ISO dates ("2024-06-01") or categories, None for 1, 2, 3, and so on. Rows are put in the order of
    x and rows with the same x become one point; on `xbar` and `s` charts they are its subgroup.
    `freeze`: the first so many points of each phase are its baseline; a tuple has one entry for each phase,
    None for a phase whose points are all its baseline. `part`: the last point of each earlier phase.
    `exclude`: points kept out of the centre line, the limits and the rules about runs. `part`, `exclude` and
    `freeze` count plotted points from 1. `target` is in plotted units, `cl` (a centre line from elsewhere) in
    units before `multiply`. `screen`: leave out moving ranges beyond their own limit; None is the habit of
    the rule set. `only_rises`: the numbers go up by nature, as training does, so a trend is no signal.
    """

    chart: Chart
    y: tuple[float | None, ...]
    n: tuple[float | None, ...] | None = None
    x: tuple[str | int, ...] | None = None
    freeze: int | tuple[int | None, ...] | None = None
    part: tuple[int, ...] = ()
    exclude: tuple[int, ...] = ()
    target: Targets | None = None
    cl: float | None = None
    multiply: float = 1.0
    direction: Direction = Direction.NEUTRAL
    rules: RuleSet = RuleSet.PROVOST_MURRAY
    screen: bool | None = None
    id: str | None = None
    x_kind: XKind | None = None
    aggregate: Aggregate = Aggregate.MEAN
    only_rises: bool = False


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs about the centre line in one phase (Anhoej and Olesen 2014), over points not on the line.

    `signal`: the longest run is above `longest_run_max`, or the crossings are below `crossings_min`.
    """

    phase: int
    n_useful: int
    longest_run: int | None
    longest_run_max: int | None
    crossings: int | None
    crossings_min: int | None
    signal: bool


@dataclass(frozen=True, slots=True)
class Caution:
    """Something a reader should know before trusting the analysis."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A new phase the team may start, because a shift in the latest phase has lasted. Never done silently.

    `at` is the index of the first point of the shift, `confirmed_at` of the point that confirmed it, `points`
    how many counted points it has so far. `side` is +1 above or -1 below the present centre line `cl_now`;
    the new line and limits are those of the points from `at` on, limits at the mean denominator.
    """

    code: str
    at: int
    confirmed_at: int
    points: int
    side: int
    meaning: Meaning
    cl_now: float
    cl_new: float
    lcl_new: float | None
    ucl_new: float | None


@dataclass(frozen=True, slots=True)
class OtherChart:
    """A kind of chart that fits the numbers better than the one chosen, for a person to choose.

    `code` is `rare_event_chart` (events are too rare for counts a period) or `prime_chart` (the numbers vary more
    than chance alone would have it); `message` says why.
    """

    code: str
    chart: Chart
    message: str


@dataclass(frozen=True, slots=True)
class ShiftEvidence:
    """Why a phase was started: its points were a shift against the phase before.

    `start` and `confirmed` are indexes of points, `run_length` the counted points of the shift, `side` +1
    above or -1 below the earlier centre line. Centre lines are in plotted units.
    """

    start: int
    confirmed: int
    run_length: int
    side: int
    cl_before: float
    cl_after: float
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class PhaseSummary:
    """One phase in a line. `lcl` and `ucl` are at the mean denominator `mean_n` of the phase (None without).

    `n_points` counts points with a value that are not excluded, `n_baseline` those of them the limits rest
    on. `is_trial`: 12 to 19 of them. `first` and `last` are indexes, both included.
    """

    number: int
    first: int
    last: int
    n_points: int
    n_baseline: int
    cl: float | None
    lcl: float | None
    ucl: float | None
    mean_n: float | None
    is_trial: bool
    is_run_chart: bool


ASKED_LATER = ("runs", "warnings", "suggestions", "other_charts", "close_to")
"""Fields of an analysis that the engine works out when they are first asked for: half its time, and a list of charts
shows few of them."""


@dataclass(frozen=True)  # without slots: `phases` and what was asked later are kept
class Analysis:
    """What the chart says. Tuples have one entry for each plotted point in the order of x, None for nothing.

    Numbers are in plotted units (after `multiply`); only `sigma` of a T chart is on the scale of the 3.6th root,
    where its limits are three of them from the line. `signals` has one tuple for each rule: +1 high or rising, -1 low
    or falling, 1 for a rule without a side, 0 for none. `meaning` is that of the leading signal of a point, and
    `both` are the indexes of points whose signals say improvement and concern (high and low) at once. `target` is the
    one that holds at the latest point, `targets` that of each point where it changes. `close_to`: how near the latest
    point is to a signal. `n` are subgroup sizes on xbar
    and s charts.
    """

    id: str | None
    chart: Chart
    rules: RuleSet
    direction: Direction
    multiply: float
    target: float | None
    x: tuple[str | int, ...]
    y: tuple[float | None, ...]
    n: tuple[float | None, ...]
    phase: tuple[int, ...]
    baseline: tuple[bool, ...]
    included: tuple[bool, ...]
    cl: tuple[float | None, ...]
    lcl: tuple[float | None, ...]
    ucl: tuple[float | None, ...]
    sigma: tuple[float | None, ...]
    signals: Mapping[Signal, tuple[int, ...]] = field(hash=False)
    runs: tuple[Runs, ...]
    meaning: tuple[Meaning | None, ...]
    variation: Variation
    assurance: Assurance | None
    warnings: tuple[Caution, ...]
    suggestions: tuple[Suggestion, ...]
    other_charts: tuple[OtherChart, ...] = field(default_factory=tuple)  # no default of the class, so it can be asked
    both: tuple[int, ...] = ()
    targets: tuple[float | None, ...] | None = None
    close_to: CloseTo = field(default_factory=CloseTo)

    @classmethod
    def asking(cls, later: object, **known: object) -> Self:
        """An analysis whose fields `ASKED_LATER` are attributes of `later`, each asked for once; all others `known`."""
        made = object.__new__(cls)
        made.__dict__.update(known, _later=later)
        return made

    if not TYPE_CHECKING:  # a type checker is to know the fields alone

        def __getattr__(self, name: str) -> object:
            here = self.__dict__
            later = here.get("_later")
            if later is not None and name in ASKED_LATER:
                here.setdefault(name, getattr(later, name))
                if all(one in here for one in ASKED_LATER):
                    here.pop("_later", None)
            if name in here:
                return here[name]
            raise AttributeError(f"{type(self).__name__} has no {name!r}")

    def __getstate__(self) -> dict[str, Any]:
        """Every field, asked for or not: a copy or a pickle is whole."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    @cached_property
    def phases(self) -> tuple[PhaseSummary, ...]:
        """The phases of the series, oldest first."""
        from qitracker.spc.phases import summaries

        return summaries(self)

    def to_json(self) -> str:
        """The analysis as one line of JSON that `from_json` turns back into an equal one. Never holds NaN."""
        from qitracker.spc.stored import dump

        return dump(self)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The analysis that `to_json` wrote."""
        from qitracker.spc.stored import fields_of

        fields: dict[str, Any] = fields_of(text)
        return cls(**fields)
