"""What to know before trusting a chart, what it promises, and what it offers, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from qitracker.charts.evidence import counts
from qitracker.charts.measure_words import MeasureWords
from qitracker.charts.numbers import short_unit, show_given, show_number, show_range
from qitracker.charts.periods import POINT_WORDS, from_period, how_many
from qitracker.charts.point_words import an_average, average_word
from qitracker.method.measures import Rhythm
from qitracker.spc import Analysis, Assurance, Direction, Suggestion

ENOUGH = 12
"""Points before a chart has limits (Provost and Murray, The Health Care Data Guide, 2011, chapter 4)."""

_ASSURANCE: Mapping[Assurance, str] = MappingProxyType(
    {
        Assurance.CONSISTENT_PASS: "As things are, it will reliably meet the target of {target}.",
        Assurance.CONSISTENT_FAIL: "It will not reliably meet the target of {target} without a change.",
        Assurance.INCONSISTENT: "As things are, it will meet the target of {target} {some} and miss it {others}.",
    }
)

# Codes of qitracker.spc cautions; the engine's own message stands where a code is not here.
_CAUTIONS: Mapping[str, str] = MappingProxyType(
    {
        "trial_limits": (
            "The limits rest on fewer than 20 numbers, so they are on trial. They will settle as you add more."
        ),
        "short_baseline": (
            "There are fewer than 12 numbers to work from. Read the line, but do not lean on the limits yet."
        ),
        "few_useful_points": (
            "A run chart needs at least 10 numbers that are not on the middle line before it can show a change."
        ),
        "too_few_runs": (
            "The line crosses the middle less often than chance would make it. Something may have changed."
        ),
        "too_many_runs": (
            "The line crosses the middle more often than chance would make it. Numbers from two different "
            "places or times of day may be mixed."
        ),
        "hugging_centre": (
            "15 or more numbers in a row are close to the average. Check whether numbers from different places "
            "are mixed, or whether something changed."
        ),
        "no_variation": "All numbers are the same, so there is no variation to judge.",
        "no_limits": "There are no two numbers next to each other yet, so there are no limits.",
        "related_neighbours": (
            "Each number is much like the one before it. The limits may be too narrow, so look twice at a signal."
        ),
        "screening_not_done": ("Most numbers are the same. A chart of the days between events may show more."),
        "no_centre_line": "No number counts yet, so there is no average.",
        "unusual_runs": "The runs on either side of the middle are longer or fewer than chance would make them.",
        "not_used": "Some of what was decided about this chart is not known to the rules chosen, and is not used.",
    }
)


def assurance_words(analysis: Analysis, words: MeasureWords) -> str:
    """Whether the target will be met if nothing changes; nothing where that cannot be told."""
    if analysis.assurance is None or analysis.target is None:
        return ""
    several = POINT_WORDS[words.rhythm][1]
    some, others = ("at times", "at others") if words.rhythm is Rhythm.NONE else (f"in some {several}", "in others")
    target = show_given(analysis.target, short_unit(words.unit))
    return _ASSURANCE[analysis.assurance].format(target=target, some=some, others=others)


def level_words(level: float, analysis: Analysis, words: MeasureWords) -> str:
    """Whether a new level meets the target on average; nothing without a target or a better direction."""
    if analysis.target is None or analysis.direction is Direction.NEUTRAL:
        return ""
    lower_is_better = analysis.direction is Direction.DECREASE
    meets = level <= analysis.target if lower_is_better else level >= analysis.target
    target = show_given(analysis.target, short_unit(words.unit))
    return f"On average that {'meets' if meets else 'does not yet meet'} the target of {target}."


def caution_words(analysis: Analysis) -> tuple[str, ...]:
    """What a reader should know before trusting the chart, each sentence once, with its phase if it is not all."""
    several = len(set(analysis.phase)) > 1
    sentences = []
    for caution in analysis.warnings:
        sentence = _CAUTIONS.get(caution.code, caution.message)
        phase, found, _ = caution.message.partition(": ")
        if several and found and phase.startswith("Phase ") and caution.code in _CAUTIONS:
            sentence = f"{phase}: {sentence}"
        sentences.append(sentence)
    return tuple(dict.fromkeys(sentences))


def count_since(analysis: Analysis, suggestion: Suggestion) -> int:
    """How many numbers a suggested phase would rest on."""
    return sum(counts(analysis, i) for i in range(suggestion.at, len(analysis.y)))


def suggestion_words(analysis: Analysis, suggestion: Suggestion, words: MeasureWords) -> str:
    """The offer of a new phase: why, from when, and the average and limits it would have."""
    unit, rhythm, average = short_unit(words.unit), words.rhythm, average_word(analysis.chart)
    side = "above" if suggestion.side > 0 else "below"
    limits = ""
    if count_since(analysis, suggestion) < ENOUGH:
        limits = f", and an expected range once it has {ENOUGH} numbers"
    elif suggestion.lcl_new is not None or suggestion.ucl_new is not None:
        limits = f" and an expected range of {show_range(suggestion.lcl_new, suggestion.ucl_new, unit)}"
    return (
        f"{how_many(suggestion.points, rhythm)} in a row were {side} the {average} of "
        f"{show_number(suggestion.cl_now, unit)}. If you know what changed, you can start a new phase "
        f"{from_period(analysis.x[suggestion.at], rhythm)}. It would have {an_average(analysis.chart)} of "
        f"{show_number(suggestion.cl_new, unit)}{limits}. Nothing changes unless you choose it."
    )
