"""Reads a `Series` strictly: everything that cannot be analysed is refused here, with the point and the remedy.

Past this file every number is finite, lengths agree, x is in order and each x stands once. Nothing is guessed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from qitracker.spc.along import X_CHECKS, Place, places, targets_along
from qitracker.spc.cells import NO_VALUES, Cell, check_number, check_positions, check_whole, numbers, short
from qitracker.spc.gathering import BY_WORD, gathered
from qitracker.spc.kinds import KINDS, Kind
from qitracker.spc.patterns import Floats
from qitracker.spc.rulebooks import RULE_BOOKS, RuleBook
from qitracker.spc.values import Series
from qitracker.spc.words import Chart, Direction, Refused, RuleSet, XKind

MOST_POINTS = 100_000

_DIRECTIONS = tuple(Direction)


class Checked(NamedTuple):
    """A series that can be analysed. `y` is the numerator or value, `n` its denominator or the size of its subgroup,
    `sd` the spread inside it; NaN when missing. `targets` is one, or one for each point. `excluded` count from 0."""

    series: Series
    is_time: bool
    x: tuple[Place, ...]
    y: Floats
    n: Floats | None
    sd: Floats | None
    phase_sizes: tuple[int, ...]
    baseline_sizes: tuple[int, ...]
    excluded: tuple[int, ...]
    given_cl: float | None
    targets: float | tuple[float, ...] | None
    unused: tuple[str, ...]


def checked(series: Series) -> Checked:
    """The series as arrays, its rows ordered and gathered by x. Raises Refused."""
    kind, book = _known_words(series)
    _check_length(len(series.y), "y")
    y = numbers(series.y, "y")
    n = _denominators(series, kind)
    rows = places(series.x, series.x_kind, len(y))
    _check_values(kind, y, n)
    if np.isnan(y if n is None else y + n).all():
        raise Refused("no_values", NO_VALUES)
    x, y, n, sd = gathered(rows, y, n, kind, series.chart, series.aggregate)
    _check_scalars(series, kind)
    check_positions("part", series.part, len(y) - 1)
    check_positions("exclude", series.exclude, len(y))
    sizes = tuple(later - earlier for earlier, later in pairwise((0, *series.part, len(y))))
    return Checked(
        series=series,
        is_time=series.x_kind is not XKind.CATEGORY,
        x=x,
        y=y,
        n=n,
        sd=sd,
        phase_sizes=sizes,
        baseline_sizes=_baseline_sizes(series.freeze, sizes, book.freeze_from),
        excluded=tuple(position - 1 for position in series.exclude) if book.knows_exclusions else (),
        given_cl=None if series.cl is None or not book.knows_exclusions else float(series.cl),
        targets=targets_along(series.target, rows, x),
        unused=tuple(_unused(series, kind, book)),
    )


def _unused(series: Series, kind: Kind, book: RuleBook) -> Iterator[str]:
    """Keys that this chart or the tools of these rules do not know."""
    if series.n is not None and not kind.divides:
        yield "n"
    if not book.knows_exclusions and series.exclude:
        yield "exclude"
    if not book.knows_exclusions and series.cl is not None:
        yield "cl"
    if isinstance(series.freeze, int) and series.freeze < book.freeze_from:
        yield "freeze"


def _known_words(series: Series) -> tuple[Kind, RuleBook]:
    kind, book = KINDS.get(series.chart), RULE_BOOKS.get(series.rules)
    if kind is None:
        raise Refused("unknown_word", f"Chart {short(series.chart)} is not known. Use one of: {', '.join(KINDS)}.")
    if book is None:
        raise Refused(
            "unknown_word", f"Rules {short(series.rules)} are not known. Use one of: {', '.join(RULE_BOOKS)}."
        )
    for key, word, words in (
        ("direction", series.direction, _DIRECTIONS),
        ("aggregate", series.aggregate, BY_WORD),
        ("x_kind", series.x_kind or XKind.INT, X_CHECKS),
    ):
        if word not in words:
            raise Refused("unknown_word", f"{key}: {short(word)} is not known. Use one of: {', '.join(words)}.")
    check_known_chart(book, series.chart, series.rules)
    return kind, book


def check_known_chart(book: RuleBook, chart: Chart, rules: RuleSet) -> None:
    """Refuses a chart that the tools of a rule set do not have."""
    if book.charts is not None and chart not in book.charts:
        raise Refused(
            "chart_not_in_rules",
            f"Rules {rules} know chart {', '.join(book.charts)} only, not {chart}. Plot the values on that"
            " chart, or choose other rules.",
        )


def _check_length(length: int, key: str) -> None:
    if not length:
        raise Refused("no_points", f"{key} is empty. Give at least one point.")
    if length > MOST_POINTS:
        raise Refused("too_many_points", f"{key} has {length} points. Give at most {MOST_POINTS}.")


def _denominators(series: Series, kind: Kind) -> Floats | None:
    if series.n is None:
        if kind.needs_n:
            raise Refused("n_missing", f"Chart {series.chart} needs n, the denominators. Give one for each point.")
        return None
    cells: Sequence[Cell] = series.n
    if len(cells) != len(series.y):
        raise Refused(
            "lengths_differ",
            f"y has {len(series.y)} points and n has {len(cells)}. Give n one entry for each point of y.",
        )
    n = numbers(cells, "n")
    _refuse_where(n <= 0, "n_not_positive", "n is at or below 0. Correct it, or leave n and y out.")
    return n if kind.divides else None


def _check_values(kind: Kind, y: Floats, n: Floats | None) -> None:
    if kind.is_count:
        _refuse_where(y < 0, "negative_count", "a count is below 0. Correct it.")
    if kind.above_floor:
        _refuse_where(y <= kind.floor, "time_not_positive", "a time between events is at or below 0. Correct it.")
    if kind.is_share and n is not None:
        _refuse_where(y > n, "numerator_above_denominator", "the numerator is above the denominator. Correct one.")


def _refuse_where(wrong: npt.NDArray[np.bool_], code: str, words: str) -> None:
    if wrong.any():
        raise Refused(code, f"Point {int(wrong.argmax()) + 1}: {words}")


def _check_scalars(series: Series, kind: Kind) -> None:
    check_number(series.multiply, "multiply")
    if series.multiply <= 0:
        raise Refused("multiply_not_positive", "multiply is at or below 0. Give a number above 0.")
    if series.cl is None:
        return
    check_number(series.cl, "cl")
    if not kind.floor <= series.cl <= kind.ceiling or (kind.above_floor and series.cl == kind.floor):
        bounds = f"above {kind.floor:g}" if kind.above_floor else f"from {kind.floor:g} up"
        if kind.ceiling < math.inf:
            bounds = f"from {kind.floor:g} to {kind.ceiling:g}"
        raise Refused(
            "cl_out_of_range",
            f"cl is {series.cl}. On chart {series.chart} it is {bounds}, in units before multiply.",
        )


def _baseline_sizes(freeze: int | tuple[int | None, ...] | None, sizes: tuple[int, ...], least: int) -> tuple[int, ...]:
    each = freeze if isinstance(freeze, tuple) else (freeze,) * len(sizes)
    if len(each) != len(sizes):
        raise Refused(
            "freeze_wrong_length",
            f"freeze has {len(each)} entries for {len(sizes)} phases. Give one for each phase, or one number.",
        )
    for first_points in each:
        if first_points is not None:
            check_whole("freeze", first_points)
    return tuple(size if k is None or k < least else min(k, size) for k, size in zip(each, sizes, strict=True))
