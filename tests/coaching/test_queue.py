"""The queue of a coach: what brings a project in, what takes it out, and whose it shows."""

from datetime import date, timedelta

import pytest

from qitracker.coaching.queue import rows_of
from qitracker.coaching.queue_rows import signals_since
from qitracker.coaching.signals import seen_from
from qitracker.drivers.actions import capture_idea
from qitracker.method.measures import Rhythm
from qitracker.method.roles import Role
from qitracker.models import CoachAbsence, RuleNumber, Scorer, Series, WordKind, db
from qitracker.people.actions import give_role
from qitracker.people.reader import read_person
from qitracker.plumbing import clock as now
from qitracker.projects.actions import close, say
from qitracker.projects.supporting import give_score
from tests.shape.objects import ids_for


def asks(world, project=None, person=None):
    """What is asked in the queue of this person, by the project's title; empty for one that does not wait."""
    found = {
        row.project.title: [ask.code for ask in row.asks]
        for row in rows_of(read_person(person or world.coach), now.today())
    }
    return found if project is None else found[project.title]


def test_a_project_waits_until_it_is_reviewed_and_comes_back_on_the_day_agreed(world, project, clock, reviewed):
    assert asks(world, project) == ["review"]
    reviewed(project, next_review=now.today() + timedelta(days=14))
    assert asks(world, project) == []
    clock.move(days=13)
    assert asks(world, project) == []
    clock.move(days=1)
    assert asks(world, project) == ["review"]


def test_without_an_agreed_day_it_comes_back_after_the_usual_time_of_the_organisation(world, project, clock, reviewed):
    reviewed(project, score=20, why="So it is.")
    clock.move(days=29)
    assert asks(world, project) == []
    db.session.add(
        RuleNumber(
            organisation_id=world.hospital.id, key="coach_review_days", value=20, by_id=world.hub.id, at=now.now()
        )
    )
    db.session.commit()
    assert asks(world, project) == ["review"]


def test_a_question_asks_until_it_is_answered(world, project, reviewed):
    reviewed(project)
    word = say(project, "How many?", by=world.member, kind=WordKind.QUESTION)
    assert asks(world, project) == ["question"]
    say(project, "Five.", by=world.coach, answers=word)
    assert asks(world, project) == []


def test_a_score_is_due_a_month_after_the_last_talk_even_where_the_review_is_later(world, project, clock, reviewed):
    reviewed(project, next_review=date(2026, 3, 1))
    clock.move(days=30)
    assert asks(world, project) == []
    clock.move(days=1)
    assert asks(world, project) == ["score"]
    give_score(project, Scorer.COACH, 20, "Tests began.", by=world.coach)
    assert asks(world, project) == []


@pytest.mark.parametrize(
    ("told", "since_review", "is_asked"),
    [
        ("team coach", 1, True),
        ("team coach hub", 5, True),
        ("team", 5, False),
        ("", 5, False),
        ("team coach", -3, False),
    ],
)
def test_a_standing_the_coach_is_told_of_asks_when_it_is_newer_than_the_review(
    world, project, clock, reviewed, stands, told, since_review, is_asked
):
    reviewed(project, next_review=date(2026, 3, 1))
    since = now.today() + timedelta(days=since_review)
    clock.move(days=10)
    stands(project, "stalled", told=told, since=since, sentence="No data for 7 weeks.")
    assert asks(world, project) == (["standing"] if is_asked else [])


def test_a_paused_or_closed_project_asks_for_no_review_but_a_question_still_asks(world, clock, stands):
    paused, closed = world.project("Paused"), world.project("Closed")
    stands(paused, "paused")
    close(closed, "Done.", by=world.lead)
    assert asks(world) == {"Closed": [], "Paused": []}
    say(paused, "May we go on?", by=world.lead, kind=WordKind.QUESTION)
    assert asks(world, paused) == ["question"]


def test_the_oldest_wait_comes_first_and_a_tie_goes_by_name(browser, world, clock):
    for title in ("B second", "A first"):
        world.project(title)
    clock.move(days=1)
    world.project("C third")
    page = browser(world.coach).get("/coaching/").text
    places = [page.index(title) for title in ("A first", "B second", "C third")]
    assert places == sorted(places)


def test_a_colleague_covers_while_the_coach_is_away_and_no_longer(world, project, clock):
    cover = world.person("cover", Role.COACH, world.hospital)
    hidden = world.project("Canary, private", private=True)
    give_role(world.coach, Role.COACH, by=None, project=hidden)
    today = now.today()
    db.session.add(
        CoachAbsence(
            coach_id=world.coach.id,
            cover_id=cover.id,
            first=today + timedelta(1),
            last=today + timedelta(2),
            at=now.now(),
        )
    )
    db.session.commit()
    assert asks(world, person=cover) == {}
    for is_away in (True, True, False):
        clock.move(days=1)
        # A private project is only for whoever is named on it.
        assert asks(world, person=cover) == ({project.title: ["review"]} if is_away else {})
    assert set(asks(world)) == {project.title, "Canary, private"}


def test_only_my_projects_and_none_that_another_hospital_could_give_me(browser, world, project):
    assert asks(world, person=world.hub) == asks(world, person=world.outsider) == {}
    assert project.title not in browser(world.hub).get("/coaching/").text
    assert browser(world.member).get("/coaching/").status_code == 403


def test_what_changed_is_counted_in_words_since_the_last_review(browser, world, project, clock, reviewed):
    capture_idea(project, "An old idea", by=world.lead)
    assert "Since the beginning:</strong> 1 change idea." in browser(world.coach).get("/coaching/").text
    clock.move(days=1)
    reviewed(project, next_review=now.today() + timedelta(1), stuck_on="no_time", next_step="Ask for an hour")
    clock.move(days=1)
    client = browser(world.coach)
    page = client.get("/coaching/").text
    assert "Nothing new since the last review." in page
    assert "No time released" in page
    assert "Ask for an hour" in page
    for text in ("Red socks", "Lights"):
        capture_idea(project, text, by=world.lead)
    assert "Since the last review:</strong> 2 change ideas." in client.get("/coaching/").text


def test_the_page_is_short_and_costs_the_same_for_three_projects_and_forty(browser, world, statements):
    client = browser(world.coach)
    counts = []
    for more in (3, 37):
        for number in range(more):
            world.project(f"Project {more} {number}")
        with statements() as sent:
            page = client.get("/coaching/").text
        counts.append(len(sent))
    assert counts[0] == counts[1] < 15
    assert page.count('<li class="qi-card">') == 25
    assert "Page 1 of 2" in page
    assert client.get("/coaching/?page=2").text.count('<li class="qi-card">') == 15


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=99999", "page=x", "page=%00", "page=١"])
def test_the_queue_stands_whatever_is_in_its_address(browser, world, project, query):
    assert browser(world.coach).get(f"/coaching/?{query}").status_code == 200


@pytest.mark.parametrize(
    ("since", "rhythm", "last", "seen"),
    [
        (date(2025, 1, 1), Rhythm.MONTH, date(2025, 12, 1), date(2025, 8, 1)),
        (date(2025, 1, 1), Rhythm.MONTH, date(2025, 1, 1), date(2025, 1, 1)),
        (date(2025, 1, 1), Rhythm.MONTH, date(2025, 3, 1), date(2025, 3, 1)),
        (date(2025, 1, 6), Rhythm.WEEK, date(2025, 6, 2), date(2025, 2, 24)),
        (date(2025, 1, 6), Rhythm.NONE, date(2025, 6, 2), date(2025, 1, 6)),
        (date(2025, 1, 6), Rhythm.WEEK, None, date(2025, 2, 24)),
    ],
)
def test_a_shift_is_seen_with_its_eighth_point_a_single_point_at_once(since, rhythm, last, seen):
    assert seen_from(since, rhythm, last) == seen


@pytest.mark.parametrize(("months_before", "is_new"), [(12, False), (8, False), (7, True), (1, True), (0, True)])
def test_a_signal_is_new_when_it_could_not_be_seen_at_the_last_review(world, project, reviewed, months_before, is_new):
    reviewed(project)  # on 6 October 2025
    series = db.session.get(Series, ids_for(world, project)["series_id"])
    month = 2025 * 12 + 10 - months_before
    series.signal_since, series.last_on = date(month // 12, month % 12 + 1, 1), date(2025, 11, 1)
    db.session.commit()
    assert bool(signals_since([project.id]).get(project.id)) is is_new
