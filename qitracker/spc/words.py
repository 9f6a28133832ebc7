"""The words of the SPC engine: kinds of chart, rule sets, signals, what they mean, and how it refuses."""

from __future__ import annotations

from enum import StrEnum


class Chart(StrEnum):
    """Kinds of chart: what each plots is said in kinds.py."""

    RUN = "run"
    I = "i"  # noqa: E741  (its name in every textbook)
    MR = "mr"
    IP = "ip"
    XBAR = "xbar"
    S = "s"
    C = "c"
    U = "u"
    UP = "up"
    P = "p"
    PP = "pp"
    G = "g"
    T = "t"


class RuleSet(StrEnum):
    """Whose rules tell special cause from common cause."""

    PROVOST_MURRAY = "provost_murray"
    MAKING_DATA_COUNT = "making_data_count"
    PLOTTHEDOTS = "plotthedots"
    ANHOEJ = "anhoej"
    WESTERN_ELECTRIC = "western_electric"
    NELSON = "nelson"


class Direction(StrEnum):
    """Which way is better."""

    INCREASE = "increase"
    DECREASE = "decrease"
    NEUTRAL = "neutral"


class Meaning(StrEnum):
    """What one point says, once the direction that is better is known."""

    COMMON_CAUSE = "common_cause"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    NEUTRAL_HIGH = "neutral_high"
    NEUTRAL_LOW = "neutral_low"


class Variation(StrEnum):
    """What the latest point of the latest phase says; `high` or `low` is the side or way of its signal."""

    COMMON_CAUSE = "common_cause"
    IMPROVEMENT_HIGH = "improvement_high"
    IMPROVEMENT_LOW = "improvement_low"
    CONCERN_HIGH = "concern_high"
    CONCERN_LOW = "concern_low"
    NEUTRAL_HIGH = "neutral_high"
    NEUTRAL_LOW = "neutral_low"
    NOT_ENOUGH_DATA = "not_enough_data"


class Assurance(StrEnum):
    """Whether the process, left as it is, will meet the target: always, never, or now and then."""

    CONSISTENT_PASS = "consistent_pass"  # noqa: S105  (no password: the target is passed)
    CONSISTENT_FAIL = "consistent_fail"
    INCONSISTENT = "inconsistent"


class Signal(StrEnum):
    """Names of the rules, over all rule sets."""

    OUTSIDE = "outside"
    SHIFT8 = "shift8"
    TREND6 = "trend6"
    TWO_OF_THREE = "two_of_three"
    INNER15 = "inner15"
    SHIFT6 = "shift6"
    TREND5 = "trend5"
    SHIFT7 = "shift7"
    TREND7 = "trend7"
    WE1 = "we1"
    WE2 = "we2"
    WE3 = "we3"
    WE4 = "we4"
    NELSON1 = "nelson1"
    NELSON2 = "nelson2"
    NELSON3 = "nelson3"
    NELSON4 = "nelson4"
    NELSON5 = "nelson5"
    NELSON6 = "nelson6"
    NELSON7 = "nelson7"
    NELSON8 = "nelson8"


class XKind(StrEnum):
    """What stands along the bottom. Categories have no order in time: no rule about runs applies to them."""

    INT = "int"
    DATE = "date"
    CATEGORY = "category"


class Aggregate(StrEnum):
    """How rows with the same x become one point where there is no denominator."""

    MEAN = "mean"
    MEDIAN = "median"
    SUM = "sum"
    SD = "sd"


class Refused(ValueError):  # noqa: N818  (an answer in the contract's own word, not a fault)
    """The input cannot be analysed.

    `code` is for programs, `message` says which point or key is wrong and what to do about it.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
