"""When the analysis or the drawing is broken the page, the numbers and the forms stand."""

import json
from datetime import date

import pytest

from qitracker.measures import chart_views, stored
from qitracker.measures.stored import Unreadable, parsed
from qitracker.models import db


def damaged(series, how):
    good = json.loads(series.analysis)
    if how == "no json":
        return "{not json"
    if how == "list":
        return "[]"
    if how == "short column":
        return json.dumps({**good, "y": good["y"][:3]})
    if how == "words for numbers":
        return json.dumps({**good, "cl": ["high"] * len(good["x"])})
    if how == "stretches without end":
        return json.dumps({**good, "cl": {"each": [1.0], "times": [10**12]}})
    if how == "stretches of another length":
        return json.dumps({**good, "cl": {"each": [1.0], "times": [len(good["x"]) - 1]}})
    if how == "unknown word":
        return json.dumps({**good, "variation": "splendid"})
    if how == "another version":
        return json.dumps({key: value for key, value in good.items() if key != "runs"})
    if how == "phases out of order":
        return json.dumps({**good, "phase": [3, 1] * 20})
    return json.dumps({**good, "x": [], "y": []})


HOW = [
    "no json",
    "list",
    "short column",
    "words for numbers",
    "stretches without end",
    "stretches of another length",
    "unknown word",
    "another version",
    "empty",
    "phases out of order",
]


@pytest.mark.parametrize("how", HOW)
def test_a_damaged_analysis_is_worked_out_again_for_the_page(browser, world, bleeds, how):
    whole = browser(world.lead).get(f"/series/{bleeds.id}/").text
    bleeds.analysis = damaged(bleeds, how)
    answer = browser(world.lead).get(f"/series/{bleeds.id}/")
    assert answer.status_code == 200
    assert "Add numbers" in answer.text
    if how != "phases out of order":  # that one can be read; the page says what it holds
        assert whole.count("September 2025") == answer.text.count("September 2025")
        assert "This has improved" in answer.text


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("path", ["chart.json", "chart.svg", "chart.png", "data.csv"])
def test_a_damaged_analysis_never_breaks_what_hangs_on_it(browser, world, bleeds, how, path):
    bleeds.analysis = damaged(bleeds, how)
    assert browser(world.lead).get(f"/series/{bleeds.id}/{path}").status_code in {200, 503}


@pytest.mark.parametrize("how", HOW)
def test_a_damaged_analysis_never_breaks_the_lists(browser, world, bleeds, white, how):
    bleeds.analysis = damaged(bleeds, how)
    listed = browser(world.lead).get(f"/projects/{bleeds.project_id}/measures/")
    assert listed.status_code == 200
    assert "No clear change. Around 5.0%." in listed.text  # the other series
    assert browser(world.lead).get(f"/measures/{bleeds.measure_id}/groups").status_code == 200


def test_when_nothing_can_be_worked_out_the_numbers_stand(browser, world, bleeds, monkeypatch):
    def fails(*_arguments):
        raise ZeroDivisionError

    bleeds.analysis = "{}"
    monkeypatch.setattr(stored, "analyse", fails)
    client = browser(world.lead)
    answer = client.get(f"/series/{bleeds.id}/")
    assert answer.status_code == 200
    for piece in ("cannot be worked out at the moment", "The numbers are safe", "Add numbers", "11 of 77", "Correct"):
        assert piece in answer.text
    assert client.get(f"/series/{bleeds.id}/chart.json").status_code == 503
    assert client.get(f"/series/{bleeds.id}/chart.svg").status_code == 503
    assert len(client.get(f"/series/{bleeds.id}/data.csv").text.splitlines()) == 41


@pytest.mark.parametrize("path", ["chart.json", "chart.svg", "chart.png"])
def test_when_the_drawing_fails_the_page_stands_and_says_so(browser, world, bleeds, monkeypatch, path):
    def fails(*_arguments, **_options):
        raise chart_views.ChartFailed("no ink")

    monkeypatch.setattr(chart_views.drawing, "draw", fails)
    client = browser(world.lead)
    answer = client.get(f"/series/{bleeds.id}/{path}")
    assert answer.status_code == 503
    assert "cannot be drawn at the moment" in answer.text
    page = client.get(f"/series/{bleeds.id}/")
    assert page.status_code == 200
    assert "The chart cannot be drawn at the moment." in page.text  # hidden until the script finds out


def test_an_analysis_without_its_points_is_not_believed(browser, world, bleeds):
    from qitracker.models import Point

    db.session.query(Point).filter_by(series_id=bleeds.id).delete()
    bleeds.n_points = 0
    assert "No numbers yet" in browser(world.lead).get(f"/series/{bleeds.id}/").text


@pytest.mark.parametrize("how", [how for how in HOW if how != "phases out of order"])
def test_reading_says_what_it_cannot_read(bleeds, how):
    with pytest.raises(Unreadable):
        parsed(damaged(bleeds, how))


def test_reading_gives_back_what_was_stored(bleeds):
    assert parsed(bleeds.analysis).to_json() == bleeds.analysis
    assert parsed(None) is None
    assert parsed(bleeds.analysis).x[0] == date(2022, 6, 1).isoformat()
