"""How far numbers go by chance alone: the few distributions that funnels and forecasts need.

Written out here so that the engine needs numpy and nothing else. Each function is held to printed tables and to
sums in whole numbers by tests/spc/test_chance.py.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_NORMAL = NormalDist()
_FAR = 10.0
"""A window of so many standard deviations on either side holds all but 1e-20 of a distribution."""
_MANY = 1e6
"""From this variance on limits of counts come from a formula instead of a sum; they then agree to 1e-6 of a
standard deviation."""
_LARGE_SHAPE = 1e4
"""From this shape on chi-square quantiles come from Wilson and Hilferty (1931), by then right to six digits."""


def normal_quantile(p: float) -> float:
    """The value a standard normal number stays below with chance p (Wichura 1988, algorithm AS 241)."""
    return _NORMAL.inv_cdf(p)


def normal_share(z: Floats) -> Floats:
    """The chance that a standard normal number stays below z."""
    return np.array([0.5 * math.erfc(-value / math.sqrt(2)) for value in z])


def gamma_tails(shape: Floats, x: Floats) -> tuple[Floats, Floats]:
    """The chances that a gamma number of this shape stays below x, and that it does not, each to full precision.

    Series below shape + 1, continued fraction above (Abramowitz and Stegun 1964, 6.5.29 and 6.5.31). `x` above 0.
    """
    log_gamma = np.array([math.lgamma(one) for one in shape])
    front = np.exp(shape * np.log(x) - x - log_gamma)
    is_low = x < shape + 1
    lower, upper = np.empty_like(x), np.empty_like(x)
    lower[is_low] = front[is_low] * _series(shape[is_low], x[is_low])
    upper[~is_low] = front[~is_low] * _fraction(shape[~is_low], x[~is_low])
    upper[is_low], lower[~is_low] = 1 - lower[is_low], 1 - upper[~is_low]
    return lower, upper


def _series(shape: Floats, x: Floats) -> Floats:
    term = 1 / shape
    total, bottom = term.copy(), shape.copy()
    while (term > total * 1e-17).any():
        bottom += 1
        term *= x / bottom
        total += term
    return total


def _fraction(shape: Floats, x: Floats) -> Floats:
    """Lentz's method (Thompson and Barnett 1986) for the upper tail without its front."""
    tiny = 1e-300
    b = x + 1 - shape
    c = np.full_like(x, 1 / tiny)
    d = 1 / b
    value = d.copy()
    step = 0
    change = np.full_like(x, 2.0)
    while (np.abs(change - 1) > 1e-15).any():
        step += 1
        a = -step * (step - shape)
        b = b + 2
        d = 1 / (a * d + b)
        c = b + a / c
        change = c * d
        value = value * change
        if step > 100_000:
            raise ArithmeticError("The continued fraction of the gamma distribution did not settle.")
    return value


def chi_square_quantile(p: float, freedom: Floats) -> Floats:
    """The value a chi-square number of each freedom stays below with chance p.

    Newton's method on the logarithm of the nearer tail, begun at Wilson and Hilferty's formula (1931).
    """
    shape = np.asarray(freedom, float) / 2
    start = shape * np.maximum(1 - 1 / (9 * shape) + normal_quantile(p) / (3 * np.sqrt(shape)), 0.0) ** 3
    small = np.exp((math.log(p) + np.array([math.lgamma(one + 1) for one in shape])) / shape)
    x: Floats = np.maximum(start, small)
    exact = (shape < _LARGE_SHAPE) & (x > 1e-280)
    x[exact] = _settle(p, shape[exact], x[exact])
    return 2 * x


def _settle(p: float, shape: Floats, x: Floats) -> Floats:
    log_gamma = np.array([math.lgamma(one) for one in shape])
    for _ in range(60):
        lower, upper = gamma_tails(shape, x)
        slope = np.exp(shape * np.log(x) - x - log_gamma)  # by the logarithm of x
        if p <= 0.5:
            move = (math.log(p) - np.log(lower)) * lower / slope
        else:
            move = (np.log(upper) - math.log1p(-p)) * upper / slope
        x = x * np.exp(np.clip(move, -1, 1))
        if (np.abs(move) < 1e-13).all():
            break
    return x


def binomial_chances(n: int, share: float) -> tuple[int, Floats]:
    """The chance of each count out of n, from the returned first count on; what is left out has no weight."""
    sd = math.sqrt(n * share * (1 - share))
    first, last = _window(n * share, sd, n)
    counts = np.arange(first, last)
    steps = np.log(n - counts) - np.log(counts + 1) + math.log(share) - math.log1p(-share)
    return first, _from_log_steps(steps)


def poisson_chances(mean: float) -> tuple[int, Floats]:
    """The chance of each count where `mean` is expected, from the returned first count on."""
    first, last = _window(mean, math.sqrt(mean), math.inf)
    return first, _from_log_steps(math.log(mean) - np.log(np.arange(first, last) + 1))


def spread_binomial_chances(n: int, share: float, times: float) -> tuple[int, Floats]:
    """The same where the share differs from one group of n to the next, so that counts have `times` the variance of
    chance (Skellam's beta-binomial, Journal of the Royal Statistical Society B 10, 1948). At most 0.9 n times."""
    times = min(times, 0.9 * n)
    if times <= 1:
        return binomial_chances(n, share)
    weight = (n - times) / (times - 1)
    first, last = _window(n * share, math.sqrt(times * n * share * (1 - share)), n, times)
    counts = np.arange(first, last)
    steps = np.log(n - counts) - np.log(counts + 1) + np.log(weight * share + counts)
    return first, _from_log_steps(steps - np.log(weight * (1 - share) + n - counts - 1))


def spread_poisson_chances(mean: float, times: float) -> tuple[int, Floats]:
    """The same where the rate differs from one stretch to the next, so that counts have `times` the variance of
    chance (Greenwood and Yule's negative binomial, Journal of the Royal Statistical Society 83, 1920)."""
    if times <= 1:
        return poisson_chances(mean)
    first, last = _window(mean, math.sqrt(times * mean), math.inf, times)
    counts = np.arange(first, last)
    return first, _from_log_steps(
        np.log(mean / (times - 1) + counts) + math.log((times - 1) / times) - np.log(counts + 1)
    )


def _window(mean: float, sd: float, most: float, times: float = 1.0) -> tuple[int, int]:
    # Few events have long tails: forty more than the mean never happen there, where chance is all. Where it is not a
    # few in a hundred million may.
    reach = _FAR * sd + 40 * times if times == 1 else 8 * sd + 25 * times
    return max(0, math.floor(mean - reach)), int(min(most, math.ceil(mean + reach)))


def _from_log_steps(steps: Floats) -> Floats:
    """Chances, given by how much the logarithm of each differs from the one before."""
    logs = np.concatenate(([0.0], np.cumsum(steps)))
    weights = np.exp(logs - logs.max())
    chances: Floats = weights / weights.sum()
    return chances


def binomial_limits(n: int, share: float, chances: Sequence[float]) -> Floats:
    """For each chance p below one half the count fewer events than which have at most chance p, and for each above
    it the count more events than which have at most chance 1 - p; between whole counts by interpolation.

    Spiegelhalter, Funnel plots for comparing institutional performance, Statistics in Medicine 24, 2005,
    appendix A.1.1. An upper limit is his lower one for the events that did not happen, so that neither is passed
    more often than it says (his own upper limit is, by one event). Never below 0 or above n.
    """
    variance = n * share * (1 - share)
    if variance <= 0:
        return np.full(len(chances), n * share)
    asked = np.asarray(chances)
    upper = (asked > 0.5).astype(float)
    if variance > _MANY:
        # Cornish and Fisher 1937, first correction; the half is that of interpolating a step function.
        z = np.array([normal_quantile(p) for p in chances])
        far: Floats = n * share + z * math.sqrt(variance) + (z**2 - 1) * (1 - 2 * share) / 6 - 0.5 + upper
        return far
    first, each = binomial_chances(n, share)
    below = np.cumsum(each)
    # The smallest count r with P(R <= r) > p, and how far p lies on the way to it from r - 1.
    at = np.minimum(np.searchsorted(below, asked, side="right"), len(below) - 1)
    counts: Floats = first + at - (below[at] - asked) / each[at] + upper
    return np.clip(counts, 0.0, float(n))
