"""The same work done by qitracker.spc: every limit and every flag made, none kept."""

import time

import numpy as np

from qitracker.spc import Batch, BatchAnalysis, Chart, Series, analyse
from qitracker.spc.values import ASKED_LATER
from tests.bench.engine.work import LENGTH, MANY, SHORT, counts, values


def everything(found: BatchAnalysis) -> None:
    """Ask for what the peers give: the lines of each point and the flags of each rule."""
    for flags in found.signals.values():
        assert flags.size
    for line in (found.cl, found.lcl, found.ucl):
        assert line.size


def batch_of(work: str) -> Batch:
    if work == "p":
        events, sizes = counts(MANY, LENGTH)
        return Batch(Chart.P, events.astype(float), n=sizes.astype(float), multiply=100)
    return Batch(Chart.I, values(MANY, LENGTH))


def seconds_in_batch(batch: Batch) -> float:
    """CPU seconds for one series of a batch."""
    begun = time.process_time()
    everything(analyse(batch))
    return (time.process_time() - begun) / len(np.asarray(batch.y))


def seconds_alone(*, with_advice: bool = False) -> float:
    """CPU seconds for one short series by itself: lines, signals and their meaning, more than any peer gives.
    `with_advice`: with what is worked out when asked, too: runs, cautions, suggestions, how near a signal is."""
    rows = [Series(Chart.I, y=tuple(row)) for row in values(100, SHORT).tolist()]
    begun = time.process_time()
    for series in rows:
        found = analyse(series)
        if with_advice:
            assert all(getattr(found, name) is not None for name in ASKED_LATER)
    return (time.process_time() - begun) / len(rows)


def seconds_to_copy(batch: Batch) -> float:
    """CPU seconds to copy the numbers of one series: the limit we come near."""
    y = np.asarray(batch.y)
    times = 200
    begun = time.process_time()
    for _ in range(times):
        y.copy()
    return (time.process_time() - begun) / times / len(y)
