"""Many series at once as arrays: a `Batch` goes in, a `BatchAnalysis` comes out.

The answer keeps arrays. An `Analysis` of one series is made when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from qitracker.spc.cells import NO_VALUES
from qitracker.spc.judging import Judged
from qitracker.spc.lines import limits
from qitracker.spc.patterns import Bools, Flags, Floats, Whole
from qitracker.spc.sheet import Sheet
from qitracker.spc.words import Chart, Direction, Refused, RuleSet, Signal

if TYPE_CHECKING:
    from qitracker.spc.values import Analysis

Numbers = npt.ArrayLike

CELLS_OF_A_PIECE = 16_384
"""Points whose limits are worked out at a time: five arrays of 128 KiB fit into a second-level cache."""


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Series of one kind of chart, one below the other: arrays of (series, points), NaN for a missing value.

    `y` holds values, or numerators where `n` holds the denominators; on xbar and s charts the mean or the standard
    deviation of each subgroup, with its size in `n` and, on xbar, its standard deviation in `sd`. `lengths`: how many
    points each series has, where they differ; what lies past them is not read.
    One for all, or one for each series: `target` (also one for each point) in plotted units, `cl` and `multiply` as
    in `Series` (NaN for no line), `direction`, and `freeze`, the first so many points of each phase (0 for all).
    `part` has one tuple for each series: the last point of each earlier phase, from 1. `exclude` is True at points
    kept out. `in_time` False: the points are categories. `x` are the places of all series, None for 1, 2, 3.
    """

    chart: Chart
    y: Numbers
    n: Numbers | None = None
    sd: Numbers | None = None
    lengths: Numbers | None = None
    rules: RuleSet = RuleSet.PROVOST_MURRAY
    direction: Direction | Sequence[Direction] = Direction.NEUTRAL
    target: Numbers | None = None
    cl: Numbers | None = None
    multiply: Numbers = 1.0
    screen: bool | None = None
    freeze: Numbers | None = None
    part: Sequence[Sequence[int]] | None = None
    exclude: Numbers | None = None
    in_time: bool = True
    only_rises: bool = False
    x: tuple[str | int, ...] | None = None
    ids: tuple[str | None, ...] | None = None


class BatchAnalysis:
    """What the charts of a batch say. Arrays have the shape (series, points); numbers are in plotted units, NaN for
    none, and are not to be written to. `row(i)` is the `Analysis` of one series."""

    def __init__(self, sheet: Sheet, judged: Judged) -> None:
        self._sheet, self._judged = sheet, judged

    def __len__(self) -> int:
        return len(self._sheet.y)

    def row(self, at: int) -> Analysis:
        """The analysis of one series. Raises Refused where it has no value, or lines too large for a number."""
        if not -len(self) <= at < len(self):
            raise IndexError(at)
        at %= len(self)
        (answer,) = self._answers(at, at + 1)
        if isinstance(answer, Refused):
            raise answer
        return answer

    def rows(self) -> Iterator[Analysis | Refused]:
        """The analysis of each series, in order, or why it has none."""
        for first, end in self._sheet.pieces():
            yield from self._answers(first, end)

    def _answers(self, first: int, end: int) -> Iterator[Analysis | Refused]:
        from qitracker.spc.answer import answers

        sheet = self._sheet
        missing = np.isnan(sheet.y[first:end] if sheet.n is None else sheet.y[first:end] + sheet.n[first:end])
        no_value: list[bool] = np.logical_and.reduce(missing, axis=1).tolist()
        for empty, answer in zip(no_value, answers(sheet, self._judged, first, end), strict=True):
            yield Refused("no_values", NO_VALUES) if empty else answer

    @property
    def signals(self) -> Mapping[Signal, Flags]:
        """Each rule's answer for every point: +1 high or rising, -1 low or falling, 1 without a side, 0 none."""
        return {signal: flags.T for signal, flags in self._judged.signals.items()}

    @property
    def y(self) -> Floats:
        """The plotted values."""
        return plotted_values(self._sheet, self._judged, 0, len(self)) * self._scale

    @property
    def cl(self) -> Floats:
        """The centre line at each point."""
        return self._drawn(self._judged.cl)

    @property
    def lcl(self) -> Floats:
        """The lower limit at each point."""
        return self._limits[0]

    @property
    def ucl(self) -> Floats:
        """The upper limit at each point."""
        return self._limits[1]

    @property
    def sigma(self) -> Floats:
        """The sigma of each point, no narrower where a limit is cut off; on a T chart of its root."""
        width, unit = point_widths(self._sheet, 0, len(self)), self._judged.unit
        if width is None:
            return self._spread_out(unit if self._sheet.kind.plotted is not None else unit * self._row_scale)
        return self._at(unit) * width * self._scale

    @property
    def phase(self) -> Whole:
        """The number of each point's phase, from 1."""
        phases = self._sheet.phases
        if phases is None:
            return np.broadcast_to(np.intp(1), self._sheet.y.shape)
        before = np.searchsorted(phases.owner, np.arange(len(self)))
        return phase_rows(self._sheet, 0, len(self)) - before[:, None] + 1

    @property
    def _scale(self) -> Floats:
        return self._sheet.labels.multiply[:, None]

    @property
    def _row_scale(self) -> Floats:
        phases, multiply = self._sheet.phases, self._sheet.labels.multiply
        return multiply if phases is None else multiply[phases.owner]

    def _at(self, values: Floats) -> Floats:
        """Values of phases at each point."""
        if self._sheet.phases is not None:
            spread: Floats = values[phase_rows(self._sheet, 0, len(self))]
            return spread
        # As `np.broadcast_to`, which takes ten times as long.
        along = np.ndarray(self._sheet.y.shape, values.dtype, values, 0, (values.strides[0], 0))
        along.setflags(write=False)
        return along

    def _spread_out(self, values: Floats) -> Floats:
        at, lengths = self._at(values), self._sheet.lengths
        return at if lengths is None else np.where(np.arange(at.shape[1]) < lengths[:, None], at, np.nan)

    def _drawn(self, line: Floats) -> Floats:
        kind = self._sheet.kind
        return self._spread_out((line if kind.plotted is None else kind.plotted(line)) * self._row_scale)

    @cached_property
    def _limits(self) -> tuple[Floats, Floats]:
        """The lower and the upper limit. Where they move they are worked out together, and kept."""
        sheet, judged = self._sheet, self._judged
        if sheet.kind.width is None or sheet.n is None:
            low, high = limits(sheet.kind, judged.middle, judged.unit, None)
            return self._drawn(low), self._drawn(high)
        both = np.empty(sheet.y.shape), np.empty(sheet.y.shape)
        for first, end in sheet.pieces(CELLS_OF_A_PIECE):
            rows = None if sheet.phases is None else phase_rows(sheet, first, end)
            middle, unit = (
                values[first:end, None] if rows is None else values[rows] for values in (judged.middle, judged.unit)
            )
            found = limits(sheet.kind, middle, unit, point_widths(sheet, first, end))
            for line, into in zip(found, both, strict=True):
                np.multiply(line, self._scale[first:end], out=into[first:end])
        for line in both:
            line.setflags(write=False)
        return both


def plotted_values(sheet: Sheet, judged: Judged, first: int, end: int) -> Floats:
    """The plotted values of some series before `multiply`."""
    if judged.ranges is not None:
        return judged.ranges[:, first:end].T
    y = sheet.y[first:end]
    return y / sheet.n[first:end] if sheet.n is not None and sheet.kind.divides else y


def point_widths(sheet: Sheet, first: int, end: int) -> Floats | None:
    """The sigma of each point as a multiple of that of its phase; None where all have the same."""
    width = sheet.kind.width
    return None if width is None or sheet.n is None else width(sheet.n[first:end])


def phase_rows(sheet: Sheet, first: int, end: int) -> Whole:
    """Which phase, over all series, each point of some series is in."""
    if sheet.phases is None:
        return np.broadcast_to(np.arange(first, end)[:, None], (end - first, sheet.y.shape[1]))
    rows = sheet.rows(first, end)
    begins = np.zeros((end - first, sheet.y.shape[1] + 1), np.intp)
    np.add.at(begins, (sheet.phases.owner[rows] - first, sheet.phases.first[rows]), 1)
    return np.cumsum(begins[:, :-1], axis=1) - 1 + np.searchsorted(sheet.phases.owner, np.arange(first, end))[:, None]


def included_points(sheet: Sheet, first: int, end: int) -> Bools:
    """Which points of some series are not excluded."""
    if sheet.excluded is None:
        return np.broadcast_to(np.True_, (end - first, sheet.y.shape[1]))
    return ~sheet.excluded[first:end]
