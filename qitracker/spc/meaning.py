"""From flags and the direction that is better to what a point, and the latest of them, says."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from qitracker.spc.frame import ON_THE_LINE
from qitracker.spc.rules import Flags
from qitracker.spc.values import Assurance, Direction, Meaning, Signal, Variation

FEWEST_FOR_ICONS = 13
"""Points in the latest phase before variation and assurance are told (NHS England, Making Data Count)."""

_TO_BETTER = {Direction.INCREASE: 1, Direction.DECREASE: -1, Direction.NEUTRAL: 0}

_NEUTRAL = {1: Meaning.NEUTRAL_HIGH, -1: Meaning.NEUTRAL_LOW}
_DIRECTED = {1: Meaning.IMPROVEMENT, -1: Meaning.CONCERN}

_VARIATION = {
    (Meaning.IMPROVEMENT, 1): Variation.IMPROVEMENT_HIGH,
    (Meaning.IMPROVEMENT, -1): Variation.IMPROVEMENT_LOW,
    (Meaning.CONCERN, 1): Variation.CONCERN_HIGH,
    (Meaning.CONCERN, -1): Variation.CONCERN_LOW,
    (Meaning.NEUTRAL_HIGH, 1): Variation.NEUTRAL_HIGH,
    (Meaning.NEUTRAL_LOW, -1): Variation.NEUTRAL_LOW,
}


def leading_flags(found: Mapping[Signal, Flags], precedence: tuple[Signal, ...]) -> Flags:
    """One flag for each point: that of the first rule of `precedence` that has one."""
    leading = np.zeros(len(next(iter(found.values()))), np.int8)
    for signal in reversed(precedence):
        if signal in found:
            leading = np.where(found[signal] != 0, found[signal], leading)
    return leading


def meaning_of(flag: int, direction: Direction) -> Meaning:
    """What a flag says: +1 high or rising, -1 low or falling, 0 none."""
    if flag == 0:
        return Meaning.COMMON_CAUSE
    better = _TO_BETTER[direction]
    return _DIRECTED[flag * better] if better else _NEUTRAL[flag]


def variation_of(flag: int, direction: Direction, n_points: int) -> Variation:
    """What the latest point says, once its phase has 13 points."""
    if n_points < FEWEST_FOR_ICONS:
        return Variation.NOT_ENOUGH_DATA
    return _VARIATION.get((meaning_of(flag, direction), flag), Variation.COMMON_CAUSE)


def assurance_of(
    target: float | None,
    direction: Direction,
    cl: float | None,
    lcl: float | None,
    ucl: float | None,
    n_points: int,
) -> Assurance | None:
    """Whether limits and target promise anything. All in plotted units, limits at the mean denominator.

    A target on a limit counts as beyond it (Making Data Count). Without variation the centre line decides.
    """
    better = _TO_BETTER[direction]
    if target is None or not better or n_points < FEWEST_FOR_ICONS or cl is None or lcl is None or ucl is None:
        return None
    if _at_most(ucl, lcl):
        meets = _at_most(target, cl) if better > 0 else _at_most(cl, target)
        return Assurance.CONSISTENT_PASS if meets else Assurance.CONSISTENT_FAIL
    if _at_most(ucl, target):
        return Assurance.CONSISTENT_FAIL if better > 0 else Assurance.CONSISTENT_PASS
    if _at_most(target, lcl):
        return Assurance.CONSISTENT_PASS if better > 0 else Assurance.CONSISTENT_FAIL
    return Assurance.INCONSISTENT


def _at_most(lower: float, upper: float) -> bool:
    return lower <= upper or math.isclose(lower, upper, rel_tol=ON_THE_LINE)
