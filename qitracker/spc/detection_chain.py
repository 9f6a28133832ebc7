"""The chance of a signal, point after point, by Markov chains: exact sums instead of simulated series.

Two chains, as one would be large. The first knows how long the present run on the right side is and which of the last
two points lay in the outer third: it answers for the rules outside, shift and two of three. The second knows how long
the present trend is and the latest value. Their signals are taken as independent of each other; set beside simulated
series this is right to about one percentage point (tests/spc/test_detection.py).

Source of the method: Champ and Woodall, Exact results for Shewhart control charts with supplementary runs rules,
Technometrics 29, 1987.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from qitracker.spc.chance import Floats, normal_share

SHIFT, TREND = 8, 6
"""Points that make a shift and a trend (Provost and Murray 2011)."""
OUTER, LIMIT = 2.0, 3.0
"""Where the outer third begins and ends, in sigma."""
_CELLS = 60
"""So many cells hold the values of the trend chain; half the pairs within a cell count as rising."""
_STEPS = 240
"""Steps that are walked; by then survival falls by the same share at each further step."""
_RUN_IN = 100
"""A longer baseline without a signal leaves the chain in the same state."""

WRONG, LINE, RIGHT, FAR, BEYOND = range(5)
"""Where a point may fall, looked at in the direction of the aim: the other side of the centre line, on the line, the
right side short of the outer third, in the outer third, beyond the limit."""


@dataclass(frozen=True, slots=True)
class Places:
    """The chances of the five places, rows by WRONG to BEYOND: a row for each centre line the baseline may give."""

    before: Floats
    after: Floats


@dataclass(frozen=True, slots=True)
class Values:
    """Chances of cells of values before and after the change, ordered in the direction of the aim. `single`: cells of
    one value, in which two points are equal."""

    before: Floats
    after: Floats
    single: Floats


def survival_of_places(places: Places, run_in: int, points: int) -> Floats:
    """Centre lines by points: the chance that no signal of outside, shift or two of three came yet.

    The points before the change (`run_in`) had no signal, and a run may have begun among them.
    """
    # A state is a run length, 0 to 7, by what the last two points were: neither in the outer third (0), the latest
    # (1), the one before (2).
    start = np.zeros((len(places.before), SHIFT, 3))
    start[:, 0, 0] = 1.0
    return _survival(
        start,
        lambda left: _next_place(left, places.before),
        lambda left: _next_place(left, places.after),
        run_in,
        points,
    )


def survival_of_values(values: Values, run_in: int, points: int) -> Floats:
    """One row: the chance that no trend in the direction of the aim came yet."""
    before, after = _trend_moves(values.before, values.single), _trend_moves(values.after, values.single)
    start = np.zeros((1, 1, len(before)))
    start[:, :, 0] = 1.0
    return _survival(start, lambda left: left @ before, lambda left: left @ after, run_in, points)


def _survival(
    left: Floats,
    move_before: Callable[[Floats], Floats],
    move_after: Callable[[Floats], Floats],
    run_in: int,
    points: int,
) -> Floats:
    """Chains (first axis of `left`) by points: what is left after each."""
    for _ in range(min(run_in, _RUN_IN)):
        left = move_before(left)
        left = left / left.sum(axis=(1, 2), keepdims=True)
    walked = min(points, _STEPS)
    found = np.empty((len(left), points))
    for step in range(walked):
        left = move_after(left)
        found[:, step] = left.sum(axis=(1, 2))
    if points > walked:
        last, but_one = found[:, walked - 1], found[:, walked - 2]
        ratio = np.divide(last, but_one, out=np.zeros(len(found)), where=but_one > 1e-300)
        found[:, walked:] = found[:, [walked - 1]] * ratio[:, None] ** np.arange(1, points - walked + 1)
    return found


def _next_place(left: Floats, chances: Floats) -> Floats:
    """One more point: what is left in each state, by the chances of its place."""
    wrong, line, right, far = (chances[:, place, None] for place in (WRONG, LINE, RIGHT, FAR))
    rested, latest = left[:, :, 0] + left[:, :, 2], left[:, :, 1]
    found = np.zeros_like(left)
    found[:, :, 0] = line * rested
    found[:, :, 2] = line * latest
    found[:, 0, 0] += (wrong * rested).sum(axis=1)
    found[:, 0, 2] += (wrong * latest).sum(axis=1)
    found[:, 1:, 0] += right * rested[:, :-1]
    found[:, 1:, 2] += right * latest[:, :-1]
    found[:, 1:, 1] = far * left[:, :-1, 0]
    return found


def _trend_moves(chances: Floats, single: Floats) -> Floats:
    """The matrix of the second chain. State 0 is the start, then trend lengths 1 to 5 by the cell of the value."""
    cells = len(chances)
    onward = np.triu(np.ones((cells, cells)), 1) + np.diag(0.5 * (1 - single))
    moves = np.zeros((TREND - 1, cells, TREND - 1, cells))
    for length in range(TREND - 1):
        moves[length, :, 0, :] += (1 - onward - np.diag(single)) * chances
        moves[length, :, length, :] += np.diag(single) * chances
        if length + 1 < TREND - 1:
            moves[length, :, length + 1, :] += onward * chances
    states = (TREND - 1) * cells
    whole = np.zeros((states + 1, states + 1))
    whole[1:, 1:] = moves.reshape(states, states)
    whole[0, 1 : cells + 1] = chances
    return whole


def cells_of_counts(*chances: tuple[int, Floats], way: int) -> Values:
    """Cells for counts with these chances before and after, each from its first count on; a likely count has a cell
    to itself."""
    first = min(start for start, _ in chances)
    rows = np.zeros((2, max(start + len(each) for start, each in chances) - first))
    for row, (start, each) in zip(rows, chances, strict=True):
        row[start - first : start - first + len(each)] = each
    old, new = rows[:, ::way]
    both = (old + new) / 2
    place = np.floor((np.cumsum(both) - both / 2) * _CELLS).astype(np.intp)
    _, cell = np.unique(place, return_inverse=True)
    before, after = (np.bincount(cell, row).astype(float) for row in (old, new))
    return Values(before, after, (np.bincount(cell) == 1).astype(float))


def cells_of_normal(change: float) -> Values:
    """Cells for a measurement that changes by so many sigma in the direction of the aim."""
    edges = np.linspace(-4.0, 4.0 + change, _CELLS - 1)
    before, after = (np.diff(np.concatenate(([0.0], normal_share(edges - level), [1.0]))) for level in (0.0, change))
    return Values(before, after, np.zeros(_CELLS))
