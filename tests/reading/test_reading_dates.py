"""One date, and a column of dates: the British way or ISO, never turned round."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qitracker.plumbing.reading.dates import EARLIEST, DateReading, Granularity, read_date, read_date_column
from qitracker.plumbing.reading.unreadable import Unreadable

TODAY = date(2026, 11, 23)
DAYS = [
    "2025-01-31",
    "2025-1-31",
    "2025/01/31",
    "2025.01.31",
    "31/01/2025",
    "31/1/2025",
    "31.01.2025",
    "31.01.25",
    "31-1-2025",
    "31-01-25",
    "31 01 2025",
    "31\u201301\u20132025",
    "31 Jan 2025",
    "31 January 2025",
    "31 jan 25",
    "31-Jan-25",
    "31-Jan-2025",
    "31Jan2025",
    "31st January 2025",
    "31st of January, 2025",
    "January 31, 2025",
    "Jan 31 2025",
    "Friday 31 January 2025",
    "Fri 31/01/2025",
    "Fri, 31 Jan 2025",
    "w/c 31 Jan 2025",
    "W/C 31/01/2025",
    "w/b 31.01.25",
    "week commencing 31 January 2025",
    "Week beginning Friday 31 January 2025",
    "wc 31/01/2025",
    "2025-01-31 00:00:00",
    "2025-01-31T00:00:00",
    "2025-01-31T23:59:59.999Z",
    "2025-01-31 10:30:00+01:00",
    "31/01/2025 14:30",
    "31/01/2025 2:30 pm",
    "31.01.2025 14.30",
    "45688",
    "45688.75",
    "20250131",
    " 31/01/2025 ",
    "\u200e31/01/2025",
    "31\u00a0January\u00a02025",
]
MONTHS = [
    "Jan 2025", "January 2025", "JANUARY 2025", "Jan-25", "Jan 25", "Jan '25", "Jan-2025", "Jan.2025", "jan2025",
    "2025-01", "2025-1", "2025/01", "01/2025", "1/2025", "01-2025", "202501", "2025 Jan", "2025-January",
]  # fmt: skip
REFUSED = [
    ("", "empty"),
    (" \u200b", "empty"),
    ("0000-00-00", "not_a_date"),
    ("00/00/0000", "not_a_date"),
    ("0001-01-01", "too_early"),
    ("30 Feb 2025", "not_a_date"),
    ("29/02/2025", "not_a_date"),
    ("31/04/2025", "not_a_date"),
    ("32/01/2025", "not_a_date"),
    ("00/01/2025", "not_a_date"),
    ("13/13/2025", "not_a_date"),
    ("02/30/2025", "not_a_date"),
    ("2025-13-01", "not_a_date"),
    ("2025-02-30", "not_a_date"),
    ("01/31/2025", "month_first"),
    ("1/31/25", "month_first"),
    ("12-25-2024", "month_first"),
    ("31/12/1989", "too_early"),
    ("1 Jan 1900", "too_early"),
    ("31 Jan 89", "future"),
    ("25/11/2026", "future"),
    ("Dec 2026", "future"),
    ("12/2026", "future"),
    ("9999-12-31", "future"),
    ("99999", "future"),
    ("10000", "too_early"),
    ("12345", "too_early"),
    ("Q1 2025", "quarter"),
    ("2025 Q3", "quarter"),
    ("2025-Q1", "quarter"),
    ("quarter 2", "quarter"),
    ("2025", "year"),
    ("2025/26", "year"),
    ("2025-26", "year"),
    ("FY 2025/26", "year"),
    ("25-Jan", "no_year"),
    ("31 January", "no_year"),
    ("31/01", "no_year"),
    ("Jan", "no_year"),
    ("September", "no_year"),
    ("Mon 31 Jan 2025", "weekday"),
    ("week ending 31/01/2025", "week_end"),
    ("w/e 31/01/2025", "week_end"),
    ("5 Foo 2025", "not_a_date"),
    ("Total", "not_a_date"),
    ("yesterday", "not_a_date"),
    ("12", "not_a_date"),
    ("2025-W05", "not_a_date"),
    ("31//01/2025", "not_a_date"),
    ("31/01-2025", "not_a_date"),
    ("31/01/2025 25:00", "not_a_date"),
    ("\uff13\uff11/\uff10\uff11/\uff12\uff10\uff12\uff15", "not_a_date"),
    ("\u0663\u0661/\u0660\u0661/\u0662\u0660\u0662\u0665", "not_a_date"),
    ("31/01/2025\x00", "not_a_date"),
    ("1" * 1000, "not_a_date"),
]


@pytest.mark.parametrize("typed", DAYS)
def test_a_day(typed: str) -> None:
    reading = read_date(typed, today=TODAY)
    assert (reading.value, reading.granularity) == (date(2025, 1, 31), Granularity.DAY)


@pytest.mark.parametrize("typed", MONTHS)
def test_a_month(typed: str) -> None:
    reading = read_date(typed, today=TODAY)
    assert (reading.value, reading.granularity) == (date(2025, 1, 1), Granularity.MONTH)


@pytest.mark.parametrize(("typed", "code"), REFUSED)
def test_refused(typed: str, code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_date(typed, today=TODAY)
    assert refusal.value.code == code


def test_an_american_date_is_asked_about_not_turned_round() -> None:
    with pytest.raises(Unreadable, match=r"Did you mean 31/01/2025\?"):
        read_date("01/31/2025", today=TODAY)


def test_either_way_only_where_the_order_decides() -> None:
    said = {
        t: read_date(t, today=TODAY).either_way
        for t in ("05/06/2025", "05/05/2025", "25/06/2025", "2025-06-05", "5 Jun 2025")
    }
    assert said == {
        "05/06/2025": True,
        "05/05/2025": False,
        "25/06/2025": False,
        "2025-06-05": False,
        "5 Jun 2025": False,
    }
    assert read_date("05/06/2025", today=TODAY).value == date(2025, 6, 5)


def test_the_range_is_set_by_the_caller() -> None:
    assert read_date("24/11/2026", today=TODAY).value == date(2026, 11, 24)
    assert read_date("24/12/2026", today=TODAY, days_ahead=365).value == date(2026, 12, 24)
    with pytest.raises(Unreadable, match=r"is before 1 March 2025"):
        read_date("28/02/2025", today=TODAY, earliest=date(2025, 3, 1))


def test_one_american_date_casts_doubt_on_its_column() -> None:
    texts = ["01/02/2025", "01/31/2025", "25/02/2025", "3 Mar 2025", "2025-04-05"]
    first, american, british, named, iso = read_date_column(texts, today=TODAY)
    assert isinstance(first, Unreadable)
    assert first.code == "either_way"
    assert "“01/31/2025”" in first.sentence
    assert isinstance(american, Unreadable)
    assert american.code == "month_first"
    assert [r.value for r in (british, named, iso) if isinstance(r, DateReading)] == [
        date(2025, 2, 25),
        date(2025, 3, 3),
        date(2025, 4, 5),
    ]


def test_a_british_column_is_read_as_it_stands() -> None:
    readings = read_date_column(["01/02/2025", "02/02/2025"], today=TODAY)
    assert [r.value for r in readings if isinstance(r, DateReading)] == [date(2025, 2, 1), date(2025, 2, 2)]


FORMATS = [
    "%Y-%m-%d",
    "%d/%m/%Y",
    "%d.%m.%y",
    "%d-%m-%Y",
    "%d %b %Y",
    "%d %B %Y",
    "%A %d %B %Y",
    "%d-%b-%y",
    "%Y%m%d",
    "w/c %d %b %Y",
]


@given(st.dates(EARLIEST, TODAY), st.sampled_from(FORMATS))
def test_every_day_comes_back_from_every_form(day: date, form: str) -> None:
    assert read_date(day.strftime(form), today=TODAY).value == day


# Leap days and the nights the clocks change, and a day either side.
EDGES = [date(2024, 2, 29), date(2026, 3, 29), date(2026, 10, 25)]


@pytest.mark.parametrize("day", [edge + timedelta(days=d) for edge in EDGES for d in (-1, 0, 1)])
def test_days_around_the_edges_of_the_calendar(day: date) -> None:
    assert {read_date(t, today=TODAY).value for t in (f"{day:%d/%m/%Y}", f"{day}T01:30:00", f"{day:%d %b %Y}")} == {day}


@given(st.integers(32874, 46349))
def test_every_day_number_of_a_spreadsheet(number: int) -> None:
    assert (read_date(str(number), today=TODAY).value - date(1899, 12, 30)).days == number


_PIECES = st.sampled_from(
    ["31", "01", "2025", "25", "/", "-", ".", " ", "Jan", "Q1", "w/c", "T", "10:30", "Fri", "st", "\u0661", "'"]
)


@given(st.one_of(st.text(max_size=70), st.lists(_PIECES, max_size=8).map("".join)))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        reading = read_date(text, today=TODAY)
    except Unreadable:
        return
    assert EARLIEST <= reading.value <= TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("ahead", "words"),
    [(1, "“1/1/9999” is in the future. Check the date"), (730, "“1/1/9999” is after 23 November 2028")],
)
def test_a_plan_may_lie_in_the_future_and_is_refused_by_its_last_day(ahead: int, words: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_date("1/1/9999", today=date(2026, 11, 24), days_ahead=ahead)
    assert str(refused.value) == words
