"""The distributions beside printed tables, and beside sums in whole numbers."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qitracker.spc.chance import (
    binomial_chances,
    binomial_limits,
    chi_square_quantile,
    gamma_tails,
    normal_quantile,
    normal_share,
    poisson_chances,
    spread_binomial_chances,
    spread_poisson_chances,
)

# Percentage points printed at the end of any textbook, as in Montgomery 2009, appendices II and III.
CHI_SQUARE = [
    (0.025, {1: 0.00098, 2: 0.05064, 5: 0.8312, 10: 3.24697, 30: 16.791, 100: 74.222}, 2e-4),
    (0.95, {1: 3.8415, 2: 5.991, 5: 11.0705, 10: 18.307, 30: 43.773, 100: 124.342}, 1e-4),
    (0.975, {1: 5.024, 2: 7.378, 5: 12.833, 10: 20.483, 30: 46.979, 100: 129.561}, 1e-4),
    (0.999, {1: 10.828, 2: 13.816, 5: 20.515, 10: 29.588, 30: 59.703, 100: 149.449}, 1e-4),
]


@pytest.mark.parametrize(("p", "printed", "tolerance"), CHI_SQUARE, ids=[str(row[0]) for row in CHI_SQUARE])
def test_chi_square_quantiles_are_those_printed(p: float, printed: dict[int, float], tolerance: float) -> None:
    found = chi_square_quantile(p, np.array(list(printed), float))
    assert found == pytest.approx(list(printed.values()), rel=tolerance, abs=3e-6)


@pytest.mark.parametrize("p", [1e-6, 0.001, 0.025, 0.5, 0.975, 0.999, 1 - 1e-9])
def test_chi_square_quantile_undoes_the_distribution(p: float) -> None:
    freedom = np.array([0.5, 1, 2, 10, 30, 400, 19_000])
    lower, upper = gamma_tails(freedom / 2, chi_square_quantile(p, freedom) / 2)
    assert lower == pytest.approx([p] * 7, rel=1e-9)
    assert upper == pytest.approx([1 - p] * 7, rel=1e-7)


def test_many_degrees_of_freedom_join_the_few_without_a_step() -> None:
    for p in (0.001, 0.999):
        below, above = chi_square_quantile(p, np.array([19_999.9, 20_000.1]))
        assert above / below == pytest.approx(20_000.1 / 19_999.9, rel=1e-6)


def test_chi_square_of_next_to_nothing_is_next_to_nothing() -> None:
    assert (chi_square_quantile(0.001, np.array([1e-6, 0.001])) < 1e-200).all()


def test_normal_quantiles_are_those_printed() -> None:
    assert [normal_quantile(p) for p in (0.5, 0.975, 0.999)] == pytest.approx([0, 1.959964, 3.090232], abs=1e-6)
    assert normal_share(np.array([-2.0, 0.0, 3.0])) == pytest.approx([0.02275, 0.5, 0.99865], abs=5e-6)


@given(st.integers(1, 60), st.integers(1, 99))
@settings(max_examples=40, deadline=None)
def test_binomial_chances_are_those_in_whole_numbers(n: int, hundredths: int) -> None:
    p = Fraction(hundredths, 100)
    exact = [float(math.comb(n, count) * p**count * (1 - p) ** (n - count)) for count in range(n + 1)]
    first, found = binomial_chances(n, hundredths / 100)
    end = first + len(found)
    assert found == pytest.approx(exact[first:end], rel=1e-9, abs=1e-18)
    assert math.fsum(exact[:first] + exact[end:]) < 1e-20


@pytest.mark.parametrize("mean", [0.01, 1.0, 7.5, 900.0])
def test_poisson_chances_are_those_of_the_formula(mean: float) -> None:
    first, found = poisson_chances(mean)
    exact = [math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(first, first + len(found))]
    assert found == pytest.approx(exact, rel=1e-9, abs=1e-18)
    assert math.fsum(found) == pytest.approx(1)


def test_shares_drawn_evenly_between_none_and_all_make_every_count_as_likely() -> None:
    # A share that is anything from 0 to 1: weights of 1 and 1, and so 7 times the variance of chance for 19 cases.
    first, found = spread_binomial_chances(19, 0.5, 7.0)
    assert first == 0
    assert found == pytest.approx([1 / 20] * 20)


def test_rates_that_vary_make_counts_of_failures_before_a_success() -> None:
    # Twice the variance of a mean of 1 is a geometric count: 1/2, 1/4, 1/8 and so on.
    first, found = spread_poisson_chances(1.0, 2.0)
    assert first == 0
    assert found[:20] == pytest.approx([0.5 ** (k + 1) for k in range(20)])


@pytest.mark.parametrize(
    ("made", "mean", "variance"),
    [
        (spread_binomial_chances(400, 0.2, 4.0), 80, 4 * 64),
        (spread_binomial_chances(40, 0.9, 1.5), 36, 1.5 * 3.6),
        (spread_binomial_chances(40, 0.9, 0.5), 36, 3.6),  # never less than chance
        (spread_binomial_chances(10, 0.3, 50), 3, 9 * 2.1),  # nor more than nearly all or none
        (spread_poisson_chances(7.5, 3.0), 7.5, 22.5),
        (spread_poisson_chances(2e5, 90.0), 2e5, 1.8e7),
        (spread_poisson_chances(7.5, 1.0), 7.5, 7.5),
    ],
)
def test_counts_have_the_variance_asked_for(made: tuple[int, np.ndarray], mean: float, variance: float) -> None:
    first, chances = made
    counts = first + np.arange(len(chances))
    assert math.fsum(chances) == pytest.approx(1)
    assert math.fsum(chances * counts) == pytest.approx(mean)
    assert math.fsum(chances * (counts - mean) ** 2) == pytest.approx(variance, rel=1e-6)


@given(st.integers(1, 300), st.floats(0.001, 0.999))
@settings(max_examples=60, deadline=None)
def test_limits_are_passed_no_more_often_than_they_say(n: int, share: float) -> None:
    low998, low95, high95, high998 = binomial_limits(n, share, (0.001, 0.025, 0.975, 0.999))
    first, each = binomial_chances(n, share)
    counts = np.arange(first, first + len(each))
    for limit, chance in ((low998, 0.001), (low95, 0.025)):
        assert each[counts < limit - 1e-9].sum() <= chance + 1e-12
        assert each[counts < limit + 1 + 1e-9].sum() > chance  # one more event would be passed too often
    for limit, chance in ((high95, 0.025), (high998, 0.001)):
        assert each[counts > limit + 1e-9].sum() <= chance + 1e-12
        assert each[counts > limit - 1 - 1e-9].sum() > chance


def test_limits_of_a_million_join_those_by_summing() -> None:
    chances = (0.001, 0.025, 0.975, 0.999)
    by_sum, by_formula = binomial_limits(4_761_904, 0.3, chances), binomial_limits(4_761_906, 0.3, chances)
    assert by_formula - by_sum == pytest.approx([0.6] * 4, abs=0.01)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_what_never_or_always_happens_has_its_limits_on_the_line(share: float) -> None:
    assert binomial_limits(20, share, (0.001, 0.999)).tolist() == [20 * share] * 2
