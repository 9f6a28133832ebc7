"""One number: for which period, what is asked before it is saved, what is said after."""

import re
from datetime import date

import pytest

from qitracker.method.measures import DataType, Rhythm
from qitracker.models import Event, db
from tests.feeds.charts import add, events, hidden, is_analysed, make_series, stored

OCTOBER = date(2025, 10, 1)


def chosen(answer):
    found = re.search(r'<option value="([^"]+)" selected>', answer.text)
    return found and found[1]


def test_the_oldest_missing_period_stands_there_already(lead, bleeds):
    page = lead.get(f"/series/{bleeds.id}/add")
    assert chosen(page) == "2025-09-01"
    assert "Women who lost 1.5 litres or more" in page.text
    assert re.search(r'id="second"[^>]*inputmode="numeric"', page.text)


def test_saving_stores_point_event_and_analysis_and_asks_for_the_next(lead, world, bleeds):
    bleeds_before = bleeds.analysis
    answer = add(lead, bleeds, "2025-09-01", first="9", second="78")
    assert answer.status_code == 303
    assert stored(bleeds)[date(2025, 9, 1)] == (9, 78)
    (event,) = events(bleeds)
    assert (event.verb, event.noun, event.noun_id) == ("added", "point", f"{bleeds.id}/2025-09-01")
    assert event.new == {"on": "2025-09-01", "numerator": 9.0, "denominator": 78.0}
    assert (event.old, event.by_id, event.project_id) == (None, world.lead.id, bleeds.project_id)
    assert is_analysed(bleeds)
    assert bleeds.analysis != bleeds_before
    page = lead.get(answer.location)
    assert "September 2025: 9 of 78 = 11.5%" in page.text
    assert chosen(page) == "2025-10-01"
    assert f"/history/{event.id}/undo" in page.text


def test_the_next_missing_period_is_offered_by_name(lead, project):
    series = make_series(project, [5, 6, 7])
    page = lead.get(add(lead, series, "2025-04-01", first="7").location)
    assert "Add May 2025?" in page.text


def test_undo_from_the_page_brings_the_person_back_to_it(lead, falls):
    page = lead.get(add(lead, falls, first="9").location)
    where = re.search(r'action="([^"]+/undo)"', page.text)[1]
    answer = lead.post(where, data={"back": "add"})
    assert answer.location.endswith("/add?period=2025-10-01")
    assert OCTOBER not in stored(falls)
    assert "Undone. October 2025 has no number." in lead.get(answer.location).text


def test_a_period_that_has_a_number_asks_and_wants_a_reason(lead, falls):
    asked = add(lead, falls, "2025-09-01", first="9")
    assert asked.status_code == 422
    assert "September 2025 has 8 already. Replace 8 by 9?" in asked.text
    carried = {name: hidden(asked, name) for name in ("replaces", "sure")}
    again = add(lead, falls, "2025-09-01", first="9", **carried)
    assert again.status_code == 422
    assert "Write why it changes" in again.text
    assert stored(falls)[date(2025, 9, 1)] == (8,)
    saved = add(lead, falls, "2025-09-01", first="9", why="Recounted", **carried)
    assert saved.status_code == 303
    (event,) = events(falls)
    assert (event.verb, event.old["value"], event.new["value"], event.why) == ("changed", 8.0, 9.0, "Recounted")


def test_a_yes_to_another_number_is_no_yes_to_this_one(lead, falls):
    asked = add(lead, falls, "2025-09-01", first="9")
    carried = {name: hidden(asked, name) for name in ("replaces", "sure")}
    lead.post(f"/series/{falls.id}/points/2025-09-01", data={"first": "6", "was": "8.0", "why": "Late"})
    late = add(lead, falls, "2025-09-01", first="9", why="Recounted", **carried)
    assert late.status_code == 422
    assert "has 6 already. Replace 6 by 9?" in late.text
    assert stored(falls)[date(2025, 9, 1)] == (6,)


def test_the_same_number_again_changes_nothing(lead, falls):
    answer = add(lead, falls, "2025-09-01", first="8")
    assert answer.status_code == 303
    assert events(falls) == []
    assert "September 2025 is 8 falls already" in lead.get(answer.location).text


def test_a_likely_slip_is_asked_about_and_saved_after_a_yes(lead, falls):
    asked = add(lead, falls, first="900")
    assert asked.status_code == 422
    assert "Is 900 right? The last numbers were 7 to 12." in asked.text
    assert "Yes, save" in asked.text
    assert add(lead, falls, first="9000", sure=hidden(asked, "sure")).status_code == 422
    assert add(lead, falls, first="900", sure=hidden(asked, "sure")).status_code == 303
    assert stored(falls)[OCTOBER] == (900,)


def test_the_same_form_twice_is_one_number(lead, falls, key):
    first = add(lead, falls, first="9", submission=key)
    second = add(lead, falls, first="9", submission=key)
    assert first.location == second.location
    assert len(events(falls)) == 1


@pytest.mark.parametrize(
    ("other", "period"), [("05/10/2025", "2025-10-01"), ("31 Mar 2024", "2024-03-01"), ("2023-12", "2023-12-01")]
)
def test_another_date_counts_for_its_period_also_where_the_list_was_left(lead, falls, other, period):
    for on in ("other", "2025-10-01"):
        answer = add(lead, falls, on, first="9", other=other)
        assert answer.status_code == 303
    assert stored(falls)[date.fromisoformat(period)] == (9,)


def test_a_moved_list_and_a_typed_date_are_not_guessed_between(lead, falls):
    answer = add(lead, falls, "2025-03-01", first="9", other="05/10/2025")
    assert answer.status_code == 422
    assert "You chose a period in the list as well" in answer.text


def test_without_a_rhythm_the_date_is_asked_and_today_stands_there(lead, minutes):
    page = lead.get(f"/series/{minutes.id}/add")
    boxes = dict(re.findall(r'name="(other\W\w+\W?)" type="text" value="(\d+)"', page.text))
    assert list(boxes.values()) == ["6", "10", "2025"]
    boxes[next(iter(boxes))] = "5"  # sent under the names the page gives them
    assert add(lead, minutes, "other", first="48.5", **boxes).status_code == 303
    assert stored(minutes) == {date(2025, 10, 5): (48.5,)}


WRONG = [
    ({}, "Enter a number"),
    ({"first": "nine"}, "is not a number"),
    ({"first": "-1"}, "0 or more"),
    ({"first": "1.5"}, "whole number"),
    ({"first": "12%"}, "% sign"),
    ({"first": "1e309"}, "scientific"),
    ({"first": "nan"}, "not a number"),
    ({"first": "1" * 10_000}, "too long"),
    ({"first": "\uff19"}, "not a number"),
    ({"first": "9\x00"}, "Enter only the number"),
    ({"first": "9", "on": "2025-99-99"}, "Choose one from the list"),
    ({"first": "9", "on": "1066-10-14"}, "Choose one from the list"),
    ({"first": "9", "on": "2031-01-01"}, "Choose one from the list"),
    ({"first": "9", "on": "'; drop"}, "Choose one from the list"),
    ({"first": "9", "on": "other"}, "Enter a date"),
    ({"first": "9", "on": "other", "other": "31/02/2025"}, "February 2025 has 28 days"),
    ({"first": "9", "on": "other", "other": "01/11/2025"}, "in the future"),
]


@pytest.mark.parametrize(("data", "words"), WRONG)
def test_what_cannot_be_read_is_said_and_kept(lead, falls, data, words):
    answer = add(lead, falls, **data)
    assert answer.status_code == 422
    assert words in answer.text
    assert events(falls) == []
    if data.get("first") in {"nine", "-1", "1.5", "12%"}:
        assert f'value="{data["first"]}"' in answer.text


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [("9", "", "Enter a number"), ("9", "0", "nothing to count"), ("79", "78", "more than"), ("9", "7.5", "whole")],
)
def test_a_proportion_needs_some_out_of_at_least_as_many(lead, bleeds, first, second, words):
    answer = add(lead, bleeds, first=first, second=second)
    assert answer.status_code == 422
    assert words in answer.text


def test_a_rate_takes_hours_with_decimals_and_more_events_than_days(lead, project):
    series = make_series(project, [], DataType.RATE)
    assert add(lead, series, "2025-09-01", first="6", second="2.5").status_code == 303
    assert stored(series) == {date(2025, 9, 1): (6, 2.5)}


@pytest.mark.parametrize("saved", ["x", "-1", "99999999999999", "²", "0", ""])
def test_a_made_up_saved_number_says_nothing(lead, falls, saved):
    answer = lead.get(f"/series/{falls.id}/add?saved={saved}")
    assert answer.status_code == 200
    assert "feeds-saved" not in answer.text


@pytest.mark.parametrize("period", ["x", "2025-13-01", "20251001", "9999-12-31", "0001-01-01"])
def test_a_made_up_period_is_passed_over(lead, falls, period):
    assert chosen(lead.get(f"/series/{falls.id}/add?period={period}")) == "2025-10-01"


def test_a_link_to_an_older_period_stands_chosen_with_its_number(lead, falls):
    page = lead.get(f"/series/{falls.id}/add?period=2025-02-01")
    assert chosen(page) == "2025-02-01"
    assert "This has a number already: <strong>7 falls</strong>" in page.text


def test_the_largest_and_smallest_numbers_are_kept_exactly(lead, minutes):
    for day, number in enumerate(["1000000000000", "-1000000000000", "0.00000000001", "12345.678901"], 1):
        boxes = {"other": f"{day}/10/2025", "sure": f"2025-10-0{day} {float(number)!r}"}
        assert add(lead, minutes, "other", first=number, **boxes).status_code == 303
        assert stored(minutes)[date(2025, 10, day)] == (float(number),)
    assert is_analysed(minutes)


def test_a_chart_that_cannot_show_the_number_refuses_it_with_a_sentence(lead, project):
    series = make_series(project, [5, 6, 7, 6, 8, 4, 5, 6, 7, 5, 6, 7], DataType.VALUE)
    series.measure.chart = "c"
    answer = add(lead, series, "other", other="1/12/2024", first="-3", sure="2024-12-01 -3.0")
    assert answer.status_code == 422
    assert "cannot show that" in answer.text
    assert date(2024, 12, 1) not in stored(series)
    assert db.session.query(Event).filter_by(noun="point").count() == 0


def test_a_weekly_team_keeps_its_own_day(lead, project):
    series = make_series(project, [], rhythm=Rhythm.WEEK)
    add(lead, series, "other", first="3", other="21/09/2025")
    assert chosen(lead.get(f"/series/{series.id}/add")) == "2025-09-28"


def test_a_reason_that_names_a_patient_is_asked_about(lead, falls):
    asked = add(lead, falls, "2025-09-01", first="9")
    carried = {name: hidden(asked, name) for name in ("replaces", "sure")}
    answer = add(lead, falls, "2025-09-01", first="9", why="NHS 943 476 5919", **carried)
    assert answer.status_code == 422
    assert "looks like an NHS number" in answer.text
