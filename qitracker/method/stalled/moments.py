"""What the tests share: how to look at life, measures and limits on a day."""

from collections.abc import Callable, Iterable
from datetime import date

from qitracker.method.facts import MeasureFacts, ProjectFacts
from qitracker.method.stalled.life import LifeKind
from qitracker.method.stalled.settings import Settings
from qitracker.method.stalled.values import StateReason

Test = Callable[[ProjectFacts, date, Settings], StateReason | None]
"""One test of the rule: a reason where it holds on that day, None where it does not."""

LONGEST_QUOTE = 80
"""A team's own words inside a reason are cut here, so that a list stays a list. Ours."""


def last_life(facts: ProjectFacts, today: date, kinds: Iterable[LifeKind] = LifeKind) -> date | None:
    """The last day of life of these kinds; None without any.

    Life dated after today (a month's number typed before the month is over) counts as today's.
    """
    days = [min(facts.life[kind], today) for kind in kinds if kind in facts.life]
    return max(days, default=None)


def latest(*days: date | None) -> date | None:
    """The latest of the days that are known."""
    return max((day for day in days if day is not None), default=None)


def watched(facts: ProjectFacts) -> list[MeasureFacts]:
    """The measures somebody looks after."""
    return [measure for measure in facts.measures if measure.watched]


def quoted(text: str) -> str:
    """A team's own words inside a sentence of ours, on one line and not too long."""
    return f"“{shortened(text)}”"


def shortened(text: str) -> str:
    """A text on one line, cut where it is too long for a list."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_QUOTE else f"{line[: LONGEST_QUOTE - 1].rstrip()}…"
