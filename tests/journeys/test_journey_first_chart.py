"""From nothing to a chart that says something, on a phone: a project, an aim, a measure, one number, twelve more."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.traveller import Traveller, today

pytestmark = pytest.mark.journey

TITLE = "Fewer falls at night on Ward 18"
PROBLEM = "Five people fall on our ward each week, most of them at night on the way to the toilet."
REVIEWED = (5, 6, 4, 7, 5, 6, 5, 4, 6, 5, 7, 6)  # of 20 people each month, oldest first


def test_from_registering_to_the_first_chart(phone: Traveller) -> None:
    nurse = phone
    given_a_nurse_is_signed_in(nurse)
    when_they_describe_what_others_have_worked_on(nurse)
    then_similar_projects_are_shown_and_nothing_is_lost(nurse)
    when_they_register_theirs(nurse)
    then_the_next_step_is_named(nurse)
    when_they_write_the_aim(nurse)
    when_they_add_a_monthly_proportion(nurse)
    when_they_add_one_number(nurse)
    when_they_paste_twelve_more(nurse)
    then_the_chart_is_drawn_and_says_something(nurse)


def given_a_nurse_is_signed_in(nurse: Traveller) -> None:
    nurse.goes_to("/sign-in")
    nurse.stops()
    nurse.signs_in("nurse1")
    nurse.stops()


def when_they_describe_what_others_have_worked_on(nurse: Traveller) -> None:
    nurse.clicks("Register a project")
    nurse.stops()
    nurse.types("What will be better?", TITLE)
    nurse.types("What is the problem?", PROBLEM)
    nurse.picks("Where?", "Ward 18")
    assert nurse.page.get_by_label("Who leads it?").input_value() == "nurse1@example.org"
    nurse.chooses("Micro")
    nurse.clicks("Register the project")


def then_similar_projects_are_shown_and_nothing_is_lost(nurse: Traveller) -> None:
    nurse.sees("Somebody may have worked on this already")
    nurse.sees("Fewer falls on Ward 18 (opens in a new tab)")
    assert nurse.page.get_by_label("What is the problem?").input_value() == PROBLEM
    nurse.stops()


def when_they_register_theirs(nurse: Traveller) -> None:
    nurse.clicks("Register ours as a new project")
    nurse.sees_title(TITLE)


def then_the_next_step_is_named(nurse: Traveller) -> None:
    expect(nurse.page.get_by_role("heading", name="Next:")).to_have_count(1)
    nurse.sees("It takes about")
    nurse.stops()


def when_they_write_the_aim(nurse: Traveller) -> None:
    nurse.clicks("Aim", exact=True)
    nurse.stops()
    nurse.types("What will change?", "people who fall at night")
    nurse.types("For whom, or where?", "people on Ward 18")
    nurse.types("Counted in", "%")
    nurse.types("From (where you are now)", "28")
    nurse.types("To (where you want to be)", "15")
    by = today() + timedelta(days=300)
    nurse.types_day("By when?", str(by.day), str(by.month), str(by.year))
    nurse.clicks("Save the aim")
    nurse.sees("Your aim is saved")
    nurse.stops()


def when_they_add_a_monthly_proportion(nurse: Traveller) -> None:
    nurse.opens_project(TITLE)
    nurse.sees("people who fall at night")
    nurse.clicks("Add a measure")
    nurse.stops()
    nurse.types("What is the measure called?", "People who fell at night")
    nurse.chooses("Outcome")
    nurse.chooses("How many out of how many")
    expect(nurse.page.get_by_label("Events per how many?"), "questions that do not fit are hidden").to_be_hidden()
    nurse.types("How many what?", "people who fell")
    nurse.types("Out of how many what?", "people asked")
    nurse.chooses("Lower is better")
    nurse.chooses("Every month")
    nurse.clicks("Save the measure")
    nurse.sees("Measure saved")
    nurse.stops()
    nurse.clicks("Go on to the chart")
    nurse.sees("The chart starts with the first number")
    nurse.stops()


def when_they_add_one_number(nurse: Traveller) -> None:
    """Two boxes and a button: the month is chosen already."""
    nurse.clicks("Add one number")
    nurse.stops()
    nurse.types("people who fell", "5")
    nurse.types("people asked", "20")
    nurse.clicks("Save", exact=True)
    nurse.sees("Saved.")
    nurse.stops()
    nurse.clicks("See the chart")


def when_they_paste_twelve_more(nurse: Traveller) -> None:
    rows = "\n".join(f"{month:%d/%m/%Y}\t{fell}\t20" for month, fell in zip(twelve_months(), REVIEWED, strict=True))
    nurse.types("Or paste from Excel", f"Month\tFell\tAsked\n{rows}")
    nurse.clicks("Check the numbers")
    nurse.sees_title("Check the numbers")
    nurse.sees("12 new")
    nurse.stops()
    nurse.clicks("Save", exact=True, within=".feeds-save")


def twelve_months() -> list[date]:
    """The first days of the twelve months before last month, oldest first."""
    found, first = [], today().replace(day=1)
    for _ in range(13):
        first = (first - timedelta(days=1)).replace(day=1)
        found.append(first)
    return sorted(found[1:])


def then_the_chart_is_drawn_and_says_something(nurse: Traveller) -> None:
    nurse.sees("Saved: 12 numbers")
    expect(nurse.finds("#chart svg .mark-symbol path")).not_to_have_count(0)
    assert nurse.finds("#chart svg .mark-symbol path").count() >= 13, "a mark for each month"
    nurse.sees("No clear change yet", within=".qi-finding")
    nurse.stops()
