"""How numbers and dates are written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qitracker.charts.numbers import show_given, show_number, show_range, show_two
from qitracker.charts.periods import from_period, how_many, in_period, show_period
from qitracker.method.measures import Rhythm


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (11.9915, "%", "12.0%"),
        (12.0, "%", "12.0%"),
        (0.0, "%", "0%"),
        (100.0, "%", "100%"),
        (99.97, "%", "99.97%"),
        (0.03, "%", "0.03%"),
        (50.0, "% of births", "50.0% of births"),
        (4.3, "per 1,000 bed days", "4.3 per 1,000 bed days"),
        (6.7321, "", "6.7"),
        (7.0, "", "7"),
        (0.349, "", "0.35"),
        (0.0349, "", "0.035"),
        (0.00349, "", "0.0035"),
        (99.96, "", "100"),
        (1249.5, "£", "£1,250"),
        (-3.25, "minutes", "−3.3 minutes"),
        (-12.0, "£", "−£12"),
        (-0.0, "", "0"),
        (1234567.0, "", "1,234,567"),
        (None, "%", "no number"),
        (float("nan"), "%", "no number"),
        (float("inf"), "", "no number"),
    ],
)
def test_one_rule_for_numbers(value: float | None, unit: str, shown: str) -> None:
    assert show_number(value, unit) == shown


def test_halves_go_away_from_zero() -> None:
    assert [show_number(v, decimals=1) for v in (0.25, 0.35, -0.25)] == ["0.3", "0.4", "−0.3"]


@pytest.mark.parametrize(
    ("value", "shown"), [(6.0, "6%"), (4.5, "4.5%"), (33.333333333, "33.333333%"), (0.1 + 0.2, "0.3%")]
)
def test_what_somebody_set_is_shown_as_it_was_set(value: float, shown: str) -> None:
    assert show_given(value, "%") == shown


@pytest.mark.parametrize(
    ("low", "high", "unit", "shown"),
    [
        (3.1, 10.3, "", "3.1 to 10.3"),
        (0.0, 18.63, "%", "0% to 18.6%"),
        (3.1, 10.3, "minutes", "3.1 to 10.3 minutes"),
        (None, 5.9, "%", "up to 5.9%"),
        (5.9, None, "%", "5.9% or more"),
        (None, None, "%", "no number"),
    ],
)
def test_ranges(low: float | None, high: float | None, unit: str, shown: str) -> None:
    assert show_range(low, high, unit) == shown


@pytest.mark.parametrize(
    ("before", "after", "unit", "shown"),
    [
        (11.99, 8.97, "%", ("12.0%", "9.0%")),
        (6.02, 5.98, "", ("6.02", "5.98")),
        (4.0, 4.0, "", ("4", "4")),
        (120.4, 119.6, "", ("120.4", "119.6")),
    ],
)
def test_two_numbers_are_told_apart(before: float, after: float, unit: str, shown: tuple[str, str]) -> None:
    assert show_two(before, after, unit) == shown


@given(st.floats(allow_nan=True, allow_infinity=True), st.sampled_from(["", "%", "£", "minutes"]))
def test_every_number_can_be_shown(value: float, unit: str) -> None:
    assert show_number(value, unit)


@pytest.mark.parametrize(
    ("x", "rhythm", "shown", "placed", "since"),
    [
        ("2025-01-01", Rhythm.MONTH, "January 2025", "in January 2025", "from January 2025"),
        (
            "2025-11-03",
            Rhythm.WEEK,
            "week of 3 November 2025",
            "in the week of 3 November 2025",
            "from the week of 3 November 2025",
        ),
        ("2025-11-03", Rhythm.DAY, "3 November 2025", "on 3 November 2025", "from 3 November 2025"),
        (
            "2025-10-01",
            Rhythm.QUARTER,
            "October to December 2025",
            "in October to December 2025",
            "from October to December 2025",
        ),
        (
            "2025-11-01",
            Rhythm.QUARTER,
            "November 2025 to January 2026",
            "in November 2025 to January 2026",
            "from November 2025 to January 2026",
        ),
        (7, Rhythm.NONE, "point 7", "at point 7", "from point 7"),
        ("Ash Ward", Rhythm.NONE, "Ash Ward", "at Ash Ward", "from Ash Ward"),
    ],
)
def test_periods_in_words(x: str | int, rhythm: Rhythm, shown: str, placed: str, since: str) -> None:
    assert (show_period(x, rhythm), in_period(x, rhythm), from_period(x, rhythm)) == (shown, placed, since)


def test_a_date_is_as_good_as_its_text() -> None:
    assert show_period(date(2025, 1, 1), Rhythm.MONTH) == "January 2025"


@pytest.mark.parametrize(("count", "words"), [(1, "1 month"), (8, "8 months"), (1200, "1,200 months")])
def test_how_many(count: int, words: str) -> None:
    assert how_many(count, Rhythm.MONTH) == words
