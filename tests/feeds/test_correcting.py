"""Correcting and removing one number: with a reason, and never over somebody else's change unseen."""

from datetime import date

import pytest

from tests.feeds.charts import correct, events, hidden, is_analysed, stored

SEPTEMBER = date(2025, 9, 1)


def test_a_correction_needs_its_reason_and_leaves_an_event(lead, falls):
    refused = correct(lead, falls, SEPTEMBER, "8.0", first="6")
    assert refused.status_code == 422
    assert 'value="6"' in refused.text
    assert stored(falls)[SEPTEMBER] == (8,)
    assert correct(lead, falls, SEPTEMBER, "8.0", first="6", why="Counted twice").status_code == 303
    assert stored(falls)[SEPTEMBER] == (6,)
    (event,) = events(falls)
    assert (event.verb, event.old["value"], event.new["value"], event.why) == ("changed", 8, 6, "Counted twice")
    assert is_analysed(falls)


def test_the_page_shows_the_number_and_who_changed_it_last(lead, falls):
    correct(lead, falls, SEPTEMBER, "8.0", first="6", why="Counted twice")
    page = lead.get(f"/series/{falls.id}/points/2025-09-01")
    assert "The number is <strong>6 falls</strong>" in page.text
    assert "Last changed by Role lead on 6 October 2025" in page.text


def test_removing_needs_its_reason_and_keeps_what_it_was(lead, falls):
    refused = correct(lead, falls, SEPTEMBER, "8.0", do="remove")
    assert refused.status_code == 422
    assert SEPTEMBER in stored(falls)
    assert correct(lead, falls, SEPTEMBER, "8.0", do="remove", reason="Ward closed").status_code == 303
    assert SEPTEMBER not in stored(falls)
    (event,) = events(falls)
    assert (event.verb, event.old, event.new) == ("removed", {"on": "2025-09-01", "value": 8.0}, None)
    assert is_analysed(falls)


def test_the_second_editor_is_told_sees_both_and_keeps_typing(lead, member, falls):
    correct(member, falls, SEPTEMBER, "8.0", first="6", why="Counted twice")
    told = correct(lead, falls, SEPTEMBER, "8.0", first="7", why="Late report")
    assert told.status_code == 409
    assert "Somebody else saved this while you were writing" in told.text
    assert "<strong>Saved now:</strong> 6" in told.text
    assert 'value="7"' in told.text
    assert "Late report" in told.text
    assert stored(falls)[SEPTEMBER] == (6,)
    again = correct(lead, falls, SEPTEMBER, hidden(told, "was"), first="7", why="Late report")
    assert again.status_code == 303
    assert events(falls)[-1].old["value"] == 6


def test_removing_what_somebody_else_has_changed_is_told(lead, member, falls):
    correct(member, falls, SEPTEMBER, "8.0", first="6", why="Counted twice")
    told = correct(lead, falls, SEPTEMBER, "8.0", do="remove", reason="Ward closed")
    assert told.status_code == 409
    assert "It is now 6 falls" in told.text
    assert "Ward closed" in told.text
    assert stored(falls)[SEPTEMBER] == (6,)


def test_correcting_what_somebody_else_has_removed_is_told_and_can_add_it_again(lead, member, falls):
    correct(member, falls, SEPTEMBER, "8.0", do="remove", reason="Ward closed")
    told = correct(lead, falls, SEPTEMBER, "8.0", first="7", why="Late report")
    assert told.status_code == 409
    assert "Somebody else removed this number" in told.text
    assert correct(lead, falls, SEPTEMBER, "", first="7", why="Late report").status_code == 303
    assert stored(falls)[SEPTEMBER] == (7,)


def test_two_who_remove_the_same_leave_one_event(lead, member, falls):
    correct(member, falls, SEPTEMBER, "8.0", do="remove", reason="Ward closed")
    assert correct(lead, falls, SEPTEMBER, "8.0", do="remove", reason="Ward closed").status_code == 303
    assert len(events(falls)) == 1


def test_saving_it_unchanged_changes_nothing(lead, falls):
    answer = correct(lead, falls, SEPTEMBER, "8.0", first="8")
    assert answer.status_code == 303
    assert events(falls) == []


def test_both_parts_of_a_proportion_are_corrected(lead, bleeds):
    assert correct(lead, bleeds, "2025-08-01", "9.0/79.0", first="10", second="81", why="Late").status_code == 303
    assert stored(bleeds)[date(2025, 8, 1)] == (10, 81)
    refused = correct(lead, bleeds, "2025-08-01", "10.0/81.0", first="90", second="81", why="Late")
    assert refused.status_code == 422
    assert stored(bleeds)[date(2025, 8, 1)] == (10, 81)


def test_a_period_without_a_number_leads_to_adding_it(lead, falls):
    answer = lead.get(f"/series/{falls.id}/points/2025-10-01")
    assert answer.status_code == 303
    assert answer.location.endswith("/add?period=2025-10-01")


@pytest.mark.parametrize("on", ["x", "2025-02-30", "20250901", "2025-09-01T00:00", "1066-10-14", "9999-01-01", "%00"])
def test_no_such_day_is_not_found(lead, falls, on):
    assert lead.get(f"/series/{falls.id}/points/{on}").status_code == 404
    assert lead.post(f"/series/{falls.id}/points/{on}", data={"first": "7"}).status_code == 404


@pytest.mark.parametrize(
    "data",
    [{}, {"do": "x"}, {"first": "\x00", "why": "\x00"}, {"first": "1e309", "why": "w" * 10_000}, {"do": "remove"}],
)
def test_nonsense_is_refused_without_a_fault(lead, falls, data):
    answer = lead.post(f"/series/{falls.id}/points/2025-09-01", data=data)
    assert answer.status_code in {409, 422}
    assert stored(falls)[SEPTEMBER] == (8,)
