"""How far values spread by chance alone: from steps between neighbours, from counts, from inside subgroups.

Every function gives one sigma a phase: that of a point whose width (kinds.py) is 1. NaN where it cannot be told.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from qitracker.spc.frame import Base, column_sums
from qitracker.spc.patterns import Bools, Floats, some

D2 = 1.128
"""Mean range of two values in standard deviations (Montgomery 2009, appendix VI)."""
D4 = 3.267
"""Upper limit of a moving range of two, as a multiple of the mean moving range (Montgomery 2009, appendix VI)."""
D4_OF_IP = 3.2665
"""The same for the scaled steps of an I' chart, in the digits of Taylor 2017 (Normalized individuals chart)."""
OF_NEIGHBOURS = math.sqrt(math.pi / 2)
"""The mean size of the difference of two values, in standard deviations of that difference, is 1 over this."""


class Spread(NamedTuple):
    """`unit` is the sigma of each phase. `kept`: phases where screening would have left nothing but zeros, and was
    not done; None for none."""

    unit: Floats
    kept: Bools | None = None


def from_moving_ranges(base: Base, _middle: Floats, per_range: float) -> Spread:
    """Mean moving range times `per_range`, which is 1 over 1.128 (Montgomery 6.33), or 2.66 over 3 (NHS England)."""
    mean, kept = _mean_of_steps(base.step_sizes(), base.have_both, base.screen, D4)
    return Spread(mean * per_range, kept)


def from_scaled_steps(base: Base, _middle: Floats, _per_range: float) -> Spread:
    """Steps between neighbours, each over the width its two denominators give it (Taylor 2017, I' chart)."""
    share = 1.0 / _known(base.n)
    scaled = OF_NEIGHBOURS * base.step_sizes() / np.sqrt(share[1:] + share[:-1])
    return Spread(*_mean_of_steps(scaled, base.have_both, base.screen, D4_OF_IP))


def binomial(_base: Base, middle: Floats, _per_range: float) -> Spread:
    """Root of p(1 - p) (Montgomery 7.2)."""
    return Spread(np.sqrt(np.maximum(middle * (1.0 - middle), 0.0)))


def poisson(_base: Base, middle: Floats, _per_range: float) -> Spread:
    """Root of the mean (Montgomery 7.3)."""
    return Spread(np.sqrt(np.maximum(middle, 0.0)))


def binomial_and_more(base: Base, middle: Floats, per_range: float) -> Spread:
    """Binomial, times how much more neighbours differ than chance alone would have it (Laney 2002)."""
    return _times_z(base, middle, binomial(base, middle, per_range).unit)


def poisson_and_more(base: Base, middle: Floats, per_range: float) -> Spread:
    """Poisson, times how much more neighbours differ than chance alone would have it (Laney 2002)."""
    return _times_z(base, middle, poisson(base, middle, per_range).unit)


def geometric(_base: Base, middle: Floats, _per_range: float) -> Spread:
    """Root of g(g + 1) for the mean number of cases between events (Montgomery 7.3.5; Benneyan 2001)."""
    return Spread(np.sqrt(middle * (middle + 1.0)))


def within_subgroups(base: Base, _middle: Floats, _per_range: float) -> Spread:
    """The spread inside subgroups: mean of their standard deviations (Montgomery 6.29), pooled where the subgroups
    of the phase differ in size (Montgomery 6.31)."""
    return Spread(subgroup_sd(base))


def of_ranges(base: Base, middle: Floats, _per_range: float) -> Spread:
    """The sigma of a moving range whose upper limit is 3.267 times its mean (Montgomery, appendix VI). None without a
    range, even about a line that is given."""
    return Spread(np.where(base.count > 0, middle * ((D4 - 1.0) / 3.0), np.nan))


def of_standard_deviations(_base: Base, middle: Floats, _per_range: float) -> Spread:
    """The centre line itself; the width of a point (kinds.py) does the rest (Montgomery 6.29)."""
    return Spread(middle)


def subgroup_sd(base: Base) -> Floats:
    """The standard deviation inside the subgroups of each phase. An empty subgroup is of another size than the others
    (qicharts2 0.8.1 has it so)."""
    sd, n, sizes = _known(base.sd), _known(base.n), _known(base.sizes)
    known = ~np.isnan(sd)
    # By powers of two, which keep every digit: squares of very small or large numbers are no numbers.
    power = np.frexp(np.fmax.reduce(sd, axis=0, initial=0.0))[1]
    squares, freedom = np.where(known, (n - 1) * np.ldexp(sd, -power) ** 2, 0.0), np.where(known, n - 1, 0.0)
    pooled = np.ldexp(np.sqrt(column_sums(squares) / column_sums(freedom)), power)
    mean = column_sums(np.where(known, sd, 0.0)) / np.count_nonzero(known, axis=0)
    all_equal = np.fmax.reduce(sizes, axis=0) == np.fmin.reduce(sizes, axis=0)
    chosen: Floats = np.where(all_equal, mean, pooled)
    return chosen


def ratio_to_chance(base: Base, middle: Floats, unit: Floats) -> tuple[Floats, Bools | None]:
    """How many times the spread of chance the values have (Laney's sigma z), and where it was not screened.

    In time from steps between neighbours, screened once; between categories, which have none, their standard
    deviation.
    """
    z = (base.y - middle) * np.sqrt(_known(base.n)) / unit
    known = ~np.isnan(z)
    if base.in_time:
        mean, kept = _mean_of_steps(np.abs(z[1:] - z[:-1]), known[1:] & known[:-1], base.screen, D4)
        return mean / D2, kept
    count = np.count_nonzero(known, axis=0)
    mean = column_sums(np.where(known, z, 0.0)) / count
    squares = column_sums(np.where(known, (z - mean) ** 2, 0.0))
    high, low = np.fmax.reduce(z, axis=0, initial=np.nan), np.fmin.reduce(z, axis=0, initial=np.nan)
    squares[high == low] = 0.0  # the mean of equal ones may be off by rounding
    return np.sqrt(squares / np.where(count > 1, count - 1, np.nan)), None


def _times_z(base: Base, middle: Floats, unit: Floats) -> Spread:
    ratio, kept = ratio_to_chance(base, middle, unit)
    both = base.have_both
    pairs = base.count > 1 if both is None or not base.in_time else both.any(axis=0)
    # On nought or all of them there is no chance variation to compare with, and none to see.
    return Spread(np.where((unit == 0) & pairs, 0.0, unit * ratio), kept)


def _mean_of_steps(steps: Floats, both: Bools | None, screen: Bools, bound: float) -> tuple[Floats, Bools | None]:
    """The mean of absolute steps (overwritten), once screened at `bound` times itself (Nelson 1982): strictly
    smaller ones stay. Where nothing but zeros would stay, as on sparse series, screening is not done."""
    count: Floats | float = float(len(steps))
    if both is not None:
        steps[~both] = 0.0
        count = np.count_nonzero(both, axis=0).astype(np.float64)
    mean = column_sums(steps) / count
    if not some(screen):
        return mean, None
    are_large = steps >= bound * mean
    if not some(are_large):
        return mean, None
    can_be = screen & (mean > 0)
    if not can_be.all():
        are_large &= can_be
    large = np.flatnonzero(are_large)
    n_large = np.bincount(large % len(mean), minlength=len(mean))
    steps.ravel()[large] = 0.0
    rest = column_sums(steps)
    kept = (n_large > 0) & ~(rest > 0)
    return np.where((n_large > 0) & ~kept, rest / (count - n_large), mean), kept


def _known(values: Floats | None) -> Floats:
    """An array that every chart of this kind has."""
    if values is None:
        raise ValueError("This chart needs denominators or subgroups.")
    return values
