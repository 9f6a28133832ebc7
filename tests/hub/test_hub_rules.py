"""The numbers of the rules, and programmes: for the organisation whose hub it is, and no other."""

import pytest
from sqlalchemy import select

from qitracker.method.roles import Role
from qitracker.method.stalled.setting_rows import ROWS
from qitracker.models import Event, Programme, RuleNumber, db
from qitracker.standing.numbers import settings_of


def post(client, world, key="stalled_days", value="45", **more):
    return client.post("/hub/rules", data={"organisation": str(world.hospital.id), "key": key, "value": value, **more})


def test_every_number_stands_there_with_what_it_does_and_where_it_comes_from(browser, world):
    page = browser(world.executive).get("/hub/rules").text
    for row in ROWS:
        assert f'id="{row.key}"' in page
    assert "Days without a sign of life until it counts as stalled." in page
    assert "Default 60 days, from 14 to 730. Ours: no published rule names a number of days." in page
    assert 'name="value"' not in page
    assert browser(world.hub).get("/hub/rules").text.count('inputmode="decimal"') == len(ROWS)


def test_a_number_is_set_changed_and_put_back(browser, world):
    client = browser(world.hub)
    assert (
        post(client, world).location == f"/hub/rules?organisation={world.hospital.id}&saved=stalled_days#stalled_days"
    )
    assert "has been looked at again with it" in client.get("/hub/rules").text
    assert settings_of([world.hospital.id])[world.hospital.id]["stalled_days"] == 45
    assert settings_of([world.other_hospital.id])[world.other_hospital.id]["stalled_days"] == 60
    post(client, world, value="50")
    post(client, world, value="50")  # nothing changes
    assert "Back to 60" in client.get("/hub/rules").text
    post(client, world, value="anything", reset="yes")
    post(client, world, value="", reset="yes")
    assert db.session.scalars(select(RuleNumber)).all() == []
    events = select(Event.verb, Event.by_id).where(Event.noun == "rule number").order_by(Event.id)
    assert db.session.execute(events).all() == [(verb, world.hub.id) for verb in ("added", "changed", "removed")]


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("stalled_days", "", "Enter a number"),
        ("stalled_days", "soon", "Enter a number"),
        ("stalled_days", "13", "must be 14 to 730 days, not 13"),
        ("stalled_days", "60.5", "must be a whole number"),
        ("stalled_days", "29", "must not be more than"),  # quiet comes first, after 30 days
        ("score_modest_share", "2", "must be 0.05 to 0.9 share"),
        ("nonsense", "3", "There is no such number"),
    ],
)
def test_what_the_rule_cannot_use_is_said_in_its_own_words_and_the_typing_kept(browser, world, key, value, sentence):
    answer = post(browser(world.hub), world, key, value)
    assert answer.status_code == 422
    assert sentence in answer.text.replace("&#34;", '"')
    assert db.session.scalars(select(RuleNumber)).all() == []
    assert key == "nonsense" or f'value="{value}"' in answer.text


def test_a_default_that_no_longer_fits_the_own_numbers_is_not_put_back(browser, world):
    client = browser(world.hub)
    post(client, world, "stalled_days", "200")
    post(client, world, "quiet_days", "100")
    answer = post(client, world, "stalled_days", reset="yes")
    assert answer.status_code == 422
    assert "must not be more than" in answer.text


def test_a_second_editor_is_told_and_their_number_kept(browser, world):
    client, other = browser(world.hub), browser(world.person("second", Role.HUB, world.hospital))
    assert 'name="version" value="60"' in client.get("/hub/rules").text
    assert post(other, world, value="45", version="60").status_code == 303
    answer = post(client, world, value="50", version="60")
    assert answer.status_code == 409
    assert "Role second has set 45 days meanwhile: press Set again if you still want yours" in answer.text
    assert 'value="50"' in answer.text
    assert 'name="version" value="45"' in answer.text
    assert post(client, world, value="50", version="45").status_code == 303
    answer = post(other, world, reset="yes", version="45")
    assert answer.status_code == 409
    assert post(other, world, reset="yes", version="50").status_code == 303
    answer = post(client, world, value="55", version="50")
    assert "Somebody has put the default back, 60 meanwhile" in answer.text
    assert db.session.scalars(select(RuleNumber)).all() == []


def test_nobody_sets_the_numbers_of_another_organisation(browser, world):
    for person, status in ((world.outsider, 404), (world.executive, 403), (world.coach, 403), (world.staff, 403)):
        assert post(browser(person), world).status_code == status
    assert browser(world.outsider).get(f"/hub/rules?organisation={world.hospital.id}").status_code == 404
    assert db.session.scalars(select(RuleNumber)).all() == []


def programme(client, name, **more):
    return client.post("/hub/programmes", data={"name": name, **more})


def test_a_programme_is_added_renamed_and_filled(browser, world, hub):
    project = hub.project("Fewer falls")
    client = browser(world.hub)
    programme(client, "Safer care")
    made = db.session.scalars(select(Programme)).one()
    assert made.organisation_id == world.hospital.id
    programme(client, "Safer wards", programme=str(made.id))
    assert "Fewer falls" in client.get("/hub/programmes?q=fewer").text
    put = client.post(f"/hub/projects/{project.id}/programme?q=fewer", data={"programme": str(made.id)})
    assert put.location == "/hub/programmes?q=fewer"
    page = client.get("/hub/programmes").text
    assert "Safer wards" in page
    assert "1 project, 1 looks stalled" in page
    assert f'href="/hub/projects?programme={made.id}"' in page
    client.post(f"/hub/projects/{project.id}/programme", data={"programme": ""})
    db.session.refresh(project)
    assert project.programme_id is None


@pytest.mark.parametrize("name", ["", "x" * 121, "a\0b", "SAFER CARE"])
def test_a_programme_needs_a_name_of_its_own(browser, world, name):
    client = browser(world.hub)
    programme(client, "Safer care")
    assert programme(client, name).status_code == 422
    assert len(db.session.scalars(select(Programme)).all()) == 1


def test_programmes_stay_within_their_organisation(browser, world, hub):
    ours, theirs = hub.project("Ours"), hub.project("Theirs", elsewhere=True)
    programme(browser(world.outsider), "Canary programme")
    canary = db.session.scalars(select(Programme)).one()
    client = browser(world.hub)
    for page in ("/hub/programmes", "/hub/projects"):
        assert "Canary" not in client.get(page).text
    assert programme(client, "Renamed", programme=str(canary.id)).status_code == 404
    assert programme(client, "New", organisation=str(world.other_hospital.id)).status_code == 404
    assert client.post(f"/hub/projects/{ours.id}/programme", data={"programme": str(canary.id)}).status_code == 404
    assert client.post(f"/hub/projects/{theirs.id}/programme", data={"programme": ""}).status_code == 404
    assert programme(browser(world.executive), "New").status_code == 403
