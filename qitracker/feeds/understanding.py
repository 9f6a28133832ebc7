"""A paste or a file as points of one series, against the points there are: what the check page shows. Pure."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from io import StringIO
from typing import Any

from qitracker.feeds.changes import Change
from qitracker.feeds.definition import Definition
from qitracker.feeds.numbers import Numbers, of_values
from qitracker.feeds.several import HEADING, SeveralRow, as_means, with_several
from qitracker.plumbing.reading.grid import Grid, GridRow, read_text_grid
from qitracker.plumbing.reading.headings import Role
from qitracker.plumbing.reading.points import Understood, understand
from qitracker.plumbing.reading.rows import RowReading, State
from qitracker.plumbing.reading.unreadable import quoted
from qitracker.plumbing.reading.xlsx import read_xlsx

WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how XLSX files and old Office files begin
LONGEST_TO_EDIT = 200_000  # characters: what a phone's browser still lets one edit in a box
MOST_BLANK_LINES = 100  # rows of a sheet's empty top that are shown as empty lines


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows as they are kept: each with its number in the sheet it came from."""

    rows: tuple[GridRow, ...]

    @property
    def stored(self) -> list[Any]:
        """As JSON keeps it: a list of cells for each row, a number for that many blank rows between."""
        kept: list[Any] = []
        line = 1
        for row in self.rows:
            if row.number > line:
                kept.append(row.number - line)
            kept.append(list(row.cells))
            line = row.number + 1
        return kept

    @property
    def text(self) -> str:
        """As text to be edited: a line a row, tabs between the cells, and an empty line for each empty row."""
        out = StringIO()
        writer = csv.writer(out, delimiter="\t", lineterminator="\n")
        line = 1
        for row in self.rows:
            blank = row.number - line
            out.write("\n" * (blank if blank <= MOST_BLANK_LINES else 0))
            writer.writerow(row.cells)
            line = row.number + 1
        return out.getvalue()


def sheet_of(stored: list[Any]) -> Sheet:
    """The rows of an upload."""
    rows = []
    line = 1
    for entry in stored:
        if isinstance(entry, list):
            rows.append(GridRow(line, tuple(entry)))
        line += 1 if isinstance(entry, list) else int(entry)
    return Sheet(tuple(rows))


def sheet_of_text(text: str) -> Sheet:
    """The rows of a paste. Raises Unreadable."""
    return Sheet(read_text_grid(text).rows)


def sheet_of_file(content: bytes, sheet: str = "") -> Sheet:
    """The rows of a CSV or XLSX file, told apart by how it begins. Raises Unreadable."""
    is_workbook = content.startswith(WORKBOOKS)
    return Sheet((read_xlsx(content, sheet or None) if is_workbook else read_text_grid(content)).rows)


def understand_sheet(sheet: Sheet, definition: Definition, existing: Mapping[date, Numbers], today: date) -> Understood:
    """The rows as points of the series. Raises Unreadable when the columns cannot be made out."""
    rows, several = as_means(sheet.rows, today) if definition.is_several else (sheet.rows, {})
    understood = understand(
        Grid(rows, ""),
        shape=definition.shape,
        rhythm=definition.rhythm.value,
        today=today,
        existing={on: numbers.pair for on, numbers in existing.items()},
        proportion=definition.is_proportion,
        percent=definition.is_percent,
        low=0 if definition.is_from_zero else None,
        names=definition.names | {Role.VALUE: HEADING} if definition.is_several else definition.names,
    )
    if definition.is_several:
        return with_several(understood, several, existing)
    if definition.is_above_zero:
        label = understood.columns.numbers[0].label
        return replace(understood, rows=tuple(_above_zero(row, label) for row in understood.rows))
    if definition.is_counted and not definition.takes_counts:
        label = understood.columns.numbers[0].label
        return replace(understood, rows=tuple(_whole(row, label) for row in understood.rows))
    return understood


def _whole(row: RowReading, label: str) -> RowReading:
    if row.value is None or row.value == row.value.to_integral_value():
        return row
    problem = f"{label}: {quoted(row.typed[1])} is not a whole number, but this measure is a count. Check it"
    return replace(row, state=State.WRONG, problem=row.problem or problem)


def _above_zero(row: RowReading, label: str) -> RowReading:
    if row.value is None or row.value != 0:
        return row
    problem = f"{label} is 0. For two events on one day, enter a part of the day, such as 0.5"
    return replace(row, state=State.WRONG, problem=row.problem or problem)


def numbers_of(row: RowReading) -> Numbers | None:
    """The numbers of a row as the database will keep them."""
    if isinstance(row, SeveralRow) and row.several and row.value is not None:
        return of_values(row.several)
    first, second = row.numbers
    return None if first is None else Numbers(float(first), None if second is None else float(second))


def old_numbers_of(row: RowReading) -> Numbers | None:
    """The numbers that a row would change."""
    if row.old is None:
        return None
    first, second = row.old
    several = row.several_old if isinstance(row, SeveralRow) else ()
    return Numbers(float(first), None if second is None else float(second), several)


def to_write(understood: Understood, *, replacing: bool) -> list[Change]:
    """What saving writes: what is new, and what changes a point if that is wanted."""
    rows = [row for row in understood.to_save if replacing or row.state is State.NEW]
    return [Change(row.date, old_numbers_of(row), numbers_of(row)) for row in rows if row.date is not None]


def fingerprint(understood: Understood) -> str:
    """Equal for two readings that would save the same over the same: what was checked is what is saved."""
    lines = (
        f"{row.row_number} {row.date} {_plain(row.numbers)} {row.state} {row.old}{_beside(row)}"
        for row in understood.rows
    )
    return sha256("\n".join(lines).encode()).hexdigest()[:32]


def _beside(row: RowReading) -> str:
    return f" {row.several} {row.several_old}" if isinstance(row, SeveralRow) else ""


def _plain(numbers: tuple[Decimal | None, Decimal | None]) -> str:
    return " ".join("" if part is None else repr(float(part)) for part in numbers)
