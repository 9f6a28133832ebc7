"""One row of a paste as one point: read, or wrong with its sentence, or left out with its reason."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from qitracker.plumbing.reading.dates import DateReading, Granularity, say_date, say_month
from qitracker.plumbing.reading.grid import GridRow
from qitracker.plumbing.reading.headings import Column, Columns, Shape, cell, column_place
from qitracker.plumbing.reading.numbers import Bound, NumberReading, plain_number, read_number
from qitracker.plumbing.reading.periods import period_of, say_period
from qitracker.plumbing.reading.unreadable import Unreadable, quoted


class State(StrEnum):
    """What saving would do with a row."""

    NEW = "new"
    SAME = "same"
    CHANGES = "changes"
    WRONG = "wrong"
    SKIPPED = "skipped"


# A point's numbers: (value, None) or (numerator, denominator). Keys of Existing are the dates of the points.
Numbers = tuple[Decimal | float | int, Decimal | float | int | None]
Existing = Mapping[date, Numbers]


@dataclass(frozen=True, slots=True)
class RowReading:
    """One row: where it stands, what was typed in the columns taken, what it was read as, and what saving would do.

    `problem` says why a row is wrong or skipped and `code` says it to the program; `caution` is what to look at before
    saving; `old` holds the numbers that would be changed.
    """

    row_number: int
    place: str
    typed: tuple[str, ...]
    state: State
    date: dt.date | None = None
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    problem: str = ""
    code: str = ""
    caution: str = ""
    old: Numbers | None = None

    @property
    def numbers(self) -> tuple[Decimal | None, Decimal | None]:
        """(value, None) or (numerator, denominator)."""
        return (self.numerator, self.denominator) if self.value is None else (self.value, None)


@dataclass(frozen=True, slots=True)
class Expected:
    """What the measure says about its points.

    `rhythm` is 'day', 'week', 'fortnight', 'month', 'quarter' or 'none'. `proportion`: the numerator counts some of
    the denominator. `percent`: its values are percentages. `low`, `high` bound a value.
    """

    shape: Shape
    rhythm: str
    proportion: bool = False
    percent: bool = False
    low: Bound | None = None
    high: Bound | None = None


LARGER = "larger"  # the code of a numerator above its denominator
_TOTAL = re.compile(
    r"(grand |sub ?-?|overall |year |annual |12 month )?"
    r"(totals?|average|mean|median|sum|ytd|year to date|all months|min|max|minimum|maximum)\b.*",
    re.IGNORECASE,
)
# What a cell holds when there is no number: errors (ECMA-376 part 1, section 18.17.3) and what people type.
_NO_NUMBER = frozenset(
    re.split(
        r"\s*\|\s*",
        "| - | -- | – | — | . | ? | n/a | na | n.a. | null | nan | tbc | tba | unknown | missing | not known "
        "| #n/a | #n/a! | #null! | #div/0! | #value! | #ref! | #num! | #name?",
    )
)


def by_period(existing: Existing, rhythm: str) -> dict[date, date]:
    """The first of the dates in each period there is."""
    return {period_of(day, rhythm): day for day in sorted(existing, reverse=True)}


@dataclass(frozen=True, slots=True)
class RowReader:
    """Reads one row after another, knowing what the measure expects and what is there already."""

    expected: Expected
    columns: Columns
    across: bool
    periods: Mapping[date, date]
    existing: Existing

    def row(self, row: GridRow, day: DateReading | Unreadable) -> RowReading:
        typed = tuple(cell(row, column.index) for column in self.columns.taken)
        where = column_place(row.number - 1) if self.across else f"Row {row.number}"
        blank = RowReading(row.number, where, typed, State.WRONG)
        if reason := self._why_skip(row, typed, day):
            return replace(blank, state=State.SKIPPED, problem=reason, code="skipped")
        try:
            dated, caution = self._dated(day)
        except Unreadable as refusal:
            return replace(blank, problem=f"{self.columns.date.label}: {refusal.sentence}", code=refusal.code)
        try:
            read = self._numbers(replace(blank, date=dated, caution=caution), typed[1:])
        except Unreadable as refusal:
            return replace(blank, date=dated, problem=refusal.sentence, code=refusal.code)
        return self._compared(read)

    def _why_skip(self, row: GridRow, typed: tuple[str, ...], day: DateReading | Unreadable) -> str:
        named = [typed[0]] if typed[0] else [text.strip() for text in row.cells]
        if isinstance(day, Unreadable) and any(_TOTAL.fullmatch(text) for text in named):
            return "This looks like a total or an average, so it is left out"
        if typed[0] and typed[0].casefold() == self.columns.date.name.casefold():
            return "This repeats the headings, so it is left out"
        if all(text.casefold() in _NO_NUMBER for text in typed[1:]):
            names = " and ".join(quoted(column.label) for column in self.columns.numbers)
            held = next((f" ({quoted(text)})" for text in typed[1:] if text), "")
            return f"There is no number in {names}{held}, so it is left out"
        return ""

    def _dated(self, day: DateReading | Unreadable) -> tuple[date, str]:
        if isinstance(day, Unreadable):
            raise day
        rhythm = self.expected.rhythm
        if day.granularity is Granularity.MONTH and rhythm in {"day", "week", "fortnight"}:
            raise Unreadable(
                f"{say_month(day.value)} is a whole month. Enter the day as well, such as 1 {say_month(day.value)}"
            )
        caution = (
            f"No day was given, so this counts as {say_date(day.value)}"
            if day.granularity is Granularity.MONTH and rhythm == "none"
            else ""
        )
        if day.value in self.existing and rhythm == "week":
            return day.value, caution
        period = period_of(day.value, rhythm)
        if (there := self.periods.get(period)) is not None:
            if rhythm == "week":
                caution = f"There is a point for {say_period(period, rhythm)} already, on {say_date(there)}"
            return there, caution
        return (day.value if rhythm == "week" else period), caution

    def _numbers(self, reading: RowReading, typed: tuple[str, ...]) -> RowReading:
        if self.expected.shape is Shape.VALUE:
            return self._value(reading, typed[0])
        return self._counts(reading, *typed)

    def _value(self, reading: RowReading, typed: str) -> RowReading:
        (column,) = self.columns.numbers
        number = _named(column, lambda: read_number(typed, low=self.expected.low, high=self.expected.high))
        if number.percent and not self.expected.percent:
            raise Unreadable(
                f"{column.label}: {quoted(typed)} has a % sign, but this is no percentage. Enter the number without it"
            )
        caution = reading.caution
        if self.expected.percent and not number.percent and 0 < abs(number.value) < 1:
            meant = plain_number(number.value * 100)
            caution = f"{quoted(typed)} is read as {plain_number(number.value)} %. If you mean {meant} %, enter {meant}"
        return replace(reading, value=number.value, caution=caution)

    def _counts(self, reading: RowReading, numerator: str, denominator: str) -> RowReading:
        above, below = self.columns.numbers
        some = self._count(above, numerator, whole=True)
        out_of = self._count(below, denominator, whole=self.expected.proportion)
        if out_of == 0:
            raise Unreadable(f"{below.label} is 0, so there is nothing to count. Leave this row out", "zero")
        if self.expected.proportion and some > out_of:
            larger = f"{above.label} ({plain_number(some)}) is larger than {below.label} ({plain_number(out_of)})"
            raise Unreadable(f"{larger}. Check both", LARGER)
        return replace(reading, numerator=some, denominator=out_of)

    def _count(self, column: Column, typed: str, *, whole: bool) -> Decimal:
        if typed.casefold() in _NO_NUMBER:
            raise Unreadable(f"{column.label} is empty. Enter a number, or leave the whole row out", "empty")
        reading = _named(column, lambda: read_number(typed, low=0, whole=whole))
        if reading.percent:
            raise Unreadable(f"{column.label}: {quoted(typed)} is a percentage. Enter the count itself")
        return reading.value

    def _compared(self, reading: RowReading) -> RowReading:
        old = None if reading.date is None else self.existing.get(reading.date)
        if old is None:
            return replace(reading, state=State.NEW)
        same = all(_equal(was, now) for was, now in zip(old, reading.numbers, strict=True))
        return replace(reading, state=State.SAME if same else State.CHANGES, old=old)


def _named(column: Column, reader: Callable[[], NumberReading]) -> NumberReading:
    try:
        return reader()
    except Unreadable as refusal:
        raise Unreadable(f"{column.label}: {refusal.sentence}", refusal.code) from refusal


def _equal(was: Decimal | float | None, now: Decimal | None) -> bool:
    """Equal as the database keeps them: as binary floats."""
    return (was is None) == (now is None) if was is None or now is None else float(was) == float(now)
