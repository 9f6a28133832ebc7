"""A closed project slips and is back on the hub's list; the hub reads why, offers help, the team answers and mends it."""

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.browsing import PHONE
from tests.journeys.conftest import Window
from tests.journeys.traveller import Traveller

pytestmark = pytest.mark.journey

CLOSED = "Skin checks on Ward 2C"
SLIPPED = "“Pressure ulcers” has slipped"
ANSWER = "Yes please, Tuesday at the huddle."


def test_a_closed_project_slips_is_helped_and_leaves_the_list(window: Window) -> None:
    hub, team = window(), window(PHONE)
    given_the_hub_sees_its_list_without(hub, CLOSED)
    when_the_team_finds_a_bad_month(team)
    then_it_is_on_the_list_with_the_reason(hub)
    when_the_hub_offers_help(hub)
    then_the_team_reads_it_and_answers(team)
    then_the_hub_sees_the_answer(hub)
    when_the_team_undoes_the_number(team)
    given_the_hub_sees_its_list_without(hub, CLOSED)


def test_the_other_pages_of_the_hub_hold_no_barrier(window: Window) -> None:
    hub = window()
    hub.signs_in("hub1")
    for page, title in (
        ("projects?state=active&state=sustaining", "Projects at a glance"),
        ("intake", "New projects"),
        ("working?q=bay", "What is working"),
        ("flow", "Flow"),
        ("programmes?q=falls", "Programmes"),
        ("rules", "The numbers of the rules"),
    ):
        hub.goes_to(f"/hub/{page}")
        hub.sees_title(title)
        hub.stops()


def card_of(hub: Traveller, title: str) -> Locator:
    return hub.finds(".hub-card").filter(has_text=title)


def given_the_hub_sees_its_list_without(hub: Traveller, title: str) -> None:
    if hub.page.url == "about:blank":
        hub.signs_in("hub1")
        hub.clicks("Improvement hub")
    hub.goes_to("/hub/")
    hub.sees_title("Projects that may need help")
    expect(card_of(hub, title).filter(has_text="has slipped")).to_have_count(0)
    hub.stops()


def when_the_team_finds_a_bad_month(team: Traveller) -> None:
    team.signs_in("team5")
    team.opens_project(CLOSED)
    team.clicks("See the chart and add data")
    team.clicks("Correct", within=".measure-table")
    team.types("pressure ulcers", "40")
    team.types("Why?", "The register was counted again")
    team.clicks("Save", exact=True)
    team.sees("is now 40")


def then_it_is_on_the_list_with_the_reason(hub: Traveller) -> None:
    hub.goes_to("/hub/")
    card = card_of(hub, CLOSED)
    expect(card.locator(".hub-reason")).to_contain_text(SLIPPED)
    expect(card).to_contain_text("Ward 2C")
    hub.stops()


def when_the_hub_offers_help(hub: Traveller) -> None:
    card_of(hub, CLOSED).get_by_role("link", name="Offer help").click()
    hub.sees_title("Offer help")
    expect(hub.page.get_by_label("Your words to the team")).to_contain_text(SLIPPED)
    hub.stops()
    hub.clicks("Send to the team")
    hub.sees(f"The team of “{CLOSED}” sees it")


def then_the_team_reads_it_and_answers(team: Traveller) -> None:
    team.opens_project(CLOSED)
    team.goes_to(f"{team.page.url}coach")
    team.sees("Would ten minutes together help?")
    team.stops()
    team.types("Your answer", ANSWER)
    team.clicks("Answer", exact=True)
    team.sees(ANSWER)


def then_the_hub_sees_the_answer(hub: Traveller) -> None:
    card_of(hub, CLOSED).get_by_role("link", name="Offer help").click()
    hub.sees(ANSWER)
    hub.stops()


def when_the_team_undoes_the_number(team: Traveller) -> None:
    team.opens_project(CLOSED)
    team.clicks("See the chart and add data")
    team.clicks("Who changed which number, and why")
    team.finds(".feeds-history > li").first.get_by_role("button", name="Undo").click()
    team.sees("Undone.")
