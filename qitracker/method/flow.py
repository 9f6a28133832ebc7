"""Two figures that say whether support works, month by month, ready for a chart of proportions.

Both are East London NHS Foundation Trust's (January 2020): a project that has tested changes should show modest
improvement within three months, and almost 30% did not; 63% of trained coaches still employed were coaching.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from qitracker.method.dates import months_after
from qitracker.method.measures import Rhythm, period_after, period_of
from qitracker.method.stalled.settings import DEFAULTS, Settings

TESTED, MODEST = 2.5, 3.0
"""Changes tested, and modest improvement, on IHI's scale."""


@dataclass(frozen=True, slots=True)
class MonthlyShare:
    """So many of so many in a month, which is named by its first day. The denominator is never 0."""

    month: date
    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class Trained:
    """A person trained to coach: since when, and until when they worked here (the day they left)."""

    key: str
    on: date
    left: date | None = None


def reached_three(
    histories: Iterable[Iterable[tuple[date, float]]], today: date, settings: Settings = DEFAULTS
) -> tuple[MonthlyShare, ...]:
    """Of the projects that first reached 2.5 in a month, how many reached 3.0 within three months of that day.

    Each history is the scores of one project with their days, in any order. Only months that are old enough are told:
    the last project of the month must have had its three months. A project that went from below to 3.0 at once has
    reached both.
    """
    return reached_three_counted(Counter(tuple(history) for history in histories), today, settings)


def reached_three_counted(
    histories: Mapping[tuple[tuple[date, float], ...], int], today: date, settings: Settings = DEFAULTS
) -> tuple[MonthlyShare, ...]:
    """The same where it is known how many projects have each history."""
    started: Counter[date] = Counter()
    reached: Counter[date] = Counter()
    months = int(settings["score_waiting_months"])
    for history, n in histories.items():
        scores = sorted(history)
        tested = next((on for on, value in scores if value >= TESTED), None)
        if tested is None:
            continue
        month = period_of(tested, Rhythm.MONTH)
        if months_after(period_after(month, Rhythm.MONTH) - timedelta(1), months) >= today:
            continue
        started[month] += n
        limit = months_after(tested, months)
        reached[month] += n * any(tested <= on <= limit and value >= MODEST for on, value in scores)
    return tuple(MonthlyShare(month, reached[month], started[month]) for month in sorted(started))


def coaching_coaches(
    trained: Iterable[Trained], active_by_month: Mapping[date, Collection[str]]
) -> tuple[MonthlyShare, ...]:
    """Of the trained coaches who worked here at the end of a month, how many were coaching in it.

    `active_by_month` has the keys of those who coached, by any day of the month. Months without a trained coach are
    left out, and so is who coaches without training.
    """
    people = tuple(trained)
    active: dict[date, set[str]] = {}
    for day, keys in active_by_month.items():
        active.setdefault(period_of(day, Rhythm.MONTH), set()).update(keys)
    shares = []
    for month in sorted(active):
        end = period_after(month, Rhythm.MONTH) - timedelta(1)
        here = {one.key for one in people if one.on <= end and (one.left is None or one.left > end)}
        if here:
            shares.append(MonthlyShare(month, len(here & active[month]), len(here)))
    return tuple(shares)
