"""Several values taken at a time: typed into one box, or pasted as columns or as one cell. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal

from qitracker.feeds.numbers import MOST_SEVERAL, Numbers, of_values
from qitracker.plumbing.reading.grid import GridRow
from qitracker.plumbing.reading.headings import is_date
from qitracker.plumbing.reading.numbers import read_number
from qitracker.plumbing.reading.points import Understood
from qitracker.plumbing.reading.rows import RowReading, State
from qitracker.plumbing.reading.unreadable import Unreadable

# A comma is not among them: it stands between thousands (1,234), unless a blank follows it.
_BETWEEN = re.compile(r"\s*[;|\t\n\r]\s*|,\s+|\s+")
_LOOKED_AT = 50  # rows in which dates are looked for
HEADING = "Values"


@dataclass(frozen=True, slots=True)
class SeveralRow(RowReading):
    """A row with the single values behind its mean, and those it would change."""

    several: tuple[float, ...] = ()
    several_old: tuple[float, ...] = ()


def split_values(typed: str) -> list[str]:
    """The single values of a text: "12; 15; 9". Raises Unreadable where there are none or far too many."""
    found = [one for one in _BETWEEN.split(typed.strip()) if one]
    if not found:
        raise Unreadable("Enter the values with a semicolon between them, such as 12; 15; 9")
    if len(found) > MOST_SEVERAL:
        raise Unreadable(f"These are {len(found)} values. Enter at most {MOST_SEVERAL} at a time")
    return found


def as_means(rows: tuple[GridRow, ...], today: date) -> tuple[tuple[GridRow, ...], dict[int, tuple[float, ...]]]:
    """The rows with a date and one number, the mean of the others in the row; and the single values by row number.

    A row of which something is no number keeps it as it was typed, so that the reader of rows says what is wrong. Rows
    without a date, and headings, stay as they are.
    """
    place = _date_place(rows, today)
    if place is None:
        return rows, {}
    made, several = [], {}
    for row in rows:
        cells = [cell.strip() for cell in row.cells]
        typed = "; ".join(cell for i, cell in enumerate(cells) if i != place and cell)
        when = cells[place] if place < len(cells) else ""
        if not is_date(when, today):
            is_heading = when and typed and not any(_number(one) for one in cells if one)
            made.append(GridRow(row.number, (when, HEADING)) if is_heading else row)
            continue
        values = _values(typed)
        if values:
            several[row.number] = values
            typed = f"{Decimal(repr(of_values(values).first)):f}"
        made.append(GridRow(row.number, (when, typed)))
    return tuple(made), several


def with_several(
    understood: Understood, several: Mapping[int, tuple[float, ...]], existing: Mapping[date, Numbers]
) -> Understood:
    """The rows as read, with their single values; a row of the same mean and other values is a change."""
    return replace(understood, rows=tuple(_with(row, several, existing) for row in understood.rows))


def _with(row: RowReading, several: Mapping[int, tuple[float, ...]], existing: Mapping[date, Numbers]) -> RowReading:
    given = {one.name: getattr(row, one.name) for one in fields(row)}
    there = existing.get(row.date) if row.date else None
    found = SeveralRow(**given, several=several.get(row.row_number, ()), several_old=there.several if there else ())
    if found.state is State.SAME and found.several != found.several_old:
        return replace(found, state=State.CHANGES)
    return found


def _date_place(rows: tuple[GridRow, ...], today: date) -> int | None:
    """The column with the most dates; None where there is none."""
    found: dict[int, int] = {}
    for row in rows[:_LOOKED_AT]:
        for i, cell in enumerate(row.cells):
            if is_date(cell.strip(), today):
                found[i] = found.get(i, 0) + 1
    return max(found, key=lambda i: (found[i], -i), default=None)


def _values(typed: str) -> tuple[float, ...]:
    """The values of a row; none where one cannot be read."""
    try:
        return tuple(float(read_number(one).value) for one in split_values(typed))
    except Unreadable:
        return ()


def _number(cell: str) -> bool:
    return bool(_values(cell))
