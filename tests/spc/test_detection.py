"""How soon a chart shows a change: the project's own figures, simulated series, laws, and what is refused."""

import math
from itertools import pairwise, product
from typing import Any

import numpy as np
import pytest

from qitracker.spc import Batch, Chart, Refused, Signal, analyse
from qitracker.spc.detection import detection
from qitracker.spc.detection_chain import (
    BEYOND,
    FAR,
    LINE,
    RIGHT,
    WRONG,
    Places,
    cells_of_normal,
    survival_of_places,
    survival_of_values,
)

# The waiting times told to the demonstration's team: 12 % of 78 births a month or 18 a week, a baseline of two years.
# They were simulated once, to the nearest per cent; three points are the margin of that simulation.
WAITS = [
    ("monthly to 9 %", 78, 12, 24, 9, {9: 36, 12: 48, 16: 60}),
    ("monthly to 6 %", 78, 12, 24, 6, {9: 93, 12: 97, 16: 99}),
    ("weekly to 9 %", 18, 52, 104, 9, {39: 52, 52: 62, 70: 71}),
]


@pytest.mark.parametrize(
    ("name", "n", "per_year", "baseline_points", "aim", "expected"), WAITS, ids=[row[0] for row in WAITS]
)
def test_waits_are_those_simulated(
    name: str, n: int, per_year: int, baseline_points: int, aim: int, expected: dict[int, int]
) -> None:
    found = detection(
        Chart.P, baseline=12, aim=aim, n=n, multiply=100, per_year=per_year, baseline_points=baseline_points
    )
    for points, chance in expected.items():
        assert found.chances[points - 1] * 100 == pytest.approx(chance, abs=3)


@pytest.mark.parametrize(
    ("n", "per_year", "baseline_points", "expected"),
    [(78, 12, 24, {9: 3, 12: 5, 16: 6}), (18, 52, 104, {39: 13, 52: 18, 70: 22})],
)
def test_false_alarms_are_those_simulated(
    n: int, per_year: int, baseline_points: int, expected: dict[int, int]
) -> None:
    found = detection(Chart.P, baseline=0.12, aim=0.09, n=n, per_year=per_year, baseline_points=baseline_points)
    for points, chance in expected.items():
        assert found.false_alarms[points - 1] * 100 == pytest.approx(chance, abs=3)


def test_false_alarms_of_measurements_are_those_of_the_engine() -> None:
    # 10,695 unchanged series whose 24 points of baseline held no signal downwards, simulated once with the engine.
    found = detection(Chart.I, baseline=50, aim=48, sigma=2)
    assert [found.false_alarms[at] for at in (5, 11, 23)] == pytest.approx([0.0555, 0.1127, 0.2005], abs=0.012)


def rows(case: dict[str, Any], levels: np.ndarray, draw: np.random.Generator) -> tuple[Any, Any, Any]:
    """Values or numerators, denominators, standard deviations inside subgroups: rows of simulated points."""
    shape = (SIMULATED, len(levels))
    match case["chart"]:
        case Chart.I:
            return draw.normal(levels, case["sigma"], shape), None, None
        case Chart.C:
            return draw.poisson(levels, shape), None, None
        case Chart.XBAR:
            values = draw.normal(levels[:, None], case["sigma"] * case["n"] ** 0.5, (*shape, case["n"]))
            return values.mean(axis=2), np.full(shape, case["n"]), values.std(axis=2, ddof=1)
    n = draw.choice(case["n"], shape)
    times = case.get("times", 1)
    match case["chart"]:
        case Chart.P:
            return draw.binomial(n, levels), n, None
        case Chart.PP:  # the share itself differs from point to point
            weight = (n - times) / (times - 1)
            return draw.binomial(n, draw.beta(weight * levels, weight * (1 - levels))), n, None
        case Chart.IP:
            return draw.normal(levels, case["sigma"] * np.sqrt(np.mean(case["n"]) / n)) * n, n, None
        case Chart.UP:
            return draw.poisson(draw.gamma(n * levels / (times - 1), times - 1)), n, None
    return draw.poisson(n * levels), n, None


def spread_of_chance(case: dict[str, Any]) -> dict[str, float]:
    """Sigma at the mean denominator, for a prime chart that shows `times` the variance of chance."""
    level = case["baseline"]
    chance = level * (1 - level) if case["chart"] is Chart.PP else level
    return {"sigma": math.sqrt(case["times"] * chance / np.mean(case["n"]))}


SIMULATED = 1_200
WITH_TREND = {Chart.I, Chart.C, Chart.XBAR}
SIZES = [60, 70, 80, 90]
CASES: list[dict[str, Any]] = [
    {"chart": Chart.I, "baseline": 50, "aim": 48, "sigma": 2},
    {"chart": Chart.C, "baseline": 9, "aim": 12},
    {"chart": Chart.C, "baseline": 6, "aim": 2.5},
    {"chart": Chart.U, "baseline": 5, "aim": 3.5, "n": [2.8, 3.1, 3.4]},
    {"chart": Chart.U, "baseline": 5, "aim": 3, "n": [1.0, 2.0, 6.0]},
    {"chart": Chart.P, "baseline": 0.9, "aim": 0.95, "n": [30, 40, 50]},
    {"chart": Chart.P, "baseline": 0.12, "aim": 0.06, "n": [20, 20, 60, 220]},
    {"chart": Chart.P, "baseline": 0.95, "aim": 1, "n": [30]},
    {"chart": Chart.PP, "baseline": 0.12, "aim": 0.06, "n": SIZES, "times": 2.25},
    {"chart": Chart.PP, "baseline": 0.2, "aim": 0.15, "n": [400, 500, 600], "times": 4},
    {"chart": Chart.PP, "baseline": 0.3, "aim": 0.36, "n": [10_000], "times": 64},
    {"chart": Chart.UP, "baseline": 5, "aim": 3.5, "n": [8, 10, 12], "times": 4},
    {"chart": Chart.UP, "baseline": 5, "aim": 6.5, "n": [8, 10, 12], "times": 2.25},
    {"chart": Chart.IP, "baseline": 50, "aim": 48, "sigma": 1.5, "n": [15, 50, 200]},
    {"chart": Chart.XBAR, "baseline": 50, "aim": 49, "sigma": 0.9, "n": 5},
    {"chart": Chart.P, "baseline": 0.12, "aim": 0.09, "n": SIZES, "frozen": False},
    {"chart": Chart.C, "baseline": 9, "aim": 6, "frozen": False},
    {"chart": Chart.I, "baseline": 50, "aim": 48, "sigma": 2, "frozen": False, "baseline_points": 40},
    {"chart": Chart.PP, "baseline": 0.2, "aim": 0.15, "n": [400, 500, 600], "times": 4, "frozen": False},
    {"chart": Chart.UP, "baseline": 5, "aim": 3.5, "n": [8, 10, 12], "times": 4, "frozen": False},
]


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case['chart']} {case['baseline']} to {case['aim']} {case.get('frozen', '')}"
)
@pytest.mark.parametrize("is_changed", [True, False])
def test_chances_are_those_of_charts_of_simulated_series(case: dict[str, Any], is_changed: bool) -> None:
    """Each chart is made anew after each point, as a page makes it."""
    draw = np.random.default_rng(42)
    chart, first, is_frozen = case["chart"], case.get("baseline_points", 24), case.get("frozen", True)
    levels = np.repeat([case["baseline"], case["aim" if is_changed else "baseline"]], [first, 18]).astype(float)
    way = 1 if case["aim"] > case["baseline"] else -1
    told = (Signal.OUTSIDE, Signal.SHIFT8, Signal.TWO_OF_THREE) + ((Signal.TREND6,) if chart in WITH_TREND else ())
    y, n, sd = rows(case, levels, draw)

    def signalled(points: int, freeze: int, since: int) -> np.ndarray:
        part = [None if each is None else each[:, :points] for each in (y, n, sd)]
        found = analyse(Batch(chart, part[0], n=part[1], sd=part[2], freeze=freeze or None)).signals
        return np.any([(found[signal][:, since:] == way).any(axis=1) for signal in told], axis=0)

    calm = ~signalled(first, 0, 0)
    looks = [signalled(first + k, first if is_frozen else 0, first)[calm] for k in range(1, 19)]
    seen = np.logical_or.accumulate(looks).mean(axis=1)
    sigma = spread_of_chance(case) if "times" in case else {}
    found = detection(**{key: each for key, each in case.items() if key != "times"}, **sigma)
    told_chances = found.chances if is_changed else found.false_alarms
    for points in (6, 12, 18):
        chance = seen[points - 1]
        margin = 3 * math.sqrt(chance * (1 - chance) / calm.sum()) + 0.025
        assert told_chances[points - 1] == pytest.approx(chance, abs=margin)


def test_a_prime_chart_with_the_spread_of_chance_is_near_its_plain_kind() -> None:
    sigma = math.sqrt(0.12 * 0.88 / 78)
    plain = detection(Chart.P, baseline=0.12, aim=0.06, n=78)
    prime = detection(Chart.PP, baseline=0.12, aim=0.06, n=78, sigma=sigma)
    assert prime.chances[11] == pytest.approx(plain.chances[11], abs=0.02)


@pytest.mark.parametrize(("chart", "n"), [(Chart.PP, 78), (Chart.UP, 78)])
@pytest.mark.parametrize("frozen", [True, False])
def test_the_more_a_prime_chart_varies_the_later_it_shows_a_change(chart: Chart, n: int, frozen: bool) -> None:
    waits = [
        detection(chart, baseline=0.12, aim=0.06, n=n, sigma=sigma, frozen=frozen).chances[11]
        for sigma in (0.02, 0.037, 0.05, 0.075)  # 0.037 is that of chance
    ]
    assert waits == sorted(waits, reverse=True)
    assert waits[0] > waits[3] + 0.4


def test_a_line_that_moves_shows_a_change_later_and_less_so_after_a_long_baseline() -> None:
    kept, moving, long = (
        detection(Chart.P, baseline=0.12, aim=0.06, n=78, frozen=frozen, baseline_points=points).points_needed
        for frozen, points in ((True, 24), (False, 24), (False, 1_000))
    )
    assert kept == 8
    assert moving > kept + 1
    assert kept <= long < moving


PLACES = {WRONG: 0.3, LINE: 0.2, RIGHT: 0.3, FAR: 0.15, BEYOND: 0.05}


def is_signal(row: tuple[int, ...]) -> bool:
    """Whether a row of places holds a signal, by reading the rules off it."""
    far = [place >= FAR for place in row]
    off = "".join("x" if place > LINE else "o" for place in row if place != LINE)
    return BEYOND in row or any(sum(far[at : at + 3]) > 1 for at in range(len(row))) or "x" * 8 in off


@pytest.mark.parametrize(("kinds", "points"), [(tuple(PLACES), 5), ((WRONG, LINE, RIGHT), 9)])
def test_survival_is_the_sum_over_all_rows_without_a_signal(kinds: tuple[int, ...], points: int) -> None:
    weight = {place: PLACES[place] / sum(PLACES[one] for one in kinds) for place in kinds}
    chances = np.array([[weight.get(place, 0.0) for place in sorted(PLACES)]])
    total = sum(
        math.prod(weight[place] for place in row) for row in product(kinds, repeat=points) if not is_signal(row)
    )
    assert survival_of_places(Places(chances, chances), 0, points)[0, -1] == pytest.approx(total)


def test_a_short_baseline_is_known_less_well_and_alarms_more() -> None:
    false = [
        detection(Chart.I, baseline=50, aim=48, sigma=2, baseline_points=points).false_alarms[23]
        for points in (12, 24, 1000)
    ]
    assert false == sorted(false, reverse=True)
    assert false[0] > 1.5 * false[2]


def test_trends_come_as_often_as_orders_of_six_allow() -> None:
    # Each order of six values is as likely: one in 720 falls throughout. None can have come before the sixth point.
    left = survival_of_values(cells_of_normal(0.0), 0, 12)[0]
    assert left[4] == pytest.approx(1)
    assert 1 - left[5] == pytest.approx(1 / 720, rel=0.05)


CHANGES = [
    {"chart": Chart.I, "baseline": 50, "aim": 48, "sigma": 2},
    {"chart": Chart.C, "baseline": 4, "aim": 0},
    {"chart": Chart.C, "baseline": 0.5, "aim": 2},
    {"chart": Chart.U, "baseline": 5, "aim": 4.9, "n": 3.1, "per_year": 366},
    {"chart": Chart.P, "baseline": 0.9, "aim": 1, "n": 1},
    {"chart": Chart.P, "baseline": 0.3, "aim": 0.301, "n": 9e5},
    {"chart": Chart.P, "baseline": 0.001, "aim": 0.0005, "n": 40, "per_year": 1},
    {"chart": Chart.PP, "baseline": 0.9, "aim": 1, "n": [1, 2, 30], "sigma": 0.2},
    {"chart": Chart.PP, "baseline": 0.3, "aim": 0.301, "n": 9e5, "sigma": 0.1},
    {"chart": Chart.UP, "baseline": 5, "aim": 0, "n": [3.1, 4], "sigma": 0.01},
    {"chart": Chart.IP, "baseline": 5, "aim": 0, "n": [3.1, 4], "sigma": 5},
    {"chart": Chart.XBAR, "baseline": 5, "aim": 0, "n": 2, "sigma": 5},
    {"chart": Chart.P, "baseline": 0.9, "aim": 1, "n": 1, "frozen": False},
    {"chart": Chart.PP, "baseline": 0.1, "aim": 0, "n": [5, 9], "sigma": 0.3, "frozen": False},
    {"chart": Chart.UP, "baseline": 5, "aim": 4.9, "n": 3.1, "sigma": 3, "per_year": 52, "frozen": False},
    {"chart": Chart.C, "baseline": 0.5, "aim": 2, "frozen": False, "per_year": 1, "baseline_points": 8},
    {"chart": Chart.IP, "baseline": 5, "aim": 0, "n": [3.1, 4], "sigma": 5, "frozen": False, "baseline_points": 300},
    {"chart": Chart.XBAR, "baseline": 5, "aim": 4, "n": [4, 5, 5], "sigma": 1, "frozen": False},
    {"chart": Chart.UP, "baseline": 7.2, "aim": 8.4, "n": [4, 282], "sigma": 60, "frozen": False},
    {"chart": Chart.UP, "baseline": 660, "aim": 280, "n": 200, "sigma": 6000, "per_year": 366},
    {"chart": Chart.PP, "baseline": 0.09, "aim": 0.001, "n": [121, 289], "sigma": 14, "frozen": False},
    {"chart": Chart.C, "baseline": 0.03, "aim": 0, "per_year": 52, "baseline_points": 500, "frozen": False},
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: f"{change['chart']} {change['aim']}")
def test_chances_rise_towards_one(change: dict[str, Any]) -> None:
    found = detection(**change)
    assert len(found.chances) == 10 * change.get("per_year", 12)
    for column in (found.chances, found.false_alarms):
        assert all(0 <= chance <= 1 for chance in column)
        assert all(later >= sooner - 1e-12 for sooner, later in pairwise(column))
    needed = found.points_needed
    assert needed is None or (found.chances[needed - 1] >= 0.8 and (needed == 1 or found.chances[needed - 2] < 0.8))


def test_a_chart_may_be_named_by_its_word() -> None:
    assert detection("i", baseline=50, aim=48, sigma=2) == detection(Chart.I, baseline=50, aim=48, sigma=2)


def test_larger_changes_and_larger_numbers_are_seen_sooner() -> None:
    waits = [detection(Chart.P, baseline=0.12, aim=aim, n=78).points_needed for aim in (0.09, 0.07, 0.05)]
    assert waits == sorted(waits, reverse=True)
    sizes = [detection(Chart.P, baseline=0.12, aim=0.09, n=n).points_needed for n in (40, 78, 400)]
    assert sizes == sorted(sizes, reverse=True)


def test_units_and_direction_make_no_difference() -> None:
    plain = detection(Chart.I, baseline=50, aim=48, sigma=2)
    assert detection(Chart.I, baseline=5000, aim=4800, sigma=200, multiply=100).chances == plain.chances
    up = detection(Chart.I, baseline=50, aim=52, sigma=2)
    assert up.chances == pytest.approx(plain.chances)
    share = detection(Chart.P, baseline=12, aim=9, n=78, multiply=100)
    assert share.chances == pytest.approx(detection(Chart.P, baseline=0.12, aim=0.09, n=78).chances)
    assert (share.baseline, share.aim) == (12, 9)


def test_a_change_that_ten_years_do_not_show_is_said_so() -> None:
    found = detection(Chart.P, baseline=0.05, aim=0.045, n=20, per_year=4)
    assert (found.points_needed, found.years_needed) == (None, None)
    assert detection(Chart.P, baseline=0.12, aim=0.06, n=78).years_needed == pytest.approx(8 / 12)


def test_rare_events_make_a_signal_doubtful() -> None:
    assert detection(Chart.P, baseline=0.001, aim=0.0005, n=40).is_doubtful
    assert not detection(Chart.P, baseline=0.12, aim=0.06, n=78).is_doubtful


@pytest.mark.parametrize(
    ("given_", "code"),
    [
        ({"chart": Chart.RUN, "baseline": 1, "aim": 2}, "unknown_word"),
        ({"chart": "nonsense", "baseline": 1, "aim": 2}, "unknown_word"),
        ({"chart": Chart.C, "baseline": 2, "aim": 2}, "no_change"),
        ({"chart": Chart.C, "baseline": 0, "aim": 2}, "not_positive"),
        ({"chart": Chart.C, "baseline": 2, "aim": -1}, "not_positive"),
        ({"chart": Chart.C, "baseline": 2e6, "aim": 1}, "beyond_range"),
        ({"chart": Chart.P, "baseline": 12, "aim": 9, "n": 78}, "not_a_share"),
        ({"chart": Chart.P, "baseline": 0.1, "aim": 0.2}, "not_a_number"),
        ({"chart": Chart.P, "baseline": 0.1, "aim": 0.2, "n": 0.5}, "n_too_small"),
        ({"chart": Chart.P, "baseline": 0.1, "aim": 0.2, "n": 2e6}, "beyond_range"),
        ({"chart": Chart.I, "baseline": 1, "aim": 2, "sigma": 0}, "not_positive"),
        ({"chart": Chart.I, "baseline": 1, "aim": float("nan"), "sigma": 1}, "beyond_range"),
        ({"chart": Chart.C, "baseline": 1, "aim": 2, "per_year": 1000}, "not_whole"),
        ({"chart": Chart.C, "baseline": 1, "aim": 2, "baseline_points": 2}, "not_whole"),
        ({"chart": Chart.C, "baseline": 1, "aim": 2, "multiply": 0}, "not_positive"),
        ({"chart": Chart.PP, "baseline": 0.1, "aim": 0.2, "n": 78}, "not_a_number"),
        ({"chart": Chart.PP, "baseline": 0.1, "aim": 0.2, "n": [78, 0], "sigma": 0.1}, "not_positive"),
        ({"chart": Chart.UP, "baseline": 0.1, "aim": 0.2, "n": [], "sigma": 0.1}, "no_points"),
        ({"chart": Chart.UP, "baseline": 0.1, "aim": 0.2, "n": "78", "sigma": 0.1}, "not_a_number"),
        ({"chart": Chart.XBAR, "baseline": 1, "aim": 2, "n": 1, "sigma": 0.1}, "n_too_small"),
        ({"chart": Chart.IP, "baseline": 1, "aim": 2, "n": 4, "sigma": -1}, "not_positive"),
    ],
)
def test_what_cannot_be_looked_ahead_is_refused(given_: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        detection(**given_)
    assert refused.value.code == code
