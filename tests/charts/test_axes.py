"""Ticks of axes, and labels kept apart."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qitracker.charts.axes import place_axis, position, positions, value_axis
from qitracker.charts.ends import clearest, keep_apart
from qitracker.charts.lettering import shorten, text_width, wrap


@pytest.mark.parametrize(
    ("values", "unit", "from_zero", "words"),
    [
        ((2.9, 10.3), "", False, ("0", "2", "4", "6", "8", "10", "12")),
        ((5.7, 23.8), "%", True, ("0%", "5%", "10%", "15%", "20%", "25%")),
        ((88.0, 100.0), "%", False, ("85%", "90%", "95%", "100%")),
        ((100.0, 100.0), "%", True, ("0%", "20%", "40%", "60%", "80%", "100%")),
        ((0.0, 0.0), "", True, ("0", "1", "2", "3", "4", "5", "6")),
        ((4.0, 4.0), "", False, ("0", "1", "2", "3", "4", "5", "6")),
        ((), "", True, ("0", "1", "2", "3", "4", "5", "6")),
        ((300.0, 900.0), "£", False, ("£0", "£200", "£400", "£600", "£800", "£1,000")),
    ],
)
def test_round_ticks(values: tuple[float, ...], unit: str, from_zero: bool, words: tuple[str, ...]) -> None:
    assert value_axis(values, unit=unit, from_zero=from_zero).words == words


@given(st.lists(st.floats(-1e9, 1e9), max_size=20), st.booleans(), st.sampled_from(["", "%", "£"]))
def test_the_axis_holds_every_value(values: list[float], from_zero: bool, unit: str) -> None:
    axis = value_axis(values, unit=unit, from_zero=from_zero)
    assert axis.low < axis.high
    assert all(axis.low <= value <= axis.high for value in values)
    assert all(axis.low - 1e-6 <= tick <= axis.high + 1e-6 for tick in axis.ticks)
    assert len(axis.ticks) == len(axis.words) <= 12


def days(*texts: str) -> tuple[float, float]:
    return tuple(float(date.fromisoformat(text).toordinal()) for text in texts)  # type: ignore[return-value]  # two


@pytest.mark.parametrize(
    ("ends", "most", "words"),
    [
        (("2025-01-01", "2025-01-05"), 8, ("1 Jan", "2 Jan", "3 Jan", "4 Jan", "5 Jan")),
        (("2025-01-01", "2025-02-05"), 8, ("1 Jan", "8 Jan", "15 Jan", "22 Jan", "29 Jan", "5 Feb")),
        (("2025-01-15", "2025-07-05"), 8, ("Feb 2025", "Mar 2025", "Apr 2025", "May 2025", "Jun 2025", "Jul 2025")),
        (("2022-06-01", "2025-09-01"), 4, ("2023", "2024", "2025")),
        (("2022-06-01", "2024-02-01"), 4, ("Jul 2022", "Jan 2023", "Jul 2023", "Jan 2024")),
    ],
)
def test_dates_have_calendar_ticks(ends: tuple[str, str], most: int, words: tuple[str, ...]) -> None:
    assert place_axis(ends, *days(*ends), most_ticks=most).words == words


def test_a_monthly_axis_has_no_days() -> None:
    ends = ("2024-12-17", "2025-01-16")
    assert place_axis(ends, *days(*ends), most_ticks=8, monthly=True).words == ("Jan 2025",)


def test_numbers_and_categories_have_their_own_ticks() -> None:
    assert place_axis((1, 2, 25), 0.5, 25.5, most_ticks=5).words == ("5", "10", "15", "20", "25")
    wards = ("Ash", "Oak", "Elm")
    assert positions(wards) == (1.0, 2.0, 3.0)
    assert place_axis(wards, 0.5, 3.5, most_ticks=5).words == wards
    assert position("Oak", wards, (1.0, 2.0, 3.0)) == 2.0
    assert position("2025-01-01", wards, (1.0, 2.0, 3.0)) is None


@given(st.integers(1, 250_000), st.integers(1, 20_000), st.integers(3, 10))
def test_no_axis_has_more_ticks_than_it_may(first: int, length: int, most: int) -> None:
    low, high = date.fromordinal(first), date.fromordinal(first + length)
    axis = place_axis((low.isoformat(), high.isoformat()), first, first + length, most_ticks=most)
    assert len(axis.ticks) <= max(most, 3)
    assert all(first <= tick <= first + length for tick in axis.ticks)


@given(st.lists(st.floats(-50, 400), max_size=4), st.floats(5, 40))
def test_labels_are_kept_apart_and_in_order(heights: list[float], room: float) -> None:
    placed = keep_apart(heights, room, low=0, high=340)
    assert all(-1e-6 <= p <= 340 + 1e-6 for p in placed)
    order = sorted(range(len(heights)), key=lambda i: heights[i])
    assert all(placed[b] - placed[a] >= room - 1e-6 for a, b in pairwise(order))


def test_a_label_takes_the_spot_with_the_fewest_lines() -> None:
    path = [(float(x), 50.0) for x in range(0, 100, 5)] + [(150.0, 200.0), (200.0, 200.0)]
    assert clearest([(10, 45), (150, 45), (10, 52)], path, width=30, height=12) == (150, 45)


@pytest.mark.parametrize(
    ("text", "bold", "width"),
    [("Mean 12.0%", False, 72.98), ("Mean 12.0%", True, 73.70), ("", False, 0), ("é", False, 7.23)],
)
def test_widths_are_those_of_arial(text: str, bold: bool, width: float) -> None:
    assert text_width(text, 13, bold=bold) == pytest.approx(width, abs=0.05)


@given(st.text(max_size=200), st.integers(40, 300), st.integers(1, 6), st.booleans())
def test_wrapped_text_fits(text: str, width: int, lines: int, bold: bool) -> None:
    wrapped = wrap(text, width, 15, bold=bold, lines=lines)
    assert 1 <= len(wrapped) <= lines
    assert all(text_width(line, 15, bold=bold) <= width for line in wrapped)
    if len(wrapped) < lines:
        assert "".join(wrapped).replace(" ", "") == "".join(text.split())
    assert text_width(shorten(text, width, 15), 15) <= width
