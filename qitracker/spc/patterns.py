"""Patterns in rows of yes and no: runs, windows, and what remains when points are left out.

Arrays stand upright: the second last axis is time, the last one series beside each other, so that looking one point
back is a step of a whole row in memory and every formula runs over many series at once. An axis before these two
holds the sides: high, then low.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Flags = npt.NDArray[np.int8]
Whole = npt.NDArray[np.intp]


def some(flags: npt.NDArray[Any]) -> bool:
    """Whether any of them is set."""
    # Counting is several times as fast as `any` where the call costs more than the looking, and slower beyond.
    return bool(np.count_nonzero(flags) if flags.size < 4096 else flags.any())


def in_runs(hits: Bools, length: int) -> Bools:
    """The hits that stand in a row of at least so many."""
    begins = whole_windows(hits, length)
    return covered(begins, length, hits.shape[-2]) if some(begins) else np.zeros_like(hits)


def sides_in_runs(sides: Bools, length: int) -> Flags:
    """+1 and -1 for the hits of each side that stand in a row of at least so many."""
    begins = whole_windows(sides, length)
    if not some(begins):
        return np.zeros(sides.shape[1:], np.int8)
    return signed(covered(begins, length, sides.shape[1]))


def whole_windows(hits: Bools, length: int) -> Bools:
    """Where a window of so many hits begins. One entry for each place a window fits."""
    return _over_windows(hits, length, np.logical_and)


def _over_windows(hits: Bools, length: int, join: Callable[[Bools, Bools], Bools]) -> Bools:
    """Each window of so many hits joined to one, by twice as many at each step."""
    span = 1
    while span < length:
        step = min(span, length - span)
        hits = join(hits[..., step:, :], hits[..., :-step, :])
        span += step
    return hits


def windows_with(hits: Bools, least: int, length: int) -> Bools:
    """Where a window of `length` with at least so many hits begins. One entry for each place a window fits."""
    places = hits.shape[-2] - length + 1
    if places < 1:
        return hits[..., :0, :]
    counts = hits[..., :places, :].astype(np.uint8)
    for step in range(1, length):
        counts += hits[..., step : step + places, :].view(np.uint8)
    enough: Bools = counts >= least
    return enough


def covered(begins: Bools, length: int, size: int) -> Bools:
    """The points inside the windows of `length` that begin at these places, of `size` points in all."""
    around = np.zeros((*begins.shape[:-2], size + length - 1, begins.shape[-1]), bool)
    around[..., length - 1 : size, :] = begins
    return _over_windows(around, length, np.logical_or)


def signed(sides: Bools) -> Flags:
    """+1 where the high side is hit, -1 where the low one is, 0 for both or none."""
    flags: Flags = sides[0].view(np.int8) - sides[1].view(np.int8)
    return flags


class Squeeze:
    """Columns without the points that do not count: what is kept moves together, at the end nothing is left.

    `into` squeezes an array, `back` spreads an answer for the squeezed points over the places they came from.
    """

    __slots__ = ("_from", "_to", "height", "shape")

    def __init__(self, kept: Bools) -> None:
        self.shape = kept.shape
        rank = np.add.accumulate(kept, axis=0, dtype=np.intp)
        self._from = np.flatnonzero(kept)
        columns = self._from % kept.shape[1]
        self._to = (rank.ravel()[self._from] - 1) * kept.shape[1] + columns
        self.height = int(rank[-1].max(initial=0)) if len(rank) else 0

    def into(self, values: npt.NDArray[Any], filler: Any = 0) -> npt.NDArray[Any]:
        """The kept values moved together, `filler` after the last of each column."""
        moved = np.full((self.height, self.shape[1]), filler, values.dtype)
        moved.ravel()[self._to] = values.ravel()[self._from]
        return moved

    def sides_into(self, sides: Bools) -> Bools:
        """The same for both sides."""
        return np.stack([self.into(side) for side in sides])

    def back(self, flags: Flags) -> Flags:
        """The flags of squeezed points at the places these came from, 0 elsewhere."""
        spread = np.zeros(self.shape, np.int8)
        spread.ravel()[self._from] = flags.ravel()[self._to]
        return spread
