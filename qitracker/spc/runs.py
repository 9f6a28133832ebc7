"""Runs about the centre line, one answer a phase.

Sources: Anhoej and Olesen, Run charts revisited, PLoS ONE 9, 2014; Schilling, The surprising predictability of
long runs, Mathematics Magazine 85, 2012 (longest run); Chen, A note on the number of crossings, 2010 (crossings).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby

import numpy as np

from qitracker.spc.values import Runs

FEWEST_USEFUL = 10
"""Fewer points off the line than this cannot be read for shifts or runs (Provost and Murray 2011)."""

RUNS_EXPECTED: dict[int, tuple[int, int]] = {
    10: (3, 9), 11: (3, 10), 12: (3, 11), 13: (4, 11), 14: (4, 12), 15: (5, 12), 16: (5, 13), 17: (5, 13),
    18: (6, 14), 19: (6, 15), 20: (6, 16), 21: (7, 16), 22: (7, 17), 23: (7, 17), 24: (8, 18), 25: (8, 18),
    26: (9, 19), 27: (10, 19), 28: (10, 20), 29: (10, 20), 30: (11, 21), 31: (11, 22), 32: (11, 23),
    33: (12, 23), 34: (12, 24), 35: (12, 24), 36: (13, 25), 37: (13, 25), 38: (14, 26), 39: (14, 26),
    40: (15, 27), 41: (15, 27), 42: (16, 28), 43: (16, 28), 44: (17, 29), 45: (17, 30), 46: (17, 31),
    47: (18, 31), 48: (18, 32), 49: (19, 32), 50: (19, 33), 51: (20, 33), 52: (20, 34), 53: (21, 34),
    54: (21, 35), 55: (22, 35), 56: (22, 36), 57: (23, 36), 58: (23, 37), 59: (24, 38), 60: (24, 38),
}  # fmt: skip
"""Useful points: fewest and most runs expected by chance (Perla, Provost and Murray 2011, table 1, after Swed and
Eisenhart 1943). Rows above 26 differ by one between printed copies, so the engine only cautions by them."""


def runs_about(sides: Iterable[int], phase: int, *, in_time: bool) -> Runs:
    """The runs of one phase. `sides`: +1 above the line, -1 below, 0 for what is on it or does not count."""
    lengths = [sum(1 for _ in run) for _, run in groupby(filter(None, sides))]
    n = sum(lengths)
    if n == 0:
        return Runs(phase, 0, None, None, None, None, signal=False)
    longest, crossings = max(lengths), len(lengths) - 1
    longest_max, crossings_min = longest_run_max(n), fewest_crossings(n)
    signal = in_time and (longest > longest_max or crossings < crossings_min)
    return Runs(phase, n, longest, longest_max, crossings, crossings_min, signal)


def longest_run_max(n_useful: int) -> int:
    """The longest run expected by chance in so many useful points (Schilling 2012)."""
    return round(math.log2(n_useful)) + 3


@lru_cache(maxsize=4096)
def fewest_crossings(n_useful: int) -> int:
    """The 5 % point of Binomial(n - 1, 1/2): fewer crossings are unlikely by chance (Chen 2010)."""
    trials = n_useful - 1
    if trials <= _EXACT:
        total, term, bound = 0, 1, 2**trials
        for crossings in range(trials + 1):
            total += term
            if total * 20 >= bound:
                return crossings
            term = term * (trials - crossings) // (crossings + 1)
    return _fewest_of_many(trials)


_EXACT = 1000
"""Up to here in whole numbers; beyond, logarithms lose nothing that could move the answer."""


def _fewest_of_many(trials: int) -> int:
    half = trials // 2
    steps = np.arange(half, dtype=float)
    logs = np.concatenate(([0.0], np.cumsum(np.log(trials - steps) - np.log(steps + 1))))
    tail = np.cumsum(np.exp(logs - trials * math.log(2)))
    return int(np.searchsorted(tail, 0.05))
