"""Dates in words."""

from datetime import date

import pytest

from qitracker.method.dates import days_after, in_words, month_in_words, months_after, recently_in_words, span_in_words


def test_a_date_is_said_the_british_way() -> None:
    assert (in_words(date(2025, 3, 1)), month_in_words(date(2025, 12, 31))) == ("1 March 2025", "December 2025")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2025, 12, 17), "today"),
        (date(2025, 12, 16), "yesterday"),
        (date(2025, 12, 12), "on Friday"),
        (date(2025, 12, 11), "on Thursday"),
        (date(2025, 12, 10), "on 10 December 2025"),
        (date(2025, 12, 18), "on 18 December 2025"),
    ],
)
def test_a_recent_day_is_called_by_its_name(day: date, words: str) -> None:
    assert recently_in_words(day, date(2025, 12, 17)) == words


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        (date(2025, 1, 1), date(2025, 1, 1), "0 days"),
        (date(2025, 1, 2), date(2025, 1, 1), "0 days"),
        (date(2025, 1, 1), date(2025, 1, 2), "1 day"),
        (date(2025, 1, 1), date(2025, 1, 14), "13 days"),
        (date(2025, 1, 1), date(2025, 1, 15), "2 weeks"),
        (date(2025, 1, 1), date(2025, 1, 21), "2 weeks"),
        (date(2025, 7, 1), date(2025, 10, 6), "13 weeks"),
        (date(2025, 7, 1), date(2025, 10, 7), "3 months"),
        (date(2025, 2, 1), date(2025, 5, 10), "3 months"),
        (date(2024, 8, 31), date(2025, 3, 1), "6 months"),
        (date(2024, 8, 31), date(2025, 3, 31), "7 months"),
        (date(2023, 1, 1), date(2024, 12, 31), "23 months"),
        (date(2023, 1, 1), date(2025, 1, 1), "2 years"),
        (date(1, 1, 1), date(9999, 12, 31), "9998 years"),
    ],
)
def test_a_span_is_said_in_whole_units(since: date, until: date, words: str) -> None:
    assert span_in_words(since, until) == words


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
        (date(2025, 12, 15), 0, date(2025, 12, 15)),
        (date(9999, 11, 30), 1, date(9999, 12, 30)),
        (date(9999, 11, 30), 2, date.max),
    ],
)
def test_months_go_by_the_calendar(day: date, months: int, expected: date) -> None:
    assert months_after(day, months) == expected


def test_days_end_with_the_calendar() -> None:
    assert days_after(date(2024, 2, 28), 2) == date(2024, 3, 1)
    assert days_after(date.max, 400) == date.max
