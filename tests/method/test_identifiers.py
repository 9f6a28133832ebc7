"""Free text that may identify a patient. Every number here is made up or from the range that is never issued."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qitracker.method.identifiers import identifying, is_nhs_number

TODAY = date(2025, 12, 17)


def with_check_digit(nine: str) -> str | None:
    """The ten digits that start so, found by trying: at most one of ten is right."""
    return next((nine + digit for digit in "0123456789" if is_nhs_number(nine + digit)), None)


@pytest.mark.parametrize(
    ("digits", "is_one"),
    [
        ("9434765919", True),  # the example of the NHS Data Model and Dictionary
        ("9434765918", False),
        ("9434756919", False),
        ("4444444444", False),
        ("0000000000", False),
        ("943476591", False),
        ("94347659190", False),
        ("٩434765919", False),
        ("943 476 59", False),
    ],
)
def test_the_check_digit_tells(digits: str, is_one: bool) -> None:
    assert is_nhs_number(digits) is is_one


@given(st.from_regex(r"\A999[0-9]{6}\Z"), st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(nine: str, at: int, change: int) -> None:
    digits = with_check_digit(nine)
    if digits is not None:
        wrong = str((int(digits[at]) + change) % 10)
        assert not is_nhs_number(digits[:at] + wrong + digits[at + 1 :])


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", []),
        ("The patient in bed 4 fell twice.", []),
        ("NHS number 9434765919", ["nhs_number"]),
        ("NHS no 943 476 5919.", ["nhs_number"]),
        ("943-476-5919 fell", ["nhs_number"]),
        ("943\u2011476\u20115919 fell", ["nhs_number"]),
        ("943\u00a0476\u00a05919 fell", ["nhs_number"]),
        ("(9434765919)", ["nhs_number"]),
        ("Bed 4 943 476 5919", ["nhs_number"]),
        ("9 4 3 4 7 6 5 9 1 9", ["nhs_number"]),
        ("943476 5919", ["nhs_number"]),
        ("9434765919 and 9434765919", ["nhs_number"]),
        ("943 476 5918", []),
        ("94347659190", []),
        ("Order 19434765919", []),
        ("Ring 01772 716565", []),
        ("Ring 0300 123 4567", []),
        ("Ring 07700 900123", []),
        ("Ring +44 7700 900123", []),
        ("Ring +9434765919", []),
        ("Tel: 9434765919", []),
        ("1,000 ml of blood, 12% to 6%", []),
        ("Falls 6, 4, 7, 5, 9, 1 in six weeks", []),
        ("dob 12/03/1947", ["date_of_birth"]),
        ("DOB: 12.03.47", ["date_of_birth"]),
        ("d.o.b. 1947-03-12", ["date_of_birth"]),
        ("Date of birth is 12 March 1947", ["date_of_birth"]),
        ("She was born on 12th March 1947 in town", ["date_of_birth"]),
        ("born 3/11/2025", ["date_of_birth"]),
        ("Birthdate: 3 Nov 2025", ["date_of_birth"]),
        ("dob 12/03/1947, NHS 9434765919", ["nhs_number", "date_of_birth"]),
        ("Babies born in October 2025", []),
        ("24 babies were born on the ward in 2024", []),
        ("We ask for the date of birth at the door", []),
        ("He is from 12/03/1947", ["old_date"]),
        ("Seen 1947-03-12", ["old_date"]),
        ("The test ran from 1/12/2025 to 12/12/2025", []),
        ("The policy of 1 April 2009", []),
        ("By 01.03.25", []),
        ("99/99/1947 is no date", []),
        ("Aim: by 31/03/2027", []),
    ],
)
def test_text_that_may_identify_a_patient_is_noticed(text: str, codes: list[str]) -> None:
    assert [reason.code for reason in identifying(text, TODAY)] == codes


def test_a_warning_never_repeats_what_it_found() -> None:
    for reason in identifying("dob 12/03/1947, NHS 943 476 5919", TODAY):
        assert not any(character.isdigit() for character in reason.sentence)


@given(st.text(alphabet="0123456789 -/.+()abdorn", max_size=200))
def test_any_text_is_looked_through(text: str) -> None:
    codes = [reason.code for reason in identifying(text, TODAY)]
    assert len(codes) == len(set(codes))


@given(st.from_regex(r"\A999[0-9]{6}\Z"), st.sampled_from(["{0}{1}{2}", "{0} {1} {2}", "{0}-{1}-{2}"]))
def test_a_number_is_found_however_it_is_written(nine: str, shape: str) -> None:
    digits = with_check_digit(nine)
    if digits is not None:
        written = shape.format(digits[:3], digits[3:6], digits[6:])
        assert [reason.code for reason in identifying(f"Patient {written} fell.", TODAY)] == ["nhs_number"]
