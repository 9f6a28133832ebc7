"""Pasted cells and CSV files as numbered rows of text: nothing in a cell is interpreted yet.

Blank rows are left out, but each row keeps the number it has in the sheet it came from, so that a sentence
about row 17 sends the person to row 17.
"""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from qitracker.plumbing.reading.unreadable import Unreadable

# Far above any series (20 years of days are 7,300 rows), far below what could hold up a small server.
MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 50
MOST_CELLS = 200_000
LONGEST_CELL = 2_000
SHEET_ROWS = 1_048_576  # what a spreadsheet itself can hold: no row has a higher number

# First characters that make a spreadsheet run a text cell as a formula (OWASP, CSV injection). An apostrophe before
# them disarms them; `csv_out` writes it and `read_text_grid` takes it off again.
FORMULA_STARTS = (
    "=+-@\t\r\n\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}"
)
_GUARDED = re.compile(f"'+[{re.escape(FORMULA_STARTS)}]")


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row that is not blank. `number` counts from 1 in the sheet it came from; the cells are as they were."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows in order. `source` names what they were read from ('tabs', 'commas', 'semicolons', 'one column', 'XLSX').

    `encoding` is how bytes were read ('' for text), `sheet` the sheet's name ('' unless XLSX).
    """

    rows: tuple[GridRow, ...]
    source: str
    encoding: str = ""
    sheet: str = ""


def read_text_grid(content: str | bytes) -> Grid:
    """Read cells pasted from a spreadsheet (tabs) or a CSV file (commas or semicolons, quotes).

    Raises Unreadable: nothing in it, too large (with the limit), a quotation mark never closed, not text.
    """
    text, encoding = (content, "") if isinstance(content, str) else decode(content)
    if len(text) > MOST_BYTES:
        raise _too_big(f"This text has {len(text):,} characters", f"{MOST_BYTES:,} characters")
    _refuse_broken(text)
    body, said = _said_delimiter(
        text.removeprefix("\ufeff").rstrip()
    )  # a whole column selected ends in a million blanks
    delimiter, quoting = _likeliest_delimiter(body, (said,) if said else _DELIMITERS)
    rows = numbered(_records(body, delimiter or ",", quoting), first=2 if said else 1)
    return Grid(rows, _SOURCES.get(delimiter, "one column"), encoding)


def decode(content: bytes) -> tuple[str, str]:
    """The text of a file's bytes, and the name of the encoding it was read in.

    A byte order mark decides; without one UTF-8 is tried, then Windows-1252, which is what Excel's plain CSV is.
    """
    if len(content) > MOST_BYTES:
        raise _too_big(f"This file has {len(content) / 2**20:.1f} MB", f"{MOST_BYTES // 2**20} MB")
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Unreadable("This is an Excel workbook, not a CSV file. Upload it as XLSX", "workbook")
    marked = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "cp1252"):
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise Unreadable(
        "This file is not text that we can read. In Excel save it as “CSV UTF-8” and try again", "encoding"
    )


def numbered(records: Iterable[Iterable[str]], *, first: int = 1) -> tuple[GridRow, ...]:
    """Rows that are not blank, within the limits, each with its number in the sheet. Blank cells at the end go."""
    rows: list[GridRow] = []
    cells_so_far = 0
    for number, record in enumerate(records, start=first):
        if number > SHEET_ROWS:
            raise _too_big("This has too many rows", f"{MOST_ROWS:,} rows")
        cells = _without_blank_end(record, number)
        if not cells:
            continue
        cells_so_far += len(cells)
        rows.append(GridRow(number, cells))
        if len(rows) > MOST_ROWS:
            raise _too_big("This has too many rows", f"{MOST_ROWS:,} rows")
        if cells_so_far > MOST_CELLS:
            raise _too_big("This has too many cells", f"{MOST_CELLS:,} cells")
    if not rows:
        raise Unreadable("There is nothing to read. Copy the cells with dates and numbers and paste them here", "empty")
    return tuple(rows)


def column_letter(index: int) -> str:
    """The spreadsheet's letter for a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    while index >= 0:
        letters = chr(ord("A") + index % 26) + letters
        index = index // 26 - 1
    return letters


# The longer marks first: UTF-32's begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SOURCES = {"\t": "tabs", ";": "semicolons", ",": "commas"}
_DELIMITERS = tuple(_SOURCES)  # in the order in which a draw is decided
_Quoting = Literal[0, 3]  # csv.QUOTE_MINIMAL or csv.QUOTE_NONE
_LONGEST_LINE = MOST_COLUMNS * (
    2 * LONGEST_CELL + 3
)  # every character a doubled quotation mark, two around, one between
_SAMPLE = 50  # records looked at to tell which delimiter it is
_SAID = re.compile(r"sep=([,;\t])\r?\n", re.IGNORECASE)  # the line Excel writes and obeys on top of some CSV files


def _too_big(what: str, limit: str) -> Unreadable:
    return Unreadable(
        f"{what}, and the most we can read at once is {limit}. Split it and add the parts one by one", "too_big"
    )


def _refuse_broken(text: str) -> None:
    if "\x00" in text:
        raise Unreadable("This is not text that we can read. In Excel save it as “CSV UTF-8” and try again", "nul")
    if re.search("[\ud800-\udfff]", text):
        raise Unreadable("Part of this text was damaged when it was copied. Copy it again", "surrogate")
    if any(len(line) > _LONGEST_LINE for line in io.StringIO(text, newline="")):
        raise _too_big("A row of this text is too long", f"{MOST_COLUMNS} columns")


def _said_delimiter(text: str) -> tuple[str, str]:
    said = _SAID.match(text)
    return (text[said.end() :], said[1]) if said else (text, "")


def _records(text: str, delimiter: str, quoting: _Quoting) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting, strict=True)
    try:
        for record in reader:
            yield [_without_guard(cell) for cell in record]
    except csv.Error as error:
        raise _bad_quotes(reader.line_num, str(error)) from error


def _bad_quotes(line: int, error: str) -> Unreadable:
    if "field limit" in error:
        return Unreadable(
            f"A cell near line {line} has more than {LONGEST_CELL:,} characters, or its quotation mark is never "
            "closed. Shorten it or delete the quotation mark",
            "long_cell",
        )
    return Unreadable(
        f"A quotation mark in line {line} or above is opened and not closed, or closed too early. "
        "Delete the quotation marks and try again",
        "quotes",
    )


def _likeliest_delimiter(text: str, among: tuple[str, ...]) -> tuple[str, _Quoting]:
    """The delimiter under which most rows have the same number of cells, more than one; '' if none has.

    Where no delimiter fits, tabs are tried once more with quotation marks as plain characters: some programs
    copy a cell that starts with a quotation mark as it is.
    """
    shares = {delimiter: _share(text, delimiter, csv.QUOTE_MINIMAL) for delimiter in among}
    best = max(shares, key=lambda delimiter: shares[delimiter])  # in a draw the first of them
    if shares[best] > 0:
        return best, csv.QUOTE_MINIMAL
    if shares.get("\t", 0) < 0 < _share(text, "\t", csv.QUOTE_NONE):
        return "\t", csv.QUOTE_NONE
    return "", csv.QUOTE_MINIMAL


def _share(text: str, delimiter: str, quoting: _Quoting) -> float:
    """The share of the first rows that have the commonest width above 1; -1 if the quotation marks do not fit."""
    try:
        first = [
            record for record in islice(_records(text, delimiter, quoting), _SAMPLE) if any(c.strip() for c in record)
        ]
    except Unreadable:
        return -1.0
    widths = Counter(len(record) for record in first if len(record) > 1)
    return max(widths.values(), default=0) / max(len(first), 1)


def _without_blank_end(record: Iterable[str], number: int) -> tuple[str, ...]:
    cells = list(record)
    while cells and not cells[-1].strip():
        cells.pop()
    if len(cells) > MOST_COLUMNS:
        raise _too_big(f"Row {number} has {len(cells)} columns", f"{MOST_COLUMNS} columns")
    for index, cell in enumerate(cells):
        if len(cell) > LONGEST_CELL:
            where = f"{column_letter(index)}{number}"
            raise Unreadable(
                f"Cell {where} has {len(cell):,} characters. Shorten it to {LONGEST_CELL:,} or fewer", "long_cell"
            )
    return tuple(cells)


def _without_guard(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _GUARDED.match(cell) else cell
