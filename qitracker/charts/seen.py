"""What is to be seen on a chart before any of it is put into words: the latest point, and the change before it."""

from __future__ import annotations

from dataclasses import dataclass

from qitracker.charts.advice_words import ENOUGH
from qitracker.charts.evidence import CHANGES, OUTSIDES, SHIFTS, counts, run_around
from qitracker.charts.headlines import NOW, Headline, Now, headline_for
from qitracker.spc import (
    Analysis,
    Direction,
    Meaning,
    PhaseSummary,
    RuleSet,
    Runs,
    ShiftEvidence,
    Signal,
    Suggestion,
    shift_against,
)

ACROSS = 0.2
"""A shift is the reason for a phase while at most this share of the points since it began lies on the other side
of the old level: the share the engine asks of a shift before it suggests a phase. Eight in a row turn up
somewhere in any long phase."""


@dataclass(frozen=True, slots=True)
class Change:
    """A shift that has lasted: the reason for the latest phase, or (``offer``) for a next one.

    Indexes of its first and its confirming point, its counted points, its side (+1 above, -1 below the level
    before), the levels before and after.
    """

    start: int
    confirmed: int
    count: int
    side: int
    before: float
    after: float
    meaning: Meaning
    offer: Suggestion | None


@dataclass(frozen=True, slots=True)
class Seen:
    """The latest point that counts, the rules it is part of (those that last longest first), the latest phase.

    ``before`` is the phase before it. ``goes_on``: the latest point is still part of the offered shift.
    """

    analysis: Analysis
    last: int
    signals: tuple[Signal, ...]
    now: Now
    latest: PhaseSummary
    before: PhaseSummary | None
    change: Change | None
    goes_on: bool
    earlier: tuple[Signal, int] | None

    @property
    def headline(self) -> Headline:
        """What is said first, where there are numbers enough to say anything."""
        return NOW[self.now] if self.goes_on else headline_for(self.now, self.change.meaning if self.change else None)


def look(analysis: Analysis, last: int) -> Seen:
    """What is to be seen, ``last`` being the index of the latest point that counts."""
    phases = analysis.phases
    latest, before = phases[-1], phases[-2] if len(phases) > 1 else None
    signals: tuple[Signal, ...] = ()
    if analysis.phase[last] == latest.number:
        signals = tuple(s for s in CHANGES if s in analysis.signals and analysis.signals[s][last])
    change = _change(analysis, latest)
    goes_on = change is not None and change.offer is not None and _goes_on(analysis, last, signals, change)
    now = _now(analysis, last, signals)
    earlier = _earlier(analysis, latest) if now is Now.STEADY else None
    return Seen(analysis, last, signals, now, latest, before, change, goes_on, earlier)


def _change(analysis: Analysis, latest: PhaseSummary) -> Change | None:
    """The lasting shift within the latest phase, else the one that the latest phase is itself."""
    for offer in analysis.suggestions:
        levels = offer.cl_now, offer.cl_new
        return Change(offer.at, offer.confirmed_at, offer.points, offer.side, *levels, offer.meaning, offer)
    shift = shift_against(analysis, latest.number)
    if shift is None or not _lasted(analysis, shift, latest):
        return None
    levels = shift.cl_before, shift.cl_after
    return Change(shift.start, shift.confirmed, shift.run_length, shift.side, *levels, shift.meaning, None)


def _lasted(analysis: Analysis, shift: ShiftEvidence, latest: PhaseSummary) -> bool:
    """Whether the level stayed on its side of the old one."""
    since = [
        (value - shift.cl_before) * shift.side
        for i in range(shift.start, latest.last + 1)
        if counts(analysis, i) and (value := analysis.y[i]) is not None
    ]
    return sum(distance < 0 for distance in since) <= ACROSS * len(since)


def _goes_on(analysis: Analysis, last: int, signals: tuple[Signal, ...], change: Change) -> bool:
    return any(run_around(analysis, signal, last).first == change.start for signal in signals if signal in SHIFTS)


def _earlier(analysis: Analysis, latest: PhaseSummary) -> tuple[Signal, int] | None:
    """The latest signal of the latest phase, and its latest point."""
    for i in range(latest.last, latest.first - 1, -1):
        for signal in CHANGES:
            if signal in analysis.signals and analysis.signals[signal][i] and counts(analysis, i):
                return signal, i
    return None


_BETTER = {Direction.INCREASE: 1, Direction.DECREASE: -1, Direction.NEUTRAL: 0}
_NOW = {
    Meaning.IMPROVEMENT: (Now.BETTER, Now.BETTER_ONCE),
    Meaning.CONCERN: (Now.WORSE, Now.WORSE_ONCE),
    Meaning.NEUTRAL_HIGH: (Now.HIGHER, Now.HIGHER_ONCE),
    Meaning.NEUTRAL_LOW: (Now.LOWER, Now.LOWER_ONCE),
}


def _now(analysis: Analysis, last: int, signals: tuple[Signal, ...]) -> Now:
    meanings = [meaning_of(analysis.signals[signal][last], analysis.direction) for signal in signals]
    if not meanings:
        return Now.STEADY
    if Meaning.IMPROVEMENT in meanings and Meaning.CONCERN in meanings:
        return Now.BOTH
    # Without a better direction the sides may differ too; then the rule that lasts longest speaks.
    return _NOW[meanings[0]][all(signal in OUTSIDES for signal in signals)]


def meaning_of(side: int, direction: Direction) -> Meaning:
    """What a signal of this side (+1 high or rising) says, given which way is better."""
    better = _BETTER[direction]
    if not better:
        return Meaning.NEUTRAL_HIGH if side > 0 else Meaning.NEUTRAL_LOW
    return Meaning.IMPROVEMENT if side == better else Meaning.CONCERN


def is_constant(analysis: Analysis) -> bool:
    """Whether all numbers of the latest phase are the same, so that there is nothing to judge."""
    latest = analysis.phases[-1]
    values = [
        value
        for i in range(latest.first, latest.last + 1)
        if counts(analysis, i) and (value := analysis.y[i]) is not None
    ]
    return len(values) >= ENOUGH and max(values) - min(values) <= 1e-9 * max(map(abs, values))


def unusual_runs(analysis: Analysis) -> Runs | None:
    """The runs of the latest phase where the rules ask about nothing else (Anhøj) and find them unusual."""
    if analysis.rules is not RuleSet.ANHOEJ or not analysis.runs or not analysis.runs[-1].signal:
        return None
    return analysis.runs[-1]
