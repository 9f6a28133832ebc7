"""Where a chart stands against an aim: the level of its latest phase, and whether chance can explain the change."""

from dataclasses import dataclass

from qitracker.spc import Analysis, Meaning, Signal, Variation, shift_against

BETTER = {Variation.IMPROVEMENT_HIGH, Variation.IMPROVEMENT_LOW}
WORSE = {Variation.CONCERN_HIGH, Variation.CONCERN_LOW}
SHIFTS = (Signal.SHIFT8, Signal.SHIFT6)


@dataclass(frozen=True, slots=True)
class Level:
    """The level now (plotted units, None without points), and whether a signal says better or worse."""

    level: float | None
    improved: bool = False
    worsened: bool = False


def level_and_signal(analysis: Analysis | None) -> Level:
    """Read the level and the change off an analysis.

    With several phases the level is the latest centre line, and the shift that started a later phase is the
    signal. With one phase and a shift that lasts, the level is the mean of the shift's points: the centre line
    still is the old one. A single point outside the limits is no new level.
    """
    if analysis is None or not analysis.phases:
        return Level(None)
    latest = analysis.phases[-1]
    meanings: set[Meaning | None] = set()
    for phase in analysis.phases[1:]:
        evidence = shift_against(analysis, phase.number)
        meanings.add(evidence.meaning if evidence else None)
    level = latest.cl
    for suggestion in analysis.suggestions:
        level = suggestion.cl_new
        meanings.add(suggestion.meaning)
    if not analysis.suggestions:
        lasting = any(any(analysis.signals.get(rule, ())[latest.first :]) for rule in SHIFTS)
        if analysis.variation in BETTER and lasting:
            meanings.add(Meaning.IMPROVEMENT)
        if analysis.variation in WORSE and lasting:
            meanings.add(Meaning.CONCERN)
    return Level(level, Meaning.IMPROVEMENT in meanings, Meaning.CONCERN in meanings)
