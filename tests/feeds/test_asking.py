"""Which period is asked for first, which are offered, and under which date a number is kept."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qitracker.feeds.asking import ask_for, place_in
from qitracker.method.measures import Rhythm, period_of

MONDAY = date(2025, 10, 6)
D = date.fromisoformat


@pytest.mark.parametrize(
    ("rhythm", "points", "first"),
    [
        (Rhythm.MONTH, ["2025-08-01"], "2025-09-01"),  # September is over and missing
        (Rhythm.MONTH, ["2025-06-01"], "2025-07-01"),  # the oldest of three missing
        (Rhythm.MONTH, ["2025-01-01", "2025-09-01"], "2025-10-01"),  # an old gap is not asked for every time
        (Rhythm.MONTH, ["2025-10-01"], "2025-10-01"),
        (Rhythm.MONTH, [], "2025-09-01"),
        (Rhythm.QUARTER, ["2025-04-01"], "2025-07-01"),
        (Rhythm.QUARTER, [], "2025-07-01"),
        (Rhythm.WEEK, ["2025-09-22"], "2025-09-29"),
        (Rhythm.WEEK, ["2025-09-29"], "2025-10-06"),
        (Rhythm.WEEK, ["2025-09-21"], "2025-09-28"),  # a team that counts from Sunday: that week ended on 4 October
        (Rhythm.WEEK, ["2025-09-28"], "2025-10-05"),
        (Rhythm.WEEK, [], "2025-09-29"),
        (Rhythm.FORTNIGHT, ["2025-09-01"], "2025-09-15"),
        (Rhythm.FORTNIGHT, ["2025-09-08"], "2025-09-22"),
        (Rhythm.FORTNIGHT, ["2025-09-22"], "2025-10-06"),
        (Rhythm.DAY, ["2025-10-03"], "2025-10-04"),
        (Rhythm.DAY, ["2025-10-05"], "2025-10-06"),
        (Rhythm.DAY, [], "2025-10-06"),
    ],
)
def test_the_oldest_missing_period_is_asked_for_else_the_current(rhythm, points, first):
    assert ask_for([D(on) for on in points], rhythm, MONDAY).first == D(first)


def test_without_a_rhythm_no_period_is_offered():
    assert ask_for([MONDAY], Rhythm.NONE, MONDAY).offered == ()


@settings(deadline=None)  # other work on the machine is no fault
@given(
    rhythm=st.sampled_from([rhythm for rhythm in Rhythm if rhythm is not Rhythm.NONE]),
    points=st.sets(st.dates(date(2015, 1, 1), MONDAY), max_size=20),
)
def test_what_is_offered_is_short_newest_first_never_in_the_future_and_holds_what_is_asked(rhythm, points):
    asked = ask_for(points, rhythm, MONDAY)
    assert asked.first in asked.offered
    assert len(asked.offered) <= 80
    assert list(asked.offered) == sorted(set(asked.offered), reverse=True)
    assert asked.offered[0] <= MONDAY


@settings(deadline=None)  # other work on the machine is no fault
@given(
    rhythm=st.sampled_from(list(Rhythm)),
    points=st.sets(st.dates(date(2025, 1, 1), MONDAY), max_size=8),
    day=st.dates(date(2025, 1, 1), MONDAY),
)
def test_a_period_has_one_date_and_it_lies_in_the_same_period(rhythm, points, day):
    place = place_in(day, points, rhythm)
    assert place_in(place, points, rhythm) == place
    if rhythm not in {Rhythm.NONE, Rhythm.FORTNIGHT}:
        assert period_of(place, rhythm) == period_of(day, rhythm)
    assert abs(place - day) < timedelta(days=100)


@pytest.mark.parametrize(
    ("day", "points", "rhythm", "place"),
    [
        ("2025-10-15", [], Rhythm.MONTH, "2025-10-01"),
        ("2025-10-15", ["2025-10-03"], Rhythm.MONTH, "2025-10-03"),
        ("2025-11-15", [], Rhythm.QUARTER, "2025-10-01"),
        ("2025-10-08", ["2025-10-07"], Rhythm.WEEK, "2025-10-07"),
        ("2025-10-08", [], Rhythm.WEEK, "2025-10-08"),
        ("2025-10-08", ["2025-10-07"], Rhythm.DAY, "2025-10-08"),
    ],
)
def test_a_day_goes_where_its_period_is_kept(day, points, rhythm, place):
    assert place_in(D(day), [D(on) for on in points], rhythm) == D(place)
