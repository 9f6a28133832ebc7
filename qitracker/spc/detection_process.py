"""What is asked about a change, and how events come: by chance, and on prime charts by more than chance."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from qitracker.spc.chance import (
    Floats,
    binomial_chances,
    poisson_chances,
    spread_binomial_chances,
    spread_poisson_chances,
)
from qitracker.spc.spread import D2

LARGE_SD, LARGE_COUNT = 20.0, 30.0
"""Counts that vary more than chance are taken in larger units, so that they have at least this standard deviation, and
variance by chance: by then single counts matter no more."""
LEAST_SPREAD, MOST_SPREAD = 0.01, 9.0
"""Their variance is not taken for less than so many times that of chance, where a change shows at once; nor for more
than so many times the square of their mean: mostly nothing, and at times very much."""


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
        return max(LEAST_SPREAD, asked.sigma**2 * asked.mean_size / chance) if asked.sigma else 1.0

    def times(self, asked: Asked) -> float:
        """How many times the counts have. Moving ranges show less of counts that lean to one side."""
        shown = min(self.shown(asked), 1 + MOST_SPREAD * asked.before * asked.mean_size)
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
        if times <= 1:
            return times
        count = asked.mean_size * float(self.spread(np.array(asked.before))) ** 2
        return max(1.0, min(times, math.sqrt(count * times) / LARGE_SD, count / LARGE_COUNT))


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
