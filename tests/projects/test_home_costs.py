"""A project's home asks the database as often with little in it as with much; and says what the lists say."""

import pytest

from qitracker.method.stalled.values import State
from qitracker.models import Intake, Standing, db
from qitracker.plumbing import clock as now
from qitracker.projects.supporting import add_barrier
from qitracker.standing.keeping import keep
from tests.conftest import counted
from tests.feeds.charts import make_series
from tests.standing.test_numbers_alone import fill

MOST = 15


def home(client, project):
    with counted() as sent:
        answer = client.get(f"/projects/{project.id}/")
    assert answer.status_code == 200
    return answer.text, len(sent)


@pytest.mark.parametrize("who", ["lead", "coach", "hub"])
def test_the_home_costs_the_same_with_much_and_with_little(world, browser, who) -> None:
    project, client = world.project(stage="deliver"), browser(getattr(world, who))
    make_series(project, [9, 7, 8, 12])
    costs = []
    for n in (1, 12):
        fill(project, world.lead, n)
        add_barrier(project, f"No scales, {n}", by=world.lead, stuck_on=None, escalate=False)
        keep([project], now.today())
        costs.append(home(client, project)[1])
    assert costs[0] == costs[1] <= MOST


def test_the_answer_of_the_hub_and_the_project_it_names_cost_nothing_more(world, browser) -> None:
    project, other = world.project(), world.project("Another")
    keep([project], now.today())
    without = home(browser(world.lead), project)[1]
    for seen, name in ((True, "Another"), (False, "a project that you cannot see")):
        other.visibility = "open" if seen else "private"
        db.session.merge(
            Intake(project_id=project.id, answer="join", join_id=other.id, words="", by_id=world.hub.id, at=now.now())
        )
        text, cost = home(browser(world.lead if seen else world.hub), project)
        assert (name in text, cost) == (True, without)


def test_the_home_says_what_was_kept_and_looks_itself_before_the_night_has(world, browser, clock) -> None:
    project = world.project(stage="deliver")
    client = browser(world.hub)
    assert "Stalled" not in home(client, project)[0]
    assert db.session.get(Standing, project.id) is None
    clock.move(days=70)
    client = browser(world.hub)
    by_itself = home(client, project)[0]
    assert "Stalled" in by_itself
    keep([project], now.today())
    kept = home(client, project)[0]
    assert strip(kept) == strip(by_itself)
    db.session.get_one(Standing, project.id).state = State.DORMANT.value
    assert "Dormant" in home(client, project)[0]


def strip(text):
    """Without what differs from page to page: the keys of its forms."""
    return [line for line in text.splitlines() if "submission" not in line and "csrf" not in line]
