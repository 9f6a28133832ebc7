"""Where the reach of a hub ends, for somebody who also works elsewhere; and lists too long to be kept."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from qitracker.coaching.team_actions import note_visit
from qitracker.hub.counting import counts
from qitracker.hub.flow_figures import figure
from qitracker.hub.lists import LONGEST_QUERY
from qitracker.method.roles import Role
from qitracker.models import Intake, Letter, SavedView, StandingChange, TrainedCoach, db
from qitracker.people.actions import give_role
from qitracker.people.reader import read_person
from qitracker.plumbing import clock
from tests.conftest import START


@pytest.fixture
def elsewhere_too(world):
    """The hub of one hospital that is staff of the other: it reads open work there, and runs nothing."""
    give_role(world.hub, Role.STAFF, by=None, unit=world.other_hospital)
    db.session.commit()


def test_an_answer_names_no_project_of_another_organisation(browser, world, hub, elsewhere_too):
    """The letter goes to people who cannot see that project."""
    project = hub.project("Falls at night", "active", answered=False)
    give_role(world.lead, Role.PROJECT_LEAD, by=None, project=project)
    foreign = hub.project("Falls at night, Canary", "active", elsewhere=True)
    near = hub.project("Falls at night on Ward 21", "active")
    client = browser(world.hub)
    page = client.get("/hub/intake").text
    assert "Canary" not in page
    assert "Falls at night on Ward 21" in page
    address = f"/hub/projects/{project.id}/intake"
    assert client.post(address, data={"answer": "join", "join": str(foreign.id)}).status_code == 422
    assert db.session.scalars(select(Letter)).all() == []
    assert client.post(address, data={"answer": "join", "join": str(near.id)}).status_code == 303
    assert db.session.get(Intake, project.id).join_id == near.id


def test_two_hubs_of_one_person_each_find_what_is_alike_among_their_own(browser, world, hub):
    give_role(world.hub, Role.HUB, by=None, unit=world.other_hospital)
    for elsewhere in (False, True):
        where = "there" if elsewhere else "here"
        hub.project(f"Falls at night, new {where}", "active", answered=False, elsewhere=elsewhere)
        hub.project(f"Falls at night, old {where}", "active", elsewhere=elsewhere)
    page = browser(world.hub).get("/hub/intake").text
    assert page.count("Suggest joining this one") == 2  # each its old one, and neither anything of the other's


@pytest.mark.parametrize(("word", "status"), [("😀" * 100, 422), ("é" * 100, 422), ("falls " * 16, 303)])
def test_a_list_too_long_to_be_kept_is_refused_with_a_sentence(browser, world, word, status):
    """Each letter of another script takes up to twelve characters of an address."""
    answer = browser(world.hub).post("/hub/views", data={"name": "Long", "query": f"q={word}"})
    assert answer.status_code == status
    kept = db.session.scalars(select(SavedView)).all()
    assert len(kept) == (1 if status == 303 else 0)
    assert all(len(view.query) <= LONGEST_QUERY for view in kept)
    assert status == 303 or "too many words to be kept" in answer.text


def test_a_visit_to_a_private_project_moves_no_figure(world, hub):
    """A share that differs by one coach would tell that there is one."""
    project = hub.project("Canary", "active", private=True)
    db.session.add(TrainedCoach(person_id=world.coach.id, unit_id=world.ward18.id, trained_on=date(2025, 6, 2)))
    give_role(world.coach, Role.COACH, by=None, project=project)
    note_visit(world.ward18.id, date(2025, 9, 3), 20, "", by=world.coach, project=project)
    db.session.commit()
    seen = read_person(world.hub)
    assert {one.numerator for one in figure("coaching", seen, clock.today()).shares} == {0}
    note_visit(world.ward18.id, date(2025, 9, 4), 20, "", by=world.coach)
    db.session.commit()
    assert {one.numerator for one in figure("coaching", seen, clock.today()).shares} == {0, 1}


@pytest.mark.parametrize(
    ("closed", "change"),
    [
        ("2025-06-19T23:30:00+00:00", ""),  # half past midnight of the 20th on the wall: closed when that day ended
        ("2025-06-20T22:59:59+00:00", ""),
        ("2025-06-20T23:30:00+00:00", "1 fewer"),  # half past midnight of the 21st
    ],
)
def test_a_month_ago_ends_with_the_day_on_the_wall(world, hub, closed, change):
    project = hub.project("Closed in summer", "sustaining", stage="deliver")
    project.registered_at, project.closed_at = START - timedelta(200), datetime.fromisoformat(closed)
    db.session.add(StandingChange(project_id=project.id, on=date(2025, 6, 1), state="active", stage="deliver"))
    db.session.commit()
    stages = {tile.name: tile.change for tile in counts(read_person(world.hub), date(2025, 7, 20)).stages}
    assert stages["Deliver"] == change
