"""A crawl as each role: from the first page through every link, and no word of a private project anywhere."""

import re

import pytest

from tests.shape.objects import ids_for

STRANGERS = ("outsider", "executive", "staff", "coach", "hub", "manager", "admin")
MOST_PAGES = 150


def crawl(client):
    """Every page and file that links lead to, from the pages everybody starts on."""
    waiting, seen = ["/projects/mine", "/projects/", "/projects/?q=Canary", "/people/", "/projects/new"], {}
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.pop(0)
        if address in seen:
            continue
        answer = client.get(address)
        seen[address] = answer.get_data()
        answer.close()
        if answer.mimetype == "text/html" and answer.status_code == 200:
            found = re.findall(r'(?:href|src|data-[a-z-]+)="(/[^"#]*)', answer.get_data(as_text=True))
            waiting += [one.replace("&amp;", "&") for one in found if not one.startswith("/static/")]
    return seen


@pytest.mark.parametrize("role", STRANGERS)
def test_no_page_that_a_stranger_can_reach_holds_a_word_of_it(browser, world, role):
    ids_for(world, world.project("Canary, known to its team alone", private=True), canary="Canary")
    ids_for(world, world.project("Open to all"))
    pages = crawl(browser(getattr(world, role)))
    assert len(pages) > (4 if role == "outsider" else 15)
    # The searched word itself stands in the search box of that page, and in no other way.
    told = {address for address, body in pages.items() if body.replace(b'value="Canary"', b"").count(b"Canary")}
    assert {address for address in told if "q=Canary" not in address} == set()
    assert b"known to its team" not in b"".join(pages.values())


def test_the_same_crawl_by_its_team_does_find_it(browser, world):
    ids_for(world, world.project("Canary, known to its team alone", private=True), canary="Canary")
    assert b"known to its team" in b"".join(crawl(browser(world.member)).values())


def test_registering_something_alike_does_not_give_it_away(browser, world):
    world.project("Canary pressure ulcers at night", private=True)
    form = {"title": "Canary pressure ulcers", "problem": "Pressure ulcers at night", "unit": str(world.ward18.id)}
    answer = browser(world.staff).post("/projects/new", data={**form, "lead": "staff@example.org", "level": "micro"})
    assert answer.status_code == 303
