"""The kinds of chart as a table: what each plots, its centre line, spread, and what it can hold.

A new kind is its word in words.py, a row here and, where new, its formulas. Sources: Montgomery, Introduction to
Statistical Quality Control, 6th ed. 2009 (6.2 to 6.4, 7.2, 7.3); Provost and Murray, The Health Care Data Guide,
2011; Laney, Improved control charts for attributes, Quality Engineering 14, 2002; Nelson, A control chart for
parts-per-million nonconforming items, Journal of Quality Technology 26, 1994 (time between events); Taylor,
Normalized individuals (I N) chart, 2017 (I').
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

import numpy as np

from qitracker.spc import spread
from qitracker.spc.frame import ON_THE_LINE, Base
from qitracker.spc.patterns import Floats
from qitracker.spc.spread import Spread
from qitracker.spc.words import Chart

NELSON_POWER = 3.6
"""Times between events to the power of 1 over this are close to normal (Nelson 1994)."""
MEDIAN_OF_MEAN = 0.693
"""The median of times or cases between events as a share of their mean, ln 2 (Provost and Murray 2011, p. 228)."""


class Family(Enum):
    """Which of a rule set's lists applies: for charts with limits on both sides that neighbours do not share, for
    skewed counts between events, for moving ranges (neighbours share a value), for run charts."""

    SHEWHART = auto()
    SKEWED = auto()
    RANGES = auto()
    RUN_CHART = auto()


class Wanted(Enum):
    """What rows with one x become: a value by the word of the series, a sum, the mean or the standard deviation of a
    subgroup; or there is one row only."""

    VALUE = auto()
    COUNT = auto()
    SUBGROUP_MEAN = auto()
    SUBGROUP_SD = auto()
    ONE = auto()


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of chart.

    `centre` gives each phase the middle of its limits, `spread` its sigma (None: no limits), `width` the sigma of a
    point as a multiple of that, by its denominator (None: 1). `drawn` is the centre line where it is not the middle
    of the limits: from the base, the line given and NaN where none is. `takes` says how rows with one x are put
    together, `divides` whether values are over n where there is an n, `counts_rows` whether n is how many rows there
    were where it is not given. No value, and so no limit, passes `floor` and
    `ceiling`; `above_floor`: a value on the floor is refused too. `rarer` is the chart for events too rare for this
    one, `prime` the one for more spread than chance has. `judged` puts plotted values, and `plotted` lines,
    on the other's scale; within the share `nearness` of a line there, a value is on it.
    """

    family: Family
    centre: Callable[[Base], Floats]
    spread: Callable[[Base, Floats, float], Spread] | None = None
    width: Callable[[Floats], Floats] | None = None
    drawn: Callable[[Base, Floats], Floats] | None = None
    takes: Wanted = Wanted.VALUE
    divides: bool = True
    needs_n: bool = False
    counts_rows: bool = False
    is_count: bool = False
    is_share: bool = False
    floor: float = -math.inf
    ceiling: float = math.inf
    above_floor: bool = False
    rarer: Chart | None = None
    prime: Chart | None = None
    judged: Callable[[Floats], Floats] | None = None
    plotted: Callable[[Floats], Floats] | None = None
    nearness: float = ON_THE_LINE

    @property
    def line_gives_spread(self) -> bool:
        """Whether sigma follows from the centre line, and not from how the values scatter."""
        return self.spread in _BY_LINE


def _mean(base: Base) -> Floats:
    """The mean of the baseline (Montgomery 6.4, 7.3)."""
    return base.mean


def _median(base: Base) -> Floats:
    """The median of the baseline (Perla, Provost and Murray 2011)."""
    return base.median


def _ratio(base: Base) -> Floats:
    """All numerators over all denominators of the baseline (Montgomery 7.2.2, 7.3.2)."""
    if base.numerator is None or base.n is None:
        raise ValueError("This chart needs denominators.")
    return base.total(base.numerator) / base.total(base.n)


def _weighted(base: Base) -> Floats:
    """The mean of all values in all subgroups (Montgomery 6.30)."""
    if base.n is None:
        raise ValueError("This chart needs the sizes of subgroups.")
    return base.total(base.n * base.y) / base.total(base.n)


def _drawn_median(base: Base, given: Floats) -> Floats:
    """The median, because counts between events are skewed; of a mean from elsewhere its theoretical median."""
    return np.where(np.isnan(given), base.median, MEDIAN_OF_MEAN * given)


def _over_root(n: Floats) -> Floats:
    """A mean, share or rate spreads as 1 over the root of what it is over (Montgomery 7.2.2)."""
    root = np.sqrt(n)
    return np.divide(1.0, root, out=root)


@lru_cache(maxsize=4096)
def c4(n: float) -> float:
    """Mean standard deviation of n normal values, in standard deviations (Montgomery, appendix VI). NaN below 2."""
    if not n > 1:
        return math.nan
    return math.sqrt(2 / (n - 1)) * math.exp(math.lgamma(n / 2) - math.lgamma((n - 1) / 2))


def _c4_of_each(n: Floats) -> Floats:
    sizes, place = np.unique(n, return_inverse=True)
    return np.array([c4(size) for size in sizes.tolist()])[place].reshape(n.shape)


def _of_mean(n: Floats) -> Floats:
    """A third of A3 (Montgomery 6.28)."""
    return 1.0 / (_c4_of_each(n) * np.sqrt(n))


def _of_sd(n: Floats) -> Floats:
    """Spread of a standard deviation as a share of its mean: a third of B4 - 1 (Montgomery 6.27)."""
    c = _c4_of_each(n)
    return np.sqrt(np.maximum(1.0 - c * c, 0.0)) / c


def _ranges(values: Floats) -> Floats:
    """Moving ranges: the size of each step, none at the first point or beside a gap."""
    steps = np.full_like(values, np.nan)
    np.abs(values[1:] - values[:-1], out=steps[1:])
    return steps


def _root(values: Floats) -> Floats:
    return np.where(values < 0, np.nan, np.abs(values) ** (1.0 / NELSON_POWER))


def _power(lines: Floats) -> Floats:
    """Back from the root; a line below nought is nought, where the limit then is."""
    return np.maximum(lines, 0.0) ** NELSON_POWER


_BY_LINE = (spread.poisson, spread.binomial, spread.geometric, spread.of_ranges, spread.of_standard_deviations)

_S, _C = Family.SHEWHART, Wanted.COUNT

KINDS: dict[Chart, Kind] = {
    Chart.RUN: Kind(Family.RUN_CHART, _median),
    Chart.I: Kind(_S, _mean, spread.from_moving_ranges),
    Chart.MR: Kind(Family.RANGES, _mean, spread.of_ranges, judged=_ranges, takes=Wanted.ONE, floor=0.0),
    Chart.IP: Kind(_S, _weighted, spread.from_scaled_steps, _over_root, counts_rows=True),
    Chart.XBAR: Kind(_S, _weighted, spread.within_subgroups, _of_mean, takes=Wanted.SUBGROUP_MEAN, divides=False),
    Chart.S: Kind(
        _S,
        spread.subgroup_sd,
        spread.of_standard_deviations,
        _of_sd,
        takes=Wanted.SUBGROUP_SD,
        divides=False,
        floor=0.0,
    ),
    Chart.C: Kind(_S, _mean, spread.poisson, takes=_C, divides=False, is_count=True, floor=0.0, rarer=Chart.T),
    Chart.U: Kind(
        _S,
        _ratio,
        spread.poisson,
        _over_root,
        takes=_C,
        needs_n=True,
        is_count=True,
        floor=0.0,
        rarer=Chart.T,
        prime=Chart.UP,
    ),
    Chart.UP: Kind(
        _S,
        _ratio,
        spread.poisson_and_more,
        _over_root,
        takes=_C,
        needs_n=True,
        is_count=True,
        floor=0.0,
        rarer=Chart.T,
    ),
    Chart.P: Kind(
        _S,
        _ratio,
        spread.binomial,
        _over_root,
        takes=_C,
        needs_n=True,
        is_count=True,
        is_share=True,
        floor=0.0,
        ceiling=1.0,
        rarer=Chart.G,
        prime=Chart.PP,
    ),
    Chart.PP: Kind(
        _S,
        _ratio,
        spread.binomial_and_more,
        _over_root,
        takes=_C,
        needs_n=True,
        is_count=True,
        is_share=True,
        floor=0.0,
        ceiling=1.0,
        rarer=Chart.G,
    ),
    Chart.G: Kind(
        Family.SKEWED,
        _mean,
        spread.geometric,
        drawn=_drawn_median,
        takes=Wanted.ONE,
        divides=False,
        is_count=True,
        floor=0.0,
    ),
    Chart.T: Kind(
        _S,
        _mean,
        spread.from_moving_ranges,
        takes=Wanted.ONE,
        divides=False,
        floor=0.0,
        above_floor=True,
        judged=_root,
        plotted=_power,
        nearness=ON_THE_LINE / NELSON_POWER,
    ),
}
