"""The register: all open work, for all staff, with its state and reason, and what was learnt."""

from datetime import date

import pytest

from qitracker.models import db
from qitracker.plumbing import clock
from tests.hub.conftest import REASON

PAUSED = {**REASON, "code": "paused", "sentence": "Paused until 1 November 2025."}


@pytest.mark.parametrize(
    ("state", "more", "says", "does_not_say"),
    [
        ("stalled", {}, ["<strong>Stalled</strong>", "No PDSA cycle for 7 weeks."], []),
        ("stalled", {"told": "team coach"}, ["<strong>Open</strong>"], ["Stalled", "No PDSA cycle"]),
        ("quiet", {"told": ""}, ["<strong>Open</strong>"], ["Quiet", "No PDSA cycle"]),
        ("active", {}, ["<strong>Active</strong>"], []),
        ("paused", {"reasons": [PAUSED]}, ["<strong>Paused</strong>", "Paused until 1 November 2025."], []),
        ("sustaining", {}, ["<strong>Sustaining</strong>"], []),
    ],
)
def test_the_state_stands_there_and_what_is_late_once_the_hub_knows(
    browser, world, hub, state, more, says, does_not_say
):
    hub.project("Fewer falls", state, **more)
    page = browser(world.staff).get("/projects/").text
    assert "Fewer falls" in page
    for words in says:
        assert words in page
    for words in does_not_say:
        assert words not in page


def test_what_is_closed_says_how_it_ended_and_what_was_learnt_and_is_found_by_it(browser, world, hub):
    project = hub.project("Skin checks", "sustaining")
    project.closed_at, project.closing = clock.now(), "stopped_learnt"
    project.learnt = "Two pairs of eyes <b>find more</b>."
    old = hub.project("From long ago", "sustaining")
    old.closed_at, old.closed_why = clock.now(), "The ward has moved."
    db.session.commit()
    client = browser(world.staff)
    page = client.get("/projects/?state=closed").text
    assert "<strong>Stopped, and learnt from</strong>" in page
    assert "Two pairs of eyes &lt;b&gt;find more&lt;/b&gt;." in page
    assert "<strong>The ward has moved.</strong>" in page
    assert "Skin checks" in client.get("/projects/?q=EYES+find").text
    assert "Skin checks" not in client.get("/projects/?q=ward+moved").text


def test_a_closed_project_that_slipped_says_so(browser, world, hub):
    slipped = [{**REASON, "code": "sustain_slipped", "sentence": "“Falls” has slipped."}]
    project = hub.project("Skin checks", "stalled", reasons=slipped)
    project.closed_at, project.closing = clock.now(), "achieved"
    db.session.commit()
    page = browser(world.staff).get("/projects/").text
    assert "Aim achieved" in page
    assert "“Falls” has slipped." in page


def test_one_that_has_not_been_worked_out_yet_stands_there_too(browser, world):
    world.project("Brand new")
    page = browser(world.staff).get("/projects/").text
    assert "Brand new" in page
    assert "<strong>Open</strong>" in page


def test_fifty_cost_no_more_queries_than_two(browser, world, hub, statements):
    client = browser(world.staff)
    counts = []
    for n in (2, 20):
        for number in range(n):
            hub.project(f"Number {number} {n}", "quiet", hidden_until=date(2025, 12, 1))
        with statements() as sent:
            assert client.get("/projects/").status_code == 200
        counts.append(len(sent))
    assert counts[0] == counts[1] < 15
