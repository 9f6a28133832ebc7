"""Time in stages, months, shares, and the two figures."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from qitracker.hub.flow_numbers import first_month, median
from qitracker.method.measures import DataType, MeasureKind, Rhythm, next_due, period_of
from qitracker.models import (
    CoachReview,
    Measure,
    ProgressScore,
    Project,
    Scorer,
    Series,
    StageMove,
    TrainedCoach,
    db,
)
from qitracker.plumbing import clock
from qitracker.spc import Chart, Direction
from qitracker.standing.keeping import keep


@given(st.lists(st.integers(0, 500), min_size=1, max_size=40))
@settings(max_examples=60)
def test_the_median_is_that_of_the_list(days):
    assert median(Counter(days)) == sorted(days)[(len(days) - 1) // 2]


def test_there_is_no_median_of_nothing():
    assert median(Counter()) is None


@pytest.mark.parametrize("rhythm", [rhythm for rhythm in Rhythm if rhythm is not Rhythm.NONE])
@pytest.mark.parametrize("today", [date(2025, 10, 6), date(2024, 2, 29), date(2025, 3, 30), date(2026, 1, 1)])
def test_a_number_of_the_last_whole_period_is_not_due_again_yet(rhythm, today):
    last = last_whole(today, rhythm)
    assert next_due(last, rhythm) > today
    assert next_due(last_whole(last, rhythm), rhythm) <= today


def last_whole(today, rhythm):
    """The first day of the latest period that is over."""
    return period_of(period_of(today, rhythm) - timedelta(days=1), rhythm)


def moved(world, project, days_ago, frm, to):
    db.session.add(
        StageMove(
            project_id=project.id, from_stage=frm, to_stage=to, by_id=world.lead.id, at=clock.now() - timedelta(days_ago)
        )
    )  # fmt: skip
    db.session.commit()


def test_time_in_each_stage_is_told_as_a_median(browser, world, hub):
    """Registered 100 days ago. Two left Understand after 40 and 60 days, one of them Co-design after 20 more."""
    one, two = hub.project("One", "active", stage="deliver"), hub.project("Two", "active", stage="co_design")
    moved(world, one, 60, "understand", "co_design")
    moved(world, one, 40, "co_design", "deliver")
    moved(world, two, 40, "understand", "co_design")
    page = " ".join(browser(world.hub).get("/hub/flow").text.split())
    row = '<th scope="row">{}</th><td class="is-number">{}</td><td class="is-number">{}</td><td class="is-number">{}</td><td class="is-number">{}</td>'
    assert row.format("Understand", "40 days", 2, 0, "–") in page
    assert row.format("Co-design", "20 days", 1, 1, "40 days") in page
    assert row.format("Deliver", "–", 0, 1, "40 days") in page


def test_started_and_closed_go_by_the_clock_on_the_wall(browser, world, hub):
    project = hub.project("Half past midnight", "sustaining")
    project.registered_at = datetime(2025, 5, 31, 23, 30, tzinfo=UTC)  # 00:30 on 1 June in London
    project.closed_at = datetime(2025, 8, 31, 23, 30, tzinfo=UTC)
    db.session.commit()
    page = browser(world.hub).get("/hub/flow").text
    number = '<td class="is-number">'
    assert f"June 2025</th>{number}1</td>{number}0</td>" in page
    assert f"September 2025</th>{number}0</td>{number}1</td>" in page
    assert page.count("<rect") >= 2
    assert first_month(date(2025, 10, 6)) == date(2023, 10, 1)


def measure_of(world, project, last_on, rhythm=Rhythm.MONTH, kind=MeasureKind.OUTCOME):
    of = {"project_id": project.id}
    measure = Measure(
        **of, name="Falls", kind=kind, data_type=DataType.COUNT, chart=Chart.C, unit="falls", rhythm=rhythm,
        direction=Direction.DECREASE, made_at=clock.now(), position=1,
    )  # fmt: skip
    db.session.add(measure)
    db.session.flush()
    db.session.add(Series(**of, measure_id=measure.id, unit_id=world.ward18.id, last_on=last_on))


def test_shares_of_open_work_and_of_what_closed(browser, world, hub):
    fresh = hub.project("Fresh", "active", gain=date(2025, 6, 1))
    measure_of(world, fresh, date(2025, 9, 1))
    late = hub.project("Late", "quiet")
    measure_of(world, late, date(2025, 8, 1))
    process = hub.project("Process alone", "active")
    measure_of(world, process, date(2025, 9, 29), Rhythm.WEEK, MeasureKind.PROCESS)
    hub.project("None", "active")
    for closing, learnt in (("achieved", "Begin small."), ("achieved", ""), ("merged", "Gone elsewhere.")):
        closed = hub.project(f"Closed {closing}", "sustaining", gain=date(2025, 6, 1))
        closed.closed_at, closed.closing, closed.learnt = clock.now(), closing, learnt
    hub.project("Canary private", "active", private=True)
    hub.project("Canary elsewhere", "active", elsewhere=True)
    db.session.commit()
    keep(db.session.scalars(select(Project)).all(), clock.today())
    page = " ".join(browser(world.hub).get("/hub/flow").text.split())
    for words in (
        '<strong>50%</strong> have an outcome measure<span class="qi-quiet">: 2 of 4 open projects',
        '<strong>50%</strong> have a number for the last interval<span class="qi-quiet">: 2 of 4 open projects',
        ": 1 of 4 open projects",
        '<strong>33%</strong> closed with what was learnt<span class="qi-quiet">: 1 of 3 closed',
    ):
        assert words in page, words
    listed = browser(world.hub).get("/hub/projects?shows=improvement&closed=no").text
    assert "<strong>1</strong> project" in listed


def test_without_any_project_the_page_says_so(browser, world):
    page = browser(world.hub).get("/hub/flow").text
    for words in (
        "none open projects yet",
        "No project is registered yet.",
        "Nothing began or closed",
        "No numbers yet.",
    ):
        assert words in page
    assert "%</strong>" not in page


def score(world, project, on, tenths, scorer=Scorer.TEAM):
    at = datetime(on.year, on.month, on.day, tzinfo=UTC)
    by = None if scorer is Scorer.EVIDENCE else world.lead.id
    db.session.add(ProgressScore(project_id=project.id, scorer=scorer, tenths=tenths, on=on, at=at, by_id=by))
    db.session.commit()


def test_projects_that_reach_three_in_time_as_a_chart(browser, world, hub):
    client = browser(world.hub)
    months = [date(2024, month, 10) for month in range(1, 13)] + [date(2025, month, 10) for month in (1, 2, 3)]
    for number, on in enumerate(months):
        for place in range(2):
            project = hub.project(f"Number {number} {place}", "active")
            score(world, project, on, 25)
            score(world, project, on + timedelta(days=80 if place else 200), 30)
    only_suggested = hub.project("Suggested", "active")
    score(world, only_suggested, date(2024, 5, 1), 35, Scorer.EVIDENCE)
    page = client.get("/hub/flow").text
    assert page.count("1 (50%)") == 15
    assert 'src="/hub/flow/reached-three.svg"' in page
    picture = client.get("/hub/flow/reached-three.svg")
    assert picture.mimetype == "image/svg+xml"
    assert "<svg" in picture.text
    assert browser(world.outsider).get("/hub/flow/reached-three.svg").status_code == 404
    assert client.get("/hub/flow/coaching.svg").status_code == 404  # nobody is trained: there is no chart
    assert client.get("/hub/flow/nonsense.svg").status_code == 404


def test_two_months_are_no_chart(browser, world, hub):
    for month in (1, 2):
        score(world, hub.project(f"Number {month}", "active"), date(2025, month, 1), 25)
    page = browser(world.hub).get("/hub/flow").text
    assert "Not enough months to say more." in page
    assert "reached-three.svg" not in page


def test_trained_coaches_who_coach(browser, world, hub):
    for person in (world.coach, world.manager):
        db.session.add(TrainedCoach(person_id=person.id, unit_id=world.ward18.id, trained_on=date(2025, 5, 20)))
    db.session.add(TrainedCoach(person_id=world.outsider.id, unit_id=world.other_ward.id, trained_on=date(2025, 1, 1)))
    project = hub.project("One", "active")
    for on in (date(2025, 6, 3), date(2025, 6, 20), date(2025, 8, 1)):
        at = datetime(on.year, on.month, on.day, tzinfo=UTC)
        db.session.add(CoachReview(project_id=project.id, by_id=world.coach.id, on=on, at=at, stage="deliver"))
    db.session.commit()
    page = browser(world.hub).get("/hub/flow").text
    shares = ["May 2025", "June 2025", "July 2025", "August 2025", "September 2025"]
    for month, n in zip(shares, (0, 1, 0, 1, 0), strict=True):
        assert f'{month}</th><td class="is-number">{n} ({50 * n}%)</td><td class="is-number">2</td>' in page
    assert browser(world.hub).get("/hub/flow/coaching.svg").status_code == 200


def test_the_page_costs_the_same_with_many(browser, world, hub, statements):
    client = browser(world.hub)
    counts = []
    for n in (1, 10):
        for number in range(n):
            project = hub.project(f"Number {number} {n}", "active")
            moved(world, project, 10, "understand", "deliver")
            score(world, project, date(2025, 1, 1), 25)
        with statements() as sent:
            assert client.get("/hub/flow").status_code == 200
        counts.append(len(sent))
    assert counts[0] == counts[1] < 15
