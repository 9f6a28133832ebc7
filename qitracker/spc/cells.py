"""Reads single numbers and columns of them. What is no finite number is refused here, with its place."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from qitracker.spc.patterns import Floats
from qitracker.spc.words import Refused

LARGEST = 1e300
"""Numbers of a larger size are refused: sums of them would be too large for a number."""

NO_VALUES = "Every value is missing. Give at least one point a value."

Cell = float | None

_PLAIN = frozenset({int, float, type(None)})


def numbers(cells: Sequence[Cell], key: str) -> Floats:
    """Cells as floats, NaN where missing. Refuses what is no finite number of a sensible size."""
    if not _PLAIN.issuperset(map(type, cells)):
        _check_each(cells, key)
    has_gaps = None in cells
    try:
        array = np.array([math.nan if cell is None else cell for cell in cells] if has_gaps else cells, float)
    except OverflowError:
        array = np.array([math.inf])
    known = np.abs(array) <= LARGEST
    if np.count_nonzero(known) != len(cells) - (cells.count(None) if has_gaps else 0):
        _check_each(cells, key)
    return array


def _check_each(cells: Sequence[Cell], key: str) -> None:
    for at, cell in enumerate(cells, 1):
        if cell is not None:
            check_number(cell, f"{key}, point {at}")


def check_number(value: Any, where: str) -> None:
    """Refuses what is no number, and numbers that are NaN, infinite or beyond 1e300."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise Refused("not_a_number", f"{where}: {short(value)} is not a number. Give a number or leave it out.")
    if not abs(value) <= LARGEST:
        raise Refused("not_finite", f"{where}: {short(value)} is not a finite number up to 1e300. Correct it.")


def short(value: object) -> str:
    """A value as a message shows it: not too long."""
    try:
        text = repr(value)
    except ValueError:  # an int of more digits than Python will print
        text = "a number of thousands of digits"
    except RecursionError:
        text = "something nested very deeply"
    return text if len(text) <= 40 else f"{text[:37]}..."


def check_positions(key: str, positions: Sequence[int], last: int) -> None:
    """Refuses positions that are not whole, not rising, or past the last point."""
    before = 0
    for position in positions:
        check_whole(key, position)
        if position > last:
            instead = f"Use 1 to {last}." if last else "Leave it out."
            raise Refused(
                f"{key}_out_of_range", f"{key}: {short(position)} is past the last point it can name. {instead}"
            )
        if position <= before:
            raise Refused(f"{key}_not_rising", f"{key}: {position} comes after {before}. Give rising numbers.")
        before = position


def check_whole(key: str, number: object) -> None:
    """Refuses what is not a whole number from 1."""
    if type(number) is not int or number < 1:
        raise Refused(f"{key}_not_whole", f"{key}: {short(number)} is not a whole number from 1. Give one.")
