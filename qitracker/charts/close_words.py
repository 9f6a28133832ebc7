"""Close to a signal: what the latest number leaves open, and what the next one must do to confirm it.

Never more than "keep an eye on it": about one in five such warnings becomes a signal although nothing has changed
(our simulation of 60,000 unchanged series; see qitracker.spc.nearness).
"""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from math import isclose as nearly

from qitracker.charts.evidence import counts
from qitracker.charts.measure_words import MeasureWords
from qitracker.charts.numbers import short_unit, show_number
from qitracker.charts.periods import POINT_WORDS
from qitracker.charts.point_words import average_word
from qitracker.spc import Analysis
from qitracker.spc.close_to import Confirm

NOT_CERTAIN = (
    "This is not certain: about one in five of such patterns becomes a signal though nothing has changed. "
    "Keep an eye on it; nothing else is asked of you."
)
isclose = partial(nearly, rel_tol=1e-9)
_STATES = {"improvement": "This may be the start of an improvement", "concern": "This may become a concern"}
HEADLINE = "This may be the start of a change"


def close_headline(analysis: Analysis) -> str:
    """What the warning that ends latest would say, without a full stop; nothing where there is no warning."""
    close = analysis.close_to
    return _STATES.get(close.state or "", HEADLINE) if close.because else ""


def close_words(analysis: Analysis, words: MeasureWords) -> str:
    """Each warning with its rule and what the next number must do to confirm it; nothing where there is none."""
    if not analysis.close_to.because:
        return ""
    said = [_rule(one, analysis, words) + " " + _confirmed(one, analysis, words) for one in analysis.close_to.confirm]
    return " ".join([*said, NOT_CERTAIN])


def _rule(one: Confirm, analysis: Analysis, words: MeasureWords) -> str:
    high, several = one.side > 0, POINT_WORDS[words.rhythm][1]
    if one.because == "W1":
        limit = "upper" if high else "lower"
        return f"The latest number is close to the {limit} limit, and the one before it lay on the same side."
    if one.because == "W2":
        side = "above" if high else "below"
        count = _on_one_side(analysis, one.side)
        short = "one" if one.points == 1 else str(one.points)
        return (
            f"The last {count} {several} were all {side} the {average_word(analysis.chart)}, {short} short of a shift."
        )
    return f"The last {_one_way(analysis)} {several} all went {'up' if high else 'down'}, one short of a trend."


def _of_latest_phase(analysis: Analysis) -> list[tuple[float, float]]:
    """The values that count and their lines, the latest first."""
    return [
        (value, line)
        for i in range(len(analysis.y) - 1, analysis.phases[-1].first - 1, -1)
        if counts(analysis, i) and (value := analysis.y[i]) is not None and (line := analysis.cl[i]) is not None
    ]


def _on_one_side(analysis: Analysis, side: int) -> int:
    """How many of the latest points lie on this side; those on the line neither count nor end it."""
    away = [(value - line) * side for value, line in _of_latest_phase(analysis) if not isclose(value, line)]
    return next((at for at, distance in enumerate(away) if distance < 0), len(away))


def _one_way(analysis: Analysis) -> int:
    """How many of the latest points go one way, the first of equal neighbours counted."""
    values = [value for value, _ in _of_latest_phase(analysis)]
    steps = [one - before for one, before in pairwise(values) if not isclose(one, before)]
    same = next((at for at, step in enumerate(steps) if step * steps[0] < 0), len(steps))
    return same + 1


def _confirmed(one: Confirm, analysis: Analysis, words: MeasureWords) -> str:
    """What would make it a signal."""
    side = "above" if one.side > 0 else "below"
    level = show_number(one.beyond, short_unit(words.unit))
    where = f"{side} {level}" if one.because != "W2" else f"{side} the {average_word(analysis.chart)} of {level}"
    if one.within > one.points:
        return f"If one of the next {one.within} numbers is {where} too, it is a signal."
    if one.points > 1:
        return f"If the next {one.points} numbers are {where} too, it is a signal."
    return f"If the next number is {where} too, it is a signal."
