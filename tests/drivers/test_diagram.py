"""The driver diagram: page, picture, and every change to it."""

import re
import uuid

import pytest

from qitracker.method.cycles import Decision
from qitracker.models import Aim, Driver, DriverLink, Event, Idea, db
from qitracker.plumbing import clock


def drivers_of(project):
    return db.session.query(Driver).filter_by(project_id=project.id).all()


def links_of(project):
    return {
        (link.driver_id, link.below_driver_id or link.below_idea_id)
        for link in db.session.query(DriverLink).filter_by(project_id=project.id)
    }


def list_of(page):
    """The texts of the list, in order."""
    body = page.split('class="drivers-tree"')[1]
    words = re.findall(r'drivers-words">(.*?)</div>', body, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in words]


def test_the_page_has_the_picture_with_one_sentence_and_the_list(browser, world, falls):
    page = browser(world.staff).get(falls.page).text
    label = "Driver diagram: no aim yet, 2 primary drivers, 1 secondary driver and 1 change idea."
    assert f'role="img" aria-label="{label}"' in page
    found = list_of(page)
    assert found[1].startswith("Primary driver: People at risk are seen")
    assert found[2].startswith("Secondary driver: The bay is watched")
    assert found[3].startswith("Desk in the bay Not tested")
    assert found[4].startswith("Primary driver: The floor is safe")


def test_ideas_without_a_driver_are_listed(browser, world, falls):
    page = browser(world.lead).get(falls.page).text
    assert "Red socks" in page.split("Ideas without a driver")[1]
    assert "1 idea on your list is not joined to a driver yet." in page


def test_the_aim_stands_on_top_or_is_asked_for(browser, world, falls):
    client = browser(world.lead)
    assert "Write the aim" in client.get(falls.page).text
    aim = Aim(project_id=falls.project.id, what="falls", unit="falls", start=10, target=7, population="on Ward 18")
    aim.written_at = clock.now()
    db.session.add(aim)
    page = client.get(falls.page).text
    assert "Reduce falls on Ward 18 by 30% (from 10 to 7 falls)." in list_of(page)[0]
    assert "Write the aim" not in page


def test_ideas_carry_the_state_of_their_cycles(browser, world, falls, cycle):
    cycle(falls.desk, 3, Decision.ADOPT)
    cycle(falls.desk, 4, started=clock.today())
    page = browser(world.staff).get(falls.page).text
    assert "PDSA 3: adopt" in page
    assert page.count("PDSA 4: running") == 2  # in the picture and in the list


def test_what_the_diagram_lacks_is_said_on_top_and_beside(browser, world, falls):
    page = browser(world.staff).get(falls.page).text
    advice = page.split('id="advice"')[1].split("</section>")[0]
    assert "“The floor is safe” has no change idea yet." in advice
    assert "3 drivers have no measure." in advice
    assert "“Desk in the bay” has no test yet." in advice
    line = next(words for words in list_of(page) if "The floor is safe" in words)
    assert "No change idea yet" in line


def test_an_empty_diagram_says_what_to_do_first(browser, world, project):
    page = browser(world.lead).get(f"/projects/{project.id}/drivers/").text
    assert "Add the first driver" in page
    assert "What has to be true for your aim to be met?" in page


def test_readers_see_no_buttons(browser, world, falls):
    page = browser(world.staff).get(falls.page).text
    assert "Add secondary driver" not in page
    assert 'name="way"' not in page


@pytest.mark.parametrize(
    ("name", "kind", "start"),
    [("diagram.svg", "image/svg+xml", b"<svg"), ("diagram.png", "image/png", b"\x89PNG"), ("diagram.csv", "text/csv", b"\xef\xbb\xbf")],
)  # fmt: skip
def test_the_diagram_as_a_file(browser, world, falls, elsewhere, name, kind, start):
    answer = browser(world.staff).get(falls.page + name)
    assert answer.status_code == 200
    assert answer.mimetype == kind
    assert answer.data.startswith(start)
    assert browser(elsewhere).get(falls.page + name).status_code == 404


def test_a_primary_driver_is_added(browser, world, project, measure):
    answer = browser(world.lead).post(
        f"/projects/{project.id}/drivers/new", data={"text": "Seen in time", "measure_id": str(measure.id)}
    )
    assert answer.status_code == 303
    (driver,) = drivers_of(project)
    assert (driver.text, driver.level, driver.measure_id) == ("Seen in time", "primary", measure.id)
    assert db.session.query(Event).filter_by(noun="driver", verb="added", noun_id=str(driver.id)).count() == 1
    assert "Measure: Falls each week" in browser(world.staff).get(f"/projects/{project.id}/drivers/").text


def test_a_secondary_driver_may_belong_to_several(browser, world, falls):
    client = browser(world.lead)
    address = f"{falls.page}new?under={falls.seen.id}"
    page = client.get(address).text
    assert re.search(rf'value="{falls.seen.id}"[^>]* checked', page)
    data = {"text": "Handrails", "parents": [str(falls.seen.id), str(falls.floor.id)], "why_no_measure": "Seen daily"}
    assert client.post(address, data=data).status_code == 303
    rails = next(driver for driver in drivers_of(falls.project) if driver.text == "Handrails")
    assert {(falls.seen.id, rails.id), (falls.floor.id, rails.id)} <= links_of(falls.project)
    page = client.get(falls.page).text
    assert "Also under: The floor is safe" in page
    assert "Also under: People at risk are seen" in page
    assert "No measure: Seen daily" in page


@pytest.mark.parametrize(
    "data",
    [
        {"text": ""},
        {"text": "x" * 201},
        {"text": "a\x00b"},
        {"text": "the BAY  is watched"},
        {"text": "New", "measure_id": "nonsense"},
        {"text": "New", "measure_id": "6f1c2f5e-0000-4000-8000-000000000001"},
        {"text": "New", "parents": "6f1c2f5e-0000-4000-8000-000000000001"},
        {"text": "New", "parents": "１２"},
        {"text": "New", "why_no_measure": "x" * 301},
    ],
)
@pytest.mark.parametrize("under", [True, False])
def test_a_driver_that_cannot_be_is_refused(browser, world, falls, data, under):
    address = f"{falls.page}new" + (f"?under={falls.seen.id}" if under else "")
    answer = browser(world.lead).post(address, data={"parents": str(falls.seen.id) if under else [], **data})
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert len(drivers_of(falls.project)) == 3


def test_a_secondary_driver_needs_a_primary_one(browser, world, falls):
    answer = browser(world.lead).post(f"{falls.page}new?under={falls.seen.id}", data={"text": "Handrails"})
    assert answer.status_code == 422
    assert "Tick at least one primary driver" in answer.text


@pytest.mark.parametrize("under", ["nonsense", "6f1c2f5e-0000-4000-8000-000000000001", "a\x00"])
def test_under_nothing_there_is_no_page(browser, world, falls, under):
    assert browser(world.lead).get(f"{falls.page}new", query_string={"under": under}).status_code == 404


def test_drivers_and_measures_of_another_project_are_refused(browser, world, falls, other):
    client = browser(world.lead)
    assert client.get(f"{falls.page}new?under={other.seen.id}").status_code == 404
    assert client.get(f"{falls.page}new?under={falls.watched.id}").status_code == 404  # no third level
    refused = client.post(f"/drivers/{falls.watched.id}/", data={"text": "New", "parents": str(other.seen.id)})
    assert refused.status_code == 422
    assert client.post(f"/drivers/{falls.seen.id}/ideas", data={"ideas": str(other.desk.id)}).status_code == 422


def test_editing_a_driver_changes_only_what_differs(browser, world, falls, measure, fresh):
    data = {"text": "The bay is always watched", "parents": str(falls.floor.id), "measure_id": str(measure.id)}
    answer = browser(world.member).post(f"/drivers/{falls.watched.id}/", data=data)
    assert answer.status_code == 303
    assert fresh(falls.watched).text == "The bay is always watched"
    assert (falls.floor.id, falls.watched.id) in links_of(falls.project)
    assert (falls.seen.id, falls.watched.id) not in links_of(falls.project)
    changed = db.session.query(Event).filter_by(noun_id=str(falls.watched.id), verb="changed").one()
    assert changed.old == {"text": "The bay is watched", "measure_id": None}


def test_the_second_editor_is_told_and_keeps_the_typing(browser, world, falls, fresh):
    old = str(fresh(falls.watched).version)
    parent = str(falls.seen.id)
    browser(world.member).post(
        f"/drivers/{falls.watched.id}/", data={"text": "First", "parents": parent, "version": old}
    )
    late = browser(world.lead).post(
        f"/drivers/{falls.watched.id}/", data={"text": "Second", "parents": parent, "version": old}
    )
    assert late.status_code == 409
    assert 'value="Second"' in late.text
    assert re.search(r"Saved now:</strong> First", late.text)
    assert fresh(falls.watched).text == "First"


def test_the_second_editor_of_the_parents_is_told(browser, world, falls, fresh):
    old = str(fresh(falls.watched).version)
    here = f"/drivers/{falls.watched.id}/"
    browser(world.member).post(
        here, data={"text": "The bay is watched", "parents": str(falls.floor.id), "version": old}
    )
    late = browser(world.lead).post(
        here, data={"text": "The bay is watched", "parents": [str(falls.seen.id), str(falls.floor.id)], "version": old}
    )
    assert late.status_code == 409
    assert (falls.seen.id, falls.watched.id) not in links_of(falls.project)


def test_removing_a_driver_lets_its_ideas_go_and_keeps_them(browser, world, falls):
    client = browser(world.lead)
    gone = falls.watched.id
    asked = client.get(f"/drivers/{gone}/remove").text
    assert "Desk in the bay" in asked
    assert client.post(f"/drivers/{gone}/remove").status_code == 303
    assert gone not in {driver.id for driver in drivers_of(falls.project)}
    assert links_of(falls.project) == set()
    assert db.session.query(Idea).filter_by(project_id=falls.project.id).count() == 2
    assert db.session.query(Event).filter_by(noun="driver", verb="removed").one().old["text"] == "The bay is watched"
    assert "Took it off “The bay is watched”" in client.get(f"/ideas/{falls.desk.id}/").text


def test_removing_a_primary_driver_keeps_the_secondary_ones_in_sight(browser, world, falls):
    client = browser(world.lead)
    client.post(f"/drivers/{falls.seen.id}/remove")
    page = client.get(falls.page).text
    assert "The bay is watched" in page.split("Drivers without a primary driver")[1]
    assert "Not joined to a driver yet" in page


def test_removing_what_somebody_changed_asks_again(browser, world, falls, fresh):
    old = str(fresh(falls.seen).version)
    browser(world.member).post(f"/drivers/{falls.seen.id}/", data={"text": "Changed meanwhile", "version": old})
    answer = browser(world.lead).post(f"/drivers/{falls.seen.id}/remove", data={"version": old})
    assert answer.status_code == 409
    assert "Changed meanwhile" in answer.text
    assert len(drivers_of(falls.project)) == 3


def test_ideas_are_hung_on_a_driver_new_and_known(browser, world, falls):
    client = browser(world.lead)
    data = {"text": "Night lights", "ideas": [str(falls.socks.id), str(falls.desk.id)]}
    assert client.post(f"/drivers/{falls.floor.id}/ideas", data=data).status_code == 303
    new = db.session.query(Idea).filter_by(text="Night lights").one()
    below_floor = {(falls.floor.id, one.id) for one in (falls.socks, falls.desk, new)}
    assert below_floor <= links_of(falls.project)
    assert (falls.watched.id, falls.desk.id) in links_of(falls.project)
    assert db.session.query(Event).filter_by(verb="joined", noun="idea").count() == 4


@pytest.mark.parametrize("data", [{}, {"text": " "}, {"ideas": "nonsense"}, {"text": "x" * 301}, {"text": "\x00"}])
def test_hanging_nothing_is_refused(browser, world, falls, data):
    answer = browser(world.lead).post(f"/drivers/{falls.floor.id}/ideas", data=data)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text


def primary_order(page):
    return [re.sub("Primary driver: ", "", one).split(" △")[0] for one in list_of(page) if one.startswith("Primary")]


def test_moving_a_driver_changes_its_place_and_comes_back_to_its_button(browser, world, falls, fresh):
    client = browser(world.lead)
    answer = client.post(f"/drivers/{falls.floor.id}/move", data={"way": "up", "under": ""})
    assert answer.status_code == 303
    assert answer.location.endswith(f"#down-box-{falls.floor.id.hex}")
    order = primary_order(client.get(falls.page).text)
    assert order[0].startswith("The floor is safe")
    assert f'id="down-box-{falls.floor.id.hex}"' in client.get(falls.page).text
    moved = db.session.query(Event).filter_by(verb="moved").one()
    assert (moved.old, moved.new) == ({"place": 2}, {"place": 1})
    assert fresh(falls.seen).version == 1  # whoever edits a neighbour is not disturbed


def test_moving_past_the_end_changes_nothing(browser, world, falls):
    assert browser(world.lead).post(f"/drivers/{falls.seen.id}/move", data={"way": "up"}).status_code == 303
    assert db.session.query(Event).filter_by(verb="moved").count() == 0


def test_an_idea_moves_among_those_of_its_driver(browser, world, falls):
    client = browser(world.lead)
    client.post(f"/drivers/{falls.watched.id}/ideas", data={"text": "Mirror", "ideas": str(falls.socks.id)})
    mirror = db.session.query(Idea).filter_by(text="Mirror").one()
    for _ in range(2):
        client.post(f"/ideas/{mirror.id}/move", data={"way": "up", "under": str(falls.watched.id)})
    found = [one for one in list_of(client.get(falls.page).text) if "Not tested" in one]
    assert [one.split(" Not")[0] for one in found] == ["Mirror", "Desk in the bay", "Red socks"]


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({}, 400),
        ({"way": "sideways"}, 400),
        ({"way": "up", "under": "nonsense"}, 404),
        ({"way": "up", "under": "6f1c2f5e-0000-4000-8000-000000000001"}, 404),
        ({"way": "up"}, 404),
    ],
)
def test_a_move_that_makes_no_sense_is_refused(browser, world, falls, data, status):
    assert browser(world.lead).post(f"/drivers/{falls.watched.id}/move", data=data).status_code == status


def test_a_double_click_moves_once_and_adds_once(browser, world, falls, key):
    client = browser(world.lead)
    for _ in range(2):
        client.post(f"/drivers/{falls.floor.id}/move", data={"way": "up", "submission": key})
        client.post(f"{falls.page}new", data={"text": "Only once", "submission": key[::-1]})
    assert db.session.query(Event).filter_by(verb="moved").count() == 1
    assert len(drivers_of(falls.project)) == 4


EDITS = ["", "remove", "ideas", "move"]


@pytest.mark.parametrize("part", EDITS)
def test_only_the_team_changes_drivers(browser, world, falls, elsewhere, part):
    address = f"/drivers/{falls.seen.id}/{part}"
    data = {"text": "Mine", "way": "down"}
    assert browser(world.staff).post(address, data=data).status_code == 403
    assert browser(elsewhere).post(address, data=data).status_code == 404
    assert browser(world.lead).post(f"/drivers/{uuid.uuid4()}/{part}", data=data).status_code == 404
    assert {driver.text for driver in drivers_of(falls.project)} == {
        "People at risk are seen", "The floor is safe", "The bay is watched",
    }  # fmt: skip
