"""What a single point says, and what each rule means, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from qitracker.charts.measure_words import MeasureWords
from qitracker.charts.numbers import show_number
from qitracker.charts.palette import EXCLUDED, LOOKS
from qitracker.spc import Analysis, Chart, Meaning, Signal

# The rules of Provost and Murray, The Health Care Data Guide (2011): the first five for control charts
# (chapter 4), the last two for run charts (chapter 3).
_RULES: Mapping[Signal, str] = MappingProxyType(
    {
        Signal.OUTSIDE: "A point is above the upper limit or below the lower limit.",
        Signal.SHIFT8: "8 or more points in a row are on the same side of the average.",
        Signal.TREND6: "6 or more points in a row all go up, or all go down.",
        Signal.TWO_OF_THREE: "2 out of 3 points in a row are close to the same limit, or beyond it.",
        Signal.INNER15: "15 or more points in a row are close to the average.",
        Signal.SHIFT6: "6 or more points in a row are on the same side of the middle value.",
        Signal.TREND5: "5 or more points in a row all go up, or all go down.",
        # NHS England, Making Data Count.
        Signal.SHIFT7: "7 or more points in a row are on the same side of the average.",
        Signal.TREND7: "7 or more points in a row all go up, or all go down.",
        # Western Electric, Statistical Quality Control Handbook (1956).
        Signal.WE1: "A point is above the upper limit or below the lower limit.",
        Signal.WE2: "2 out of 3 points in a row are close to the same limit, or beyond it.",
        Signal.WE3: "4 out of 5 points in a row are well away from the average, on the same side.",
        Signal.WE4: "8 or more points in a row are on the same side of the average.",
        # Nelson, The Shewhart control chart: tests for special causes (1984).
        Signal.NELSON1: "A point is above the upper limit or below the lower limit.",
        Signal.NELSON2: "9 or more points in a row are on the same side of the average.",
        Signal.NELSON3: "6 or more points in a row all go up, or all go down.",
        Signal.NELSON4: "14 or more points in a row go up and down in turn.",
        Signal.NELSON5: "2 out of 3 points in a row are close to the same limit, or beyond it.",
        Signal.NELSON6: "4 out of 5 points in a row are well away from the average, on the same side.",
        Signal.NELSON7: "15 or more points in a row are close to the average.",
        Signal.NELSON8: "8 or more points in a row are all well away from the average.",
    }
)

_BECAUSE: Mapping[Signal, tuple[str, str]] = MappingProxyType(
    {
        Signal.OUTSIDE: ("above the upper limit", "below the lower limit"),
        Signal.SHIFT8: ("in a run above the average", "in a run below the average"),
        Signal.TREND6: ("in a run that goes up", "in a run that goes down"),
        Signal.TWO_OF_THREE: ("close to the upper limit", "close to the lower limit"),
        Signal.INNER15: ("in a long run close to the average", "in a long run close to the average"),
        Signal.SHIFT6: ("in a run above the middle value", "in a run below the middle value"),
        Signal.TREND5: ("in a run that goes up", "in a run that goes down"),
        Signal.SHIFT7: ("in a run above the average", "in a run below the average"),
        Signal.TREND7: ("in a run that goes up", "in a run that goes down"),
        Signal.WE1: ("above the upper limit", "below the lower limit"),
        Signal.WE2: ("close to the upper limit", "close to the lower limit"),
        Signal.WE3: ("well above the average", "well below the average"),
        Signal.WE4: ("in a run above the average", "in a run below the average"),
        Signal.NELSON1: ("above the upper limit", "below the lower limit"),
        Signal.NELSON2: ("in a run above the average", "in a run below the average"),
        Signal.NELSON3: ("in a run that goes up", "in a run that goes down"),
        Signal.NELSON4: ("in a run up and down in turn", "in a run up and down in turn"),
        Signal.NELSON5: ("close to the upper limit", "close to the lower limit"),
        Signal.NELSON6: ("well above the average", "well below the average"),
        Signal.NELSON7: ("in a long run close to the average", "in a long run close to the average"),
        Signal.NELSON8: ("in a run away from the average", "in a run away from the average"),
    }
)


EARLY = 12
"""Numbers before a point can be called common cause (Provost and Murray 2011, chapter 4: no limits before)."""
TOO_EARLY = "Too early to say"


def shown_words(analysis: Analysis, i: int) -> str:
    """What a point shows, as a table says it: nothing for an ordinary point while there are too few to judge by."""
    is_plain = analysis.included[i] and analysis.y[i] is not None and not signals_at(analysis, i)
    return "" if is_plain and is_early(analysis, i) else point_words(analysis, i)


def is_early(analysis: Analysis, i: int) -> bool:
    """Whether the phase of a point has too few numbers to call it common cause."""
    return next((one.n_points < EARLY for one in analysis.phases if one.number == analysis.phase[i]), True)


BOTH_WORD = "Special cause: improvement and concern"


def rule_sentence(signal: Signal, chart: Chart | None = None) -> str:
    """What a rule looks for, in a sentence; with the kind of chart, its line by its own name."""
    sentence = _RULES[signal]
    return sentence if chart is None else sentence.replace("the average", f"the {average_word(chart)}")


def signals_at(analysis: Analysis, i: int) -> tuple[tuple[Signal, int], ...]:
    """The rules that a point is part of, each with its side: +1 high or rising, -1 low or falling."""
    return tuple((signal, flags[i]) for signal, flags in analysis.signals.items() if flags[i])


_LINES: Mapping[Chart, str] = MappingProxyType(
    {
        Chart.RUN: "middle value",
        Chart.G: "middle value",  # the median: counts between events are skewed
        Chart.T: "typical time",  # the mean of the 3.6th root, put back: no plain average
        Chart.MR: "average step",
        Chart.S: "average spread",
    }
)


def average_word(chart: Chart) -> str:
    """What the centre line of a chart is called."""
    return _LINES.get(chart, "average")


def an_average(chart: Chart) -> str:
    """The same with its article: ``an average``, ``a middle value``."""
    word = average_word(chart)
    return f"{'an' if word.startswith('average') else 'a'} {word}"


_PLOTTED: Mapping[Chart, str] = MappingProxyType(
    {
        Chart.MR: "Step from one number to the next",
        Chart.XBAR: "Average of the values taken together",
        Chart.S: "Spread of the values taken together (standard deviation)",
        Chart.G: "Cases from one event to the next",
        Chart.T: "Time from one event to the next",
    }
)


def plotted_words(chart: Chart, unit: str = "") -> str:
    """What a point of the chart is, where it is not the number that was typed; nothing otherwise."""
    words = _PLOTTED.get(chart, "")
    return f"{words}, {unit}" if words and unit and chart is not Chart.G else words


def point_words(analysis: Analysis, i: int) -> str:
    """What a point shows: ``Common cause``, ``Special cause: improvement (below the lower limit)``."""
    if analysis.y[i] is None:
        return "No number"
    line = average_word(analysis.chart)
    reasons = [_BECAUSE[signal][side < 0].replace("average", line) for signal, side in signals_at(analysis, i)]
    because = f" ({', '.join(reasons)})" if reasons else ""
    if not analysis.included[i]:
        return EXCLUDED.word + because
    if i in analysis.both:
        return f"{BOTH_WORD}{because}"
    meaning = analysis.meaning[i] or Meaning.COMMON_CAUSE
    return LOOKS[meaning].word + because


_OF_SUBGROUPS = frozenset({Chart.XBAR, Chart.S})
_OF_RATES = frozenset({Chart.U, Chart.UP})


def point_counted(analysis: Analysis, i: int, words: MeasureWords) -> str:
    """``9 of 81 births`` for a share, ``4 falls in 930 bed days`` for a rate, nothing without a denominator."""
    y, n = analysis.y[i], analysis.n[i]
    if y is None or n is None:
        return ""
    if words.is_several or analysis.chart in _OF_SUBGROUPS:
        return f"{show_number(n)} value{'' if n == 1 else 's'}"
    count = show_number(round(y * n / analysis.multiply, 6))
    if analysis.chart in _OF_RATES:
        return f"{_named(count, words.counted)} in {_named(show_number(n), words.out_of)}"
    return f"{_named(count, words.counted if not words.out_of else '')} of {_named(show_number(n), words.out_of)}"


def _named(count: str, what: str) -> str:
    return f"{count} {what}" if what else count
