"""Rows as CSV text that every spreadsheet opens and none runs: the other half of `read_text_grid`."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from math import isfinite

from qitracker.plumbing.reading.grid import FORMULA_STARTS

Cell = str | int | float | Decimal | date | None

# OWASP, CSV injection. Text that already begins with apostrophes before such a character gets one more, so that
# taking one off always gives back what was written.
_DANGEROUS = re.compile(f"'*[{re.escape(FORMULA_STARTS)}]")


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A heading and rows as CSV (RFC 4180): every text quoted, numbers as plain digits, dates ISO, None empty.

    Text that a spreadsheet would run gets an apostrophe in front; real numbers stay as they are, also below zero.
    Encode as 'utf-8-sig' for Excel. Raises ValueError for a number that is not finite.
    """
    return "".join(",".join(_cell(cell) for cell in row) + "\r\n" for row in (header, *rows))


def _cell(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            guarded = f"'{cell}" if _DANGEROUS.match(cell) else cell
            return '"' + guarded.replace('"', '""') + '"'
        case date():
            return cell.isoformat()
        case bool():
            return "TRUE" if cell else "FALSE"
        case Decimal() | int() | float():
            return _number(cell)


def _number(number: Decimal | float) -> str:
    if not isfinite(number):
        raise ValueError("a number in an export must be finite")
    return f"{number if isinstance(number, Decimal) else Decimal(repr(number)):f}"
