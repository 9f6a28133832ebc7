"""EWMA and CUSUM charts: what they see, gaps, and what is refused. The textbook's example stands in published/."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qitracker.spc.bernoulli import bernoulli_cusum
from qitracker.spc.cusum import Change, cusum
from qitracker.spc.ewma import ewma
from qitracker.spc.values import Refused

SERIES = st.lists(st.integers(-40, 40), min_size=1, max_size=25)


def test_both_charts_see_a_small_lasting_rise_that_no_point_shows() -> None:
    y = [10.3, 9.6, 10.1, 9.9, 10.2, 9.8] + [11.1] * 12
    found = cusum(y, centre=10, sigma=1)
    assert found.signals.index(1) == 14
    assert found.changes == (Change(side=1, at=14, began=6, level=pytest.approx(11.1)),)
    assert ewma(y, centre=10, sigma=1).signals.index(1) == 16


@given(SERIES)
@settings(max_examples=40)
def test_mirrored_series_give_mirrored_charts(y: list[int]) -> None:
    there, back = cusum(y, centre=0, sigma=5), cusum([-value for value in y], centre=0, sigma=5)
    assert there.high == back.low
    assert there.since_low == back.since_high
    assert there.signals == tuple(-side for side in back.signals)
    smooth, turned = ewma(y, centre=0, sigma=5), ewma([-value for value in y], centre=0, sigma=5)
    assert smooth.signals == tuple(-side for side in turned.signals)
    assert smooth.values == tuple(-value for value in turned.values if value is not None)


@given(SERIES, st.data())
@settings(max_examples=40)
def test_a_gap_changes_nothing_for_the_points_beside_it(y: list[int], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(y)))
    gapped = [*y[:at], None, *y[at:]]
    for chart, columns in (
        (cusum, ("high", "low", "since_high", "signals")),
        (ewma, ("values", "lcl", "ucl", "signals")),
    ):
        plain, with_gap = chart(y, centre=0, sigma=5), chart(gapped, centre=0, sigma=5)
        for column in columns:
            cells = list(getattr(with_gap, column))
            assert cells.pop(at) in {None, 0}
            assert cells == list(getattr(plain, column))


def test_on_a_limit_is_no_signal() -> None:
    assert cusum([5.5], centre=0, sigma=1).high == (5.0,)
    assert cusum([5.5], centre=0, sigma=1).signals == (0,)
    assert ewma([3.0], centre=0, sigma=1).signals == (0,)
    assert ewma([3.01], centre=0, sigma=1).signals == (1,)
    assert ewma([-3.01], centre=0, sigma=1, weight=1).signals == (-1,)


def test_a_head_start_sees_sooner_a_process_that_begins_off_its_centre() -> None:
    # Montgomery 9.1.4: started at half the interval, a process at 105 instead of 100 (k 3, h 12) is seen at once.
    y = [102, 97, 104, 93, 100, 105, 96, 98, 105, 99]
    found = cusum(y, centre=100, sigma=6, allowance=0.5, decision=2, head_start=0.5)
    assert found.high[:3] == pytest.approx((5, 0, 1))
    assert found.low[:3] == pytest.approx((1, 1, 0))
    off_centre = cusum([value + 5 for value in y], centre=100, sigma=6, allowance=0.5, decision=2, head_start=0.5)
    assert off_centre.high[:3] == pytest.approx((10, 9, 15))
    assert off_centre.signals[:3] == (0, 0, 1)
    assert cusum([value + 5 for value in y], centre=100, sigma=6, decision=2).signals.index(1) > 2


def test_the_sum_starts_anew_after_it_was_back_at_nothing() -> None:
    found = cusum([6, 0, -9, 6, 6], centre=0, sigma=1)
    assert [change.began for change in found.changes] == [0, 2, 3]
    assert [change.side for change in found.changes] == [1, -1, 1]


def test_numbers_of_numpy_are_numbers_and_others_are_not() -> None:
    rows = np.array([9, 10, 12])
    assert cusum(rows, centre=np.int64(10), sigma=np.float32(1)).high == (0, 0, 1.5)
    for nonsense in (10**400, -(10**400), "10", [10], True, 1j):
        with pytest.raises(Refused):
            cusum([nonsense], centre=10, sigma=1)


def test_cases_without_events_sink_and_cases_with_events_rise() -> None:
    found = bernoulli_cusum([0, 1, None, 1, 1, 1, 1, 1, 0], expected=0.1, decision=3.5)
    step = math.log(found.high / 0.1)
    assert found.high == pytest.approx(0.2 / 1.1)
    assert found.low == pytest.approx(0.05 / 0.95)
    assert found.up[:4] == (0, pytest.approx(step), None, pytest.approx(2 * step))
    assert found.signals_up == (False, False, False, False, False, False, False, True, False)
    assert found.up[7] == 0
    assert found.down[0] == pytest.approx(-math.log((1 - found.low) / 0.9))


def test_a_case_exactly_on_the_limit_is_a_signal_and_the_sum_goes_on() -> None:
    step = math.log((0.2 / 1.1) / 0.1)
    found = bernoulli_cusum([1, 0], expected=0.1, decision=step)
    assert found.signals_up == (True, False)
    assert found.up[0] == step
    assert 0 < found.up[1] < step


def test_many_cases_without_an_event_are_a_signal_down() -> None:
    found = bernoulli_cusum([0] * 200, expected=0.1)
    assert any(found.signals_down)
    assert not any(found.signals_up)


@pytest.mark.parametrize(
    ("chart", "given_", "code"),
    [
        (ewma, {"y": [], "centre": 0, "sigma": 1}, "no_points"),
        (ewma, {"y": [None], "centre": 0, "sigma": 1}, "no_values"),
        (ewma, {"y": [1], "centre": math.nan, "sigma": 1}, "beyond_range"),
        (ewma, {"y": [1], "centre": 0, "sigma": 0}, "not_positive"),
        (ewma, {"y": [1], "centre": 0, "sigma": 1, "weight": 1.2}, "not_a_share"),
        (cusum, {"y": ["1"], "centre": 0, "sigma": 1}, "not_a_number"),
        (cusum, {"y": [1], "centre": 0, "sigma": 1, "allowance": -1}, "out_of_range"),
        (cusum, {"y": [1], "centre": 0, "sigma": 1, "head_start": 1}, "out_of_range"),
        (cusum, {"y": [1], "centre": 0, "sigma": 1, "decision": 0}, "not_positive"),
        (bernoulli_cusum, {"events": [0, 2]}, "not_an_event"),
        (bernoulli_cusum, {"events": [0, 0]}, "no_share"),
        (bernoulli_cusum, {"events": [1, 1]}, "no_share"),
        (bernoulli_cusum, {"events": [0, 1], "baseline": 3}, "not_whole"),
        (bernoulli_cusum, {"events": [0, 1], "expected": 1}, "not_a_share"),
        (bernoulli_cusum, {"events": [0, 1], "odds_ratio": 1}, "out_of_range"),
    ],
)
def test_what_cannot_be_charted_is_refused(chart: Any, given_: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        chart(**given_)
    assert refused.value.code == code
