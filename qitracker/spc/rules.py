"""The rules that tell special cause from common cause, as tables. A new rule is a function and a row.

Each rule answers +1 (high or rising), -1 (low or falling), 1 (no side) or 0 for every counted point: the points
with a value and a centre line that are not excluded, in the order of time. Sources: Provost and Murray, The
Health Care Data Guide, 2011 (chapter 4; run charts chapter 3); Lloyd, Quality Health Care, 2nd ed. (chapter 9);
Perla, Provost and Murray, The run chart, BMJ Quality and Safety 20, 2011.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from qitracker.spc.frame import Bools, Floats, Frame, Whole, near, width_of_line
from qitracker.spc.kinds import Family, Limits
from qitracker.spc.values import RuleSet, Signal

Flags = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Counted:
    """Points a rule may look at, of many phases in a row. `side` is 0 on the centre line.

    `outside` is the side of the limit a point lies beyond, `outer` of the outer third it lies in or beyond (0 on
    a side without a limit), `inner` whether it lies within one sigma.
    """

    y: Floats
    phase: Whole
    side: Flags
    outside: Flags
    outer: Flags
    inner: Bools

    def only(self, where: Bools) -> Counted:
        """The points of `where` alone."""
        return Counted(
            y=self.y[where],
            phase=self.phase[where],
            side=self.side[where],
            outside=self.outside[where],
            outer=self.outer[where],
            inner=self.inner[where],
        )


def look(frame: Frame, lines: Limits) -> Counted:
    """Where every point lies between its lines."""
    y, cl, sigma, slack = frame.y, lines.cl, lines.sigma, lines.slack

    def beyond(lower: Floats, upper: Floats) -> Flags:
        high = y - upper > width_of_line(y, upper, slack)
        low = lower - y > width_of_line(y, lower, slack)
        return high.astype(np.int8) - low.astype(np.int8)

    spread = sigma > 0
    return Counted(
        y=y,
        phase=frame.phase,
        side=beyond(cl, cl),
        outside=_on_open_sides(beyond(lines.lcl, lines.ucl), lines),
        outer=_on_open_sides(beyond(cl - 2 * sigma, cl + 2 * sigma), lines) * spread,
        inner=(beyond(cl - sigma, cl + sigma) == 0) & spread,
    )


def _on_open_sides(flags: Flags, lines: Limits) -> Flags:
    """No flag on a side that has no limit."""
    silent = ((flags > 0) & lines.open_high) | ((flags < 0) & lines.open_low)
    return flags * ~silent


def run_lengths(changes: Bools) -> Whole:
    """How long each run is, given after which points one run ends and the next begins."""
    edges = np.concatenate(([-1], np.flatnonzero(changes), [len(changes)]))
    return edges[1:] - edges[:-1]


def outside_limits(points: Counted) -> Flags:
    """A point beyond a control limit. On the limit is inside."""
    return points.outside


def shift(points: Counted, *, least: int) -> Flags:
    """At least so many in a row on one side of the centre line. Points on the line neither count nor break."""
    flags = np.zeros(len(points.y), np.int8)
    off = np.flatnonzero(points.side)
    if len(off) >= least:
        side, phase = points.side[off], points.phase[off]
        lengths = run_lengths((side[1:] != side[:-1]) | (phase[1:] != phase[:-1]))
        flags[off] = np.where(np.repeat(lengths, lengths) >= least, side, 0)
    return flags


def trend(points: Counted, *, least: int) -> Flags:
    """At least so many in a row all rising or all falling. Of equal neighbours only the first counts.

    A turning point belongs to both trends and carries the sign of the later one.
    """
    flags = np.zeros(len(points.y), np.int8)
    fresh = np.ones(len(points.y), bool)
    fresh[1:] = (points.phase[1:] != points.phase[:-1]) | ~near(points.y[1:], points.y[:-1])
    at = np.flatnonzero(fresh)
    if len(at) >= least:
        y, phase = points.y[at], points.phase[at]
        step = np.where(phase[1:] == phase[:-1], np.sign(y[1:] - y[:-1]), 0).astype(np.int8)
        lengths = run_lengths(step[1:] != step[:-1])
        step[np.repeat(lengths, lengths) < least - 1] = 0
        into, out_of = np.append(np.int8(0), step), np.append(step, np.int8(0))
        flags[at] = np.where(out_of != 0, out_of, into)
    return flags


def two_of_three(points: Counted) -> Flags:
    """Two of three in a row in the outer third or beyond, on the same side; the third anywhere."""
    flags = np.zeros(len(points.y), np.int8)
    has_three = np.bincount(points.phase)[points.phase] >= 3
    for side in (1, -1):
        out = (points.outer == side) & has_three
        for gap in (1, 2):
            pair = out[gap:] & out[:-gap] & (points.phase[gap:] == points.phase[:-gap])
            flags[gap:][pair] = side
            flags[:-gap][pair] = side
    return flags


def inner_third(points: Counted, *, least: int) -> Flags:
    """At least so many in a row within one sigma of the centre line, on either side."""
    flags = np.zeros(len(points.y), np.int8)
    if len(flags) >= least:
        inner, phase = points.inner, points.phase
        lengths = run_lengths((inner[1:] != inner[:-1]) | (phase[1:] != phase[:-1]))
        flags[(np.repeat(lengths, lengths) >= least) & inner] = 1
    return flags


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `in_time`: needs an order in time. `sees_excluded`: also asked of excluded points.

    `has_side`: high and low differ, so the flag says something about better and worse.
    """

    find: Callable[[Counted], Flags]
    in_time: bool = True
    sees_excluded: bool = False
    has_side: bool = True


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The rules of a rule set for each family of charts. Where flags of one point differ, the earlier rule of
    `precedence` says what the point means. `screens`: its habit about moving ranges. `shift`: points that make
    a shift."""

    rules: Mapping[Family, Mapping[Signal, Rule]]
    precedence: tuple[Signal, ...]
    shift: Mapping[Family, int]
    screens: bool


RULE_BOOKS: dict[RuleSet, RuleBook] = {
    RuleSet.PROVOST_MURRAY: RuleBook(
        rules={
            Family.SHEWHART: {
                Signal.OUTSIDE: Rule(outside_limits, in_time=False, sees_excluded=True),
                Signal.SHIFT8: Rule(partial(shift, least=8)),
                Signal.TREND6: Rule(partial(trend, least=6)),
                Signal.TWO_OF_THREE: Rule(two_of_three),
                Signal.INNER15: Rule(partial(inner_third, least=15), has_side=False),
            },
            Family.RUN_CHART: {
                Signal.SHIFT6: Rule(partial(shift, least=6)),
                Signal.TREND5: Rule(partial(trend, least=5)),
            },
        },
        # A point beyond a limit says most, then where the process is going, then where it has been.
        precedence=(
            Signal.OUTSIDE,
            Signal.TREND6,
            Signal.TREND5,
            Signal.TWO_OF_THREE,
            Signal.SHIFT8,
            Signal.SHIFT6,
        ),
        shift={Family.SHEWHART: 8, Family.RUN_CHART: 6},
        screens=True,
    ),
}


def find_signals(frame: Frame, lines: Limits, seen: Counted, rules: Mapping[Signal, Rule]) -> dict[Signal, Flags]:
    """The answer of each rule for every point of the frame, 0 where it does not look."""
    lined = frame.present & ~np.isnan(lines.cl)
    masks: dict[tuple[bool, bool], tuple[Bools, Counted]] = {}
    found = {}
    for signal, rule in rules.items():
        key = (rule.in_time, rule.sees_excluded)
        if key not in masks:
            where = lined if rule.sees_excluded else lined & frame.included
            where = where & frame.in_time[frame.phase] if rule.in_time else where
            masks[key] = where, seen.only(where)
        where, points = masks[key]
        found[signal] = np.zeros(len(frame.y), np.int8)
        found[signal][where] = rule.find(points)
    return found
