"""Nothing typed is lost: not to a second editor, and not to a session that ran out."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Window
from tests.journeys.traveller import Traveller

pytestmark = pytest.mark.journey

SEPSIS = "Antibiotics within an hour for sepsis"
FALLS = "Fewer falls on Ward 18"
PPH = "Equity in postpartum haemorrhage"


def test_two_people_edit_the_aim(window: Window) -> None:
    first, second = window(), window()
    given_both_have_the_aim_open(first, second)
    when_the_first_saves(first)
    when_the_second_saves_something_else(second)
    then_the_second_is_told_and_sees_both(second)
    when_the_second_goes_on_typing_and_saves(second)
    then_their_version_counts(second)


def given_both_have_the_aim_open(first: Traveller, second: Traveller) -> None:
    for editor, account in ((first, "team3"), (second, "doctor1")):
        editor.signs_in(account)
        editor.opens_project(SEPSIS)
        editor.clicks("Aim", exact=True)


def when_the_first_saves(first: Traveller) -> None:
    first.types("For whom, or where?", "everyone with suspected sepsis")
    first.clicks("Save the aim")
    first.sees("Your aim is saved")


def when_the_second_saves_something_else(second: Traveller) -> None:
    second.types("For whom, or where?", "adults in ED RPH")
    second.clicks("Save the aim")


def then_the_second_is_told_and_sees_both(second: Traveller) -> None:
    second.sees("Somebody else saved this while you were writing")
    second.sees("Saved now: everyone with suspected sepsis")
    assert second.page.get_by_label("For whom, or where?").input_value() == "adults in ED RPH"
    second.stops()


def when_the_second_goes_on_typing_and_saves(second: Traveller) -> None:
    second.types("For whom, or where?", "everyone with suspected sepsis in ED RPH")
    second.clicks("Save the aim")
    second.sees("Your aim is saved")


def then_their_version_counts(second: Traveller) -> None:
    second.opens_project(SEPSIS)
    second.sees("everyone with suspected sepsis in ED RPH")


def test_the_session_runs_out_while_typing(window: Window) -> None:
    """As after half an hour without a key: the server has ended the session, the browser still has its cookie."""
    nurse = window()
    given_they_type_a_plan(nurse)
    when_the_server_ends_the_session(nurse)
    when_they_save(nurse)
    then_they_sign_in_and_what_they_typed_is_still_there(nurse)


def test_signed_out_in_another_tab_while_typing(window: Window) -> None:
    """Here the browser has no cookie left, either."""
    nurse = window()
    given_they_type_a_plan(nurse)
    when_they_sign_out_in_another_tab(nurse)
    when_they_save(nurse)
    then_they_sign_in_and_what_they_typed_is_still_there(nurse)


def given_they_type_a_plan(nurse: Traveller) -> None:
    nurse.signs_in("midwife1")
    nurse.opens_project(PPH)
    nurse.clicks("PDSA cycles", exact=True)
    nurse.clicks("Plan the next cycle")
    nurse.picks("Change idea", "Ask each person at 36 weeks what they know about PPH")
    nurse.types("Title of this cycle", "Ask in one clinic")
    nurse.types("What exactly will you change?", "Ask three questions.\nWrite down the answers.")


def when_the_server_ends_the_session(nurse: Traveller) -> None:
    cookies = nurse.page.context.cookies()
    when_they_sign_out_in_another_tab(nurse)
    nurse.page.context.clear_cookies()
    nurse.page.context.add_cookies(cookies)  # type: ignore[arg-type]  # what it gave is what it takes


def when_they_sign_out_in_another_tab(nurse: Traveller) -> None:
    tab = nurse.page.context.new_page()
    tab.goto("/projects/mine")
    tab.get_by_role("button", name="Sign out").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Sign in")
    tab.close()


def when_they_save(nurse: Traveller) -> None:
    nurse.clicks("Save the plan", exact=True)


def then_they_sign_in_and_what_they_typed_is_still_there(nurse: Traveller) -> None:
    if nurse.page.get_by_role("button", name="Send it again").count():
        nurse.sees("Ask in one clinic")
        nurse.stops()
        nurse.clicks("Send it again")
    nurse.sees("What you typed is kept")
    nurse.stops()
    nurse.types_in_sign_in("midwife1")
    nurse.sees_title("What you typed is still here")
    nurse.sees("Ask three questions.")
    nurse.stops()
    nurse.clicks("Save it now")
    nurse.sees("is planned. Come back when you have tried it")
    nurse.sees_title("Ask in one clinic")
    nurse.sees("Write down the answers.")
