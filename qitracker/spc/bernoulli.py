"""The Bernoulli CUSUM: for one case after another, each with or without the event. Sees a change case by case.

Source: Reynolds and Stoumbos, A CUSUM chart for monitoring a proportion when inspecting continuously, Journal of
Quality Technology 31, 1999; odds ratio and decision limit as in R package qicharts2, function bchart.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from qitracker.spc.given import numbers_and_gaps, positive, share, whole
from qitracker.spc.values import Refused

ODDS_RATIO = 2.0
"""The change to be seen: odds twice as high, or half as high (qicharts2)."""
DECISION = 3.5
"""The sum that is a signal (qicharts2)."""


@dataclass(frozen=True, slots=True)
class BernoulliCusum:
    """The chart. `expected` is the share of cases with the event, `high` and `low` the shares that would be a change.

    Tuples have one entry a case, None at a gap: `up` is 0 or more, `down` 0 or less, and beyond `decision` either is
    a signal, after which it starts again from 0.
    """

    expected: float
    high: float
    low: float
    decision: float
    up: tuple[float | None, ...]
    down: tuple[float | None, ...]
    signals_up: tuple[bool, ...]
    signals_down: tuple[bool, ...]


def bernoulli_cusum(
    events: Sequence[int | None],
    *,
    expected: float | None = None,
    baseline: int | None = None,
    odds_ratio: float = ODDS_RATIO,
    decision: float = DECISION,
) -> BernoulliCusum:
    """The Bernoulli CUSUM of cases in order: 1 with the event, 0 without, None for unknown.

    `expected`: the share of cases with the event; or else it is that of the first `baseline` cases, or of all.
    A case exactly on the decision limit is a signal, and the sum goes on from there (as in qicharts2). Raises
    Refused.
    """
    cells = numbers_and_gaps(events, "events")
    for at, cell in enumerate(cells, 1):
        if cell not in {0, 1, None}:
            raise Refused(
                "not_an_event", f"events, case {at}: is not 0, 1 or missing. Give 1 for a case with the event."
            )
    p0 = share(expected, "expected") if expected is not None else _share_of(cells, baseline)
    ratio, bound = positive(odds_ratio, "odds_ratio"), positive(decision, "decision")
    if ratio <= 1:
        raise Refused(
            "out_of_range", "odds_ratio: is not above 1. Give the change to be seen, as 2 for twice the odds."
        )
    p1, p2 = (odds * p0 / (1 - p0 + odds * p0) for odds in (ratio, 1 / ratio))
    up, signals_up = _sums(cells, p0, p1, bound)
    down, signals_down = _sums(cells, p0, p2, bound)
    return BernoulliCusum(
        expected=p0,
        high=p1,
        low=p2,
        decision=bound,
        up=up,
        down=tuple(None if total is None else -total for total in down),
        signals_up=signals_up,
        signals_down=signals_down,
    )


def _share_of(cells: Sequence[float | None], baseline: int | None) -> float:
    first = cells if baseline is None else cells[: whole(baseline, "baseline", most=len(cells))]
    known = [cell for cell in first if cell is not None]
    if not 0 < sum(known) < len(known):
        raise Refused(
            "no_share", "The first cases are all with or all without the event, or unknown. Give expected instead."
        )
    return sum(known) / len(known)


def _sums(
    cells: Sequence[float | None], p0: float, changed: float, bound: float
) -> tuple[tuple[float | None, ...], tuple[bool, ...]]:
    """The sum of evidence that the share is `changed` and not p0, after each case."""
    with_event, without = math.log(changed / p0), math.log((1 - changed) / (1 - p0))
    total = 0.0
    totals: list[float | None] = []
    signals = []
    for cell in cells:
        if cell is None:
            totals.append(None)
            signals.append(False)
            continue
        total += with_event if cell else without
        signals.append(total >= bound)
        total = total if 0 < total <= bound else 0.0
        totals.append(total)
    return tuple(totals), tuple(signals)
