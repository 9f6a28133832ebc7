"""Phases side by side: one column each, one row a point. What every formula of a chart works on.

A series without a change of phase is one column. Sums run in the order of time, whatever stands beside a column or
below it: a series gives the same digits alone, in a batch, and under a longer neighbour.
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np

from qitracker.spc.patterns import Bools, Floats, Squeeze, Whole, some

ON_THE_LINE = 1e-9
"""Within this share of a line a point is on it, so that rounding never decides a signal."""
ROUNDING_OF_A_SUM = 1e-15
"""How far rounding can move a mean, for each point and as a share of the largest: somewhat over half the distance
between neighbouring floating-point numbers (2**-53)."""


class Frame(NamedTuple):
    """Points of many phases. Shapes are (points, phases), and (phases,) below the line. Missing values are NaN, and
    so is what lies past the end of a shorter phase.

    `y` is what is judged: the plotted value before `multiply`, on the scale of the limits. `numerator`, `n` and `sd`
    (the spread inside each subgroup) are what it was made of. `included` and `base` (points that centre line and
    limits may rest on) are None where that is every point.
    """

    y: Floats
    numerator: Floats | None
    n: Floats | None
    sd: Floats | None
    included: Bools | None
    base: Bools | None
    in_time: bool

    given_cl: Floats | None
    screen: Bools


class Base:
    """The values that centre line and limits rest on, moved together where others stand between them.

    A missing value stays where it is, because no moving range is formed across it; an excluded one is gone. `count`:
    how many values each phase has, as floats: what sums are divided by.
    """

    def __init__(self, frame: Frame) -> None:
        self.in_time, self.screen, self.sizes = frame.in_time, frame.screen, frame.n
        arrays = (frame.y, frame.numerator, frame.n, frame.sd)
        if frame.base is None:
            self.y, self.numerator, self.n, self.sd = arrays
        elif frame.included is None:
            base = frame.base
            y, *rest = (None if one is None else np.where(base, one, np.nan) for one in arrays)
            self.y, (self.numerator, self.n, self.sd) = frame.y if y is None else y, rest
        else:
            squeeze = Squeeze(frame.base)
            y, *rest = (None if one is None else squeeze.into(one, np.nan) for one in arrays)
            self.y, (self.numerator, self.n, self.sd) = frame.y if y is None else y, rest
        self.sum_y: Floats = column_sums(self.y)
        self.known: Bools | None = None
        self.count: Floats = np.full(self.y.shape[1], float(len(self.y)))
        if some(np.isnan(self.sum_y)):
            self.known = ~np.isnan(self.y)
            self.sum_y = column_sums(np.where(self.known, self.y, 0.0))
            self.count = np.count_nonzero(self.known, axis=0).astype(np.float64)

    @property
    def mean(self) -> Floats:
        """The mean of each phase, NaN without a value."""
        mean: Floats = self.sum_y / self.count
        return mean

    def total(self, values: Floats) -> Floats:
        """The sum of `values` over the points that have a value."""
        return column_sums(values if self.known is None else np.where(self.known, values, 0.0))

    @cached_property
    def median(self) -> Floats:
        """The median of each phase, NaN without a value."""
        rows = np.sort(self.y.T, axis=1)  # NaN come last
        if not rows.shape[1]:
            return np.full(len(rows), np.nan)
        count = self.count.astype(np.intp)
        middle = np.stack([np.maximum(count - 1, 0) // 2, count // 2], axis=1)
        lower, upper = np.take_along_axis(rows, middle, axis=1).T
        median: Floats = lower + (upper - lower) / 2
        return median

    def step_sizes(self) -> Floats:
        """How far each value is from the one before it. A new array each time, to be worked on."""
        steps = self.y[1:] - self.y[:-1]
        return np.abs(steps, out=steps)

    @cached_property
    def have_both(self) -> Bools | None:
        """Which steps have both values (None: all)."""
        return None if self.known is None else self.known[1:] & self.known[:-1]


def column_sums(values: Floats) -> Floats:
    """The sum of each column, from the first point to the last.

    numpy adds a single column in pairs, and several beside each other one row after the other; always the latter
    here, so that a series alone gives the digits it gives in a batch.
    """
    if values.shape[1] == 1 and len(values):
        sums: Floats = np.add.accumulate(values, axis=0)[-1]
    else:
        sums = np.add.reduce(values, axis=0)
    return sums


class Phases(NamedTuple):
    """Which points of which series each phase has: the number of its series, its first point, its size."""

    owner: Whole
    first: Whole
    size: Whole


class Places:
    """Where the points of some phases stand among the series: from (series, points) to (points, phases) and back."""

    __slots__ = ("_at", "_inside", "_owner", "_source")

    def __init__(self, owner: Whole, first: Whole, size: Whole, n_points: int) -> None:
        steps = np.arange(int(size.max()))[:, None]
        self._inside = steps < size
        self._at = np.where(self._inside, first + steps, 0)
        self._owner = np.broadcast_to(owner, self._at.shape)
        self._source = owner * n_points + self._at

    def split(self, values: Floats) -> Floats:
        """The values of each phase in a column of its own, NaN past its end."""
        return np.where(self._inside, values.ravel()[self._source], np.nan)

    def split_flags(self, values: Bools) -> Bools:
        """The same for yes and no, no past the end."""
        return values.ravel()[self._source] & self._inside

    def join(self, values: np.typing.NDArray[np.generic], into: np.typing.NDArray[np.generic]) -> None:
        """Writes values of phases to the places of their points, in an array of (points, series)."""
        into[self._at[self._inside], self._owner[self._inside]] = values[self._inside]
