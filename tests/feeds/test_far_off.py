"""What is asked about before it is saved, and what never is."""

import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qitracker.feeds.definition import Definition
from qitracker.feeds.far_off import why_ask
from qitracker.feeds.numbers import Numbers
from qitracker.method.measures import DataType, Rhythm
from qitracker.spc import Chart


def measure(data_type, unit="", multiply=1.0):
    same = uuid.uuid4()
    return Definition(same, same, "Falls", data_type, Chart.I, Rhythm.MONTH, unit, multiply, "", "births")


COUNT = measure(DataType.COUNT, "falls")
PERCENT = measure(DataType.VALUE, "%")
VALUE = measure(DataType.VALUE, "minutes")
SHARE = measure(DataType.PROPORTION, "%", 100.0)
USUAL = [9, 7, 8, 12, 10, 7, 9, 11]


def ask(typed, before, definition):
    of = lambda one: Numbers(*map(float, one)) if isinstance(one, tuple) else Numbers(float(one))  # noqa: E731
    return why_ask(of(typed), [of(one) for one in before], definition)


@pytest.mark.parametrize(
    ("typed", "before", "definition", "words"),
    [
        (900, USUAL, COUNT, "Is 900 right? The last numbers were 7 to 12."),
        (90, USUAL, COUNT, "Is 90 right?"),
        (0, [50, 52, 55, 51, 57, 60], COUNT, "Is 0 right?"),
        (400, [40, 42, 39], VALUE, "Is 400 right?"),
        (4, [40, 42, 39, 41, 43, 40], VALUE, "Is 4 right?"),
        (-40, [40, 42, 39], VALUE, "Is −40 right?"),
        (0.91, [88, 92, 90, 91, 93, 89], PERCENT, "If you mean 91%, type 91."),
        (3000, [0, 0, 0, 0], COUNT, "The last numbers were all 0."),
        ((9, 780), [(9, 78), (8, 74), (10, 81)], SHARE, "Is 780 for “births” right? The last numbers were 74 to 81."),
        ((70, 78), [(9, 78), (8, 74), (10, 81), (9, 80), (8, 79), (9, 75)], SHARE, "Is 89.7% right?"),
    ],
)
def test_a_likely_slip_is_asked_about(typed, before, definition, words):
    assert words in ask(typed, before, definition)


@pytest.mark.parametrize(
    ("typed", "before", "definition"),
    [
        (20, USUAL, COUNT),  # an outbreak is no slip
        (0, [2, 3, 5, 2, 4, 3], COUNT),  # a month without falls is what they hope for
        (4, [0, 0, 0, 0, 0, 0], COUNT),
        (900, [9, 7], COUNT),  # nothing is usual yet
        (90, [100] * 12, PERCENT),
        (8, USUAL, COUNT),
        ((4, 78), [(9, 78), (8, 74), (10, 81), (9, 80), (8, 79), (9, 75)], SHARE),
    ],
)
def test_what_happens_on_wards_is_not(typed, before, definition):
    assert ask(typed, before, definition) is None


numbers = st.floats(-1e12, 1e12, allow_nan=False)


@settings(deadline=None)  # other work on the machine is no fault
@given(st.lists(numbers, max_size=15), numbers)
def test_it_answers_for_any_numbers_and_never_asks_about_one_within_the_last(before, typed):
    question = ask(typed, before, VALUE)
    if before and min(before[-12:]) <= typed <= max(before[-12:]):
        assert question is None
    assert question is None or len(before) >= 3
