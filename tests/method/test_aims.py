"""The aim's sentence and its checks."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qitracker.method.aims import (
    Aim,
    Direction,
    checks,
    level_in_words,
    n_missing,
    number_in_words,
    percentage_change,
    sentence,
)

PPH = Aim(
    measure="Postpartum haemorrhage of 1,000 ml or more",
    population="black and ethnic minority groups",
    start=12,
    target=6,
    unit="%",
    by=date(2025, 3, 1),
    direction=Direction.DECREASE,
)
PPH_IN_WORDS = (
    "Reduce postpartum haemorrhage of 1,000 ml or more for black and ethnic minority groups "
    "by 50% (from 12% to 6%) by 1 March 2025."
)
FALLS = Aim(
    measure="Falls", population="on Ash Ward", start=6.4, target=4.5, unit="per 1,000 bed days",
    by=date(2027, 3, 31),
)  # fmt: skip


@pytest.mark.parametrize(
    ("aim", "words"),
    [
        (PPH, PPH_IN_WORDS),
        (FALLS, "Reduce falls on Ash Ward by 30% (from 6.4 to 4.5 per 1,000 bed days) by 31 March 2027."),
        (Aim(measure="PPH", start=Decimal("12.0"), target=Decimal("6.00"), unit="%"),
         "Reduce PPH by 50% (from 12% to 6%)."),
        (Aim(measure="Waterlow scores done", start=40, target=90, unit="%"),
         "Increase Waterlow scores done by 50 percentage points (from 40% to 90%)."),
        (Aim(measure="Hours saved", start=10, target=25, unit="hours"),
         "Increase hours saved by 150% (from 10 to 25 hours)."),
        (Aim(measure="Reviews done in time", start=0, target=80, unit="%", direction=Direction.INCREASE),
         "Increase reviews done in time by 80 percentage points (from 0% to 80%)."),
        (Aim(measure="Falls", start=0, target=2, unit="falls"), "Increase falls from 0 to 2 falls."),
        (Aim(measure="Delays", start=3, target=3, unit="days"), "Change delays from 3 to 3 days."),
        (Aim(measure="Delays", target=3, unit="days", direction=Direction.DECREASE), "Reduce delays to 3 days."),
        (Aim(measure="Delays", start=3, unit="days", direction=Direction.DECREASE), "Reduce delays."),
        (Aim(by=date(2025, 3, 1)), "Change the measure by 1 March 2025."),
        (Aim(measure="Stillbirths", start=Decimal("3.8"), target=Decimal("3.6")),
         "Reduce stillbirths by 5.3% (from 3.8 to 3.6)."),
        (Aim(), ""),
    ],
)  # fmt: skip
def test_an_aim_is_said_in_one_sentence(aim: Aim, words: str) -> None:
    assert sentence(aim) == words


@pytest.mark.parametrize(
    ("number", "places", "words"),
    [(12.0, 3, "12"), (0.1 + 0.2, 3, "0.3"), (1234567, 3, "1,234,567"), (0.0005, 3, "0.001"), (-0.0001, 3, "0"),
     (Decimal("1E+2"), 3, "100"), (100, 0, "100"), (2.5, 0, "3")],
)  # fmt: skip
def test_a_number_has_no_zeros_at_the_end(number: float | Decimal, places: int, words: str) -> None:
    assert number_in_words(number, places) == words


@pytest.mark.parametrize(
    ("level", "unit", "words"),
    [(9.06, "%", "9.1%"), (0.125, "%", "0.13%"), (4.449, "per 1,000 bed days", "4.4 per 1,000 bed days"),
     (9.0, "", "9"), (0, "%", "0%")],
)  # fmt: skip
def test_a_level_is_rounded_for_reading(level: float, unit: str, words: str) -> None:
    assert level_in_words(level, unit) == words


@pytest.mark.parametrize("number", [float("nan"), float("inf"), Decimal("NaN")])
def test_a_number_that_is_none_is_refused(number: float | Decimal) -> None:
    with pytest.raises(ValueError, match="ordinary numbers"):
        number_in_words(number)


@given(st.integers(1, 10_000), st.integers(0, 10_000), st.integers(1, 50))
def test_the_percentage_change_does_not_depend_on_the_unit(start: int, target: int, factor: int) -> None:
    assert percentage_change(start * factor, target * factor) == percentage_change(start, target)


def test_there_is_no_percentage_change_from_nothing() -> None:
    assert percentage_change(0, 5) is None


WRITTEN = date(2024, 1, 24)


@pytest.mark.parametrize(
    ("parts", "codes"),
    [
        ({}, []),
        ({"measure": " "}, ["no_measure"]),
        ({"population": ""}, ["no_population"]),
        ({"start": None}, ["no_start"]),
        ({"target": None}, ["no_target"]),
        ({"unit": ""}, ["no_unit"]),
        ({"by": None}, ["no_date"]),
        ({"by": WRITTEN}, ["date_past"]),
        ({"by": date(2024, 2, 24)}, ["date_soon"]),
        ({"target": 12.0}, ["same_level"]),
        ({"target": 18}, ["wrong_way"]),
        ({"target": 11.5}, ["small_change"]),
        ({"target": 0}, ["large_change"]),
        ({"start": 120, "target": 100}, ["percent_out_of_range"]),
        ({"start": 0, "direction": Direction.INCREASE}, []),
        ({"target": 90, "direction": Direction.INCREASE}, []),
    ],
)
def test_checks_find_what_an_aim_lacks(parts: dict[str, object], codes: list[str]) -> None:
    assert [reason.code for reason in checks(replace(PPH, **parts), WRITTEN)] == codes


def test_an_empty_aim_lacks_its_six_parts() -> None:
    assert n_missing(checks(Aim(), WRITTEN)) == 6


numbers = st.none() | st.integers(-1000, 1000) | st.decimals(0, 100, places=2)


@given(st.builds(Aim, measure=st.text(), population=st.text(), start=numbers, target=numbers,
                 unit=st.sampled_from(["", "%", "days"]), by=st.none() | st.dates(),
                 direction=st.none() | st.sampled_from(Direction)), st.dates())  # fmt: skip
def test_every_aim_can_be_said_and_checked(aim: Aim, today: date) -> None:
    words = sentence(aim)
    assert not words or words.endswith(".")
    assert all(reason.sentence.endswith((".", "?")) for reason in checks(aim, today))
