"""What would it take to see a change: how soon a chart would show that an aim has been reached.

A signal is any of Provost and Murray's rules that points in the direction of the aim: a point beyond a limit, a shift
of eight, two of three in the outer third, and on i and c charts a trend of six (where the denominator moves, p and u, a
trend is not counted). The chart keeps the centre line of a baseline of so many points, which is not known exactly, and
the baseline has no such signal; a run may begin in its last points. The level changes from one point to the next, and
stays.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from qitracker.spc.chance import Floats, binomial_chances, normal_quantile, normal_share, poisson_chances
from qitracker.spc.detection_chain import (
    BEYOND,
    FAR,
    LIMIT,
    LINE,
    OUTER,
    RIGHT,
    WRONG,
    Places,
    Values,
    cells_of_counts,
    cells_of_normal,
    survival_of_places,
    survival_of_values,
)
from qitracker.spc.given import number, positive, whole, word
from qitracker.spc.values import Chart, Refused

DOUBTFUL = 0.5
"""Where false alarms reach this share of the chance, a signal says little (our choice)."""
WANTED = 0.8
"""The chance a team may count on: the usual power of a study (Cohen 1988)."""
YEARS = 10
"""A change that needs longer than this is not looked for further (our choice)."""
BASELINE_POINTS = 24
"""Points of a usual baseline: two years of months (Provost and Murray 2011 ask for 20 or more)."""
RANGES_VARY = 0.826
"""Variance of sigma from moving ranges, in sigma squared, times one less than the points (Cryer and Ryan, Journal of
Quality Technology 22, 1990)."""
RATE_VARIES = 0.1
"""Exposures differ from one point to the next by up to this share (our choice; bed days do)."""
LARGEST_COUNT = 1e6
_STAND_FOR, _SPREADS = 21, 5
"""So many centre lines or denominators, and sigmas, each as likely as the others, stand for all there may be."""


@dataclass(frozen=True, slots=True)
class Detection:
    """How soon a chart shows a change from `baseline` to `aim` (in plotted units).

    `chances[k - 1]` is the chance of a signal within k points of the change, `false_alarms[k - 1]` that of the same
    signal although nothing has changed; both for `per_year` points a year and ten years. `points_needed` is how many
    points it takes for a chance of 80 %, None if ten years are not enough.
    """

    chart: Chart
    baseline: float
    aim: float
    per_year: int
    chances: tuple[float, ...]
    false_alarms: tuple[float, ...]
    points_needed: int | None

    @property
    def years_needed(self) -> float | None:
        """The same in years."""
        return None if self.points_needed is None else self.points_needed / self.per_year

    @property
    def is_doubtful(self) -> bool:
        """Whether a signal, by the time one may be counted on, would be about as likely without a change.

        So it is where events are rare: a chart of the time or cases between them tells more.
        """
        at = (self.points_needed or len(self.chances)) - 1
        return self.false_alarms[at] >= DOUBTFUL * self.chances[at]


def detection(
    chart: Chart,
    *,
    baseline: float,
    aim: float,
    n: float | None = None,
    sigma: float | None = None,
    per_year: int = 12,
    baseline_points: int = BASELINE_POINTS,
    multiply: float = 1.0,
) -> Detection:
    """How soon a p, u, c or i chart would show a change of level from `baseline` to `aim`.

    Levels in plotted units: 12 % is 0.12, or 12 with `multiply` 100. `n`: the usual denominator of a point, for p
    and u; it is taken to differ from point to point as counts do (p), or by up to a tenth (u). `sigma`: that of a
    point, in plotted units, for i. `per_year`: how many points a year has. Answers within a tenth of a second, the
    same each time. Raises Refused.
    """
    chart = word(chart, _MODELS, "chart")
    scale = positive(multiply, "multiply")
    before, after = number(baseline, "baseline") / scale, number(aim, "aim") / scale
    if before == after:
        raise Refused("no_change", "aim: is the baseline. Give another level.")
    size = 0.0
    if chart in {Chart.P, Chart.U}:
        size = positive(n, "n")
    elif chart is Chart.I:
        size = positive(sigma, "sigma") / scale
    points = YEARS * whole(per_year, "per_year", most=366)
    chances, false = _answer(
        chart, before, after, size, points, whole(baseline_points, "baseline_points", least=8, most=10_000)
    )
    return Detection(
        chart=chart,
        baseline=baseline,
        aim=aim,
        per_year=per_year,
        chances=chances,
        false_alarms=false,
        points_needed=next((at for at, chance in enumerate(chances, 1) if chance >= WANTED), None),
    )


@lru_cache(maxsize=256)
def _answer(
    chart: Chart, before: float, after: float, size: float, points: int, run_in: int
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    way = 1 if after > before else -1
    answers = []
    for level in (after, before):
        places, values = _MODELS[chart](before, level, size, run_in, way)
        left = survival_of_places(places, run_in, points).mean(axis=0)
        if values is not None:
            left = left * survival_of_values(values, run_in, points)[0]
        answers.append(tuple(np.clip(1 - left, 0.0, 1.0).tolist()))
    return answers[0], answers[1]


def _of_measurements(before: float, after: float, sigma: float, run_in: int, way: int) -> tuple[Places, Values | None]:
    """Normal measurements. Centre line and limits are those of the baseline, so both are known within a margin."""
    change = (after - before) / sigma * way
    centres = np.array([normal_quantile(u) for u in _even(_STAND_FOR)]) / math.sqrt(run_in)
    spreads = 1 + np.array([normal_quantile(u) for u in _even(_SPREADS)]) * math.sqrt(RANGES_VARY / (run_in - 1))
    centre, spread = np.repeat(centres, _SPREADS), np.tile(np.maximum(spreads, 0.1), _STAND_FOR)
    old, new = (
        _normal_places(level - centre, level - centre - OUTER * spread, level - centre - LIMIT * spread)
        for level in (0.0, change)
    )
    return Places(old, new), cells_of_normal(max(change, 0.0))


def _normal_places(*inside: Floats) -> Floats:
    """Lines by places, from how far inside each edge (the centre line first) the level lies, in sigma."""
    over, far, beyond = (normal_share(each) for each in inside)
    return np.column_stack((1 - over, 0 * over, over - far, far - beyond, beyond))


@dataclass(frozen=True, slots=True)
class _Counting:
    """How events are counted: their chances at a level for a size, and the spread of one of size 1 about a line."""

    chances: Callable[[float, float], tuple[int, Floats]]
    spread: Callable[[Floats], Floats]
    ceiling: float


def _binomial(level: float, size: float) -> tuple[int, Floats]:
    if level in {0, 1}:
        return round(size * level), np.ones(1)
    return binomial_chances(round(size), level)


def _poisson(level: float, size: float) -> tuple[int, Floats]:
    return poisson_chances(level * size) if level > 0 else (0, np.ones(1))


_SHARES = _Counting(_binomial, lambda cl: np.sqrt(cl * (1 - cl)), 1.0)
_RATES = _Counting(_poisson, np.sqrt, math.inf)


def _of_shares(before: float, after: float, n: float, run_in: int, way: int) -> tuple[Places, Values | None]:
    if not 0 < before < 1 or not 0 <= after <= 1:
        raise Refused("not_a_share", "baseline and aim: are not shares. Give 12 % as 0.12, or as 12 with multiply 100.")
    if n < 1:
        raise Refused("n_too_small", "n: is below 1. Give the usual denominator of a point.")
    sizes = np.maximum(1, _quantiles(_poisson(1.0, n)))
    return _of_events(_SHARES, before, after, sizes, run_in * n, way), None


def _of_rates(before: float, after: float, n: float, run_in: int, way: int) -> tuple[Places, Values | None]:
    sizes = n * (1 + RATE_VARIES * (2 * _even(_STAND_FOR) - 1))
    return _of_events(_RATES, before, after, sizes, run_in * n, way), None


def _of_counts(before: float, after: float, _size: float, run_in: int, way: int) -> tuple[Places, Values | None]:
    places = _of_events(_RATES, before, after, np.ones(1), float(run_in), way)
    return places, cells_of_counts(*(_poisson(level, 1.0) for level in (before, after)), way=way)


def _of_events(counting: _Counting, before: float, after: float, sizes: Floats, exposure: float, way: int) -> Places:
    """`sizes`: denominators, each as likely; `exposure`: that of the whole baseline."""
    if before <= 0 or after < 0:
        raise Refused("not_positive", "baseline: is not above 0, or aim below 0. Give levels that can be counted.")
    if max(before, after, 1.0) * sizes.max() > LARGEST_COUNT:
        raise Refused("beyond_range", "More than a million events or cases a point. Give them in larger units.")
    lines = _quantiles(counting.chances(before, exposure)) / exposure
    old, new = (
        np.mean([_places(counting, lines, size, *counting.chances(level, size), way) for size in sizes], axis=0)
        for level in (before, after)
    )
    return Places(old, new)


def _places(counting: _Counting, lines: Floats, size: float, first: int, chances: Floats, way: int) -> Floats:
    """Centre lines by places: where counts of these chances, first count first, fall."""
    at_most = np.concatenate(([0.0], np.cumsum(chances)))
    sigma = counting.spread(lines) / math.sqrt(size)
    limit = lines + way * LIMIT * sigma
    is_open = (limit < -1e-9 * lines) if way < 0 else (limit > counting.ceiling * (1 + 1e-9))

    def past(edge: Floats, to: int) -> Floats:
        """The chance of a count past the edge, upwards or downwards; on the edge is not past it."""
        whole_edge = np.round(edge * size)
        count = np.where(np.abs(edge * size - whole_edge) <= 1e-9 * np.abs(whole_edge) + 1e-12, whole_edge, edge * size)
        top = np.floor(count) + 1 if to > 0 else np.ceil(count)  # counts below `top` are at most the edge, or below it
        below: Floats = at_most[np.clip(top - first, 0, len(chances)).astype(np.intp)]
        return 1 - below if to > 0 else below

    right, wrong = past(lines, way), past(lines, -way)
    far = np.where(is_open, 0.0, past(lines + way * OUTER * sigma, way))
    beyond = np.where(is_open, 0.0, past(limit, way))
    found = np.empty((len(lines), 5))
    found[:, WRONG], found[:, LINE] = wrong, np.maximum(0.0, 1 - right - wrong)
    found[:, RIGHT], found[:, FAR], found[:, BEYOND] = right - far, far - beyond, beyond
    return found


def _even(many: int) -> Floats:
    """So many chances, evenly between 0 and 1."""
    spaced: Floats = (np.arange(many) + 0.5) / many
    return spaced


def _quantiles(counted: tuple[int, Floats]) -> Floats:
    """Counts that stand, each as likely, for all counts of these chances."""
    first, chances = counted
    found: Floats = first + np.searchsorted(np.cumsum(chances), _even(_STAND_FOR)).astype(float)
    return found


_MODELS: dict[Chart, Callable[[float, float, float, int, int], tuple[Places, Values | None]]] = {
    Chart.P: _of_shares,
    Chart.U: _of_rates,
    Chart.C: _of_counts,
    Chart.I: _of_measurements,
}
