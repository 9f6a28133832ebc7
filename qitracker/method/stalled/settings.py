"""The numbers of the rules as an organisation has set them, the default where it has set nothing.

The table itself, with what each number does and where it comes from, is `setting_rows.ROWS`.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from math import isfinite
from types import MappingProxyType

from qitracker.method.dates import days_after, months_after
from qitracker.method.reasons import Reason
from qitracker.method.stalled.setting_rows import MUST_RISE, ROWS, Edge, Setting, Unit

SETTINGS: Mapping[str, Setting] = MappingProxyType({row.key: row for row in ROWS})
"""Every number of the rules by its key."""

FRACTIONS = frozenset({Unit.INTERVALS, Unit.SHARE, Unit.SCORE})
"""What may be part of a whole; all else is counted."""


class Settings(Mapping[str, float]):
    """Every number by its key, in the unit of its row. Never changes once made.

    Raises ValueError with a sentence for a key that does not exist and for a number out of bounds.
    """

    __slots__ = ("_values",)

    def __init__(self, overrides: Mapping[str, float] | None = None) -> None:
        problems = why_not_settings(overrides or {})
        if problems:
            raise ValueError(problems[0].sentence)
        self._values = MappingProxyType({row.key: row.default for row in ROWS} | dict(overrides or {}))

    def __getitem__(self, key: str) -> float:
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def first_day(self, key: str, since: date) -> date:
        """The first day on which the limit `key`, in days or months counted from `since`, has been passed.

        A limit with the edge ON has been passed on that day itself, one with the edge AFTER on the day after. The last
        day of the calendar stands for all beyond it.
        """
        row = SETTINGS[key]
        more = 1 if row.edge is Edge.AFTER else 0
        if row.unit is Unit.MONTHS:
            return days_after(months_after(since, int(self[key])), more)
        return days_after(since, int(self[key]) + more)


def why_not_settings(overrides: Mapping[str, float]) -> tuple[Reason, ...]:
    """What is wrong with these numbers, each named by its key; empty when they can be used."""
    problems = [reason for key, value in overrides.items() if (reason := _why_not(key, value)) is not None]
    if problems:
        return tuple(problems)
    values = {row.key: row.default for row in ROWS} | dict(overrides)
    for keys in MUST_RISE:
        for lower, upper in pairwise(keys):
            if values[lower] > values[upper]:
                words = f"“{_named(lower)}” ({values[lower]:g}) must not be more than “{_named(upper)}”"
                problems.append(Reason(upper, f"{words} ({values[upper]:g})."))
    return tuple(problems)


def _why_not(key: str, value: float) -> Reason | None:
    row = SETTINGS.get(key)
    if row is None:
        return Reason(key[:30], "There is no such number in the rules.")
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return Reason(key, f"“{_named(key)}” must be a number.")
    if not row.least <= value <= row.most:
        return Reason(key, f"“{_named(key)}” must be {row.least:g} to {row.most:g} {row.unit.value}, not {value:g}.")
    if row.unit not in FRACTIONS and value != int(value):
        return Reason(key, f"“{_named(key)}” must be a whole number, not {value:g}.")
    return None


def _named(key: str) -> str:
    return SETTINGS[key].sentence.rstrip(".")


DEFAULTS = Settings()
