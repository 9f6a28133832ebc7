"""The kinds of chart: centre line and spread of each, as a table. A new kind is a row here, and its formulas.

Sources: Montgomery, Introduction to Statistical Quality Control, 6th ed. 2009 (sections 6.4, 7.2, 7.3);
Provost and Murray, The Health Care Data Guide, 2011; Nelson, Control charts for individual measurements,
Journal of Quality Technology 14, 1982 (screening of moving ranges).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

import numpy as np

from qitracker.spc.frame import Bools, Floats, Frame, Whole, near
from qitracker.spc.values import Chart

D2 = 1.128
"""Mean range of two values in standard deviations (Montgomery, appendix VI)."""
D4 = 3.267
"""Upper limit of a moving range of two, as a multiple of the mean moving range (Montgomery, appendix VI)."""
SIGMAS = 3.0
"""Control limits stand three sigma from the centre line (Shewhart 1931)."""
_ROUNDING = 1e-9
"""A limit passes floor or ceiling only by more than this share: nine events a month have their limit on 0."""
CONSTANT_POINTS = 12
"""From this many equal values a count or share shows no variation; fewer may be equal by chance. Twelve is
where limits begin (Provost and Murray 2011)."""


class Family(Enum):
    """Which of a rule set's lists applies: the one for charts with limits, or the one for run charts."""

    SHEWHART = auto()
    RUN_CHART = auto()


@dataclass(frozen=True, slots=True)
class Spread:
    """The spread of each phase: sigma of a point with a denominator of 1, NaN where it cannot be told.

    `kept`: phases where screening would have left nothing but zeros, and was not done.
    """

    unit: Floats
    kept: Bools | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of chart. `centre` gives each phase its line, `spread` its sigma; None for a run chart.

    `per_n`: sigma of a point is the spread over the root of its denominator. `is_count`: numerators are counts,
    `is_share`: out of the denominator, `is_plain_count`: without one. No limit passes `floor` and `ceiling`.
    """

    family: Family
    centre: Callable[[Frame], Floats]
    spread: Callable[[Frame, Floats], Spread] | None
    per_n: bool = False
    needs_n: bool = False
    is_count: bool = False
    is_share: bool = False
    is_plain_count: bool = False
    floor: float = -math.inf
    ceiling: float = math.inf


@dataclass(frozen=True, slots=True)
class Limits:
    """Lines in units before `multiply`: `cl`, `sigma`, `lcl`, `ucl` a point. NaN where there is none.

    `open_low` and `open_high`: points whose limit would lie past what the chart can hold, so that there is none
    on that side; the line is drawn at the floor or ceiling. `slack`: rounding of the centre line. One entry a
    phase: `constant`, `kept` (see Spread).
    """

    cl: Floats
    sigma: Floats
    lcl: Floats
    ucl: Floats
    open_low: Bools
    open_high: Bools
    slack: Floats
    constant: Bools
    kept: Bools


def limits(frame: Frame, kind: Kind) -> Limits:
    """Centre line and limits of every point."""
    cl = kind.centre(frame)
    cl = np.where(np.isnan(frame.given_cl), cl, frame.given_cl)
    slack = np.zeros(frame.n_phases)
    if kind.family is Family.SHEWHART:
        slack = 1e-15 * frame.total(np.abs(frame.y), frame.base & frame.present)
    spread = Spread(np.full(frame.n_phases, np.nan)) if kind.spread is None else kind.spread(frame, cl)
    constant = _constant(frame)
    still = constant
    if kind.is_count:
        enough = frame.count(frame.included & frame.present) >= CONSTANT_POINTS
        still = constant & enough & np.isnan(frame.given_cl)
    unit = np.where(still & ~np.isnan(spread.unit), 0.0, spread.unit)
    cl_at, unit_at = cl[frame.phase], unit[frame.phase]
    sigma = unit_at / np.sqrt(frame.n) if kind.per_n else unit_at
    low, high = cl_at - SIGMAS * sigma, cl_at + SIGMAS * sigma
    return Limits(
        cl=cl_at,
        sigma=sigma,
        lcl=np.maximum(low, kind.floor),
        ucl=np.minimum(high, kind.ceiling),
        open_low=low < kind.floor - _ROUNDING * cl_at,
        open_high=high > kind.ceiling * (1 + _ROUNDING),
        slack=slack[frame.phase],
        constant=constant,
        kept=np.zeros(frame.n_phases, dtype=bool) if spread.kept is None else spread.kept,
    )


def _constant(frame: Frame) -> Bools:
    """Phases whose counted values are all the same."""
    counted = frame.included & frame.present
    highest = np.maximum.reduceat(np.where(counted, frame.y, -np.inf), frame.starts)
    lowest = np.minimum.reduceat(np.where(counted, frame.y, np.inf), frame.starts)
    return near(highest, lowest)


def _median(frame: Frame) -> Floats:
    """The median of the baseline (Perla, Provost and Murray 2011)."""
    where = frame.base & frame.present
    phase, values = frame.phase[where], frame.y[where]
    values = values[np.lexsort((values, phase))]
    counts = frame.count(where)
    ends = np.cumsum(counts)
    middle = ends - counts + counts // 2
    padded = np.append(values, np.nan)
    upper = padded[np.where(counts > 0, middle, len(values))]
    lower = padded[np.where(counts > 0, middle - (counts % 2 == 0), len(values))]
    median: Floats = lower + (upper - lower) / 2
    return median


def _mean(frame: Frame) -> Floats:
    """The mean of the baseline (Montgomery 6.4, 7.3)."""
    where = frame.base & frame.present
    return frame.total(frame.y, where) / frame.count(where).astype(np.float64)


def _ratio(frame: Frame) -> Floats:
    """All numerators over all denominators of the baseline (Montgomery 7.2.2, 7.3.2)."""
    where = frame.base & frame.present
    return frame.total(frame.numerator, where) / frame.total(frame.n, where)


def _moving_range(frame: Frame, cl: Floats) -> Spread:  # noqa: ARG001  (the shape of the table's column)
    """Mean moving range over 1.128 (Montgomery 6.33), once screened at 3.267 times the mean (Nelson 1982).

    A moving range bridges an excluded point and not a missing one. Where screening would leave nothing but
    zeros, as on sparse series, it is not done: sigma 0 would put every point outside.
    """
    rows, phase = frame.y[frame.base], frame.phase[frame.base]
    ranges, owner = np.abs(rows[1:] - rows[:-1]), phase[1:]
    valid = (owner == phase[:-1]) & ~np.isnan(ranges)
    ranges, owner = ranges[valid], owner[valid]
    mean = _mean_by(ranges, owner, frame.n_phases)
    small = ranges < D4 * mean[owner]
    screened = _mean_by(ranges[small], owner[small], frame.n_phases)
    empty = ~(screened > 0) & (mean > 0) & frame.screen
    return Spread(np.where(frame.screen & (screened > 0), screened, mean) / D2, kept=empty)


def _mean_by(values: Floats, owner: Whole, groups: int) -> Floats:
    mean: Floats = np.bincount(owner, values, groups) / np.bincount(owner, minlength=groups)
    return mean


def _binomial(frame: Frame, cl: Floats) -> Spread:  # noqa: ARG001
    """Root of p(1 - p) (Montgomery 7.2)."""
    return Spread(np.sqrt(np.maximum(cl * (1 - cl), 0.0)))


def _poisson(frame: Frame, cl: Floats) -> Spread:  # noqa: ARG001
    """Root of the mean (Montgomery 7.3)."""
    return Spread(np.sqrt(np.maximum(cl, 0.0)))


KINDS: dict[Chart, Kind] = {
    Chart.RUN: Kind(Family.RUN_CHART, _median, None),
    Chart.I: Kind(Family.SHEWHART, _mean, _moving_range),
    Chart.P: Kind(
        Family.SHEWHART,
        _ratio,
        _binomial,
        per_n=True,
        needs_n=True,
        is_count=True,
        is_share=True,
        floor=0.0,
        ceiling=1.0,
    ),
    Chart.C: Kind(Family.SHEWHART, _mean, _poisson, is_count=True, is_plain_count=True, floor=0.0),
    Chart.U: Kind(Family.SHEWHART, _ratio, _poisson, per_n=True, needs_n=True, is_count=True, floor=0.0),
}
