"""Since when the signal of a chart holds: worked out with its analysis, in the transaction of the points."""

from datetime import date

import pytest

from qitracker import spc
from qitracker.measures.analysing import signal_since
from qitracker.method.dates import months_after

FIRST = date(2023, 1, 1)
NORMAL = [10, 11, 9, 10, 12, 9, 10, 11, 10, 9, 12, 10]


def analysis(values: list[float | None], part: tuple[int, ...] = ()) -> spc.Analysis:
    months = tuple(months_after(FIRST, month).isoformat() for month in range(len(values)))
    better = spc.Direction.DECREASE
    return spc.analyse(spc.Series(chart=spc.Chart.I, x=months, y=tuple(values), part=part, direction=better))


@pytest.mark.parametrize(
    ("values", "part", "since"),
    [
        ([*NORMAL, 6, 6, 7, 6, 7, 6, 5, 6, 6], (), date(2024, 1, 1)),
        ([*NORMAL, 6, 6, None, 6, 7, 6, 5, 6, 6], (), date(2024, 1, 1)),  # a month without a number in between
        ([*NORMAL, 30], (), date(2024, 1, 1)),
        (NORMAL, (), None),
        ([10, 11], (), None),
        ([*NORMAL, 6, 6, 7, 6, 7, 6, 5, 6, 6, 7, 6, 6, 0.1], (12,), date(2025, 1, 1)),  # in the new phase alone
    ],
)
def test_the_signal_began(values: list[float | None], part: tuple[int, ...], since: date | None) -> None:
    assert signal_since(analysis(values, part)) == since
