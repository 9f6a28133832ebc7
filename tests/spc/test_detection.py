"""How soon a chart shows a change: the project's own figures, simulated series, laws, and what is refused."""

import math
from itertools import pairwise, product
from typing import Any

import numpy as np
import pytest

from qitracker.spc import Chart, Refused, Series, Signal, analyse_all
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


def rows(chart: Chart, levels: np.ndarray, size: float, draw: np.random.Generator) -> tuple[Any, Any]:
    match chart:
        case Chart.I:
            return draw.normal(levels, size), None
        case Chart.C:
            return draw.poisson(levels), None
        case Chart.P:
            n = np.maximum(1, draw.poisson(size, len(levels)))
            return draw.binomial(n, levels), n
    n = size * draw.uniform(0.9, 1.1, len(levels))
    return draw.poisson(n * levels), n


@pytest.mark.parametrize(
    ("chart", "baseline", "aim", "size"),
    [(Chart.I, 50, 48, 2), (Chart.C, 9, 12, 0), (Chart.C, 6, 2.5, 0), (Chart.U, 5, 3.5, 3.1), (Chart.P, 0.9, 0.95, 40)],
)
def test_chances_are_those_of_charts_of_simulated_series(
    chart: Chart, baseline: float, aim: float, size: float
) -> None:
    draw = np.random.default_rng(42)
    levels = np.repeat([baseline, aim], [24, 12]).astype(float)
    way = 1 if aim > baseline else -1
    told = (Signal.OUTSIDE, Signal.SHIFT8, Signal.TWO_OF_THREE) + ((Signal.TREND6,) if chart in "ic" else ())
    drawn = [rows(chart, levels, size, draw) for _ in range(400)]

    def signalled(points: int) -> list[bool]:
        many = analyse_all(
            [
                Series(
                    chart,
                    tuple(y[:points].astype(float).tolist()),
                    n=None if n is None else tuple(n[:points].astype(float).tolist()),
                    freeze=24,
                )
                for y, n in drawn
            ]
        )
        return [any(way in one.signals[signal] for signal in told) for one in many]

    before = signalled(24)
    found = detection(
        chart, baseline=baseline, aim=aim, n=size if chart in "pu" else None, sigma=size if chart == "i" else None
    )
    for points in (6, 12):
        seen = [late for early, late in zip(before, signalled(24 + points), strict=True) if not early]
        chance = sum(seen) / len(seen)
        margin = 3 * (chance * (1 - chance) / len(seen)) ** 0.5 + 0.01
        assert found.chances[points - 1] == pytest.approx(chance, abs=margin)


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
    ],
)
def test_what_cannot_be_looked_ahead_is_refused(given_: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        detection(**given_)
    assert refused.value.code == code
