"""The tabular CUSUM: how far a series has strayed from its centre in all, on either side.

Source: Montgomery, Introduction to Statistical Quality Control, 6th ed. 2009, section 9.1 (head start: 9.1.4, after
Lucas and Crosier 1982).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qitracker.spc.given import number, numbers_and_gaps, positive
from qitracker.spc.values import Refused

ALLOWANCE = 0.5
"""In sigma: half the change to be seen, so that a change of one sigma is seen soonest (Montgomery 9.1.3)."""
DECISION = 5.0
"""In sigma: beyond this the sum is a signal (Montgomery 9.1.3); without a change once in 465 points."""


@dataclass(frozen=True, slots=True)
class Change:
    """A signal: the sum passed the decision interval at index `at`. The change `began` at the first point since the
    sum last stood at 0, and `level` is the estimated mean since then (Montgomery 9.5)."""

    side: int
    at: int
    began: int
    level: float


@dataclass(frozen=True, slots=True)
class Cusum:
    """The chart, in plotted units. Tuples have one entry a point, None at a gap. `high` and `low` are the sums
    above and below the centre, both 0 or more, signals beyond `decision`; `since_high` and `since_low` count the
    points since each was last 0. The sums go on after a signal."""

    centre: float
    decision: float
    high: tuple[float | None, ...]
    low: tuple[float | None, ...]
    since_high: tuple[int | None, ...]
    since_low: tuple[int | None, ...]
    signals: tuple[int, ...]
    changes: tuple[Change, ...]


@dataclass(slots=True)
class _Sum:
    """One side of the chart while it is made. A point is `level` above or below the centre."""

    side: int
    allowance: float
    decision: float
    total: float
    since: int = 0
    began: int = 0
    is_beyond: bool = False

    def add(self, away: float, at: int) -> bool:
        """Takes one point in. True when the sum has just passed the decision interval."""
        self.total = max(0.0, self.side * away - self.allowance + self.total)
        if self.total > 0:
            self.began = self.began if self.since else at
            self.since += 1
        else:
            self.since = 0
        was_beyond, self.is_beyond = self.is_beyond, self.total > self.decision * (1 + 1e-9)
        return self.is_beyond and not was_beyond


def cusum(
    y: Sequence[float | None],
    *,
    centre: float,
    sigma: float,
    allowance: float = ALLOWANCE,
    decision: float = DECISION,
    head_start: float = 0.0,
) -> Cusum:
    """The tabular CUSUM of a series about its centre line.

    `y`, `centre` and `sigma` (of one point) in plotted units; `allowance` (k) and `decision` (h) in sigma.
    `head_start` begins both sums at this share of the decision interval, to see sooner a process that starts off
    its centre; 0.5 is usual. A gap leaves the sums as they are. Raises Refused.
    """
    cells, middle, spread = numbers_and_gaps(y, "y"), number(centre, "centre"), positive(sigma, "sigma")
    slack, bound = number(allowance, "allowance") * spread, positive(decision, "decision") * spread
    start = number(head_start, "head_start")
    if slack < 0 or not 0 <= start < 1:
        raise Refused("out_of_range", "allowance is below 0, or head_start not from 0 to below 1. Give others.")
    high, low = (_Sum(side, slack, bound, start * bound) for side in (1, -1))
    rows: list[tuple[float | None, float | None, int | None, int | None, int]] = []
    changes = []
    for at, value in enumerate(cells):
        if value is None:
            rows.append((None, None, None, None, 0))
            continue
        for one in (high, low):
            if one.add(value - middle, at):
                level = middle + one.side * (slack + one.total / one.since)
                changes.append(Change(one.side, at, one.began, level))
        side = int(high.is_beyond) - int(low.is_beyond)
        rows.append((high.total, low.total, high.since, low.since, side))
    up, down, since_up, since_down, signals = zip(*rows, strict=True)
    return Cusum(middle, bound, up, down, since_up, since_down, signals, tuple(changes))
