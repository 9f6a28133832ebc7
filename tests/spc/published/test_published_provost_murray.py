"""What Provost and Murray, The Health Care Data Guide (2011), state of their rules and charts.

Figure 4.5 gives the five rules of a Shewhart chart with their lengths, chapter 3 those of a run chart; pages 155 and 192
the screening of moving ranges, page 200 the centre line of a U chart, page 228 the median of a g chart. Their charts'
own numbers were not at hand, so each statement is held against numbers made for it.
"""

import math

import pytest

from qitracker.spc import Analysis, Chart, RuleSet, Series, Signal, analyse


def judged(*after: float, chart: Chart = Chart.C) -> Analysis:
    return analyse(Series(chart, (*after,), cl=100.0, rules=RuleSet.PROVOST_MURRAY))


@pytest.mark.parametrize(
    ("rule", "short", "enough"),
    [
        pytest.param(Signal.OUTSIDE, (130.0,), (130.1,), id="1: a single point outside the limits"),
        pytest.param(Signal.SHIFT8, (112.0, 113.0) * 3 + (112.0,), (112.0, 113.0) * 4, id="2: eight in a row"),
        pytest.param(
            Signal.TREND6, (90.0, 94.0, 98.0, 102.0, 106.0), (90.0, 94.0, 98.0, 102.0, 106.0, 110.0), id="3: six rising"
        ),
        pytest.param(
            Signal.TWO_OF_THREE, (121.0, 100.0, 112.0), (121.0, 100.0, 122.0), id="4: two of three near a limit"
        ),
        pytest.param(Signal.INNER15, (99.0, 101.0) * 7, (99.0, 101.0) * 7 + (99.0,), id="5: fifteen near the centre"),
    ],
)
def test_figure_4_5(rule: Signal, short: tuple[float, ...], enough: tuple[float, ...]) -> None:
    assert not any(judged(*short).signals[rule])
    assert any(judged(*enough).signals[rule])


@pytest.mark.parametrize(
    ("rule", "short", "enough"),
    [
        pytest.param(Signal.SHIFT6, (5, 6) * 2 + (5,), (5, 6) * 3, id="six or more on one side of the median"),
        pytest.param(Signal.TREND5, (1, 2, 3, 4), (1, 2, 3, 4, 5), id="five or more going up"),
    ],
)
def test_the_run_chart_rules_of_chapter_3(rule: Signal, short: tuple[float, ...], enough: tuple[float, ...]) -> None:
    assert not any(analyse(Series(Chart.RUN, short, cl=4.0)).signals[rule])
    assert any(analyse(Series(Chart.RUN, enough, cl=4.0)).signals[rule])


def test_a_moving_range_beyond_its_limit_is_left_out_of_the_average_once() -> None:
    """Pages 155 and 192: ranges above 3.267 times their mean are removed and the mean is worked out again."""
    steady = (10.0, 12.0) * 12
    with_a_spike = (*steady, 60.0)  # ranges: 23 of 2, and one of 48; their mean is 3.92, its limit 12.8
    screened = analyse(Series(Chart.I, with_a_spike, rules=RuleSet.PROVOST_MURRAY))
    assert screened.sigma[0] == pytest.approx(2 / 1.128)
    assert screened.cl[0] == pytest.approx(math.fsum(with_a_spike) / 25)  # the point itself stays in the mean
    assert screened.signals[Signal.OUTSIDE][-1] == 1


def test_the_centre_of_a_u_chart_is_all_counts_over_all_opportunity() -> None:
    """Page 200; its limits follow the area of each point."""
    counts, areas = (3, 5, 4, 8, 1, 7) * 4, (1.5, 2.5, 2.0, 4.0, 1.0, 3.0) * 4
    found = analyse(Series(Chart.U, counts, areas))
    assert found.cl[0] == pytest.approx(28 / 14)
    assert found.ucl[:2] == pytest.approx((2 + 3 * math.sqrt(2 / 1.5), 2 + 3 * math.sqrt(2 / 2.5)))


def test_the_median_of_a_g_chart_is_0_693_of_its_mean() -> None:
    """Page 228: the theoretical median, where the mean is given; its upper limit is g + 3 times the root of g (g + 1)."""
    found = analyse(Series(Chart.G, (12, 30, 5, 18, 20), cl=20.0))
    assert found.cl[0] == pytest.approx(0.693 * 20, rel=1e-3)
    assert found.ucl[0] == pytest.approx(20 + 3 * math.sqrt(20 * 21))
