"""What a funnel plot says: which places differ by more than chance, in words that blame nobody.

A place beyond the outer limits is a reason to look at its data, its patients and its care, in that order; never a
verdict (Spiegelhalter, Funnel plots for comparing institutional performance, Statistics in Medicine 24, 2005).
"""

from __future__ import annotations

from collections.abc import Sequence

from qitracker.charts.measure_words import MeasureWords
from qitracker.charts.numbers import short_unit, show_number
from qitracker.spc import Direction, Meaning
from qitracker.spc.funnel import Funnel, FunnelPlace, Passed

SIDES = {Passed.ABOVE_998: 1, Passed.ABOVE_95: 1, Passed.BELOW_95: -1, Passed.BELOW_998: -1}
OUTER = frozenset({Passed.ABOVE_998, Passed.BELOW_998})
BEYOND_INNER = 0.05
"""Share of places that lie beyond the 95 % limits by chance alone."""
FEW = 3
"""Fewer places than this are no funnel: say them one by one (our choice)."""
MUCH_SPREAD = 2.0
"""So many times the spread of chance, and something other than chance makes the places differ (our choice)."""
_MOST_NAMED = 5


def meaning_of_place(place: FunnelPlace, direction: Direction) -> Meaning:
    """What a place beyond the outer limits says; within them, and between the two pairs, it is common cause."""
    if place.passed not in OUTER:
        return Meaning.COMMON_CAUSE
    high = SIDES[place.passed] > 0
    if direction is Direction.NEUTRAL:
        return Meaning.NEUTRAL_HIGH if high else Meaning.NEUTRAL_LOW
    return Meaning.IMPROVEMENT if high is (direction is Direction.INCREASE) else Meaning.CONCERN


def place_words(place: FunnelPlace, words: MeasureWords) -> str:
    """What one place shows: ``Above the outer limit of 14.2%: more than chance``."""
    if place.passed is Passed.WITHIN:
        return "Within the limits: it may be chance"
    high, is_outer = SIDES[place.passed] > 0, place.passed in OUTER
    limits = place.limits
    if is_outer:
        limit = limits.upper_998 if high else limits.lower_998
    else:
        limit = limits.upper_95 if high else limits.lower_95
    side = "Above" if high else "Below"
    said = "more than chance" if is_outer else "look again next time"
    return (
        f"{side} the {'outer' if is_outer else 'inner'} limit of {show_number(limit, short_unit(words.unit))}: {said}"
    )


def funnel_words(plot: Funnel, words: MeasureWords) -> str:
    """The whole plot in a few sentences: who differs, what chance alone would bring, what to look at first."""
    count = len(plot.places)
    if not count:
        return "There is nothing to compare yet."
    level = show_number(plot.centre, words.unit)
    if count < FEW:
        return f"There are only {count} to compare: too few for a funnel. Together they are at {level}."
    outer = [place for place in plot.places if place.passed in OUTER]
    inner = [place for place in plot.places if place.passed not in OUTER and place.passed is not Passed.WITHIN]
    said = [f"{count} are compared with what they have together, {level}."]
    for side, word in ((1, "higher"), (-1, "lower")):
        names = [place.name for place in outer if SIDES[place.passed] == side]
        if names:
            said.append(f"{_listed(names)} {'is' if len(names) == 1 else 'are'} {word} by more than chance.")
    if not outer:
        said.append("None differs by more than chance.")
    if inner:
        said.append(f"{len(inner)} more {'lies' if len(inner) == 1 else 'lie'} between the inner and the outer limits.")
    expected = round(count * BEYOND_INNER)
    chance = f"about {expected}" if expected else "fewer than 1"
    said.append(f"By chance alone {chance} of {count} would lie beyond the inner limits.")
    if plot.adjusted:
        said.append("They differ by more than chance as a whole, so the limits were widened to fit that.")
    elif plot.phi > MUCH_SPREAD:
        said.append(
            "As a whole they differ far more than chance would have it. Look first at who is cared for where, and at "
            "how it is counted."
        )
    if outer:
        said.append("Look at the data first, then at the patients, then at the care.")
    return " ".join(said)


def _listed(names: Sequence[str]) -> str:
    if len(names) > _MOST_NAMED:
        return f"{', '.join(names[:_MOST_NAMED])} and {len(names) - _MOST_NAMED} more"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
