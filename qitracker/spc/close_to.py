"""Close to a signal: what the latest point leaves open, so that a team keeps an eye on the next one.

Three warnings, asked of the latest point alone, so that they lapse by themselves:
W1, it lies in the outer third (the rule of two of three may follow); W2, it ends a run just short of a shift; W3, it
ends a trend just short of one. A warning is never a signal: about one in five becomes one within three points where
nothing has changed. Which of them are given, and how often each set is false, stands in nearness.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from qitracker.spc.nearness import Before, Nearness

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Sides = npt.NDArray[np.int8]
Whole = npt.NDArray[np.intp]

State = Literal["improvement", "concern"]
Warned = Literal["W1", "W2", "W3"]

_ON_THE_LINE = 1e-9
"""Within this share of a line a point is on it, as everywhere in the engine."""
_OUTER, _LIMIT = 2.0, 3.0
"""The outer third begins at two sigma and ends at three (Provost and Murray 2011)."""


@dataclass(frozen=True, slots=True)
class Confirm:
    """What would make a warning a signal: so many `points` more, of the next `within`, on this `side` of `beyond` (in
    plotted units; where limits move with the denominator, that of the latest point)."""

    because: Warned
    side: int
    beyond: float
    points: int
    within: int


@dataclass(frozen=True, slots=True)
class CloseTo:
    """Whether the latest point is close to a signal. `because`: every warning that stands, whichever way it points;
    `state`: what the one that ends latest would say, None without a warning or where no direction is better."""

    state: State | None = None
    because: tuple[Warned, ...] = ()
    confirm: tuple[Confirm, ...] = ()


NOT_CLOSE = CloseTo()


@dataclass(frozen=True, slots=True)
class Closeness:
    """The warnings of many series, one entry a series: `outer` (W1), `run` (W2) and `trend` (W3) are +1 high or
    rising, -1 low or falling, 0 for none; `leading` is that of the warning that ends latest."""

    outer: Sides
    run: Sides
    trend: Sides
    leading: Sides
    run_length: Whole
    latest: Floats
    cl: Floats
    sigma: Floats
    shift: int

    def of(self, row: int, *, better: int, to_plotted: Callable[[float], float] = float) -> CloseTo:
        """The answer for one series. `better`: +1 if more is better, -1 if less, 0 if neither. `to_plotted` turns
        a value of the arrays that were given into plotted units."""
        side = int(self.leading[row])
        if side == 0:
            return NOT_CLOSE
        cl, sigma = float(self.cl[row]), float(self.sigma[row])
        more = self.shift - int(self.run_length[row])
        table: tuple[tuple[Warned, int, float, int, int], ...] = (
            ("W1", int(self.outer[row]), cl + _OUTER * sigma * int(self.outer[row]), 1, 2),
            ("W2", int(self.run[row]), cl, more, more),
            ("W3", int(self.trend[row]), float(self.latest[row]), 1, 1),
        )
        confirm = tuple(
            Confirm(because, way, to_plotted(beyond), points, within)
            for because, way, beyond, points, within in table
            if way
        )
        state: State | None = None if better == 0 else "improvement" if side == better else "concern"
        return CloseTo(state, tuple(one.because for one in confirm), confirm)


def close_to(
    y: Floats,
    cl: Floats,
    sigma: Floats,
    side: Sides,
    counted: Bools,
    *,
    nearness: Nearness,
    red_high: Bools,
    red_low: Bools,
    within: Bools | None = None,
    open_high: Bools | None = None,
    open_low: Bools | None = None,
    trends: Bools | None = None,
) -> Closeness:
    """The warnings of a batch of series of one kind of chart and one rule set.

    Arrays of series by points (transposed views too, or what broadcasts to that): `y` and `cl` on the scale on which
    thirds are measured, `sigma` of each point (NaN or 0 for none), `side` of the centre line (0 on it), and `counted`,
    the points that rules about runs may look at, of the latest phase alone; padding, gaps, excluded points, earlier
    phases and series too short to judge are False. `within` marks all points of the latest phase, gaps among them;
    only sets whose `ties_break` need it.

    Arrays of one entry a series: `red_high` and `red_low`, whether a signal of that side marks the latest counted
    point (a signal wins over a warning of the same side); `open_high` and `open_low`, whether there is no limit on
    that side at the latest point, so no W1; `trends`, whether W3 may be asked (not of charts whose limits move with
    the denominator, nor of measures that only ever rise).
    """
    places = counted if within is None or not nearness.ties_break else within
    shape = np.shape(places)
    y, cl, sigma = (np.broadcast_to(one, shape) for one in (y, cl, sigma))
    side = np.broadcast_to(side, shape)
    none = np.zeros(shape[0], np.int8)
    silent_high = red_high if open_high is None else red_high | open_high
    silent_low = red_low if open_low is None else red_low | open_low
    last = _last(places, 2)
    now = last[:, 1]
    outer, run, trend = none, none, none
    run_length = np.zeros(shape[0], np.intp)
    run_end, trend_end = now, now
    if nearness.before is not None:
        outer = _outer(y, cl, sigma, side, counted, last, nearness.before)
        outer = np.where(np.where(outer > 0, silent_high, silent_low), np.int8(0), outer)
    if nearness.run is not None and nearness.shift is not None:
        sided = places if nearness.ties_break else places & (side != 0)
        run, run_length, run_end = _run(np.where(counted, side, np.int8(0)), sided, nearness.run, nearness.shift)
        run = np.where(np.where(run > 0, red_high, red_low), np.int8(0), run)
    if nearness.trend is not None:
        trend, trend_end = _trend(np.where(counted, y, np.nan), places, nearness.trend, nearness.ties_break)
        trend = np.where(np.where(trend > 0, red_high, red_low), np.int8(0), trend)
        if trends is not None:
            trend = np.where(trends, trend, np.int8(0))
    return Closeness(
        outer=outer,
        run=run,
        trend=trend,
        leading=_leading((run, run_end), (outer, now), (trend, trend_end)),
        run_length=run_length,
        latest=_at(y, now),
        cl=_at(cl, now),
        sigma=_at(sigma, now),
        shift=nearness.shift or 0,
    )


def _last(places: Bools, many: int) -> Whole:
    """Where the latest so many places of each row are, the latest last; -1 where there are fewer."""
    rows, columns = places.shape
    positions = np.full((rows, many), -1, np.intp)
    reach = min(many, columns)
    positions[:, many - reach :] = np.arange(columns - reach, columns)
    if reach < many or not places[:, columns - reach :].all():
        gappy = np.flatnonzero(~places[:, columns - reach :].all(axis=1) | (reach < many))
        rank = np.cumsum(places[gappy, ::-1], axis=1)[:, ::-1]
        row, column = np.nonzero(places[gappy] & (rank <= many))
        positions[gappy] = -1
        positions[gappy[row], many - rank[row, column]] = column
    return positions


def _at(values: Floats, position: Whole) -> Floats:
    """The value of each row at its position, NaN where there is none."""
    found: Floats = np.where(position >= 0, values[np.arange(len(position)), position], np.nan)
    return found


def _outer(y: Floats, cl: Floats, sigma: Floats, side: Sides, counted: Bools, last: Whole, before: Before) -> Sides:
    """W1: the side of the outer third the latest point lies in, the point before as asked."""
    rows, earlier, now = np.arange(len(last)), last[:, 0], last[:, 1]
    away, spread, value = _at(y, now) - _at(cl, now), _at(sigma, now), np.abs(_at(y, now))
    slack = _ON_THE_LINE * np.maximum(value, np.abs(_at(cl, now)))
    is_outer = (np.abs(away) > _OUTER * spread + slack) & (np.abs(away) <= _LIMIT * spread + slack) & (spread > 0)
    way = np.where(is_outer & counted[rows, now], side[rows, now], np.int8(0))
    if before is not Before.ANYWHERE:
        is_same = (earlier >= 0) & counted[rows, earlier] & (side[rows, earlier] == way)
        if before is Before.ONE_SIGMA:
            is_same &= np.abs(_at(y, earlier) - _at(cl, earlier)) > _at(sigma, earlier) + slack
        way = np.where(is_same, way, np.int8(0))
    return way


def _run(side: Sides, places: Bools, fewest: int, shift: int) -> tuple[Sides, Whole, Whole]:
    """W2: the side of a run of at least `fewest` and fewer than `shift` points; its length, and where it ends."""
    positions = _last(places, shift)
    sides = np.where(positions >= 0, np.take_along_axis(side, np.maximum(positions, 0), axis=1), 0).astype(np.int8)
    length = _trailing(sides == sides[:, -1:])
    way = np.where((length >= fewest) & (length < shift), sides[:, -1], np.int8(0))
    return way, length, positions[:, -1]


def _trend(y: Floats, places: Bools, points: int, ties_break: bool) -> tuple[Sides, Whole]:
    """W3: the way of exactly so many points rising or falling, and where they end. Of equal neighbours the first
    counts."""
    positions = _last(places, points + 1)
    values = _values(y, positions)
    if not ties_break:
        tied = np.flatnonzero(_is_equal(values[:, 1:], values[:, :-1]).any(axis=1))
        if len(tied):
            everywhere = _last(places[tied], places.shape[1])
            there = _values(y[tied], everywhere)
            fresh = everywhere >= 0
            fresh[:, 1:] &= ~_is_equal(there[:, 1:], there[:, :-1])
            chosen = _last(fresh, points + 1)
            found = np.take_along_axis(everywhere, np.maximum(chosen, 0), axis=1)
            positions[tied] = np.where(chosen >= 0, found, -1)
            values = _values(y, positions)
    step = np.nan_to_num(np.sign(values[:, 1:] - values[:, :-1])).astype(np.int8)
    length = _trailing(step == step[:, -1:])
    way = np.where(length == points - 1, step[:, -1], np.int8(0))
    return way, positions[:, -1]


def _values(y: Floats, positions: Whole) -> Floats:
    found: Floats = np.where(positions >= 0, np.take_along_axis(y, np.maximum(positions, 0), axis=1), np.nan)
    return found


def _is_equal(values: Floats, neighbours: Floats) -> Bools:
    equal: Bools = np.abs(values - neighbours) <= _ON_THE_LINE * np.maximum(np.abs(values), np.abs(neighbours))
    return equal


def _trailing(same: Bools) -> Whole:
    """How many entries at the end of each row are True."""
    count: Whole = np.logical_and.accumulate(same[:, ::-1], axis=1).sum(axis=1)
    return count


def _leading(*warnings: tuple[Sides, Whole]) -> Sides:
    """The side of the warning that ends latest; of those that end together the last given, as with signals: where the
    process is going before where it has been."""
    leading, end = np.zeros_like(warnings[0][0]), np.full(len(warnings[0][0]), -1, np.intp)
    for way, until in warnings:
        is_later = (way != 0) & (until >= end)
        leading, end = np.where(is_later, way, leading), np.where(is_later, until, end)
    return leading
