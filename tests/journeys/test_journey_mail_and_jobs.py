"""The pages nobody passes on the way to somewhere else: what runs by itself, and the choice of one's own mail."""

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import DESKTOP, PHONE
from tests.journeys.conftest import Window

pytestmark = pytest.mark.journey

SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])


@SIZES
@pytest.mark.parametrize("account", ["hub1", "admin1"])
def test_who_runs_it_reads_what_ran_by_itself(window: Window, size: tuple[int, int], account: str) -> None:
    person = window(size)
    person.signs_in(account)
    person.clicks("Jobs", exact=True, within="header")
    person.sees_title("What runs by itself")
    person.sees("projects looked at")
    person.stops()
    assert person.faults == []


@SIZES
def test_somebody_chooses_their_mail_with_the_keyboard_alone(window: Window, size: tuple[int, int]) -> None:
    person = window(size)
    person.signs_in("team5")
    person.clicks("Pharmacist, Ward 21", within="header")
    person.clicks("Choose your mail")
    person.sees_title("Your mail")
    person.stops()
    weekly = person.page.get_by_label("Once a week")
    before = weekly.is_checked()
    weekly.focus()
    person.page.keyboard.press("Space")
    person.page.keyboard.press("Tab")
    person.page.keyboard.press("Enter")  # in the other box: the form is sent
    person.sees("Saved.")
    expect(person.page.get_by_label("Once a week")).to_be_checked(checked=not before)
    person.stops()
    person.page.get_by_label("Once a week").set_checked(before)
    person.clicks("Save", exact=True)
    expect(person.page.get_by_label("Once a week")).to_be_checked(checked=before)
    assert person.faults == []
