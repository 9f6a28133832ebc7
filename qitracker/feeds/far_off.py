"""Whether a number is so far from the others that a slip of the finger is likelier. It asks, it never blocks. Pure.

The limits of the chart are not used: an outbreak lies outside them and is true. What is asked about lies several
times the whole spread of the last numbers away. The factors are ours, chosen so that doubling never asks.
"""

from collections.abc import Sequence

from qitracker.charts.numbers import show_given, show_number
from qitracker.feeds.definition import Definition
from qitracker.feeds.numbers import Numbers, drawn

RECENT = 12  # the last numbers, about a year of months
FEWEST_FOR_SPREAD, FEWEST_FOR_TIMES = 6, 3
SPREADS_AWAY = 3.0
TIMES = 7.0  # one digit too many or too few makes about ten times
LEAST_SPREAD = 0.1  # of the largest: numbers that never vary still may
LEAST_SPREAD_COUNTED = 3.0  # three events after none are news, not a slip


def why_ask(numbers: Numbers, recent: Sequence[Numbers], definition: Definition) -> str | None:
    """The question about these numbers given the last ones, or None."""
    before = [one for one in recent if (one.second is None) == (numbers.second is None)][-RECENT:]
    if numbers.second is not None and (question := _below_question(numbers, before, definition)):
        return question
    heights = [drawn(one, definition) for one in before]
    height = drawn(numbers, definition)
    counted = definition.is_counted and not definition.takes_counts
    if not is_far_off(height, heights, least=LEAST_SPREAD_COUNTED if counted else 0.0):
        return None
    show = show_number if numbers.second is not None or numbers.several else show_given
    said = show(height, definition.unit if definition.takes_counts else "")
    question = f"Is {said} right? {_last(heights, show)}"
    return question + _percent_meant(height, heights, definition)


def is_far_off(value: float, before: Sequence[float], *, least: float = 0.0) -> bool:
    """Whether a value lies far outside the values before it. `least` is the smallest spread they are given."""
    if len(before) < FEWEST_FOR_TIMES or min(before) <= value <= max(before):
        return False
    low, high = min(before), max(before)
    size = max(abs(low), abs(high))
    usual = sum(abs(one) for one in before) / len(before)
    if value < 0 <= low:
        return True
    if abs(value) > TIMES * max(usual, least) > 0 or 0 < abs(value) < usual / TIMES:
        return True
    spread = max(high - low, LEAST_SPREAD * size, least)
    away = max(value - high, low - value)
    return len(before) >= FEWEST_FOR_SPREAD and spread > 0 and away > SPREADS_AWAY * spread


def _below_question(numbers: Numbers, before: Sequence[Numbers], definition: Definition) -> str | None:
    below = [one.second for one in before if one.second is not None]
    if numbers.second is None or not is_far_off(numbers.second, below):
        return None
    words = f" for “{definition.denominator}”" if definition.denominator else ""
    return f"Is {show_given(numbers.second)}{words} right? {_last(below, show_given)}"


def _last(values: Sequence[float], show: object) -> str:
    low, high = min(values), max(values)
    assert callable(show)
    if low == high:
        return f"The last numbers were all {show(low)}."
    return f"The last numbers were {show(low)} to {show(high)}."


def _percent_meant(value: float, before: Sequence[float], definition: Definition) -> str:
    """0.91 typed among percentages."""
    if definition.is_percent and 0 < value < 1 <= min(before):
        return f" If you mean {show_given(round(value * 100, 6))}%, type {show_given(round(value * 100, 6))}."
    return ""
