"""What it would take to see a change: how long until a chart would show that an aim is reached, in words."""

from __future__ import annotations

import math
from dataclasses import dataclass

from qitracker.charts.measure_words import MeasureWords
from qitracker.charts.numbers import show_given, show_number
from qitracker.charts.periods import POINT_WORDS, how_many
from qitracker.charts.point_words import average_word
from qitracker.method.measures import Rhythm
from qitracker.spc import Analysis, Chart, Direction, PhaseSummary, Refused, RuleSet
from qitracker.spc.detection import WANTED, Detection, detection
from qitracker.spc.detection_models import MODELS

PER_YEAR = {Rhythm.DAY: 365, Rhythm.WEEK: 52, Rhythm.FORTNIGHT: 26, Rhythm.MONTH: 12, Rhythm.QUARTER: 4}
_OF_CASES = frozenset({Chart.P, Chart.PP, Chart.U, Chart.UP})
_LEAST_BASELINE, _FIRM_BASELINE, _MOST_BASELINE = 12, 20, 1_000
_PERCENT = 100
_FEW_EVENTS = 4
"""With no more than so many a point a chart of what lies between events tells more (our choice)."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait: `number` for a box ("about 29 months"), `sentence` for a page."""

    number: str
    sentence: str


def time_to_be_sure(analysis: Analysis, words: MeasureWords, aim: float | None) -> Patience | None:
    """How long after a change from the present average to `aim` (plotted units) the chart would show it.

    None where there is no aim, no limits, no rhythm or no model of the chart, or where the aim is reached already.
    """
    latest = analysis.phases[-1]
    if aim is None or analysis.chart not in MODELS or latest.cl is None or words.rhythm not in PER_YEAR:
        return None
    if latest.n_baseline < _LEAST_BASELINE or _is_reached(analysis, latest.cl, aim):
        return None
    n_baseline, per_year = latest.n_baseline, PER_YEAR[words.rhythm]
    is_frozen = not all(analysis.baseline[latest.first : latest.last + 1])
    try:
        found = _detection(analysis, latest, aim, per_year, n_baseline, frozen=is_frozen)
        if_frozen = None
        if not is_frozen:
            if_frozen = _detection(analysis, latest, aim, per_year, max(n_baseline, _FIRM_BASELINE), frozen=True)
    except Refused:
        return None
    return Patience(_number(found, words), " ".join(_sentences(found, if_frozen, analysis, latest, words)))


def _detection(
    analysis: Analysis, latest: PhaseSummary, aim: float, per_year: int, n_baseline: int, *, frozen: bool
) -> Detection:
    """With the denominators and the spread that the latest phase has."""
    places = [at for at in range(latest.first, latest.last + 1) if analysis.included[at]]
    sizes = [size for at in places if (size := analysis.n[at]) is not None]
    at, spread = next(((at, sigma) for at in places if (sigma := analysis.sigma[at]) is not None), (0, 0.0))
    size, mean_size = analysis.n[at], latest.mean_n
    return detection(
        analysis.chart,
        baseline=latest.cl or 0.0,
        aim=aim,
        n=sizes or None,
        sigma=spread if size is None or mean_size is None else spread * math.sqrt(size / mean_size),
        per_year=per_year,
        baseline_points=min(n_baseline, _MOST_BASELINE),
        frozen=frozen,
        multiply=analysis.multiply,
    )


def _is_reached(analysis: Analysis, level: float, aim: float) -> bool:
    if analysis.direction is Direction.DECREASE:
        return level <= aim
    return level >= aim if analysis.direction is Direction.INCREASE else level == aim


def _number(found: Detection, words: MeasureWords) -> str:
    return (
        "More than 10 years" if found.points_needed is None else f"About {how_many(found.points_needed, words.rhythm)}"
    )


def _sentences(
    found: Detection, if_frozen: Detection | None, analysis: Analysis, latest: PhaseSummary, words: MeasureWords
) -> list[str]:
    one, several = POINT_WORDS[words.rhythm]
    size = ""
    if found.chart in _OF_CASES and latest.mean_n is not None:
        size = f", with about {show_number(float(f'{latest.mean_n:.2g}'), words.out_of)} a {one}"
    change = f"from {show_number(found.baseline, words.unit)} to {show_given(found.aim, words.unit)}"
    year = found.chances[: found.per_year]
    chance = f"{min(99, round(year[-1] * _PERCENT))}%"
    remedy = "" if if_frozen is None else _if_frozen(if_frozen, found, latest, words)
    said = [f"If the {average_word(analysis.chart)} really goes {change}{size},"]
    if found.points_needed is None:
        said[0] += " the chart may not show it within ten years."
        said.append(f"Within one year the chance of a signal is {chance}.")
        said.append(remedy or f"Count more {several}, or aim at a larger change.")
    else:
        said[0] += (
            f" it takes about {how_many(found.points_needed, words.rhythm)} until the chart shows it "
            f"with a chance of {round(WANTED * _PERCENT)}%."
        )
        if found.points_needed > found.per_year:
            said.append(
                f"Within one year the chance is {chance}: a chart that shows nothing then does not mean it failed."
            )
        if remedy:
            said.append(remedy)
    if found.is_doubtful:
        why = "the change is too small for this chart to tell."
        if _is_rare(found, analysis, latest):
            why = "the events are too rare for this chart. The time or the cases between events would tell more."
        said.append(f"By then a signal would be almost as likely without any change: {why}")
    if analysis.rules is not RuleSet.PROVOST_MURRAY:
        said.append("This is worked out for the usual rules, those of Provost and Murray.")
    return said


def _is_rare(found: Detection, analysis: Analysis, latest: PhaseSummary) -> bool:
    """Whether there are few events a point, or few that do not happen."""
    level = found.baseline / analysis.multiply
    if found.chart in {Chart.P, Chart.PP}:
        level = min(level, 1 - level)
    elif found.chart not in {Chart.U, Chart.UP, Chart.C}:
        return False
    return level * (latest.mean_n or 1.0) <= _FEW_EVENTS


def _if_frozen(if_frozen: Detection, found: Detection, latest: PhaseSummary, words: MeasureWords) -> str:
    """What ending the baseline would gain; nothing where that is a point or none."""
    if if_frozen.points_needed is None or if_frozen.points_needed + 1 >= (found.points_needed or math.inf):
        return ""
    which = "latest" if latest.n_baseline >= _FIRM_BASELINE else f"{_FIRM_BASELINE}th"
    return (
        f"Each new number still moves the average. If the baseline ended with the {which} number, it would take about "
        f"{how_many(if_frozen.points_needed, words.rhythm)}."
    )
