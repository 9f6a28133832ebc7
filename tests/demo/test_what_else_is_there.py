"""What the demonstration shows beside the eight reasons: a queue that can be emptied, intake, coverage, what works."""

from datetime import timedelta
from html import unescape

from sqlalchemy import func, select

from qitracker.coaching import queue
from qitracker.coaching.actions import Reviewed, write_review
from qitracker.coaching.queue_rows import open_questions
from qitracker.demo.coaches import LEFT, TRAINED
from qitracker.hub.flow_figures import FIGURES, figure
from qitracker.method.stalled.telling import Audience
from qitracker.models import Event, Standing, StandingChange, db
from qitracker.plumbing.saving import settle
from qitracker.projects.actions import say
from tests.demo.conftest import TODAY


def text_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return unescape(answer.get_data(as_text=True))


def test_the_queue_of_a_coach_can_be_worked_to_empty(browser, person, reader):
    coach = person("coach1")
    waiting = [row for row in queue.rows_of(reader("coach1"), TODAY) if row.is_waiting]
    assert len(waiting) >= 6
    assert {ask.code for row in waiting for ask in row.asks} == {"question", "standing", "review", "score"}
    assert {row.covers_for for row in waiting} == {"", "Coach 2"}, "a colleague is away"
    page = text_of(browser("coach1"), "/coaching/")
    for row in waiting:
        assert row.project.title in page
        for word in open_questions([row.project.id]).get(row.project.id, ()):
            say(row.project, "One night, one bay, one nurse.", by=coach, answers=word)
        said = Reviewed(going_well="The numbers.", score=25, why="As we agreed.", next_review=TODAY + timedelta(28))
        write_review(row.project, said, by=coach)
        settle()
    assert [row.project.title for row in queue.rows_of(reader("coach1"), TODAY) if row.is_waiting] == []
    assert "Nothing waits for you" in text_of(browser("coach1"), "/coaching/")


def test_a_new_project_waits_in_intake_with_one_like_it_beside(browser):
    page = text_of(browser("hub1"), "/hub/intake")
    assert "Home before noon from Ward 24" in page
    assert "Home before lunch on Ward 23" in page
    assert "Every dose on time" not in page, "all others have their answer"


def test_wards_with_a_trained_coach_and_wards_without(browser):
    page = text_of(browser("hub1"), "/coaching/coverage")
    assert all(f"Ward coach, {ward}" in page for ward, _ in TRAINED)
    assert len(TRAINED) == 17
    assert not any(f"Ward coach, {ward}" in page for ward, *_ in LEFT), "who has moved on is no cover"
    assert "Maternity" in page


def test_what_works_is_found_with_its_change(browser):
    page = text_of(browser("hub1"), "/hub/working")
    for words in ("Nurses send the sample without asking a doctor", "Skin check at each handover", "Bay nursing"):
        assert words in page, words


def test_both_figures_have_months_enough_for_a_chart(reader):
    for key in FIGURES:
        found = figure(key, reader("hub1"), TODAY)
        assert found.analysis is not None, key
        assert all(one.numerator <= one.denominator for one in found.shares), key
    assert {one.month.year for one in figure("coaching", reader("hub1"), TODAY).shares} >= {2025, 2026}


def test_one_rests_one_closed_with_what_it_learnt_one_has_lost_its_lead(browser, project):
    hub = browser("hub1")
    assert "Paused until 29 November 2026" in text_of(hub, f"/projects/{project('Fewer cancelled').id}/")
    assert "Two pairs of eyes at handover" in text_of(hub, f"/projects/{project('Skin checks').id}/")
    assert "Nobody has led it since 30 October 2026" in text_of(hub, f"/projects/{project('Out of bed').id}/")


def test_where_each_stood_a_month_ago_is_known(demonstration):
    then = TODAY - timedelta(days=30)
    known = select(func.count(func.distinct(StandingChange.project_id))).where(StandingChange.on <= then)
    assert db.session.scalar(known) == 11, "all but the three of this month"


def test_the_team_hears_first_then_the_coach_then_the_hub(demonstration):
    """Of the number that is late since last week only the team has been told so far."""
    reasons = [reason for standing in db.session.scalars(select(Standing)) for reason in standing.reasons]
    late = next(reason for reason in reasons if reason["code"] == "measure_overdue")
    assert late["told"] == [Audience.TEAM]


def test_nobody_acts_before_they_are_there(demonstration):
    """Nothing happens in a project before it is registered, and nothing after today."""
    for first, last in db.session.execute(select(func.min(Event.id), func.max(Event.at)).group_by(Event.project_id)):
        assert last.date() <= TODAY
        event = db.session.get_one(Event, first)
        assert event.project_id is None or (event.verb, event.noun) == ("registered", "project")
