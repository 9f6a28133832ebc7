"""From flags and the direction that is better to what a point, and the latest of them, says."""

from __future__ import annotations

import math
from collections.abc import Sequence

from qitracker.spc.frame import ON_THE_LINE
from qitracker.spc.words import Assurance, Direction, Meaning, Variation

TO_BETTER = {Direction.INCREASE: 1, Direction.DECREASE: -1, Direction.NEUTRAL: 0}

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


def meaning_of(flag: int, direction: Direction) -> Meaning:
    """What a flag says: +1 high or rising, -1 low or falling, 0 none."""
    if flag == 0:
        return Meaning.COMMON_CAUSE
    better = TO_BETTER[direction]
    return _DIRECTED[flag * better] if better else _NEUTRAL[flag]


def meanings_of(
    flags: Sequence[int], direction: Direction, y: Sequence[float | None], cl: Sequence[float | None]
) -> tuple[Meaning | None, ...]:
    """What each point says; None where it has no value or no centre line. `flags` may be longer."""
    said = {flag: meaning_of(flag, direction) for flag in (-1, 0, 1)}
    return tuple(
        [None if value is None or line is None else said[flag] for value, line, flag in zip(y, cl, flags, strict=False)]
    )


def variation_of(flag: int, direction: Direction, *, has_icons: bool) -> Variation:
    """What the latest point says, once its phase has points enough for icons."""
    if not has_icons:
        return Variation.NOT_ENOUGH_DATA
    return _VARIATION.get((meaning_of(flag, direction), flag), Variation.COMMON_CAUSE)


def assurance_of(
    target: float,
    direction: Direction,
    cl: float | None,
    lcl: float | None,
    ucl: float | None,
    *,
    limit_is_beyond: bool = True,
) -> Assurance | None:
    """Whether limits and target promise anything. All in plotted units, limits at the mean denominator.

    `limit_is_beyond`: a target on a limit counts as beyond it, as in Making Data Count and not in NHSRplotthedots
    0.2.2. Without variation the centre line decides.
    """
    better = TO_BETTER[direction]
    if not better or cl is None or lcl is None or ucl is None:
        return None
    if _at_most(ucl, lcl):
        meets = _at_most(target, cl) if better > 0 else _at_most(cl, target)
        return Assurance.CONSISTENT_PASS if meets else Assurance.CONSISTENT_FAIL
    if _at_most(ucl, target) and (limit_is_beyond or not _at_most(target, ucl)):
        return Assurance.CONSISTENT_FAIL if better > 0 else Assurance.CONSISTENT_PASS
    if _at_most(target, lcl) and (limit_is_beyond or not _at_most(lcl, target)):
        return Assurance.CONSISTENT_PASS if better > 0 else Assurance.CONSISTENT_FAIL
    return Assurance.INCONSISTENT


def _at_most(lower: float, upper: float) -> bool:
    return lower <= upper or math.isclose(lower, upper, rel_tol=ON_THE_LINE)
