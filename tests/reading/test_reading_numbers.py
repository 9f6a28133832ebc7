"""One number: exact, or a sentence that says what to type instead."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qitracker.plumbing.reading.numbers import LARGEST, read_number
from qitracker.plumbing.reading.unreadable import Unreadable

READ = [
    ("12", "12", False),
    ("0", "0", False),
    ("007", "7", False),
    ("12.5", "12.5", False),
    (".5", "0.5", False),
    ("12.50", "12.50", False),
    ("1,234", "1234", False),
    ("1,234.5", "1234.5", False),
    ("1,234,567.89", "1234567.89", False),
    ("1\u2009234", "1234", False),
    ("1\u00a0234\u00a0567", "1234567", False),
    ("1\u202f234.5", "1234.5", False),
    ("12%", "12", True),
    ("12 %", "12", True),
    ("12\u00a0%", "12", True),
    ("0.12", "0.12", False),
    ("-3.5%", "-3.5", True),
    ("+3", "3", False),
    ("-3", "-3", False),
    ("\u22123", "-3", False),
    ("\u20133", "-3", False),
    ("-0", "0", False),
    ("  4\t", "4", False),
    ("\u200e5\ufeff", "5", False),
    ("1000000000000", "1000000000000", False),
    ("-1,000,000,000,000", "-1000000000000", False),
    ("0.30000000000000004", "0.30000000000000004", False),
    ("12.0481927710843", "12.0481927710843", False),
    ("0.000001", "0.000001", False),
]

REFUSED = [
    ("", "empty"),
    ("  \u00a0 ", "empty"),
    ("\u200b", "empty"),
    ("nan", "not_a_number"),
    ("NaN", "not_a_number"),
    ("sNaN", "not_a_number"),
    ("inf", "not_a_number"),
    ("-Infinity", "not_a_number"),
    ("1e309", "exponent"),
    ("1e5", "exponent"),
    ("1.23E+05", "exponent"),
    ("1_000", "underscore"),
    ("\uff11\uff12", "not_a_number"),
    ("\u0661\u0662", "not_a_number"),
    ("\u0967", "not_a_number"),
    ("\u00bd", "not_a_number"),
    ("\u00b2", "not_a_number"),
    ("0x1f", "hex"),
    ("0b11", "hex"),
    ("1,5", "comma"),
    ("12,34", "comma"),
    ("0,123", "comma"),
    ("1,2345", "comma"),
    ("1.234,5", "comma"),
    ("1,234,5", "comma"),
    (",5", "comma"),
    ("5.", "stop"),
    ("1.2.3", "stop"),
    ("..", "stop"),
    ("1 234", "space"),
    ("1 2", "space"),
    ("12 80", "space"),
    ("£5", "money"),
    ("$1,000", "money"),
    ("(12)", "brackets"),
    ("12 of 80", "words"),
    ("12 out of 80", "words"),
    ("12/80", "fraction"),
    ("12 minutes", "unit"),
    ("12k", "unit"),
    ("<5", "hidden"),
    ("*", "hidden"),
    ("nil", "none"),
    ("none", "none"),
    ("twelve", "not_a_number"),
    ("--5", "not_a_number"),
    ("5-", "unit"),
    ("%", "not_a_number"),
    ("%12", "not_a_number"),
    ("12%%", "not_a_number"),
    ("-", "not_a_number"),
    ("+", "not_a_number"),
    ("=1+1", "not_a_number"),
    ("1\x002", "unit"),
    ("1000000000001", "high"),
    ("-1000000000001", "low"),
    ("9" * 39, "high"),
    ("1" * 41, "digits"),
    ("1" * 1_000_000, "digits"),
    ("0.123456789012345678", "digits"),
    ("31/01/2025", "date"),
    ("2025-01-31", "date"),
]


@pytest.mark.parametrize(("typed", "value", "percent"), READ)
def test_read(typed: str, value: str, percent: bool) -> None:
    reading = read_number(typed)
    assert (str(reading.value), reading.percent) == (value, percent)


@pytest.mark.parametrize(("typed", "code"), REFUSED)
def test_refused(typed: str, code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_number(typed)
    assert refusal.value.code == code
    assert "nter" in refusal.value.sentence or "se " in refusal.value.sentence or ", such as" in refusal.value.sentence


def test_bounds_are_included_and_said() -> None:
    assert read_number("0", low=0, high=100).value == 0
    assert read_number("100", low=0, high=100).value == 100
    with pytest.raises(Unreadable, match=r"“-1” is too small\. Enter a number of 0 or more"):
        read_number("-1", low=0, high=100)
    with pytest.raises(Unreadable, match=r"“1000\.5” is too large\. Enter a number of 1,000 or less"):
        read_number("1000.5", low=0, high=1000.0)


def test_whole_numbers() -> None:
    assert read_number("12.0", whole=True).value == 12
    with pytest.raises(Unreadable, match=r"“12\.5” is not a whole number"):
        read_number("12.5", whole=True)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        reading = read_number(text)
    except Unreadable:
        return
    assert reading.value.is_finite()
    assert abs(reading.value) <= LARGEST


@given(st.decimals(-LARGEST, LARGEST, places=4, allow_nan=False, allow_infinity=False))
def test_every_digit_comes_back(value: Decimal) -> None:
    assert read_number(f"{value:f}").value == value
    assert read_number(f"{value:,f} %").value == value


@given(st.floats(-1e12, 1e12).filter(lambda x: x == 0 or abs(x) > 1e-6))
def test_every_float_comes_back(value: float) -> None:
    assert float(read_number(f"{Decimal(repr(value)):f}").value) == value
