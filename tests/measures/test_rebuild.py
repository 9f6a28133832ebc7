"""The stored analysis is always the one that the points, the measure and the decisions give."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from qitracker.measures import actions, analysing
from qitracker.measures.analysing import analyse_again, rebuild_all
from qitracker.measures.stored import fresh
from qitracker.models import ChartDecision, DecisionKind, Person, Point, Series, db
from qitracker.spc import Chart, Direction
from tests.measures.conftest import with_values

START = date(2024, 1, 1)


def test_nothing_differs_when_nothing_was_tampered_with(world, bleeds, white, minutes):
    assert rebuild_all() == (3, 0)


def test_what_differs_is_mended_and_counted(world, bleeds, white):
    good, key = bleeds.analysis, bleeds.id
    bleeds.analysis, bleeds.n_points, bleeds.variation = "{}", 3, "common_cause"
    db.session.commit()
    assert rebuild_all() == (2, 1)
    mended = db.session.get(Series, key)
    assert (mended.analysis, mended.n_points, mended.last_on) == (good, 40, date(2025, 9, 1))
    assert rebuild_all() == (2, 0)


def test_a_whole_number_as_target_is_stored_as_it_is_read(world, bleeds):
    actions.change_series(bleeds, by=world.lead, target=6)
    db.session.commit()
    assert rebuild_all() == (1, 0)


@pytest.mark.parametrize("batch", [1, 2, 3, 100])
def test_batches_leave_no_series_out(world, bleeds, monkeypatch, batch):
    for group in range(6):
        actions.add_series(bleeds.measure, by=world.lead, unit_id=bleeds.unit_id, group=str(group))
    db.session.commit()
    monkeypatch.setattr(analysing, "BATCH", batch)
    assert rebuild_all() == (7, 0)


def test_points_that_cannot_be_analysed_stop_neither_the_others_nor_the_page(browser, world, bleeds, minutes):
    minutes.measure.chart = Chart.C
    for week in range(12):
        db.session.add(Point(series_id=minutes.id, on=START + timedelta(7 * week), value=-3.0))
    db.session.commit()
    key, lead = minutes.id, world.lead.id
    assert rebuild_all()[0] == 2
    assert db.session.get(Series, key).analysis is None
    answer = browser(db.session.get(Person, lead)).get(f"/series/{key}/")
    assert answer.status_code == 200
    assert "This chart cannot be worked out at the moment" in answer.text


changes = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(0, 30), st.floats(0, 100, allow_nan=False)),
        st.tuples(st.just("remove"), st.integers(0, 30), st.just(0.0)),
        st.tuples(st.sampled_from(list(DecisionKind)), st.integers(0, 30), st.just(0.0)),
        st.tuples(st.just("take back"), st.integers(0, 30), st.just(0.0)),
        st.tuples(st.sampled_from(list(Direction)), st.just(0), st.just(0.0)),
        st.tuples(st.sampled_from([Chart.I, Chart.RUN]), st.just(0), st.just(0.0)),
        st.tuples(st.just("target"), st.just(0), st.floats(0, 100, allow_nan=False)),
    ),
    max_size=25,
)


@pytest.fixture
def keys(world, minutes):
    """The series and a person by id: a rebuild forgets what the session held."""
    return minutes.id, world.lead.id


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes)
def test_after_any_changes_what_is_stored_is_what_would_be_worked_out(keys, done):
    series, lead = db.session.get(Series, keys[0]), db.session.get(Person, keys[1])
    db.session.query(Point).filter_by(series_id=series.id).delete()
    db.session.query(ChartDecision).filter_by(series_id=series.id).delete()
    with_values(series, [20.0 + week % 5 for week in range(14)])
    for what, week, number in done:
        change(series, lead, what, START + timedelta(7 * week), number)
        analysis = fresh(series)
        assert series.analysis == (analysis.to_json() if analysis else None)
        assert series.n_points == db.session.query(Point).filter_by(series_id=series.id).count()
    db.session.commit()
    assert rebuild_all() == (1, 0)


def change(series, by, what, on, number):
    """One change, as the room that owns it makes it."""
    point = db.session.query(Point).filter_by(series_id=series.id, on=on).one_or_none()
    decisions = db.session.scalars(select(ChartDecision).where(ChartDecision.series_id == series.id)).all()
    match what:
        case "add" if point is None:
            db.session.add(Point(series_id=series.id, on=on, value=number))
            analyse_again(series)
        case "remove" if point is not None:
            db.session.delete(point)
            analyse_again(series)
        case "take back" if decisions:
            actions.take_back(series, decisions[0], by=by)
        case "target":
            actions.change_series(series, by=by, target=number)
        case DecisionKind() if point is not None and not any(one.kind is what and one.on == on for one in decisions):
            actions.decide(series, by=by, kind=what, on=on, reason="x")
        case Direction():
            actions.change_measure(series.measure, by=by, direction=what)
        case Chart():
            actions.change_measure(series.measure, by=by, chart=what)
