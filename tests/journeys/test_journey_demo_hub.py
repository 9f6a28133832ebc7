"""The demonstration as it is loaded: the hub sees why each project may need help, the teams do it, and the reasons go."""

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import PHONE
from tests.journeys.conftest import Window
from tests.journeys.traveller import Traveller

pytestmark = pytest.mark.journey

BRINDLE, AMU = "Every dose on time on Brindle", "Risks assessed within six hours on AMU"
NO_CYCLE, BARRIER = "No PDSA cycle started or closed for 9 weeks", "Barrier open for 4 weeks"
OTHERS = (
    "Nobody has led it since",
    "Same step for 11 weeks",
    "At score 2.5 for 3 months",
    "has passed without an evaluation",
    "No number for",
)


def test_reasons_are_seen_and_cleared(window: Window) -> None:
    hub, nurse, sister = window(), window(PHONE), window(PHONE)
    given_the_hub_reads_its_list(hub)
    when_a_team_writes_down_its_next_test(nurse)
    when_a_team_asks_its_sponsor(sister)
    then_both_reasons_are_gone(hub)


def given_the_hub_reads_its_list(hub: Traveller) -> None:
    hub.signs_in("hub1")
    hub.clicks("Improvement hub", exact=True)
    for sentence in (NO_CYCLE, BARRIER, *OTHERS):
        hub.sees(sentence)
    expect(hub.finds(".hub-card").filter(has_text=BRINDLE)).to_contain_text("The next number for “Doses missed” is")
    hub.stops()


def when_a_team_writes_down_its_next_test(nurse: Traveller) -> None:
    nurse.signs_in("team6")
    nurse.opens_project(BRINDLE)
    nurse.sees(NO_CYCLE)
    nurse.sees("It clears when a test starts")
    nurse.stops()
    nurse.clicks("PDSA cycles", exact=True)
    nurse.clicks("Quick note")
    nurse.types("Plan: what did we try?", "The ward clerk took the phone for one round")
    nurse.types("Do: what happened?", "Nobody came to the trolley.")
    nurse.types("Study: what did we learn?", "She needs the list of the round.")
    nurse.clicks("Save the note")
    nurse.sees("Saved as cycle 3")
    nurse.opens_project(BRINDLE)
    nurse.does_not_see(NO_CYCLE)


def when_a_team_asks_its_sponsor(sister: Traveller) -> None:
    sister.signs_in("team10")
    sister.opens_project(AMU)
    sister.sees(BARRIER)
    sister.clicks("Clear them, or ask the sponsor")
    sister.clicks("Ask the sponsor")
    sister.opens_project(AMU)
    sister.does_not_see(BARRIER)
    sister.stops()


def then_both_reasons_are_gone(hub: Traveller) -> None:
    hub.goes_to("/hub/")
    hub.sees(OTHERS[0])
    hub.does_not_see(NO_CYCLE)
    hub.does_not_see(BARRIER)
