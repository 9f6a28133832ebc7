"""The EWMA chart: a running mean in which the past fades, to see small lasting changes sooner.

Source: Montgomery, Introduction to Statistical Quality Control, 6th ed. 2009, section 9.2.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from qitracker.spc.given import number, numbers_and_gaps, positive
from qitracker.spc.values import Refused

WEIGHT = 0.2
"""The share of the latest point in the mean (Montgomery 9.2.2 advises 0.05 to 0.25)."""
WIDTH = 3.0
"""Limits in standard deviations of the mean (Montgomery 9.2.1)."""


@dataclass(frozen=True, slots=True)
class Ewma:
    """The chart. Tuples have one entry a point, None at a gap. `signals`: +1 above the upper limit, -1 below the
    lower one, 0 within or on a limit. `later` are the limits that those of the first points grow towards."""

    centre: float
    values: tuple[float | None, ...]
    lcl: tuple[float | None, ...]
    ucl: tuple[float | None, ...]
    signals: tuple[int, ...]
    later: tuple[float, float]


def ewma(
    y: Sequence[float | None], *, centre: float, sigma: float, weight: float = WEIGHT, width: float = WIDTH
) -> Ewma:
    """The EWMA of a series about its centre line.

    `y`, `centre` and `sigma` (of one point) in plotted units; an `Analysis` of the stable stretch has the last two.
    A gap leaves the mean as it is. Raises Refused.
    """
    cells, middle = numbers_and_gaps(y, "y"), number(centre, "centre")
    spread, reach = positive(sigma, "sigma"), positive(width, "width")
    share = positive(weight, "weight")
    if share > 1:
        raise Refused("not_a_share", "weight: is above 1. Give a share, 0.2 unless there is a reason.")
    full = reach * spread * math.sqrt(share / (2 - share))
    mean, seen = middle, 0
    rows: list[tuple[float | None, float | None, float | None, int]] = []
    for value in cells:
        if value is None:
            rows.append((None, None, None, 0))
            continue
        seen += 1
        mean = share * value + (1 - share) * mean
        half = full * math.sqrt(1 - (1 - share) ** (2 * seen))
        rows.append((mean, middle - half, middle + half, _side(mean - middle, half)))
    values, lcl, ucl, signals = zip(*rows, strict=True)
    return Ewma(middle, values, lcl, ucl, signals, (middle - full, middle + full))


def _side(away: float, half: float) -> int:
    if abs(away) <= half * (1 + 1e-9):
        return 0
    return 1 if away > 0 else -1
