"""Examples printed in textbooks, to the digits printed there."""

import pytest

from qitracker.spc import Chart, Series, Signal, analyse
from qitracker.spc.runs import RUNS_EXPECTED, fewest_crossings, longest_run_max

# Montgomery, Introduction to Statistical Quality Control, 6th ed. 2009, table 7.1: cans of orange juice concentrate.
CANS = (12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6)
# The same, table 7.7: nonconformities in samples of 100 printed circuit boards.
BOARDS = (21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16, 19, 10, 17, 13, 22, 18, 39, 30, 24, 16, 19, 17, 15)
# The same, table 7.10: errors in weekly samples of 50 shipments.
SHIPMENTS = (2, 3, 8, 1, 1, 4, 1, 4, 5, 1, 8, 2, 4, 3, 4, 1, 8, 3, 7, 4)
# The same, 3rd ed. 1996, table 5.6: viscosity of aircraft primer paint.
PAINT = (33.75, 33.05, 34.0, 33.81, 33.46, 34.02, 33.68, 33.27, 33.49, 33.2, 33.62, 33.0, 33.54, 33.12, 33.84)

TABLE = [
    ("cans", Series(Chart.P, CANS, (50,) * 30), 0.2313, 0.0524, 0.4102, {15, 23}),
    (
        "cans without 15 and 23",
        Series(Chart.P, CANS, (50,) * 30, exclude=(15, 23)),
        0.2150,
        0.0407,
        0.3893,
        {15, 21, 23},
    ),
    ("boards", Series(Chart.C, BOARDS), 19.85, 6.48, 33.22, {6, 20}),
    ("boards without 6 and 20", Series(Chart.C, BOARDS, exclude=(6, 20)), 19.67, 6.36, 32.97, {6, 20}),
    ("shipments", Series(Chart.U, SHIPMENTS, (50,) * 20), 0.0740, 0.0, 0.1894, set()),
    ("paint", Series(Chart.I, PAINT), 33.52, 32.24, 34.80, set()),
]


@pytest.mark.parametrize(("name", "series", "cl", "lcl", "ucl", "outside"), TABLE, ids=[row[0] for row in TABLE])
def test_limits_and_points_outside_are_those_printed(
    name: str, series: Series, cl: float, lcl: float, ucl: float, outside: set[int]
) -> None:
    found = analyse(series)
    printed = 5e-5 if series.n else 1e-2  # the book goes on with rounded means
    assert found.cl[0] == pytest.approx(cl, abs=printed)
    assert found.lcl[0] == pytest.approx(lcl, abs=printed)
    assert found.ucl[0] == pytest.approx(ucl, abs=printed)
    assert {at for at, flag in enumerate(found.signals[Signal.OUTSIDE], 1) if flag} == outside


# Anhoej and Olesen, Run charts revisited, PLoS ONE 9, 2014.
@pytest.mark.parametrize(("n", "longest", "crossings"), [(10, 6, 2), (12, 7, 3), (20, 7, 6), (24, 8, 8), (100, 10, 41)])
def test_bounds_on_runs_are_those_printed(n: int, longest: int, crossings: int) -> None:
    assert (longest_run_max(n), fewest_crossings(n)) == (longest, crossings)


@pytest.mark.parametrize("n", [2, 17, 500, 990, 1001])
def test_bound_on_crossings_is_the_binomial_quantile(n: int) -> None:
    from qitracker.spc import runs

    assert runs._fewest_of_many(n - 1) == fewest_crossings(n)


# Perla, Provost and Murray, The run chart, BMJ Quality and Safety 20, 2011, table 1 (rows seen in two copies).
@pytest.mark.parametrize(("n", "fewest", "most"), [(10, 3, 9), (15, 5, 12), (20, 6, 16), (24, 8, 18), (26, 9, 19)])
def test_runs_expected_are_those_printed(n: int, fewest: int, most: int) -> None:
    assert RUNS_EXPECTED[n] == (fewest, most)


def test_runs_outside_the_printed_table_are_cautioned() -> None:
    codes = {caution.code for caution in analyse(Series(Chart.RUN, (1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2))).warnings}
    assert "too_few_runs" in codes
    codes = {caution.code for caution in analyse(Series(Chart.RUN, (1, 2) * 6)).warnings}
    assert "too_many_runs" in codes
