"""Asks of each series of a sheet how close its latest point is to a signal."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from qitracker.spc.batch import included_points
from qitracker.spc.close_to import NOT_CLOSE, CloseTo, close_to
from qitracker.spc.frame import ON_THE_LINE
from qitracker.spc.kinds import Kind
from qitracker.spc.lines import SIGMAS
from qitracker.spc.meaning import TO_BETTER
from qitracker.spc.patterns import Bools, Flags, Floats, Whole
from qitracker.spc.rulebooks import ICONS_FROM
from qitracker.spc.sheet import Sheet
from qitracker.spc.words import Signal


@np.errstate(all="ignore")
def closeness(  # the columns of some series, (series, points), on the scale of judging
    sheet: Sheet,
    first: int,
    *,
    rows: Whole | None,
    y: Floats,
    cl: Floats,
    middle: Floats,
    sigma: Floats,
    side: Flags,
    flags: Mapping[Signal, Flags],
) -> list[CloseTo]:
    """The warnings of the series from `first` on. `rows`: the phase of each point, None where each series is one.
    None is given before the latest phase has points for an icon."""
    kind, book, many = sheet.kind, sheet.book, len(y)
    cl, middle, sigma = (np.broadcast_to(one, y.shape) for one in (cl, middle, sigma))
    nearness = book.near.get(kind.family)
    if nearness is None or not sheet.in_time:
        return [NOT_CLOSE] * many
    lengths = None if sheet.lengths is None else sheet.lengths[first : first + many]
    within = np.ones(y.shape, bool) if rows is None else rows == rows[:, -1:]
    if lengths is not None:
        within = within & (np.arange(y.shape[1]) < lengths[:, None])
    counted = within & included_points(sheet, first, first + many) & ~np.isnan(y) & ~np.isnan(cl)
    counted &= (np.count_nonzero(counted, axis=1) >= ICONS_FROM)[:, None]
    if not counted.any():
        return [NOT_CLOSE] * many
    series, now = np.arange(many), y.shape[1] - 1 - np.argmax(counted[:, ::-1], axis=1)
    sided = [flags[signal][series, now] for signal in book.precedence if signal in flags]
    open_high, open_low = _open_sides(kind, middle[series, now], sigma[series, now])
    found = close_to(
        y,
        cl,
        sigma,
        side,
        counted,
        nearness=nearness,
        red_high=np.logical_or.reduce([one > 0 for one in sided]),
        red_low=np.logical_or.reduce([one < 0 for one in sided]),
        within=within,
        open_high=open_high,
        open_low=open_low,
        trends=_may_ask_of_trends(sheet, first, many),
    )
    scale = sheet.labels.multiply[first : first + many].tolist()
    plotted = kind.plotted

    def to_plotted(number: int, value: float) -> float:
        line = value if plotted is None else float(plotted(np.array([value]))[0])
        return line * float(scale[number])

    return [
        found.of(
            number,
            better=TO_BETTER[sheet.labels.directions[first + number]],
            to_plotted=lambda value, number=number: to_plotted(number, value),  # type: ignore[misc]  # bound here
        )
        for number in range(many)
    ]


def _open_sides(kind: Kind, middle: Floats, sigma: Floats) -> tuple[Bools, Bools]:
    """Whether there is no limit on the high and the low side, as it would lie past what the chart can hold."""
    high, low = middle + SIGMAS * sigma, middle - SIGMAS * sigma
    return high > kind.ceiling * (1.0 + ON_THE_LINE), low < kind.floor - ON_THE_LINE * middle


def _may_ask_of_trends(sheet: Sheet, first: int, many: int) -> Bools:
    """Not where limits move with the denominator, nor of numbers that rise by nature."""
    if sheet.only_rises:
        return np.zeros(many, bool)
    if sheet.kind.width is None or sheet.n is None:
        return np.ones(many, bool)
    n = np.where(sheet.n[first : first + many] > 0, sheet.n[first : first + many], np.nan)
    same: Bools = np.fmax.reduce(n, axis=1) == np.fmin.reduce(n, axis=1)
    return same
