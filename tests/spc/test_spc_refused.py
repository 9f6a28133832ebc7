"""What cannot be analysed is refused with the point or key; nothing is guessed."""

from typing import Any

import pytest

from qitracker.spc import Analysis, Chart, Refused, RuleSet, Series, XKind, analyse, analyse_all, analyse_each

NAN, INF = float("nan"), float("inf")
XMR, P, C, U, RUN = Chart.I, Chart.P, Chart.C, Chart.U, Chart.RUN

REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"chart": "x", "y": (1,)}, "unknown_word", "run, i, mr, ip, xbar, s, c, u, up, p, pp, g, t"),
    ({"chart": XMR, "y": (1,), "rules": "nelsen"}, "unknown_word", "provost_murray"),
    ({"chart": C, "y": (1,), "rules": RuleSet.PLOTTHEDOTS}, "chart_not_in_rules", "chart i only"),
    ({"chart": P, "y": (1,), "n": (2,), "rules": RuleSet.MAKING_DATA_COUNT}, "chart_not_in_rules", "not p"),
    ({"chart": Chart.T, "y": (1, 0)}, "time_not_positive", "Point 2"),
    ({"chart": Chart.G, "y": (1, -1)}, "negative_count", "Point 2"),
    ({"chart": Chart.PP, "y": (1, 4), "n": (3, 3)}, "numerator_above_denominator", "Point 2"),
    ({"chart": Chart.UP, "y": (1, 2)}, "n_missing", "denominators"),
    ({"chart": Chart.G, "y": (1, 2, 3), "x": (1, 2, 1)}, "x_repeated", "x, point 3"),
    ({"chart": Chart.T, "y": (1, 2), "x": ("2024-01-01",) * 2}, "x_repeated", "chart t"),
    ({"chart": Chart.MR, "y": (1, 2), "x": (1, 1)}, "x_repeated", "x, point 2"),
    ({"chart": Chart.T, "y": (1, 2), "cl": 0}, "cl_out_of_range", "above 0"),
    ({"chart": Chart.S, "y": (1, 2, 4), "x": (1, 1, 1), "cl": -1}, "cl_out_of_range", "from 0"),
    ({"chart": C, "y": (1, 2), "n": (1, 0)}, "n_not_positive", "Point 2"),
    ({"chart": C, "y": (1, 2), "n": (1,)}, "lengths_differ", "n has 1"),
    ({"chart": XMR, "y": (1, 2), "target": (1.0,)}, "lengths_differ", "target has 1"),
    ({"chart": XMR, "y": (1, 2), "target": ()}, "target_empty", "target"),
    ({"chart": XMR, "y": (1, 2), "target": (1, "2")}, "not_a_number", "target, point 2"),
    ({"chart": XMR, "y": (1, 2), "target": ((1, 2, 3),)}, "target_not_a_pair", "entry 1"),
    ({"chart": XMR, "y": (1, 2), "target": (("2024-01-01", 2),)}, "x_wrong_kind", "entry 1"),
    ({"chart": XMR, "y": (1, 2), "target": ((2, 2), (1, 3))}, "targets_not_rising", "entry 2"),
    ({"chart": XMR, "y": (1, 2), "x": (1, 1), "target": (5, 6)}, "targets_differ", "target, point 2"),
    ({"chart": XMR, "y": (1,), "direction": "up"}, "unknown_word", "increase, decrease, neutral"),
    ({"chart": XMR, "y": (1,), "x_kind": "week"}, "unknown_word", "int, date, category"),
    ({"chart": XMR, "y": ()}, "no_points", "y"),
    ({"chart": XMR, "y": (None, None)}, "no_values", "missing"),
    ({"chart": P, "y": (1, None), "n": (None, 3)}, "no_values", "missing"),
    ({"chart": XMR, "y": (1.0,) * 100_001}, "too_many_points", "100000"),
    ({"chart": XMR, "y": (1, NAN)}, "not_finite", "y, point 2"),
    ({"chart": XMR, "y": (INF, 1)}, "not_finite", "y, point 1"),
    ({"chart": XMR, "y": (1, 2, -1.1e300)}, "not_finite", "y, point 3"),
    ({"chart": XMR, "y": (10**400,)}, "not_finite", "y, point 1"),
    ({"chart": XMR, "y": (10**5000,)}, "not_finite", "thousands of digits"),
    ({"chart": XMR, "y": ("1", 2)}, "not_a_number", "y, point 1"),
    ({"chart": XMR, "y": (1, True)}, "not_a_number", "y, point 2"),
    ({"chart": P, "y": (1, 2), "n": (3, "4")}, "not_a_number", "n, point 2"),
    ({"chart": P, "y": (1, 2), "n": (3,)}, "lengths_differ", "n has 1"),
    ({"chart": XMR, "y": (1, 2), "x": (1,)}, "lengths_differ", "x has 1"),
    ({"chart": P, "y": (1, 2)}, "n_missing", "denominators"),
    ({"chart": U, "y": (1, 2)}, "n_missing", "denominators"),
    ({"chart": P, "y": (1, 0), "n": (3, 0)}, "n_not_positive", "Point 2"),
    ({"chart": XMR, "y": (1, 0), "n": (-3, 1)}, "n_not_positive", "Point 1"),
    ({"chart": P, "y": (1, 4), "n": (3, 3)}, "numerator_above_denominator", "Point 2"),
    ({"chart": C, "y": (1, -1)}, "negative_count", "Point 2"),
    ({"chart": U, "y": (-1, 1), "n": (3, 3)}, "negative_count", "Point 1"),
    ({"chart": XMR, "y": (1, 2), "x": (1, "2024-01-01")}, "x_wrong_kind", "x, point 2"),
    ({"chart": XMR, "y": (1, 2), "x": (1, 2.0)}, "x_wrong_kind", "x, point 2"),
    ({"chart": XMR, "y": (1, 2), "x": (True, 2)}, "x_wrong_kind", "x, point 1"),
    ({"chart": XMR, "y": (1, 2), "x": ("2024-01-01", 2)}, "x_wrong_kind", "x, point 2"),
    ({"chart": XMR, "y": (1, 2), "x": ("2024-01-01", "2023-02-29")}, "x_no_date", "x, point 2"),
    ({"chart": XMR, "y": (1, 2), "x": ("20240101", "2024-01-02")}, "x_no_date", "x, point 1"),
    ({"chart": U, "y": (1,), "n": (2,), "x": (1,), "x_kind": XKind.CATEGORY}, "x_wrong_kind", "x, point 1"),
    ({"chart": XMR, "y": (1, 2), "multiply": 0}, "multiply_not_positive", "multiply"),
    ({"chart": XMR, "y": (1, 2), "multiply": NAN}, "not_finite", "multiply"),
    ({"chart": XMR, "y": (1, 2), "target": INF}, "not_finite", "target"),
    ({"chart": XMR, "y": (1, 2), "cl": "2"}, "not_a_number", "cl"),
    ({"chart": P, "y": (1, 2), "n": (3, 3), "cl": 1.01}, "cl_out_of_range", "from 0 to 1"),
    ({"chart": C, "y": (1, 2), "cl": -0.1}, "cl_out_of_range", "from 0 up, in"),
    ({"chart": XMR, "y": (1e299, 2), "multiply": 1e10}, "beyond_range", "multiply"),
    ({"chart": U, "y": (1e200, 2), "n": (1e-200, 2)}, "beyond_range", "units"),
    ({"chart": XMR, "y": (1, 2), "part": (0,)}, "part_not_whole", "part"),
    (
        {"chart": XMR, "y": (1, 2), "part": (2,)},
        "part_out_of_range",
        "part: 2 is past the last point it can name. Use 1 to 1.",
    ),
    ({"chart": XMR, "y": (1,), "part": (1,)}, "part_out_of_range", "Leave it out."),
    ({"chart": XMR, "y": (1, 2, 3), "part": (2, 2)}, "part_not_rising", "part"),
    ({"chart": XMR, "y": (1, 2), "exclude": (3,)}, "exclude_out_of_range", "exclude"),
    ({"chart": XMR, "y": (1, 2), "exclude": (2, 1)}, "exclude_not_rising", "exclude"),
    ({"chart": XMR, "y": (1, 2), "exclude": (1.5,)}, "exclude_not_whole", "exclude"),
    ({"chart": XMR, "y": (1, 2), "freeze": 0}, "freeze_not_whole", "freeze"),
    ({"chart": XMR, "y": (1, 2), "freeze": True}, "freeze_not_whole", "freeze"),
    ({"chart": XMR, "y": (1, 2), "freeze": (1, 1)}, "freeze_wrong_length", "2 entries for 1 phase"),
]


@pytest.mark.parametrize(("fields", "code", "words"), REFUSED, ids=[f"{row[1]}-{at}" for at, row in enumerate(REFUSED)])
def test_refused_with_a_reason(fields: dict[str, Any], code: str, words: str) -> None:
    with pytest.raises(Refused) as caught:
        analyse(Series(**fields))
    assert caught.value.code == code
    assert words in caught.value.message


def test_one_bad_series_does_not_stop_the_others() -> None:
    good, bad = Series(XMR, (1, 2, 3), id="good"), Series(C, (1, -2), id="bad")
    first, second, third = analyse_each([good, bad, good])
    assert isinstance(first, Analysis)
    assert isinstance(second, Refused)
    assert first == third == analyse(good)
    with pytest.raises(Refused, match="Point 2"):
        analyse_all([good, bad])


def test_no_series_no_answers() -> None:
    assert analyse_all([]) == []


def test_one_point_is_enough_for_a_line() -> None:
    found = analyse(Series(XMR, (5,)))
    assert (found.cl, found.lcl, found.ucl) == ((5.0,), (None,), (None,))
    assert {caution.code for caution in found.warnings} == {"no_limits"}


@pytest.mark.parametrize("chart", [Chart.MR, Chart.S])
def test_one_value_shows_neither_range_nor_spread(chart: Chart) -> None:
    found = analyse(Series(chart, (5,)))
    assert (found.y, found.cl, found.lcl, found.ucl) == ((None,),) * 4
    assert {caution.code for caution in found.warnings} == {"no_centre_line"}


@pytest.mark.parametrize("chart", [RUN, XMR])
def test_rows_of_one_time_become_one_point(chart: Chart) -> None:
    found = analyse(Series(chart, (4, 1, 3), x=("2024-02-01", "2024-01-01", "2024-01-01")))
    assert found.x == ("2024-01-01", "2024-02-01")
    assert found.y == (2.0, 4.0)


def test_shares_of_one_time_are_added_before_they_are_divided() -> None:
    found = analyse(Series(P, (1, 3, None, 2), (10, 10, 10, 8), x=(1, 1, 1, 2)))
    assert found.y == (0.2, 0.25)
    assert found.n == (20.0, 8.0)


def test_counts_of_one_time_are_added() -> None:
    assert analyse(Series(C, (1, 3, 2), x=(1, 1, 2))).y == (4.0, 2.0)
