"""What the page of a series says, as values: the finding, four numbers, the rules, the phases, the table.

Pure: an analysis and what people decided go in; nothing is asked of the database.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from qitracker.charts import words as chart_words
from qitracker.charts.close_words import close_headline, close_words
from qitracker.charts.evidence import capital
from qitracker.charts.measure_words import MeasureWords
from qitracker.charts.numbers import short_unit, show_given, show_number, show_range, show_two
from qitracker.charts.periods import as_date, from_period, how_many, in_period, show_period, the_period
from qitracker.charts.point_words import average_word, point_counted, shown_words
from qitracker.charts.spc_data import close_at
from qitracker.charts.time_words import Patience, time_to_be_sure
from qitracker.charts.words import ENOUGH, Finding
from qitracker.method.dates import in_words
from qitracker.models import ChartDecision, DecisionKind
from qitracker.spc import Analysis, Chart, Meaning, PhaseSummary, Signal, shift_against


@dataclass(frozen=True, slots=True)
class Box:
    """One of the four numbers: what it is, the number, and a line under it."""

    name: str
    number: str
    under: str


@dataclass(frozen=True, slots=True)
class Row:
    """One period in the table. `on` is None where its place is no date, `tone` as of a finding, or LEFT_OUT."""

    on: date | None
    period: str
    value: str
    counted: str
    shows: str
    tone: str
    is_missing: bool


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase in words: when, its average and range, what its limits rest on, why it was started."""

    number: int
    when: str
    average: str
    expected: str
    rests_on: str
    decision: ChartDecision | None
    evidence: str


@dataclass(frozen=True, slots=True)
class Close:
    """The latest point is close to a signal: what may be, by which rule, and what would confirm it."""

    headline: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Said:
    """All that is said about one series. `tone` names the finding's colour and shape."""

    finding: Finding
    tone: str
    boxes: tuple[Box, ...]
    rules: tuple[str, ...]
    cautions: tuple[str, ...]
    close: Close | None
    patience: Patience | None
    phases: tuple[Phase, ...]
    rows: tuple[Row, ...]
    n_rows: int


@dataclass(frozen=True, slots=True)
class Goal:
    """What is to be reached, where it is written (a target of the series, or the project's aim), and by when."""

    name: str
    value: float | None
    by: date | None


TONES: Mapping[Meaning | None, str] = {
    Meaning.IMPROVEMENT: "improvement",
    Meaning.CONCERN: "concern",
    Meaning.NEUTRAL_HIGH: "neutral",
    Meaning.NEUTRAL_LOW: "neutral",
}
LEFT_OUT = "left-out"
NONE_YET = "None yet"
NOT_SET = "Not set"


def say(
    analysis: Analysis | None,
    words: MeasureWords,
    *,
    decisions: Sequence[ChartDecision],
    goal: Goal,
    decimals: int,
    most_rows: int,
) -> Said:
    """Everything the page says, with the newest `most_rows` of the table. None is a series without numbers."""
    found = chart_words.finding(analysis, words)
    tone = TONES.get(found.meaning, "common")
    if analysis is None:
        return Said(found, tone, (), (), (), None, None, (), (), 0)
    return Said(
        finding=found,
        tone=tone,
        boxes=_boxes(analysis, words, goal),
        rules=tuple(_rules(analysis, words)),
        cautions=chart_words.caution_words(analysis),
        close=_close(analysis, words),
        patience=time_to_be_sure(analysis, words, goal.value),
        phases=tuple(_phases(analysis, words, decisions)),
        rows=tuple(_row(analysis, i, words, decimals) for i in list(range(len(analysis.x)))[::-1][:most_rows]),
        n_rows=len(analysis.x),
    )


def tone_of(finding: Finding) -> str:
    return TONES.get(finding.meaning, "common")


def _boxes(analysis: Analysis, words: MeasureWords, goal: Goal) -> tuple[Box, ...]:
    latest = analysis.phases[-1]
    return (_latest(analysis, words), _average(analysis, latest, words), _range(latest, words), _goal_box(goal, words))


def _latest(analysis: Analysis, words: MeasureWords) -> Box:
    at = max((i for i, value in enumerate(analysis.y) if value is not None), default=None)
    if at is None:
        return Box("Latest", NONE_YET, "")
    return Box("Latest", show_number(analysis.y[at], short_unit(words.unit)), show_period(analysis.x[at], words.rhythm))


def _average(analysis: Analysis, latest: PhaseSummary, words: MeasureWords) -> Box:
    unit, name = short_unit(words.unit), average_word(analysis.chart).capitalize()
    if latest.cl is None:
        return Box(name, NONE_YET, "")
    for offer in analysis.suggestions:
        old, new = show_two(offer.cl_now, offer.cl_new, unit)
        return Box(f"{name} since the change", new, f"was {old}")
    before = analysis.phases[-2].cl if latest.number > 1 else None
    if before is None:
        return Box(name, show_number(latest.cl, unit), f"of {how_many(latest.n_baseline, words.rhythm)}")
    old, new = show_two(before, latest.cl, unit)
    return Box(f"{name} now", new, f"was {old}")


def _range(latest: PhaseSummary, words: MeasureWords) -> Box:
    """Below 12 numbers the chart's limits, if it has any, are not offered as what to expect."""
    name = "Expected range"
    if latest.n_baseline < ENOUGH:
        return Box(name, "Not yet", f"{latest.n_baseline} of {ENOUGH} numbers")
    if latest.is_run_chart:
        return Box(name, "None", "a run chart has no limits")
    if latest.lcl is None and latest.ucl is None:
        return Box(name, "None", "the numbers do not vary")
    under = (
        f"on trial: {latest.n_baseline} numbers so far"
        if latest.is_trial
        else f"from {how_many(latest.n_baseline, words.rhythm)}"
    )
    return Box(name, show_range(latest.lcl, latest.ucl, short_unit(words.unit)), under)


def _goal_box(goal: Goal, words: MeasureWords) -> Box:
    if goal.value is None:
        return Box(goal.name, NOT_SET, "")
    return Box(goal.name, show_given(goal.value, short_unit(words.unit)), f"by {in_words(goal.by)}" if goal.by else "")


def _rules(analysis: Analysis, words: MeasureWords) -> Iterator[str]:
    """Each rule that fired in the latest phase, in words, and where."""
    first = analysis.phases[-1].first
    for signal in Signal:
        flags = analysis.signals.get(signal)
        if flags is None or not any(flags[first:]):
            continue
        places = "; ".join(_spans(analysis, signal, first, words))
        yield f"{chart_words.rule_sentence(signal, analysis.chart)} Here: {places}."


def _spans(analysis: Analysis, signal: Signal, first: int, words: MeasureWords) -> Iterator[str]:
    """The stretches that a rule flagged, as periods."""
    flags = analysis.signals[signal]
    present = [i for i in range(first, len(analysis.x)) if analysis.y[i] is not None]
    for fired, members in groupby(present, key=lambda i: flags[i] != 0):
        run = list(members)
        if fired:
            one = show_period(analysis.x[run[0]], words.rhythm)
            yield one if len(run) == 1 else f"{one} to {the_period(analysis.x[run[-1]], words.rhythm)}"


def _close(analysis: Analysis, words: MeasureWords) -> Close | None:
    """That the latest point is close to a signal, where it shows none itself."""
    if close_at(analysis) is None:
        return None
    return Close(close_headline(analysis), close_words(analysis, words))


def _phases(analysis: Analysis, words: MeasureWords, decisions: Sequence[ChartDecision]) -> Iterator[Phase]:
    """The phases, newest first, where there is more than one."""
    unit = short_unit(words.unit)
    if len(analysis.phases) < 2:
        return
    started = starts_of(analysis, decisions)
    for phase in reversed(analysis.phases):
        first, last = analysis.x[phase.first], analysis.x[phase.last]
        yield Phase(
            number=phase.number,
            when=_from_to(first, last, words),
            average=show_number(phase.cl, unit),
            expected=show_range(phase.lcl, phase.ucl, unit) if _says_what_to_expect(phase) else "",
            rests_on=_rests_on(phase, words),
            decision=started.get(phase.number),
            evidence=_evidence(analysis, phase, words),
        )


def _says_what_to_expect(phase: PhaseSummary) -> bool:
    """Whether a phase has limits, and enough numbers for them to be offered as what to expect."""
    return phase.n_baseline >= ENOUGH and not (phase.lcl is None and phase.ucl is None)


def _from_to(first: str | int | date, last: str | int | date, words: MeasureWords) -> str:
    """The periods a phase covers; one period is said once."""
    one = show_period(first, words.rhythm)
    return one if first == last else f"{one} to {the_period(last, words.rhythm)}"


def _rests_on(phase: PhaseSummary, words: MeasureWords) -> str:
    count = how_many(phase.n_baseline, words.rhythm)
    if phase.is_run_chart:
        return f"Middle value of {count}."
    if phase.n_baseline < ENOUGH:
        return f"Rests on {count}: too few to lean on. The range settles from {ENOUGH} on."
    if phase.is_trial:
        return f"Rests on {count}: on trial until there are 20."
    return f"Rests on {count}."


def starts_of(analysis: Analysis, decisions: Sequence[ChartDecision]) -> dict[int, ChartDecision]:
    """The decision that started each phase, by the phase's number."""
    chosen = [one for one in decisions if one.kind is DecisionKind.PHASE]
    found: dict[int, ChartDecision] = {}
    for phase in analysis.phases[1:]:
        before = as_date(analysis.x[phase.first - 1])
        first = as_date(analysis.x[phase.first])
        if before is None or first is None:
            continue
        match = next((one for one in chosen if before < one.on <= first), None)
        if match is not None:
            found[phase.number] = match
    return found


def _evidence(analysis: Analysis, phase: PhaseSummary, words: MeasureWords) -> str:
    """What in the numbers speaks for this phase: the shift against the one before."""
    if phase.number == 1:
        return ""
    average = average_word(analysis.chart)
    shift = shift_against(analysis, phase.number)
    if shift is None:
        return f"The numbers alone do not show a shift against the {average} of the phase before."
    side = "above" if shift.side > 0 else "below"
    level = show_number(shift.cl_before, short_unit(words.unit))
    start = from_period(analysis.x[shift.start], words.rhythm)
    return (
        f"{capital(start)}, {how_many(shift.run_length, words.rhythm)} in a row were {side} the earlier "
        f"{average} of {level}. Confirmed {in_period(analysis.x[shift.confirmed], words.rhythm)}."
    )


def _row(analysis: Analysis, i: int, words: MeasureWords, decimals: int) -> Row:
    value = analysis.y[i]
    meaning = analysis.meaning[i]
    return Row(
        on=as_date(analysis.x[i]),
        period=capital(show_period(analysis.x[i], words.rhythm)),
        value="" if value is None else show_number(value, short_unit(words.unit), decimals=decimals),
        counted=point_counted(analysis, i, words),
        shows=shown_words(analysis, i),
        tone=TONES.get(meaning, "common") if analysis.included[i] else LEFT_OUT,
        is_missing=value is None and analysis.chart not in {Chart.MR, Chart.S},
    )


def decision_words(decision: ChartDecision, words: MeasureWords) -> str:
    """A decision about the chart in one line, without its reason."""
    period = the_period(decision.on, words.rhythm)
    return {
        DecisionKind.PHASE: f"A new phase starts with {period}.",
        DecisionKind.FREEZE: f"The baseline ends with {period}.",
        DecisionKind.LEAVE_OUT: f"{capital(period)} is left out of the calculation.",
    }[decision.kind]
