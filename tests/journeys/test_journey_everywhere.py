"""Every demonstration account walks through every link it can see; each kind of page is looked at closely.

A page is looked at when it is the first of its kind, or holds a piece that no page had shown before: at 1280 and at 375 px with axe,
at 320 px for its width, and with an ear to the console all along.
"""

import re

import pytest
from playwright.sync_api import APIRequestContext

from qitracker.demo.people import PARTNER, STAFF
from tests.journeys.browsing import DESKTOP, PHONE
from tests.journeys.conftest import Window
from tests.journeys.crawl import Seen, walk
from tests.journeys.traveller import Traveller

pytestmark = pytest.mark.journey

ACCOUNTS = (*(account for account, *_ in STAFF), PARTNER[0])
FEWEST_KINDS = 30  # of pages in the product; fewer means that the walk was cut off
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def test_every_page_as_every_account(window: Window) -> None:
    kinds: set[str] = set()
    pieces: set[tuple[str, ...]] = set()
    faults: list[str] = []
    person = window()  # one for all, as on a ward's computer: a window costs as much as two close looks
    for account in ACCOUNTS:
        person.page.context.clear_cookies()
        given_they_are_signed_in(person, account)
        for page in walk(person.page.context.request):
            faults += [f"{account} {page.path}: {fault}" for fault in what_is_wrong_at_once(page)]
            if page.status == 200 and (page.kind not in kinds or page.pieces - pieces):
                kinds.add(page.kind)
                pieces |= page.pieces
                faults += [f"{account} {page.path}: {fault}" for fault in what_a_close_look_finds(person, page.path)]
        faults += [f"{account} {fault}" for fault in person.faults]
        person.faults.clear()
    assert faults == [], "\n".join(faults)
    assert len(kinds) >= FEWEST_KINDS, sorted(kinds)


def given_they_are_signed_in(person: Traveller, account: str) -> None:
    """Through the form, but without drawing it: other journeys look at that page."""
    asks: APIRequestContext = person.page.context.request
    (token,) = TOKEN.findall(asks.get("/sign-in").text())[:1]
    typed = {"csrf_token": token, "email": f"{account}@example.org", "password": person.password}
    answer = asks.post("/sign-in", form=typed)
    assert answer.url.endswith(("/projects/mine", "/coaching/", "/hub/")), account


def what_is_wrong_at_once(page: Seen) -> list[str]:
    """A link that leads nowhere, or a page without exactly one title."""
    told = [] if page.status == 200 else [f"answers {page.status}"]
    return told if page.n_titles == 1 else [*told, f"has {page.n_titles} headings of the first level"]


def what_a_close_look_finds(person: Traveller, path: str) -> list[str]:
    person.resizes(DESKTOP)
    person.goes_to(path)
    found = [f"at {DESKTOP[0]} px {fault}" for fault in person.barriers()]
    person.resizes(PHONE)
    found += [f"at {PHONE[0]} px {fault}" for fault in person.barriers()]
    return found + person.too_wide()
