"""Funnel plots: places of different size beside each other, with limits that widen where numbers are small.

The formulas and their sources stand in funnel_limits.py.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from qitracker.spc.chance import Floats
from qitracker.spc.funnel_limits import Comparing, Method, curve_sizes, limits, spread_between, z_scores
from qitracker.spc.given import number, numbers, positive, word
from qitracker.spc.values import Refused

MOST_PLACES = 10_000


class Passed(StrEnum):
    """Which limit a place lies beyond. On a limit is within."""

    ABOVE_998 = "above_998"
    ABOVE_95 = "above_95"
    WITHIN = "within"
    BELOW_95 = "below_95"
    BELOW_998 = "below_998"


@dataclass(frozen=True, slots=True)
class FunnelLimits:
    """The limits at one size `n`, in plotted units."""

    n: float
    lower_998: float
    lower_95: float
    upper_95: float
    upper_998: float


@dataclass(frozen=True, slots=True)
class FunnelPlace:
    """One place: its plotted value `y`, the limits at its size, and which it lies beyond. `z` is its distance from
    the centre in standard errors, on the scale of the method (the transformed one for exact limits)."""

    name: str
    numerator: float
    n: float
    y: float
    z: float
    limits: FunnelLimits
    passed: Passed


@dataclass(frozen=True, slots=True)
class Funnel:
    """A funnel plot as values, in plotted units.

    `phi` is how many times the variance of the places is that of chance (about 1 if they differ by chance alone) and
    `tau2` the variance between places on the transformed scale; both are told whether or not the limits are
    `adjusted` by them. `method` is that of the limits given. `curve` is for drawing, smallest size first.
    """

    comparing: Comparing
    method: Method
    centre: float
    phi: float
    tau2: float
    adjusted: bool
    places: tuple[FunnelPlace, ...]
    curve: tuple[FunnelLimits, ...]


def funnel(
    comparing: Comparing,
    numerators: Sequence[float],
    n: Sequence[float],
    *,
    names: Sequence[str] | None = None,
    method: Method = Method.EXACT,
    adjust: bool = False,
    centre: float | None = None,
    multiply: float = 1.0,
) -> Funnel:
    """The funnel plot of places.

    `numerators` and `n`: one number for each place; `n` is the denominator, the number expected, the exposure or
    the second count. `centre`, in units before `multiply`: given, or else all numerators over all n (1 for
    standardised ratios). `adjust` widens limits by the spread between places (tau2), on the transformed scale, where
    there is more of it than chance brings. Ratios of two counts always have limits on the transformed scale. Raises
    Refused.
    """
    comparing, method = word(comparing, Comparing, "comparing"), word(method, Method, "method")
    top, size = _places(comparing, numerators, n, method)
    labels = tuple(str(at) for at in range(1, len(top) + 1)) if names is None else tuple(names)
    if len(labels) != len(top):
        raise Refused("lengths_differ", f"names has {len(labels)} entries and numerators {len(top)}. Give one each.")
    scaled = positive(multiply, "multiply")
    middle = _centre(comparing, top, size, centre)
    if comparing is Comparing.RATIO:
        method = Method.TRANSFORMED
    phi, tau2 = spread_between(comparing, top, size, middle)
    adjusted = adjust and tau2 > 0
    if adjusted:
        method = Method.TRANSFORMED
    lines = limits(comparing, method, size, middle, tau2 if adjusted else 0.0) * scaled
    y = top / size * scaled
    z = z_scores(comparing, method, top, size, middle, tau2 if adjusted else 0.0)
    found: list[tuple[float, float, float, float]] = list(
        zip(top.tolist(), size.tolist(), y.tolist(), z.tolist(), strict=True)
    )
    sizes = curve_sizes(comparing, size)
    curve = limits(comparing, method, sizes, middle, tau2 if adjusted else 0.0) * scaled
    return Funnel(
        comparing=comparing,
        method=method,
        centre=middle * scaled,
        phi=phi,
        tau2=tau2,
        adjusted=adjusted,
        places=tuple(
            FunnelPlace(name, *at, FunnelLimits(at[1], *row), _passed(at[2], row))
            for name, at, row in zip(labels, found, lines.tolist(), strict=True)
        ),
        curve=tuple(FunnelLimits(at, *row) for at, row in zip(sizes.tolist(), curve.tolist(), strict=True)),
    )


def _places(
    comparing: Comparing, numerators: Sequence[float], n: Sequence[float], method: Method
) -> tuple[Floats, Floats]:
    top, size = np.array(numbers(numerators, "numerators")), np.array(numbers(n, "n"))
    if len(top) != len(size):
        raise Refused("lengths_differ", f"numerators has {len(top)} entries and n {len(size)}. Give one each.")
    if len(top) > MOST_PLACES:
        raise Refused("too_many_places", f"There are {len(top)} places. Give at most {MOST_PLACES}.")
    is_whole = comparing is Comparing.SHARE and method is Method.EXACT
    for at, (above, below) in enumerate(zip(top, size, strict=True), 1):
        if below <= 0:
            raise Refused("n_not_positive", f"n, number {at}: is at or below 0. Leave the place out.")
        if above < 0:
            raise Refused("negative_count", f"numerators, number {at}: is below 0. Give a count.")
        if comparing is Comparing.SHARE and above > below:
            raise Refused("numerator_above_denominator", f"numerators, number {at}: is above its n. Check both.")
        if is_whole and below != int(below):
            raise Refused("not_whole", f"n, number {at}: is not a whole number. Give one, or the normal method.")
    return top, size


def _centre(comparing: Comparing, top: Floats, size: Floats, given: float | None) -> float:
    if given is None:
        found = 1.0 if comparing is Comparing.STANDARDISED else float(top.sum() / size.sum())
    else:
        found = number(given, "centre")
        if found < 0 or (comparing is Comparing.SHARE and found > 1):
            raise Refused("centre_out_of_range", "centre: is not a value the places can have. Check it.")
    if found == 0 and comparing is Comparing.RATIO:
        raise Refused("no_events", "No place has an event, so ratios cannot be compared. Give a longer period.")
    return found


def _passed(y: float, row: Sequence[float]) -> Passed:
    lower_998, lower_95, upper_95, upper_998 = row
    for passed, is_beyond in (
        (Passed.ABOVE_998, _above(y, upper_998)),
        (Passed.BELOW_998, _above(lower_998, y)),
        (Passed.ABOVE_95, _above(y, upper_95)),
        (Passed.BELOW_95, _above(lower_95, y)),
    ):
        if is_beyond:
            return passed
    return Passed.WITHIN


def _above(higher: float, lower: float) -> bool:
    return higher > lower and not math.isclose(higher, lower, rel_tol=1e-9)
