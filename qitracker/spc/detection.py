"""What would it take to see a change: how soon a chart would show that an aim has been reached.

A signal is any of Provost and Murray's rules that points in the direction of the aim: a point beyond a limit, a shift
of eight, two of three in the outer third, and on i, c and xbar charts a trend of six (where the denominator moves a
trend is not counted). The centre line is that of a baseline of so many points, which is not known exactly; it is kept,
or moves with each new point. The baseline has no such signal; a run may begin in its last points. The level changes
from one point to the next, and stays; the spread is that which the chart takes chance to have, before and after.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from qitracker.spc.chance import poisson_chances
from qitracker.spc.detection_chain import survival_of_places, survival_of_values
from qitracker.spc.detection_models import (
    LARGEST_COUNT,
    MODELS,
    RATE_VARIES,
    STAND_FOR,
    counts_that_stand,
    even,
)
from qitracker.spc.detection_moving import survival_of_moving
from qitracker.spc.detection_process import Asked
from qitracker.spc.given import number, positive, whole, word
from qitracker.spc.values import Chart, Refused

DOUBTFUL = 0.5
"""Where false alarms reach this share of the chance, a signal says little (our choice)."""
WANTED = 0.8
"""The chance a team may count on: the usual power of a study (Cohen 1988)."""
YEARS = 10
"""A change that needs longer than this is not looked for further (our choice)."""
BASELINE_POINTS = 24
"""Points of a usual baseline: two years of months (Provost and Murray 2011 ask for 20 or more)."""
WITH_SIZES = frozenset({Chart.P, Chart.PP, Chart.U, Chart.UP, Chart.IP, Chart.XBAR})
WITH_SIGMA = frozenset({Chart.PP, Chart.UP, Chart.I, Chart.IP, Chart.XBAR})
"""Charts whose spread their level and denominators do not give."""


@dataclass(frozen=True, slots=True)
class Detection:
    """How soon a chart shows a change from `baseline` to `aim` (in plotted units).

    `chances[k - 1]` is the chance of a signal within k points of the change, `false_alarms[k - 1]` that of the same
    signal although nothing has changed; both for `per_year` points a year and ten years. `points_needed` is how many
    points it takes for a chance of 80 %, None if ten years are not enough.
    """

    chart: Chart
    baseline: float
    aim: float
    per_year: int
    chances: tuple[float, ...]
    false_alarms: tuple[float, ...]
    points_needed: int | None

    @property
    def years_needed(self) -> float | None:
        """The same in years."""
        return None if self.points_needed is None else self.points_needed / self.per_year

    @property
    def is_doubtful(self) -> bool:
        """Whether a signal, by the time one may be counted on, would be about as likely without a change.

        So it is where the change is small, or events are rare: then a chart of what lies between them tells more.
        """
        at = (self.points_needed or len(self.chances)) - 1
        return self.false_alarms[at] >= DOUBTFUL * self.chances[at]


def detection(
    chart: Chart,
    *,
    baseline: float,
    aim: float,
    n: float | Sequence[float] | None = None,
    sigma: float | None = None,
    per_year: int = 12,
    baseline_points: int = BASELINE_POINTS,
    frozen: bool = True,
    multiply: float = 1.0,
) -> Detection:
    """How soon a chart would show a change of level from `baseline` to `aim`: p, pp, u, up, c, i, ip, xbar.

    Levels in plotted units: 12 % is 0.12, or 12 with `multiply` 100. `n`: the denominators there usually are (on xbar
    the sizes of subgroups), or one for all; one is taken to differ from point to point as counts do (p), or by up to a
    tenth (u). `sigma`: that of a point of the mean denominator, in plotted units, for all but p, u and c.
    `per_year`: how many points a year has. `frozen`: the line stays that of the baseline; otherwise every new point
    moves it.
    Answers within a tenth of a second, the same each time. Raises Refused.
    """
    chart = word(chart, MODELS, "chart")
    scale = positive(multiply, "multiply")
    before, after = number(baseline, "baseline") / scale, number(aim, "aim") / scale
    if before == after:
        raise Refused("no_change", "aim: is the baseline. Give another level.")
    sizes, mean_size = _sizes(chart, n)
    asked = Asked(
        before,
        after,
        sizes,
        mean_size,
        positive(sigma, "sigma") / scale if chart in WITH_SIGMA else 0.0,
        whole(baseline_points, "baseline_points", least=8, most=10_000),
    )
    if check := MODELS[chart].check:
        check(asked)
    chances, false = _answer(chart, asked, frozen, YEARS * whole(per_year, "per_year", most=366))
    return Detection(
        chart=chart,
        baseline=baseline,
        aim=aim,
        per_year=per_year,
        chances=chances,
        false_alarms=false,
        points_needed=next((at for at, chance in enumerate(chances, 1) if chance >= WANTED), None),
    )


def _sizes(chart: Chart, n: float | Sequence[float] | None) -> tuple[tuple[float, ...], float]:
    """Denominators that stand for all there may be, and their mean."""
    if chart not in WITH_SIZES:
        return (1.0,), 1.0
    if isinstance(n, list | tuple):
        given = np.sort([positive(one, f"n, number {at}") for at, one in enumerate(n, 1)])
        if not len(given):
            raise Refused("no_points", "n is empty. Give at least one.")
        chosen = given[(even(STAND_FOR) * len(given)).astype(np.intp)]
        return tuple(float(f"{one:.3g}") for one in chosen), float(f"{given.mean():.4g}")
    size = positive(n, "n")
    if size > LARGEST_COUNT:
        return (size,), size  # refused where it is counted
    if chart in {Chart.P, Chart.PP}:
        return tuple(np.maximum(1, counts_that_stand(poisson_chances(size))).tolist()), size
    if chart in {Chart.U, Chart.UP}:
        return tuple((size * (1 + RATE_VARIES * (2 * even(STAND_FOR) - 1))).tolist()), size
    return (size,), size


@lru_cache(maxsize=256)
def _answer(chart: Chart, asked: Asked, frozen: bool, points: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    model, answers = MODELS[chart], []
    for level in (asked.after, asked.before):
        if frozen:
            left = survival_of_places(model.places(asked, level), asked.points, points).mean(axis=0)
        else:
            left = survival_of_moving(chart, asked, level, points)
        if model.values is not None:
            left = left * survival_of_values(model.values(asked, level), asked.points, points)[0]
        answers.append(tuple(np.minimum.accumulate(np.clip(left, 0.0, 1.0))))
    after, before = (tuple((1 - np.array(each)).tolist()) for each in answers)
    return after, before
