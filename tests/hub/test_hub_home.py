"""The home of the hub: counts that open their list, the reason first, nothing of others."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from qitracker.hub.counting import ACTIVE, IMPROVING, LOOK_STALLED, WAITING
from qitracker.method.roles import Role
from qitracker.models import StandingChange, db
from qitracker.people.actions import end_role, give_role, switch_off
from qitracker.plumbing import clock


def tile(text, name):
    """The number and the words of a tile."""
    found = re.search(rf'{name}</span> <span class="hub-tile__count">(\d+)</span> <span[^>]*>([^<]*)', text)
    assert found, name
    return int(found[1]), found[2]


def test_the_reason_comes_first_and_the_days_since_anything_happened(browser, world, hub):
    hub.project("Sepsis antibiotics in an hour", coach=True)
    page = browser(world.hub).get("/hub/").text
    for words in ("Sepsis antibiotics", "Ward 18", "Role coach", "No PDSA cycle for 7 weeks.", "Deliver", "Offer help"):
        assert words in page
    assert re.search(r"<strong>51</strong> days\s+since last activity", page)
    assert "0 active projects." in page
    assert "1 looks stalled" in page


def test_nothing_to_do_says_so_with_a_next_step(browser, world, hub):
    page = browser(world.hub).get("/hub/").text
    assert "No project is registered yet" in page
    hub.project("All is well", "active")
    assert "Nobody waits for you" in browser(world.hub).get("/hub/").text


@pytest.mark.parametrize(
    ("state", "more", "by_default", "in_all"),
    [
        ("stalled", {}, True, True),
        ("quiet", {}, True, True),
        ("dormant", {}, True, True),
        ("stalled", {"told": "team coach"}, False, True),
        ("stalled", {"hidden_until": date(2025, 10, 7)}, False, False),  # the tests' today is the 6th
        ("stalled", {"hidden_until": date(2025, 10, 6)}, True, True),  # a snooze ends on its day
        ("paused", {}, False, False),
        ("active", {}, False, False),
        ("sustaining", {}, False, False),
    ],
)
def test_what_the_list_shows(browser, world, hub, state, more, by_default, in_all):
    hub.project("The one", state, **more)
    client = browser(world.hub)
    assert ("The one" in client.get("/hub/").text) is by_default
    assert ("The one" in client.get("/hub/?all=yes").text) is in_all


def test_who_needs_somebody_most_stands_first(browser, world, hub):
    for title, weight in (("Third", 300), ("First", 100), ("Second", 200)):
        hub.project(title, weight=weight)
    page = browser(world.hub).get("/hub/").text
    assert page.index("First") < page.index("Second") < page.index("Third")


def test_of_two_alike_the_order_is_that_of_their_titles_and_the_same_each_day(browser, world, hub):
    for title in ("Delta", "Bravo", "Charlie", "Alpha"):
        hub.project(title, weight=100).registered_at = datetime(2025, 9, 1, tzinfo=UTC)
    db.session.commit()
    page = browser(world.hub).get("/hub/").text
    assert page.index("Alpha") < page.index("Bravo") < page.index("Charlie") < page.index("Delta")


@pytest.mark.parametrize(
    "filters", [ACTIVE, LOOK_STALLED, WAITING, IMPROVING], ids=["active", "stuck", "wait", "better"]
)
def test_each_count_opens_a_list_of_just_as_many(browser, world, hub, filters):
    for number, state in enumerate(("active", "active", "quiet", "stalled", "dormant", "paused", "sustaining")):
        gain = date(2025, 6, 1) if number % 2 else None
        hub.project(f"Number {number}", state, coach=number == 0, gain=gain)
    client = browser(world.hub)
    home = client.get("/hub/").text
    address = filters.address("/hub/projects")
    count = re.search(rf'href="{re.escape(address.replace("&", "&amp;"))}">.*?hub-tile__count">(\d+)<', home)
    assert count, address
    listed = client.get(address).text
    assert f"<strong>{count[1]}</strong> project" in listed
    assert listed.count('<th scope="row">') == int(count[1]) > 0


def test_change_since_a_month_ago(browser, world, hub):
    """On 6 September three were active and one stalled; now one is active and two look stalled."""
    states = (("active", "active"), ("active", "stalled"), ("active", "paused"), ("stalled", "dormant"))
    for before, now in states:
        project = hub.project(f"{before} then", now, stage="deliver")
        for on, state in ((date(2025, 8, 1), "quiet"), (date(2025, 9, 6), before), (date(2025, 9, 7), now)):
            db.session.add(StandingChange(project_id=project.id, on=on, state=state, stage="deliver"))
    page = browser(world.hub).get("/hub/").text
    assert tile(page, "Active") == (1, "2 fewer than a month ago")
    assert tile(page, "Look stalled") == (2, "1 more than a month ago")


def test_what_was_not_written_down_a_month_ago_is_not_guessed(browser, world, hub):
    hub.project("New here", "active")
    assert tile(browser(world.hub).get("/hub/").text, "Active") == (1, "Not known a month ago")


def test_waiting_for_a_coach_against_a_month_ago(browser, world, hub, clock):
    """Of four: never had one; has one for a year; got one last week; lost theirs last week."""
    now = clock.now
    clock.now = now - timedelta(days=365)
    never, long, new, lost = (hub.project(title, "active") for title in ("Never", "Long", "New", "Lost"))
    give_role(world.coach, Role.COACH, by=world.hub, project=long)
    had = give_role(world.coach, Role.COACH, by=world.hub, project=lost)
    clock.now = now - timedelta(days=7)
    give_role(world.coach, Role.COACH, by=world.hub, project=new)
    end_role(had, by=world.hub, project=lost)
    clock.now = now
    assert never.closed_at is None
    page = browser(world.hub).get("/hub/").text
    assert tile(page, "Waiting for a coach") == (2, "As a month ago")  # Never and Lost; then Never and New
    switch_off(world.coach, by=world.admin)
    assert tile(browser(world.hub).get("/hub/").text, "Waiting for a coach") == (4, "2 more than a month ago")


def test_a_closed_project_waits_for_no_coach_and_comes_back_when_it_slips(browser, world, hub):
    closed = hub.project("Skin checks", "stalled", stage="sustain")
    closed.closed_at = clock.now()
    page = browser(world.hub).get("/hub/").text
    assert "Skin checks" in page
    assert tile(page, "Waiting for a coach")[0] == 0
    assert tile(page, "Look stalled")[0] == 1


def test_the_hub_sees_its_organisation_and_nothing_of_another_or_private(browser, world, hub):
    hub.project("Ours")
    hub.project("Canary private", private=True)
    hub.project("Canary elsewhere", elsewhere=True)
    client = browser(world.hub)
    page = client.get("/hub/").text
    assert "Ours" in page
    assert "Canary" not in page
    assert tile(page, "Look stalled")[0] == tile(page, "Waiting for a coach")[0] == 1
    theirs = browser(world.outsider).get("/hub/").text
    assert "Canary elsewhere" in theirs
    assert "Ours" not in theirs
    assert "Canary private" not in theirs


def test_a_private_project_is_not_counted_even_for_the_hub_person_in_its_team(browser, world, hub):
    private = hub.project("Canary private", private=True)
    give_role(world.hub, Role.TEAM_MEMBER, by=None, project=private)
    client = browser(world.hub)
    assert tile(client.get("/hub/").text, "Look stalled")[0] == 0
    for page in ("", "projects", "projects.csv", "working", "flow", "intake", "programmes?q=private"):
        assert "Canary private" not in client.get(f"/hub/{page}").text


def test_a_division_lead_sees_the_division_and_nobody_acts_who_only_reads(browser, world, hub):
    surgery = hub.project("In surgery")
    surgery.unit_id = world.hospital.id  # not below Medicine
    hub.project("In medicine")
    lead = world.person("division", Role.DIVISION_LEAD, world.medicine)
    for person, sees in ((lead, ["In medicine"]), (world.executive, ["In medicine", "In surgery"])):
        page = browser(person).get("/hub/").text
        assert [title for title in ("In medicine", "In surgery") if title in page] == sees
        assert "Offer help" not in page


def test_many_projects_cost_no_more_queries_than_few(browser, world, hub, statements):
    client = browser(world.hub)
    counts = []
    for _ in range(2):
        for number in range(15):
            hub.project(f"Number {number}", coach=True)
        sent = []
        for page in ("/hub/", "/hub/projects", "/hub/projects.csv"):
            with statements() as some:
                assert client.get(page).status_code == 200
            sent.append(len(some))
        counts.append(sent)
    assert counts[0] == counts[1]
    assert max(counts[0]) < 15


def test_pages_of_twenty_five(browser, world, hub):
    for number in range(27):
        hub.project(f"Project {number:02d}")
    client = browser(world.hub)
    assert client.get("/hub/").text.count("hub-card__what") == 25
    assert client.get("/hub/?page=2").text.count("hub-card__what") == 2
    assert client.get("/hub/?page=99").text.count("hub-card__what") == 2
    assert client.get("/hub/?page=-1%27").status_code == 200
