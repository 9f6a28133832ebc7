"""Where a run chart could be given a new median: lasting runs on one side, found one after the other.

A suggestion for people to weigh, never done by itself. Source of the procedure: R package runcharter 0.2.0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from qitracker.spc.given import numbers_and_gaps, whole
from qitracker.spc.values import Refused

BASELINE = 13
"""Points the first median rests on (runcharter)."""
RUN = 9
"""Points off the median, in a row on one side, that make a lasting run (runcharter)."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Points with a median of their own: the baseline (`side` 0) or a lasting run above (+1) or below (-1) the
    median before. `first` and `last` are indexes of the first and last point it rests on."""

    side: int
    first: int
    last: int
    median: float


def lasting_runs(
    y: Sequence[float | None], *, baseline: int = BASELINE, run: int = RUN, side: int = 0
) -> tuple[Stretch, ...]:
    """The baseline, and each lasting run after it against the median before.

    `side`: +1 or -1 for runs above or below alone, 0 for both. Points on the median and gaps neither count nor
    break. The median of a run is that of the points that make it; the search goes on after them. Raises Refused.
    """
    cells = numbers_and_gaps(y, "y")
    first_size, least = whole(baseline, "baseline"), whole(run, "run", least=2)
    if side not in {-1, 0, 1}:
        raise Refused("out_of_range", "side: is not 1 (above), -1 (below) or 0 (both). Give one of these.")
    known = [(at, value) for at, value in enumerate(cells) if value is not None]
    if len(known) < first_size:
        raise Refused("too_few_points", f"There are {len(known)} points with a value. The baseline needs {first_size}.")
    start = known[:first_size]
    found = [Stretch(0, start[0][0], start[-1][0], median(value for _, value in start))]
    members: list[tuple[int, float]] = []
    running = 0
    for at, value in known[first_size:]:
        line = found[-1].median
        where = (value > line) - (value < line)
        if where == 0:
            continue
        if where != running:
            running, members = where, []
        members.append((at, value))
        if len(members) == least and side in {0, running}:
            found.append(Stretch(running, members[0][0], at, median(one for _, one in members)))
            running, members = 0, []
    return tuple(found)
