"""The funnel plot: drawn for any places, and what it says of them."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qitracker.charts.funnel_chart import DATASETS, NO_PLACES, vega_lite
from qitracker.charts.funnel_words import funnel_words, meaning_of_place, place_words
from qitracker.charts.measure_words import MeasureWords
from qitracker.charts.picture import svg
from qitracker.charts.sizes import Width
from qitracker.spc import Direction, Meaning
from qitracker.spc.funnel import Funnel, Method, funnel
from qitracker.spc.funnel_limits import Comparing

WORDS = MeasureWords("Pressure ulcers", "%", counted="ulcers", out_of="patients")
SIZES = (40, 60, 80, 100, 120, 150, 200, 260, 320, 400)
COUNTS = (4, 7, 7, 11, 13, 14, 60, 27, 33, 12)
NAMES = tuple(f"Ward {number}" for number in range(1, 11))


def wards(**options: object) -> Funnel:
    return funnel(Comparing.SHARE, COUNTS, SIZES, names=NAMES, multiply=100, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("width", Width)
def test_it_is_drawn_with_its_sentence(width: Width) -> None:
    plot = wards()
    spec = vega_lite(plot, WORDS, direction=Direction.DECREASE, width=width)
    json.dumps(spec, allow_nan=False)
    assert set(spec["datasets"]) == set(DATASETS)
    drawn = svg(spec)
    assert "Ward 7" in drawn
    assert "Outer" in drawn
    assert "http" not in drawn.replace("http://www.w3.org/2000/svg", "").replace("http://www.w3.org/1999/xlink", "")
    assert {row["text"] for row in spec["datasets"]["labels"]} == {"Ward 7", "Ward 10"}


@pytest.mark.parametrize(
    ("direction", "high", "low"),
    [
        (Direction.DECREASE, Meaning.CONCERN, Meaning.IMPROVEMENT),
        (Direction.INCREASE, Meaning.IMPROVEMENT, Meaning.CONCERN),
        (Direction.NEUTRAL, Meaning.NEUTRAL_HIGH, Meaning.NEUTRAL_LOW),
    ],
)
def test_a_place_beyond_the_outer_limits_is_better_or_worse_as_the_measure_goes(
    direction: Direction, high: Meaning, low: Meaning
) -> None:
    meanings = [meaning_of_place(place, direction) for place in wards().places]
    assert (meanings[6], meanings[9]) == (high, low)
    assert set(meanings) == {high, low, Meaning.COMMON_CAUSE}


def test_what_the_plot_says() -> None:
    said = funnel_words(wards(), WORDS)
    assert said.startswith("10 are compared with what they have together, 10.9%.")
    assert "Ward 7 is higher by more than chance. Ward 10 is lower by more than chance." in said
    assert "By chance alone fewer than 1 of 10 would lie beyond the inner limits." in said
    spread = [5, 30, 8, 25, 11, 20, 6, 28, 9, 22]
    apart = funnel(Comparing.SHARE, spread, [100] * 10, multiply=100)
    assert "they differ far more than chance would have it" in funnel_words(apart, WORDS)
    widened = funnel(Comparing.SHARE, spread, [100] * 10, multiply=100, adjust=True)
    assert "the limits were widened" in funnel_words(widened, WORDS)
    assert place_words(wards().places[6], WORDS).startswith("Above the outer limit of ")
    assert place_words(wards().places[0], WORDS) == "Within the limits: it may be chance"


def test_places_alike_and_few_places_say_so() -> None:
    alike = funnel(Comparing.SHARE, [10] * 5, [100] * 5, multiply=100)
    assert "None differs by more than chance." in funnel_words(alike, WORDS)
    two = funnel(Comparing.SHARE, [10, 20], [100, 100], multiply=100)
    assert "too few for a funnel" in funnel_words(two, WORDS)


def test_nothing_to_compare() -> None:
    plot = Funnel(Comparing.SHARE, Method.EXACT, 0.0, 1.0, 0.0, False, (), ())
    assert funnel_words(plot, WORDS) == "There is nothing to compare yet."
    assert NO_PLACES in svg(vega_lite(plot, WORDS, direction=Direction.NEUTRAL))


def test_many_names_are_shortened_and_do_not_cover_each_other() -> None:
    many = funnel(Comparing.SHARE, [90] * 8 + [10] * 40, [100] * 48, multiply=100)
    assert "and 3 more are higher by more than chance" in funnel_words(many, WORDS)
    labels = vega_lite(many, WORDS, direction=Direction.DECREASE)["datasets"]["labels"]
    assert len([row for row in labels if row["y"] == 90]) == 1


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(1, 5000)), min_size=1, max_size=30),
    st.sampled_from([Comparing.RATE, Comparing.STANDARDISED]),
    st.sampled_from(list(Direction)),
)
def test_any_places_can_be_drawn_and_said(
    places: list[tuple[int, int]], comparing: Comparing, direction: Direction
) -> None:
    plot = funnel(comparing, [float(top) for top, _ in places], [float(size) for _, size in places])
    spec = vega_lite(plot, WORDS, direction=direction)
    json.dumps(spec, allow_nan=False)
    assert funnel_words(plot, WORDS)
    rows = spec["datasets"]["curve"]
    low, high = (next(one["value"] for one in spec["params"] if one["name"] == name) for name in ("y_low", "y_high"))
    assert all(low <= row["lower_998"] <= row["upper_998"] <= high for row in rows)
    assert all(low <= row["y"] <= high for row in spec["datasets"]["places"])
