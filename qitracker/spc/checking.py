"""Reads a `Series` strictly: everything that cannot be analysed is refused here, with the point and the remedy.

Past this file every number is finite, lengths agree, x is in order and each x stands once. Nothing is guessed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from statistics import fmean, median, stdev
from typing import Any

import numpy as np
import numpy.typing as npt

from qitracker.spc.kinds import KINDS, Kind
from qitracker.spc.rules import RULE_BOOKS
from qitracker.spc.values import Aggregate, Direction, Refused, Series, XKind

MOST_POINTS = 100_000
LARGEST = 1e300

Floats = npt.NDArray[np.float64]
Cell = float | None

_DIRECTIONS = tuple(Direction)
_PLAIN = frozenset({int, float, type(None)})
_BY_WORD: dict[Aggregate, Callable[[Sequence[float]], float]] = {
    Aggregate.MEAN: fmean,
    Aggregate.MEDIAN: median,
    Aggregate.SUM: math.fsum,
    Aggregate.SD: lambda values: stdev(values) if len(values) > 1 else math.nan,
}


@dataclass(frozen=True, slots=True)
class Checked:
    """A series that can be analysed. `y` is the numerator or value and `n` its denominator, NaN when missing."""

    series: Series
    kind: Kind
    x: tuple[str | int, ...]
    is_time: bool
    y: Floats
    n: Floats | None
    phase_sizes: tuple[int, ...]
    baseline_sizes: tuple[int, ...]
    excluded: tuple[int, ...]


def checked(series: Series) -> Checked:
    """The series as arrays, its rows ordered and gathered by x. Raises Refused."""
    kind = KINDS.get(series.chart)
    if kind is None:
        raise Refused("unknown_word", f"Chart {series.chart!r} is not known. Use one of: {', '.join(KINDS)}.")
    if series.rules not in RULE_BOOKS:
        raise Refused("unknown_word", f"Rules {series.rules!r} are not known. Use one of: {', '.join(RULE_BOOKS)}.")
    for key, word, words in (
        ("direction", series.direction, _DIRECTIONS),
        ("aggregate", series.aggregate, _BY_WORD),
        ("x_kind", series.x_kind or XKind.INT, _X_CHECKS),
    ):
        if word not in words:
            raise Refused("unknown_word", f"{key}: {_short(word)} is not known. Use one of: {', '.join(words)}.")
    _check_length(len(series.y), "y")
    y = _numbers(series.y, "y")
    n = _denominators(series, kind)
    is_time = series.x_kind is not XKind.CATEGORY
    x = _places(series.x, series.x_kind, len(y))
    _check_values(kind, y, n)
    if series.x is not None and not _is_rising(x):
        x, y, n = _gather(x, y, n, Aggregate.SUM if kind.is_count else series.aggregate)
    if np.isnan(y if n is None else y + n).all():
        raise Refused("no_values", "Every value is missing. Give at least one point a value.")
    _check_scalars(series, kind)
    sizes = _phase_sizes(series.part, len(y))
    _check_positions("exclude", series.exclude, len(y))
    return Checked(
        series=series,
        kind=kind,
        x=x,
        is_time=is_time,
        y=y,
        n=n,
        phase_sizes=sizes,
        baseline_sizes=_baseline_sizes(series.freeze, sizes),
        excluded=tuple(position - 1 for position in series.exclude),
    )


def _check_length(length: int, key: str) -> None:
    if not length:
        raise Refused("no_points", f"{key} is empty. Give at least one point.")
    if length > MOST_POINTS:
        raise Refused("too_many_points", f"{key} has {length} points. Give at most {MOST_POINTS}.")


def _numbers(cells: Sequence[Cell], key: str) -> Floats:
    """Cells as floats, NaN where missing. Refuses what is no finite number of a sensible size."""
    if not _PLAIN.issuperset(map(type, cells)):
        for at, cell in enumerate(cells, 1):
            if cell is not None:
                check_number(cell, f"{key}, point {at}")
    has_gaps = None in cells
    try:
        array = np.array([math.nan if cell is None else cell for cell in cells] if has_gaps else cells, float)
    except OverflowError:
        array = np.array([math.inf])
    known = np.abs(array) <= LARGEST
    if np.count_nonzero(known) != len(cells) - (cells.count(None) if has_gaps else 0):
        for at, cell in enumerate(cells, 1):
            if cell is not None:
                check_number(cell, f"{key}, point {at}")
    return array


def check_number(value: Any, where: str) -> None:
    """Refuses what is no number, and numbers that are NaN, infinite or beyond 1e300."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise Refused("not_a_number", f"{where}: {_short(value)} is not a number. Give a number or leave it out.")
    if not abs(value) <= LARGEST:
        raise Refused("not_finite", f"{where}: {_short(value)} is not a finite number up to 1e300. Correct it.")


def _short(value: object) -> str:
    try:
        text = repr(value)
    except ValueError:  # an int of more digits than Python will print
        text = "a number of thousands of digits"
    return text if len(text) <= 40 else f"{text[:37]}..."


def _denominators(series: Series, kind: Kind) -> Floats | None:
    if series.n is None or kind.is_plain_count:
        if kind.needs_n:
            raise Refused("n_missing", f"Chart {series.chart} needs n, the denominators. Give one for each point.")
        return None
    if len(series.n) != len(series.y):
        raise Refused(
            "lengths_differ",
            f"y has {len(series.y)} points and n has {len(series.n)}. Give n one entry for each point of y.",
        )
    return _numbers(series.n, "n")


def _places(x: tuple[str | int, ...] | None, kind: XKind | None, length: int) -> tuple[str | int, ...]:
    if x is None:
        return tuple(range(1, length + 1))
    if len(x) != length:
        raise Refused(
            "lengths_differ", f"y has {length} points and x has {len(x)}. Give x one entry for each point of y."
        )
    wanted = kind or (XKind.INT if type(x[0]) is int else XKind.DATE)
    check = _X_CHECKS[wanted]
    for at, place in enumerate(x, 1):
        check(place, at)
    return tuple(x)


def _check_int(place: object, at: int) -> None:
    if type(place) is not int:
        raise Refused("x_wrong_kind", f"x, point {at}: {_short(place)} is not a whole number. Give one.")
    check_number(place, f"x, point {at}")


def _check_date(place: object, at: int) -> None:
    if not isinstance(place, str):
        raise Refused("x_wrong_kind", f"x, point {at}: {_short(place)} is not a date. Write it as 2024-06-01.")
    if not _is_date(place):
        raise Refused("x_no_date", f"x, point {at}: {_short(place)} is no real date. Write it as 2024-06-01.")


@lru_cache(maxsize=8192)
def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _check_category(place: object, at: int) -> None:
    if not isinstance(place, str):
        raise Refused("x_wrong_kind", f"x, point {at}: {_short(place)} is not a name. Give a text.")


_X_CHECKS: dict[XKind, Callable[[object, int], None]] = {
    XKind.INT: _check_int,
    XKind.DATE: _check_date,
    XKind.CATEGORY: _check_category,
}


def _check_values(kind: Kind, y: Floats, n: Floats | None) -> None:
    if n is not None:
        _refuse_where(n <= 0, "n_not_positive", "n is at or below 0. Correct it, or leave n and y out.")
    if kind.is_count:
        _refuse_where(y < 0, "negative_count", "a count is below 0. Correct it.")
    if kind.is_share and n is not None:
        _refuse_where(y > n, "numerator_above_denominator", "the numerator is above the denominator. Correct one.")


def _refuse_where(wrong: npt.NDArray[np.bool_], code: str, words: str) -> None:
    if wrong.any():
        raise Refused(code, f"Point {int(wrong.argmax()) + 1}: {words}")


def _is_rising(x: Sequence[Any]) -> bool:
    return all(earlier < later for earlier, later in pairwise(x))


def _gather(
    x: tuple[str | int, ...], y: Floats, n: Floats | None, aggregate: Aggregate
) -> tuple[tuple[str | int, ...], Floats, Floats | None]:
    """Rows in the order of x, rows with the same x as one: sum over sum with n, else by `aggregate`.

    A row that misses a part is left out of its point, and a point without a whole row is missing.
    """
    rows: dict[Any, list[int]] = {}
    missing = np.isnan(y) if n is None else np.isnan(y) | np.isnan(n)
    for at, place in enumerate(x):
        rows.setdefault(place, []).append(at)
    places = tuple(sorted(rows))
    complete = [[at for at in rows[place] if not missing[at]] for place in places]
    if n is None:
        combine = _BY_WORD[aggregate]
        return places, np.array([combine(y[at].tolist()) if at else math.nan for at in complete]), None
    return (
        places,
        np.array([math.fsum(y[at]) if at else math.nan for at in complete]),
        np.array([math.fsum(n[at]) if at else math.nan for at in complete]),
    )


def _check_scalars(series: Series, kind: Kind) -> None:
    check_number(series.multiply, "multiply")
    if series.multiply <= 0:
        raise Refused("multiply_not_positive", "multiply is at or below 0. Give a number above 0.")
    if series.target is not None:
        check_number(series.target, "target")
    if series.cl is not None:
        check_number(series.cl, "cl")
        if not kind.floor <= series.cl <= kind.ceiling:
            raise Refused(
                "cl_out_of_range",
                f"cl is {series.cl}. On chart {series.chart} it is from {kind.floor:g} to {kind.ceiling:g},"
                " in units before multiply.",
            )


def _phase_sizes(part: tuple[int, ...], length: int) -> tuple[int, ...]:
    _check_positions("part", part, length - 1)
    edges = (0, *part, length)
    return tuple(later - earlier for earlier, later in pairwise(edges))


def _check_positions(key: str, positions: Sequence[int], last: int) -> None:
    before = 0
    for position in positions:
        _check_whole(key, position)
        if position > last:
            raise Refused(f"{key}_out_of_range", f"{key}: there is no point {position} to name. Use 1 to {last}.")
        if position <= before:
            raise Refused(f"{key}_not_rising", f"{key}: {position} comes after {before}. Give rising numbers.")
        before = position


def _check_whole(key: str, number: object) -> None:
    if type(number) is not int or number < 1:
        raise Refused(f"{key}_not_whole", f"{key}: {_short(number)} is not a whole number from 1. Give one.")


def _baseline_sizes(freeze: int | tuple[int | None, ...] | None, sizes: tuple[int, ...]) -> tuple[int, ...]:
    each = freeze if isinstance(freeze, tuple) else (freeze,) * len(sizes)
    if len(each) != len(sizes):
        raise Refused(
            "freeze_wrong_length",
            f"freeze has {len(each)} entries for {len(sizes)} phases. Give one for each phase, or one number.",
        )
    for first_points in each:
        if first_points is not None:
            _check_whole("freeze", first_points)
    return tuple(size if k is None else min(k, size) for k, size in zip(each, sizes, strict=True))
