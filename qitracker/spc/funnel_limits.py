"""The limits of a funnel plot, and how far places spread beyond chance: formulas by what is compared.

Sources: Spiegelhalter, Funnel plots for comparing institutional performance, Statistics in Medicine 24, 2005
(limits, transformations); Spiegelhalter, Handling over-dispersion of performance indicators, Quality and Safety
in Health Care 14, 2005, and DerSimonian and Laird, Meta-analysis in clinical trials, 1986 (spread between places).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from qitracker.spc.chance import Floats, binomial_limits, chi_square_quantile, normal_quantile

CHANCES = (0.001, 0.025, 0.975, 0.999)
"""Limits that 99.8 % and 95 % of places stay within by chance alone (Spiegelhalter 2005)."""
WINSORISED = 0.1
"""Share of z-scores at each end that is drawn in before the spread between places is measured (Spiegelhalter 2005)."""
ROUNDING = 1e-9
"""Less weight than this share beside the largest place says nothing about the spread between places."""
LARGEST_LOG = 700.0
"""Beyond this a ratio is too large for a number."""
CURVE_POINTS = 100
CURVE_BEYOND = 1.1
"""The curve has so many sizes, up to a tenth beyond the largest place (our choice, for drawing)."""


class Comparing(StrEnum):
    """What is compared: shares (out of n), standardised ratios (n is the number expected), rates (n is the
    exposure), or ratios of two counts."""

    SHARE = "share"
    STANDARDISED = "standardised"
    RATE = "rate"
    RATIO = "ratio"


class Method(StrEnum):
    """How limits are made: from the distribution itself, from the normal one, or on a scale of even spread."""

    EXACT = "exact"
    NORMAL = "normal"
    TRANSFORMED = "transformed"


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale on which places of one size spread evenly. `error` is the standard error there for a numerator and a
    size; `back` is the way to the plotted scale."""

    value: Callable[[Floats, Floats], Floats]
    middle: Callable[[float], float]
    error: Callable[[Floats, Floats], Floats]
    back: Callable[[Floats], Floats]


def _log_error(top: Floats, n: Floats) -> Floats:
    error: Floats = np.sqrt(top / (top + 0.5) ** 2 + n / (n + 0.5) ** 2)
    return error


_ROOT = Scale(
    value=lambda top, n: np.sqrt(top / n),
    middle=math.sqrt,
    error=lambda _top, n: 1 / (2 * np.sqrt(n)),
    back=lambda there: np.maximum(there, 0.0) ** 2,
)
SCALES = {
    Comparing.SHARE: Scale(
        value=lambda top, n: np.arcsin(np.sqrt(top / n)),
        middle=lambda centre: math.asin(math.sqrt(centre)),
        error=lambda _top, n: 1 / (2 * np.sqrt(n)),
        back=lambda there: np.sin(np.clip(there, 0.0, math.pi / 2)) ** 2,
    ),
    Comparing.STANDARDISED: _ROOT,
    Comparing.RATE: _ROOT,
    Comparing.RATIO: Scale(
        value=lambda top, n: np.log((top + 0.5) / (n + 0.5)),
        middle=math.log,
        error=_log_error,
        back=lambda there: np.exp(np.minimum(there, LARGEST_LOG)),
    ),
}
"""Arcsine and square root even out binomial and Poisson spread; ratios of two counts are compared as logarithms, a
half added to each count (Spiegelhalter 2005, appendix A)."""


def spread_between(comparing: Comparing, top: Floats, size: Floats, centre: float) -> tuple[float, float]:
    """How many times the spread of chance there is, and the variance between places (DerSimonian and Laird 1986)."""
    scale, places = SCALES[comparing], len(top)
    error = scale.error(top, size)
    z = (scale.value(top, size) - scale.middle(centre)) / error
    low, high = np.quantile(z, (WINSORISED, 1 - WINSORISED))
    phi = float(np.mean(np.clip(z, low, high) ** 2))
    weight = 1 / error**2
    rest = float(weight.sum() - (weight**2).sum() / weight.sum())
    if places * phi <= places - 1 or rest <= ROUNDING * float(weight.sum()):
        return phi, 0.0
    return phi, (places * phi - (places - 1)) / rest


def z_scores(comparing: Comparing, method: Method, top: Floats, size: Floats, centre: float, tau2: float) -> Floats:
    """How many standard errors each place lies from the centre, 0 where there is no spread."""
    if method is Method.NORMAL:
        error = _normal_error(comparing, size, centre)
        away: Floats = top / size - centre
    else:
        scale = SCALES[comparing]
        error = np.sqrt(scale.error(top, size) ** 2 + tau2)
        away = scale.value(top, size) - scale.middle(centre)
    return np.divide(away, error, out=np.zeros_like(away), where=error > 0)


def _normal_error(comparing: Comparing, size: Floats, centre: float) -> Floats:
    variance = centre * (1 - centre) if comparing is Comparing.SHARE else centre
    error: Floats = np.sqrt(variance / size)
    return error


def limits(comparing: Comparing, method: Method, size: Floats, centre: float, tau2: float) -> Floats:
    """Sizes by limits, lowest first, before `multiply`."""
    quantiles = np.array([normal_quantile(p) for p in CHANCES])
    if method is Method.EXACT:
        lines = _exact_share(size, centre) if comparing is Comparing.SHARE else _exact_rate(size, centre)
    elif method is Method.NORMAL:
        lines = centre + np.outer(_normal_error(comparing, size, centre), quantiles)
    else:
        scale = SCALES[comparing]
        error = np.sqrt(scale.error(centre * size, size) ** 2 + tau2)
        lines = scale.back(scale.middle(centre) + np.outer(error, quantiles))
    return np.clip(lines, 0.0, 1.0 if comparing is Comparing.SHARE else None)


def _exact_share(size: Floats, centre: float) -> Floats:
    sizes, place = np.unique(size, return_inverse=True)
    lines: Floats = np.array([binomial_limits(int(n), centre, CHANCES) / n for n in sizes])[place]
    return lines


def _exact_rate(size: Floats, centre: float) -> Floats:
    """Poisson limits through chi-square: half its quantile with twice the expected events as freedom, two more for
    an upper limit (Garwood 1936)."""
    expected = size * centre
    if centre == 0:
        return np.zeros((len(size), len(CHANCES)))
    columns = [chi_square_quantile(p, 2 * (expected + (p > 0.5))) / 2 / size for p in CHANCES]
    return np.column_stack(columns)


def curve_sizes(comparing: Comparing, size: Floats) -> Floats:
    """Sizes to draw the curve at, closer together where it bends."""
    least = min(1.0, float(size.min()))
    most = float(size.max()) * CURVE_BEYOND
    sizes = np.linspace(math.sqrt(least), math.sqrt(most), CURVE_POINTS) ** 2
    return np.unique(np.ceil(sizes)) if comparing is Comparing.SHARE else sizes
