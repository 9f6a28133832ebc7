"""Rows with the same x become one point: a value, a sum, a share of sums, or the mean and spread of a subgroup."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from operator import lt
from statistics import fmean, median, stdev
from typing import Any, NamedTuple

import numpy as np

from qitracker.spc.along import Place
from qitracker.spc.kinds import Kind, Wanted
from qitracker.spc.patterns import Floats, some
from qitracker.spc.words import Aggregate, Chart, Refused


class Gathered(NamedTuple):
    """Points in the order of x. `y` is the value or numerator, `n` its denominator or the size of its subgroup, `sd`
    the spread inside the subgroup; NaN where missing."""

    x: tuple[Place, ...]
    y: Floats
    n: Floats | None
    sd: Floats | None


def _sd(values: Sequence[float]) -> float:
    return stdev(values) if len(values) > 1 else math.nan


BY_WORD: dict[Aggregate, Callable[[Sequence[float]], float]] = {
    Aggregate.MEAN: fmean,
    Aggregate.MEDIAN: median,
    Aggregate.SUM: math.fsum,
    Aggregate.SD: _sd,
}


def gathered(
    x: tuple[Place, ...], y: Floats, n: Floats | None, kind: Kind, chart: Chart, aggregate: Aggregate
) -> Gathered:
    """Rows in the order of x, rows with the same x as one point.

    A row that misses a part is left out of its point, and a point without a whole row is missing. Raises Refused
    where each point is an event of its own and x repeats.
    """
    if kind.takes in {Wanted.SUBGROUP_MEAN, Wanted.SUBGROUP_SD}:
        return _subgroups(x, y, kind)
    sizes = kind.counts_rows and n is None
    if all(map(lt, x, x[1:])):  # one kind of x
        return Gathered(x, y, paired(y, np.ones_like(y) if sizes else n), None)
    points, rows = _rows_of(x, np.isnan(y) if n is None else np.isnan(y) | np.isnan(n))
    if kind.takes is Wanted.ONE and len(points) < len(x):
        seen: set[Place] = set()
        again = next(at for at, place in enumerate(x, 1) if place in seen or seen.add(place))  # type: ignore[func-returns-value]
        raise Refused("x_repeated", f"x, point {again}: stands there already. On chart {chart} each x stands once.")
    if n is not None or sizes:
        over = np.ones_like(y) if n is None else n
        return Gathered(points, _sums(y, rows), _sums(over, rows), None)
    if len(points) == len(x):  # out of order, and nothing to put together
        return Gathered(points, np.array([y[at[0]] if at else math.nan for at in rows]), None, None)
    combine = math.fsum if kind.takes is Wanted.COUNT else BY_WORD[aggregate]
    return Gathered(points, np.array([combine(y[at].tolist()) if at else math.nan for at in rows]), None, None)


def paired(y: Floats, n: Floats | None) -> Floats | None:
    """The denominators of values that are there: a point without a value has none, and so no limits."""
    if n is None:
        return None
    missing = np.isnan(y)
    return np.where(missing, np.nan, n) if some(missing) else n


def _rows_of(x: tuple[Place, ...], missing: Any) -> tuple[tuple[Place, ...], list[list[int]]]:
    """The places in order, and which complete rows stand at each."""
    found: dict[Any, list[int]] = {}
    for at, place in enumerate(x):
        rows = found.setdefault(place, [])
        if not missing[at]:
            rows.append(at)
    places = tuple(sorted(found))
    return places, [found[place] for place in places]


def _sums(values: Floats, rows: list[list[int]]) -> Floats:
    return np.array([math.fsum(values[at]) if at else math.nan for at in rows])


def _subgroups(x: tuple[Place, ...], y: Floats, kind: Kind) -> Gathered:
    points, rows = _rows_of(x, np.isnan(y))
    values = [y[at].tolist() for at in rows]
    size = np.array([float(len(one)) for one in values])
    sd = np.array([_sd(one) for one in values])
    mean = np.array([fmean(one) if one else math.nan for one in values])
    return Gathered(points, sd if kind.takes is Wanted.SUBGROUP_SD else mean, size, sd)
