"""Many series as one long row of points, each point knowing its phase.

Every formula and rule works on the whole row at once, so a batch costs little more than one series, and a
series alone is a batch of one. Sums run in the order of the points, phase by phase: what stands beside a series
in the batch cannot change its last digit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.intp]
Bools = npt.NDArray[np.bool_]

ON_THE_LINE = 1e-9
"""Within this share of a line a point is on it, so that rounding never decides a signal."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Points of many phases in a row. The first group has one entry a point, the second one a phase.

    `y` is the plotted value before `multiply`; `numerator` and `n` are what it was made of (`n` NaN where there
    is none). `base` marks the rows that centre line and limits rest on, missing values among them.
    """

    y: Floats
    numerator: Floats
    n: Floats
    phase: Whole
    present: Bools
    included: Bools
    base: Bools

    starts: Whole
    given_cl: Floats
    screen: Bools
    in_time: Bools

    @property
    def n_phases(self) -> int:
        """How many phases there are, over all series."""
        return len(self.starts)

    def total(self, values: Floats, where: Bools) -> Floats:
        """The sum of `values` in each phase, over the points of `where`."""
        sums: Floats = np.bincount(self.phase[where], values[where], self.n_phases).astype(np.float64, copy=False)
        return sums

    def count(self, where: Bools) -> Whole:
        """How many points of `where` each phase has."""
        return np.bincount(self.phase[where], minlength=self.n_phases)


def near(values: Floats, line: Floats) -> Bools:
    """Whether each value is on the line."""
    return np.abs(values - line) <= width_of_line(values, line, 0.0)


def width_of_line(values: Floats, line: Floats, slack: Floats | float) -> Floats:
    """How far from the line a value is still on it: 1e-9 relative, and `slack`, the rounding of the line itself."""
    return ON_THE_LINE * np.maximum(np.abs(values), np.abs(line)) + slack
