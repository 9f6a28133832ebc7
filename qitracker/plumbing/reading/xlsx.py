"""One sheet of an XLSX workbook as numbered rows of text, the same rows that pasting its cells would give."""

import io
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import python_calamine

from qitracker.plumbing.reading.grid import MOST_BYTES, Grid, numbered
from qitracker.plumbing.reading.outline import broken
from qitracker.plumbing.reading.unreadable import Unreadable
from qitracker.plumbing.reading.workbook import OneSheet, only_sheet

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # MS-CFB, section 2.2: .xls, and the shell of an encrypted .xlsx
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # MS-OFFCRYPTO, section 2.3.4.4: the stream that holds it
_DIGITS = 15  # what a spreadsheet itself keeps and shows of a number

_Cell = int | float | str | bool | time | date | datetime | timedelta


def read_xlsx(content: bytes, sheet: str | None = None) -> Grid:
    """Read one sheet of an XLSX (or XLSM) file: the named one, or the first that is not hidden. Nothing in it is run.

    Dates become ISO text, numbers text without an exponent, cells shown with a % sign keep it (0.12 shown as 12%
    is '12%'). Raises Unreadable: too large packed or unpacked, not XLSX, protected, no such sheet, nothing in it.
    """
    if len(content) > MOST_BYTES:
        size, most = len(content) / 2**20, MOST_BYTES // 2**20
        raise Unreadable(f"This file has {size:.1f} MB, and the most we can read is {most} MB", "too_big")
    if content.startswith(_OLD_OFFICE):
        raise _old(content)
    if not content.startswith(_ZIP):
        raise broken()
    return _rows(only_sheet(content, sheet))


def _old(content: bytes) -> Unreadable:
    if _ENCRYPTED in content:
        return Unreadable(
            "This workbook is protected with a password. Save it without one and upload it again", "protected"
        )
    return Unreadable("This is an older kind of Excel file (XLS). Open it in Excel and save it as XLSX", "old")


def _rows(one: OneSheet) -> Grid:
    (top, left), cells = _cells(one)
    texts = (
        [""] * left
        + [cell_text(cell, percent=(row, column) in one.percents) for column, cell in enumerate(record, start=left)]
        for row, record in enumerate(cells, start=top)
    )
    return Grid(numbered(texts, first=top + 1), "XLSX", sheet=one.name)


def _cells(one: OneSheet) -> tuple[tuple[int, int], list[list[_Cell]]]:
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(one.content)) as book:
            sheet = book.get_sheet_by_index(one.position)
            return sheet.start or (0, 0), sheet.to_python()
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # the reader's own panic is no Exception
        raise broken() from error


def cell_text(cell: _Cell, *, percent: bool = False) -> str:
    """A cell's value as the text a person would have typed for it."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return _number_text(cell, percent)
    return cell if isinstance(cell, str) else _moment_text(cell)


def _moment_text(cell: date | time | timedelta) -> str:
    match cell:
        case timedelta():
            minutes, seconds = divmod(round(cell.total_seconds()), 60)
            return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
        case time():
            return cell.isoformat("seconds")
        case datetime():
            return cell.date().isoformat() if cell.time() == time.min else cell.isoformat(" ", "seconds")
        case _:
            return cell.isoformat()


def _number_text(number: float, percent: bool) -> str:
    exact = Decimal(f"{number:.{_DIGITS}g}")
    if not exact.is_finite():
        return str(number)
    text = f"{exact * 100 if percent else exact:f}"
    plain = (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
    return f"{plain}%" if percent else plain
