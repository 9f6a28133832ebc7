"""What a measure is: its kind, its data, its rhythm, and the advice on a good set of measures."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from qitracker.method.dates import MONTHS, in_words, month_in_words
from qitracker.method.reasons import Reason


class MeasureKind(StrEnum):
    """What a measure tells: Provost and Murray, The Health Care Data Guide (2011), chapter 2."""

    OUTCOME = "outcome"
    PROCESS = "process"
    BALANCING = "balancing"


@dataclass(frozen=True, slots=True)
class MeasureKindWords:
    """What a kind of measure is called, what it asks, and the advice when a project has none."""

    name: str
    question: str
    advice: str


MEASURE_KINDS: Mapping[MeasureKind, MeasureKindWords] = {
    MeasureKind.OUTCOME: MeasureKindWords(
        "Outcome",
        "Is it better for the people we care for?",
        "Add an outcome measure: what should get better for patients or staff.",
    ),
    MeasureKind.PROCESS: MeasureKindWords(
        "Process",
        "Are we doing what we meant to do?",
        "Add a process measure: whether the change really happens. It often moves first.",
    ),
    MeasureKind.BALANCING: MeasureKindWords(
        "Balancing",
        "Is anything else getting worse?",
        "Add a balancing measure: what could get worse elsewhere because of the change.",
    ),
}

FEWEST_MEASURES, MOST_MEASURES = 3, 8
"""Three to eight measures for one project: NHS Education for Scotland, measurement plan, and IHI."""


def measure_set_checks(kinds: Iterable[MeasureKind]) -> tuple[Reason, ...]:
    """Advice on the measures of a project, given the kind of each: one of every kind, and not too many."""
    given = tuple(kinds)
    missing = [
        Reason(f"no_{kind.value}_measure", words.advice) for kind, words in MEASURE_KINDS.items() if kind not in given
    ]
    if len(given) > MOST_MEASURES:
        sentence = f"{len(given)} measures are a lot. Most teams manage {FEWEST_MEASURES} to {MOST_MEASURES}."
        missing.append(Reason("many_measures", sentence))
    return tuple(missing)


class DataType(StrEnum):
    """What is counted or measured, as a team would say it.

    `DATA_TYPES` has the words and the chart for each.
    """

    PROPORTION = "proportion"
    COUNT = "count"
    RATE = "rate"
    VALUE = "value"
    SEVERAL = "several"
    BETWEEN = "between"
    NOT_SURE = "not_sure"


@dataclass(frozen=True, slots=True)
class DataTypeWords:
    """A choice a team can make.

    `chart` is the chart's key in the SPC engine. `needs_denominator`: two numbers a time.
    """

    words: str
    explanation: str
    example: str
    chart: str
    needs_denominator: bool


DATA_TYPES: Mapping[DataType, DataTypeWords] = {
    DataType.PROPORTION: DataTypeWords(
        "How many out of how many",
        "Each person or item has it or does not. You give both numbers and we work out the percentage.",
        "31 of 40 women had their risk assessment done at booking.",
        "p",
        needs_denominator=True,
    ),
    DataType.RATE: DataTypeWords(
        "Events for an amount of activity",
        "Events set against bed days, visits or hours, when how busy you are changes from time to time.",
        "6 falls in 870 bed days.",
        "u",
        needs_denominator=True,
    ),
    DataType.COUNT: DataTypeWords(
        "A count of events",
        "Events in each period, when the ward is about as busy each time.",
        "4 medicine errors this week.",
        "c",
        needs_denominator=False,
    ),
    DataType.VALUE: DataTypeWords(
        "A time, a score or another measured value",
        "One number each time: a measurement, or the average of several.",
        "48 minutes from arrival to first antibiotic.",
        "i",
        needs_denominator=False,
    ),
    DataType.SEVERAL: DataTypeWords(
        "Several values each time",
        "A few measurements taken together, such as five patients a day. You type them all; we draw their average.",
        "Today's waits in minutes: 12; 15; 9; 31; 18.",
        "xbar",
        needs_denominator=False,
    ),
    DataType.BETWEEN: DataTypeWords(
        "Days or cases between rare events",
        "For events so rare that most weeks have none. Each time one happens you give the time, or the cases, since "
        "the last one. If the event is a harm, higher is better.",
        "41 days since the last fall with harm.",
        "t",
        needs_denominator=False,
    ),
    DataType.NOT_SURE: DataTypeWords(
        "I am not sure, or I have few numbers",
        "We draw a run chart, which works for any numbers. You can change this later.",
        "Number of patients who said the ward was quiet at night.",
        "run",
        needs_denominator=False,
    ),
}
"""Chart by data: Provost and Murray, The Health Care Data Guide (2011), chapter 5, the selection tree; rare events
chapter 7."""


def propose_chart(data_type: DataType) -> str:
    """The chart that suits the data, by its key in the SPC engine: "p", "u", "c", "i", "xbar", "t" or "run"."""
    return DATA_TYPES[data_type].chart


class Rhythm(StrEnum):
    """How often a number is expected. NONE is a measure that has points only when something happens."""

    DAY = "day"
    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"
    QUARTER = "quarter"
    NONE = "none"


def _days_together(length: int) -> Callable[[date], date]:
    """The first day of a block of days.

    Blocks are counted from Monday 1 January of year 1, so weeks start on Mondays.
    """

    def first_day(day: date) -> date:
        return date.fromordinal((day.toordinal() - 1) // length * length + 1)

    return first_day


def _months_together(length: int) -> Callable[[date], date]:
    def first_day(day: date) -> date:
        return day.replace(month=(day.month - 1) // length * length + 1, day=1)

    return first_day


@dataclass(frozen=True, slots=True)
class RhythmWords:
    """A rhythm: its words, the first day of the period around a day, a length that always reaches the next
    period from the first day and never the one after, and the name of a period given its first day."""

    words: str
    noun: str
    first_day: Callable[[date], date]
    reach: timedelta
    name: Callable[[date], str]


def _week_name(first: date) -> str:
    return f"week of {first.day} {MONTHS[first.month - 1][:3]} {first.year}"


def _fortnight_name(first: date) -> str:
    return f"two weeks from {first.day} {MONTHS[first.month - 1][:3]} {first.year}"


def _quarter_name(first: date) -> str:
    return f"{MONTHS[first.month - 1]} to {MONTHS[first.month + 1]} {first.year}"


RHYTHMS: Mapping[Rhythm, RhythmWords] = {
    Rhythm.DAY: RhythmWords("Every day", "day", _days_together(1), timedelta(1), in_words),
    Rhythm.WEEK: RhythmWords("Every week", "week", _days_together(7), timedelta(7), _week_name),
    Rhythm.FORTNIGHT: RhythmWords("Every two weeks", "two weeks", _days_together(14), timedelta(14), _fortnight_name),
    Rhythm.MONTH: RhythmWords("Every month", "month", _months_together(1), timedelta(31), month_in_words),
    Rhythm.QUARTER: RhythmWords("Every quarter", "quarter", _months_together(3), timedelta(92), _quarter_name),
}
"""Quarters start in January, April, July and October, which are quarters of the NHS year too."""


def period_of(day: date, rhythm: Rhythm) -> date:
    """The first day of the period a day belongs to. Without a rhythm each day is its own."""
    return RHYTHMS[rhythm].first_day(day) if rhythm in RHYTHMS else day


def period_after(day: date, rhythm: Rhythm) -> date:
    """The first day of the period that follows the one a day belongs to. Without a rhythm: the next day."""
    words = RHYTHMS.get(rhythm, RHYTHMS[Rhythm.DAY])
    return words.first_day(words.first_day(day) + words.reach)


def period_name(day: date, rhythm: Rhythm) -> str:
    """The name of the period a day belongs to: "October 2025", "week of 3 Nov 2025", "5 November 2025"."""
    words = RHYTHMS.get(rhythm, RHYTHMS[Rhythm.DAY])
    return words.name(words.first_day(day))


def next_due(last: date, rhythm: Rhythm) -> date | None:
    """The day the next number is due, given any day in the period of the latest one.

    A number is due on the first day after its period has ended: after October's point the next is November's,
    due on 1 December. None without a rhythm, since nothing is expected.
    """
    if rhythm is Rhythm.NONE:
        return None
    return period_after(period_after(last, rhythm), rhythm)


def periods_missing(last: date, rhythm: Rhythm, today: date) -> tuple[date, ...]:
    """First days of the periods that are over and have no point yet, oldest first. None without a rhythm."""
    missing: list[date] = []
    if rhythm is Rhythm.NONE:
        return ()
    period = period_after(last, rhythm)
    while (following := period_after(period, rhythm)) <= today:
        missing.append(period)
        period = following
    return tuple(missing)
