"""Where the points of a chart fall about its lines, before a change of level and after it: one model for each kind.

The process has the spread the chart itself takes chance to have: that of counts, on prime charts times sigma z, or
the sigma that is given. The centre line, and sigma where it is told from the values, come from a baseline of so many
points, so a few of each stand for all there may be.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from qitracker.spc.chance import (
    Floats,
    binomial_chances,
    normal_quantile,
    normal_share,
    poisson_chances,
    spread_binomial_chances,
    spread_poisson_chances,
)
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
)
from qitracker.spc.kinds import c4
from qitracker.spc.spread import D2
from qitracker.spc.values import Chart, Refused

RANGES_VARY = 0.826
"""Variance of sigma from moving ranges, in sigma squared, times one less than the points (Cryer and Ryan, Journal of
Quality Technology 22, 1990)."""
RATE_VARIES = 0.1
"""Where one denominator is given for all points, exposures differ from it by up to this share (our choice; bed days
do)."""
LARGEST_COUNT = 1e6
SHRUNK = 400.0
"""Counts with a larger variance by chance are taken in larger units where the chart has more spread than chance: by
then only mean and spread matter."""
STAND_FOR, _SPREADS = 21, 5
"""So many centre lines or denominators, and sigmas, each as likely as the others, stand for all there may be."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A change of level from `before` to `after`, in units of the data.

    `sizes`: denominators, each as likely as the others, and `mean_size`. `sigma`: that of a point of the mean size,
    or 0 where the level gives it. `points`: how many make the baseline.
    """

    before: float
    after: float
    sizes: tuple[float, ...]
    mean_size: float
    sigma: float
    points: int

    @property
    def way(self) -> int:
        """1 where the aim is above the baseline, -1 where it is below."""
        return 1 if self.after > self.before else -1


Model = Callable[[Asked, float], tuple[Places, Values | None]]


def _of_measurements(asked: Asked, level: float) -> tuple[Places, Values | None]:
    """Normal measurements, limits from moving ranges."""
    vary = math.sqrt(RANGES_VARY / (asked.points - 1))
    return _normal(asked, level, np.ones(1), vary), cells_of_normal(max(_change(asked, level), 0.0))


def _of_weighted(asked: Asked, level: float) -> tuple[Places, Values | None]:
    """The same over denominators of different size: points of a larger one scatter less, and limits are nearer."""
    sizes = np.array(asked.sizes[1::3] or asked.sizes)
    return _normal(asked, level, np.sqrt(sizes / asked.mean_size), math.sqrt(RANGES_VARY / (asked.points - 1))), None


def _of_means(asked: Asked, level: float) -> tuple[Places, Values | None]:
    """Means of subgroups, limits from the spread inside them."""
    if asked.mean_size < 2:
        raise Refused("n_too_small", "n: is below 2. Give how many values a subgroup has.")
    c = c4(asked.mean_size)
    vary = math.sqrt((1 - c * c) / asked.points) / c
    return _normal(asked, level, np.ones(1), vary), cells_of_normal(max(_change(asked, level), 0.0))


def _change(asked: Asked, level: float) -> float:
    return (level - asked.before) / asked.sigma * asked.way


def _normal(asked: Asked, level: float, widths: Floats, vary: float) -> Places:
    """In sigma of the mean size, upwards the way of the aim. `widths`: by how much nearer limits are than at that."""
    lines, spreads = _both(_normal_quantiles(STAND_FOR) / math.sqrt(asked.points), vary)
    old, new = (_normal_places(change - lines, spreads, widths) for change in (0.0, _change(asked, level)))
    return Places(old, new)


def _both(lines: Floats, vary: float) -> tuple[Floats, Floats]:
    """Each line with each sigma there may be, as a multiple of the true one that varies by so much."""
    spreads = np.maximum(1 + _normal_quantiles(_SPREADS) * vary, 0.1)
    return np.repeat(lines, _SPREADS), np.tile(spreads, len(lines))


def _normal_places(over: Floats, spreads: Floats, widths: Floats) -> Floats:
    """From how far the level lies past the centre line: the mean over the widths."""
    found = np.zeros((len(over), 5))
    for width in widths:
        right, far, beyond = (normal_share(over * width - edge * spreads) for edge in (0.0, OUTER, LIMIT))
        found += np.column_stack((1 - right, 0 * right, right - far, far - beyond, beyond))
    return found / len(widths)


@dataclass(frozen=True, slots=True)
class Counting:
    """How events are counted: their chances at a level for a size, with so many times the variance of chance, and the
    spread of one of size 1 about a line."""

    chances: Callable[[float, float, float], tuple[int, Floats]]
    spread: Callable[[Floats], Floats]
    ceiling: float

    def shown(self, asked: Asked) -> float:
        """How many times the variance of chance the limits of a prime chart have: its sigma z, squared. Otherwise 1."""
        chance = float(self.spread(np.array(asked.before))) ** 2
        return asked.sigma**2 * asked.mean_size / chance if asked.sigma else 1.0

    def times(self, asked: Asked) -> float:
        """How many times the counts have. Moving ranges show less of counts that lean to one side."""
        shown = self.shown(asked)
        if shown <= 1:
            return shown
        shrunk = self.shrunk(asked, shown)
        _, chances = self.chances(asked.before, asked.mean_size / shrunk, shown / shrunk)
        at_most, counts = np.cumsum(chances), np.arange(len(chances))
        mean = (chances * counts).sum()
        variance = (chances * (counts - mean) ** 2).sum()
        mean_range = 2 * (at_most * (1 - at_most)).sum()
        return float(shown * min(4.0, max(1.0, variance * (D2 / mean_range) ** 2)))

    def shrunk(self, asked: Asked, times: float) -> float:
        """How many are taken together where counts are large, and where they have less variance than chance."""
        return min(times, max(1.0, asked.mean_size * float(self.spread(np.array(asked.before))) ** 2 / SHRUNK))


def _binomial(level: float, size: float, times: float) -> tuple[int, Floats]:
    many = max(1, round(size))
    if level in {0, 1}:
        return round(many * level), np.ones(1)
    return spread_binomial_chances(many, level, times) if times > 1 else binomial_chances(many, level)


def _poisson(level: float, size: float, times: float) -> tuple[int, Floats]:
    if level <= 0:
        return 0, np.ones(1)
    return spread_poisson_chances(level * size, times) if times > 1 else poisson_chances(level * size)


SHARES = Counting(_binomial, lambda cl: np.sqrt(np.maximum(cl * (1 - cl), 0.0)), 1.0)
RATES = Counting(_poisson, lambda cl: np.sqrt(np.maximum(cl, 0.0)), math.inf)


def _of_shares(asked: Asked, level: float) -> tuple[Places, Values | None]:
    if not 0 < asked.before < 1 or not 0 <= asked.after <= 1:
        raise Refused("not_a_share", "baseline and aim: are not shares. Give 12 % as 0.12, or as 12 with multiply 100.")
    if asked.mean_size < 1:
        raise Refused("n_too_small", "n: is below 1. Give the usual denominator of a point.")
    return _of_events(SHARES, asked, level), None


def _of_rates(asked: Asked, level: float) -> tuple[Places, Values | None]:
    return _of_events(RATES, asked, level), None


def _of_counts(asked: Asked, level: float) -> tuple[Places, Values | None]:
    places = _of_events(RATES, asked, level)
    return places, cells_of_counts(*(_poisson(each, 1.0, 1.0) for each in (asked.before, level)), way=asked.way)


def _of_events(counting: Counting, asked: Asked, level: float) -> Places:
    before = asked.before
    if before <= 0 or asked.after < 0:
        raise Refused("not_positive", "baseline: is not above 0, or aim below 0. Give levels that can be counted.")
    if max(before, asked.after, 1.0) * max(asked.sizes) > LARGEST_COUNT:
        raise Refused("beyond_range", "More than a million events or cases a point. Give them in larger units.")
    times = counting.times(asked)
    shrunk = counting.shrunk(asked, times)
    sizes, weights = np.unique(np.array(asked.sizes) / shrunk, return_counts=True)
    exposure = asked.points * asked.mean_size / times
    lines = counts_that_stand(counting.chances(before, exposure, 1.0)) / exposure
    spreads = np.ones(len(lines))
    if asked.sigma:
        lines, spreads = _both(lines, math.sqrt(RANGES_VARY / (asked.points - 1)))
    root = math.sqrt(counting.shown(asked) / shrunk)

    def chances(level: float, size: float) -> tuple[int, Floats]:
        return counting.chances(level, size, times / shrunk)

    old, new = (
        sum(
            weight
            / len(asked.sizes)
            * _event_places(counting, lines, root * spreads, size, *chances(where, size), asked.way)
            for size, weight in zip(sizes, weights, strict=True)
        )
        for where in (before, level)
    )
    return Places(np.asarray(old), np.asarray(new))


def _event_places(
    counting: Counting, lines: Floats, times: Floats, size: float, first: int, chances: Floats, way: int
) -> Floats:
    """Where counts of these chances, first count first, fall about lines with so many times the sigma of chance."""
    at_most = np.concatenate(([0.0], np.cumsum(chances)))
    sigma = counting.spread(lines) * times / math.sqrt(size)
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
    far = np.minimum(right, np.where(is_open, 0.0, past(lines + way * OUTER * sigma, way)))
    beyond = np.where(is_open, 0.0, past(limit, way))
    found = np.empty((len(lines), 5))
    found[:, WRONG], found[:, LINE] = wrong, np.maximum(0.0, 1 - right - wrong)
    found[:, RIGHT], found[:, FAR], found[:, BEYOND] = right - far, far - beyond, beyond
    return found


def even(many: int) -> Floats:
    """So many chances, evenly between 0 and 1."""
    spaced: Floats = (np.arange(many) + 0.5) / many
    return spaced


def _normal_quantiles(many: int) -> Floats:
    return np.array([normal_quantile(u) for u in even(many)])


def counts_that_stand(counted: tuple[int, Floats]) -> Floats:
    """Counts that stand, each as likely, for all counts of these chances."""
    first, chances = counted
    found: Floats = first + np.searchsorted(np.cumsum(chances), even(STAND_FOR)).astype(float)
    return found


MODELS: dict[Chart, Model] = {
    Chart.P: _of_shares,
    Chart.PP: _of_shares,
    Chart.U: _of_rates,
    Chart.UP: _of_rates,
    Chart.C: _of_counts,
    Chart.I: _of_measurements,
    Chart.IP: _of_weighted,
    Chart.XBAR: _of_means,
}
