"""What a hub lead meets on a Monday: counts by stage, new work that waits, the number behind each reason."""

import re
from datetime import date, timedelta

import pytest

from qitracker.hub import glance
from qitracker.hub import rules as hub_rules
from qitracker.hub.filters import REASON_NAMES
from qitracker.hub.glance import Glance
from qitracker.hub.reason_rules import HAS_NONE, OR, RULE_OF, STALLED_RULE_OF, STAYS, rule_behind
from qitracker.hub.rules import in_unit
from qitracker.jobs.standings import keep_all
from qitracker.method.stalled.setting_rows import Unit
from qitracker.method.stalled.settings import DEFAULTS, SETTINGS, Settings
from qitracker.models import Cycle, Intake, ProgressScore, Scorer, Standing, StandingChange, db
from qitracker.plumbing import clock as now
from qitracker.standing.gathering import gather

PAST = date(2025, 8, 1)


def tallies(page):
    """What each line of counts says: the number, the name, and in brackets the change, by address."""
    found = re.findall(r'<dd><a href="([^"]+)"><strong>(\d+)</strong> ([^<]+)</a>(?: <span[^>]*>\(([^)]*)\))?', page)
    return {name: (int(n), change, address.replace("&amp;", "&")) for address, n, name, change in found}


def test_open_work_is_counted_by_stage_with_the_change_and_each_count_opens_its_list(browser, world, hub):
    for number, (before, stage) in enumerate(
        (("understand", "deliver"), ("deliver", "deliver"), ("deliver", "sustain"))
    ):
        project = hub.project(f"Number {number}", stage=stage)
        db.session.add(StandingChange(project_id=project.id, on=PAST, state="active", stage=before))
    closed = hub.project("Closed", "sustaining", stage="sustain")
    closed.closed_at = now.now() - timedelta(days=60)
    db.session.add(StandingChange(project_id=closed.id, on=PAST, state="sustaining", stage="sustain"))
    db.session.commit()
    client = browser(world.hub)
    found = tallies(client.get("/hub/").text)
    assert found["Understand"][:2] == (0, "1 fewer")
    assert found["Co-design"][:2] == (0, "")
    assert found["Deliver"][:2] == (2, "")
    assert found["Sustain"][:2] == (1, "1 more")
    assert found["Active"][:2] == (0, "3 fewer")
    assert found["Stalled"][:2] == (3, "3 more")
    assert found["Sustaining"][:2] == (1, "")
    for count, _, address in found.values():
        assert client.get(address).text.count('<th scope="row">') == count


def test_without_a_past_no_change_is_claimed(browser, world, hub):
    hub.project("New here")
    page = browser(world.hub).get("/hub/").text
    assert tallies(page)["Stalled"][:2] == (1, "")
    assert "against a month ago" not in page


def test_new_projects_that_wait_are_named_above_the_list_for_who_answers_them(browser, world, hub):
    hub.project("Answered")
    assert "for your answer" not in browser(world.hub).get("/hub/").text
    hub.project("New", "active", answered=False)
    hub.project("Private", "active", answered=False, private=True)
    hub.project("Elsewhere", "active", answered=False, elsewhere=True)
    assert "1 new project waits for your answer." in browser(world.hub).get("/hub/").text
    assert "for your answer" not in browser(world.executive).get("/hub/").text


# The number behind a reason


def test_every_reason_has_its_number_or_is_known_to_have_none():
    known = {*RULE_OF, *HAS_NONE, "stage_overstayed"}
    assert known == {*REASON_NAMES, "paused"}
    keys = {*RULE_OF.values(), *STALLED_RULE_OF.values(), *STAYS.values(), *(key for key, _ in OR.values())}
    assert keys <= set(SETTINGS)


@pytest.mark.parametrize(
    ("reason", "key", "words"),
    [
        ({"code": "no_life", "state": "quiet"}, "quiet_days", "30 days"),
        ({"code": "no_life", "state": "stalled"}, "stalled_days", "60 days"),
        ({"code": "barrier_open", "state": "stalled"}, "barrier_days", "14 days, 30 with the sponsor"),
        ({"code": "stage_overstayed", "state": "quiet"}, "stay_deliver_days", "180 days"),
        ({"code": "measure_overdue", "state": "quiet"}, "overdue_intervals", "1.5 intervals"),
    ],
)
def test_the_number_behind_a_reason(reason, key, words):
    rule = rule_behind(reason, "deliver", DEFAULTS)
    assert (rule.key, rule.words) == (key, words)


def test_who_leads_it_has_no_number():
    assert rule_behind({"code": "no_lead", "state": "stalled"}, "deliver", DEFAULTS) is None


def test_an_own_number_is_the_one_that_is_said():
    reason = {"code": "no_cycle", "state": "stalled"}
    assert rule_behind(reason, "deliver", Settings({"no_cycle_days": 21})).words == "21 days"


def test_the_list_and_the_offer_of_help_lead_to_the_number_on_the_page_of_rules(browser, world, hub):
    project = hub.project("The one")
    client = browser(world.hub)
    for address in ("/hub/", f"/hub/projects/{project.id}/help"):
        link = re.search(r'href="(/hub/rules\?[^"#]+)#(\w+)">Rule.*?: 45 days</a>', client.get(address).text)
        assert link, address
        assert f'id="{link[2]}"' in client.get(link[1]).text


@pytest.mark.parametrize("at_once", [100, 0])
def test_a_number_that_is_set_changes_the_list_at_once_or_the_worker_does_it(
    browser, world, clock, monkeypatch, at_once
):
    monkeypatch.setattr(hub_rules, "MOST_AT_ONCE", at_once)
    world.project("Slow tests", stage="deliver")
    clock.move(days=40)
    keep_all(now.today())
    client = browser(world.hub)
    sentence = "No PDSA cycle started for 5 weeks."
    assert sentence not in client.get("/hub/?all=yes").text
    typed = {"organisation": str(world.hospital.id), "key": "no_cycle_days", "value": "21"}
    client.post("/hub/rules", data=typed)
    assert ("has been looked at again" if at_once else "in the next minutes") in client.get("/hub/rules").text
    assert (sentence in client.get("/hub/?all=yes").text) is bool(at_once)


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (1, Unit.DAYS, "1 day"), (0, Unit.DAYS, "0 days"), (1, Unit.MONTHS, "1 month"), (1, Unit.PEOPLE, "1 person"),
        (1.5, Unit.INTERVALS, "1.5 intervals"), (4.5, Unit.SCORE, "4.5"), (5, Unit.SCORE, "5.0"),
        (0.2, Unit.SHARE, "0.2 (20%)"),
    ],
)  # fmt: skip
def test_a_number_is_said_with_what_it_counts(value, unit, words):
    assert in_unit(value, unit) == words


# What can be done


@pytest.mark.parametrize(
    ("state", "more", "offered"),
    [
        ("stalled", {}, "Snooze<span"),
        ("stalled", {"hidden_until": date(2025, 11, 1)}, "Snoozed: change<span"),
        ("paused", {"reasons": [{"code": "paused", "sentence": "Paused until May.", "state": "paused"}]}, None),
    ],
)
def test_what_is_paused_needs_no_snooze_and_what_is_snoozed_says_so(browser, world, hub, state, more, offered):
    hub.project("The one", state, **more)
    page = browser(world.hub).get("/hub/projects").text
    assert "Offer help<span" in page
    assert (offered in page) if offered else ("/snooze" not in page)


@pytest.mark.parametrize("page", ["help", "snooze"])
def test_the_hubs_pages_of_a_project_lead_back_to_the_list(browser, world, hub, page):
    project = hub.project("The one", coach=True)
    shown = browser(world.hub).get(f"/hub/projects/{project.id}/{page}").text
    assert 'class="nhsuk-back-link" href="/hub/"' in shown
    assert 'aria-current="true">Improvement hub</a>' in shown
    for_coach = browser(world.coach).get(f"/hub/projects/{project.id}/{page}").text
    assert f'class="nhsuk-back-link" href="/projects/{project.id}/"' in for_coach


def test_a_snooze_says_who_reads_its_reason_and_when_it_ends(browser, world, hub):
    project = hub.project("The one")
    client, page = browser(world.hub), f"/hub/projects/{project.id}/snooze"
    assert "The team and all who may read the project find your reason in its history." in client.get(page).text
    data = {"why": "Spoke to the lead", "until-day": "20", "until-month": "10", "until-year": "2025"}
    client.post(page, data=data)
    assert "comes back to the list by itself on 20 October 2025." in client.get("/hub/").text
    assert "Spoke to the lead" in browser(world.member).get(f"/projects/{project.id}/history").text


@pytest.mark.parametrize(
    ("aim", "short"),
    [
        (
            ("7.4 per 1,000 bed days", "2.7 per 1,000 bed days", "3 per 1,000 bed days"),
            "7.4, 2.7, 3 per 1,000 bed days",
        ),
        (("12.0%", "9.0%", "6.0%"), "12.0%, 9.0%, 6.0%"),
        (("?", "2.6 falls a week", "2.5 falls a week"), "?, 2.6, 2.5 falls a week"),
        (("", "", ""), ", , "),
    ],
)
def test_the_unit_of_an_aim_is_said_once(aim, short):
    one = Glance(None, aim, (), glance.Tests(), None, "", None, None)
    assert ", ".join(one.aim_short) == short


def test_a_score_says_which_way_it_went(browser, world, hub):
    project = hub.project("The one", team_score=30, coach_score=25, suggested=20)
    for days, scorer, value in ((60, "TEAM", 35), (30, "TEAM", 25), (3, "TEAM", 30), (3, "COACH", 25)):
        at = now.now() - timedelta(days=days)
        given = {"scorer": Scorer[scorer], "tenths": value, "on": at.date(), "at": at, "by_id": None, "why": ""}
        db.session.add(ProgressScore(project_id=project.id, **given))
    db.session.commit()
    page = browser(world.hub).get("/hub/projects").text
    assert "3.0</strong> <span" in page
    assert " up from 2.5</span>" in page
    assert page.count(" from ") - page.count("(from, now, aim)") == 1  # the coach's is the first: it went nowhere


def test_a_test_that_is_over_and_a_number_that_is_late_say_so(browser, world, hub):
    project = hub.project("The one")
    series = hub.chart(project, None)
    series.last_on = date(2025, 7, 1)
    db.session.get(Standing, project.id).series_id = series.id
    for number, days in ((1, 9), (2, -9)):  # one is over since nine days, one goes on for nine more
        cycle = Cycle(project_id=project.id, number=number, title="A test", made_at=now.now())
        cycle.started, cycle.planned_end = now.today() - timedelta(days=20), now.today() - timedelta(days=days)
        db.session.add(cycle)
    db.session.commit()
    page = browser(world.hub).get("/hub/projects").text
    assert "2 open, <strong>1 to study</strong>" in page
    assert "<strong>next was due 1 Sep 2025</strong>" in page


def test_a_number_that_is_set_says_so_beside_it_where_the_page_has_scrolled_to(browser, world):
    client = browser(world.hub)
    typed = {"organisation": str(world.hospital.id), "key": "no_cycle_days", "value": "30"}
    page = client.get(client.post("/hub/rules", data=typed).location).text
    here = page[page.index('id="no_cycle_days"') : page.index('id="no_first_cycle_days"')]
    assert ">Saved</span>" in here
    assert page.count(">Saved</span>") == 1


def test_the_words_beside_go_with_the_suggestion_to_join(browser, world, hub):
    new = hub.project("Fewer falls at night", "active", answered=False)
    other = hub.project("Falls at night on Ward 21", "active")
    client = browser(world.hub)
    page = client.get("/hub/intake").text
    (form,) = re.findall(rf'form="([\w-]+)" name="join" value="{other.id}"', page)
    assert page.index(f'id="{form}"') < page.index('name="words"')
    client.post(f"/hub/projects/{new.id}/intake", data={"join": str(other.id), "words": "They meet on Tuesdays."})
    given = db.session.get(Intake, new.id)
    assert (given.answer, given.join_id, given.words) == ("join", other.id, "They meet on Tuesdays.")


def test_of_two_charts_alike_the_one_that_speaks_for_the_project_is_the_same_each_night(world, hub):
    project = hub.project("Two charts")
    for name in ("Charlie", "Bravo", "Alpha", "Delta"):
        hub.chart(project, None).measure.name = name
    db.session.commit()
    assert gather([project])[project.id].headline.measure.name == "Alpha"
