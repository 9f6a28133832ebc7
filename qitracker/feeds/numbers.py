"""The numbers of one point as a value: compared, written down, read back, and said in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from qitracker.charts.numbers import show_given, show_number
from qitracker.feeds.definition import Definition

MOST_SAID = 12  # of several values: more do not fit a line
MOST_SEVERAL = 200  # values at a time; beyond it somebody pasted a list of another kind


@dataclass(frozen=True, slots=True)
class Numbers:
    """A value, or a numerator (`first`) and its denominator (`second`), as the database keeps them: binary floats.

    Where several values are taken at a time, `first` is their mean and `several` has each as it was typed.
    """

    first: float
    second: float | None = None
    several: tuple[float, ...] = ()

    @property
    def columns(self) -> dict[str, float | list[float] | None]:
        """The columns of the point table."""
        subgroup = list(self.several) or None
        if self.second is None:
            return {"value": self.first, "numerator": None, "denominator": None, "subgroup": subgroup}
        return {"value": None, "numerator": self.first, "denominator": self.second, "subgroup": None}

    @property
    def parts(self) -> dict[str, float | list[float]]:
        """What an event holds of one point: {"value": 7.0} or {"numerator": 9.0, "denominator": 78.0}; the single
        values beside their mean as "subgroup"."""
        return {name: part for name, part in self.columns.items() if part is not None}

    @property
    def row(self) -> list[float | None]:
        """What an event of many points holds of each: [7.0], [9.0, 78.0], or [12.0, None, 12.0, 15.0, 9.0]."""
        if self.several:
            return [self.first, None, *self.several]
        return [self.first] if self.second is None else [self.first, self.second]

    @property
    def code(self) -> str:
        """What a form carries to say which numbers its page showed."""
        return "/".join(repr(part) for part in self.row if part is not None)

    @property
    def pair(self) -> tuple[float, float | None]:
        """As the reader of rows takes what is stored."""
        return self.first, self.second


def of_values(values: Sequence[float]) -> Numbers:
    """Several values taken at a time, one at least."""
    return Numbers(fmean(values), several=tuple(values))


def of_columns(
    value: float | None, numerator: float | None, denominator: float | None, subgroup: Sequence[float] | None = None
) -> Numbers | None:
    """The numbers in a point's columns; None without any."""
    if value is not None:
        return Numbers(value, several=tuple(subgroup or ()))
    return None if numerator is None else Numbers(numerator, denominator)


def of_parts(parts: Mapping[str, Any] | None) -> Numbers | None:
    """The numbers in an event of one point."""
    return (
        of_columns(*(parts.get(name) for name in ("value", "numerator", "denominator", "subgroup"))) if parts else None
    )


def of_row(row: Sequence[float] | None) -> Numbers | None:
    """The numbers in an event of many points."""
    return Numbers(row[0], row[1] if len(row) > 1 else None, tuple(row[2:])) if row else None


def drawn(numbers: Numbers, definition: Definition) -> float:
    """The height at which the chart draws them."""
    return numbers.first if numbers.second is None else numbers.first / numbers.second * definition.multiply


def say(numbers: Numbers, definition: Definition) -> str:
    """ "7 falls", "9 of 78 = 11.5%", "6 in 870 = 6.9 per 1,000 bed days"."""
    if numbers.several:
        return f"{say_shortly(numbers, definition)}, average {show_number(numbers.first, definition.unit)}"
    if numbers.second is None:
        return show_given(numbers.first, definition.unit)
    joined = "of" if definition.is_proportion else "in"
    result = show_number(drawn(numbers, definition), definition.unit)
    return f"{show_given(numbers.first)} {joined} {show_given(numbers.second)} = {result}"


def say_shortly(numbers: Numbers, definition: Definition) -> str:
    """ "7", "9 of 78", "12; 15; 9": where the result stands beside it, or is not the point."""
    if numbers.several:
        shown = "; ".join(show_given(one) for one in numbers.several[:MOST_SAID])
        more = len(numbers.several) - MOST_SAID
        return f"{shown} and {more} more" if more > 0 else shown
    if numbers.second is None:
        return show_given(numbers.first)
    joined = "of" if definition.is_proportion else "in"
    return f"{show_given(numbers.first)} {joined} {show_given(numbers.second)}"
