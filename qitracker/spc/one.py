"""Each series of a sheet, worked out, as plain lists: what analyses, cautions and suggestions are made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np

from qitracker.spc.batch import included_points, phase_rows, plotted_values, point_widths
from qitracker.spc.close_to import CloseTo
from qitracker.spc.closeness import closeness
from qitracker.spc.judging import Judged
from qitracker.spc.lines import SIGMAS, limit, near_line
from qitracker.spc.meaning import TO_BETTER
from qitracker.spc.patterns import Flags, Floats
from qitracker.spc.phases import phase_summary
from qitracker.spc.sheet import Sheet
from qitracker.spc.values import PhaseSummary
from qitracker.spc.words import Refused, Signal

Cells = Sequence[float | None]


@dataclass(frozen=True, slots=True)
class One:
    """One series. Lists have one entry a point, in plotted units, None for none.

    `number` is its place in the sheet. `sides` are +1 above and -1 below the centre line, 0 on it or where a point
    does not count. `leading` is the flag that says what a point means, `both` the indexes of those with flags of both
    sides. `edges` are the first point of each phase and the one after its last. `kept`: phases that were not screened,
    because nothing but zeros would have been left.
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
    sides: Sequence[int]
    signals: Mapping[Signal, tuple[int, ...]]
    leading: Sequence[int]
    both: tuple[int, ...]
    edges: Sequence[tuple[int, int]]
    kept: Sequence[bool]
    close_to: CloseTo

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

    def counted(self, first: int, end: int) -> Iterator[int]:
        """The indexes of points with a value that are not excluded."""
        return (at for at in range(first, end) if self.y[at] is not None and self.included[at])

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
        columns = _Columns(sheet, judged, first, end)
    for at in range(end - first):
        yield _one(sheet, judged, columns, first, at)


def _one(sheet: Sheet, judged: Judged, columns: _Columns, first: int, at: int) -> One | Refused:
    if columns.too_large[at]:
        return Refused(
            "beyond_range",
            "A plotted value or limit is too large for a number. Use a smaller multiply or larger units.",
        )
    number = first + at
    length = sheet.y.shape[1] if sheet.lengths is None else int(sheet.lengths[number])
    rows = sheet.rows(number, number + 1)
    sizes = [length] if sheet.phases is None else sheet.phases.size[rows].tolist()
    included = [True] * length if sheet.excluded is None else (~sheet.excluded[number, :length]).tolist()
    frozen = sizes if sheet.freeze is None else sheet.freeze[rows].tolist()
    return One(
        sheet=sheet,
        number=number,
        y=columns.y[at][:length],
        n=[None] * length if columns.n is None else columns.n[at][:length],
        cl=columns.cl[at][:length],
        lcl=columns.lcl[at][:length],
        ucl=columns.ucl[at][:length],
        sigma=columns.sigma[at][:length],
        baseline=[place < k for size, k in zip(sizes, frozen, strict=True) for place in range(size)],
        included=included,
        sides=[side if use else 0 for side, use in zip(columns.side[at], included, strict=False)],
        signals={signal: tuple(flags[at][:length]) for signal, flags in columns.signals.items()},
        leading=columns.leading[at],
        both=() if columns.both is None else tuple(np.flatnonzero(columns.both[at][:length]).tolist()),
        edges=tuple(pairwise(accumulate(sizes, initial=0))),
        kept=judged.kept[rows].tolist(),
        close_to=columns.close_to[at],
    )


class _Columns:
    """The columns of some series as lists of Python numbers, None where there is none, in plotted units."""

    def __init__(self, sheet: Sheet, judged: Judged, first: int, end: int) -> None:
        kind, rows = sheet.kind, phase_rows(sheet, first, end)
        y, width = plotted_values(sheet, judged, first, end), point_widths(sheet, first, end)
        cl, middle, unit = judged.cl[rows], judged.middle[rows], judged.unit[rows]
        lcl, ucl = (limit(kind, middle, unit, width, sigmas) for sigmas in (-SIGMAS, SIGMAS))
        sigma = unit if width is None else unit * width
        on_scale = y if kind.plotted is None or kind.judged is None else kind.judged(y)
        side = near_line(on_scale, cl, judged.slack[rows])
        flags = {signal: found[:, first:end].T for signal, found in judged.signals.items()}
        self.close_to = closeness(
            sheet,
            first,
            rows=rows,
            y=on_scale,
            cl=cl,
            middle=middle,
            sigma=sigma,
            side=side,
            included=included_points(sheet, first, end),
            flags=flags,
        )
        self.side: list[list[int]] = side.tolist()
        scale = sheet.labels.multiply[first:end, None]
        if kind.plotted is None:
            sigma = sigma * scale
        else:
            cl, lcl, ucl = kind.plotted(cl), kind.plotted(lcl), kind.plotted(ucl)
        plotted = [*(column * scale for column in (y, cl, lcl, ucl)), sigma]
        self.too_large = np.logical_or.reduce([np.isinf(column).any(axis=1) for column in plotted]).tolist()
        self.y, self.cl, self.lcl, self.ucl, self.sigma = map(_cells, plotted)
        self.n = None
        if sheet.n is not None:
            self.n = _cells(sheet.n[first:end])
        self.signals: dict[Signal, list[list[int]]] = {signal: found.tolist() for signal, found in flags.items()}
        leading, both = _leading(sheet, flags, first, end)
        self.leading: list[list[int]] = leading.tolist()
        self.both: np.typing.NDArray[np.bool_] | None = both if both.any() else None


def _cells(column: Floats) -> list[list[float | None]]:
    cells: list[list[float | None]] = column.tolist()
    if np.isnan(column).any():
        cells = [[None if cell != cell else cell for cell in row] for row in cells]  # noqa: PLR0124  (NaN)
    return cells


def _leading(
    sheet: Sheet, flags: Mapping[Signal, Flags], first: int, end: int
) -> tuple[Flags, np.typing.NDArray[np.bool_]]:
    """One flag for each point, that of the first rule of the precedence that has one; and which have both sides."""
    book, shape = sheet.book, (end - first, sheet.y.shape[1])
    leading: Flags = np.zeros(shape, np.int8)
    high, low = np.zeros(shape, bool), np.zeros(shape, bool)
    for signal in reversed(book.precedence):
        if signal in flags:
            leading = np.where(flags[signal] != 0, flags[signal], leading)
            high |= flags[signal] > 0
            low |= flags[signal] < 0
    both = high & low
    if book.better_wins and both.any():
        better = np.array([TO_BETTER[one] for one in sheet.labels.directions[first:end]], np.int8)[:, None]
        leading = np.where(both & (better != 0), better, leading)
    return leading, both
