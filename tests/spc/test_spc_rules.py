"""Each rule at its edge: one point short, just enough, and what neither counts nor breaks."""

import pytest

from qitracker.spc import Analysis, Chart, Series, Signal, XKind, analyse


def flags(signal: Signal, chart: Chart, y: tuple[float | None, ...], **more: object) -> tuple[int, ...]:
    return analyse(Series(chart, y, **more)).signals[signal]  # type: ignore[arg-type]  # a table of keywords


# The centre line is given as 0 and sigma comes out of the moving ranges, wide enough to leave other rules quiet.
SHIFT = [
    ("seven is no shift", (1, 2) * 3 + (1, -9), (0,) * 8),
    ("eight is", (1, 2) * 4 + (-9,), (1,) * 8 + (0,)),
    ("eight below", (9,) + (-1, -2) * 4, (0,) + (-1,) * 8),
    ("on the line neither counts nor breaks", (1, 2, 1, 0, 2, 1, 2, 1, 2), (1, 1, 1, 0, 1, 1, 1, 1, 1)),
    ("on the line is not the eighth", (1, 2, 1, 0, 2, 1, 2, 1), (0,) * 8),
    ("a gap is skipped", (1, 2, 1, None, 2, 1, 2, 1, 2), (1, 1, 1, 0, 1, 1, 1, 1, 1)),
]


@pytest.mark.parametrize(("name", "y", "expected"), SHIFT, ids=[row[0] for row in SHIFT])
def test_shift(name: str, y: tuple[float | None, ...], expected: tuple[int, ...]) -> None:
    assert flags(Signal.SHIFT8, Chart.I, y, cl=0.0) == expected


TREND = [
    ("five is no trend", (1, 2, 3, 4, 5, 0), (0,) * 6),
    ("six is", (9, 1, 2, 3, 4, 5, 6, 0), (0, 1, 1, 1, 1, 1, 1, 0)),
    ("six falling", (6, 5, 4, 3, 2, 1), (-1,) * 6),
    ("equal neighbours count once", (1, 2, 2, 3, 4, 5, 6), (1, 1, 0, 1, 1, 1, 1)),
    ("equal neighbours make none", (1, 2, 2, 3, 4, 5), (0,) * 6),
    ("a turning point carries the later sign", (1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1), (1,) * 5 + (-1,) * 6),
    ("a gap is skipped", (1, 2, None, 3, 4, 5, 6), (1, 1, 0, 1, 1, 1, 1)),
]


@pytest.mark.parametrize(("name", "y", "expected"), TREND, ids=[row[0] for row in TREND])
def test_trend(name: str, y: tuple[float | None, ...], expected: tuple[int, ...]) -> None:
    assert flags(Signal.TREND6, Chart.I, y) == expected


# With 100 cases a count chart given 100 has sigma 10: outer thirds from 120 and 80, limits 130 and 70.
OUTER = [
    ("two of three", (100, 121, 100, 121, 100), (0, 1, 0, 1, 0)),
    ("next to each other", (100, 121, 122, 100), (0, 1, 1, 0)),
    ("one of three", (100, 121, 100, 100, 121), (0,) * 5),
    ("opposite sides", (100, 121, 79, 100), (0,) * 4),
    ("the third on the other side", (121, 79, 121), (1, 0, 1)),
    ("beyond the limit counts", (131, 100, 121), (1, 0, 1)),
    ("on two sigma is inside", (120, 100, 121), (0,) * 3),
    ("there is no three", (121, 121), (0, 0)),
]


@pytest.mark.parametrize(("name", "y", "expected"), OUTER, ids=[row[0] for row in OUTER])
def test_two_of_three(name: str, y: tuple[float, ...], expected: tuple[int, ...]) -> None:
    assert flags(Signal.TWO_OF_THREE, Chart.C, y, cl=100.0) == expected


def test_outside_is_beyond_the_limit_and_not_on_it() -> None:
    assert flags(Signal.OUTSIDE, Chart.C, (130, 131, 70, 69), cl=100.0) == (0, 1, 0, -1)


def test_no_side_without_a_limit_signals() -> None:
    """With a mean of 4.5 none at all is beyond two sigma, but the lower limit would lie below nought."""
    sparse = analyse(Series(Chart.C, (0, 0, 9, 5), cl=4.5))
    assert sparse.lcl == (0.0,) * 4
    assert sparse.signals[Signal.TWO_OF_THREE] == (0,) * 4
    assert flags(Signal.TWO_OF_THREE, Chart.C, (3, 3, 9, 9), cl=9.5) == (-1, -1, 0, 0)
    share = analyse(Series(Chart.P, (10, 10, 7), (10,) * 3, cl=0.7))
    assert share.ucl == (1.0,) * 3
    assert share.signals[Signal.TWO_OF_THREE] == (0,) * 3


def test_fifteen_within_one_sigma() -> None:
    y = (101, 99) * 8
    assert flags(Signal.INNER15, Chart.C, y[:14], cl=100.0) == (0,) * 14
    assert flags(Signal.INNER15, Chart.C, (*y[:15], 111), cl=100.0) == (*(1,) * 15, 0)
    assert flags(Signal.INNER15, Chart.C, (*y[:14], 110), cl=100.0) == (1,) * 15


def test_run_charts_have_their_own_rules() -> None:
    found = analyse(Series(Chart.RUN, (1, 2, 1, 2, 1, 2, 8, 9, 8, 9, 8, 9)))
    assert set(found.signals) == {Signal.SHIFT6, Signal.TREND5}
    assert found.signals[Signal.SHIFT6] == (-1,) * 6 + (1,) * 6
    assert flags(Signal.TREND5, Chart.RUN, (1, 2, 3, 4, 5)) == (1,) * 5
    assert flags(Signal.TREND5, Chart.RUN, (1, 2, 3, 4, 4)) == (0,) * 5


def test_rules_start_afresh_with_each_phase() -> None:
    y = (*(1, 2) * 4, *(1, 2) * 4)
    found = analyse(Series(Chart.I, y, cl=0.0, part=(4, 8)))
    assert found.signals[Signal.SHIFT8] == (0,) * 8 + (1,) * 8


def excluded() -> Analysis:
    return analyse(Series(Chart.C, (10, 11, 9, 60, 10, 12, 8), exclude=(4,)))


def test_excluded_points_leave_the_lines_and_still_meet_the_limits() -> None:
    found = excluded()
    assert found.cl[0] == 10.0
    assert found.included[3] is False
    assert found.signals[Signal.OUTSIDE] == (0, 0, 0, 1, 0, 0, 0)
    assert found.runs[0].n_useful == 4


def test_categories_have_no_rules_about_time() -> None:
    names = tuple("abcdefghijklmnop")
    y = (*range(101, 110), *range(90, 97))
    found = analyse(Series(Chart.C, y, x=names, x_kind=XKind.CATEGORY, cl=100.0))
    assert all(flag == 0 for signal in found.signals for flag in found.signals[signal])
    assert found.runs[0].longest_run == 9
    assert found.runs[0].signal is False
    assert analyse(Series(Chart.C, y, cl=100.0)).signals[Signal.SHIFT8][0] == 1
