"""How soon a chart shows a change while every new point still moves its centre line: simulated.

The points of a run draw the line after themselves, so that no chain of states tells the chance. Instead many series are
drawn, always the same ones, and the chart is looked at after each point, with the lines it has then.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from qitracker.spc.chance import Floats
from qitracker.spc.detection_chain import LIMIT, OUTER, SHIFT
from qitracker.spc.detection_process import RATES, SHARES, Asked, Counting
from qitracker.spc.kinds import c4
from qitracker.spc.patterns import Bools
from qitracker.spc.spread import D4, OF_NEIGHBOURS
from qitracker.spc.values import Chart

_SERIES = 2_000
"""So many make the chances right to about one percentage point."""
_TOGETHER = 250
"""So many at a time stay in a processor's second-level cache."""
_STEPS = 72
"""Points that are drawn after the change; by then most of the line is made of them."""
_SHOWN = 60
"""Points of the baseline that are drawn one by one; of earlier ones only their mean counts."""
_LATER = (2, 6, 12, 24)
"""A point may become a signal when the line has moved: each is looked at again after so many more."""
_SETTLED = 24
"""What comes after the last step falls by the share it fell by over so many."""

Draw = Callable[[np.random.Generator, Asked, Floats, Floats], Floats]


def _normal(draw: np.random.Generator, asked: Asked, levels: Floats, n: Floats) -> Floats:
    found: Floats = draw.normal(levels, asked.sigma * np.sqrt(asked.mean_size / n))
    return found


def _shares(draw: np.random.Generator, asked: Asked, levels: Floats, n: Floats) -> Floats:
    many, shares = np.maximum(1, np.round(n / _less(SHARES, asked))), np.broadcast_to(levels, n.shape)
    times = np.minimum(SHARES.times(asked), 0.9 * many)
    varies = (times > 1) & (shares > 0) & (shares < 1)
    if varies.any():
        weight = (many[varies] - times[varies]) / (times[varies] - 1)
        shares = np.array(shares)
        shares[varies] = draw.beta(weight * shares[varies], weight * (1 - shares[varies]))
    return np.asarray(draw.binomial(many.astype(np.int64), shares) / many)


def _rates(draw: np.random.Generator, asked: Asked, levels: Floats, n: Floats) -> Floats:
    size = n / _less(RATES, asked)
    more, means = RATES.times(asked) - 1, levels * size
    return np.asarray(draw.poisson(draw.gamma(means / more, more) if more > 0 else means) / size)


def _less(counting: Counting, asked: Asked) -> float:
    """Less variance than chance has is that of chance over larger denominators."""
    return min(1.0, counting.times(asked))


_DRAWN: dict[Chart, tuple[Draw, Counting | None]] = {
    Chart.P: (_shares, SHARES),
    Chart.PP: (_shares, SHARES),
    Chart.U: (_rates, RATES),
    Chart.UP: (_rates, RATES),
    Chart.C: (_rates, RATES),
    Chart.I: (_normal, None),
    Chart.IP: (_normal, None),
    Chart.XBAR: (_normal, None),
}


def survival_of_moving(chart: Chart, asked: Asked, level: float, points: int) -> Floats:
    """The chance that no signal of outside, shift or two of three came yet, after each point at the new level."""
    draw, steps = np.random.default_rng(2011), min(points, _STEPS)
    series = [_signals(chart, asked, level, steps, draw) for _ in range(_SERIES // _TOGETHER)]
    seen, calm = np.concatenate([one for one, _ in series]), np.concatenate([each for _, each in series])
    if calm.any():  # otherwise every baseline holds a signal, as where next to nothing ever happens
        seen = seen[calm]
    left: Floats = 1 - np.logical_or.accumulate(seen, axis=1).mean(axis=0)
    if points == steps:
        return left
    share = (left[-1] / max(left[-1 - _SETTLED], 1e-9)) ** (1 / _SETTLED)
    return np.concatenate((left, left[-1] * share ** np.arange(1, points - steps + 1)))


def _signals(chart: Chart, asked: Asked, level: float, steps: int, draw: np.random.Generator) -> tuple[Bools, Bools]:
    """Some series by points after the change, whether the chart shows a signal there or of late; and which had none in
    the baseline."""
    shown = min(asked.points, _SHOWN)
    drawn, counting = _DRAWN[chart]
    levels = np.repeat([asked.before, level], [shown, steps])
    n = draw.choice(asked.sizes, (_TOGETHER, shown + steps))
    y = drawn(draw, asked, levels, n)
    line, unit = _lines(chart, asked, counting, y, n, shown, draw)
    # From here on upwards is the way of the aim. A limit past `most` is none.
    value, line, width = asked.way * y, asked.way * line, 1 / np.sqrt(n)
    most = math.inf if counting is None else counting.ceiling if asked.way > 0 else 0.0
    lowest = value  # of the last eight
    for reach in (1, 2, 4):
        lowest = np.minimum(lowest[:, reach:], lowest[:, :-reach])

    def signals(first: int, last: int, line: Floats, unit: Floats) -> Bools:
        """At each point from `first` up to `last`, by the lines of its own look, or of one for all."""
        found: Bools = lowest[:, first - SHIFT + 1 : last - SHIFT + 1] > line + 1e-9 * np.abs(line)
        far = []
        for back in range(3):
            at = slice(first - back, last - back)
            over, sigma = value[:, at] - line, unit * width[:, at]
            far.append(over > OUTER * sigma)
            if most < math.inf:
                far[-1] &= line + LIMIT * sigma <= most
            if back == 0:
                found |= far[0] & (over > LIMIT * sigma)
        found |= (far[0] & (far[1] | far[2])) | (far[1] & far[2])
        return found

    calm: Bools = ~np.logical_or.reduce(signals(SHIFT - 1, shown, line[:, :1], unit[:, :1]), axis=1)
    seen = signals(shown, shown + steps, line[:, 1:], unit[:, 1:])
    for later in _LATER:
        if later < steps:
            seen[:, later:] |= signals(shown, shown + steps - later, line[:, 1 + later :], unit[:, 1 + later :])
    return seen, calm


def _lines(
    chart: Chart,
    asked: Asked,
    counting: Counting | None,
    y: Floats,
    n: Floats,
    shown: int,
    draw: np.random.Generator,
) -> tuple[Floats, Floats]:
    """Centre lines, and sigma of a point of size 1, at each look: after the baseline, and after each point since."""
    earlier, size = asked.points - shown, asked.mean_size
    sigma = asked.sigma
    if counting and not sigma:
        sigma = float(counting.spread(np.array(asked.before))) / math.sqrt(size)
    before = size * (asked.before * earlier + sigma * math.sqrt(earlier) * draw.normal(size=(len(y), 1)))
    line = ((before + np.cumsum(y * n, axis=1)) / (size * earlier + np.cumsum(n, axis=1)))[:, shown - 1 :]
    if not asked.sigma and counting:
        return line, counting.spread(line)
    each, counts = np.ones_like(y), np.ones_like(y)
    if chart is Chart.XBAR:
        c = c4(size)
        each += draw.normal(size=y.shape) * math.sqrt(1 - c * c) / c
    else:
        steps = np.abs(y[:, 1:] - y[:, :-1]) / np.sqrt(1 / n[:, 1:] + 1 / n[:, :-1])
        each[:, 1:] = steps * OF_NEIGHBOURS / (sigma * math.sqrt(size))
        counts = (each < D4).astype(float)  # screened, as if their true mean were known
        each *= counts
    total = earlier + np.cumsum(each, axis=1)[:, shown - 1 :]
    many = earlier + np.cumsum(counts, axis=1)[:, shown - 1 :]
    return line, total / many * sigma * math.sqrt(size)
