"""What the numbers suggest about a chart, each with its reason and what following it would do. Never done by itself.

Pure. Where each comes from: a new phase, a rare-event chart, P′ and U′ from the engine (qitracker.spc.suggesting); that
neighbours are related or a baseline is short from its cautions.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qitracker.charts.advice_words import ENOUGH, suggestion_words
from qitracker.charts.measure_words import MeasureWords
from qitracker.charts.periods import POINT_WORDS, how_many
from qitracker.measures.kinds import CHARTS
from qitracker.models import ChartDecision, DecisionKind
from qitracker.spc import Analysis, Chart, OtherChart


class Step(StrEnum):
    """What the button of a suggestion does."""

    PHASE = "phase"  # to the page that starts a phase
    CHART = "chart"  # changes the kind of chart
    RARE = "rare"  # to a new measure of what lies between events
    RHYTHM = "rhythm"  # to the page of the measure
    BASELINE = "baseline"  # takes back the end of the baseline
    NUMBERS = "numbers"  # to the page that takes more numbers


@dataclass(frozen=True, slots=True)
class Advice:
    """One suggestion. `code` names it for "not now": with the day of its phase, so that a later shift asks again.

    `chart`, `on` and `decision` are what its step needs.
    """

    code: str
    heading: str
    sentence: str
    button: str
    step: Step
    chart: Chart | None = None
    on: str = ""
    decision: ChartDecision | None = None


def advice_on(analysis: Analysis, words: MeasureWords, decisions: Sequence[ChartDecision]) -> tuple[Advice, ...]:
    """Everything suggested about this chart, what matters most first."""
    return (
        *_phases(analysis, words),
        *(_chart(other, analysis, words) for other in analysis.other_charts),
        *_cautions(analysis, words, decisions),
    )


def _phases(analysis: Analysis, words: MeasureWords) -> Iterator[Advice]:
    for one in analysis.suggestions:
        on = str(analysis.x[one.at])
        yield Advice(
            f"new_phase {on}",
            "Is this the new normal?",
            suggestion_words(analysis, one, words),
            "Start a new phase",
            Step.PHASE,
            on=on,
        )


def _chart(other: OtherChart, analysis: Analysis, words: MeasureWords) -> Advice:
    several = POINT_WORDS[words.rhythm][1]
    if other.code == "rare_event_chart":
        what = "the days" if other.chart is Chart.T else f"the {words.out_of or 'cases'}"
        return Advice(
            other.code,
            "Would the time between events tell you more?",
            f"In more than half of the {several} the count is the same: none, or all. Such a chart hardly moves. "
            f"{capital_of(CHARTS[other.chart].called)} of {what} from one event to the next shows a change sooner. It "
            f"is a measure of its own; this one and its numbers stay.",
            "Set it up",
            Step.RARE,
            chart=other.chart,
        )
    called, now = CHARTS[other.chart].called, CHARTS[analysis.chart].called
    return Advice(
        other.code,
        f"Would {called} be fairer?",
        f"The numbers go up and down more than chance alone would have it, so {now} shows signals too easily. "
        f"{capital_of(called)} takes its expected range from how much they really differ. No number changes, and you "
        f"can go back.",
        f"Change to {called}",
        Step.CHART,
        chart=other.chart,
    )


def _cautions(analysis: Analysis, words: MeasureWords, decisions: Sequence[ChartDecision]) -> Iterator[Advice]:
    codes = {caution.code for caution in analysis.warnings}
    latest = analysis.phases[-1]
    if latest.n_points >= ENOUGH > latest.n_baseline and not latest.is_run_chart:
        first = str(analysis.x[latest.first])
        end = next((one for one in decisions if one.kind is DecisionKind.FREEZE and one.on.isoformat() >= first), None)
        if end is not None:
            yield Advice(
                "short_baseline",
                "Should the baseline be longer?",
                f"It ends after {how_many(latest.n_baseline, words.rhythm)}. That is too few for an expected range: it "
                f"takes {ENOUGH}, better 20. Without that end all {latest.n_points} count.",
                "Let the baseline grow",
                Step.BASELINE,
                decision=end,
            )
    elif analysis.chart is not Chart.RUN and latest.n_points < ENOUGH and latest.number == 1:
        yield Advice(
            "short_baseline",
            "Do you have earlier numbers?",
            f"There are {latest.n_points}. From {ENOUGH} on the chart has an expected range, from 20 on it is settled.",
            "Add earlier numbers",
            Step.NUMBERS,
        )
    if "related_neighbours" in codes:
        one = POINT_WORDS[words.rhythm][0]
        yield Advice(
            "related_neighbours",
            "Could you count less often?",
            f"The number of one {one} is much like that of the one before, so the expected range may be too narrow and "
            f"signals come too easily. Counting over a longer time each, such as a month in place of a week, helps. "
            f"Until then look twice at a signal.",
            "Change how often it is counted",
            Step.RHYTHM,
        )


def capital_of(text: str) -> str:
    return text[:1].upper() + text[1:]
