"""Each series of a sheet, worked out, as plain lists: what analyses, cautions and suggestions are made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, reduce
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np

from qitracker.spc.batch import phase_rows, plotted_values, point_widths
from qitracker.spc.close_to import CloseTo
from qitracker.spc.closeness import closeness
from qitracker.spc.judging import Judged
from qitracker.spc.lines import limits, near_line
from qitracker.spc.meaning import TO_BETTER
from qitracker.spc.patterns import Bools, Flags, Floats, some
from qitracker.spc.phases import phase_summary
from qitracker.spc.sheet import Sheet
from qitracker.spc.values import PhaseSummary
from qitracker.spc.words import Refused, Signal

Cells = tuple[float | None, ...]


class One(NamedTuple):
    """One series. Lists have one entry a point, in plotted units, None for none.

    `number` is its place in the sheet, `place` that in its columns. `leading` is the flag that says what a point means,
    `both` the indexes of those with flags of both sides. `edges` are the first point of each phase and the one after
    its last. `kept`: phases that were not screened, because nothing but zeros would have been left.
    """

    sheet: Sheet
    number: int
    y: Cells
    n: Cells
    cl: Cells
    lcl: Cells
    ucl: Cells
    sigma: Cells
    baseline: Sequence[bool]
    included: Sequence[bool]
    signals: Mapping[Signal, tuple[int, ...]]
    leading: Sequence[int]
    both: tuple[int, ...]
    edges: Sequence[tuple[int, int]]
    kept: Sequence[bool]
    place: int
    columns: Columns

    def sides(self) -> list[int]:
        """+1 above and -1 below the centre line, 0 on it or where a point does not count."""
        sides: list[int] = self.columns.sides[self.place].tolist()
        return [side if counts else 0 for side, counts in zip(sides, self.included, strict=False)]

    @property
    def close_to(self) -> CloseTo:
        """How near the latest point is to a signal."""
        return self.columns.near[self.place]

    @property
    def has_own_line(self) -> bool:
        """Whether no centre line was given from elsewhere."""
        return self.sheet.given_cl is None or bool(np.isnan(self.sheet.given_cl[self.number]))

    @property
    def unused(self) -> tuple[str, ...]:
        """What was given of this series and not used."""
        unused = self.sheet.labels.unused
        return () if unused is None else unused[self.number]

    @property
    def multiply(self) -> float:
        """What its plotted values were multiplied by."""
        return float(self.sheet.labels.multiply[self.number])

    def counted(self, first: int, end: int) -> list[int]:
        """The indexes of points with a value that are not excluded."""
        y, included = self.y, self.included
        return [at for at in range(first, end) if included[at] and y[at] is not None]

    def firm(self, first: int, end: int) -> list[float]:
        """The values that centre line and limits of a phase rest on."""
        return [value for at in self.counted(first, end) if self.baseline[at] and (value := self.y[at]) is not None]

    def summary(self) -> PhaseSummary:
        """The latest phase in a line."""
        first, end = self.edges[-1]
        last = slice(first, end)
        return phase_summary(
            chart=self.sheet.chart,
            multiply=self.multiply,
            number=len(self.edges),
            first=first,
            y=self.y[last],
            n=self.n[last],
            baseline=self.baseline[last],
            included=self.included[last],
            cl=self.cl[last],
            lcl=self.lcl[last],
            ucl=self.ucl[last],
            sigma=self.sigma[last],
        )


def ones(sheet: Sheet, judged: Judged, first: int, end: int) -> Iterator[One | Refused]:
    """The series from `first` to before `end`, or why they cannot be told."""
    with np.errstate(all="ignore"):
        columns = Columns(sheet, judged, first, end)
    for at in range(end - first):
        yield _one(sheet, judged, columns, first, at)


def _one(sheet: Sheet, judged: Judged, columns: Columns, first: int, at: int) -> One | Refused:
    if at in columns.too_large:
        return Refused(
            "beyond_range",
            "A plotted value or limit is too large for a number. Use a smaller multiply or larger units.",
        )
    number = first + at
    length = sheet.y.shape[1] if sheet.lengths is None else int(sheet.lengths[number])
    rows = sheet.rows(number, number + 1)
    sizes = [length] if sheet.phases is None else sheet.phases.size[rows].tolist()
    included, baseline = (True,) * length, (True,) * length
    if sheet.excluded is not None:
        included = tuple((~sheet.excluded[number, :length]).tolist())
    if sheet.freeze is not None:
        frozen = sheet.freeze[rows].tolist()
        baseline = tuple(place < k for size, k in zip(sizes, frozen, strict=True) for place in range(size))
    y, cl, lcl, ucl, sigma = columns.of(at, length)
    return One(
        sheet=sheet,
        number=number,
        y=y,
        n=(None,) * length if columns.n is None else tuple(columns.n[at][:length]),
        cl=cl,
        lcl=lcl,
        ucl=ucl,
        sigma=sigma,
        baseline=baseline,
        included=included,
        signals={signal: tuple(flags[at][:length]) for signal, flags in columns.signals.items()},
        leading=columns.leading[at],
        both=() if columns.both is None else tuple(np.flatnonzero(columns.both[at][:length]).tolist()),
        edges=tuple(pairwise(accumulate(sizes, initial=0))),
        kept=judged.kept[rows].tolist(),
        place=at,
        columns=columns,
    )


class Columns:
    """The columns of some series as lists of Python numbers, None where there is none, in plotted units.

    `too_large`: the places of series with a value that is none. What no list of charts shows, the sides of the centre
    line and how near each series is to a signal, is told of all of them together when it is first asked of one.
    """

    def __init__(self, sheet: Sheet, judged: Judged, first: int, end: int) -> None:
        kind, rows = sheet.kind, None if sheet.phases is None else phase_rows(sheet, first, end)
        y, width = plotted_values(sheet, judged, first, end), point_widths(sheet, first, end)

        def along(values: Floats) -> Floats:
            """Values of phases at each point; (series, 1) where each series is one phase."""
            found: Floats = values[first:end, None] if rows is None else values[rows]
            return found

        cl, middle, unit = along(judged.cl), along(judged.middle), along(judged.unit)
        lcl, ucl = limits(kind, middle, unit, width)
        sigma = unit if width is None else unit * width
        self._sheet, self._first, self._rows, self._slack = sheet, first, rows, along(judged.slack)
        self._y, self._cl, self._middle, self._sigma = y, cl, middle, sigma
        if kind.plotted is not None:
            cl, lcl, ucl = kind.plotted(cl), kind.plotted(lcl), kind.plotted(ucl)
        side_by_side = (y, cl, lcl, ucl, sigma)
        self._ends = tuple(accumulate((one.shape[1] for one in side_by_side), initial=0))
        table = np.concatenate(side_by_side, axis=1)
        in_units = table if kind.plotted is None else table[:, : self._ends[-2]]  # but for the sigma of a root
        in_units *= sheet.labels.multiply[first:end, None]
        self._rows_of_cells = _cells(table)
        self.too_large = _places_of_infinity(table)
        # A subgroup may be empty.
        self.n = None if sheet.n is None else _cells(np.where(sheet.n[first:end] > 0, sheet.n[first:end], np.nan))
        self._flags = {signal: found[:, first:end].T for signal, found in judged.signals.items()}
        self.signals: dict[Signal, list[list[int]]] = {signal: found.tolist() for signal, found in self._flags.items()}
        leading, self.both = _leading(sheet, self._flags, first, end)
        self.leading: list[list[int]] = leading.tolist()

    def of(self, at: int, length: int) -> Iterator[Cells]:
        """The values, centre line, limits and sigma of one series, so many points of each."""
        row = self._rows_of_cells[at]
        for first, end in pairwise(self._ends):
            yield (row[first],) * length if end == first + 1 else tuple(row[first : min(end, first + length)])

    @cached_property
    def _judged_y(self) -> Floats:
        kind = self._sheet.kind
        return self._y if kind.plotted is None or kind.judged is None else kind.judged(self._y)

    @cached_property
    def sides(self) -> Flags:
        """The side of the centre line of each point, 0 on it or where there is no value."""
        with np.errstate(all="ignore"):
            return near_line(self._judged_y, self._cl, self._slack, self._sheet.kind.nearness)

    @cached_property
    def near(self) -> list[CloseTo]:
        """How near each series is to a signal."""
        return closeness(
            self._sheet,
            self._first,
            rows=self._rows,
            side=self.sides,
            y=self._judged_y,
            cl=self._cl,
            middle=self._middle,
            sigma=self._sigma,
            flags=self._flags,
        )


def _places_of_infinity(table: Floats) -> frozenset[int]:
    endless = np.isinf(table)
    return frozenset(np.nonzero(endless)[0].tolist()) if some(endless) else frozenset()


def _cells(table: Floats) -> list[list[float | None]]:
    cells: list[list[float | None]] = table.tolist()
    if some(np.isnan(table)):
        cells = [[None if cell != cell else cell for cell in row] for row in cells]  # noqa: PLR0124  (NaN)
    return cells


def _leading(sheet: Sheet, flags: Mapping[Signal, Flags], first: int, end: int) -> tuple[Flags, Bools | None]:
    """One flag for each point, that of the first rule of the precedence that has one; and which have both sides (None:
    none)."""
    book, shape = sheet.book, (end - first, sheet.y.shape[1])
    leading: Flags = np.zeros(shape, np.int8)
    found = [flags[signal] for signal in book.precedence if signal in flags and some(flags[signal])]
    if not found:
        return leading, None
    for one in reversed(found):
        leading = np.where(one != 0, one, leading)
    both: Bools = _any_of([one > 0 for one in found], shape) & _any_of([one < 0 for one in found], shape)
    if not some(both):
        return leading, None
    if book.better_wins:
        better = np.array([TO_BETTER[one] for one in sheet.labels.directions[first:end]], np.int8)[:, None]
        leading = np.where(both & (better != 0), better, leading)
    return leading, both


def _any_of(many: list[Bools], shape: tuple[int, int]) -> Bools:
    return reduce(np.logical_or, many, np.zeros(shape, bool))
