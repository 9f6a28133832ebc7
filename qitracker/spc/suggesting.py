"""What a person may want to change about a chart: a new phase, another kind of chart. Never done silently."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from qitracker.spc.judging import judge
from qitracker.spc.kinds import Family
from qitracker.spc.meaning import meaning_of
from qitracker.spc.one import One, ones
from qitracker.spc.phases import TRIAL_FROM, lasting_shift
from qitracker.spc.sheet import Labels, Sheet
from qitracker.spc.spread import D2
from qitracker.spc.values import OtherChart, PhaseSummary, Suggestion
from qitracker.spc.words import Chart, Refused

SPARSE_SHARE = 0.5
"""More empty points than this share and a count says little each time: look at the time or the cases between events
(after Provost and Murray 2011, chapter 7)."""
BEYOND_CHANCE = 3.0
"""How many standard errors the spread of a share or rate must be above that of chance before a prime chart is
suggested (our choice: the habit of the chart itself)."""
ERROR_OF_RATIO = math.sqrt(math.pi / 2 + math.sqrt(3) - 3 + math.pi / 6)
"""Standard error of a spread told from k moving ranges of chance, times the root of k, as a share of it: their
variance is pi/2 - 1 times the squared mean, and neighbours share a value, which adds pi/6 + root 3 - 2 (twice their
correlation; Cryer and Ryan, The estimation of sigma for an X chart, Journal of Quality Technology 22, 1990)."""
LEAST_RATIO = 1.25
"""Less than a quarter more spread than chance moves no limit that matters (our choice)."""

_NAMES = {Chart.G: "G", Chart.T: "T", Chart.PP: "P'", Chart.UP: "U'"}


def new_phase(one: One) -> Iterator[Suggestion]:
    """A new phase from the start of a lasting shift in the latest phase (Provost and Murray 2011, chapter 4)."""
    sheet = one.sheet
    if not one.has_own_line or not sheet.in_time or sheet.kind.family is Family.RANGES:
        return
    first, _ = one.edges[-1]
    shift = lasting_shift(one.sides()[first:])
    if shift is None:
        return
    at = first + shift.start
    new, cl_now = _phase_from(one, at), one.cl[at]
    if new is None or new.cl is None or cl_now is None:
        return
    yield Suggestion(
        code="new_phase",
        at=at,
        confirmed_at=first + shift.confirmed,
        points=shift.length,
        side=shift.side,
        meaning=meaning_of(shift.side, sheet.labels.directions[one.number]),
        cl_now=cl_now,
        cl_new=new.cl,
        lcl_new=new.lcl,
        ucl_new=new.ucl,
    )


def _phase_from(one: One, at: int) -> PhaseSummary | None:
    """The points from `at` on as one phase, all of them its baseline. None where its lines are too large."""
    tail = _tail(one.sheet, one.number, at, len(one.y))
    (found,) = ones(tail, judge(tail), 0, 1)
    return None if isinstance(found, Refused) else found.summary()


def _tail(sheet: Sheet, number: int, at: int, length: int) -> Sheet:
    labels, row, points = sheet.labels, slice(number, number + 1), slice(at, length)
    return sheet._replace(
        y=sheet.y[row, points],
        n=None if sheet.n is None else sheet.n[row, points],
        sd=None if sheet.sd is None else sheet.sd[row, points],
        lengths=None,
        excluded=None if sheet.excluded is None else sheet.excluded[row, points],
        phases=None,
        freeze=None,
        given_cl=None,
        screen=sheet.screen[row],
        labels=Labels((None,), (labels.x[number][at:],), (labels.directions[number],), labels.multiply[row], (None,)),
    )


def other_chart(one: One) -> Iterator[OtherChart]:
    """A chart that fits the latest phase better, where counts are too sparse or vary more than chance."""
    first, end = one.edges[-1]
    counted = list(one.counted(first, end))
    kind = one.sheet.kind
    if len(counted) < TRIAL_FROM or not one.sheet.in_time or kind.rarer is None:
        return
    empty = sum(one.y[at] == 0 for at in counted)
    full = sum(one.y[at] == kind.ceiling * one.multiply for at in counted)
    if max(empty, full) > SPARSE_SHARE * len(counted):
        what = "none" if empty >= full else "all"
        yield OtherChart(
            "rare_event_chart",
            kind.rarer,
            f"{max(empty, full)} of {len(counted)} points are {what}. A {_NAMES[kind.rarer]} chart of the"
            f" {'time' if kind.rarer is Chart.T else 'cases'} between events shows a change sooner.",
        )
    elif kind.prime is not None and (ratio := _ratio_to_chance(one, first, end)) is not None:
        yield OtherChart(
            "prime_chart",
            kind.prime,
            f"Neighbouring points differ {ratio:.1f} times as much as chance alone would have it."
            f" A {_NAMES[kind.prime]} chart makes its limits from how they do differ.",
        )


def _ratio_to_chance(one: One, first: int, end: int) -> float | None:
    """How many times the spread of chance the steps of the baseline have, where that is beyond chance itself."""
    rows = [at for at in range(first, end) if one.included[at] and one.baseline[at]]
    y, cl, sigma = (np.array([column[at] for at in rows], dtype=np.float64) for column in (one.y, one.cl, one.sigma))
    with np.errstate(all="ignore"):
        z = (y - cl) / sigma
        steps = np.abs(z[1:] - z[:-1])
    steps = steps[np.isfinite(steps)]
    if len(steps) < TRIAL_FROM - 1:
        return None
    ratio = float(steps.mean()) / D2
    beyond = 1.0 + BEYOND_CHANCE * ERROR_OF_RATIO / math.sqrt(len(steps))
    return ratio if ratio > max(beyond, LEAST_RATIO) else None
