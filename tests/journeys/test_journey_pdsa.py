"""A PDSA cycle is studied question by question and decided, the next one grows from it, and a note from the ward."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.traveller import Traveller, today

pytestmark = pytest.mark.journey

FALLS = "Fewer falls on Ward 18"
BAY = "Bay nursing: somebody stays in the bay"


def test_a_cycle_is_studied_and_the_next_one_planned(desktop: Traveller) -> None:
    sister = desktop
    given_a_cycle_has_ended(sister)
    when_they_study_it_question_by_question(sister)
    when_they_decide_to_adapt(sister)
    when_they_plan_the_next_one_from_it(sister)
    then_it_stands_on_the_ramp(sister)
    then_the_chart_has_a_mark_for_it(sister)


def given_a_cycle_has_ended(sister: Traveller) -> None:
    sister.signs_in("team2")
    sister.opens_project(FALLS)
    expect(sister.page.get_by_role("heading", name="Next: study PDSA cycle 3")).to_be_visible()
    sister.stops()


def when_they_study_it_question_by_question(sister: Traveller) -> None:
    sister.finds(".qi-next .nhsuk-button").click()
    sister.sees("Study: what did it show?")
    sister.sees("1 fall or fewer at night in the bay")
    sister.stops()
    sister.types("What did you see?", "One fall at night in two weeks, none in the bay.")
    sister.chooses("Right", of="Was prediction 1 right?")
    sister.types("What did you learn?", "Breaks must be covered, or the bay stands alone.")
    sister.clicks("Save what you learnt")
    sister.sees("Saved.")
    sister.stops()


def when_they_decide_to_adapt(sister: Traveller) -> None:
    sister.clicks("Decide what comes next")
    sister.stops()
    sister.chooses("Adapt: change it and test again")
    sister.types("What will you change next time?", "The runner covers the bay during breaks.")
    sister.clicks("Save the decision")
    expect(sister.page.get_by_role("heading", level=1)).to_contain_text("Adapt")


def when_they_plan_the_next_one_from_it(sister: Traveller) -> None:
    sister.clicks("Plan the next cycle")
    sister.sees("This follows cycle 3")
    assert "The runner covers the bay" in sister.page.get_by_label("What exactly will you change?").input_value()
    sister.stops()
    sister.types("Title of this cycle", "Bay nursing with breaks covered")
    begun = today() - timedelta(days=14)  # within the weeks that have a number already
    sister.types_day("When does it start?", str(begun.day), str(begun.month), str(begun.year))
    sister.types("What do you predict for question 1?", "No fall in the bay in one week.")
    sister.clicks("Save the plan", exact=True)
    sister.sees("Cycle 4 is planned")
    sister.stops()


def then_it_stands_on_the_ramp(sister: Traveller) -> None:
    sister.opens_project(FALLS)
    sister.clicks("PDSA cycles", exact=True)
    ramp = sister.page.get_by_role("region", name=BAY)
    expect(ramp.get_by_role("listitem")).to_have_count(3)
    expect(ramp.get_by_role("listitem").last).to_contain_text("Bay nursing with breaks covered")
    expect(ramp).to_contain_text("One fall at night in two weeks")
    sister.stops()


def then_the_chart_has_a_mark_for_it(sister: Traveller) -> None:
    sister.opens_project(FALLS)
    sister.clicks("See the chart and add data")
    expect(sister.page.get_by_role("region", name="On this chart")).to_contain_text("PDSA 4")
    expect(sister.finds("#chart svg").get_by_text(re.compile(r"PDSA.*\b4")).first).to_be_visible()
    sister.stops()


def test_a_quick_note_from_the_ward(phone: Traveller) -> None:
    nurse = phone
    given_a_nurse_is_at_the_log(nurse)
    when_they_note_what_they_tried(nurse)
    then_it_is_a_cycle_on_the_ramp(nurse)


def given_a_nurse_is_at_the_log(nurse: Traveller) -> None:
    nurse.signs_in("nurse1")
    nurse.opens_project(FALLS)
    nurse.clicks("PDSA cycles", exact=True)
    nurse.stops()


def when_they_note_what_they_tried(nurse: Traveller) -> None:
    nurse.clicks("Quick note")
    nurse.stops()
    nurse.clicks("Save the note")
    nurse.sees("There is a problem")
    nurse.stops()
    nurse.types("Plan: what did we try?", "A night light by one bed")
    nurse.types("Do: what happened?", "The patient slept, and found the call bell.")
    nurse.types("Study: what did we learn?", "The light must point to the floor.")
    nurse.chooses("Adapt: change it and test again")
    nurse.picks("Change idea", "Night lights by each bed")
    nurse.clicks("Save the note")
    nurse.sees("Saved as cycle")
    nurse.stops()


def then_it_is_a_cycle_on_the_ramp(nurse: Traveller) -> None:
    nurse.opens_project(FALLS)
    nurse.clicks("PDSA cycles", exact=True)
    expect(nurse.page.get_by_role("region", name="Night lights by each bed")).to_contain_text("The light must point")
    nurse.stops()
