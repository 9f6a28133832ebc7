"""The page of the PPH measure: what it says, what it compares, what it gives away, and all of it without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.journeys.traveller import Traveller

pytestmark = pytest.mark.journey

PPH = "Equity in postpartum haemorrhage"
FILES = {  # what the link says: how the file begins
    "Numbers as CSV, for Excel": b'\xef\xbb\xbf"date","value"',
    "Picture for slides (PNG)": b"\x89PNG",
    "Picture that scales (SVG)": b"<svg",
    "The chart's specification (Vega-Lite)": b"{",
}


def test_the_finding_the_groups_and_the_files(desktop: Traveller) -> None:
    midwife = desktop
    given_they_are_at_the_chart(midwife)
    then_it_says_what_changed_and_when_that_was_certain(midwife)
    then_the_chart_is_drawn_with_four_meanings_at_most(midwife)
    when_they_hold_all_numbers_against_the_first_phase(midwife)
    then_the_page_says_so_and_leads_back(midwife)
    then_every_file_can_be_downloaded(midwife)
    when_they_compare_the_groups(midwife)
    then_the_gap_is_said_in_words(midwife)


def given_they_are_at_the_chart(midwife: Traveller) -> None:
    midwife.signs_in("team1")
    midwife.opens_project(PPH)
    midwife.stops()
    midwife.clicks("See the chart and add data")


def then_it_says_what_changed_and_when_that_was_certain(midwife: Traveller) -> None:
    finding = midwife.finds(".qi-finding")
    expect(finding).to_contain_text("This has improved, and it is unlikely to be chance")
    expect(finding).to_contain_text("12.0%")
    expect(finding).to_contain_text("9.0%")
    expect(midwife.page.get_by_text("June 2024").first).to_be_visible()
    expect(midwife.page.get_by_text("January 2025").first).to_be_visible()


def then_the_chart_is_drawn_with_four_meanings_at_most(midwife: Traveller) -> None:
    expect(midwife.finds("#chart svg .mark-symbol path").first).to_be_visible()
    colours = midwife.page.evaluate(
        """() => [...new Set([...document.querySelectorAll('#chart svg .mark-symbol path')]
          .map(mark => mark.getAttribute('fill')).filter(fill => fill && !['transparent', 'none'].includes(fill)))]"""
    )
    assert 2 <= len(colours) <= 5, colours  # four meanings and the white of hollow shapes
    midwife.stops()


def when_they_hold_all_numbers_against_the_first_phase(midwife: Traveller) -> None:
    midwife.clicks("Hold all numbers against the first phase")


def then_the_page_says_so_and_leads_back(midwife: Traveller) -> None:
    midwife.sees("All numbers are held against the first phase here")
    expect(midwife.finds("#chart svg .mark-symbol path").first).to_be_visible()
    midwife.stops()
    midwife.clicks("Show the chart with its phases")
    midwife.does_not_see("All numbers are held against the first phase here")


def then_every_file_can_be_downloaded(midwife: Traveller) -> None:
    midwife.unfolds("Download or share")
    midwife.stops()
    for words, start in FILES.items():
        address = midwife.page.get_by_role("link", name=words).get_attribute("href")
        answer = midwife.page.context.request.get(address or "")
        assert (answer.status, answer.body()[: len(start)]) == (200, start), words
        assert "attachment" in answer.headers["content-disposition"]


def when_they_compare_the_groups(midwife: Traveller) -> None:
    midwife.clicks("Compare groups")


def then_the_gap_is_said_in_words(midwife: Traveller) -> None:
    midwife.sees_title("Groups compared")
    midwife.sees("Black and ethnic minority women and birthing people")
    midwife.sees("Gap now")
    midwife.stops()


def test_the_same_page_without_javascript(without_javascript: Traveller) -> None:
    reader = without_javascript
    reader.signs_in("midwife1")
    reader.opens_project(PPH)
    reader.clicks("See the chart and add data")
    picture = reader.finds("#chart img")
    expect(picture).to_be_visible()
    assert picture.bounding_box()["height"] > 300, "the server's picture is there, and is a chart"  # type: ignore[index]
    assert "This has improved" in (picture.get_attribute("alt") or "")
    reader.sees("This has improved", within=".qi-finding")


def test_every_form_works_without_javascript(without_javascript: Traveller) -> None:
    lead = without_javascript
    when_they_register_and_measure_without_javascript(lead)
    then_a_number_an_idea_and_a_note_can_be_saved(lead)


def when_they_register_and_measure_without_javascript(lead: Traveller) -> None:
    lead.signs_in("doctor1")
    lead.clicks("Register a project")
    lead.types("What will be better?", "Quieter nights in Maternity")
    lead.types("What is the problem?", "Doors and telephones wake new families.")
    lead.picks("Where?", "Maternity")
    lead.chooses("Micro")
    lead.clicks("Register the project")
    if lead.finds("button[name=seen_similar]").count():
        lead.clicks("Register ours as a new project")
    lead.clicks("Add a measure")
    lead.types("What is the measure called?", "Families woken")
    lead.chooses("Outcome")
    lead.chooses("A count of events")
    lead.types("How many what?", "families woken")
    lead.chooses("Lower is better")
    lead.chooses("Every week")
    lead.clicks("Save the measure")
    lead.clicks("Go on to the chart")


def then_a_number_an_idea_and_a_note_can_be_saved(lead: Traveller) -> None:
    lead.clicks("Add one number")
    lead.types("families woken", "7")
    lead.clicks("Save", exact=True)
    lead.sees("Saved.")
    lead.opens_project("Quieter nights in Maternity")
    lead.types("An idea that may help?", "Soft closers on the doors")
    lead.clicks("Add idea")
    lead.sees("Soft closers on the doors")
    lead.opens_project("Quieter nights in Maternity")
    lead.clicks("PDSA cycles", exact=True)
    lead.clicks("Plan the first cycle")
    lead.picks("Change idea", "Soft closers on the doors")
    lead.types("Title of this cycle", "One door for a night")
    lead.clicks("Add another question")
    lead.types("Question 3", "Does the door still close?")
    assert lead.page.get_by_label("Title of this cycle").input_value() == "One door for a night"
    lead.clicks("Save the plan", exact=True)
    lead.sees("Cycle 1 is planned")
    lead.sees("Does the door still close?")
