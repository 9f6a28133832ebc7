"""Kinds of data and the chart for each, rhythms and when a number is due, and advice on a set of measures."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qitracker.method.measures import (
    DATA_TYPES,
    MEASURE_KINDS,
    RHYTHMS,
    DataType,
    MeasureKind,
    Rhythm,
    measure_set_checks,
    next_due,
    period_after,
    period_name,
    period_of,
    periods_missing,
    propose_chart,
)


@pytest.mark.parametrize(
    ("data_type", "chart"),
    [("proportion", "p"), ("rate", "u"), ("count", "c"), ("value", "i"), ("not_sure", "run")],
)
def test_the_chart_follows_the_data(data_type: str, chart: str) -> None:
    assert propose_chart(DataType(data_type)) == chart


def test_every_kind_of_data_and_measure_has_its_words() -> None:
    assert set(DATA_TYPES) == set(DataType)
    assert set(MEASURE_KINDS) == set(MeasureKind)
    assert set(RHYTHMS) == set(Rhythm) - {Rhythm.NONE}


def test_only_charts_of_parts_and_rates_need_a_denominator() -> None:
    assert {words.chart for words in DATA_TYPES.values() if words.needs_denominator} == {"p", "u"}


@pytest.mark.parametrize(
    ("day", "rhythm", "first", "name"),
    [
        (date(2025, 10, 31), "month", date(2025, 10, 1), "October 2025"),
        (date(2025, 11, 9), "week", date(2025, 11, 3), "week of 3 Nov 2025"),
        (date(2025, 11, 3), "week", date(2025, 11, 3), "week of 3 Nov 2025"),
        (date(2025, 11, 5), "day", date(2025, 11, 5), "5 November 2025"),
        (date(2025, 12, 31), "quarter", date(2025, 10, 1), "October to December 2025"),
        (date(2024, 2, 29), "quarter", date(2024, 1, 1), "January to March 2024"),
        (date(2025, 11, 5), "none", date(2025, 11, 5), "5 November 2025"),
    ],
)
def test_a_day_belongs_to_a_named_period(day: date, rhythm: str, first: date, name: str) -> None:
    assert (period_of(day, Rhythm(rhythm)), period_name(day, Rhythm(rhythm))) == (first, name)


@pytest.mark.parametrize(
    ("last", "rhythm", "due"),
    [
        (date(2025, 10, 1), "month", date(2025, 12, 1)),
        (date(2025, 10, 31), "month", date(2025, 12, 1)),
        (date(2024, 12, 1), "month", date(2025, 2, 1)),
        (date(2025, 11, 5), "week", date(2025, 11, 17)),
        (date(2025, 11, 5), "day", date(2025, 11, 7)),
        (date(2025, 1, 1), "quarter", date(2025, 7, 1)),
        (date(2025, 11, 5), "none", None),
    ],
)
def test_a_number_is_due_when_its_period_is_over(last: date, rhythm: str, due: date | None) -> None:
    assert next_due(last, Rhythm(rhythm)) == due


rhythms = st.sampled_from([rhythm for rhythm in Rhythm if rhythm is not Rhythm.NONE])
days = st.dates(date(1990, 1, 1), date(2090, 1, 1))


@given(days, rhythms)
def test_periods_follow_each_other_without_a_gap(day: date, rhythm: Rhythm) -> None:
    first, following = period_of(day, rhythm), period_after(day, rhythm)
    assert first <= day < following
    assert period_of(first, rhythm) == first
    assert period_of(following, rhythm) == following
    assert period_of(following - timedelta(1), rhythm) == first


@given(days, rhythms, st.integers(-100, 900))
def test_a_number_is_missing_from_the_day_it_is_due(last: date, rhythm: Rhythm, later: int) -> None:
    today = last + timedelta(later)
    due = next_due(last, rhythm)
    missing = periods_missing(last, rhythm, today)
    assert bool(missing) == (due is not None and today >= due)
    assert all(period_after(period, rhythm) <= today for period in missing)
    assert missing == tuple(sorted(set(missing)))


def test_missing_numbers_are_named_oldest_first() -> None:
    missing = periods_missing(date(2025, 10, 1), Rhythm.MONTH, date(2026, 1, 15))
    assert [period_name(day, Rhythm.MONTH) for day in missing] == ["November 2025", "December 2025"]
    assert periods_missing(date(2025, 10, 1), Rhythm.NONE, date(2026, 1, 15)) == ()


@pytest.mark.parametrize(
    ("kinds", "codes"),
    [
        ((), ["no_outcome_measure", "no_process_measure", "no_balancing_measure"]),
        (("outcome", "process"), ["no_balancing_measure"]),
        (("outcome", "process", "balancing"), []),
        (("outcome", "process", "balancing") * 3, ["many_measures"]),
    ],
)
def test_a_set_of_measures_has_one_of_each_kind(kinds: tuple[str, ...], codes: list[str]) -> None:
    assert [reason.code for reason in measure_set_checks(map(MeasureKind, kinds))] == codes
