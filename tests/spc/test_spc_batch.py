"""A batch: arrays in, arrays out, and each of its rows what the series alone says, to the last digit."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qitracker.spc import Analysis, Batch, Chart, Direction, Refused, RuleSet, Series, Signal, analyse
from qitracker.spc.batch_checking import sheet_of_batch
from qitracker.spc.frame import column_sums
from qitracker.spc.sheet import CELLS_OF_A_BLOCK

TAKES_N = {Chart.P, Chart.PP, Chart.U, Chart.UP, Chart.IP}
NHS = {RuleSet.MAKING_DATA_COUNT, RuleSet.PLOTTHEDOTS}


def numbers(chart: Chart, shape: tuple[int, int], seed: int = 1) -> tuple[np.ndarray, np.ndarray | None]:
    """Counts with ties and gaps, and denominators where the chart has them."""
    draw = np.random.default_rng(seed)
    y = draw.integers(1, 9, shape).astype(float)
    y[draw.random(shape) < 0.1] = np.nan
    return y, draw.integers(9, 14, shape).astype(float) if chart in TAKES_N else None


def cells(row: np.ndarray) -> tuple[float | None, ...]:
    return tuple(None if np.isnan(value) else value for value in row.tolist())


def alone(batch: Batch, at: int, **more: Any) -> Analysis:
    y = np.asarray(batch.y)[at]
    n = None if batch.n is None else cells(np.asarray(batch.n)[at])
    return analyse(Series(batch.chart, cells(y), n, rules=batch.rules, **more))


@pytest.mark.parametrize("rules", RuleSet)
@pytest.mark.parametrize("chart", [chart for chart in Chart if chart not in {Chart.XBAR, Chart.S}])
def test_rows_are_what_each_series_says_alone(chart: Chart, rules: RuleSet) -> None:
    if rules in NHS and chart is not Chart.I:
        return
    y, n = numbers(chart, (7, 33))
    batch = Batch(chart, y, n, rules=rules, multiply=100.0)
    found = analyse(batch)
    assert len(found) == len(list(found.rows())) == 7
    for at in range(7):
        one = alone(batch, at, multiply=100.0)
        assert found.row(at) == one
        for name in ("y", "cl", "lcl", "ucl", "sigma"):
            assert cells(getattr(found, name)[at]) == getattr(one, name), name
        assert {name: tuple(flags[at].tolist()) for name, flags in found.signals.items()} == one.signals


def test_everything_a_series_has_a_batch_has() -> None:
    y, n = numbers(Chart.P, (4, 30))
    exclude = np.zeros(y.shape, bool)
    exclude[1, [3, 9]] = exclude[3, 29] = True
    part = [(), (12,), (1, 2, 20), (15,)]
    batch = Batch(
        Chart.P,
        y,
        n,
        lengths=[30, 25, 30, 30],
        direction=[Direction.INCREASE, Direction.DECREASE, Direction.NEUTRAL, Direction.INCREASE],
        target=[40.0, np.nan, 50.0, 60.0],
        cl=[np.nan, np.nan, np.nan, 0.4],
        multiply=100.0,
        screen=False,
        freeze=[0, 6, 4, 40],
        part=part,
        exclude=exclude,
        ids=("a", "b", "c", "d"),
    )
    found = analyse(batch)
    for at, (length, direction, target, cl, freeze) in enumerate(
        zip(
            (30, 25, 30, 30),
            batch.direction,
            (40.0, None, 50.0, 60.0),
            (None, None, None, 0.4),
            (None, 6, 4, 40),
            strict=True,
        )
    ):
        one = analyse(
            Series(
                Chart.P,
                cells(y[at])[:length],
                cells(n[at])[:length],
                id="abcd"[at],
                direction=direction,
                target=target,
                cl=cl,
                multiply=100.0,
                screen=False,
                freeze=freeze,
                part=part[at],
                exclude=tuple((np.flatnonzero(exclude[at]) + 1).tolist()),
            )
        )
        assert found.row(at) == one
        assert tuple(found.phase[at, :length].tolist()) == one.phase
        assert cells(found.lcl[at])[:length] == one.lcl
        assert np.isnan(found.cl[at, length:]).all()


def test_targets_may_change_from_point_to_point() -> None:
    y = np.array([[100.0, 105.0, 95.0] * 5])
    targets = np.array([[40.0] * 14 + [130.0]])
    one = analyse(Batch(Chart.C, y, target=targets, cl=100.0, direction=Direction.INCREASE)).row(0)
    assert (one.target, one.assurance) == (130.0, "consistent_fail")
    assert one.targets == (40.0,) * 14 + (130.0,)


def test_subgroups_may_be_given_as_mean_deviation_and_size() -> None:
    rows = np.random.default_rng(4).normal(10, 2, (20, 5))
    x = tuple(at for at in range(20) for _ in range(5))
    for chart in (Chart.XBAR, Chart.S):
        y = rows.mean(axis=1) if chart is Chart.XBAR else rows.std(axis=1, ddof=1)
        batch = Batch(chart, y[None], np.full((1, 20), 5), rows.std(axis=1, ddof=1)[None])
        one, other = analyse(batch).row(0), analyse(Series(chart, tuple(rows.ravel().tolist()), x=x))
        assert one.signals == other.signals
        for name in ("cl", "lcl", "ucl", "sigma"):
            assert list(getattr(one, name)) == pytest.approx(list(getattr(other, name)), rel=1e-12)


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 9), st.integers(1, 300), st.integers(0, 99))
def test_sums_do_not_depend_on_what_stands_beside_or_below(width: int, height: int, seed: int) -> None:
    values = np.random.default_rng(seed).normal(size=(height, width))
    sums = column_sums(values)
    for at in range(width):
        assert column_sums(np.ascontiguousarray(values[:, at : at + 1]))[0] == sums[at]
    assert column_sums(np.vstack([values, np.zeros((17, width))])).tolist() == sums.tolist()


def test_blocks_do_not_show() -> None:
    """More series than are worked on at a time, in any order."""
    many = CELLS_OF_A_BLOCK // 40 + 300
    y, _ = numbers(Chart.I, (many, 40), seed=2)
    order = np.random.default_rng(3).permutation(many)
    found, shuffled = analyse(Batch(Chart.I, y)), analyse(Batch(Chart.I, y[order]))
    assert (found.ucl[order] == shuffled.ucl).all()
    assert all((flags[order] == shuffled.signals[name]).all() for name, flags in found.signals.items())
    assert found.row(many - 1) == found.row(-1) == alone(Batch(Chart.I, y), many - 1)


def test_a_long_phase_beside_thousands_of_short_ones_needs_no_more_room_than_they_do() -> None:
    """Side by side in one table they would need thousands of points each."""
    y = np.random.default_rng(5).normal(size=(1, 9000))
    batch = Batch(Chart.I, y, part=[tuple(range(1, 4000))])
    sheet = sheet_of_batch(batch)
    assert sheet.phases is not None
    sizes = [sheet.phases.size[rows] for rows in sheet.blocks()]
    assert sum(len(some) for some in sizes) == 4000
    assert sum(int(some.max()) * len(some) for some in sizes) <= 2 * y.size
    last = analyse(Series(Chart.I, tuple(y[0, 3999:].tolist())))
    assert analyse(batch).row(0).signals[Signal.OUTSIDE][3999:] == last.signals[Signal.OUTSIDE]


def test_the_order_in_memory_does_not_matter() -> None:
    y, n = numbers(Chart.U, (6, 20))
    part = [(5,), (), (3, 9), (19,), (1,), ()]
    plain, turned = (
        analyse(Batch(Chart.U, one, other, part=part))
        for one, other in ((y, n), (np.asfortranarray(y), n[:, ::-1][:, ::-1]))
    )
    assert [plain.row(at) for at in range(6)] == [turned.row(at) for at in range(6)]


NAN, INF = float("nan"), float("inf")
Y = [[1.0, 2.0, 3.0]]
REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"chart": "z", "y": Y}, "unknown_word", "z"),
    ({"chart": Chart.P, "y": Y}, "n_missing", "needs n"),
    ({"chart": Chart.P, "y": Y, "n": [[3.0, 3.0, 2.0]]}, "numerator_above_denominator", "Series 1, point 3"),
    ({"chart": Chart.P, "y": Y, "n": [[3.0, 0.0, 9.0]]}, "n_not_positive", "Series 1, point 2"),
    ({"chart": Chart.C, "y": [[1.0], [-1.0]]}, "negative_count", "Series 2, point 1"),
    ({"chart": Chart.T, "y": [[1.0, 0.0]]}, "time_not_positive", "Series 1, point 2"),
    ({"chart": Chart.I, "y": [[1.0, INF]]}, "not_finite", "Series 1, point 2"),
    ({"chart": Chart.I, "y": [1.0, 2.0]}, "wrong_shape", "dimensions"),
    ({"chart": Chart.I, "y": [["a"]]}, "not_a_number", "y"),
    ({"chart": Chart.I, "y": [[]]}, "no_points", "y"),
    ({"chart": Chart.I, "y": Y, "n": [[1.0]]}, "lengths_differ", "same shape"),
    ({"chart": Chart.I, "y": Y, "lengths": [4]}, "lengths_out_of_range", "1 to 3"),
    ({"chart": Chart.I, "y": Y, "lengths": [1.5]}, "lengths_not_whole", "whole"),
    ({"chart": Chart.I, "y": Y, "freeze": -1}, "freeze_not_whole", "freeze"),
    ({"chart": Chart.I, "y": Y, "part": [(3,)]}, "part_out_of_range", "1 to 2"),
    ({"chart": Chart.I, "y": Y, "part": [(1,), (1,)]}, "wrong_shape", "part"),
    ({"chart": Chart.I, "y": Y, "exclude": [[1, 0, 0]]}, "wrong_shape", "true or false"),
    ({"chart": Chart.C, "y": Y, "cl": -1.0}, "cl_out_of_range", "series 1"),
    ({"chart": Chart.I, "y": Y, "multiply": 0.0}, "multiply_not_positive", "multiply"),
    ({"chart": Chart.I, "y": Y, "target": INF}, "not_finite", "target"),
    ({"chart": Chart.I, "y": Y, "direction": ["up"]}, "unknown_word", "direction"),
    ({"chart": Chart.I, "y": Y, "x": (1, 2)}, "lengths_differ", "x has 2"),
    ({"chart": Chart.XBAR, "y": Y, "n": Y}, "sd_missing", "sd"),
    ({"chart": Chart.U, "y": Y, "n": Y, "rules": RuleSet.PLOTTHEDOTS}, "chart_not_in_rules", "not u"),
]


@pytest.mark.parametrize(("fields", "code", "words"), REFUSED, ids=[f"{row[1]}-{at}" for at, row in enumerate(REFUSED)])
def test_a_batch_is_refused_with_the_place(fields: dict[str, Any], code: str, words: str) -> None:
    with pytest.raises(Refused) as caught:
        analyse(Batch(**fields))
    assert caught.value.code == code
    assert words in caught.value.message


def test_a_row_without_a_value_or_too_large_stops_only_itself() -> None:
    found = analyse(Batch(Chart.I, [[NAN, NAN], [1.0, 2.0], [1e299, 2e299]], multiply=[1.0, 1.0, 1e10]))
    codes = [answer.code if isinstance(answer, Refused) else "" for answer in found.rows()]
    assert codes == ["no_values", "", "beyond_range"]
    with pytest.raises(Refused, match="missing"):
        found.row(0)
    with pytest.raises(IndexError):
        found.row(3)


def test_no_series_is_an_answer_too() -> None:
    found = analyse(Batch(Chart.I, np.empty((0, 5))))
    assert len(found) == 0
    assert found.signals[Signal.OUTSIDE].shape == found.ucl.shape == (0, 5)
