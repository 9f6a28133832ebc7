"""The log: ramps, counts in words, and a page that costs the same for sixty cycles."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event

from qitracker.cycles.words import counts_in_words, cut, span_in_words
from qitracker.method.cycles import CycleState, Decision, Scale
from qitracker.models import Cycle, CycleQuestion, db
from qitracker.plumbing import clock as wall
from tests.cycles.rounds import make_idea

TODAY = date(2025, 10, 6)


def add_cycles(project, ideas, count, first=1):
    for number in range(first, first + count):
        cycle = Cycle(
            project_id=project.id,
            number=number,
            idea_id=ideas[number % len(ideas)].id if ideas else None,
            title=f"Test {number}",
            scale=Scale.ONE_SHIFT,
            made_at=wall.now(),
            planned_start=TODAY - timedelta(days=number),
            planned_end=TODAY,
        )
        cycle.questions = [CycleQuestion(position=0, question="Q", prediction=f"Guess {number}")]
        db.session.add(cycle)
    db.session.commit()


def count_queries(client, address):
    seen = []

    def watch(connection, cursor, statement, *_):
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", watch)
    try:
        assert client.get(address).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", watch)
    return [one for one in seen if one.lstrip().upper().startswith("SELECT")]


def test_sixty_cycles_cost_as_many_queries_as_two(lead, project, world):
    ideas = [make_idea(project, world.lead, f"Idea {number}") for number in range(12)]
    add_cycles(project, ideas, 2)
    address = f"/projects/{project.id}/cycles/"
    few = len(count_queries(lead, address))
    add_cycles(project, ideas, 58, first=3)
    many = count_queries(lead, address)
    assert len(many) == few < 15
    assert "60 cycles: 60 running" in lead.get(address).text


def test_one_cycle_costs_the_same_in_a_long_ramp(lead, project, idea, series):
    add_cycles(project, [idea], 3)
    cycle = db.session.query(Cycle).filter_by(number=2).one()
    cycle.series_id = series.id
    addresses = [f"/cycles/{cycle.id}/{part}" for part in ("", "plan", "do", "study", "act")]
    few = [len(count_queries(lead, address)) for address in addresses]
    add_cycles(project, [idea], 40, first=4)
    many = [len(count_queries(lead, address)) for address in addresses]
    assert many == few
    assert max(many) < 15


def test_each_idea_has_its_ramp_and_the_rest_come_last(lead, project, world):
    first, second = (make_idea(project, world.lead, text) for text in ("Socks", "Rounds"))
    add_cycles(project, [], 1)
    add_cycles(project, [first, second], 4, first=2)
    page = lead.get(f"/projects/{project.id}/cycles/").text
    places = [page.index(words) for words in ("Socks", "Test 2", "Test 4", "Rounds", "Test 3", "Not linked", "Test 1<")]
    assert places == sorted(places)
    assert "Guess 4" in page


def test_an_empty_log_says_what_a_cycle_is_and_where_to_start(lead, browser, world, project):
    page = lead.get(f"/projects/{project.id}/cycles/").text
    assert "Plan, Do, Study, Act" in page
    assert "Plan the first cycle" in page
    assert "Plan the first cycle" not in browser(world.staff).get(f"/projects/{project.id}/cycles/").text


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (None, None, "No dates yet"),
        (date(2025, 11, 3), None, "From 3 Nov"),
        (None, date(2024, 11, 3), "Until 3 Nov 2024"),
        (date(2025, 11, 3), date(2025, 11, 3), "3 Nov"),
        (date(2025, 11, 3), date(2025, 11, 7), "3 to 7 Nov"),
        (date(2025, 11, 17), date(2025, 12, 2), "17 Nov to 2 Dec"),
        (date(2024, 11, 3), date(2024, 11, 7), "3 to 7 Nov 2024"),
        (date(2024, 12, 30), date(2025, 1, 3), "30 Dec 2024 to 3 Jan 2025"),
    ],
)
def test_dates_are_said_as_briefly_as_they_can_be(start, end, words):
    assert span_in_words(start, end, TODAY) == words


def test_counts_are_said_in_words():
    decided = [(CycleState.DECIDED, choice) for choice in (Decision.ADOPT, Decision.ADAPT, Decision.ADOPT)]
    found = [(CycleState.RUNNING, None), *decided]
    assert counts_in_words(found) == "4 cycles: 2 adopted, 1 adapted, 1 running"
    assert counts_in_words(found[:1]) == "1 cycle: 1 running"


@pytest.mark.parametrize(
    ("text", "words"),
    [("short", "short"), ("one two three four", "one two…"), ("x" * 30, "x" * 11 + "…"), ("a\nb", "a b")],
)
def test_long_texts_are_cut_between_words(text, words):
    assert cut(text, 12) == words
    assert len(cut(text, 12)) <= 12
