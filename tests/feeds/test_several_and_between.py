"""Several values at a time, and days or cases between events: typed, pasted, corrected, undone, refused."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qitracker.feeds.changes import points_of
from qitracker.feeds.numbers import Numbers, of_row, of_values
from qitracker.feeds.several import as_means, split_values
from qitracker.method.measures import DataType, Rhythm
from qitracker.models import Point, db
from qitracker.plumbing.reading.grid import GridRow
from qitracker.plumbing.reading.unreadable import Unreadable
from qitracker.spc import Chart
from tests.feeds.charts import add, correct, events, hidden, is_analysed, make_series, paste, save


@pytest.fixture
def waits(project):
    """Waits of several people a month; no points yet."""
    return make_series(project, [], DataType.SEVERAL, name="Waits")


@pytest.fixture
def between(project):
    """Days between falls with harm; no points yet."""
    return make_series(project, [], DataType.BETWEEN, rhythm=Rhythm.NONE, name="Days between falls")


def kept(series):
    return {on.isoformat(): one.several or one.first for on, one in points_of(series).items()}


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("12; 15; 9", (12, 15, 9)),
        ("12;15;9;", (12, 15, 9)),
        ("12, 15, 9.5", (12, 15, 9.5)),
        ("12 15  9", (12, 15, 9)),
        ("1,200; 900", (1200, 900)),
        ("7", (7,)),
        ("-3; 3", (-3, 3)),
    ],
)
def test_values_are_typed_into_one_box(lead, waits, typed, values):
    assert add(lead, waits, "2025-09-01", first=typed).status_code == 303
    assert kept(waits) == {"2025-09-01": values}
    (point,) = db.session.query(Point)
    assert point.value == pytest.approx(sum(values) / len(values))
    assert is_analysed(waits)


@pytest.mark.parametrize("typed", ["", ";", "12; x", "12; 5%", "1e9; 2", "\x00", "9;" * 400, "12;;13; 1,2", "nan; 1"])
def test_what_is_no_list_of_numbers_is_refused_and_stays_in_the_box(lead, waits, typed):
    answer = add(lead, waits, "2025-09-01", first=typed)
    assert answer.status_code == 422
    assert kept(waits) == {}
    if "x" in typed and "\x00" not in typed:
        assert "12; x" in answer.text


def test_a_correction_shows_all_values_and_undo_brings_them_back(lead, waits):
    add(lead, waits, "2025-09-01", first="12; 15; 9")
    page = lead.get(f"/series/{waits.id}/points/2025-09-01")
    assert 'value="12; 15; 9"' in page.text
    assert (
        correct(lead, waits, "2025-09-01", hidden(page, "was"), first="12; 15; 10", why="Read wrongly").status_code
        == 303
    )
    assert kept(waits) == {"2025-09-01": (12, 15, 10)}
    last = events(waits)[-1]
    assert (last.old["subgroup"], last.new["subgroup"]) == ([12, 15, 9], [12, 15, 10])
    assert "12; 15; 9 changed to 12; 15; 10, average 12.3 minutes" in lead.get(f"/series/{waits.id}/history").text
    lead.post(f"/series/{waits.id}/history/{last.id}/undo")
    assert kept(waits) == {"2025-09-01": (12, 15, 9)}


def test_two_at_once_see_each_others_values_though_their_mean_is_the_same(lead, member, waits):
    add(lead, waits, "2025-09-01", first="12; 15; 9")
    was = hidden(lead.get(f"/series/{waits.id}/points/2025-09-01"), "was")
    correct(member, waits, "2025-09-01", was, first="11; 16; 9", why="First")
    answer = correct(lead, waits, "2025-09-01", was, first="12; 14; 10", why="Second")
    assert answer.status_code == 409
    assert "11; 16; 9" in answer.text
    assert 'value="12; 14; 10"' in answer.text


@pytest.mark.parametrize(
    "text",
    [
        "Date\tA\tB\tC\n1/8/2025\t12\t15\t9\n1/9/2025\t8\t\t10",
        "1/8/2025\t12; 15; 9\n1/9/2025\t8; 10",
        "Month\tWaits\n1/8/2025\t12 15 9\n1/9/2025\t8 10",
    ],
)
def test_values_are_pasted_as_columns_or_in_one_cell(lead, waits, text):
    address, page = paste(lead, waits, text)
    assert "12; 15; 9, average 12 minutes" in page.text
    assert save(lead, address, page).status_code == 303
    assert kept(waits) == {"2025-08-01": (12, 15, 9), "2025-09-01": (8, 10)}
    assert is_analysed(waits)
    address, again = paste(lead, waits, text)
    assert "There is nothing to save" in again.text


def test_other_values_of_the_same_mean_are_a_change_and_come_back_whole(lead, waits):
    add(lead, waits, "2025-08-01", first="12; 15; 9")
    address, page = paste(lead, waits, "1/8/2025\t11\t16\t9")
    assert "would change a number" in page.text
    assert save(lead, address, page, why="Corrected").status_code == 303
    assert kept(waits) == {"2025-08-01": (11, 16, 9)}
    lead.post(f"/series/{waits.id}/history/{events(waits)[-1].id}/undo")
    assert kept(waits) == {"2025-08-01": (12, 15, 9)}


def test_a_pasted_word_among_the_values_is_named(lead, waits):
    _, page = paste(lead, waits, "1/8/2025\t12\tlate\t9\n1/9/2025\t8\t9\t10")
    assert "Cannot be saved" in page.text
    assert "late" in page.text


@pytest.mark.parametrize(
    ("chart", "typed", "status"),
    [
        (Chart.T, "41", 303),
        (Chart.T, "0.5", 303),
        (Chart.T, "0", 422),
        (Chart.T, "-1", 422),
        (Chart.G, "0", 303),
        (Chart.G, "12.5", 422),
        (Chart.G, "120", 303),
    ],
)
def test_what_lies_between_events_fits_its_chart(lead, between, chart, typed, status):
    between.measure.chart = chart
    db.session.commit()
    day = {"other-day": "5", "other-month": "9", "other-year": "2025"}
    assert add(lead, between, "other", first=typed, **day).status_code == status
    pasted = paste(lead, between, f"Date\tDays\n6/9/2025\t{typed}\n7/9/2025\t3")[1]
    assert ("Cannot be saved" in pasted.text) is (status == 422)


def test_a_series_between_events_becomes_a_t_chart(lead, between):
    rows = "\n".join(f"{day}/8/2025\t{day % 7 + 1}" for day in range(1, 16))
    address, page = paste(lead, between, rows)
    assert save(lead, address, page).status_code == 303
    text = lead.get(f"/series/{between.id}/").text
    assert "Typical time" in text
    assert is_analysed(between)
    assert re.search(r"Expected range", text)


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=6))
def test_several_values_are_read_back_from_an_event_as_they_were(values):
    numbers = of_values(values)
    assert of_row(numbers.row) == numbers
    assert of_row([7.0]) == Numbers(7.0)
    assert of_row([9.0, 78.0]) == Numbers(9.0, 78.0)


def test_rows_without_dates_stay_as_they_are():
    rows = (GridRow(1, ("a", "b")), GridRow(2, ("1", "2")))
    assert as_means(rows, date(2025, 10, 6)) == (rows, {})
    with pytest.raises(Unreadable):
        split_values(" ; ")


@pytest.mark.parametrize("chart", [Chart.XBAR, Chart.S, Chart.IP])
def test_every_chart_of_several_values_says_how_many_there_were_and_gives_them_away(lead, waits, chart):
    waits.measure.chart = chart
    db.session.commit()
    rows = "\n".join(f"{month}/2024\t{10 + month}\t12\t{9 + month % 3}" for month in range(1, 13))
    address, page = paste(lead, waits, rows)
    assert save(lead, address, page).status_code == 303
    assert "3 values" in lead.get(f"/series/{waits.id}/").text
    text = lead.get(f"/series/{waits.id}/data.csv").data.decode("utf-8-sig").replace('"', "")
    assert text.splitlines()[0].endswith(",shows,values")
    assert text.splitlines()[1].endswith(",11; 12; 10")
    assert lead.get(f"/series/{waits.id}/chart.json").status_code == 200
