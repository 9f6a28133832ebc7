"""Reads a `Batch`: shapes that fit, numbers that can be analysed. The first fault is refused with its place."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from qitracker.spc.batch import Batch, Numbers
from qitracker.spc.cells import LARGEST, check_positions, short
from qitracker.spc.checking import MOST_POINTS, check_known_chart
from qitracker.spc.frame import Phases
from qitracker.spc.gathering import paired
from qitracker.spc.kinds import KINDS, Kind, Wanted
from qitracker.spc.patterns import Bools, Floats, Whole
from qitracker.spc.rulebooks import RULE_BOOKS
from qitracker.spc.sheet import CELLS_OF_A_BLOCK, Labels, Sheet
from qitracker.spc.words import Chart, Direction, Refused, RuleSet

_CHARTS, _RULE_SETS, _DIRECTIONS = tuple(Chart), tuple(RuleSet), frozenset(Direction)


def sheet_of_batch(batch: Batch) -> Sheet:
    """The batch as a sheet. Raises Refused."""
    if batch.chart not in _CHARTS or batch.rules not in _RULE_SETS:
        raise Refused(
            "unknown_word", f"{short(batch.chart)} with {short(batch.rules)}: one of these words is not known."
        )
    kind, book = KINDS[Chart(batch.chart)], RULE_BOOKS[RuleSet(batch.rules)]
    check_known_chart(book, batch.chart, batch.rules)
    y = _table(batch.y, "y", None)
    n = _denominators(batch, kind, y.shape)
    sd = None if batch.sd is None else _table(batch.sd, "sd", y.shape)
    if kind.takes is Wanted.SUBGROUP_MEAN and sd is None:
        raise Refused("sd_missing", f"Chart {batch.chart} needs sd, the spread inside each subgroup.")
    lengths = _lengths(batch.lengths, y.shape)
    if lengths is not None:
        y = np.where(np.arange(y.shape[1]) >= lengths[:, None], np.nan, y)
    _check_values(kind, y, n)
    n = paired(y, n)
    excluded = None if batch.exclude is None or not book.knows_exclusions else _marks(batch.exclude, y.shape)
    phases = _phases(batch.part, y.shape, lengths)
    if phases is not None:  # their points are picked one by one
        y = np.ascontiguousarray(y)
        n, sd = (None if one is None else np.ascontiguousarray(one) for one in (n, sd))
    given = None if batch.cl is None or not book.knows_exclusions else _column(batch.cl, "cl", len(y))
    _check_lines(kind, given)
    habit = book.screens if batch.screen is None else batch.screen
    return Sheet(
        chart=Chart(batch.chart),
        rules=RuleSet(batch.rules),
        in_time=batch.in_time,
        only_rises=batch.only_rises,
        y=y,
        n=n,
        sd=y if kind.takes is Wanted.SUBGROUP_SD else sd,
        lengths=lengths,
        excluded=excluded,
        phases=phases,
        freeze=_freeze(batch.freeze, len(y), phases, book.freeze_from),
        given_cl=given,
        screen=np.full(len(y), habit),
        labels=_labels(batch, y.shape),
    )


def _table(values: Numbers, key: str, shape: tuple[int, ...] | None) -> Floats:
    try:
        table = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise Refused("not_a_number", f"{key}: is no table of numbers. Give rows of equal length.") from error
    if table.ndim != 2:
        raise Refused("wrong_shape", f"{key}: has {table.ndim} dimensions. Give rows of series, columns of points.")
    if shape is not None and table.shape != shape:
        raise Refused("lengths_differ", f"{key} is {table.shape} and y is {shape}. Give both the same shape.")
    if not table.shape[1]:
        raise Refused("no_points", f"{key} has no points. Give at least one.")
    if table.shape[1] > MOST_POINTS:
        raise Refused("too_many_points", f"{key} has {table.shape[1]} points. Give at most {MOST_POINTS}.")
    for rows in _pieces(table):
        with np.errstate(invalid="ignore"):
            low, high = np.fmin.reduce(rows, axis=None, initial=0.0), np.fmax.reduce(rows, axis=None, initial=0.0)
        if high > LARGEST or low < -LARGEST:
            _refuse_at(np.abs(table) > LARGEST, "not_finite", f"{key} is not a finite number up to 1e300. Correct it.")
    return table


def _pieces(table: Floats) -> Sequence[Floats]:
    """Some rows at a time, so that a check of a large table stays near the processor."""
    rows = max(1, 4 * CELLS_OF_A_BLOCK // table.shape[1])
    return [table[first : first + rows] for first in range(0, len(table), rows)]


def _refuse_at(wrong: Bools, code: str, words: str) -> None:
    at = int(wrong.argmax())
    raise Refused(code, f"Series {at // wrong.shape[1] + 1}, point {at % wrong.shape[1] + 1}: {words}")


def _denominators(batch: Batch, kind: Kind, shape: tuple[int, ...]) -> Floats | None:
    needs = kind.needs_n or kind.counts_rows or kind.takes in {Wanted.SUBGROUP_MEAN, Wanted.SUBGROUP_SD}
    if batch.n is None:
        if needs:
            raise Refused("n_missing", f"Chart {batch.chart} needs n. Give one for each point.")
        return None
    n = _table(batch.n, "n", shape)
    for rows in _pieces(n):
        if np.fmin.reduce(rows, axis=None, initial=1.0) <= 0:
            _refuse_at(n <= 0, "n_not_positive", "n is at or below 0. Correct it, or leave n and y out.")
    return n if needs or kind.divides else None


def _check_values(kind: Kind, y: Floats, n: Floats | None) -> None:
    for rows in _pieces(y) if kind.is_count or kind.above_floor else ():
        lowest = np.fmin.reduce(rows, axis=None, initial=1.0)
        if kind.is_count and lowest < 0:
            _refuse_at(y < 0, "negative_count", "a count is below 0. Correct it.")
        if kind.above_floor and lowest <= kind.floor:
            _refuse_at(y <= kind.floor, "time_not_positive", "a time between events is at or below 0. Correct it.")
    if kind.is_share and n is not None:
        for shares, rows in zip(_pieces(y), _pieces(n), strict=True):
            if (shares > rows).any():
                _refuse_at(y > n, "numerator_above_denominator", "the numerator is above the denominator. Correct one.")


def _lengths(given: Numbers | None, shape: tuple[int, ...]) -> Whole | None:
    if given is None:
        return None
    lengths = np.asarray(given)
    if lengths.shape != shape[:1] or lengths.dtype.kind not in "iu":
        raise Refused("lengths_not_whole", "lengths: give one whole number for each series.")
    if len(lengths) and not (lengths.min() >= 1 and lengths.max() <= shape[1]):
        raise Refused("lengths_out_of_range", f"lengths: are from 1 to {shape[1]}, the points y has.")
    return None if (lengths == shape[1]).all() else lengths.astype(np.intp)


def _marks(given: Numbers, shape: tuple[int, ...]) -> Bools | None:
    marks = np.asarray(given)
    if marks.shape != shape or marks.dtype != np.bool_:
        raise Refused("wrong_shape", "exclude: give true or false for each point of each series.")
    return marks if marks.any() else None


def _column(given: Numbers, key: str, size: int) -> Floats:
    column = np.asarray(given, dtype=np.float64)
    if column.shape not in {(), (size,)}:
        raise Refused("wrong_shape", f"{key}: give one number, or one for each series.")
    if (np.abs(column) > LARGEST).any():
        raise Refused("not_finite", f"{key}: is not a finite number up to 1e300. Correct it.")
    return np.broadcast_to(column, (size,))


def _check_lines(kind: Kind, given: Floats | None) -> None:
    if given is None:
        return
    low = given <= kind.floor if kind.above_floor else given < kind.floor
    wrong = low | (given > kind.ceiling)
    if wrong.any():
        at = int(wrong.argmax())
        raise Refused("cl_out_of_range", f"cl of series {at + 1} is {given[at]}: this chart cannot have it.")


def _phases(part: Sequence[Sequence[int]] | None, shape: tuple[int, ...], lengths: Whole | None) -> Phases | None:
    if part is None or not any(part):
        return None
    if len(part) != shape[0]:
        raise Refused("wrong_shape", "part: give a list of positions for each series.")
    owner, first, size = [], [], []
    for at, ends in enumerate(part):
        length = shape[1] if lengths is None else int(lengths[at])
        check_positions("part", ends, length - 1)
        for start, end in pairwise((0, *ends, length)):
            owner.append(at)
            first.append(start)
            size.append(end - start)
    return Phases(np.array(owner, np.intp), np.array(first, np.intp), np.array(size, np.intp))


def _freeze(given: Numbers | None, size: int, phases: Phases | None, least: int) -> Whole | None:
    if given is None:
        return None
    freeze = np.asarray(given)
    if freeze.shape not in {(), (size,)} or freeze.dtype.kind not in "iu" or (freeze < 0).any():
        raise Refused("freeze_not_whole", "freeze: give one whole number from 1, or one for each series (0 for none).")
    points: npt.NDArray[np.intp] = np.broadcast_to(freeze, (size,)).astype(np.intp)
    points = np.where((points < least) | (points == 0), MOST_POINTS, points)
    return points if phases is None else points[phases.owner]


def _labels(batch: Batch, shape: tuple[int, ...]) -> Labels:
    size = shape[0]
    multiply = _column(batch.multiply, "multiply", size)
    if not (multiply > 0).all():
        raise Refused("multiply_not_positive", "multiply is at or below 0. Give a number above 0.")
    x = tuple(range(1, shape[1] + 1)) if batch.x is None else batch.x
    if len(x) != shape[1]:
        raise Refused("lengths_differ", f"x has {len(x)} places and y {shape[1]} points. Give one for each.")
    given = batch.direction
    directions = (given,) * size if isinstance(given, Direction) else tuple(given)
    known = isinstance(given, Direction) or _DIRECTIONS.issuperset(directions)
    ids = (None,) * size if batch.ids is None else batch.ids
    if len(directions) != size or len(ids) != size or not known:
        raise Refused("unknown_word", "direction and ids: give one known word, or one for each series.")
    return Labels(
        ids=ids,
        x=(x,) * size,
        directions=directions,
        multiply=multiply,
        targets=_targets(batch.target, shape),
    )


def _targets(given: Numbers | None, shape: tuple[int, ...]) -> tuple[float | tuple[float, ...] | None, ...]:
    if given is None:
        return (None,) * shape[0]
    targets = np.asarray(given, dtype=np.float64)
    if (np.abs(targets) > LARGEST).any():
        raise Refused("not_finite", "target: is not a finite number up to 1e300. Correct it.")
    if targets.shape == shape:
        return tuple(tuple(row) for row in targets.tolist())
    return tuple(None if target != target else target for target in _column(targets, "target", shape[0]).tolist())  # noqa: PLR0124
