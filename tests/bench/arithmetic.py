"""The SPC engine alone: series a second, one by one and in a batch."""

import random
import time
from datetime import date, timedelta
from itertools import cycle, islice

from qitracker import spc
from tests.bench.tables import middle, table

N_SERIES, N_POINTS, TIMES = 600, 40, 7
KINDS = (spc.Chart.P, spc.Chart.C, spc.Chart.I, spc.Chart.U, spc.Chart.RUN)


def measure_engine() -> None:
    """The table; there is no goal, the numbers are for comparison."""
    batch = make_batch()
    alone, together, kept = [], [], []
    for _ in range(TIMES):
        begun = time.perf_counter()
        answers = [spc.analyse(series) for series in batch[:100]]
        alone.append((time.perf_counter() - begun) / 100)
        begun = time.perf_counter()
        answers = spc.analyse_all(batch)
        together.append((time.perf_counter() - begun) / N_SERIES)
        begun = time.perf_counter()
        for answer in answers:
            spc.Analysis.from_json(answer.to_json())
        kept.append((time.perf_counter() - begun) / N_SERIES)
    rows = (
        (f"one series of {N_POINTS} points", alone),
        (f"a batch of {N_SERIES} series of {N_POINTS} points", together),
        ("its analysis written as JSON and read back", kept),
    )
    table(
        f"The SPC engine; median of {TIMES}",
        ("what", "series/s", "ms a series"),
        [(name, f"{1 / middle(times):,.0f}", f"{middle(times) * 1000:.3f}") for name, times in rows],
    )


def make_batch() -> list[spc.Series]:
    """Series of every kind, all with the same months."""
    draw = random.Random(3)
    first = date(2020, 1, 6)
    weeks = tuple((first + timedelta(weeks=week)).isoformat() for week in range(N_POINTS))
    return [_one(chart, weeks, draw) for chart in islice(cycle(KINDS), N_SERIES)]


def _one(chart: spc.Chart, weeks: tuple[str, ...], draw: random.Random) -> spc.Series:
    has_below = chart in {spc.Chart.P, spc.Chart.U}
    return spc.Series(
        chart=chart,
        x=weeks,
        y=tuple(float(draw.randint(2, 20)) for _ in weeks),
        n=tuple(float(draw.randint(60, 90)) for _ in weeks) if has_below else None,
        multiply=100.0 if has_below else 1.0,
        direction=spc.Direction.DECREASE,
        target=8.0,
    )
