"""Making and changing measures and series: what is stored, what is asked again, who may, what two people do."""

import re
from datetime import date

import pytest
from sqlalchemy import func, select

from qitracker.measures import actions
from qitracker.measures.analysing import analyse_again
from qitracker.method.measures import DataType, MeasureKind, Rhythm
from qitracker.models import Event, Measure, Series, db
from qitracker.spc import Chart, Direction
from tests.measures.conftest import WHITE

NONSENSE = ["\x00", "\ud800", "x" * 10_000, "１２", "nan", "1e309", "<script>alert(1)</script>", "' OR 1=1 --"]


def answers(**more):
    return {
        "name": "Falls per 1,000 bed days",
        "kind": "outcome",
        "data_type": "rate",
        "numerator": "falls",
        "activity": "bed days",
        "per": "1000",
        "direction": "decrease",
        "rhythm": "month",
        **more,
    }


def create(browser, person, project, **more):
    return browser(person).post(f"/projects/{project.id}/measures/new", data=answers(**more))


def newest():
    return db.session.scalars(select(Measure).order_by(Measure.made_at.desc(), Measure.position.desc())).first()


@pytest.mark.parametrize(
    ("more", "chart", "unit", "multiply", "decimals"),
    [
        ({}, Chart.U, "per 1,000 bed days", 1000.0, 1),
        ({"per": "1", "activity": "visit"}, Chart.U, "per visit", 1.0, 1),
        ({"data_type": "proportion", "denominator": "births"}, Chart.P, "%", 100.0, 1),
        ({"data_type": "count", "unit": "falls"}, Chart.C, "falls", 1.0, 0),
        ({"data_type": "value", "unit": "minutes"}, Chart.I, "minutes", 1.0, 1),
        ({"data_type": "not_sure"}, Chart.RUN, "", 1.0, 1),
    ],
)
def test_a_new_measure_gets_the_chart_and_unit_its_data_suggest(
    browser, world, project, more, chart, unit, multiply, decimals
):
    answer = create(browser, world.lead, project, target="4.5", **more)
    assert answer.status_code == 303
    measure = newest()
    assert answer.location == f"/measures/{measure.id}/definition"
    assert (measure.chart, measure.unit, measure.multiply, measure.decimals) == (chart, unit, multiply, decimals)
    (series,) = measure.series
    assert (series.unit_id, series.group, series.target) == (project.unit_id, "", 4.5)
    events = {(one.verb, one.noun) for one in db.session.scalars(select(Event).where(Event.project_id == project.id))}
    assert {("added", "measure"), ("added", "series")} <= events
    assert browser(world.lead).get(answer.location).status_code == 200
    assert browser(world.lead).get(f"/series/{series.id}/").status_code == 200


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"name": ""}, "Enter a name for the measure"),
        ({"kind": ""}, "Choose what the measure tells you"),
        ({"kind": "wrong"}, "Choose one from the list"),
        ({"data_type": "chart"}, "Choose one from the list"),
        ({"direction": "sideways"}, "Choose one from the list"),
        ({"rhythm": "hourly"}, "Choose one from the list"),
        ({"numerator": ""}, "Enter what is counted"),
        ({"activity": ""}, "Enter what activity"),
        ({"per": "7"}, "Choose one from the list"),
        ({"per": "NaN"}, "Choose one from the list"),
        ({"data_type": "proportion", "denominator": ""}, "Enter out of how many what"),
        ({"target": "soon"}, "There is a problem"),
        ({"target": "1e309"}, "There is a problem"),
        ({"target": "-1"}, "cannot be below 0"),
        ({"data_type": "proportion", "denominator": "people", "target": "140"}, "between 0 and 100"),
    ],
)
def test_what_is_missing_is_asked_beside_its_field_and_the_typing_stays(browser, world, project, more, sentence):
    answer = create(browser, world.lead, project, **{"group": "Night shifts", **more})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Night shifts" in answer.text
    assert db.session.scalar(select(func.count()).select_from(Measure)) == 0


@pytest.mark.parametrize("field", ["name", "kind", "data_type", "numerator", "per", "activity", "target", "group"])
@pytest.mark.parametrize("typed", NONSENSE)
def test_nonsense_never_breaks_the_page(browser, world, project, field, typed):
    answer = create(browser, world.lead, project, **{field: typed.encode("utf-8", "surrogatepass")})
    assert answer.status_code in {303, 422}
    assert "<script>alert" not in answer.text


def test_an_empty_form_is_answered_with_questions(browser, world, project):
    assert browser(world.lead).post(f"/projects/{project.id}/measures/new", data={}).status_code == 422


def test_a_double_click_makes_one_measure(browser, world, project, key):
    client = browser(world.lead)
    first, second = (
        client.post(f"/projects/{project.id}/measures/new", data=answers(submission=key)) for _ in range(2)
    )
    assert first.location == second.location
    assert db.session.scalar(select(func.count()).select_from(Measure)) == 1


def test_only_the_team_makes_measures(browser, world, project):
    assert create(browser, world.staff, project).status_code == 403
    assert create(browser, world.outsider, project).status_code in {403, 404}
    assert browser(world.staff).get(f"/projects/{project.id}/measures/new").status_code == 403
    assert db.session.scalar(select(func.count()).select_from(Measure)) == 0


def test_the_list_advises_on_what_is_missing_and_says_when_numbers_are_due(browser, world, project, bleeds, clock):
    text = browser(world.lead).get(f"/projects/{project.id}/measures/").text
    assert "Add a process measure" in text
    assert "Add a balancing measure" in text
    assert "Add an outcome measure" not in text
    assert "Next: October 2025, due on 1 November 2025." in text
    assert "<svg" in text
    clock.move(days=0)
    clock.now = clock.now.replace(month=12)
    text = browser(world.lead).get(f"/projects/{project.id}/measures/").text
    assert "2 months are waiting for numbers: October 2025 to November 2025." in text


def test_without_measures_the_list_says_what_to_do_first(browser, world, project):
    text = browser(world.lead).get(f"/projects/{project.id}/measures/").text
    assert "Start with one number" in text
    assert "Add the first measure" in text
    assert "Add the first measure" not in browser(world.staff).get(f"/projects/{project.id}/measures/").text


def opened(client, path):
    """The fields of the form on a page, as a browser would send them."""
    html = client.get(path).text
    form = html[html.index("data-keep") :]
    unticked = re.compile(r'<input(?=[^>]* type="checkbox")(?![^>]* checked)[^>]*>')  # a browser sends none of these
    sendable = unticked.sub("", form.split("</form>")[0])
    found = dict(re.findall(r'<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"', sendable))
    found |= {
        name: value
        for tag in re.findall(r"<input[^>]*>", form)
        if "checked" in tag
        for name, value in [(re.search(r'name="([^"]+)"', tag)[1], re.search(r'value="([^"]*)"', tag)[1])]
    }
    for name, options in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        picked = re.search(r'<option value="([^"]*)" selected', options)
        found[name] = picked[1] if picked else ""
    return found


def test_changing_the_direction_turns_improvement_into_concern_at_once(browser, world, bleeds, measure):
    path = f"/measures/{measure.id}/edit"
    client = browser(world.lead)
    sent = opened(client, path) | {"direction": "increase"}
    asked = client.post(path, data=sent)
    assert asked.status_code == 422
    assert "Say why, in a few words" in asked.text
    assert client.post(path, data=sent | {"why": "We had it the wrong way round"}).status_code == 303
    assert '"direction":"increase"' in bleeds.analysis
    event = db.session.scalars(select(Event).where(Event.noun == "measure", Event.verb == "changed")).one()
    assert (event.old, event.new) == ({"direction": "decrease"}, {"direction": "increase"})
    assert event.why == "We had it the wrong way round"


def test_another_chart_is_drawn_at_once_and_only_one_that_suits(browser, world, bleeds, measure):
    path = f"/measures/{measure.id}/edit"
    client = browser(world.lead)
    sent = opened(client, path) | {"why": "Numbers vary more than chance"}
    assert client.post(path, data=sent | {"chart": "u"}).status_code == 422
    assert client.post(path, data=sent | {"chart": "i"}).status_code == 303
    assert '"chart":"i"' in bleeds.analysis
    assert bleeds.analysis == analyse_again(bleeds).to_json()


def test_the_unit_of_a_rate_changes_the_plotted_numbers(browser, world, project):
    create(browser, world.lead, project, target="4.5")
    measure = newest()
    path = f"/measures/{measure.id}/edit"
    client = browser(world.lead)
    sent = opened(client, path)
    assert (sent["multiply"], sent["activity"]) == ("1000", "bed days")
    client.post(path, data=sent | {"multiply": "10000", "why": "As the region does"})
    db.session.refresh(measure)
    assert (measure.multiply, measure.unit) == (10_000.0, "per 10,000 bed days")
    assert measure.series[0].target == 45.0  # the same place among the numbers


def test_a_name_needs_no_reason(browser, world, bleeds, measure):
    path = f"/measures/{measure.id}/edit"
    client = browser(world.lead)
    assert client.post(path, data=opened(client, path) | {"name": "Large bleeds"}).status_code == 303
    assert measure.name == "Large bleeds"


@pytest.mark.parametrize("path", ["edit", "definition"])
def test_the_second_editor_is_told_and_loses_nothing(browser, world, bleeds, measure, path):
    address = f"/measures/{measure.id}/{path}"
    field = {"edit": "name", "definition": "source"}[path]
    first, second = browser(world.lead), browser(world.member)
    early, late = opened(first, address), opened(second, address)
    assert first.post(address, data=early | {field: "The theatre register"}).status_code == 303
    told = second.post(address, data=late | {field: "The birth register"})
    assert told.status_code == 409
    assert "The theatre register" in told.text
    assert "The birth register" in told.text
    assert getattr(measure, field) == "The theatre register"


def test_how_it_is_counted_is_written_shown_and_logged(browser, world, bleeds, measure):
    path = f"/measures/{measure.id}/definition"
    client = browser(world.lead)
    page = client.get(path).text
    assert "Could two people get the same number?" in page
    sent = opened(client, path) | {
        "numerator": "Births with a measured loss of 1,500 ml or more",
        "denominator": "All births at 24 weeks or later",
        "inclusions": "Singletons and twins",
        "exclusions": "Home births",
        "definitions": "Measured: weighed, not estimated.",
        "source": "Maternity system",
        "sampling": "All",
        "collector": "Ward clerk",
        "limits_of_data": "Late entries in the first week",
    }
    assert client.post(path, data=sent).status_code == 303
    shown = client.get(f"/series/{bleeds.id}/").text
    assert "Measured: weighed, not estimated." in shown
    assert "Home births" in shown
    assert "Who is counted in, Who is left out" in client.get(path).text  # the log of changes
    assert "Role lead" in client.get(path).text


def test_another_group_gets_a_chart_of_its_own(browser, world, bleeds, measure):
    path = f"/measures/{measure.id}/series/new"
    client = browser(world.lead)
    answer = client.post(path, data={"unit_id": str(world.ward18.id), "group": WHITE, "target": "4"})
    assert answer.status_code == 303
    added = db.session.scalars(select(Series).where(Series.group == WHITE)).one()
    assert answer.location == f"/series/{added.id}/"
    assert (added.target, added.position) == (4.0, 1)
    page = client.get(answer.location).text
    assert WHITE in page
    assert "Compare groups" in page
    again = client.post(path, data={"unit_id": str(world.ward18.id), "group": WHITE.upper()})
    assert again.status_code == 422
    assert "There is a chart for this place and group already" in again.text


@pytest.mark.parametrize("unit", ["other", "nonsense", "", "6f1c2f5e-0000-4000-8000-000000000001"])
def test_a_series_is_about_a_place_of_the_same_organisation(browser, world, bleeds, measure, unit):
    place = str(world.other_ward.id) if unit == "other" else unit
    answer = browser(world.lead).post(f"/measures/{measure.id}/series/new", data={"unit_id": place, "group": "x"})
    assert answer.status_code == 422
    assert db.session.scalar(select(func.count()).select_from(Series)) == 1


def test_a_new_target_says_at_once_whether_it_will_be_met(browser, world, bleeds):
    path = f"/series/{bleeds.id}/edit"
    client = browser(world.lead)
    sent = opened(client, path) | {
        "target": "40",
        "target_by-day": "31",
        "target_by-month": "3",
        "target_by-year": "2026",
    }
    assert client.post(path, data=sent).status_code == 303
    assert (bleeds.target, bleeds.target_by) == (40.0, date(2026, 3, 31))
    assert '"assurance":"consistent_pass"' in bleeds.analysis


def test_a_number_added_meanwhile_does_not_stop_the_one_who_sets_the_target(browser, world, bleeds):
    path = f"/series/{bleeds.id}/edit"
    client = browser(world.lead)
    sent = opened(client, path) | {"target": "6"}
    actions.decide(bleeds, by=world.lead, kind="leave_out", on=date(2025, 9, 1), reason="x")
    assert client.post(path, data=sent).status_code == 303
    assert bleeds.target == 6.0


def test_two_people_who_set_the_target_are_told(browser, world, bleeds):
    path = f"/series/{bleeds.id}/edit"
    first, second = browser(world.lead), browser(world.member)
    early, late = opened(first, path), opened(second, path)
    first.post(path, data=early | {"target": "6"})
    told = second.post(path, data=late | {"target": "8"})
    assert told.status_code == 409
    assert bleeds.target == 6.0
    again = re.search(r'name="version" value="([^"]*)"', told.text)[1]
    assert second.post(path, data=late | {"target": "8", "version": again}).status_code == 303
    assert bleeds.target == 8.0


@pytest.mark.parametrize("path", ["edit", "definition", "series/new"])
def test_readers_may_not_change_a_measure(browser, world, bleeds, measure, path):
    client = browser(world.staff)
    assert client.get(f"/measures/{measure.id}/{path}").status_code == 403
    assert client.post(f"/measures/{measure.id}/{path}", data={}).status_code == 403
    assert browser(world.outsider).get(f"/measures/{measure.id}/{path}").status_code in {403, 404}


def test_a_measure_of_each_kind_leaves_nothing_to_advise(browser, world, project):
    for kind in MeasureKind:
        actions.add_measure(
            project,
            by=world.lead,
            name=kind.value,
            kind=kind,
            data_type=DataType.COUNT,
            direction=Direction.DECREASE,
            rhythm=Rhythm.WEEK,
        )
    text = browser(world.lead).get(f"/projects/{project.id}/measures/").text
    assert "measure:" not in text
    assert text.count("Add the first number.") == 3


def test_a_rate_is_counted_in_its_activity(browser, world, project):
    create(browser, world.lead, project, denominator="typed before the kind was changed")
    assert newest().denominator == "bed days"
