"""How a project ends, opens again, and where it stands until then."""

import pytest
from markupsafe import escape
from sqlalchemy import select

from qitracker.models import Project, Standing, db
from qitracker.plumbing import clock as now
from qitracker.standing.keeping import keep
from tests.shape.objects import ids_for


@pytest.fixture
def project(world):
    return world.project()


def home(project):
    return f"/projects/{project.id}/"


# Closing


ENDING = {"closing": "achieved", "learnt": "Begin with the night staff.", "why": "The aim is met."}


def test_closing_says_how_it_ended_what_was_learnt_and_which_series_stay_watched(browser, world, project):
    ids = ids_for(world, project)
    ids_for(world, project)
    client = browser(world.lead)
    assert "Which measures does somebody go on watching?" in client.get(f"{home(project)}close").text
    kept = f"watch_{ids['series_id'].hex}"
    assert client.post(f"{home(project)}close", data={**ENDING, kept: "yes"}).status_code == 303
    shown = browser(world.staff).get(home(project)).text
    for words in ("This project is closed: aim achieved", "Begin with the night staff.", "The aim is met."):
        assert words in shown
    series = {one.id: one.is_watched for one in project_series(project)}
    assert series.pop(ids["series_id"]) is True
    assert set(series.values()) == {False}
    client.post(f"{home(project)}reopen")
    project = db.session.get(Project, project.id)
    assert (project.closed_at, project.closing, project.learnt) == (None, None, None)
    assert {one.is_watched for one in project_series(project)} == {True}
    history = client.get(f"{home(project)}history").text
    assert "Begin with the night staff." in history


def project_series(project):
    from qitracker.models import Series

    return db.session.scalars(select(Series).where(Series.project_id == project.id)).all()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"closing": ""}, "Choose how it ended"),
        ({"closing": "bored"}, "Choose one from the list"),
        ({"learnt": ""}, "Write down what you learnt"),
        ({"closing": "stopped_learnt", "learnt": ""}, "Write down what you learnt"),
        ({"closing": "merged", "learnt": ""}, None),
        ({"why": ""}, "Say why in a sentence"),
    ],
)
def test_what_closing_asks(browser, world, project, typed, sentence):
    answer = browser(world.lead).post(f"{home(project)}close", data={**ENDING, **typed})
    assert answer.status_code == (422 if sentence else 303)
    assert sentence is None or sentence in answer.text
    assert (db.session.get(Project, project.id).closed_at is None) is bool(sentence)


def test_a_second_closing_does_not_overwrite_the_first(browser, world, project):
    client = browser(world.lead)
    client.post(f"{home(project)}close", data=ENDING)
    client.post(f"{home(project)}close", data={**ENDING, "learnt": "Nothing at all."})
    assert db.session.get(Project, project.id).learnt == "Begin with the night staff."


# Where it stands


def test_the_home_says_where_it_stands_which_test_fired_and_what_clears_it(browser, world, project, clock):
    clock.move(days=70)
    shown = browser(world.member).get(home(project)).text
    panel = shown.split('aria-labelledby="standing"')[1].split("</section>")[0]
    assert "Stalled" in panel
    assert "It clears" in panel
    assert f'href="/projects/{project.id}/' in panel
    assert "Pause it until a day" in panel
    reader = (
        browser(world.executive).get(home(project)).text.split('aria-labelledby="standing"')[1].split("</section>")[0]
    )
    assert "<a " not in reader


def test_the_team_reads_where_its_project_stands_before_anybody_else(browser, world, project, clock):
    clock.move(days=61)
    keep([project], now.today())
    db.session.commit()
    standing = db.session.get(Standing, project.id)
    assert standing.state == "stalled"
    shown = escape(standing.sentence)
    assert shown in browser(world.member).get("/projects/mine").text
    assert shown in browser(world.member).get(home(project)).text


@pytest.mark.parametrize(("closing", "keeps"), [("achieved", True), ("stopped_learnt", False), ("merged", False)])
def test_a_gain_is_spoken_of_where_there_is_one_to_keep(browser, world, project, closing, keeps):
    client = browser(world.lead)
    assert client.post(f"/projects/{project.id}/close", data=ENDING | {"closing": closing}).status_code == 303
    client.get("/projects/mine")  # the flash has been read
    assert ("if the gain is lost" in client.get(f"/projects/{project.id}/").text) is keeps
