"""One number, exactly as it was meant, or a sentence that says what to type instead."""

import re
from dataclasses import dataclass
from decimal import Decimal

from qitracker.plumbing.reading.text import INVISIBLE
from qitracker.plumbing.reading.unreadable import Unreadable, quoted

LARGEST = Decimal(10**12)  # no count of a health service comes near; beyond it a binary float loses whole units
MOST_DIGITS = 17  # IEEE 754-2019, section 5.12.2: 17 significant digits identify any binary64, so more say nothing
LONGEST = 40  # characters; no number within the two limits above needs more

Bound = Decimal | float | int

_DROP = re.compile(f"[{INVISIBLE}]")
# Between thousands: a thin space (SI brochure, 9th edition, section 5.4.4) and the no-break spaces that stand for it.
_THIN = "[\u00a0\u2009\u202f\u2007]"
_BLANK = r"[\s\u00a0\u2009\u202f\u2007]*"
_NUMBER = re.compile(
    rf"([+-]?)((?:[1-9]\d{{0,2}}(?:,\d{{3}})+|[1-9]\d{{0,2}}(?:{_THIN}\d{{3}})+|\d+)?(?:\.\d+)?){_BLANK}(%?)", re.ASCII
)
_MINUS = str.maketrans({"\N{MINUS SIGN}": "-", "\N{EN DASH}": "-"})

# What people type that is not a plain number, in the order in which it is looked for: code, pattern, advice.
_NEARLY: tuple[tuple[str, re.Pattern[str], str], ...] = tuple(
    (code, re.compile(pattern, re.ASCII | re.IGNORECASE), advice)
    for code, pattern, advice in (
        (
            "hidden",
            r"\*|[<>≤≥]\s*\d+",
            "is a hidden or rounded small number. Enter the exact number, or leave it empty",
        ),
        (
            "comma",
            r"[+-]?(\d+,\d{1,2}|0\d*,\d+|\d+,\d{4,})\s*%?",
            "could mean two numbers. Use a full stop for decimals, such as 1.5",
        ),
        (
            "comma",
            r"[+-]?\d{1,3}(\.\d{3})*,\d*\s*%?",
            "has a comma where decimals start. Use a full stop, such as 1234.5",
        ),
        ("comma", r"[+-]?[\d,]*,[\d,.]*\s*%?", "has a comma in an unusual place. Leave the commas out, such as 1234.5"),
        (
            "stop",
            r"[+-]?\d*\.?\d*\.[\d.]*\s*%?",
            "has a full stop in an unusual place. Use one full stop, such as 1234.5",
        ),
        ("exponent", r"[+-]?[\d.]+\s*e\s*[+-]?\d+", "is scientific notation. Enter the number in full, such as 123000"),
        ("space", r"[+-]?[\d.]+(\s+[\d.]+)+\s*%?", "has a space inside. Enter one number without spaces, such as 1234"),
        ("fraction", r"\d+\s*/\s*\d+", "is two numbers. Enter one number, or use the two columns of a count"),
        ("words", r"\d+\s*(out\s+)?of\s+\d+", "is two numbers. Enter one number, or use the two columns of a count"),
        ("money", r"[-+]?[£$€]\s*[\d.,]+[kmb]?", "has a currency sign. Enter only the number, such as 1234"),
        ("brackets", r"\(\s*[\d.,]+\s*%?\)", "is in brackets. For a number below zero type a minus sign, such as -12"),
        ("hex", r"0[xbo][\da-f_]+", "is not written in ordinary digits. Enter a number such as 12 or 12.5"),
        ("underscore", r"[\d_.]+", "has an underscore inside. Leave it out, such as 1000"),
        ("none", r"nil|none|zero", "is a word. Enter 0 if there were none, or leave it empty if you do not know"),
        ("date", r"\d{1,4}([-/.])\d{1,2}\1\d{1,4}([ T].*)?", "looks like a date. Enter a number such as 12 or 12.5"),
        ("unit", r"[+-]?[\d.,]+\s*[^\d\s.,%].*", "has words after the number. Enter only the number, such as 12.5"),
    )
)


@dataclass(frozen=True, slots=True)
class NumberReading:
    """A number and whether it was written with a % sign. 12 % is value 12 with percent True, never 0.12."""

    value: Decimal
    percent: bool = False


def read_number(
    text: str, *, low: Bound | None = None, high: Bound | None = None, whole: bool = False
) -> NumberReading:
    """Read one number: 12, -12.5, 1,234.5, 12 %. Exact: every digit typed is kept, none is rounded away.

    `low` and `high` are included; without them the number may be at most 1,000,000,000,000 either way.
    `whole` refuses decimals (12.0 is whole). Raises Unreadable: blank (code 'empty'), not a number, out of range.
    """
    typed = _DROP.sub("", text[: LONGEST * 4]).strip()
    if not typed:
        raise Unreadable("Enter a number, such as 12 or 12.5", "empty")
    if len(typed) > LONGEST:
        raise Unreadable(f"{quoted(text)} is too long for a number. Use at most {MOST_DIGITS} digits", "digits")
    found = _NUMBER.fullmatch(typed.translate(_MINUS))
    if found is None or not found[2]:
        raise _not_a_number(typed)
    sign, digits, percent = found.groups()
    plain = re.sub(rf"[,]|{_THIN}", "", digits)
    value = Decimal(sign + plain)
    _refuse_size(value, typed, low, high)
    _refuse_digits(plain, typed)
    if whole and value != value.to_integral_value():
        raise Unreadable(f"{quoted(typed)} is not a whole number. Enter a whole number, such as 12", "whole")
    return NumberReading(value if value else abs(value), bool(percent))  # -0 is 0


def _not_a_number(typed: str) -> Unreadable:
    for code, pattern, advice in _NEARLY:
        if pattern.fullmatch(typed.translate(_MINUS)):
            return Unreadable(f"{quoted(typed)} {advice}", code)
    return Unreadable(f"{quoted(typed)} is not a number. Enter a number such as 12 or 12.5", "not_a_number")


def _refuse_digits(plain: str, typed: str) -> None:
    whole, _, decimals = plain.partition(".")
    significant = (whole + decimals.rstrip("0")).lstrip("0")
    if len(significant) > MOST_DIGITS:
        raise Unreadable(f"{quoted(typed)} has more than {MOST_DIGITS} digits. Round it, such as 12.345", "digits")


def _refuse_size(value: Decimal, typed: str, low: Bound | None, high: Bound | None) -> None:
    least = -LARGEST if low is None else Decimal(str(low))
    most = LARGEST if high is None else Decimal(str(high))
    if value < least:
        raise Unreadable(f"{quoted(typed)} is too small. Enter a number of {plain_number(least)} or more", "low")
    if value > most:
        raise Unreadable(f"{quoted(typed)} is too large. Enter a number of {plain_number(most)} or less", "high")


def plain_number(value: Decimal) -> str:
    """The number for a sentence: thousands commas, no exponent, no trailing zeros after the full stop."""
    written = f"{value:,f}"
    return written.rstrip("0").rstrip(".") if "." in written else written
