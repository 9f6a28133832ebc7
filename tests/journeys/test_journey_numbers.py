"""Numbers from a spreadsheet, checked row by row; a wrong one corrected with a reason, and the correction undone."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests.journeys.traveller import Traveller

pytestmark = pytest.mark.journey

WAITS = "Waits for a scan on the Acute Assessment Unit"
WRONG, RIGHT = "31/02/2024", "01/02/2024"


def sheet() -> str:
    """24 months as Excel copies them: a heading, UK dates, thousands commas, a % column, one date that does not exist."""
    rows = []
    for place in range(24):
        month = date(2023 + place // 12, place % 12 + 1, 1)
        typed, seen, came = f"{month:%d/%m/%Y}", 910 + 7 * (place % 5), 1204 + place
        rows.append(f"{WRONG if typed == RIGHT else typed}\t{seen:,}\t{came:,}\t{seen / came:.1%}")
    return "\n".join(["Month\tSeen within 4 hours\tAll who came\tPer cent", *rows])


def test_two_years_pasted_from_excel(desktop: Traveller) -> None:
    lead = desktop
    given_a_measure_without_numbers(lead)
    when_they_paste_two_years(lead)
    then_the_wrong_row_is_named_with_its_reason(lead)
    when_they_mend_it_and_save(lead)
    then_the_table_shows_all_of_them(lead)


def given_a_measure_without_numbers(lead: Traveller) -> None:
    lead.signs_in("team4")
    lead.clicks("Register a project")
    lead.types("What will be better?", WAITS)
    lead.types("What is the problem?", "Scans asked for in the evening are done the next day.")
    lead.picks("Where?", "Acute Assessment Unit")
    lead.chooses("Micro")
    lead.clicks("Register the project")
    if lead.finds("button[name=seen_similar]").count():
        lead.clicks("Register ours as a new project")
    lead.sees_title(WAITS)
    lead.clicks("Add a measure")
    lead.types("What is the measure called?", "Seen within 4 hours")
    lead.chooses("Outcome")
    lead.chooses("How many out of how many")
    lead.types("How many what?", "people seen within 4 hours")
    lead.types("Out of how many what?", "people who came")
    lead.chooses("Higher is better")
    lead.chooses("Every month")
    lead.clicks("Save the measure")
    lead.clicks("Go on to the chart")


def when_they_paste_two_years(lead: Traveller) -> None:
    lead.types("Or paste from Excel", sheet())
    lead.clicks("Check the numbers")
    lead.sees_title("Check the numbers")
    lead.stops()


def then_the_wrong_row_is_named_with_its_reason(lead: Traveller) -> None:
    lead.sees("23 new")
    lead.sees("1 cannot be saved")
    wrong = lead.finds(".feeds-table tr.is-wrong")
    expect(wrong).to_have_count(1)
    expect(wrong).to_contain_text(WRONG)
    expect(wrong.get_by_role("rowheader")).to_have_text("Row 15")
    expect(wrong.locator(".feeds-remark")).not_to_be_empty()
    lead.clicks("Save", exact=True, within=".feeds-save")
    lead.sees("Correct the rows that cannot be saved, or tick to leave them out")
    lead.stops()


def when_they_mend_it_and_save(lead: Traveller) -> None:
    rows = lead.page.get_by_role("textbox", name="The rows")
    rows.fill(rows.input_value().replace(WRONG, RIGHT))
    lead.clicks("Check again")
    lead.sees("24 new")
    expect(lead.finds(".feeds-table tr.is-wrong")).to_have_count(0)
    lead.stops()
    lead.clicks("Save", exact=True, within=".feeds-save")


def then_the_table_shows_all_of_them(lead: Traveller) -> None:
    lead.sees("Saved: 24 numbers")
    lead.unfolds("Earlier numbers")
    expect(lead.finds(".measure-table tbody tr")).to_have_count(24)
    expect(lead.finds(".measure-table tbody")).to_contain_text(["December 2024", "January 2023"])
    expect(lead.finds(".measure-table").last).to_contain_text("910 of 1,204")
    lead.stops()


def test_percentages_pasted_as_a_percentage(desktop: Traveller) -> None:
    """A column of 87.5% is read as the sheet shows it, or refused with a reason: never as 0.875."""
    lead = desktop
    lead.signs_in("team4")
    lead.opens_project("Home before lunch on Ward 23")
    lead.clicks("See the chart and add data")
    lead.types("Or paste from Excel", "Week\tMinutes\n01/01/2024\t87.5%\n08/01/2024\t1,087.5")
    lead.clicks("Check the numbers")
    lead.sees("1 new")
    expect(lead.finds(".feeds-table tr.is-wrong")).to_contain_text("87.5%")
    expect(lead.finds(".feeds-table tr.is-new")).to_contain_text("1,087.5")
    lead.stops()


def test_a_correction_with_a_reason_and_its_undoing(desktop: Traveller) -> None:
    lead = desktop
    given_the_chart_of_sepsis(lead)
    before = when_they_correct_the_latest_number(lead)
    then_the_history_has_both_numbers_and_the_reason(lead)
    when_they_undo_it(lead)
    then_the_number_is_back_and_the_history_has_both_deeds(lead, before)


def given_the_chart_of_sepsis(lead: Traveller) -> None:
    lead.signs_in("team3")
    lead.opens_project("Antibiotics within an hour for sepsis")
    lead.clicks("See the chart and add data")


def when_they_correct_the_latest_number(lead: Traveller) -> str:
    before = lead.finds(".measure-table tbody tr").first.inner_text()
    lead.clicks("Correct", within=".measure-table")
    lead.stops()
    lead.types("people given antibiotics within an hour", "39")
    lead.clicks("Save", exact=True)
    lead.sees("Write why, so that others can follow it later")
    lead.stops()
    lead.types("Why?", "One person was counted twice")
    lead.clicks("Save", exact=True)
    lead.sees("is now 39 of 62")
    lead.stops()
    return before


def then_the_history_has_both_numbers_and_the_reason(lead: Traveller) -> None:
    lead.clicks("Who changed which number, and why")
    newest = lead.finds(".feeds-history > li").first
    expect(newest).to_contain_text("38 of 62")
    expect(newest).to_contain_text("39 of 62")
    expect(newest).to_contain_text("One person was counted twice")
    lead.stops()


def when_they_undo_it(lead: Traveller) -> None:
    lead.finds(".feeds-history > li").first.get_by_role("button", name="Undo").click()
    lead.sees("Undone.")


def then_the_number_is_back_and_the_history_has_both_deeds(lead: Traveller, before: str) -> None:
    deeds = lead.finds(".feeds-history > li")
    expect(deeds.nth(1)).to_contain_text("One person was counted twice")
    expect(deeds.nth(1)).to_contain_text("Undone")
    expect(deeds.nth(0)).to_contain_text("38 of 62")
    lead.stops()
    lead.clicks("Back to the chart")
    expect(lead.finds(".measure-table tbody tr").first).to_contain_text(before.split("\t", maxsplit=1)[0])
    expect(lead.finds(".measure-table tbody tr").first).to_contain_text("38 of 62")
