"""A young phase shows no limits: below 12 numbers they would promise more than they can keep.

The engine gives limits at any length; that a page keeps them back is the advice of Provost and Murray, The Health Care
Data Guide, 2011, chapter 4. A whole series below 12 numbers is drawn as a run chart (`spc.kind_to_draw`), which says
nothing of a later phase that has just begun, or of a baseline that ends after a few numbers.
"""

from dataclasses import replace

from qitracker.charts.advice_words import ENOUGH
from qitracker.charts.evidence import CHANGES, SHIFTS, TRENDS
from qitracker.charts.seen import meaning_of
from qitracker.spc import Analysis, CloseTo, Meaning, Variation

WITHOUT_LIMITS = SHIFTS | TRENDS
"""Rules that ask nothing of the limits: what they find in a young phase is an early sign and stays."""


def without_unsure_limits(analysis: Analysis) -> Analysis:
    """The analysis without limits, and without the signals that rest on them, in phases of fewer than 12 numbers."""
    young = {one.number for one in analysis.phases if not one.is_run_chart and one.n_baseline < ENOUGH}
    places = [i for i, phase in enumerate(analysis.phase) if phase in young]
    if not places or all(analysis.sigma[i] is None for i in places):
        return analysis
    signals = {
        signal: flags
        if signal in WITHOUT_LIMITS
        else tuple(0 if analysis.phase[i] in young else flag for i, flag in enumerate(flags))
        for signal, flags in analysis.signals.items()
    }
    lcl, ucl, sigma = (
        tuple(None if phase in young else value for phase, value in zip(analysis.phase, column, strict=True))
        for column in (analysis.lcl, analysis.ucl, analysis.sigma)
    )
    meaning = list(analysis.meaning)
    for i in places:
        if meaning[i] is not None:
            sides = [flags[i] for signal in CHANGES if (flags := signals.get(signal)) and flags[i]]
            meaning[i] = meaning_of(sides[0], analysis.direction) if sides else Meaning.COMMON_CAUSE
    changed = replace(
        analysis,
        lcl=lcl,
        ucl=ucl,
        sigma=sigma,
        signals=signals,
        meaning=tuple(meaning),
        both=tuple(i for i in analysis.both if analysis.phase[i] not in young),
    )
    if analysis.phase[-1] not in young:
        return changed
    return replace(changed, variation=Variation.NOT_ENOUGH_DATA, assurance=None, close_to=CloseTo())
