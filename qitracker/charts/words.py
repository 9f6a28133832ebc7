"""What a chart says, in sentences that a ward nurse and a board member read alike.

Computed from the analysis and nothing else, so that page, list, board paper and mail say the same. The
finding is about the latest point, as in the variation icon of NHS England's Making Data Count, and about the
change that started the latest phase or that would start the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qitracker.charts.advice_words import (
    ENOUGH,
    assurance_words,
    caution_words,
    count_since,
    level_words,
    suggestion_words,
)
from qitracker.charts.evidence import (
    SHIFTS,
    capital,
    counts,
    earlier_evidence,
    evidence,
    last_counted,
    short_evidence,
)
from qitracker.charts.headlines import NO_LONGER, Now
from qitracker.charts.measure_words import MeasureWords
from qitracker.charts.numbers import short_unit, show_number, show_range, show_two
from qitracker.charts.periods import POINT_WORDS, from_period, how_many, in_period
from qitracker.charts.point_words import average_word, point_words, rule_sentence
from qitracker.charts.seen import Change, Seen, is_constant, look, unusual_runs
from qitracker.method.measures import Rhythm
from qitracker.spc import Analysis, Meaning, Runs, Signal

__all__ = [
    "ENOUGH",
    "Finding",
    "assurance_words",
    "caution_words",
    "finding",
    "point_words",
    "rule_sentence",
    "suggestion_words",
]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a chart says. ``headline`` has no full stop, ``detail`` is whole sentences, ``short`` is for a list.

    ``meaning`` picks the colour and the shape beside it; None where there are too few numbers to say.
    """

    headline: str
    detail: str
    short: str
    meaning: Meaning | None

    @property
    def sentence(self) -> str:
        """Headline and detail as one text, to be read aloud in place of the chart."""
        return f"{self.headline}. {self.detail}".strip()


def finding(analysis: Analysis | None, words: MeasureWords) -> Finding:
    """What the chart of a measure says; None is a measure without numbers."""
    last = None if analysis is None else last_counted(analysis)
    if analysis is None or last is None:
        return Finding("No numbers yet", "Add the first number and the chart starts.", "No numbers yet.", None)
    seen = look(analysis, last)
    count = sum(counts(analysis, i) for i in range(len(analysis.y)))
    if count < ENOUGH:
        return _too_few(seen, count, words)
    if seen.before and seen.latest.n_points < ENOUGH and not seen.change and seen.now is Now.STEADY:
        return _too_few_since(seen, words)
    if seen.now is Now.STEADY and is_constant(analysis):
        return _constant(seen, words)
    if runs := unusual_runs(analysis):
        return _not_by_chance(runs, words)
    headline = seen.headline
    text = NO_LONGER if seen.earlier and not seen.change else headline.text
    detail = " ".join(sentence for sentence in _sentences(seen, words) if sentence)
    return Finding(text, detail, f"{headline.short} {_short(seen, words)}".strip(), headline.meaning)


def _too_few(seen: Seen, count: int, words: MeasureWords) -> Finding:
    headline = f"Not enough numbers yet: {count} of {ENOUGH}"
    detail = f"From {ENOUGH} numbers on, the chart shows what to expect and what stands out."
    if seen.signals:
        early = evidence(seen.analysis, seen.signals[0], seen.last, words)
        detail += f" An early sign: {_within(early)}"
    return Finding(headline, detail, f"{headline}.", None)


def _too_few_since(seen: Seen, words: MeasureWords) -> Finding:
    headline = f"Not enough numbers in this phase yet: {seen.latest.n_points} of {ENOUGH}"
    detail = ""
    if seen.before and seen.before.cl is not None and seen.latest.cl is not None:
        old, new = show_two(seen.before.cl, seen.latest.cl, short_unit(words.unit))
        since = from_period(seen.analysis.x[seen.latest.first], words.rhythm)
        detail = (
            f"The {average_word(seen.analysis.chart)} was {old} before. {capital(since)} it is {new}, "
            f"but with {how_many(seen.latest.n_points, words.rhythm)} that may be chance."
        )
    return Finding(headline, detail, f"{headline}.", None)


def _within(sentence: str) -> str:
    """A sentence as the second half of another: without the capital of its first word, if it is no name."""
    return sentence[:1].lower() + sentence[1:] if sentence.startswith(("The ", "At ", "Point ")) else sentence


def _sentences(seen: Seen, words: MeasureWords) -> Iterator[str]:
    """What has changed, what the latest point is part of, what to expect, what that means for the target."""
    analysis, change = seen.analysis, seen.change
    if change:
        yield _change_words(seen, change, words)
    elif seen.before and seen.before.cl is not None and seen.latest.cl is not None:
        old, new = show_two(seen.before.cl, seen.latest.cl, short_unit(words.unit))
        yield f"The {average_word(analysis.chart)} was {old} in the phase before and is {new} now."
    yield from (evidence(analysis, signal, seen.last, words) for signal in _told(seen))
    if seen.earlier and not change:
        yield f"Earlier, {_within(earlier_evidence(analysis, *seen.earlier, words))}"
    yield _expect_words(seen, words)
    if change and change.offer:
        yield level_words(change.after, analysis, words)
    else:
        yield assurance_words(analysis, words)


def _told(seen: Seen) -> list[Signal]:
    """Two rules at most, without the shift that was told already; where they point both ways, one of each way."""
    flags = seen.analysis.signals
    new_signals = [signal for signal in seen.signals if not (seen.goes_on and signal in SHIFTS)]
    if not new_signals:
        return []
    first = new_signals[0]
    other = next((one for one in new_signals if flags[one][seen.last] != flags[first][seen.last]), None)
    return new_signals[:2] if other is None else [first, other]


def _constant(seen: Seen, words: MeasureWords) -> Finding:
    level = show_number(seen.latest.cl, words.unit)
    detail = (
        f"All {how_many(seen.latest.n_points, words.rhythm)} have the same number, {level}, so there is no variation "
        f"to judge. Check that it is counted each time and not copied."
    )
    return Finding("No variation: every number is the same", detail, "No variation.", Meaning.COMMON_CAUSE)


def _not_by_chance(runs: Runs, words: MeasureWords) -> Finding:
    several = POINT_WORDS[words.rhythm][1]
    said = []
    if runs.longest_run is not None and runs.longest_run_max is not None and runs.longest_run > runs.longest_run_max:
        said.append(
            f"{runs.longest_run} {several} in a row were on one side of the middle; chance alone would make it "
            f"{runs.longest_run_max} at most."
        )
    if runs.crossings is not None and runs.crossings_min is not None and runs.crossings < runs.crossings_min:
        times = "once" if runs.crossings == 1 else f"{runs.crossings} times"
        said.append(
            f"The line crossed the middle {times}; chance alone would make it {runs.crossings_min} times or more."
        )
    detail = " ".join([*said, "These rules do not say which way, or since when: look at the chart."])
    return Finding("Something changed here, and it is unlikely to be chance", detail, "Not chance alone.", None)


def _change_words(seen: Seen, change: Change, words: MeasureWords) -> str:
    """From what to what, since when, and which point confirmed it."""
    x, rhythm, average = seen.analysis.x, words.rhythm, average_word(seen.analysis.chart)
    old, new = show_two(change.before, change.after, short_unit(words.unit))
    side = "above" if change.side > 0 else "below"
    went = "" if change.offer else f"The {average} went from {old} to {new}. "
    since = f" Since it began, the {average} is {new}." if change.offer else ""
    return (
        f"{went}{capital(from_period(x[change.start], rhythm))}, {how_many(change.count, rhythm)} in a row were "
        f"{side} the {average} of {old}. The shift was confirmed {in_period(x[change.confirmed], rhythm)}.{since}"
    )


def _expect_words(seen: Seen, words: MeasureWords) -> str:
    """What comes if nothing else changes: only of a process that is steady, or has a new level."""
    latest = seen.latest
    if seen.change and seen.change.offer:
        offer = seen.change.offer
        level, low, high = offer.cl_new, offer.lcl_new, offer.ucl_new
        if count_since(seen.analysis, offer) < ENOUGH:
            low = high = None
    elif seen.now is Now.STEADY and not latest.is_run_chart and latest.n_points >= ENOUGH and latest.cl is not None:
        level, low, high = latest.cl, latest.lcl, latest.ucl
    else:
        return ""
    expect = f"If nothing else changes, expect about {show_number(level, words.unit)}"
    if low is None and high is None:
        return f"{expect}."
    each = "each time" if words.rhythm is Rhythm.NONE else f"in a {POINT_WORDS[words.rhythm][0]}"
    return f"{expect}, and anything from {show_range(low, high, short_unit(words.unit))} {each}."


def _short(seen: Seen, words: MeasureWords) -> str:
    """The reason in a line, under a small chart."""
    if seen.signals:
        return short_evidence(seen.analysis, seen.signals[0], seen.last, words)
    if seen.change:
        old, new = show_two(seen.change.before, seen.change.after, short_unit(words.unit))
        return f"The {average_word(seen.analysis.chart)} went from {old} to {new}."
    if seen.latest.cl is None or seen.latest.n_points < ENOUGH:
        return ""
    return f"Around {show_number(seen.latest.cl, words.unit)}."
