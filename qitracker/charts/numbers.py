"""How a number is written, on charts, in sentences and in tables: one rule."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal

NONE = "no number"
PERCENT = "%"
MINUS = "−"

# The largest size (exclusive) for which that many decimals are shown: about three figures, as many as a
# reader can hold and as few as the data deserve (Ehrenberg 1977, Rudiments of Numeracy, J R Stat Soc A).
_DECIMALS = ((0.0095, 4), (0.095, 3), (0.95, 2), (99.95, 1))
_TOO_LONG = 1e15  # sixteen digits are no longer a number that anybody reads
_CURRENCIES = ("£", "€", "$")


def show_number(value: float | None, unit: str = "", *, decimals: int | None = None) -> str:
    """A number with its unit: ``12.0%``, ``4.3 per 1,000 bed days``, ``£1,250``, ``no number``.

    A whole number has no decimals; others have one, none from 100, and more below 1. A percentage always
    has one, so that two of them line up, and more only where one would turn 99.97% into 100.0%.
    ``decimals`` overrides the rule, for a column. Halves go away from zero, as people expect.
    """
    if value is None or not math.isfinite(value):
        return NONE
    places = _places(value, unit) if decimals is None else decimals
    return with_unit(_rounded(value, places), unit)


def with_unit(number: str, unit: str) -> str:
    """A written number and its unit, in the order and with the space that British readers expect."""
    unit = unit.strip()
    if unit in _CURRENCIES:
        return f"{MINUS}{unit}{number[1:]}" if number.startswith(MINUS) else unit + number
    if unit.startswith(PERCENT):
        return number + unit
    return f"{number} {unit}" if unit else number


def show_given(value: float, unit: str = "") -> str:
    """A number that somebody set, such as a target: as it was typed, ``6%`` and ``4.5``."""
    places = next((places for places in range(7) if abs(value - round(value, places)) < 1e-9), 6)
    return show_number(value, unit, decimals=places)


def short_unit(unit: str) -> str:
    """The part of a unit that goes with every number: a percent sign or a currency, or nothing."""
    unit = unit.strip()
    return PERCENT if unit.startswith(PERCENT) else unit if unit in _CURRENCIES else ""


def show_range(low: float | None, high: float | None, unit: str = "") -> str:
    """An expected range: ``3.1 to 10.3``; an open side is said in words."""
    if low is None and high is None:
        return NONE
    if low is None:
        return f"up to {show_number(high, unit)}"
    if high is None:
        return f"{show_number(low, unit)} or more"
    if unit in _CURRENCIES or unit.startswith(PERCENT):
        return f"{show_number(low, unit)} to {show_number(high, unit)}"
    return f"{show_number(low)} to {show_number(high, unit)}"


def show_two(before: float, after: float, unit: str = "") -> tuple[str, str]:
    """Two numbers to be compared, with as many decimals as it takes to tell them apart (four at most)."""
    for extra in range(5):
        places = max(_places(before, unit), _places(after, unit)) + extra
        if before == after or places >= 4 or _rounded(before, places) != _rounded(after, places):
            break
    return show_number(before, unit, decimals=places), show_number(after, unit, decimals=places)


def _places(value: float, unit: str) -> int:
    if unit.startswith(PERCENT):
        return _percent_places(value)
    if abs(value - round(value)) < 1e-9:
        return 0
    size = abs(value)
    return next((places for below, places in _DECIMALS if size < below), 0)


def _percent_places(value: float) -> int:
    for whole in (0.0, 100.0):
        distance = abs(value - whole)
        if distance < 1e-9:
            return 0
        if distance < 0.05:
            return 2 if distance >= 0.005 else 4
    return 1


def _rounded(value: float, places: int) -> str:
    if abs(value) >= _TOO_LONG:
        return f"{value:.1e}".replace("-", MINUS)
    number = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{abs(number):,}"
    return f"{MINUS}{text}" if number < 0 else text
