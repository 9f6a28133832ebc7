"""Since when the signal of a chart holds, and since when its finding speaks of a gain."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qitracker import spc
from qitracker.charts.gains import gain_from, signal_from
from qitracker.charts.measure_words import MeasureWords
from qitracker.charts.words import finding
from qitracker.measures.young import without_unsure_limits
from qitracker.method.dates import months_after
from qitracker.method.measures import Rhythm
from qitracker.spc import Direction, Meaning, RuleSet

FIRST = date(2023, 1, 1)
NORMAL = [10, 11, 9, 10, 12, 9, 10, 11, 10, 9, 12, 10]
LESS = [6, 6, 7, 6, 7, 6, 5, 6, 6, 7, 6, 6]


def analysis(
    values: list[float | None],
    part: tuple[int, ...] = (),
    better: Direction = Direction.DECREASE,
    rules: RuleSet = RuleSet.PROVOST_MURRAY,
) -> spc.Analysis:
    months = tuple(months_after(FIRST, month).isoformat() for month in range(len(values)))
    given = spc.Series(chart=spc.Chart.I, x=months, y=tuple(values), part=part, direction=better, rules=rules)
    return without_unsure_limits(spc.analyse(given))


@pytest.mark.parametrize(
    ("values", "part", "since"),
    [
        ([*NORMAL, 6, 6, 7, 6, 7, 6, 5, 6, 6], (), 12),
        ([*NORMAL, 6, 6, None, 6, 7, 6, 5, 6, 6], (), 12),  # a month without a number in between
        ([*NORMAL, 30], (), 12),
        (NORMAL, (), None),
        ([10, 11], (), None),
        ([*NORMAL, *LESS, 0.1], (12,), 24),  # in the new phase alone
    ],
)
def test_the_signal_began(values: list[float | None], part: tuple[int, ...], since: int | None) -> None:
    assert signal_from(analysis(values, part)) == since


@pytest.mark.parametrize(
    ("values", "part", "better", "since"),
    [
        pytest.param([*NORMAL, *LESS], (), Direction.DECREASE, 12, id="the signal is still there"),
        pytest.param([*NORMAL, *LESS], (12,), Direction.DECREASE, 12, id="the gain has a phase of its own"),
        pytest.param([*NORMAL, 11, 9, *LESS], (12,), Direction.DECREASE, 13, id="after the phase was set"),
        pytest.param([*NORMAL, *LESS, 20], (12,), Direction.DECREASE, None, id="the latest number is a concern"),
        pytest.param([*NORMAL, *LESS], (12,), Direction.INCREASE, None, id="worse"),
        pytest.param([*NORMAL, *LESS], (12,), Direction.NEUTRAL, None, id="neither way is better"),
        pytest.param([*NORMAL, 0.1], (), Direction.DECREASE, 12, id="one number"),
        pytest.param([*NORMAL, *NORMAL], (12,), Direction.DECREASE, None, id="a phase without a change"),
        pytest.param([10, 3], (), Direction.DECREASE, None, id="too few numbers"),
    ],
)
def test_the_gain_began(
    values: list[float | None], part: tuple[int, ...], better: Direction, since: int | None
) -> None:
    assert gain_from(analysis(values, part, better)) == since


level = st.integers(0, 6)


@given(
    st.lists(st.one_of(st.none(), level), min_size=1, max_size=14).filter(any),
    st.lists(level.map(lambda n: n + 3), max_size=14),
    st.booleans(),
    st.sampled_from(Direction),
    st.sampled_from([RuleSet.PROVOST_MURRAY, RuleSet.ANHOEJ, RuleSet.MAKING_DATA_COUNT]),
)
def test_lists_know_of_a_gain_just_when_the_finding_speaks_of_one(
    before: list[float | None], after: list[float], phase: bool, better: Direction, rules: RuleSet
) -> None:
    values = [*before, *after]
    found = analysis(values, (len(before),) if phase and after else (), better, rules)
    said = finding(found, MeasureWords("Falls", "falls", Rhythm.MONTH))
    assert (gain_from(found) is not None) is (said.meaning is Meaning.IMPROVEMENT)
