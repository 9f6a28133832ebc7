"""What a stored series says: its analysis, its finding in words, its small picture. For every page with a chart.

The analysis is read as it was stored with the points; nothing is computed here but words and pictures.
"""

from dataclasses import dataclass
from datetime import date

from qitracker.charts.measure_words import MeasureWords
from qitracker.charts.sparkline import sparkline
from qitracker.charts.words import Finding, finding
from qitracker.method.aims import Aim as AimParts
from qitracker.method.cycles import CycleState, state_of
from qitracker.models import Aim, Cycle, Measure, Series
from qitracker.spc import Analysis


@dataclass(frozen=True, slots=True)
class Said:
    """A series with what it says. `analysis` is None without points."""

    series: Series
    words: MeasureWords
    analysis: Analysis | None
    finding: Finding


def words_of(measure: Measure) -> MeasureWords:
    """How to speak of a measure."""
    return MeasureWords(measure.name, measure.unit, measure.rhythm, measure.numerator, measure.denominator)


def analysis_of(series: Series) -> Analysis | None:
    """The stored analysis; None without points or when what is stored cannot be read (`qitracker rebuild`)."""
    if not series.analysis:
        return None
    try:
        return Analysis.from_json(series.analysis)
    except (ValueError, KeyError, TypeError):
        return None


def said_by(series: Series) -> Said:
    """Everything a page says about a series. Needs series.measure and series.analysis loaded."""
    return said_from(series, analysis_of(series))


def said_from(series: Series, analysis: Analysis | None) -> Said:
    """The same where the analysis has been read already."""
    words = words_of(series.measure)
    return Said(series, words, analysis, finding(analysis, words))


def picture_of(said: Said, *, width: int = 300, height: int = 80) -> str:
    """The sparkline, as SVG; empty without points."""
    one = said.analysis
    if one is None:
        return ""
    return sparkline(
        one.y, one.cl, one.meaning, lower=one.lcl, upper=one.ucl, label=said.finding.short, width=width, height=height
    )


def aim_parts(aim: Aim) -> AimParts:
    """A stored aim as the method takes it; its direction follows from its numbers."""
    return AimParts(
        measure=aim.what, population=aim.population, start=aim.start, target=aim.target, unit=aim.unit, by=aim.by_date
    )


def cycle_state(cycle: Cycle, today: date) -> CycleState:
    """Where a stored cycle stands on a day."""
    return state_of(
        today,
        planned_start=cycle.planned_start,
        planned_end=cycle.planned_end,
        started=cycle.started,
        ended=cycle.ended,
        studied=bool(cycle.findings or cycle.learnt),
        decision=cycle.decision,
    )
