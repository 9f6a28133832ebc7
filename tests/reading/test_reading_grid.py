"""Pasted cells and CSV files as numbered rows; and CSV written so that it comes back the same and runs nowhere."""

import csv
import io
import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qitracker.plumbing.reading.csv_out import csv_text
from qitracker.plumbing.reading.grid import MOST_BYTES, Grid, column_letter, read_text_grid
from qitracker.plumbing.reading.unreadable import Unreadable


def cells(grid: Grid) -> list[tuple[int, list[str]]]:
    return [(row.number, list(row.cells)) for row in grid.rows]


READ = [
    ("Month\tPPH\nJan 2025\t1\n", "tabs", [(1, ["Month", "PPH"]), (2, ["Jan 2025", "1"])]),
    ("a\t1\r\n\r\nb\t1,080\r\n", "tabs", [(1, ["a", "1"]), (3, ["b", "1,080"])]),
    ("a\t1\rb\t2", "tabs", [(1, ["a", "1"]), (2, ["b", "2"])]),
    ("a,b\n1,2\n", "commas", [(1, ["a", "b"]), (2, ["1", "2"])]),
    ('a,b\n1,"x;y"\n', "commas", [(1, ["a", "b"]), (2, ["1", "x;y"])]),
    ('a,"two\nlines"\nb,c', "commas", [(1, ["a", "two\nlines"]), (2, ["b", "c"])]),
    ('a,"1,234"\nb,"say ""hi"""', "commas", [(1, ["a", "1,234"]), (2, ["b", 'say "hi"'])]),
    ("a;b\n1;2,5\n2;3,5\n", "semicolons", [(1, ["a", "b"]), (2, ["1", "2,5"]), (3, ["2", "3,5"])]),
    ("sep=;\r\na;b\n", "semicolons", [(2, ["a", "b"])]),
    ("SEP=,\na,b;c\n", "commas", [(2, ["a", "b;c"])]),
    ("12\n\n13", "one column", [(1, ["12"]), (3, ["13"])]),
    ("Audit\n\na,b,c\n1,2,3\n", "commas", [(1, ["Audit"]), (3, ["a", "b", "c"]), (4, ["1", "2", "3"])]),
    ("a\tb\t\t\n\t\t\n\tc", "tabs", [(1, ["a", "b"]), (3, ["", "c"])]),
    ('x\t"open\ty\nz\tq\tw\n', "tabs", [(1, ["x", '"open', "y"]), (2, ["z", "q", "w"])]),
    ("\ufeffa\tb", "tabs", [(1, ["a", "b"])]),
    ("'=1+1,'-5,'x,'", "commas", [(1, ["=1+1", "-5", "'x", "'"])]),
    ("a\tb" + "\n\t" * 100_000, "tabs", [(1, ["a", "b"])]),
]


@pytest.mark.parametrize(("text", "source", "rows"), READ)
def test_read(text: str, source: str, rows: list[tuple[int, list[str]]]) -> None:
    grid = read_text_grid(text)
    assert (grid.source, cells(grid)) == (source, rows)


ENCODED = [
    ("utf-8", "utf-8"),
    ("utf-8-sig", "utf-8-sig"),
    ("utf-16", "utf-16"),
    ("cp1252", "cp1252"),
    ("utf-32", "utf-32"),
]


@pytest.mark.parametrize(("written", "said"), ENCODED)
def test_encodings_are_told_apart(written: str, said: str) -> None:
    grid = read_text_grid("Naïve,≥ 1 £".replace("≥", ">").encode(written))
    assert (grid.encoding, cells(grid)) == (said, [(1, ["Naïve", "> 1 £"])])


REFUSED: list[tuple[str | bytes, str]] = [
    ("", "empty"),
    (" \n\t\n", "empty"),
    (b"", "empty"),
    ("a\x00b", "nul"),
    ("a,b".encode("utf-16-le"), "nul"),
    ("a\ud800", "surrogate"),
    (b"\xef\xbb\xbf\xff", "encoding"),
    (b"a\x81b\xff", "encoding"),
    (b"PK\x03\x04rest", "workbook"),
    (b"\xd0\xcf\x11\xe0rest", "workbook"),
    ('a,"open\n1,2', "quotes"),
    ('"a"b,c\n"d"e,f', "quotes"),
    ("x" * 2001 + ",1", "long_cell"),
    ("\t".join("1" * 51), "too_big"),
    ("1,2\n" * 20_001, "too_big"),
    ("1,2,3,4,5,6,7,8,9,0,1\n" * 19_000, "too_big"),
    ("1\n" + "\n" * 1_100_000 + "1", "too_big"),
    ("x" * (MOST_BYTES + 1), "too_big"),
    (b"x" * (MOST_BYTES + 1), "too_big"),
    ("," * 5_000_000 + "x", "too_big"),
    ('"' * 5_000_000, "too_big"),
    ('"a\n' + "b\n" * 2_000_000, "long_cell"),
]


@pytest.mark.parametrize(("content", "code"), REFUSED, ids=[f"{code}-{i}" for i, (_, code) in enumerate(REFUSED)])
def test_refused_soon(content: str | bytes, code: str) -> None:
    started = time.process_time()
    with pytest.raises(Unreadable) as refusal:
        read_text_grid(content)
    assert refusal.value.code == code
    assert time.process_time() - started < 2


def test_a_row_and_column_are_named() -> None:
    with pytest.raises(Unreadable, match=r"Cell C2 has 2,001 characters\. Shorten it to 2,000"):
        read_text_grid("a,b,c\n1,2," + "x" * 2001)


def test_column_letters() -> None:
    assert [column_letter(i) for i in (0, 25, 26, 51, 52, 701, 702, 16383)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
        "XFD",
    ]


@given(st.one_of(st.text(max_size=200), st.text(alphabet="ab1,;\t\"\r\n'= ", max_size=60), st.binary(max_size=200)))
def test_anything_is_read_or_refused(content: str | bytes) -> None:
    try:
        grid = read_text_grid(content)
    except Unreadable:
        return
    numbers = [row.number for row in grid.rows]
    assert numbers == sorted(set(numbers))
    assert all(row.cells[-1].strip() for row in grid.rows)


WRITTEN = [
    ("=1+1", "'=1+1"),
    ("+1", "'+1"),
    ("-1", "'-1"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("\tx", "'\tx"),
    ("\rx", "'\rx"),
    ("\nx", "'\nx"),
    ("＝1", "'＝1"),
    ("＋1", "'＋1"),
    ("－1", "'－1"),
    ("＠x", "'＠x"),
    ("'=1", "''=1"),
    ("'quoted'", "'quoted'"),
    ("a=1", "a=1"),
    ('say "hi", twice', 'say "hi", twice'),
    ("", ""),
    (-5, "-5"),
    (-0.5, "-0.5"),
    (1e-7, "0.0000001"),
    (Decimal("-12.50"), "-12.50"),
    (Decimal("1E+3"), "1000"),
    (1_000_000, "1000000"),
    (date(2025, 1, 31), "2025-01-31"),
    (None, ""),
    (True, "TRUE"),
]


@pytest.mark.parametrize(("cell", "stored"), WRITTEN)
def test_what_a_spreadsheet_gets(cell: str | float | Decimal | date | None, stored: str) -> None:
    assert list(csv.reader(io.StringIO(csv_text(["a", "b"], [[cell, "x"]]), newline="")))[1] == [stored, "x"]


@pytest.mark.parametrize("number", [float("nan"), float("inf"), Decimal("NaN"), Decimal("-Infinity")])
def test_no_number_that_is_none(number: float | Decimal) -> None:
    with pytest.raises(ValueError, match="finite"):
        csv_text(["a"], [[number]])


_TEXT = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20),
    st.text(alphabet="=+-@'\t\r\n\";,a", max_size=8),
)
_ROW = st.lists(_TEXT, min_size=1, max_size=5).filter(lambda row: bool(row[-1].strip()))


@given(st.lists(_ROW, min_size=1, max_size=6))
def test_all_text_comes_back_as_it_was(rows: list[list[str]]) -> None:
    grid = read_text_grid(csv_text(rows[0], rows[1:]).encode("utf-8-sig"))
    assert [list(row.cells) for row in grid.rows] == rows


_UNGUARDED = st.lists(_TEXT.filter(lambda cell: not cell.startswith("'")), min_size=1, max_size=5)


@given(st.lists(_UNGUARDED.filter(lambda row: bool(row[-1].strip())), min_size=1, max_size=6), st.sampled_from("\t;,"))
def test_what_any_program_quotes_comes_back(rows: list[list[str]], delimiter: str) -> None:
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    grid = read_text_grid(f"sep={delimiter}\r\n{made.getvalue()}")
    assert [list(row.cells) for row in grid.rows] == rows
