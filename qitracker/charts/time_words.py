"""What it would take to see a change: how long until a chart would show that an aim is reached, in words."""

from __future__ import annotations

from dataclasses import dataclass

from qitracker.charts.measure_words import MeasureWords
from qitracker.charts.numbers import show_given, show_number
from qitracker.charts.periods import POINT_WORDS, how_many
from qitracker.charts.point_words import average_word
from qitracker.method.measures import Rhythm
from qitracker.spc import Analysis, Chart, Direction, PhaseSummary, Refused
from qitracker.spc.detection import WANTED, Detection, detection

PER_YEAR = {Rhythm.DAY: 365, Rhythm.WEEK: 52, Rhythm.FORTNIGHT: 26, Rhythm.MONTH: 12, Rhythm.QUARTER: 4}
# Primed charts are looked at as their plain kind: their wider limits make the answer a little hopeful.
_MODELS = {Chart.P: Chart.P, Chart.PP: Chart.P, Chart.U: Chart.U, Chart.UP: Chart.U, Chart.C: Chart.C, Chart.I: Chart.I}
_LEAST_BASELINE, _MOST_BASELINE = 12, 100
_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait: `number` for a box ("about 29 months"), `sentence` for a page."""

    number: str
    sentence: str


def time_to_be_sure(analysis: Analysis, words: MeasureWords, aim: float | None) -> Patience | None:
    """How long after a change from the present average to `aim` (plotted units) the chart would show it.

    None where there is no aim, no limits, no rhythm or no model of the chart, or where the aim is reached already.
    """
    latest, chart = analysis.phases[-1], _MODELS.get(analysis.chart)
    if aim is None or chart is None or latest.cl is None or words.rhythm not in PER_YEAR:
        return None
    if latest.n_baseline < _LEAST_BASELINE or _is_reached(analysis, latest.cl, aim):
        return None
    try:
        found = detection(
            chart,
            baseline=latest.cl,
            aim=aim,
            n=_rounded(latest.mean_n) if chart in {Chart.P, Chart.U} else None,
            sigma=_sigma(latest) if chart is Chart.I else None,
            per_year=PER_YEAR[words.rhythm],
            baseline_points=min(_MOST_BASELINE, latest.n_baseline),
            multiply=analysis.multiply,
        )
    except Refused:
        return None
    return Patience(_number(found, words), " ".join(_sentences(found, analysis, latest, words)))


def _is_reached(analysis: Analysis, level: float, aim: float) -> bool:
    if analysis.direction is Direction.DECREASE:
        return level <= aim
    return level >= aim if analysis.direction is Direction.INCREASE else level == aim


def _rounded(size: float | None) -> float | None:
    """Three figures of a usual denominator: more say nothing here, and fewer answers are worked out twice."""
    return None if size is None else max(1.0, float(f"{size:.3g}"))


def _sigma(latest: PhaseSummary) -> float | None:
    """A third of the way from the line to a limit: what the chart takes chance to be."""
    if latest.ucl is None or latest.cl is None:
        return None
    return (latest.ucl - latest.cl) / 3


def _number(found: Detection, words: MeasureWords) -> str:
    return (
        "More than 10 years" if found.points_needed is None else f"About {how_many(found.points_needed, words.rhythm)}"
    )


def _sentences(found: Detection, analysis: Analysis, latest: PhaseSummary, words: MeasureWords) -> list[str]:
    one, several = POINT_WORDS[words.rhythm]
    size = ""
    if found.chart in {Chart.P, Chart.U} and latest.mean_n is not None:
        size = f", with about {show_number(float(f'{latest.mean_n:.2g}'), words.out_of)} a {one}"
    change = f"from {show_number(found.baseline, words.unit)} to {show_given(found.aim, words.unit)}"
    year = found.chances[: found.per_year]
    chance = f"{min(99, round(year[-1] * _PERCENT))}%"
    said = [f"If the {average_word(analysis.chart)} really goes {change}{size},"]
    if found.points_needed is None:
        said[0] += " the chart may not show it within ten years."
        said.append(
            f"Within one year the chance of a signal is {chance}. Count more {several}, or aim at a larger change."
        )
    else:
        said[0] += (
            f" it takes about {how_many(found.points_needed, words.rhythm)} until the chart shows it "
            f"with a chance of {round(WANTED * _PERCENT)}%."
        )
        if found.points_needed > found.per_year:
            said.append(
                f"Within one year the chance is {chance}: a chart that shows nothing then does not mean it failed."
            )
    if found.is_doubtful:
        said.append(
            "By then a signal would be almost as likely without any change: the events are too rare for this chart. "
            "The time or the cases between events would tell more."
        )
    return said
