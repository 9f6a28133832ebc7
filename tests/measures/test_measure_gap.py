"""The gap between groups: pooled over the same time, in points and as a ratio, in words."""

from datetime import date, timedelta

import pytest

from qitracker import spc
from qitracker.charts.measure_words import MeasureWords
from qitracker.measures import actions
from qitracker.measures.gap import gap_between, gap_sentence, pooled, span_words
from qitracker.method.measures import Rhythm
from qitracker.models import DecisionKind
from qitracker.spc import Chart, Direction
from tests.measures.pph_data import PPH

WORDS = MeasureWords("Large bleeds", "%", Rhythm.MONTH)
UP, DOWN = Direction.INCREASE, Direction.DECREASE


def bleeds(column, part=()):
    return spc.analyse(
        spc.Series(
            chart=Chart.P,
            x=tuple(row[0].isoformat() for row in PPH),
            y=tuple(row[column] for row in PPH),
            n=tuple(row[column + 1] for row in PPH),
            part=part,
            multiply=100,
            direction=DOWN,
        )
    )


def values(numbers, start=date(2025, 1, 6), part=(), exclude=()):
    return spc.analyse(
        spc.Series(
            chart=Chart.I,
            x=tuple((start + timedelta(7 * week)).isoformat() for week in range(len(numbers))),
            y=tuple(numbers),
            part=part,
            exclude=exclude,
        )
    )


def test_two_groups_over_the_months_since_the_phase_began():
    gap = gap_between([("minority", bleeds(1, (24,))), ("white", bleeds(3))], DOWN)
    minority, white = gap.groups
    since = [row for row in PPH if row[0] >= date(2024, 6, 1)]
    assert minority.now == pytest.approx(100 * sum(row[1] for row in since) / sum(row[2] for row in since))
    assert white.now == pytest.approx(100 * sum(row[3] for row in since) / sum(row[4] for row in since))
    assert minority.gap == pytest.approx(minority.now - white.now)
    assert minority.ratio == pytest.approx(minority.now / white.now)
    assert (white.gap, white.ratio, gap.best) == (0.0, 1.0, "white")
    assert span_words(gap.now, WORDS) == "June 2024 to September 2025"
    assert span_words(gap.before, WORDS) == "June 2022 to May 2024"


def test_the_sentence_says_how_wide_it_is_and_was():
    sentence = gap_sentence(gap_between([("minority", bleeds(1, (24,))), ("white", bleeds(3))], DOWN), WORDS)
    assert "9.0% for minority and 5.1% for white: a gap of 3.9 percentage points." in sentence
    assert "1.8 times as high" in sentence
    assert "it was 7.0 percentage points: it is narrower now." in sentence


def test_without_phases_all_common_periods_are_compared():
    gap = gap_between([("a", values([10.0] * 6)), ("b", values([20.0] * 4, date(2025, 1, 13)))], DOWN)
    assert (gap.now.first, gap.now.last, gap.before) == ("2025-01-13", "2025-02-03", None)
    assert [group.count for group in gap.groups] == [4, 4]


@pytest.mark.parametrize(("direction", "best"), [(DOWN, "low"), (UP, "high"), (Direction.NEUTRAL, "low")])
def test_the_best_group_is_the_one_compared_with(direction, best):
    gap = gap_between([("low", values([1.0, 2.0])), ("high", values([5.0, 6.0]))], direction)
    assert gap.best == best
    assert abs(gap.widest.gap) == pytest.approx(4.0)


def test_left_out_points_do_not_count():
    gap = gap_between([("a", values([1.0, 1.0, 99.0], exclude=(3,))), ("b", values([3.0, 3.0, 3.0]))], DOWN)
    assert [group.now for group in gap.groups] == [1.0, 3.0]


@pytest.mark.parametrize(
    "groups",
    [
        [],
        [("a", values([1.0, 2.0]))],
        [("a", values([1.0, 2.0])), ("b", values([1.0, 2.0], date(2026, 1, 5)))],
    ],
)
def test_nothing_is_compared_without_two_groups_in_the_same_time(groups):
    assert gap_between(groups, DOWN) is None


def test_a_group_with_nothing_at_all_has_no_ratio():
    gap = gap_between([("none", values([0.0, 0.0])), ("some", values([2.0, 4.0]))], DOWN)
    assert [group.ratio for group in gap.groups] == [None, None]
    assert "a gap of 3" in gap_sentence(gap, MeasureWords("x", "", Rhythm.WEEK))
    assert gap_sentence(gap_between([("a", values([2.0])), ("b", values([2.0]))], DOWN), WORDS).endswith(
        "same average."
    )


def test_a_frozen_baseline_does_not_narrow_what_is_pooled():
    analysis = bleeds(3, (24,))
    gap = gap_between([("minority", bleeds(1)), ("white", analysis)], DOWN)
    assert pooled(analysis, gap.now)[0] == pytest.approx(analysis.phases[-1].cl)


def test_the_page_compares_the_groups_of_a_place(browser, world, bleeds, white):
    actions.decide(bleeds, by=world.lead, kind=DecisionKind.PHASE, on=date(2024, 6, 1), reason="x")
    text = browser(world.staff).get(f"/measures/{bleeds.measure_id}/groups").text
    for piece in ("9.0%", "5.1%", "12.0%", "3.9 percentage points", "compared with", "1.8"):
        assert piece in text
    assert "Add a group" not in text
    assert browser(world.outsider).get(f"/measures/{bleeds.measure_id}/groups").status_code == 404


def test_with_one_group_the_page_says_what_to_add(browser, world, bleeds):
    assert "There is nothing to compare yet." in browser(world.lead).get(f"/measures/{bleeds.measure_id}/groups").text


def test_groups_without_numbers_are_said_to_have_none(browser, world, bleeds):
    actions.add_series(bleeds.measure, by=world.lead, unit_id=bleeds.unit_id, group="Somebody else")
    assert "There are not enough numbers yet" in browser(world.lead).get(f"/measures/{bleeds.measure_id}/groups").text
