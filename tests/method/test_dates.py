"""Dates in words."""

from datetime import date

import pytest

from qitracker.method.dates import in_words, month_in_words, recently_in_words


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
