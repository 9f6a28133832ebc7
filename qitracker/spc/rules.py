"""The rules that tell special cause from common cause, as functions of what lies where. rulebooks.py names them.

Each rule answers +1 (high or rising), -1 (low or falling), 1 (no side) or 0 for every point. It is given the points
that count, of many phases side by side; a point without a value lies nowhere and so ends every row, unless a rule
book has such points left out first.
"""

from __future__ import annotations

import numpy as np

from qitracker.spc.frame import ON_THE_LINE
from qitracker.spc.lines import SIGMAS, Points
from qitracker.spc.patterns import (
    Bools,
    Flags,
    Floats,
    Squeeze,
    covered,
    in_runs,
    sides_in_runs,
    signed,
    some,
    whole_windows,
    windows_with,
)


def outside(points: Points) -> Flags:
    """A point beyond a control limit. On the limit is inside."""
    return signed(points.beyond(SIGMAS))


def shift(points: Points, *, least: int, ties_break: bool = False) -> Flags:
    """At least so many in a row on one side of the centre line. Points on the line neither count nor break, unless
    `ties_break`."""
    sides = points.beyond(0)
    flags = sides_in_runs(sides, least)
    if ties_break:
        return flags
    if np.count_nonzero(sides) == sides[0].size:
        return flags
    off = sides[0] | sides[1]
    on_the_line = ~off[:-1] & off[1:]  # only what a point off the line follows can stand between two of a row
    columns = np.flatnonzero(on_the_line.any(axis=0))
    if columns.size:
        squeeze = Squeeze(off[:, columns])
        dense = np.stack([squeeze.into(side[:, columns]) for side in sides])
        flags[:, columns] = squeeze.back(sides_in_runs(dense, least))
    return flags


def steps_of(y: Floats) -> Bools:
    """Which steps to the next point go up, which down; neither between equal neighbours. Rises, falls."""
    change, tolerance = y[1:] - y[:-1], np.abs(y[:-1])
    tolerance *= ON_THE_LINE
    steps = np.empty((2, *change.shape), bool)
    np.greater(change, tolerance, out=steps[0])
    np.less(change, np.negative(tolerance, out=tolerance), out=steps[1])
    return steps


def trend(points: Points, *, least: int, ties_break: bool = False) -> Flags:
    """At least so many in a row all rising or all falling. Of equal neighbours only the first counts, unless
    `ties_break`. A turning point belongs to both trends and carries the sign of the later one."""
    y, counted = points.y, points.counted
    if counted is not None:
        y = np.where(counted, y, np.nan)
    steps = steps_of(y)
    flags = _trend(steps, least, len(y))
    if ties_break or len(y) < least or np.count_nonzero(steps) == steps[0].size:
        return flags
    level = ~(steps[0] | steps[1])
    if counted is not None:
        level &= counted[1:] & counted[:-1]
    if not some(level):
        return flags
    # A trend that a level step interrupts, or begins or ends beside, has no step the other way.
    may_be = whole_windows(~steps, least)
    columns = np.flatnonzero(np.logical_or.reduce(may_be[0] | may_be[1], axis=0) & np.logical_or.reduce(level, axis=0))
    if columns.size:
        fresh = np.ones((len(y), columns.size), bool) if counted is None else counted[:, columns]
        fresh[1:] &= ~level[:, columns]
        squeeze = Squeeze(fresh)
        dense = squeeze.into(y[:, columns], np.nan)
        flags[:, columns] = squeeze.back(_trend(steps_of(dense), least, len(dense)))
    return flags


def _trend(steps: Bools, least: int, size: int) -> Flags:
    if size < least:
        return np.zeros((size, steps.shape[2]), np.int8)
    begins = whole_windows(steps, least - 1)
    if not some(begins):
        return np.zeros((size, steps.shape[2]), np.int8)
    ways = covered(begins, least, size)
    flags = signed(ways)
    if some(turns := ways[0] & ways[1]):  # the later trend is the one the step out of the point belongs to
        both = np.flatnonzero(turns)
        flags.ravel()[both] = np.where(steps[0].ravel()[both], 1, -1)
    return flags


def trend_as_labelled(points: Points, *, least: int) -> Flags:
    """A trend with the sign NHSRplotthedots 0.2.2 gives it: that of the step out of the point where the next point is
    in a trend too, else of the step in; a step that is level counts as falling. Ties break."""
    y = points.y if points.counted is None else np.where(points.counted, points.y, np.nan)
    size = len(y)
    if size < least:
        return np.zeros(y.shape, np.int8)
    steps = steps_of(y)
    ways = covered(whole_windows(steps, least - 1), least, size)
    within = ways[0] | ways[1]
    rising = np.zeros(y.shape, bool)
    rising[1:] = steps[0]
    rising[:-1] = np.where(within[1:], steps[0], rising[:-1])
    return np.where(within, np.where(rising, 1, -1), 0).astype(np.int8)


def some_of(points: Points, *, least: int, length: int, sigmas: float, spare_open_sides: bool = False) -> Flags:
    """At least so many of `length` in a row more than so many sigma out on one side, the others anywhere. Flags those
    that are. `spare_open_sides`: not on a side that has no limit."""
    out = points.beyond(sigmas)
    if spare_open_sides and points.limited is not None:
        out = out & points.limited
    begins = windows_with(out, least, length)
    if points.counted is not None:
        begins = begins & points.counted[length - 1 :]
    return _hits_within(out, begins, length)


def two_of_three_on_one_side(points: Points, *, within_limits: bool = False) -> Flags:
    """Two of three in a row more than two sigma out, all three on one side of the centre line. Flags the two.
    `within_limits`: points beyond a limit are not among the two."""
    out = points.beyond(2.0)
    if within_limits:
        out = out & ~points.beyond(SIGMAS)
    begins = windows_with(out, 2, 3) & whole_windows(points.beyond(0), 3)
    return _hits_within(out, begins, 3)


def _hits_within(sides: Bools, begins: Bools, length: int) -> Flags:
    """The hits inside windows of `length` that begin at these places."""
    if not some(begins):
        return np.zeros(sides.shape[1:], np.int8)
    return signed(sides & covered(begins, length, sides.shape[1]))


def inside(points: Points, *, least: int) -> Flags:
    """At least so many in a row within one sigma of the centre line, on either side."""
    return in_runs(_within_one(points), least).view(np.int8)


def both_sides_out(points: Points, *, least: int) -> Flags:
    """At least so many in a row more than one sigma out, on either side."""
    high, low = points.beyond(1.0)
    return in_runs(high | low, least).view(np.int8)


def alternating(points: Points, *, least: int) -> Flags:
    """At least so many in a row going up and down in turn. Equal neighbours break the row."""
    y = points.y if points.counted is None else np.where(points.counted, points.y, np.nan)
    if len(y) < least:
        return np.zeros(y.shape, np.int8)
    rises, falls = steps_of(y)
    turns = (rises[:-1] & falls[1:]) | (falls[:-1] & rises[1:])
    return covered(whole_windows(turns, least - 2), least, len(y)).view(np.int8)


def _within_one(points: Points) -> Bools:
    high, low = points.beyond(1.0)
    out: Bools = high | low
    within = np.logical_not(out, out=out)
    if points.has_thirds is not None:
        within &= points.has_thirds
    return within if points.counted is None else within & points.counted
