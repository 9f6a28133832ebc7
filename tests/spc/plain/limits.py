"""Centre line, sigma and limits of one phase, chart by chart, from the table of rules (section 1)."""

import itertools
from math import exp, lgamma, pi, sqrt

from tests.spc.plain.points import WITHIN, Point, deviation, mean, median, side

POWER = 3.6  # rules, section 1, T


def c4(n: float) -> float:
    return sqrt(2 / (n - 1)) * exp(lgamma(n / 2) - lgamma((n - 1) / 2))


def screened(ranges: list[float], screen: bool, factor: float) -> float | None:
    """The mean of the ranges after one pass of screening, which never leaves none and never leaves zero."""
    average = mean(ranges)
    if average is None or not screen:
        return average
    kept = mean([r for r in ranges if r < factor * average])
    return kept if kept else average


def ranges_of(values: list[float | None]) -> list[float]:
    """The moving ranges of neighbours; none is formed across a gap."""
    return [abs(b - a) for a, b in itertools.pairwise(values) if a is not None and b is not None]


def set_limits(chart: str, phase: list[Point], given: float | None, *, screen: bool, category: bool, nhs: bool) -> None:
    """Write cl, lcl, ucl, sigma and the scale of the thirds on each point of a phase."""
    base = [p for p in phase if p.baseline and p.included]
    if chart in ("i", "t"):
        individuals(chart, phase, base, given, screen=screen, nhs=nhs)
    elif chart == "mr":
        moving_range(phase, given)
    elif chart == "g":
        between(phase, base, given)
    elif chart == "run":
        for p in phase:
            p.cl = median([q.y for q in base if q.y is not None]) if given is None else given
    else:
        widths(chart, phase, base, given, screen=screen, category=category)
    scale = max((abs(v) for p in phase for v in (p.y, p.cl) if v is not None), default=0.0)
    for p in phase:
        p.scale, p.judged_scale = scale, scale ** (1 / POWER) if chart == "t" else scale
        if chart != "t":
            p.judged, p.middle, p.step = p.y, p.cl, p.sigma


def level(points: list[Point]) -> None:
    """A constant series: sigma 0, limits on the centre line (contract, readings)."""
    values = [p.y for p in points if p.y is not None]
    if len(values) > 1 and side(min(values), max(values)) == 0:
        for p in points:
            if p.sigma is not None:
                p.sigma, p.lcl, p.ucl, p.step = 0.0, p.cl, p.cl, 0.0


def individuals(
    chart: str, phase: list[Point], base: list[Point], given: float | None, *, screen: bool, nhs: bool
) -> None:
    """I, and T as an I of y to the power 1/3.6."""

    def there(value: float | None) -> float | None:
        return value ** (1 / POWER) if value is not None and chart == "t" else value

    seen = [there(p.y) for p in base]
    middle = there(given) if given is not None else mean([v for v in seen if v is not None])
    spread = screened(ranges_of(seen), screen, 3.267)
    for p in phase:
        p.judged, p.middle = there(p.y), middle
        p.cl = middle**POWER if middle is not None and chart == "t" else middle
        if spread is None or middle is None:
            continue
        p.step = spread * 2.66 / 3 if nhs else spread / 1.128
        low, high = middle - 3 * p.step, middle + 3 * p.step
        if chart == "t":
            p.open_below = low < 0
            low, high = max(low, 0.0) ** POWER, high**POWER
        p.lcl, p.ucl, p.sigma = low, high, p.step
        if p.step == 0:
            p.lcl = p.ucl = p.cl


def moving_range(phase: list[Point], given: float | None) -> None:
    """MR: the plotted points become the ranges; never screened."""
    values = [p.y for p in phase]
    for i, p in enumerate(phase):
        before = values[i - 1] if i else None
        now = values[i]
        p.y = None if before is None or now is None else abs(now - before)
    centre = mean([p.y for p in phase if p.baseline and p.included and p.y is not None])
    for p in phase:
        p.cl = centre if given is None else given
        if centre is not None and p.cl is not None:
            p.lcl, p.ucl, p.sigma = 0.0, 3.267 * p.cl, (3.267 * p.cl - p.cl) / 3
            p.open_below = True


def between(phase: list[Point], base: list[Point], given: float | None) -> None:
    """G: limits about the mean, the median drawn."""
    values = [p.y for p in base if p.y is not None]
    average = mean(values) if given is None else given
    for p in phase:
        if average is None:
            continue
        p.cl = median(values) if given is None else 0.693 * given
        p.sigma = sqrt(average * (average + 1))
        p.lcl, p.ucl, p.open_below = 0.0, average + 3 * p.sigma, True


def pooled(phase: list[Point], base: list[Point]) -> float | None:
    """The S of Xbar and S: the mean of the subgroups' deviations where all n are equal, else pooled."""
    some = [p for p in base if p.spread is not None]
    if not some:
        return None
    if len({p.size for p in phase}) == 1:
        return mean([p.spread for p in some])
    return sqrt(sum((p.size - 1) * p.spread**2 for p in some) / sum(p.size - 1 for p in some))


def widths(
    chart: str, phase: list[Point], base: list[Point], given: float | None, *, screen: bool, category: bool
) -> None:
    """The charts whose limits differ from point to point: ip, xbar, s, c, u, up, p, pp."""
    useful = [p for p in base if p.y is not None]
    pool = pooled(phase, base) if chart in ("xbar", "s") else None
    if given is not None:
        centre = given
    elif chart == "s":
        centre = pool
    elif chart == "c":
        centre = mean([p.y for p in useful])
    else:
        centre = sum(p.y * p.n for p in useful) / sum(p.n for p in useful) if useful else None
    factor = prime_factor(chart, base, centre, screen=screen, category=category)
    for p in phase:
        p.cl = centre
        p.sigma = one_sigma(chart, p, centre, pool, factor)
        if p.sigma is None or centre is None:
            continue
        p.lcl, p.ucl = centre - 3 * p.sigma, centre + 3 * p.sigma
        if chart not in ("ip", "xbar") and p.lcl < 0:
            p.lcl, p.open_below = 0.0, p.lcl < -WITHIN * centre
        if chart in ("p", "pp") and p.ucl > 1:
            p.ucl, p.open_above = 1.0, p.ucl > 1 + WITHIN


def one_sigma(chart: str, p: Point, centre: float | None, pool: float | None, factor: float | None) -> float | None:
    """Sigma at one point; None where the point has no limits."""
    if centre is None:
        return None
    if chart == "c":
        return sqrt(centre)
    if chart in ("xbar", "s"):
        if p.size <= 1 or (chart == "xbar" and pool is None):
            return None
        shape = c4(p.size)
        return centre * sqrt(1 - shape**2) / shape if chart == "s" else pool / (shape * sqrt(p.size))
    if factor is None or p.n is None:
        return None
    if chart == "ip":
        return factor / sqrt(p.n)
    return factor * sqrt((centre if chart in ("u", "up") else centre * (1 - centre)) / p.n)


def prime_factor(chart: str, base: list[Point], centre: float | None, *, screen: bool, category: bool) -> float | None:
    """What the plain sigma is multiplied with: sigma z of U' and P', the mean s of I'; 1 elsewhere."""
    if chart == "ip":
        pairs = [(a, b) for a, b in itertools.pairwise(base) if a.y is not None and b.y is not None]
        rates = [sqrt(pi / 2) * abs(b.y - a.y) / sqrt(1 / a.n + 1 / b.n) for a, b in pairs]
        return screened(rates, screen, 3.2665)
    if chart not in ("pp", "up"):
        return 1.0
    z: list[float | None] = []
    for p in base:
        plain = one_sigma(chart[0], p, centre, None, 1.0) if p.y is not None else None
        z.append(None if plain is None else (p.y - centre) / plain if plain > 0 else 0.0)
    if category:
        return deviation([v for v in z if v is not None])
    spread = screened(ranges_of(z), screen, 3.267)
    return None if spread is None else spread / 1.128


def typical(chart: str, phase: list[Point], times: float) -> Point | None:
    """The limits of a phase at its mean denominator, so that one small month does not turn an icon (rules 3.2)."""
    first = next((p for p in phase if p.sigma is not None), None)
    if first is None or chart in ("run", "i", "mr", "c", "g", "t"):
        return first
    mean_size = mean([p.n for p in phase if p.counts and p.n])

    def width(n: float) -> float:
        if chart in ("xbar", "s"):
            return sqrt(1 - c4(n) ** 2) / c4(n) if chart == "s" else 1 / (c4(n) * sqrt(n))
        return 1 / sqrt(n)

    away = 3 * first.sigma * (width(mean_size) / width(first.n) if mean_size else 1)
    low, high = first.cl - away, first.cl + away
    if chart not in ("ip", "xbar"):
        low = max(low, 0.0)
    if chart in ("p", "pp"):
        high = min(high, times)
    return Point(None, None, None, cl=first.cl, lcl=low, ucl=high)
