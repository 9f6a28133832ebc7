"""Where the signal or the gain of a chart began: what lists of charts keep of its finding."""

from __future__ import annotations

from qitracker.charts.advice_words import ENOUGH
from qitracker.charts.evidence import counts, last_counted
from qitracker.charts.seen import is_constant, look, unusual_runs
from qitracker.spc import Analysis, Meaning, Variation

NO_SIGNAL = {Variation.COMMON_CAUSE, Variation.NOT_ENOUGH_DATA}


def signal_from(analysis: Analysis) -> int | None:
    """The index of the first point of the signal that the latest point belongs to; None where it says nothing special.

    All points of a run carry its meaning, so it is the start of the last stretch with one meaning. A period without a
    number does not end it; a new phase does.
    """
    if analysis.variation in NO_SIGNAL:
        return None
    counted = [place for place, meaning in enumerate(analysis.meaning) if meaning is not None]
    first = counted[-1]
    for place in reversed(counted):
        if (analysis.meaning[place], analysis.phase[place]) != (analysis.meaning[first], analysis.phase[first]):
            break
        first = place
    return first


def gain_from(analysis: Analysis) -> int | None:
    """The index of the first point of the gain that the headline of the chart's finding speaks of; None without one.

    A gain outlives its signal: once a team gives the chart a new phase at the better level, the latest points are
    ordinary ones of that phase, and the chart still says "Improved".
    """
    last = last_counted(analysis)
    if last is None or sum(counts(analysis, i) for i in range(len(analysis.y))) < ENOUGH or unusual_runs(analysis):
        return None
    seen = look(analysis, last)
    if seen.headline.meaning is not Meaning.IMPROVEMENT or is_constant(analysis):
        return None
    if seen.change and seen.change.meaning is Meaning.IMPROVEMENT:
        return seen.change.start
    return signal_from(analysis)
