"""What a team chooses about a measure, in words: which way is better, which chart, per how many."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from qitracker.method.measures import RHYTHMS, DataType, Rhythm, propose_chart
from qitracker.spc import Chart, Direction


@dataclass(frozen=True, slots=True)
class DirectionWords:
    """`choice` in a form; `inside` in the middle of a line."""

    choice: str
    inside: str


DIRECTIONS: Mapping[Direction, DirectionWords] = {
    Direction.DECREASE: DirectionWords("Lower is better", "lower is better"),
    Direction.INCREASE: DirectionWords("Higher is better", "higher is better"),
    Direction.NEUTRAL: DirectionWords("Neither: we only watch it", "neither way is better"),
}


@dataclass(frozen=True, slots=True)
class ChartWords:
    """A kind of chart: as a choice, in the middle of a sentence, and what it is for."""

    name: str
    called: str
    sentence: str


CHARTS: Mapping[Chart, ChartWords] = {
    Chart.P: ChartWords(
        "P chart", "a P chart", "For how many out of how many. The expected range is wider when there were few people."
    ),
    Chart.U: ChartWords(
        "U chart",
        "a U chart",
        "For events in an amount of activity. The expected range is wider when there was little activity.",
    ),
    Chart.C: ChartWords("C chart", "a C chart", "For a count of events, when you are about as busy each time."),
    Chart.I: ChartWords(
        "I chart",
        "an I chart",
        "For single values such as a time or a score. The range comes from the steps between neighbours.",
    ),
    Chart.RUN: ChartWords(
        "Run chart", "a run chart", "For any numbers. It shows the middle value, and no expected range."
    ),
    Chart.XBAR: ChartWords(
        "Xbar chart", "an Xbar chart", "For several values at a time. It shows their average, and its expected range."
    ),
    Chart.S: ChartWords(
        "S chart", "an S chart", "For several values at a time. It shows how far apart they are: is care more even?"
    ),
    Chart.IP: ChartWords(
        "I′ chart",
        "an I′ chart",
        "An I chart for numbers that rest on more people one time than another: the range is wider when few.",
    ),
    Chart.MR: ChartWords(
        "MR chart",
        "an MR chart",
        "Shows the step from each number to the next: whether the numbers jump about more than before.",
    ),
    Chart.PP: ChartWords(
        "P′ chart",
        "a P′ chart",
        "A P chart for large numbers of people, when percentages differ more than chance alone would have it.",
    ),
    Chart.UP: ChartWords(
        "U′ chart",
        "a U′ chart",
        "A U chart for a large amount of activity, when rates differ more than chance alone would have it.",
    ),
    Chart.T: ChartWords("T chart", "a T chart", "For the time between rare events: days since the last one."),
    Chart.G: ChartWords("G chart", "a G chart", "For the cases between rare events: births since the last one."),
}

CHARTS_FOR: Mapping[DataType, tuple[Chart, ...]] = {
    DataType.PROPORTION: (Chart.P, Chart.PP, Chart.I, Chart.IP, Chart.RUN),
    DataType.RATE: (Chart.U, Chart.UP, Chart.I, Chart.IP, Chart.RUN),
    DataType.COUNT: (Chart.C, Chart.I, Chart.RUN),
    DataType.VALUE: (Chart.I, Chart.MR, Chart.RUN),
    DataType.SEVERAL: (Chart.XBAR, Chart.S, Chart.IP, Chart.RUN),
    DataType.BETWEEN: (Chart.T, Chart.G, Chart.I, Chart.RUN),
    DataType.NOT_SURE: (Chart.RUN, Chart.I),
}
"""The charts each kind of data can be drawn on, the one we propose first. An I chart in place of P, U or C is
for data that vary more than chance alone would have them (Provost and Murray 2011, chapter 5; I′: Taylor 2017; P′ and
U′: Laney 2002; T and G: Provost and Murray 2011, chapter 7)."""

WHY_PROPOSED: Mapping[DataType, str] = {
    DataType.PROPORTION: "each person counted has it or does not, and how many people there are changes",
    DataType.RATE: "events are set against an amount of activity that changes",
    DataType.COUNT: "events are counted over the same amount of activity each time",
    DataType.VALUE: "there is one measured number each time",
    DataType.SEVERAL: "several values are taken each time, and their average is steadier than any one of them",
    DataType.BETWEEN: "events are too rare to be counted each week or month",
    DataType.NOT_SURE: "it works for any numbers",
}
"""Why the first chart of the list is the one we propose."""

PERCENT = 100.0
PER: tuple[int, ...] = (1, 10, 100, 1_000, 10_000, 100_000)
USUAL_PER = 1_000
DECIMALS: Mapping[DataType, int] = {
    DataType.PROPORTION: 1,
    DataType.RATE: 1,
    DataType.COUNT: 0,
    DataType.VALUE: 1,
    DataType.SEVERAL: 1,
    DataType.BETWEEN: 0,
    DataType.NOT_SURE: 1,
}
"""Decimals in the table of numbers until the team chooses others."""

CHANGES_THE_PICTURE = frozenset({"chart", "direction", "rhythm", "multiply", "rules", "only_rises"})
"""Columns of a measure that make the same numbers look different: changed with a reason, and analysed again."""

_PER_UNIT = re.compile(r"per (?:[\d,]+ )?")


def rhythm_words(rhythm: Rhythm) -> str:
    """How often a number is expected: "Every month"; a measure without rhythm has one when something happens."""
    return RHYTHMS[rhythm].words if rhythm in RHYTHMS else "Only when something happens"


_OF_TIME = re.compile(r"\b(second|minute|hour|day|night|week|fortnight|month|year)s?\b", re.IGNORECASE)


def proposed_chart(data_type: DataType, unit: str = "") -> Chart:
    """The chart the method proposes, as the engine knows it. What lies between events is time unless the unit says
    otherwise: "births" are cases."""
    if data_type is DataType.BETWEEN and unit and not _OF_TIME.search(unit):
        return Chart.G
    return Chart(propose_chart(data_type))


def unit_for(data_type: DataType, words: str, per: int) -> str:
    """The unit behind a number: "%", "per 1,000 bed days", or the words themselves."""
    if data_type is DataType.PROPORTION:
        return "%"
    if data_type is DataType.RATE:
        return f"per {words}" if per == 1 else f"per {per:,} {words}"
    return words


def activity_of(unit: str) -> str:
    """The words of a rate's unit without its number: "bed days"."""
    return _PER_UNIT.sub("", unit, count=1)


def multiply_for(data_type: DataType, per: int) -> float:
    """What a share or a rate is multiplied by to be plotted; 1 for what is plotted as it is."""
    return {DataType.PROPORTION: PERCENT, DataType.RATE: float(per)}.get(data_type, 1.0)


def impossible_target(value: float | None, data_type: DataType) -> str:
    """Why numbers of this kind can never reach a target; empty where they may. A percentage is typed as 0 to 100."""
    if value is None:
        return ""
    if data_type is DataType.PROPORTION and not 0 <= value <= PERCENT:
        return "A percentage lies between 0 and 100"
    counted = {DataType.RATE, DataType.COUNT, DataType.BETWEEN}
    return "What is counted cannot be below 0" if data_type in counted and value < 0 else ""
