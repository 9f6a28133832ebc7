"""A private project is not there for anybody else; a partner sees the one project they are in."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Window
from tests.journeys.traveller import Traveller

pytestmark = pytest.mark.journey

SKIN, PPH = "Skin checks on Ward 2C", "Equity in postpartum haemorrhage"


def test_a_project_becomes_private_and_open_again(window: Window) -> None:
    pharmacist, coach, director, partner = (window() for _ in range(4))
    address = given_a_project_everyone_finds(pharmacist, (coach, "coach1"), (director, "board1"))
    when_its_lead_makes_it_private(pharmacist)
    then_nobody_else_finds_it(address, coach, director)
    then_a_partner_sees_only_their_project(partner, address)
    when_its_lead_opens_it_again(pharmacist, address)
    then_everyone_finds_it(address, coach, director)


def given_a_project_everyone_finds(pharmacist: Traveller, *others: tuple[Traveller, str]) -> str:
    pharmacist.signs_in("team5")
    pharmacist.opens_project(SKIN)
    address = pharmacist.page.url
    for other, account in others:
        other.signs_in(account)
    then_everyone_finds_it(address, *(other for other, _ in others))
    return address


def when_its_lead_makes_it_private(pharmacist: Traveller) -> None:
    pharmacist.clicks("See the team")
    pharmacist.stops()
    pharmacist.types("Why should only the team see it?", "It is about a complaint")
    pharmacist.clicks("Make it private")
    pharmacist.sees("Only the people in this list")
    pharmacist.stops()


def then_nobody_else_finds_it(address: str, *others: Traveller) -> None:
    for other in others:
        for path in ("", "measures/", "cycles/", "drivers/", "team/", "history"):
            assert other.asks_for(address + path) == 404, path
        assert other.goes_to(address) == 404
        other.does_not_see(SKIN)
        other.stops()
        other.goes_to("/projects/?q=skin")
        other.does_not_see(SKIN)


def then_a_partner_sees_only_their_project(partner: Traveller, address: str) -> None:
    partner.signs_in("partner1")
    expect(partner.finds(".qi-mine h2")).to_have_text([PPH])
    partner.goes_to("/projects/")
    expect(partner.finds(".qi-table tbody tr")).to_have_count(1)
    assert partner.goes_to(address) == 404
    partner.stops()


def when_its_lead_opens_it_again(pharmacist: Traveller, address: str) -> None:
    pharmacist.clicks("Open it to all staff")
    pharmacist.sees("All staff of the organisation can read it")


def then_everyone_finds_it(address: str, *others: Traveller) -> None:
    for other in others:
        assert other.goes_to(address) == 200
        other.goes_to("/projects/?q=skin")
        other.sees(SKIN)
