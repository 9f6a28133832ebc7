"""An invitation, from the administrator's page to the first look at My projects."""

import pytest

from tests.journeys.conftest import Window
from tests.journeys.traveller import Traveller

pytestmark = pytest.mark.journey


def test_an_administrator_invites_a_colleague(window: Window) -> None:
    admin, colleague = window(), window()
    given_the_administrator_is_at_people(admin)
    link = when_they_invite(admin, "Ward clerk, Ward 18", "clerk18@example.org")
    when_the_colleague_chooses_a_password(colleague, link, "kettle window seventeen")
    then_they_are_on_my_projects(colleague)
    then_the_link_works_no_more(colleague, link)


def given_the_administrator_is_at_people(admin: Traveller) -> None:
    admin.signs_in("admin1")
    admin.clicks("People", exact=True)
    admin.sees_title("People")
    admin.stops()


def when_they_invite(admin: Traveller, name: str, email: str) -> str:
    admin.page.locator("form", has=admin.page.get_by_role("button", name="Invite")).get_by_label("Name").fill(name)
    admin.types("E-mail address", email)
    admin.picks("Where", "Demonstration hospital")
    admin.page.get_by_role("radio", name="Staff").check()
    admin.clicks("Invite", exact=True)
    admin.sees("The link is made")
    admin.stops()
    return admin.page.get_by_label("Link").input_value()


def when_the_colleague_chooses_a_password(colleague: Traveller, link: str, password: str) -> None:
    colleague.goes_to(link)
    colleague.sees_title("Welcome, Ward clerk, Ward 18")
    colleague.stops()
    colleague.types("New password", "password1234")
    colleague.clicks("Save and continue")
    colleague.sees("There is a problem")
    colleague.stops()
    colleague.types("New password", password)
    colleague.clicks("Save and continue")


def then_they_are_on_my_projects(colleague: Traveller) -> None:
    colleague.sees_title("My projects")
    colleague.sees("Your account is ready")
    colleague.sees("Nothing here yet")
    colleague.stops()


def then_the_link_works_no_more(colleague: Traveller, link: str) -> None:
    assert colleague.goes_to(link) == 404
    colleague.sees_title("This link no longer works")
    colleague.stops()
