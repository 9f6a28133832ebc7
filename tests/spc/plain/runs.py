"""The runs of each phase, as Anhoej counts them (rules 2.3), and the numbers of runs of the book (2.2)."""

from math import comb, log2
from typing import Any

from tests.spc.plain.points import Point, side


def fewest_crossings(useful: int) -> int:
    """The smallest c for which at most c heads in useful - 1 throws have a chance of 5 % or more."""
    throws, so_far, c = max(useful - 1, 0), 0, 0
    while True:
        so_far += comb(throws, c)
        if so_far * 20 >= 2**throws:
            return c
        c += 1


def runs_of(phase: list[Point], *, judged: bool) -> dict[str, Any]:
    """One entry of the answer's `runs`."""
    sides = [s for s in (side(p.y, p.cl, p.scale) for p in phase if p.counts) if s]
    longest = run = 0
    crossings = 0
    for i, s in enumerate(sides):
        new = i > 0 and s != sides[i - 1]
        crossings += new
        run = 1 if new else run + 1
        longest = max(longest, run)
    n = len(sides)
    most = round(log2(n)) + 3 if n else None
    fewest = fewest_crossings(n) if n else None
    signal = judged and n > 0 and (longest > most or crossings < fewest)
    return {
        "phase": phase[0].phase,
        "n_useful": n,
        "longest_run": longest if n else None,
        "longest_run_max": most,
        "crossings": crossings if n else None,
        "crossings_min": fewest,
        "signal": signal,
    }
