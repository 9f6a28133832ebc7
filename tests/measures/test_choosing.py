"""Choosing a chart and its rules, targets that change, what is suggested and answered."""

import re
from datetime import date

import pytest
from sqlalchemy import select

from qitracker.charts.kind_pictures import kind_picture
from qitracker.measures import actions, drawing, targets
from qitracker.measures.analysing import analyse_again
from qitracker.measures.kinds import CHARTS, CHARTS_FOR, WHY_PROPOSED, proposed_chart
from qitracker.measures.naming import words_of
from qitracker.measures.stored import stored
from qitracker.measures.suggestions import Step, advice_on
from qitracker.method.measures import DataType, Rhythm
from qitracker.models import DecisionKind, Event, Measure, Point, db
from qitracker.spc import Chart, Direction, RuleSet
from tests.measures.conftest import with_points, with_values
from tests.measures.test_measure_forms import answers, create, newest, opened

STEADY = (30.0, 34, 28, 33, 31, 29, 35, 30, 32, 31, 33, 29, 30, 34, 28, 33, 31, 29, 35, 30)


def page(browser, person, series, more=""):
    answer = browser(person).get(f"/series/{series.id}/{more}")
    assert answer.status_code == 200, answer.text
    return " ".join(answer.text.split())


@pytest.mark.parametrize("chart", Chart)
def test_every_kind_has_a_small_picture_and_words(chart):
    picture = kind_picture(chart)
    assert picture.startswith("<svg")
    assert "style=" not in picture
    assert len(picture) < 5000
    assert CHARTS[chart].sentence.endswith((".", "?"))


@pytest.mark.parametrize("data_type", DataType)
def test_the_proposed_chart_is_the_first_that_fits(data_type):
    assert proposed_chart(data_type) is CHARTS_FOR[data_type][0]
    assert WHY_PROPOSED[data_type]


@pytest.mark.parametrize(
    ("unit", "chart"),
    [("days", Chart.T), ("", Chart.T), ("bed days", Chart.T), ("births", Chart.G), ("cases", Chart.G)],
)
def test_what_lies_between_events_is_time_or_cases_by_its_unit(unit, chart):
    assert proposed_chart(DataType.BETWEEN, unit) is chart


def test_the_chooser_has_only_what_fits_the_proposed_first_with_its_reason(browser, world, bleeds):
    text = browser(world.lead).get(f"/measures/{bleeds.measure_id}/edit").text
    offered = re.findall(r'name="chart" type="radio" value="(\w+)"', text)
    assert offered == ["p", "pp", "i", "ip", "run"]
    assert text.count("measure-kind-picture") == 5
    assert "We propose a P chart: each person counted has it or does not" in text
    assert "P chart, proposed" in text


@pytest.mark.parametrize("chart", ["pp", "i", "ip", "run"])
def test_every_chart_of_a_share_is_drawn_and_named(browser, world, bleeds, chart):
    client, path = browser(world.lead), f"/measures/{bleeds.measure_id}/edit"
    sent = opened(client, path) | {"chart": chart, "why": "To try it"}
    assert client.post(path, data=sent).status_code == 303
    assert f"{CHARTS[Chart(chart)].name}. Rules: Provost and Murray" in page(browser, world.lead, bleeds)
    assert client.get(f"/series/{bleeds.id}/chart.json").status_code == 200


def test_the_page_says_whose_rules_it_goes_by(browser, world, minutes):
    with_values(minutes, list(STEADY))
    client, path = browser(world.lead), f"/measures/{minutes.measure_id}/edit"
    sent = opened(client, path) | {"rules": "making_data_count"}
    asked = client.post(path, data=sent)
    assert asked.status_code == 422
    assert "Say why, in a few words" in asked.text
    assert client.post(path, data=sent | {"why": "As in our board papers"}).status_code == 303
    text = page(browser, world.lead, minutes)
    assert "I chart. Rules: NHS England, Making Data Count." in text
    assert "7 or more points in a row are on the same side" in text


@pytest.mark.parametrize("rules", ["making_data_count", "plotthedots"])
def test_rules_that_do_not_know_a_chart_are_not_taken(browser, world, bleeds, rules):
    client, path = browser(world.lead), f"/measures/{bleeds.measure_id}/edit"
    answer = client.post(path, data=opened(client, path) | {"rules": rules, "why": "Board"})
    assert answer.status_code == 422
    assert "These rules know I charts only" in answer.text


def test_a_run_chart_says_when_it_becomes_the_chart_that_was_chosen(browser, world, minutes):
    with_values(minutes, list(STEADY[:6]))
    text = page(browser, world.lead, minutes)
    assert "Run chart. Rules: Provost and Murray" in text
    assert "It becomes an I chart at 12 numbers." in text
    assert "Common cause" not in text.split('id="numbers"')[1]


def test_numbers_that_only_go_up_show_no_trend(browser, world, minutes):
    with_values(minutes, [*STEADY[:12], 30, 30.5, 31, 31.5, 32, 32.5])
    assert analyse_again(minutes).variation.value != "common_cause"
    client, path = browser(world.lead), f"/measures/{minutes.measure_id}/edit"
    sent = opened(client, path) | {"only_rises": "yes", "why": "People trained"}
    assert client.post(path, data=sent).status_code == 303
    db.session.expire_all()
    assert stored(minutes).variation.value == "common_cause"


def test_a_measure_of_rare_events_has_no_rhythm_and_needs_none(browser, world, project):
    create(browser, world.lead, project, data_type="between", unit="days", rhythm="", direction="increase")
    measure = newest()
    assert (measure.chart, measure.rhythm) == (Chart.T, Rhythm.NONE)
    create(browser, world.lead, project, name="Several", data_type="several", unit="minutes")
    assert db.session.scalar(select(Measure).where(Measure.name == "Several")).chart is Chart.XBAR
    asked = create(browser, world.lead, project, data_type="value", rhythm="")
    assert asked.status_code == 422
    assert "Choose how often you will have a number" in asked.text


def post_target(client, series, day, month, year, value):
    data = {"on-day": day, "on-month": month, "on-year": year, "value": value}
    return client.post(f"/series/{series.id}/targets", data=data)


@pytest.mark.parametrize(("value", "status"), [("0", 303), ("100", 303), ("100.1", 422), ("-1", 422)])
def test_a_share_cannot_aim_above_all_or_below_none(browser, world, bleeds, value, status):
    client = browser(world.lead)
    assert post_target(client, bleeds, "1", "4", "2024", value).status_code == status
    typed = {"unit_id": str(bleeds.unit_id), "group": bleeds.group, "target": value}
    path = f"/measures/{bleeds.measure_id}/series/new"
    again = client.post(path, data=typed | {"group": "Others"})
    assert again.status_code == status
    assert ("between 0 and 100" in again.text) is (status == 422)


def test_a_target_changes_and_the_old_one_holds_until_then(browser, world, bleeds):
    bleeds.target = 9.0
    db.session.commit()
    client = browser(world.lead)
    assert "9%, at all times" in " ".join(
        re.sub(r"<[^>]+>", "", client.get(f"/series/{bleeds.id}/targets").text).split()
    )
    assert post_target(client, bleeds, "1", "4", "2024", "6").status_code == 303
    db.session.expire_all()
    assert [one.value for one in targets.targets_of(bleeds)] == [9, 6]
    assert bleeds.target == 6
    found = stored(bleeds)
    assert (found.targets[0], found.target) == (9, 6)
    text = client.get(f"/series/{bleeds.id}/targets").text
    assert "1 April 2024" in text
    assert "6%" in page(browser, world.lead, bleeds)
    assert "The target changes over time." in client.get(f"/series/{bleeds.id}/edit").text
    assert 'name="target"' not in client.get(f"/series/{bleeds.id}/edit").text
    history = client.get(f"/series/{bleeds.id}/history").text
    assert "Target of 6% from 1 April 2024 added" in history


def test_a_target_of_the_same_day_is_changed_and_one_taken_out_leaves_the_one_before(browser, world, bleeds):
    client = browser(world.lead)
    for value in ("6", "5"):
        post_target(client, bleeds, "1", "4", "2024", value)
    post_target(client, bleeds, "1", "4", "2025", "4")
    db.session.expire_all()
    first, second = targets.targets_of(bleeds)
    gone, left = second.id, first.id
    assert (first.value, second.value, bleeds.target) == (5, 4, 4)
    assert client.post(f"/series/{bleeds.id}/targets/{gone}/remove").status_code == 303
    db.session.expire_all()
    assert (bleeds.target, stored(bleeds).target) == (5, 5)
    assert client.post(f"/series/{bleeds.id}/targets/{gone}/remove").status_code == 404
    assert client.post(f"/series/{bleeds.id}/targets/{left}/remove").status_code == 303
    db.session.expire_all()
    assert (bleeds.target, stored(bleeds).target) == (None, None)
    assert client.get(f"/series/{bleeds.id}/history").status_code == 200


@pytest.mark.parametrize("value", ["", "soon", "1e309", "\x00", "99999999999999"])
def test_a_target_that_is_none_is_refused(browser, world, bleeds, value):
    assert post_target(browser(world.lead), bleeds, "1", "4", "2024", value).status_code == 422
    assert post_target(browser(world.lead), bleeds, "31", "2", "2024", "5").status_code == 422
    assert post_target(browser(world.staff), bleeds, "1", "4", "2024", "5").status_code == 403


def test_targets_are_scaled_with_their_chart(world, bleeds):
    targets.set_target(bleeds, by=world.lead, on=date(2024, 4, 1), value=6)
    targets.scale_targets(bleeds, 10, by=world.lead, why="")
    assert ([one.value for one in bleeds.targets], bleeds.target) == ([60], 60)


def overdispersed(series):
    rows = [(date(2022 + m // 12, m % 12 + 1, 1), 200 + 80 * (m % 2) + 30 * (m % 3), 1000) for m in range(24)]
    db.session.query(Point).filter_by(series_id=series.id).delete()
    return with_points(series, rows)


def test_a_prime_chart_is_suggested_followed_with_an_event_and_can_be_changed_back(browser, world, bleeds):
    overdispersed(bleeds)
    text = page(browser, world.lead, bleeds)
    assert "Would a P′ chart be fairer?" in text
    assert "Would a P′ chart be fairer?" not in page(browser, world.staff, bleeds)
    client = browser(world.lead)
    assert client.post(f"/series/{bleeds.id}/follow", data={"code": "prime_chart"}).status_code == 303
    db.session.expire_all()
    assert bleeds.measure.chart is Chart.PP
    changed = db.session.scalars(select(Event).where(Event.noun == "measure", Event.verb == "changed")).one()
    assert (changed.new, changed.why) == ({"chart": "pp"}, "Suggested: Would a P′ chart be fairer?")
    assert "P′ chart. Rules:" in page(browser, world.lead, bleeds)
    client.post(f"/series/{bleeds.id}/follow", data={"code": "prime_chart"})
    assert bleeds.measure.chart is Chart.PP


def test_not_now_holds_for_a_quarter_and_is_asked_again(browser, world, bleeds, clock):
    overdispersed(bleeds)
    client = browser(world.lead)
    assert browser(world.staff).post(f"/series/{bleeds.id}/not-now", data={"code": "prime_chart"}).status_code == 403
    assert client.post(f"/series/{bleeds.id}/not-now", data={"code": "prime_chart"}).status_code == 303
    assert "be fairer?" not in page(browser, world.lead, bleeds)
    assert (
        "Suggestion put off: a chart that allows for more than chance"
        in client.get(f"/series/{bleeds.id}/history").text
    )
    clock.move(days=91)
    assert "be fairer?" in page(browser, world.lead, bleeds)
    client = browser(world.lead)
    for nonsense in ("", "x" * 5000, "new_phase", "\x00"):
        assert client.post(f"/series/{bleeds.id}/not-now", data={"code": nonsense}).status_code == 303
        assert client.post(f"/series/{bleeds.id}/follow", data={"code": nonsense}).status_code == 303


def test_rare_events_lead_to_a_measure_of_what_lies_between_them(browser, world, bleeds):
    db.session.query(Point).filter_by(series_id=bleeds.id).delete()
    with_points(bleeds, [(date(2022 + m // 12, m % 12 + 1, 1), int(m % 5 == 0), 80) for m in range(24)])
    text = page(browser, world.lead, bleeds)
    assert "Would the time between events tell you more?" in text
    assert "A G chart of the births from one event to the next" in text
    form = browser(world.lead).get(f"/projects/{bleeds.project_id}/measures/new?between={bleeds.id}").text
    assert "births between events: Births with a large bleed" in form
    assert re.search(r'value="between"[^>]*checked', form)
    assert re.search(r'value="increase"[^>]*checked', form)
    assert browser(world.lead).get(f"/projects/{bleeds.project_id}/measures/new?between=x").status_code == 200


def test_a_short_baseline_and_related_neighbours_are_said_with_what_helps(world, minutes):
    walk = [30 + abs(week % 16 - 8) + 0.5 * (week % 3) for week in range(32)]
    with_values(minutes, walk)
    actions.decide(minutes, by=world.lead, kind=DecisionKind.FREEZE, on=date(2024, 2, 5), reason="Too early")
    found = {one.code: one for one in advice_on(stored(minutes), words_of(minutes.measure), minutes.decisions)}
    assert found["short_baseline"].step is Step.BASELINE
    assert "It ends after 6 weeks." in found["short_baseline"].sentence
    actions.take_back(minutes, minutes.decisions[0], by=world.lead)
    db.session.commit()
    found = {one.code: one for one in advice_on(stored(minutes), words_of(minutes.measure), minutes.decisions)}
    assert found["related_neighbours"].step is Step.RHYTHM
    assert "short_baseline" not in found


def test_close_to_a_signal_and_the_time_to_be_sure_stand_on_the_page(browser, world, minutes):
    minutes.target = 25.0
    with_values(minutes, [*STEADY[:19], 30, 30.5, 30, 30.5, 30, 30.5, 30])
    text = page(browser, world.lead, minutes)
    assert "This may be the start of an improvement" in text
    assert "one short of a shift" in text
    assert "not certain" in text
    assert "Time to be sure: about" in text
    assert "No clear change" in text


def test_direction_and_rules_in_words_survive_a_series_that_cannot_be_analysed(browser, world, minutes):
    with_values(minutes, list(STEADY))
    minutes.measure.chart, minutes.measure.rules = Chart.MR, RuleSet.MAKING_DATA_COUNT
    minutes.analysis = "{}"
    minutes.measure.direction = Direction.NEUTRAL
    db.session.commit()
    assert "This chart cannot be worked out at the moment" in page(browser, world.lead, minutes)
    assert answers()["rhythm"] == "month"


def test_a_picture_is_painted_once_for_the_same_numbers_and_anew_for_others(browser, world, minutes):
    with_values(minutes, list(STEADY))
    client = browser(world.lead)
    drawing._painted.cache_clear()
    first, again = (client.get(f"/series/{minutes.id}/chart.svg").data for _ in range(2))
    assert first == again
    assert drawing._painted.cache_info().misses == 1
    with_values(minutes, [99.0], start=date(2025, 3, 3))
    other = client.get(f"/series/{minutes.id}/chart.svg").data
    assert other != first
    assert drawing._painted.cache_info().misses == 2
