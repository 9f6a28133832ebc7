"""The outline of one sheet's XML: where its filled cells are and how much they hold, before a reader makes room."""

import re
from collections.abc import Callable
from xml.parsers import expat

from qitracker.plumbing.reading.grid import LONGEST_CELL, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, column_letter
from qitracker.plumbing.reading.unreadable import Unreadable

MOST_CHARACTERS = 10_000_000  # in the cells of one sheet, shared texts counted each time they are used


def broken() -> Unreadable:
    """The one sentence for every way in which a file can be no proper workbook."""
    return Unreadable(
        "This file is not an Excel workbook that we can read. Open it in Excel and save it as XLSX", "broken"
    )


def too_big(what: str) -> Unreadable:
    """The refusal of a workbook that is larger than we read; `what` says in which way."""
    return Unreadable(f"{what}. Copy the cells with dates and numbers into a new workbook and upload that", "too_big")


def parser(
    start: Callable[[str, dict[str, str]], None], end: Callable[[str], None] | None = None
) -> expat.XMLParserType:
    """A parser that calls with local names and refuses a document type, and with it every kind of entity."""

    def refuse(*_: object) -> None:
        raise broken()

    made = expat.ParserCreate()
    made.StartDoctypeDeclHandler = refuse
    made.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    made.EndElementHandler = (lambda name: end(name.rpartition(":")[2])) if end else None
    made.buffer_text = True
    return made


_REFERENCE = re.compile(r"([A-Za-z]{1,3})([1-9]\d{0,6})", re.ASCII)


class Outline:
    """Walks a sheet: where its filled cells are and how much text they hold, refusing what is out of bounds.

    A cell with nothing inside (a coloured or bordered one) takes no room in the reader, so it may be anywhere.
    """

    def __init__(self, text_lengths: list[int], percent_styles: frozenset[int]) -> None:
        self.text_lengths = text_lengths
        self.percent_styles = percent_styles
        self.percent_cells: set[tuple[int, int]] = set()
        self.row = -1
        self.column = -1
        self.filled = 0
        self.characters = 0
        self.in_cell = False
        self.empty = True
        self.shared = False
        self.style = -1
        self.content: list[str] = []

    def walk(self, sheet: bytes) -> None:
        walker = parser(self._start, self._end)
        walker.CharacterDataHandler = self._text
        walker.Parse(sheet, True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self.in_cell:
            self._fill()
        if name == "row":
            self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
            self.column = -1
        elif name == "c":
            self._start_cell(attributes)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self.column += 1
        if reference := attributes.get("r"):
            found = _REFERENCE.fullmatch(reference)
            if found is None or int(found[2]) - 1 != self.row:
                raise broken()
            self.column = _column_index(found[1])
        self.in_cell, self.empty, self.content = True, True, []
        self.shared = attributes.get("t") == "s"
        self.style = int(attributes.get("s", "0"))

    def _fill(self) -> None:
        if not self.empty:
            return
        self.empty = False
        self.filled += 1
        if self.row >= MOST_ROWS:
            raise too_big(f"Row {self.row + 1:,} is filled in, and the last we can read is row {MOST_ROWS:,}")
        if self.column >= MOST_COLUMNS:
            letter = column_letter(MOST_COLUMNS - 1)
            raise too_big(
                f"Column {column_letter(self.column)} is filled in, and the last we can read is column {letter}"
            )
        if self.filled > MOST_CELLS:
            raise too_big(f"This sheet has more than {MOST_CELLS:,} cells filled in")
        if self.style in self.percent_styles:
            self.percent_cells.add((self.row, self.column))

    def _text(self, characters: str) -> None:
        if self.in_cell:
            self.content.append(characters)

    def _end(self, name: str) -> None:
        if name != "c" or not self.in_cell:
            return
        self.in_cell = False
        content = "".join(self.content)
        length = self.text_lengths[int(content)] if self.shared and content.strip() else len(content)
        self.characters += length
        if length > LONGEST_CELL:
            where = f"{column_letter(self.column)}{self.row + 1}"
            raise Unreadable(
                f"Cell {where} has {length:,} characters. Shorten it to {LONGEST_CELL:,} or fewer", "long_cell"
            )
        if self.characters > MOST_CHARACTERS:
            raise too_big("This sheet holds too much text")


def _column_index(letters: str) -> int:
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
