"""Reads the numbers given to the charts beside the engine. What cannot be used is refused here, with the remedy."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TypeVar

import numpy as np

from qitracker.spc.values import Refused

Word = TypeVar("Word", bound=StrEnum)

LARGEST = 1e150
"""Numbers of a larger size are refused: their squares would be too large for a number."""


def number(cell: object, where: str) -> float:
    """One finite number of a sensible size, numpy's among them. Raises Refused."""
    if isinstance(cell, bool) or not isinstance(cell, int | float | np.integer | np.floating):
        raise Refused("not_a_number", f"{where}: is not a number. Give one.")
    try:
        value = float(cell)
    except OverflowError:
        value = math.inf
    if not abs(value) <= LARGEST:  # NaN too
        raise Refused("beyond_range", f"{where}: is not a finite number of a sensible size. Check it.")
    return value


def numbers(cells: Sequence[object], key: str) -> tuple[float, ...]:
    """At least one number, none of them missing. Raises Refused."""
    _check_any(cells, key)
    return tuple(number(cell, f"{key}, number {at}") for at, cell in enumerate(cells, 1))


def numbers_and_gaps(cells: Sequence[object], key: str) -> tuple[float | None, ...]:
    """At least one number; None is a missing one. Raises Refused."""
    _check_any(cells, key)
    found = tuple(None if cell is None else number(cell, f"{key}, point {at}") for at, cell in enumerate(cells, 1))
    if all(value is None for value in found):
        raise Refused("no_values", f"{key}: every value is missing. Give at least one.")
    return found


def positive(cell: object, where: str) -> float:
    """One number above 0. Raises Refused."""
    value = number(cell, where)
    if not value > 0:
        raise Refused("not_positive", f"{where}: is not above 0. Give a number above 0.")
    return value


def share(cell: object, where: str) -> float:
    """One number above 0 and below 1. Raises Refused."""
    value = positive(cell, where)
    if not value < 1:
        raise Refused("not_a_share", f"{where}: is not between 0 and 1. Give 12 % as 0.12.")
    return value


def whole(cell: object, where: str, *, least: int = 1, most: float = math.inf) -> int:
    """One whole number from `least` to `most`. Raises Refused."""
    value = number(cell, where)
    if value != int(value) or not least <= value <= most:
        up_to = "" if most == math.inf else f" to {most:.0f}"
        raise Refused("not_whole", f"{where}: is not a whole number from {least}{up_to}. Give one.")
    return int(value)


def word(given: object, known: Iterable[Word], key: str) -> Word:
    """The word of the engine that is spelt so. Raises Refused."""
    words = tuple(known)
    for one in words:
        if given == one:
            return one
    raise Refused("unknown_word", f"{key}: {str(given)[:40]!r} is not known. Use one of: {', '.join(words)}.")


def _check_any(cells: Sequence[object], key: str) -> None:
    if not len(cells):
        raise Refused("no_points", f"{key} is empty. Give at least one.")
