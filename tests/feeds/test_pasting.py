"""Many numbers at once: what the check page shows, that saving is all or nothing, and that nothing typed is lost."""

import io
import zipfile
from datetime import date, timedelta

import openpyxl
import pytest
from sqlalchemy import event

from qitracker.method.measures import DataType, Rhythm
from qitracker.models import Upload, db
from tests.feeds.charts import add, events, hidden, is_analysed, make_series, paste, save, stored

TABLE = "Month\tFalls\nNov 2024\t5\nDec 2024\t6\n"
OCTOBER = date(2025, 10, 1)


def workbook(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(client, series, content, name="falls.csv", **data):
    """Sent by hand: the test client leaves a temporary file open for large ones."""
    fields = [f'--x\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in data.items()]
    head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = "".join(fields).encode() + head.encode() + content + b"\r\n--x--\r\n"
    return client.post(f"/series/{series.id}/upload", data=body, content_type="multipart/form-data; boundary=x")


def test_each_row_is_shown_as_understood_and_nothing_is_saved_yet(lead, falls):
    text = "Month\tFalls\tNurse\nNov 2024\t5\tx\nSep 2025\t9\nAug 2025\tabc\nJul 2025\t9\nJun 2025\t\nTotal\t26"
    _, page = paste(lead, falls, text)
    assert page.status_code == 200
    for words in (
        "Column A “Month” is the date",
        "Column C “Nurse” is left out",
        "November 2024",
        "“abc” is not a number",
        "Row 4",
        "no number in “Falls”",
        "looks like a total",
        "Already there",
    ):
        assert words in page.text
    assert stored(falls)[date(2025, 9, 1)] == (8,)
    assert events(falls) == []


def test_saving_writes_all_rows_with_one_event_and_the_analysis(lead, world, falls):
    address, page = paste(lead, falls, TABLE)
    answer = save(lead, address, page)
    assert answer.status_code == 303
    assert answer.location.endswith(f"/series/{falls.id}/")
    assert stored(falls)[date(2024, 11, 1)] == (5,)
    assert len(stored(falls)) == 11
    (event,) = events(falls)
    assert (event.verb, event.noun, event.by_id) == ("pasted", "points", world.lead.id)
    assert event.new["points"] == {"2024-11-01": [5.0], "2024-12-01": [6.0]}
    assert event.new["batch"] == address.rsplit("/", 1)[1]
    assert is_analysed(falls)


def test_a_wrong_row_stops_all_until_it_is_left_out_by_a_tick(lead, falls):
    address, page = paste(lead, falls, TABLE + "Aug 2025\tabc")
    refused = save(lead, address, page)
    assert refused.status_code == 422
    assert "Correct the rows that cannot be saved, or tick to leave them out" in refused.text
    assert len(stored(falls)) == 9
    assert save(lead, address, page, leave_out="yes").status_code == 303
    assert len(stored(falls)) == 11
    assert events(falls)[0].new["left_out"] == 1


def test_changes_need_a_reason_and_can_be_declined(lead, falls):
    address, page = paste(lead, falls, TABLE + "Sep 2025\t10")
    refused = save(lead, address, page)
    assert refused.status_code == 422
    assert "Write why the numbers change" in refused.text
    assert save(lead, address, page, existing="keep").status_code == 303
    assert stored(falls)[date(2025, 9, 1)] == (8,)
    assert len(stored(falls)) == 11
    address, page = paste(lead, falls, "Sep 2025\t10")
    assert save(lead, address, page, why="Recount").status_code == 303
    assert stored(falls)[date(2025, 9, 1)] == (10,)
    last = events(falls)[-1]
    assert (last.old["points"], last.new["points"], last.why) == ({"2025-09-01": [8]}, {"2025-09-01": [10]}, "Recount")


def test_a_made_up_choice_is_an_error_beside_it(lead, falls):
    address, page = paste(lead, falls, "Sep 2025\t10")
    answer = save(lead, address, page, existing="burn", why="x")
    assert answer.status_code == 422
    assert "Choose one from the list" in answer.text


def test_rows_are_corrected_on_the_page_and_checked_again(lead, falls):
    address, _ = paste(lead, falls, TABLE + "Oct 2024\tabc")
    again = lead.post(address, data={"do": "again", "text": TABLE.replace("\n", "\r\n") + "Oct 2024\t4", "why": "kept"})
    assert again.status_code == 200
    assert "Cannot be saved" not in again.text
    assert save(lead, address, lead.get(address)).status_code == 303
    assert stored(falls)[date(2024, 10, 1)] == (4,)


def test_saving_with_changed_rows_shows_them_first(lead, falls):
    address, page = paste(lead, falls, TABLE)
    answer = save(lead, address, page, text="Nov 2024\t55")
    assert answer.status_code == 200
    assert "You changed the rows" in answer.text
    assert "55 falls" in answer.text
    assert len(stored(falls)) == 9
    assert save(lead, address, answer).status_code == 303
    assert stored(falls)[date(2024, 11, 1)] == (55,)


def test_rows_that_become_unreadable_stay_in_the_box(lead, falls):
    address, _ = paste(lead, falls, TABLE)
    answer = lead.post(address, data={"do": "again", "text": 'Nov 2024,"5\nDec 2024,6'})
    assert answer.status_code == 422
    assert "Nov 2024,&#34;5" in answer.text
    assert "Dec 2024" in lead.get(address).text


def test_columns_that_cannot_be_made_out_keep_the_paste_to_be_edited(lead, bleeds):
    address, page = paste(lead, bleeds, "Sep 2025\t9\nOct 2025\t8")
    assert page.status_code == 200
    assert "too few columns" in page.text
    assert "Sep 2025\t9" in page.text
    assert save(lead, address, page).status_code == 422
    again = lead.post(address, data={"do": "again", "text": "Sep 2025\t9\t78"})
    assert save(lead, address, again).status_code == 303
    assert stored(bleeds)[date(2025, 9, 1)] == (9, 78)


@pytest.mark.parametrize("text", ["", "   \n ", 'x,"y\nz', "a\x00b", "9\n" * 25_000])
def test_a_paste_that_cannot_be_read_is_refused_with_its_text(lead, falls, text):
    answer = lead.post(f"/series/{falls.id}/paste", data={"text": text})
    assert answer.status_code == 422
    assert "nhsuk-error-summary" in answer.text
    assert db.session.query(Upload).count() == 0


def test_numbers_that_came_in_between_are_told_and_not_overwritten(lead, member, falls):
    address, page = paste(lead, falls, "Oct 2025\t7")
    add(member, falls, first="9")
    told = save(lead, address, page)
    assert told.status_code == 409
    assert "changed while you were checking" in told.text
    assert stored(falls)[OCTOBER] == (9,)
    assert save(lead, address, told).status_code == 422
    assert save(lead, address, told, why="Mine is right").status_code == 303
    assert stored(falls)[OCTOBER] == (7,)


def test_a_missing_fingerprint_is_no_check(lead, falls):
    address, _ = paste(lead, falls, TABLE)
    assert lead.post(address, data={}).status_code == 409
    assert len(stored(falls)) == 9


def test_an_upload_belongs_to_who_made_it(lead, member, browser, world, falls, bleeds):
    address, page = paste(lead, falls, TABLE)
    assert member.get(address).status_code == 404
    assert save(member, address, page).status_code == 404
    assert lead.get(address.replace(str(falls.id), str(bleeds.id))).status_code == 404
    assert browser(world.outsider).get(address).status_code == 404


def test_a_saved_upload_is_saved_once_and_keeps_nothing_more(lead, falls):
    address, page = paste(lead, falls, "Month\tFalls\tName\nNov 2024\t5\tbed 4")
    assert save(lead, address, page).status_code == 303
    assert save(lead, address, page).status_code == 303
    assert len(events(falls)) == 1
    answer = lead.get(address)
    assert answer.status_code == 303
    row = db.session.query(Upload).one()
    assert row.grid == []
    assert row.saved_at is not None


def test_the_same_paste_again_has_nothing_to_save(lead, falls):
    address, page = paste(lead, falls, "Sep 2025\t8")
    assert "There is nothing to save: every number is there already" in page.text
    assert save(lead, address, page).status_code == 422
    assert events(falls) == []


def test_an_nhs_number_is_asked_about_before_anything_is_kept(lead, falls):
    text = "Month\tFalls\tNumber\nNov 2024\t5\t943 476 5919"
    answer = lead.post(f"/series/{falls.id}/paste", data={"text": text})
    assert answer.status_code == 422
    assert "Row 2 holds what looks like an NHS number" in answer.text
    assert "943 476 5919" in answer.text
    assert db.session.query(Upload).count() == 0
    assert lead.post(f"/series/{falls.id}/paste", data={"text": text, "save_anyway": "yes"}).status_code == 303


def test_a_blank_first_cell_is_a_column_too(lead, bleeds):
    _, page = paste(lead, bleeds, "\tNumerator\tDenominator\nSep 2025\t9\t78")
    assert "9 of 78 = 11.5%" in page.text


def test_a_count_with_decimals_is_wrong_in_a_paste_as_in_the_form(lead, falls):
    _, page = paste(lead, falls, "Nov 2024\t5.5")
    assert "is not a whole number" in page.text


def test_what_a_cell_holds_is_never_run(lead, falls):
    _, page = paste(lead, falls, "Month\tFalls\n<script>alert(1)</script>\t5\nNov 2024\t<img src=x>")
    assert "<script>alert" not in page.text
    assert "<img src=x>" not in page.text


def test_csv_and_xlsx_are_told_apart_by_what_they_hold(lead, falls):
    for content in (b"Month,Falls\nNov 2024,5\n", workbook([["Month", "Falls"], [date(2024, 11, 1), 5]])):
        answer = upload(lead, falls, content, "C:/ward/falls.dat")
        assert answer.status_code == 303
        page = lead.get(answer.location)
        assert "November 2024" in page.text
        assert "falls.dat" in page.text
        assert "C:" not in page.text
    assert save(lead, answer.location, page).status_code == 303
    assert (events(falls)[0].verb, events(falls)[0].new["name"]) == ("uploaded", "falls.dat")


def test_a_workbooks_named_sheet_is_read(lead, falls):
    book = openpyxl.Workbook()
    book.active.append(["nothing", "here"])
    book.create_sheet("Ward 18").append([date(2024, 11, 1), 5])
    out = io.BytesIO()
    book.save(out)
    assert "November 2024" in lead.get(upload(lead, falls, out.getvalue(), "f.xlsx", sheet="Ward 18").location).text
    assert "There is no sheet" in upload(lead, falls, out.getvalue(), "f.xlsx", sheet="Ward 19").text


def test_blank_rows_keep_the_numbers_of_the_sheet(lead, falls):
    answer = upload(lead, falls, workbook([[], [], ["Month", "Falls"], [], [date(2024, 11, 1), "x"]]), "f.xlsx")
    assert "Row 5" in lead.get(answer.location).text
    again = lead.post(answer.location, data={"do": "again", "text": lead_text(lead, answer.location)})
    assert "Row 5" in again.text


def lead_text(client, address):
    page = client.get(address).text
    return page.split("<textarea", 1)[1].split(">", 1)[1].split("</textarea>", 1)[0].removeprefix("\n")


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (60 * 2**20))
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Choose a CSV|nothing to read"),
        (b"PK\x03\x04 but no workbook", "cannot be opened|not|damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "older kind of Excel"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not text that we can read"),
        (b"a,b\n" * 1_500_000, "most we can read at once is 5 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(lead, falls, content, words):
    answer = upload(lead, falls, content, "x.xlsx")
    assert answer.status_code == 422
    assert any(word in answer.text for word in words.split("|"))
    assert db.session.query(Upload).count() == 0


def test_a_workbook_that_unpacks_to_too_much_is_refused_unopened(lead, falls):
    answer = upload(lead, falls, bomb(), "bomb.xlsx")
    assert answer.status_code == 422
    assert "unpacks to more than" in answer.text


@pytest.mark.parametrize("where", ["paste", "upload"])
def test_thirty_megabytes_are_refused_with_a_sentence(lead, falls, where):
    body = b"--x\r\nContent-Disposition: form-data; name=file; filename=big.csv\r\n\r\n" + b"1" * 30 * 2**20
    answer = lead.post(f"/series/{falls.id}/{where}", data=body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 413
    assert "too large" in answer.text


def test_no_file_says_so(lead, falls):
    answer = lead.post(f"/series/{falls.id}/upload", data={}, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "Choose a CSV or Excel file" in answer.text


def test_rows_are_read_while_nobody_waits_for_the_lock(lead, falls, monkeypatch):
    address, page = paste(lead, falls, TABLE)
    import qitracker.feeds.checking as checking

    real, held = checking.understand_sheet, []

    def watched(*arguments):
        held.append(db.session().in_transaction())
        return real(*arguments)

    monkeypatch.setattr(checking, "understand_sheet", watched)
    assert save(lead, address, page).status_code == 303
    assert held == [False]


def test_ten_thousand_rows_are_saved_in_few_statements_and_analysed_once(lead, project):
    series = make_series(project, [], DataType.PROPORTION, rhythm=Rhythm.DAY)
    first = date(1997, 1, 1)
    rows = "\n".join(f"{first + timedelta(n)}\t{n % 7}\t{40 + n % 30}" for n in range(10_000))
    address, page = paste(lead, series, "Date\tNumerator\tDenominator\n" + rows)
    assert page.status_code == 200
    assert "9,950 more rows are not shown" in page.text
    statements = []

    def count(_connection, _cursor, statement, _parameters, _context, executemany):
        statements.append((statement.split()[0], executemany))

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        answer = save(lead, address, page)
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    assert answer.status_code == 303
    assert len(statements) < 60  # the standing of the project is brought up to date in the same transaction
    assert len(stored(series)) == 10_000
    assert len(events(series)) == 1
    assert is_analysed(series)
    history = lead.get(f"/series/{series.id}/history")
    assert "10,000 numbers pasted" in history.text
    assert lead.post(f"/series/{series.id}/history/{events(series)[0].id}/undo").status_code == 303
    assert stored(series) == {}


def test_a_long_paste_can_be_seen_whole(lead, project):
    series = make_series(project, [], rhythm=Rhythm.DAY)
    rows = "\n".join(f"{date(2024, 1, 1) + timedelta(n)}\t{n % 7}" for n in range(300))
    address, page = paste(lead, series, rows)
    assert page.text.count('<tr class="is-new">') == 50
    assert lead.get(address + "?all=1").text.count('<tr class="is-new">') == 300


def test_hidden_carries_what_was_seen(lead, falls):
    _, page = paste(lead, falls, TABLE)
    assert len(hidden(page, "seen")) == 32
