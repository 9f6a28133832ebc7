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
    normal_quantile,
    normal_share,
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
from qitracker.spc.detection_process import RATES, SHARES, Asked, Counting
from qitracker.spc.kinds import c4
from qitracker.spc.values import Chart, Refused

RANGES_VARY = 0.826
"""Variance of sigma from moving ranges, in sigma squared, times one less than the points (Cryer and Ryan, Journal of
Quality Technology 22, 1990)."""
RATE_VARIES = 0.1
"""Where one denominator is given for all points, exposures differ from it by up to this share (our choice; bed days
do)."""
LARGEST_COUNT = 1e6
STAND_FOR, _SPREADS = 21, 5
"""So many centre lines or denominators, and sigmas, each as likely as the others, stand for all there may be."""


@dataclass(frozen=True, slots=True)
class Model:
    """One kind of chart: where its points fall at a level; their values where a trend is counted; what is refused."""

    places: Callable[[Asked, float], Places]
    values: Callable[[Asked, float], Values] | None = None
    check: Callable[[Asked], None] | None = None


def _of_measurements(asked: Asked, level: float) -> Places:
    """Normal measurements, limits from moving ranges."""
    return _normal(asked, level, np.ones(1), math.sqrt(RANGES_VARY / (asked.points - 1)))


def _of_weighted(asked: Asked, level: float) -> Places:
    """The same over denominators of different size: points of a larger one scatter less, and limits are nearer."""
    sizes = np.array(asked.sizes[1::3] or asked.sizes)
    return _normal(asked, level, np.sqrt(sizes / asked.mean_size), math.sqrt(RANGES_VARY / (asked.points - 1)))


def _of_means(asked: Asked, level: float) -> Places:
    """Means of subgroups, limits from the spread inside them."""
    c = c4(asked.mean_size)
    return _normal(asked, level, np.ones(1), math.sqrt((1 - c * c) / asked.points) / c)


def _check_subgroups(asked: Asked) -> None:
    if asked.mean_size < 2:
        raise Refused("n_too_small", "n: is below 2. Give how many values a subgroup has.")


def _normal_values(asked: Asked, level: float) -> Values:
    return cells_of_normal(max(_change(asked, level), 0.0))


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


def _check_shares(asked: Asked) -> None:
    if not 0 < asked.before < 1 or not 0 <= asked.after <= 1:
        raise Refused("not_a_share", "baseline and aim: are not shares. Give 12 % as 0.12, or as 12 with multiply 100.")
    if asked.mean_size < 1:
        raise Refused("n_too_small", "n: is below 1. Give the usual denominator of a point.")
    _check_events(asked)


def _check_events(asked: Asked) -> None:
    if asked.before <= 0 or asked.after < 0:
        raise Refused("not_positive", "baseline: is not above 0, or aim below 0. Give levels that can be counted.")
    if max(asked.before, asked.after, 1.0) * max(asked.sizes) > LARGEST_COUNT:
        raise Refused("beyond_range", "More than a million events or cases a point. Give them in larger units.")


def _of_shares(asked: Asked, level: float) -> Places:
    return _of_events(SHARES, asked, level)


def _of_rates(asked: Asked, level: float) -> Places:
    return _of_events(RATES, asked, level)


def _count_values(asked: Asked, level: float) -> Values:
    return cells_of_counts(*(RATES.chances(each, 1.0, 1.0) for each in (asked.before, level)), way=asked.way)


def _of_events(counting: Counting, asked: Asked, level: float) -> Places:
    before = asked.before
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


_P = Model(_of_shares, check=_check_shares)
_U = Model(_of_rates, check=_check_events)

MODELS: dict[Chart, Model] = {
    Chart.P: _P,
    Chart.PP: _P,
    Chart.U: _U,
    Chart.UP: _U,
    Chart.C: Model(_of_rates, _count_values, _check_events),
    Chart.I: Model(_of_measurements, _normal_values),
    Chart.IP: Model(_of_weighted),
    Chart.XBAR: Model(_of_means, _normal_values, _check_subgroups),
}
