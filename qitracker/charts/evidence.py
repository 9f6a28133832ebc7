"""What the rules saw, as sentences: which points, since when, against which line."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from qitracker.charts.measure_words import MeasureWords
from qitracker.charts.numbers import short_unit, show_number
from qitracker.charts.periods import POINT_WORDS, from_period, how_many, show_period, the_period
from qitracker.charts.point_words import average_word
from qitracker.spc import Analysis, RuleSet, Signal

# The rules by what they look for, over all rule sets: each set has its own name and number for the same thing.
SHIFTS = frozenset({Signal.SHIFT8, Signal.SHIFT6, Signal.SHIFT7, Signal.WE4, Signal.NELSON2})
TRENDS = frozenset({Signal.TREND6, Signal.TREND5, Signal.TREND7, Signal.NELSON3})
OUTSIDES = frozenset({Signal.OUTSIDE, Signal.WE1, Signal.NELSON1})
FOUR_OF_FIVE = frozenset({Signal.WE3, Signal.NELSON6})
TWO_OF_THREE = frozenset({Signal.TWO_OF_THREE, Signal.WE2, Signal.NELSON5})
# From what lasts longest to what may pass; rules without a side (15 points near the average) are cautions, no change.
CHANGES = tuple(
    signal for alike in (SHIFTS, TRENDS, FOUR_OF_FIVE, TWO_OF_THREE, OUTSIDES) for signal in Signal if signal in alike
)
# In these rule sets a point on the line, a repeat or a gap ends a run or a trend (NHS England, Making Data Count).
_TIES_BREAK = frozenset({RuleSet.MAKING_DATA_COUNT, RuleSet.PLOTTHEDOTS})


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of points that one rule flagged: indexes of the first and the last, and how many count."""

    first: int
    last: int
    count: int


def last_counted(analysis: Analysis) -> int | None:
    """The index of the latest point that has a value and is not left out."""
    counted = (i for i in range(len(analysis.y) - 1, -1, -1) if counts(analysis, i))
    return next(counted, None)


def counts(analysis: Analysis, i: int) -> bool:
    """Whether a point has a value and is not left out."""
    return analysis.y[i] is not None and analysis.included[i]


def run_around(analysis: Analysis, signal: Signal, i: int) -> Run:
    """The stretch that point ``i`` is part of, within its phase."""
    before = list(_walk(analysis, signal, i, range(i - 1, -1, -1)))
    after = list(_walk(analysis, signal, i, range(i + 1, len(analysis.y))))
    return Run(min([i, *before]), max([i, *after]), 1 + len(before) + len(after))


def _walk(analysis: Analysis, signal: Signal, start: int, path: Iterable[int]) -> Iterable[int]:
    """The flagged points along a path, up to the first that ends the stretch."""
    flags, side = analysis.signals[signal], analysis.signals[signal][start]
    reached = start
    for i in path:
        if analysis.phase[i] != analysis.phase[start]:
            return
        if analysis.rules in _TIES_BREAK and analysis.y[i] is None:
            return
        if not counts(analysis, i) or _skipped(analysis, signal, i, reached):
            continue
        if flags[i] != side or (signal in TRENDS and not _goes_on(analysis, reached, i, side)):
            return
        reached = i
        yield i


def _skipped(analysis: Analysis, signal: Signal, i: int, neighbour: int) -> bool:
    """Points on the line neither make nor break a shift, repeats neither make nor break a trend."""
    if analysis.rules in _TIES_BREAK:
        return False
    value = analysis.y[i]
    other = analysis.cl[i] if signal in SHIFTS else analysis.y[neighbour] if signal in TRENDS else None
    return value is not None and other is not None and math.isclose(value, other, rel_tol=1e-9)


def _goes_on(analysis: Analysis, one: int, other: int, side: int) -> bool:
    first, second = sorted((one, other))
    return ((analysis.y[second] or 0.0) - (analysis.y[first] or 0.0)) * side > 0


def evidence(analysis: Analysis, signal: Signal, i: int, words: MeasureWords) -> str:
    """What the rule saw, with the latest point ``i`` part of it: "The last 12 weeks were all below ..."."""
    side = analysis.signals[signal][i]
    run = run_around(analysis, signal, i)
    points = POINT_WORDS[words.rhythm][1]
    since = from_period(analysis.x[run.first], words.rhythm)
    if signal in SHIFTS:
        return f"The last {how_many(run.count, words.rhythm)} were all {line_words(analysis, i, side, words)}, {since}."
    if signal in TRENDS:
        return f"The last {how_many(run.count, words.rhythm)} all went {'up' if side > 0 else 'down'}, {since}."
    if signal in OUTSIDES:
        return outside_sentence(analysis, i, side, words)
    if signal in FOUR_OF_FIVE:
        return f"At least 4 of the last 5 {points} were well {line_words(analysis, i, side, words)}."
    limit = "upper" if side > 0 else "lower"
    return f"At least 2 of the last 3 {points} were close to the {limit} limit, or beyond it."


def earlier_evidence(analysis: Analysis, signal: Signal, i: int, words: MeasureWords) -> str:
    """The same of a signal that is over."""
    side = analysis.signals[signal][i]
    run = run_around(analysis, signal, i)
    rhythm = words.rhythm
    span = f"{from_period(analysis.x[run.first], rhythm)} to {the_period(analysis.x[run.last], rhythm)}"
    if signal in SHIFTS:
        return f"{how_many(run.count, rhythm)} in a row were {line_words(analysis, i, side, words)}, {span}."
    if signal in TRENDS:
        return f"{how_many(run.count, rhythm)} in a row went {'up' if side > 0 else 'down'}, {span}."
    if signal in OUTSIDES:
        return outside_sentence(analysis, i, side, words)
    if signal in FOUR_OF_FIVE:
        return f"4 of 5 {POINT_WORDS[rhythm][1]} were well {line_words(analysis, i, side, words)}, {span}."
    limit = "upper" if side > 0 else "lower"
    return f"2 of 3 {POINT_WORDS[rhythm][1]} were close to the {limit} limit, or beyond it, {span}."


def outside_sentence(analysis: Analysis, i: int, side: int, words: MeasureWords) -> str:
    """``January 2025 (18.2%) was above the upper limit of 17.9%.``"""
    unit = short_unit(words.unit)
    period = the_period(analysis.x[i], words.rhythm)
    limit = analysis.ucl[i] if side > 0 else analysis.lcl[i]
    name = "above the upper limit" if side > 0 else "below the lower limit"
    return f"{capital(period)} ({show_number(analysis.y[i], unit)}) was {name} of {show_number(limit, unit)}."


def line_words(analysis: Analysis, i: int, side: int, words: MeasureWords) -> str:
    """``below the average of 12.0%``."""
    number = show_number(analysis.cl[i], short_unit(words.unit))
    return f"{'above' if side > 0 else 'below'} the {average_word(analysis.chart)} of {number}"


def capital(text: str) -> str:
    """The text with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def short_evidence(analysis: Analysis, signal: Signal, i: int, words: MeasureWords) -> str:
    """What the rule saw, in a line under a small chart."""
    side = analysis.signals[signal][i]
    if signal in SHIFTS:
        count = run_around(analysis, signal, i).count
        where = "above" if side > 0 else "below"
        return f"The last {how_many(count, words.rhythm)} are {where} the old {average_word(analysis.chart)}."
    if signal in OUTSIDES:
        limit = "above the upper" if side > 0 else "below the lower"
        return f"{capital(show_period(analysis.x[i], words.rhythm))} is {limit} limit."
    return evidence(analysis, signal, i, words)
