"""Where the engine chooses against a reference package, each choice with its reason."""

from dataclasses import replace

import pytest

from qitracker.spc import Aggregate, Chart, Direction, RuleSet, Series, Signal, XKind, analyse

NHS = (RuleSet.MAKING_DATA_COUNT, RuleSet.PLOTTHEDOTS)


def test_screening_never_leaves_sigma_nought() -> None:
    """The packages drop every moving range that is not nought on sparse series, and then every point is outside."""
    y = (0,) * 10 + (5,) + (0,) * 10 + (4,) + (0,) * 5
    found = analyse(Series(Chart.I, y))
    kept = analyse(Series(Chart.I, y, screen=False))
    assert found.sigma[0] == kept.sigma[0] == pytest.approx(18 / 26 / 1.128)
    assert not any(found.signals[Signal.OUTSIDE][:10])
    assert "screening_not_done" in {caution.code for caution in found.warnings}


def test_screening_leaves_out_a_range_on_its_limit_and_keeps_the_point_in_the_mean() -> None:
    """Strictly smaller is kept, one pass only (Nelson 1982)."""
    y = (10, 11, 10, 11, 10, 11, 10, 40, 10, 11, 10, 11)
    found, plain = analyse(Series(Chart.I, y)), analyse(Series(Chart.I, y, screen=False))
    assert found.cl == plain.cl
    assert found.sigma[0] == pytest.approx(1 / 1.128)
    assert plain.sigma[0] == pytest.approx((9 + 30 + 30) / 11 / 1.128)


def test_constant_values_have_limits_on_the_line() -> None:
    """The packages lose the limits of a constant series; here there is no variation, which is an answer."""
    found = analyse(Series(Chart.I, (100,) * 20))
    assert found.lcl == found.cl == found.ucl
    assert {caution.code for caution in found.warnings} == {"no_variation"}


@pytest.mark.parametrize("rules", RuleSet)
@pytest.mark.parametrize("chart", Chart)
def test_a_constant_series_has_its_limits_on_the_line_and_no_signal(chart: Chart, rules: RuleSet) -> None:
    """By the formulas alone twenty equal counts are fifteen within one sigma, and most packages lose the limits."""
    if rules in {RuleSet.MAKING_DATA_COUNT, RuleSet.PLOTTHEDOTS} and chart is not Chart.I:
        return
    x, y, n = tuple(range(20)), (5,) * 20, (10,) * 20
    if chart in {Chart.XBAR, Chart.S}:
        x, y, n = tuple(at // 2 for at in range(40)), (4, 6) * 20, None
    found = analyse(Series(chart, y, n, x, rules=rules))
    assert not any(flag for flags in found.signals.values() for flag in flags)
    assert found.variation == "common_cause"
    if chart is not Chart.RUN:
        judged = slice(1, None) if chart is Chart.MR else slice(None)
        assert set(found.sigma) == {0.0}
        assert found.lcl[judged] == found.cl[judged] == found.ucl[judged]


def test_a_single_point_keeps_the_limits_of_its_formula() -> None:
    """One value is neither steady nor not."""
    assert analyse(Series(Chart.C, (4,))).ucl == (10.0,)
    assert analyse(Series(Chart.C, (4, 9), part=(1,))).ucl == (10.0, 18.0)


@pytest.mark.parametrize(
    ("chart", "y", "n", "ucl"),
    [
        (Chart.C, (4, 4, 9), None, 10.0),
        (Chart.U, (8, 8, 9), (2, 2, 2), 4 + 3 * 2**0.5),
        (Chart.P, (5, 5, 9), (10, 10, 10), 0.5 + 3 * 0.025**0.5),
        (Chart.G, (8, 8, 30), None, 8 + 3 * 72**0.5),
    ],
)
def test_equal_counts_in_one_phase_of_a_series_that_varies_keep_their_limits(
    chart: Chart, y: tuple[float, ...], n: tuple[float, ...] | None, ucl: float
) -> None:
    """Two equal months are no proof that chance is gone; qicharts2 has the limits of the formula too."""
    found = analyse(Series(chart, y, n, part=(2,)))
    assert found.ucl[:2] == pytest.approx((ucl, ucl))
    assert "no_variation" not in {caution.code for caution in found.warnings}


def test_a_constant_series_has_its_limits_back_once_a_value_differs() -> None:
    """In its earlier phases too: that they were all equal was told of the whole series."""
    constant = Series(Chart.C, (4, 4, 4, 4), part=(2,))
    assert analyse(constant).ucl == (4.0,) * 4
    assert analyse(replace(constant, y=(4, 4, 4, 4, 9))).ucl == pytest.approx(
        (10.0,) * 2 + (17 / 3 + (17 * 3) ** 0.5,) * 3
    )


def test_a_steady_climb_is_not_a_constant_series() -> None:
    """Its moving ranges are equal, its values are not."""
    found = analyse(Series(Chart.MR, (1, 2, 3, 4, 5)))
    assert (found.lcl[0], found.cl[0], found.ucl[0]) == (0.0, 1.0, 3.267)
    assert "no_variation" not in {caution.code for caution in found.warnings}


def test_places_that_all_have_the_same_rate_have_no_spread() -> None:
    """Not even that of rounding, nor for want of a neighbour."""
    many, places = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), XKind.CATEGORY
    off_line = analyse(Series(Chart.UP, (0,) * 26, (250,) * 26, many, x_kind=places, cl=0.3))
    assert set(off_line.sigma) == {0.0}
    apart = analyse(Series(Chart.UP, (0, None, 0), (5, 6, 7), ("A", "B", "C"), x_kind=places))
    assert apart.ucl == (0.0, None, 0.0)


def test_without_a_moving_range_a_given_line_has_no_limits_either() -> None:
    found = analyse(Series(Chart.MR, (3, None, 4), cl=2.0))
    assert (found.cl[0], found.lcl[0], found.ucl[0]) == (2.0, None, None)


def test_an_empty_subgroup_is_of_another_size() -> None:
    """So the spread is pooled, as in qicharts2; its size is told as none."""
    x, y = (1, 1, 2, 2, 3, 3), (1, 3, 2, 8, None, None)
    found = analyse(Series(Chart.S, y, x=x))
    assert found.cl[0] == pytest.approx(((2 + 18) / 2) ** 0.5)
    assert found.n == (2.0, 2.0, None)


@pytest.mark.parametrize("power", [-700, 700])
@pytest.mark.parametrize("chart", [Chart.XBAR, Chart.S])
def test_subgroups_of_any_size_of_number_are_pooled(chart: Chart, power: int) -> None:
    """Though the squares of such numbers are nought, or too large for a number."""
    y, x = (1.0, 3.0, 2.0, 8.0, 4.0, 5.0, 6.0, 7.0), (1, 1, 2, 2, 3, 3, 3, 4)
    plain = analyse(Series(chart, y, x=x))
    found = analyse(Series(chart, tuple(value * 2.0**power for value in y), x=x))
    assert found.sigma == tuple(None if one is None else one * 2.0**power for one in plain.sigma)
    assert found.signals == plain.signals


def test_the_order_of_rows_does_not_matter_where_no_x_repeats() -> None:
    """A value alone has no standard deviation, and is not asked for one."""
    in_order = analyse(Series(Chart.I, (5, 7, 6), x=(1, 2, 3), aggregate=Aggregate.SD))
    assert analyse(Series(Chart.I, (7, 6, 5), x=(2, 3, 1), aggregate=Aggregate.SD)).y == in_order.y == (5.0, 7.0, 6.0)


def test_equal_values_are_not_called_related() -> None:
    """What rounding leaves between them and their mean is nothing."""
    found = analyse(Series(Chart.I, (1e-07,) * 13))
    assert "related_neighbours" not in {caution.code for caution in found.warnings}


def test_equal_counts_off_a_given_line_are_still_judged() -> None:
    """A line from elsewhere is a standard, and twenty points on one side of it are a shift."""
    found = analyse(Series(Chart.C, (5,) * 20, cl=4.0))
    assert found.ucl == (10.0,) * 20
    assert found.signals[Signal.SHIFT8] == (1,) * 20


def test_freeze_works_inside_each_phase() -> None:
    """qicharts2 ignores a frozen baseline once there are phases."""
    found = analyse(Series(Chart.C, (4, 4, 9, 16, 16, 25), part=(3,), freeze=2))
    assert found.cl == (4.0,) * 3 + (16.0,) * 3


def test_a_moving_range_bridges_an_exclusion_and_not_a_gap() -> None:
    excluded = analyse(Series(Chart.I, (1, 2, 90, 4, 5), exclude=(3,), screen=False))
    assert excluded.sigma[0] == pytest.approx((1 + 2 + 1) / 3 / 1.128)
    gap = analyse(Series(Chart.I, (1, 2, None, 4, 5), screen=False))
    assert gap.sigma[0] == pytest.approx((1 + 1) / 2 / 1.128)
    apart = analyse(Series(Chart.I, (1, None, 4, None, 5)))
    assert apart.sigma == (None,) * 5


def test_the_mean_of_rounded_tenths_is_on_the_line() -> None:
    """Rounding never decides a side: a mean of tenths is a hair off a tenth."""
    assert analyse(Series(Chart.I, (0.1, 0.2, 0.3, 0.2, 0.2))).runs[0].n_useful == 2


def test_values_about_nought_are_not_decided_by_rounding() -> None:
    y = (0.1, 0.2, -0.3, 0.0, 0.3, -0.2, -0.1)
    assert analyse(Series(Chart.I, y)).runs[0].n_useful == 6


def test_a_lower_limit_just_on_nought_is_a_limit() -> None:
    """Nine events on average: nine less three times three is nought, not below it."""
    found = analyse(Series(Chart.C, (2, 2, 9, 9), cl=9.0))
    assert found.signals[Signal.TWO_OF_THREE] == (-1, -1, 0, 0)


def test_assurance_uses_the_mean_denominator_of_the_latest_phase() -> None:
    """By the last point alone one small month would turn the icon."""
    y, n = (50,) * 13 + (3,), (100,) * 13 + (4,)
    found = analyse(Series(Chart.P, y, n, multiply=100.0, target=80.0, direction=Direction.INCREASE))
    assert found.ucl[-1] == 100.0
    assert found.assurance == "consistent_fail"


def test_a_point_on_the_inner_third_alone_is_no_improvement() -> None:
    """Fifteen close to the line have no side, so they say nothing of better or worse; a caution tells them."""
    found = analyse(Series(Chart.C, (101, 99) * 9, cl=100.0))
    assert found.signals[Signal.INNER15] == (1,) * 18
    assert set(found.meaning) == {"common_cause"}
    assert "hugging_centre" in {caution.code for caution in found.warnings}


def test_a_phase_of_excluded_points_alone_still_meets_a_given_line() -> None:
    found = analyse(Series(Chart.C, (65, 65, 65), cl=100.0, part=(1,), exclude=(1,)))
    assert found.signals[Signal.OUTSIDE] == (-1, -1, -1)


def test_where_limits_move_a_point_without_a_value_has_none() -> None:
    """Whichever half of it is missing."""
    found = analyse(Series(Chart.P, (3, None, 4, 2, 5), (20, 30, None, 25, 20)))
    assert [limit is None for limit in found.ucl] == [False, True, True, False, False]
    assert found.n == (20.0, None, None, 25.0, 20.0)
    assert None not in found.cl


@pytest.mark.parametrize("n", [1, 31, 189])
def test_nought_on_a_lower_limit_of_nought_is_not_below_it(n: int) -> None:
    """Whatever the rounding of a limit that is the difference of two numbers of the same size: p is 9 / (9 + n)."""
    found = analyse(Series(Chart.P, (0,) * 5, (n,) * 5, cl=9 / (9 + n)))
    assert found.lcl == pytest.approx((0.0,) * 5, abs=1e-12)
    assert not any(found.signals[Signal.OUTSIDE])


@pytest.mark.parametrize(("target", "direction"), [(52.66, Direction.INCREASE), (47.34, Direction.DECREASE)])
def test_a_target_on_a_limit_is_beyond_it_but_for_plotthedots(target: float, direction: Direction) -> None:
    """The package asks for more than the limit; the tools of Making Data Count do not."""
    series = {"y": (49.5, 50.5) * 10, "target": target, "direction": direction}
    found = {rules: analyse(Series(Chart.I, rules=rules, **series)).assurance for rules in NHS}
    assert found == {RuleSet.MAKING_DATA_COUNT: "consistent_fail", RuleSet.PLOTTHEDOTS: "inconsistent"}
