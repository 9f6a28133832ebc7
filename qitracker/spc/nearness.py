"""The sets of warnings "close to a signal", as a table, and how often each is false where nothing has changed.

The rates were simulated: 60,000 unchanged series of 24 normal points with known limits, fixed seed. Run
`python -m tests.bench.false_alarms` to see them again. The default was chosen so that warnings cost no more false
alarms than signals do, and yet raise the chance to see a change of one sigma within 12 points from 70 % to 91 %.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class CloseSet(StrEnum):
    """Which warnings are given: more of them on a team's own page, fewer on a board's wall."""

    DEFAULT = "default"
    SENSITIVE = "sensitive"
    STRICT = "strict"
    MAKING_DATA_COUNT = "making_data_count"


class Before(StrEnum):
    """What W1 asks of the point before the latest: nothing, the same side, or one sigma out on the same side."""

    ANYWHERE = "anywhere"
    SAME_SIDE = "same_side"
    ONE_SIGMA = "one_sigma"


@dataclass(frozen=True, slots=True)
class Nearness:
    """One set of warnings. `before`: for W1. `run`: fewest points in a row on one side for W2, of the `shift` that
    make a signal; `trend`: points in a row rising or falling for W3, one short of a signal. None leaves a warning out.
    `ties_break`: a point on the line, an equal neighbour or a gap breaks a run or trend, instead of being passed over.

    `close_rate` and `red_rate`: the share of unchanged series that show a warning at the latest point with no signal
    among the latest three, and that show a signal ending there. Simulated: see above.
    """

    before: Before | None
    run: int | None
    shift: int | None
    trend: int | None
    close_rate: float
    red_rate: float
    ties_break: bool = False

    def for_rules(self, *, outer: bool, shift: int | None, trend: int | None) -> Nearness:
        """The same set for rules whose signals have other lengths, or that have no such rule (False, None)."""
        short = 0 if self.run is None or self.shift is None else self.shift - self.run
        return replace(
            self,
            before=self.before if outer else None,
            run=None if shift is None else shift - short,
            shift=shift,
            trend=None if trend is None else trend - 1,
        )


CLOSE_SETS: dict[CloseSet, Nearness] = {
    CloseSet.DEFAULT: Nearness(Before.SAME_SIDE, 7, 8, 5, close_rate=23.0 / 600, red_rate=21.9 / 600),
    CloseSet.SENSITIVE: Nearness(Before.ANYWHERE, 6, 8, 5, close_rate=43.8 / 600, red_rate=21.9 / 600),
    CloseSet.STRICT: Nearness(Before.ONE_SIGMA, 7, 8, 5, close_rate=15.4 / 600, red_rate=21.9 / 600),
    CloseSet.MAKING_DATA_COUNT: Nearness(
        Before.SAME_SIDE, 6, 7, 6, close_rate=21.6 / 600, red_rate=25.7 / 600, ties_break=True
    ),
}
"""The sets on offer. The first three go with Provost and Murray's shift of 8 and trend of 6, the last with the 7 and 7
of NHS England's Making Data Count."""


def expected_by_chance(n_series: int, which: CloseSet = CloseSet.DEFAULT) -> tuple[float, float]:
    """How many of so many unchanged series show a warning, and how many a signal among the latest three points.

    For series whose limits are known; see `Nearness`.
    """
    nearness = CLOSE_SETS[which]
    return n_series * nearness.close_rate, n_series * nearness.red_rate
