"""Phases: each in a line, when a new one is worth starting, and why one was started."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from qitracker.spc.kinds import KINDS, Family, Kind
from qitracker.spc.lines import SIGMAS
from qitracker.spc.meaning import meaning_of
from qitracker.spc.rulebooks import RULE_BOOKS
from qitracker.spc.values import Analysis, PhaseSummary, ShiftEvidence
from qitracker.spc.words import Chart

TRIAL_FROM = 12
"""Below this many points draw a run chart; from it limits are on trial (Provost and Murray 2011, chapter 4)."""
FIRM_FROM = 20
"""From this many points limits may be kept as they are: 20 to 30 (Provost and Murray 2011, chapter 4)."""
LASTING = 8
"""Points on one side of the centre line that make a shift on a chart with limits (Provost and Murray 2011)."""
CONTRARY_SHARE = 0.2
"""A shift still lasts while at most this share of the points since it began lies on the other side (our choice)."""

Cells = Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Shift:
    """A run of counted points on one side: positions of its first and confirming point, and how many."""

    start: int
    confirmed: int
    length: int
    side: int


def kind_to_draw(chart: Chart, n_points: int) -> Chart:
    """The chart to show for so many points in a phase: a run chart below 12, then the one chosen.

    The engine gives limits at any length; this is advice for a page. Source: Provost and Murray, The Health
    Care Data Guide, 2011, chapter 4.
    """
    return chart if n_points >= TRIAL_FROM else Chart.RUN


def summaries(analysis: Analysis) -> tuple[PhaseSummary, ...]:
    """The phases of an analysis, oldest first."""
    found = []
    first = 0
    for number, members in groupby(analysis.phase):
        end = first + sum(1 for _ in members)
        found.append(
            phase_summary(
                chart=analysis.chart,
                multiply=analysis.multiply,
                number=number,
                first=first,
                y=analysis.y[first:end],
                n=analysis.n[first:end],
                baseline=analysis.baseline[first:end],
                included=analysis.included[first:end],
                cl=analysis.cl[first:end],
                lcl=analysis.lcl[first:end],
                ucl=analysis.ucl[first:end],
                sigma=analysis.sigma[first:end],
            )
        )
        first = end
    return tuple(found)


def phase_summary(  # one column each, of one phase
    *,
    chart: Chart,
    multiply: float,
    number: int,
    first: int,
    y: Cells,
    n: Cells,
    baseline: Sequence[bool],
    included: Sequence[bool],
    cl: Cells,
    lcl: Cells,
    ucl: Cells,
    sigma: Cells,
) -> PhaseSummary:
    """One phase in a line, with limits at its mean denominator. Numbers in plotted units."""
    kind = KINDS[chart]
    counted = [value is not None and use for value, use in zip(y, included, strict=True)]
    sizes = [size for size, use in zip(n, counted, strict=True) if use and size is not None]
    mean_n = math.fsum(sizes) / len(sizes) if sizes else None
    at = next((at for at, spread in enumerate(sigma) if spread is not None), None)
    line = cl[0]
    low, high = (None, None) if at is None else (lcl[at], ucl[at])
    if at is not None and kind.width is not None and mean_n is not None and line is not None:
        spread = SIGMAS * (sigma[at] or 0.0) * _width(kind, mean_n) / _width(kind, n[at])
        low = max(line - spread, kind.floor * multiply)
        high = min(line + spread, kind.ceiling * multiply)
    n_baseline = sum(firm and use for firm, use in zip(baseline, counted, strict=True))
    is_run_chart = kind.family is Family.RUN_CHART
    return PhaseSummary(
        number=number,
        first=first,
        last=first + len(y) - 1,
        n_points=sum(counted),
        n_baseline=n_baseline,
        cl=line,
        lcl=low,
        ucl=high,
        mean_n=mean_n,
        is_trial=not is_run_chart and TRIAL_FROM <= n_baseline < FIRM_FROM,
        is_run_chart=is_run_chart,
    )


def _width(kind: Kind, n: float | None) -> float:
    """The sigma of a point of this size, as a multiple of that of its phase."""
    if kind.width is None or n is None:
        return 1.0
    return float(kind.width(np.array([n]))[0])


def shifts(sides: Sequence[int], least: int) -> Iterator[Shift]:
    """Runs of at least so many points on one side, in order. A side of 0 neither counts nor breaks."""
    counted = [(at, side) for at, side in enumerate(sides) if side]
    for side, members in groupby(counted, key=lambda pair: pair[1]):
        run = [at for at, _ in members]
        if len(run) >= least:
            yield Shift(run[0], run[least - 1], len(run), side)


def lasting_shift(sides: Sequence[int]) -> Shift | None:
    """The latest shift of a phase, if it still lasts and did not begin with the phase itself."""
    latest = None
    for shift in shifts(sides, LASTING):
        latest = shift
    first = next((at for at, side in enumerate(sides) if side), 0)
    if latest is None or latest.start <= first:
        return None
    since = [side for side in sides[latest.start :] if side]
    contrary = sum(side != latest.side for side in since)
    return latest if contrary <= CONTRARY_SHARE * len(since) else None


def shift_against(analysis: Analysis, phase_number: int) -> ShiftEvidence | None:
    """Why phase `phase_number` was started: the first shift of its points against the phase before, if any.

    Its points are counted from the first of the phase on, against the centre line of the phase before. A shift
    is eight counted points on one side (six on a run chart). None too for the first phase and for a phase that
    does not exist.
    """
    phases = {phase.number: phase for phase in analysis.phases}
    before, after = phases.get(phase_number - 1), phases.get(phase_number)
    if before is None or after is None or before.cl is None or after.cl is None:
        return None
    line = before.cl
    sides = [
        _side(value, line) if use else 0
        for value, use in zip(
            analysis.y[after.first : after.last + 1], analysis.included[after.first : after.last + 1], strict=True
        )
    ]
    least = RULE_BOOKS[analysis.rules].shift[KINDS[analysis.chart].family]
    shift = next(shifts(sides, least), None)
    if shift is None:
        return None
    return ShiftEvidence(
        start=after.first + shift.start,
        confirmed=after.first + shift.confirmed,
        run_length=shift.length,
        side=shift.side,
        cl_before=line,
        cl_after=after.cl,
        meaning=meaning_of(shift.side, analysis.direction),
    )


def _side(value: float | None, line: float) -> int:
    if value is None or math.isclose(value, line, rel_tol=1e-9):
        return 0
    return 1 if value > line else -1
