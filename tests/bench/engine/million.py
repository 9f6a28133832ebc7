"""A million series of a year of weeks, in a process of its own: time, memory, and time per series as they grow."""

import json
import resource
import sys
import time

import numpy as np

from qitracker.spc import Batch, Chart, analyse

N_POINTS = 52
SIZES = (600, 6_000, 60_000, 1_000_000)
BLOCK = 60_000  # series handed over at a time


def main() -> None:
    """Print one JSON object: seconds by size, seconds of a plain copy, the most memory resident in MiB."""
    random = np.random.default_rng(52)
    y = np.empty((SIZES[-1], N_POINTS))
    for first in range(0, len(y), BLOCK):
        y[first : first + BLOCK] = random.normal(50, 5, (len(y[first : first + BLOCK]), N_POINTS))
    seconds = {size: best(lambda size=size: through(y[:size]), max(1, 420_000 // size)) for size in SIZES}
    seconds[SIZES[-1]] = min(seconds[SIZES[-1]], best(lambda: through(y), 2))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    target = np.empty_like(y)
    target[:] = 0  # the pages are there before the clock runs
    copied = best(lambda: np.copyto(target, y), 5)
    json.dump({"seconds": seconds, "copy": copied, "memory": most}, sys.stdout)


def through(y: np.ndarray) -> int:
    """The number of points with a signal; every limit and flag is made, a block at a time."""
    flagged = 0
    for first in range(0, len(y), BLOCK):
        found = analyse(Batch(Chart.I, y[first : first + BLOCK]))
        flagged += sum(int(np.count_nonzero(flags)) for flags in found.signals.values())
    return flagged


def best(work, times: int) -> float:
    """The least CPU seconds of some goes."""
    found = []
    for _ in range(times):
        begun = time.process_time()
        work()
        found.append(time.process_time() - begun)
    return min(found)


main()
