"""A young phase keeps its limits back, and a series goes to the engine whole: targets, rules, several values."""

from datetime import date, timedelta

import pytest

from qitracker.measures.analysing import analyse_again
from qitracker.measures.stored import stored
from qitracker.measures.young import without_unsure_limits
from qitracker.method.measures import DataType
from qitracker.models import Point, Target, db
from qitracker.spc import Chart, Direction, Meaning, RuleSet, Series, Signal, Variation, analyse
from tests.measures.conftest import with_values

STEADY = (5.0, 7, 6, 4, 6, 7, 5, 6, 4, 7, 5, 6, 7, 4, 6, 5, 7, 6, 4, 6)


@pytest.mark.parametrize(("later", "is_young"), [(5, True), (11, True), (12, False)])
def test_a_phase_below_twelve_numbers_has_no_limits(later: int, is_young: bool) -> None:
    shown = without_unsure_limits(analyse(Series(Chart.I, STEADY + STEADY[:later], part=(20,))))
    assert shown.ucl[0] is not None
    assert (shown.ucl[-1] is None) is is_young
    assert (shown.phases[-1].ucl is None) is is_young
    assert shown.cl[-1] is not None
    assert without_unsure_limits(shown) == shown


def test_what_rests_on_unsure_limits_is_not_said_and_what_does_not_is() -> None:
    given = Series(Chart.I, (*STEADY, 5, 5.2, 5.1, 5, 40), part=(20,), direction=Direction.DECREASE)
    before, after = analyse(given), without_unsure_limits(analyse(given))
    assert before.signals[Signal.OUTSIDE][-1] == 1
    assert after.meaning[-1] is Meaning.COMMON_CAUSE
    assert after.variation is Variation.NOT_ENOUGH_DATA
    trend = Series(Chart.I, (*STEADY, 5, 6, 7, 8, 9, 10, 11), part=(20,), direction=Direction.DECREASE)
    assert without_unsure_limits(analyse(trend)).meaning[-1] is Meaning.CONCERN


def test_a_short_baseline_in_a_long_phase_keeps_its_limits_back_too() -> None:
    shown = without_unsure_limits(analyse(Series(Chart.I, (*STEADY, 30), freeze=8, direction=Direction.DECREASE)))
    assert set(shown.ucl) == {None}
    assert shown.variation is Variation.NOT_ENOUGH_DATA
    assert shown.assurance is None


def test_a_run_chart_and_a_settled_chart_are_left_alone() -> None:
    for chart in (Chart.RUN, Chart.I):
        plain = analyse(Series(chart, STEADY))
        assert without_unsure_limits(plain) is plain


def test_the_rules_of_the_measure_are_used_as_far_as_they_know_the_chart(minutes) -> None:
    minutes.measure.rules = RuleSet.MAKING_DATA_COUNT
    with_values(minutes, list(STEADY[:8]))
    assert stored(minutes).rules is RuleSet.PROVOST_MURRAY
    with_values(minutes, list(STEADY), start=date(2025, 1, 6))
    assert (stored(minutes).rules, stored(minutes).chart) == (RuleSet.MAKING_DATA_COUNT, Chart.I)


def test_targets_hold_from_their_day_on(minutes) -> None:
    with_values(minutes, list(STEADY))
    minutes.target = 3
    minutes.targets = [Target(on=date(2024, 3, 4), value=4), Target(on=date(2024, 1, 8), value=5)]
    found = analyse_again(minutes)
    assert found.targets[0] is None
    assert (found.targets[1], found.target) == (5, 4)
    minutes.measure.chart = Chart.MR
    assert (analyse_again(minutes).target, analyse_again(minutes).direction) == (None, Direction.NEUTRAL)


def test_several_values_of_a_day_are_one_point(minutes) -> None:
    minutes.measure.data_type, minutes.measure.chart = DataType.SEVERAL, Chart.XBAR
    for week in range(14):
        values = [10 + week % 3, 12, 20 - week % 4]
        on = date(2024, 1, 1) + timedelta(7 * (week + (week > 6)))
        db.session.add(Point(series_id=minutes.id, on=on, value=sum(values) / 3, subgroup=values))
    db.session.add(Point(series_id=minutes.id, on=date(2024, 4, 15), value=13.0))
    found = analyse_again(minutes)
    assert (found.chart, found.n[0], found.n[-1]) == (Chart.XBAR, 3, 1)
    assert found.y[7] is None  # the week between has no number
    assert found.y[0] == pytest.approx(14)
    minutes.measure.chart = Chart.S
    assert analyse_again(minutes).y[0] == pytest.approx(5.2915026)
    minutes.measure.chart = Chart.IP
    assert analyse_again(minutes).n[0] == 3
    minutes.measure.only_rises = True
    assert analyse_again(minutes) is not None
