"""Two figures of the flow of work, and the hub's answer to a new project."""

from datetime import date

import pytest

from qitracker.method.flow import MonthlyShare, Trained, coaching_coaches, reached_three
from qitracker.method.intake import INTAKE_ANSWERS, IntakeAnswer, answer_words
from qitracker.method.stalled.settings import Settings

JANUARY, FEBRUARY = date(2025, 1, 1), date(2025, 2, 1)
LATER = date(2025, 12, 1)
History = list[tuple[date, float]]


@pytest.mark.parametrize(
    ("history", "share"),
    [
        ([(date(2025, 1, 10), 2.5)], (0, 1)),
        ([(date(2025, 1, 10), 2.5), (date(2025, 4, 10), 3.0)], (1, 1)),
        ([(date(2025, 1, 10), 2.5), (date(2025, 4, 11), 3.0)], (0, 1)),
        ([(date(2025, 4, 10), 3.5), (date(2025, 1, 10), 2.5)], (1, 1)),
        ([(date(2025, 1, 10), 3.0)], (1, 1)),
        ([(date(2025, 1, 10), 2.5), (date(2025, 2, 1), 2.0), (date(2025, 3, 1), 3.0)], (1, 1)),
        ([(date(2025, 1, 31), 2.5), (date(2025, 4, 30), 3.0)], (1, 1)),
        ([(date(2025, 1, 1), 2.0)], None),
        ([], None),
    ],
)
def test_a_project_that_tested_is_followed_for_three_months(history: History, share: tuple[int, int] | None) -> None:
    expected = (MonthlyShare(JANUARY, *share),) if share else ()
    assert reached_three([history], LATER) == expected


def test_a_project_counts_in_the_month_it_first_reached_it() -> None:
    again = [(date(2025, 1, 10), 2.5), (date(2025, 2, 1), 2.0), (date(2025, 6, 1), 2.5), (date(2025, 6, 2), 3.0)]
    assert reached_three([again], LATER) == (MonthlyShare(JANUARY, 0, 1),)


@pytest.mark.parametrize(("today", "told"), [(date(2025, 4, 30), 0), (date(2025, 5, 1), 1)])
def test_a_month_is_told_once_all_of_it_has_had_three_months(today: date, told: int) -> None:
    assert len(reached_three([[(date(2025, 1, 2), 2.5)]], today)) == told


def test_months_come_in_order_with_their_counts() -> None:
    histories: list[History] = [
        [(date(2025, 2, 10), 2.5)],
        [(date(2025, 1, 10), 2.5), (date(2025, 2, 10), 3.0)],
        [(date(2025, 1, 20), 2.5)],
    ]
    assert reached_three(histories, LATER) == (MonthlyShare(JANUARY, 1, 2), MonthlyShare(FEBRUARY, 0, 1))


def test_how_long_is_a_setting() -> None:
    slow = [(date(2025, 1, 10), 2.5), (date(2025, 6, 10), 3.0)]
    assert reached_three([slow], LATER, Settings({"score_waiting_months": 5})) == (MonthlyShare(JANUARY, 1, 1),)


PEOPLE = [
    Trained("a", date(2024, 5, 1)),
    Trained("b", date(2025, 1, 31)),
    Trained("c", date(2025, 2, 1)),
    Trained("d", date(2024, 5, 1), left=date(2025, 1, 31)),
    Trained("e", date(2024, 5, 1), left=date(2025, 2, 1)),
]


def test_of_the_trained_coaches_still_here_some_are_coaching() -> None:
    active = {JANUARY: {"a", "e", "nobody"}, date(2025, 2, 15): {"a", "b"}, date(2025, 2, 20): {"c"}}
    assert coaching_coaches(PEOPLE, active) == (MonthlyShare(JANUARY, 2, 3), MonthlyShare(FEBRUARY, 3, 3))


def test_a_person_trained_twice_counts_once() -> None:
    twice = [Trained("a", date(2024, 5, 1)), Trained("a", date(2024, 6, 1))]
    assert coaching_coaches(twice, {JANUARY: ["a"]}) == (MonthlyShare(JANUARY, 1, 1),)


def test_a_month_before_the_first_was_trained_is_left_out() -> None:
    assert coaching_coaches(PEOPLE, {date(2020, 1, 1): {"a"}}) == ()
    assert coaching_coaches([], {JANUARY: {"a"}}) == ()


def test_a_month_without_coaching_counts_nobody() -> None:
    assert coaching_coaches(PEOPLE, {JANUARY: ()}) == (MonthlyShare(JANUARY, 0, 3),)


@pytest.mark.parametrize("answer", list(IntakeAnswer))
def test_each_answer_has_words_for_hub_and_team(answer: IntakeAnswer) -> None:
    assert INTAKE_ANSWERS[answer].label
    words = answer_words(answer, "Fewer falls {other} 100%")
    assert words.endswith(".")
    assert ("“Fewer falls {other} 100%”" in words) is (answer is IntakeAnswer.JOIN)


def test_joining_needs_a_project_to_join() -> None:
    with pytest.raises(ValueError, match="which project"):
        answer_words(IntakeAnswer.JOIN, "  ")
