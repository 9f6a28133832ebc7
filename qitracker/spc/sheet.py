"""Many series of one kind of chart and one rule set as arrays: what the engine works through, block by block."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from qitracker.spc.frame import Frame, Phases, Places
from qitracker.spc.kinds import KINDS, Kind
from qitracker.spc.patterns import Bools, Floats, Whole, some
from qitracker.spc.rulebooks import RULE_BOOKS, RuleBook
from qitracker.spc.words import Chart, Direction, RuleSet

CELLS_OF_A_BLOCK = 65_536
"""Points worked on at a time: half a MiB an array, so that those a formula needs stay near the processor (measured on
a core with 2 MiB of second-level cache: a quarter of it costs a third more, because there are more calls)."""

SERIES_AT_A_TIME = 200
"""Series put upright at a time: a cache line read then stays until all of it is used (a third faster)."""

Rows = slice | Whole
"""Some phases among those of a sheet."""


class Labels(NamedTuple):
    """What the answers carry that no formula needs, one entry a series.

    `targets`, in plotted units, are one for each series, or one for each of its points (NaN for none).
    `unused`: the keys of each series that were given and not used.
    """

    ids: tuple[str | None, ...]
    x: tuple[tuple[str | int, ...], ...]
    directions: tuple[Direction, ...]
    multiply: Floats
    targets: tuple[float | tuple[float, ...] | None, ...]
    unused: tuple[tuple[str, ...], ...] | None = None


class Sheet(NamedTuple):
    """Checked series side by side. Shapes are (series, points) with NaN for what is missing or past the end.

    `y` holds values, or numerators where `n` holds the denominators; means or standard deviations where `n` holds the
    sizes of subgroups, and `sd` their spread. `lengths` None: all the same. `excluded` None: none. `phases` None: one
    to each series. `freeze`: how many points of each phase are its baseline, None: all. `given_cl`: NaN for none.
    `only_rises`: a trend is no signal.
    """

    chart: Chart
    rules: RuleSet
    in_time: bool
    only_rises: bool
    y: Floats
    n: Floats | None
    sd: Floats | None
    lengths: Whole | None
    excluded: Bools | None
    phases: Phases | None
    freeze: Whole | None
    given_cl: Floats | None
    screen: Bools
    labels: Labels

    @property
    def kind(self) -> Kind:
        """The kind of chart."""
        return KINDS[self.chart]

    @property
    def book(self) -> RuleBook:
        """The rule set."""
        return RULE_BOOKS[self.rules]

    @property
    def plots_ranges(self) -> bool:
        """Whether the plotted values are not the ones given, as on an MR chart."""
        return self.kind.judged is not None and self.kind.plotted is None

    @property
    def n_phases(self) -> int:
        """How many phases there are, over all series."""
        return len(self.y) if self.phases is None else len(self.phases.owner)

    def rows(self, first: int, end: int) -> slice:
        """Which phases those of the series from `first` to before `end` are."""
        if self.phases is None:
            return slice(first, end)
        start, stop = np.searchsorted(self.phases.owner, [first, end])
        return slice(int(start), int(stop))

    def pieces(self, cells: int = CELLS_OF_A_BLOCK) -> Iterator[tuple[int, int]]:
        """The series some at a time, of about so many points: the first, and the one after the last."""
        width = max(1, cells // self.y.shape[1])
        for first in range(0, len(self.y), width):
            yield first, min(first + width, len(self.y))

    def blocks(self) -> Iterator[Rows]:
        """The phases some at a time, those of like size together, so that no block is mostly empty."""
        if self.phases is None:
            yield from (slice(first, end) for first, end in self.pieces())
            return
        power = np.frexp(self.phases.size)[1]
        for exponent in np.unique(power).tolist():
            alike = np.flatnonzero(power == exponent)
            width = max(1, CELLS_OF_A_BLOCK >> exponent)
            yield from (alike[first : first + width] for first in range(0, len(alike), width))


class Block(NamedTuple):
    """Some phases as a frame. `places` is None where each series is one phase; `width` as in lines.py. `complete`:
    no counted value is missing. `low` and `high` are the smallest and largest counted value of each phase, NaN
    without one."""

    frame: Frame
    places: Places | None
    width: Floats | None
    complete: bool
    low: Floats
    high: Floats


def block_of(sheet: Sheet, rows: Rows) -> Block:
    """Some phases upright: points below each other, phases side by side."""
    kind, phases = sheet.kind, sheet.phases
    places, owner = None, rows
    if phases is not None:
        owner = phases.owner[rows]
        places = Places(owner, phases.first[rows], phases.size[rows], sheet.y.shape[1])
    y = _upright(sheet.y, rows, places)
    n = None if sheet.n is None else _upright(sheet.n, rows, places)
    sd = None if sheet.sd is None else _upright(sheet.sd, rows, places)
    included = _included(sheet, rows, places)
    numerator = None
    if n is not None and kind.divides:
        numerator, y = y, y / n
    if kind.judged is not None:
        y = kind.judged(y)
    counted = y if included is None else np.where(included, y, np.nan)
    low, high = np.minimum.reduce(counted, axis=0), np.maximum.reduce(counted, axis=0)
    complete = not some(np.isnan(high))
    if not complete:
        low, high = np.fmin.reduce(counted, axis=0), np.fmax.reduce(counted, axis=0)
    frame = Frame(
        y=y,
        numerator=numerator,
        n=n,
        sd=sd,
        included=included,
        base=_base(sheet, rows, included, len(y)),
        in_time=sheet.in_time,
        given_cl=None if sheet.given_cl is None else sheet.given_cl[owner],
        screen=sheet.screen[owner],
    )
    return Block(frame, places, None if kind.width is None or n is None else kind.width(n), complete, low, high)


def _upright(values: Floats, rows: Rows, places: Places | None) -> Floats:
    if places is not None:
        return places.split(values)
    across = values[rows]
    upright = np.empty(across.shape[::-1])
    for first in range(0, len(across), SERIES_AT_A_TIME):
        upright[:, first : first + SERIES_AT_A_TIME] = across[first : first + SERIES_AT_A_TIME].T
    return upright


def _included(sheet: Sheet, rows: Rows, places: Places | None) -> Bools | None:
    """Which points are not excluded; None for all."""
    if sheet.excluded is None:
        return None
    excluded = sheet.excluded[rows].T if places is None else places.split_flags(sheet.excluded)
    return ~excluded if excluded.any() else None


def _base(sheet: Sheet, rows: Rows, included: Bools | None, height: int) -> Bools | None:
    """Which points of each phase its lines may rest on; None for all."""
    if sheet.freeze is None:
        return included
    frozen = sheet.freeze[rows]
    if (frozen >= height).all():
        return included
    base: Bools = np.arange(height)[:, None] < frozen
    return base if included is None else base & included
