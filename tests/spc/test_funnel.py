"""Funnel plots: limits, who lies beyond them, spread between places, and what is refused."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qitracker.spc.funnel import Comparing, Funnel, Method, Passed, funnel
from qitracker.spc.values import Refused

WARDS = ([12, 30, 4, 55, 9, 41], [100, 240, 60, 310, 80, 350])


def lines(found: Funnel, at: int) -> list[float]:
    limits = found.places[at].limits
    return [limits.lower_998, limits.lower_95, limits.upper_95, limits.upper_998]


@pytest.mark.parametrize(
    ("comparing", "method", "expected"),
    [
        # sin^2(asin(sqrt .2) + z / (2 sqrt 100)), square of (1 + z / (2 sqrt 100)),.
        (Comparing.SHARE, Method.TRANSFORMED, [0.09256, 0.12785, 0.28364, 0.33586]),
        (Comparing.SHARE, Method.NORMAL, [0.07639, 0.12160, 0.27840, 0.32361]),
        (Comparing.STANDARDISED, Method.TRANSFORMED, [0.71485, 0.81361, 1.20560, 1.33291]),
        (Comparing.STANDARDISED, Method.NORMAL, [0.69098, 0.80400, 1.19600, 1.30902]),
        (Comparing.RATE, Method.NORMAL, [0.06180, 0.11235, 0.28765, 0.33820]),
    ],
)
def test_limits_at_a_hundred(comparing: Comparing, method: Method, expected: list[float]) -> None:
    centre = 1.0 if comparing is Comparing.STANDARDISED else 0.2
    found = funnel(comparing, [20], [100], method=method, centre=centre)
    assert lines(found, 0) == pytest.approx(expected, abs=2e-5)


def test_exact_limits_of_a_hundred_expected_events() -> None:
    # Garwood, Fiducial limits for the Poisson distribution, Biometrika 28, 1936: 81.36 and 121.63 for 95 %.
    low998, low95, high95, high998 = lines(funnel(Comparing.STANDARDISED, [90], [100]), 0)
    assert (low95, high95) == pytest.approx((0.8136, 1.2163), abs=5e-5)

    def at_most_100(mean: float) -> float:
        return math.fsum(math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(101))

    assert at_most_100(high998 * 100) == pytest.approx(0.001)
    exactly_100 = math.exp(100 * math.log(low998 * 100) - low998 * 100 - math.lgamma(101))
    assert 1 - at_most_100(low998 * 100) + exactly_100 == pytest.approx(0.001)


def test_exact_limits_of_shares_are_those_of_the_binomial() -> None:
    # Of 20 at 10 %: P(R <= 0) = .1216, P(R <= 4) = .9568, P(R <= 5) = .9887, P(R <= 6) = .9976, P(R <= 7) = .9996.
    found = funnel(Comparing.SHARE, [2], [20], centre=0.1)
    assert lines(found, 0)[:2] == [0, 0]
    assert 5 < lines(found, 0)[2] * 20 < 6
    assert 7 < lines(found, 0)[3] * 20 < 8


def test_ratio_of_counts_is_compared_as_a_logarithm() -> None:
    found = funnel(Comparing.RATIO, [80, 110], [100, 90])
    spread = math.sqrt(100 / 100.5**2 + 100 / 100.5**2)
    assert found.centre == 1
    assert lines(found, 0)[2] == pytest.approx(math.exp(1.959964 * spread), rel=1e-6)
    assert found.places[0].z == pytest.approx(
        math.log(80.5 / 100.5) / math.sqrt(80 / 80.5**2 + 100 / 100.5**2), rel=1e-9
    )


def test_spread_between_places_by_hand() -> None:
    # Four places of 100: z = 20 (asin sqrt y - asin sqrt centre), drawn in to the 10 % and 90 % quantile.
    found = funnel(Comparing.SHARE, [10, 15, 25, 30], [100] * 4)
    middle = math.asin(math.sqrt(0.2))
    z = [20 * (math.asin(math.sqrt(y)) - middle) for y in (0.1, 0.15, 0.25, 0.3)]
    drawn = [z[0] + 0.3 * (z[1] - z[0]), z[1], z[2], z[2] + 0.7 * (z[3] - z[2])]
    phi = sum(one**2 for one in drawn) / 4
    assert found.phi == pytest.approx(phi)
    assert found.tau2 == pytest.approx((4 * phi - 3) / (1600 - 4 * 400**2 / 1600))
    assert not found.adjusted


def test_adjusting_widens_and_alike_places_need_none() -> None:
    wide = funnel(Comparing.SHARE, [10, 15, 25, 30], [100] * 4, adjust=True)
    plain = funnel(Comparing.SHARE, [10, 15, 25, 30], [100] * 4, method=Method.TRANSFORMED)
    assert wide.adjusted
    assert wide.method is Method.TRANSFORMED
    assert lines(wide, 0)[0] < lines(plain, 0)[0]
    assert lines(wide, 0)[3] > lines(plain, 0)[3]
    alike = funnel(Comparing.SHARE, [20, 21, 19, 20], [100] * 4, adjust=True)
    assert (alike.adjusted, alike.tau2, alike.method) == (False, 0, Method.EXACT)


@pytest.mark.parametrize("comparing", Comparing)
def test_one_place_has_no_spread_between_places(comparing: Comparing) -> None:
    found = funnel(comparing, [6], [33], adjust=True)
    assert (found.tau2, found.adjusted) == (0, False)


def test_ratios_beyond_all_measure_stay_numbers() -> None:
    found = funnel(Comparing.RATIO, [1e140, 1, 1, 1e-140], [1, 1e140, 1e140, 1], adjust=True)
    assert all(math.isfinite(line) for at in range(4) for line in lines(found, at))


def test_each_place_says_which_limit_it_passes() -> None:
    found = funnel(Comparing.SHARE, [2, 11, 20, 29, 40], [100] * 5, centre=0.2, method=Method.NORMAL)
    assert [place.passed for place in found.places] == [
        Passed.BELOW_998,
        Passed.BELOW_95,
        Passed.WITHIN,
        Passed.ABOVE_95,
        Passed.ABOVE_998,
    ]


def test_one_event_in_one_case_is_never_beyond() -> None:
    found = funnel(Comparing.SHARE, [1, 300], [1, 3000])
    assert found.places[0].passed is Passed.WITHIN


@pytest.mark.parametrize("comparing", Comparing)
@pytest.mark.parametrize("method", Method)
def test_curve_narrows_from_small_to_large_around_the_centre(comparing: Comparing, method: Method) -> None:
    found = funnel(comparing, *WARDS, method=method, centre=0.15, multiply=100)
    widths = [row.upper_998 - row.lower_998 for row in found.curve if row.lower_998 > 0 and row.upper_998 < 100]
    assert len(widths) > 20
    assert widths[0] > 2 * widths[-1]
    assert found.curve[-1].n >= max(WARDS[1])
    assert [row.n for row in found.curve] == sorted({row.n for row in found.curve})
    for row in (*found.curve, *(place.limits for place in found.places)):
        assert 0 <= row.lower_998 <= row.lower_95 <= row.upper_95 <= row.upper_998
        assert comparing is not Comparing.SHARE or row.upper_998 <= 100


@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(1, 200)), min_size=1, max_size=8),
    st.sampled_from(list(Comparing)),
    st.sampled_from(list(Method)),
    st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_nothing_but_finite_numbers_comes_out(
    places: list[tuple[int, int]], comparing: Comparing, method: Method, adjust: bool
) -> None:
    n = [below if comparing is not Comparing.SHARE else max(below, above) for above, below in places]
    top = [above for above, _ in places]
    if comparing is Comparing.RATIO and not any(top):
        return
    found = funnel(comparing, top, n, method=method, adjust=adjust, multiply=1000)
    for place in found.places:
        cells = (place.y, place.z, *lines(found, 0), found.phi, found.tau2, found.centre)
        assert all(math.isfinite(cell) for cell in cells)


@pytest.mark.parametrize(
    ("top", "n", "extra", "code"),
    [
        ([], [], {}, "no_points"),
        ([1, 2], [10], {}, "lengths_differ"),
        ([1], [10], {"names": ["a", "b"]}, "lengths_differ"),
        ([1], [0], {}, "n_not_positive"),
        ([-1], [10], {}, "negative_count"),
        ([11], [10], {}, "numerator_above_denominator"),
        ([1], [10.5], {}, "not_whole"),
        ([float("nan")], [10], {}, "beyond_range"),
        ([1], [1e200], {}, "beyond_range"),
        (["1"], [10], {}, "not_a_number"),
        ([True], [10], {}, "not_a_number"),
        ([1], [10], {"centre": 1.2}, "centre_out_of_range"),
        ([1], [10], {"multiply": 0}, "not_positive"),
        ([1] * 10_001, [10] * 10_001, {}, "too_many_places"),
    ],
)
def test_what_cannot_be_compared_is_refused(top: list[float], n: list[float], extra: dict, code: str) -> None:
    with pytest.raises(Refused) as refused:
        funnel(Comparing.SHARE, top, n, **extra)
    assert refused.value.code == code


def test_words_may_be_plain_and_unknown_ones_are_refused() -> None:
    assert funnel("share", *WARDS, method="normal") == funnel(Comparing.SHARE, *WARDS, method=Method.NORMAL)
    for words in ({"comparing": "pies"}, {"comparing": Comparing.SHARE, "method": "guess"}):
        with pytest.raises(Refused, match="is not known"):
            funnel(numerators=[1], n=[2], **words)


def test_ratios_without_an_event_are_refused() -> None:
    with pytest.raises(Refused, match="No place has an event"):
        funnel(Comparing.RATIO, [0, 0], [5, 6])
