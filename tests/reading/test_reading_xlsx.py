"""XLSX: the same rows as a paste, and no file that can hold up or bring down the server."""

import io
import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from datetime import time as clock_time

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qitracker.plumbing.reading.unreadable import Unreadable
from qitracker.plumbing.reading.xlsx import read_xlsx

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def saved(book: openpyxl.Workbook) -> bytes:
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def workbook_of(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATION}"><sheets>'
    '<sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{RELATION}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{RELATION}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>'
    '<row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>',
}


def packed(changes: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as target:
        for name, content in (PARTS | changes).items():
            target.writestr(name, content)
    return made.getvalue()


def with_sheet(data: str, shared: str = "") -> bytes:
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData></worksheet>'
    changes: dict[str, str | bytes] = {"xl/worksheets/sheet1.xml": sheet}
    if shared:
        changes["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{shared}</sst>'
    return packed(changes)


def test_cells_are_the_text_a_person_would_type() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for place, value, shown_as in [
        ("B3", "Month", None),
        ("B4", date(2025, 1, 31), None),
        ("B5", datetime.fromisoformat("2025-01-31T13:05"), None),
        ("B6", clock_time(1, 2), None),
        ("B7", timedelta(hours=30), None),
        ("B8", 0.125, "0.0%"),
        ("B9", True, None),
        ("B11", 12, None),
        ("C11", 0.1 + 0.2, None),
        ("D11", 0.07, "0%"),
        ("E11", 1e-7, None),
        ("F11", -1234.5, "#,##0.0"),
        ("G11", 3, '0" % of all"'),
        ("H11", date(2025, 2, 1), "mmm-yy"),
    ]:
        sheet[place] = value
        if shown_as:
            sheet[place].number_format = shown_as
    grid = read_xlsx(saved(book))
    assert (grid.source, grid.sheet) == ("XLSX", "Sheet")
    assert [(row.number, row.cells) for row in grid.rows] == [
        (3, ("", "Month")),
        (4, ("", "2025-01-31")),
        (5, ("", "2025-01-31 13:05:00")),
        (6, ("", "01:02:00")),
        (7, ("", "30:00:00")),
        (8, ("", "12.5%")),
        (9, ("", "TRUE")),
        (11, ("", "12", "0.3", "7%", "0.0000001", "-1234.5", "3", "2025-02-01")),
    ]


def test_the_first_visible_sheet_or_the_named_one() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Lists"
    book.active["A1"] = "hidden"
    book.active.sheet_state = "hidden"
    book.create_sheet("Falls & harm")["A1"] = "shown"
    book.create_sheet("Other")["A1"] = "other"
    content = saved(book)
    assert [read_xlsx(content, name).rows[0].cells for name in (None, "Lists", "Falls & harm", "Other")] == [
        ("shown",),
        ("hidden",),
        ("shown",),
        ("other",),
    ]
    with pytest.raises(
        Unreadable, match=r"no sheet “Ward 9” in this workbook\. It has “Lists”, “Falls & harm”, “Other”"
    ):
        read_xlsx(content, "Ward 9")


def test_a_large_second_sheet_does_not_stop_the_first() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "first"
    raw = book.create_sheet("Raw")
    raw["A30000"] = "far down"
    content = saved(book)
    assert read_xlsx(content).rows[0].cells == ("first",)
    with pytest.raises(Unreadable, match=r"Row 30,000 is filled in"):
        read_xlsx(content, "Raw")


def test_coloured_cells_far_away_do_not_matter() -> None:
    grid = read_xlsx(
        with_sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>')
    )
    assert [row.cells for row in grid.rows] == [("1",)]


def test_a_full_sheet_takes_a_few_seconds_at_most() -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for i in range(20_000):
        sheet.append([date(2025, 1, 31), *(i + j / 7 for j in range(9))])
    content = saved(book)
    started = time.process_time()
    assert len(read_xlsx(content).rows) == 20_000
    assert time.process_time() - started < 6


def lying_about_its_size() -> bytes:
    content = bytearray(packed({"xl/worksheets/sheet1.xml": b"<a>" + b" " * 60_000_000}))
    place = 0
    lies = 0
    while (place := content.find(b"PK\x01\x02", place)) >= 0:  # each entry of the central directory
        if content[place + 24 : place + 28] == (60_000_003).to_bytes(4, "little"):
            content[place + 24 : place + 28] = (1000).to_bytes(4, "little")
            lies += 1
        place += 4
    assert lies == 1
    return bytes(content)


def tight_enough() -> str:
    """Cells that repeat, but pack less than 100 times."""
    return "".join(f"<row><c><v>{i * 7919 % 99991}</v></c></row>" for i in range(400_000))


def one_row_again_and_again() -> bytes:
    return with_sheet("<row><c><v>1</v></c></row>" * 1_500_000)


def overlapping_twins() -> bytes:
    made = io.BytesIO(packed({}))
    with zipfile.ZipFile(made, "a") as target:
        target.writestr("xl/worksheets/SHEET1.xml", "<a/>")
    return made.getvalue()


def encrypted_entry() -> bytes:
    content = bytearray(packed({}))
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = content.find(mark)
        content[at + place] |= 1
    return bytes(content)


ENTITY = (
    '<!DOCTYPE worksheet [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    f'<worksheet xmlns="{MAIN}"><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>'
)
EXTERNAL = '<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/hostname">]><sst><si><t>&x;</t></si></sst>'

BOMBS: list[tuple[str, Callable[[], bytes]]] = [
    ("too_big", lambda: b"PK\x03\x04" + b"\0" * (5 * 2**20)),
    ("too_big", lambda: packed({"xl/media/zeros.bin": b"\0" * 60_000_000})),
    ("too_big", lambda: packed({"xl/media/zeros.bin": b"\0" * 2_000_000})),
    ("too_big", lambda: packed({f"xl/media/{i}.bin": b"x" for i in range(2_000)})),
    ("too_big", one_row_again_and_again),
    ("too_big", lambda: with_sheet(tight_enough())),
    (
        "too_big",
        lambda: with_sheet(
            '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        ),
    ),
    ("too_big", lambda: with_sheet('<row r="1"><c r="XFD1"><v>1</v></c></row>')),
    ("too_big", lambda: with_sheet('<row r="1"><c r="AX1"/><c><v>1</v></c></row>')),
    ("too_big", lambda: with_sheet('<row r="20000"/><row><c><v>1</v></c></row>')),
    ("too_big", lambda: with_sheet('<row r="1048576"><c r="A1048576"><f>1+1</f></c></row>')),
    (
        "long_cell",
        lambda: with_sheet('<row><c t="s"><v>0</v></c></row>', "<si><t>" + "abcdefghij" * 1000 + "</t></si>"),
    ),
    (
        "too_big",
        lambda: with_sheet('<row><c t="s"><v>0</v></c></row>' * 6000, "<si><t>" + "abcdefghij" * 190 + "</t></si>"),
    ),
    ("broken", lying_about_its_size),
    ("broken", overlapping_twins),
    ("broken", lambda: packed({"xl/sharedStrings.xml": b"<sst>" + b" " * 900_000}, zipfile.ZIP_BZIP2)),
    ("broken", lambda: packed({"xl/sharedStrings.xml": b"<sst>" + b" " * 900_000}, zipfile.ZIP_LZMA)),
    ("protected", encrypted_entry),
    ("broken", lambda: packed({"xl/worksheets/sheet1.xml": ENTITY})),
    ("broken", lambda: packed({"xl/sharedStrings.xml": EXTERNAL})),
    ("broken", lambda: with_sheet('<row r="1"><c r="A900000"><v>1</v></c></row>')),
    ("broken", lambda: with_sheet('<row r="one"><c><v>1</v></c></row>')),
    ("broken", lambda: with_sheet('<row><c r="$A$1"><v>1</v></c></row>')),
    ("broken", lambda: with_sheet('<row><c t="s"><v>7</v></c></row>')),
    ("broken", lambda: with_sheet('<row><c t="s"><v>x</v></c></row>')),
    ("broken", lambda: with_sheet("<row><c>")),
    ("broken", lambda: with_sheet("<row " + " ".join(f'a{i * 7919 % 99991}{i}="1"' for i in range(200_000)) + "/>")),
    ("broken", lambda: packed({"xl/worksheets/sheet1.xml": "<worksheet/>".encode("utf-16")})),
    ("broken", lambda: packed({"xl/workbook.xml": "<workbook/>"})),
    ("broken", lambda: packed({"xl/_rels/workbook.xml.rels": "<Relationships/>"})),
    (
        "broken",
        lambda: packed(
            {"xl/_rels/workbook.xml.rels": PARTS["xl/_rels/workbook.xml.rels"].replace("worksheets/", "../../../")}
        ),
    ),
    ("broken", lambda: b"PK\x03\x04"),
    ("broken", lambda: packed({})[:-40]),
    ("broken", lambda: packed({})[:300]),
    ("broken", lambda: b""),
    ("broken", lambda: b"Month,PPH\nJan 2025,1"),
    ("old", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
    ("protected", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")),
    ("empty", lambda: with_sheet("")),
    ("empty", lambda: with_sheet('<row><c t="inlineStr"><is><t>  </t></is></c></row>')),
]


@pytest.mark.parametrize(("code", "made"), BOMBS, ids=[f"{code}-{i}" for i, (code, _) in enumerate(BOMBS)])
def test_refused_soon(code: str, made: Callable[[], bytes]) -> None:
    content = made()
    started = time.process_time()
    with pytest.raises(Unreadable) as refusal:
        read_xlsx(content)
    assert refusal.value.code == code
    assert time.process_time() - started < 2


def test_names_that_point_outside_are_never_written_anywhere() -> None:
    assert read_xlsx(packed({"../../outside.txt": "x", "/absolute.txt": "y"})).rows[0].cells == ("1",)


WHOLE = workbook_of([["Month", "PPH", "Births"], [date(2025, 1, 1), 6, 76], [date(2025, 2, 1), 0.5, "note"]])


@settings(max_examples=200)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_a_damaged_file_is_read_or_refused(damage: list[tuple[int, int]]) -> None:
    content = bytearray(WHOLE)
    for place, byte in damage:
        content[place] = byte
    try:
        grid = read_xlsx(bytes(content))
    except Unreadable:
        return
    assert grid.rows


_XML = st.text(alphabet='<>/"=crvtsf 019AZ&;', max_size=60)
_PIECES = (
    *(
        '<row r="1">',
        "<row>",
        "</row>",
        "<c>",
        "</c>",
        "<v>",
        "</v>",
        "<f>",
        "</f>",
        '<c t="inlineStr"><is><t>',
        "</t></is>",
    ),
    *('<c r="A1">', '<c t="s">', '<c t="d">', '<c t="b">', '<c t="e">', '<c s="99999">'),
    *("0", "1e400", "NaN", "-1", "2025-01-31", "#DIV/0!"),
)
_CELLISH = st.lists(st.sampled_from(_PIECES), max_size=14).map("".join)


@settings(max_examples=200)
@given(st.one_of(_XML, _CELLISH))
def test_any_sheet_is_read_or_refused(data: str) -> None:
    try:
        grid = read_xlsx(with_sheet(data, "<si><t>shared</t></si>"))
    except Unreadable:
        return
    assert grid.rows


@given(st.binary(max_size=300))
def test_any_bytes_are_refused(content: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        with pytest.raises(Unreadable):
            read_xlsx(start + content)
