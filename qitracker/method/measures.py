"""What a measure is: its kind, its rhythm, its data, and the advice on a good set of measures."""

from enum import StrEnum


class MeasureKind(StrEnum):
    """What a measure tells: Provost and Murray, The Health Care Data Guide (2011), chapter 2."""

    OUTCOME = "outcome"
    PROCESS = "process"
    BALANCING = "balancing"


class DataType(StrEnum):
    """What is counted or measured, as a team would say it.

    `data_types.py` has the words and the chart for each.
    """

    PROPORTION = "proportion"
    COUNT = "count"
    RATE = "rate"
    VALUE = "value"
    NOT_SURE = "not_sure"


class Rhythm(StrEnum):
    """How often a number is expected. NONE is a measure that has points only when something happens."""

    DAY = "day"
    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"
    QUARTER = "quarter"
    NONE = "none"
