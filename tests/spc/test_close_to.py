"""Close to a signal: the warnings one by one, what silences them, and a plain reading of the rules beside them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qitracker.spc import Chart, Direction, Series, Signal, analyse
from qitracker.spc.close_to import NOT_CLOSE, CloseTo, close_to
from qitracker.spc.nearness import CLOSE_SETS, Before, CloseSet, Nearness, expected_by_chance

DEFAULT = CLOSE_SETS[CloseSet.DEFAULT]


def warned(z: list[float | None], nearness: Nearness = DEFAULT, *, better: int = 1, **red: bool) -> CloseTo:
    """The answer for one series about 0 with sigma 1."""
    y = np.array([[np.nan if value is None else value for value in z]], float)
    present = ~np.isnan(y)
    found = close_to(
        y,
        np.zeros(1),
        np.ones(1),
        np.sign(np.nan_to_num(y)).astype(np.int8),
        present,
        nearness=nearness,
        within=np.ones_like(present),
        red_high=np.array([red.pop("red_high", False)]),
        red_low=np.array([red.pop("red_low", False)]),
        **{name: np.array([value]) for name, value in red.items()},
    )
    return found.of(0, better=better)


LOW7 = [-0.5, -0.3, -0.9, -0.2, -0.6, -0.1, -0.4]
RISE5 = [0.9, -0.8, -0.4, 0.1, 0.5, 0.8]
TABLE = [
    ("in the outer third, the one before on the same side", [0.1, 0.3, 2.5], ["W1"]),
    ("in the outer third, the one before on the other side", [0.1, -0.3, 2.5], []),
    ("in the outer third, the one before on the line", [0.1, 0, 2.5], []),
    ("in the outer third, the one before a gap", [0.1, 0.3, None, 2.5], ["W1"]),
    ("on two sigma", [0.1, 0.3, 2.0], []),
    ("on three sigma", [0.1, 0.3, 3.0], ["W1"]),
    ("beyond three sigma", [0.1, 0.3, 3.1], []),
    ("alone in the outer third", [2.5], []),
    ("the point before in the outer third", [0.1, 2.5, 0.3], []),
    ("run of seven", [0.4, *LOW7], ["W2"]),
    ("run of seven from the first point", LOW7, ["W2"]),
    ("run of six", [0.4, *LOW7[1:]], []),
    ("run of eight, which is a signal", [-0.3, *LOW7], []),
    ("run of seven with a point on the line", [0.4, *LOW7[:3], 0, *LOW7[3:]], ["W2"]),
    ("run of seven and then on the line", [0.4, *LOW7, 0], ["W2"]),
    ("run of seven and then a gap", [0.4, *LOW7, None], ["W2"]),
    ("run of seven that has ended", [0.4, *LOW7, 0.4], []),
    ("trend of five", RISE5, ["W3"]),
    ("trend of five from the first point", RISE5[1:], ["W3"]),
    ("trend of four", RISE5[:-1], []),
    ("trend of six, which is a signal", [-0.9, *RISE5[1:]], []),
    ("trend of five with equal neighbours", [0.9, -0.8, -0.4, -0.4, 0.1, 0.5, 0.8, 0.8], ["W3"]),
    ("trend of five over a gap", [0.9, -0.8, -0.4, None, 0.1, 0.5, 0.8], ["W3"]),
    ("trend of five that has ended", [*RISE5, 0.7], []),
    ("nothing at all", [0.5, -0.5, 0.2, -0.1], []),
    ("the same value throughout", [0.0] * 9, []),
    ("no value", [None, None], []),
]


@pytest.mark.parametrize(("name", "z", "because"), TABLE, ids=[row[0] for row in TABLE])
def test_each_warning_with_the_default_set(name: str, z: list[float | None], because: list[str]) -> None:
    assert list(warned(z).because) == because


@pytest.mark.parametrize(("name", "z", "because"), TABLE, ids=[row[0] for row in TABLE])
def test_the_mirrored_series_has_the_mirrored_answer(name: str, z: list[float | None], because: list[str]) -> None:
    there, back = warned(z, better=1), warned([None if one is None else -one for one in z], better=-1)
    assert (there.state, there.because) == (back.state, back.because)
    assert [one.side for one in there.confirm] == [-one.side for one in back.confirm]


@pytest.mark.parametrize(
    ("which", "z", "because"),
    [
        (CloseSet.SENSITIVE, [0.1, -0.3, 2.5], ["W1"]),
        (CloseSet.SENSITIVE, [0.4, *LOW7[1:]], ["W2"]),
        (CloseSet.SENSITIVE, [0.4, *LOW7], ["W2"]),
        (CloseSet.SENSITIVE, [0.4, *LOW7[2:]], []),
        (CloseSet.STRICT, [0.1, 0.9, 2.5], []),
        (CloseSet.STRICT, [0.1, 1.0, 2.5], []),
        (CloseSet.STRICT, [0.1, 1.1, 2.5], ["W1"]),
        (CloseSet.STRICT, [0.1, -1.1, 2.5], []),
        (CloseSet.MAKING_DATA_COUNT, [0.4, *LOW7[1:]], ["W2"]),
        (CloseSet.MAKING_DATA_COUNT, [0.4, *LOW7], []),
        (CloseSet.MAKING_DATA_COUNT, [0.4, *LOW7[1:4], 0, *LOW7[4:]], []),
        (CloseSet.MAKING_DATA_COUNT, [0.4, *LOW7[1:4], None, *LOW7[4:]], []),
        (CloseSet.MAKING_DATA_COUNT, [0.4, *LOW7[1:], None], []),
        (CloseSet.MAKING_DATA_COUNT, [0.1, 0.3, None, 2.5], []),
        (CloseSet.MAKING_DATA_COUNT, [0.1, 0.3, 2.5], ["W1"]),
        (CloseSet.MAKING_DATA_COUNT, [0.7, -0.9, -0.8, -0.4, 0.1, 0.5, 0.8], ["W3"]),
        (CloseSet.MAKING_DATA_COUNT, RISE5, []),
        (CloseSet.MAKING_DATA_COUNT, [0.7, -0.9, -0.8, -0.4, -0.4, 0.1, 0.5, 0.8], []),
    ],
)
def test_other_sets_warn_of_other_things(which: CloseSet, z: list[float | None], because: list[str]) -> None:
    assert list(warned(z, CLOSE_SETS[which]).because) == because


def test_a_signal_of_the_same_side_wins_and_one_of_the_other_side_does_not() -> None:
    assert warned([0.1, 0.3, 2.5], red_high=True) == NOT_CLOSE
    assert warned([0.1, 0.3, 2.5], red_low=True).because == ("W1",)
    assert warned([0.4, *LOW7], red_low=True) == NOT_CLOSE
    assert warned(RISE5, red_high=True) == NOT_CLOSE


def test_a_side_without_a_limit_has_no_outer_third() -> None:
    assert warned([0.1, 0.3, 2.5], open_high=True) == NOT_CLOSE
    assert warned([0.1, 0.3, 2.5], open_low=True).because == ("W1",)
    assert warned([-0.1, -0.3, -2.5], open_low=True) == NOT_CLOSE
    assert warned([-0.1, -0.3, -2.5], open_high=True).because == ("W1",)
    assert warned([0.4, *LOW7], open_low=True).because == ("W2",)


def test_trends_are_not_asked_of_moving_limits() -> None:
    assert warned(RISE5, trends=False) == NOT_CLOSE
    assert warned([0.4, *LOW7], trends=False).because == ("W2",)


@pytest.mark.parametrize(("better", "state"), [(1, "concern"), (-1, "improvement"), (0, None)])
def test_the_state_depends_on_which_way_is_better(better: int, state: str | None) -> None:
    found = warned([0.4, *LOW7], better=better)
    assert (found.state, found.because) == (state, ("W2",))


def test_two_warnings_of_different_sides_are_both_told_and_the_later_one_leads() -> None:
    both = [0.4, -0.3, -0.2, -0.9, -0.8, -0.7, -0.6, -0.5]  # seven below, the last five rising
    found = warned(both)
    assert found.because == ("W2", "W3")
    assert [one.side for one in found.confirm] == [-1, 1]
    assert found.state == "improvement"
    ended = warned([*both, -0.5])  # an equal value lengthens the run to eight; the trend ended one point earlier
    assert ended.because == ("W3",)
    later = warned([0.4, -0.3, -0.9, -0.8, -0.7, -0.6, -0.5, -0.5])
    assert later.because == ("W2", "W3")
    assert later.state == "concern"


def test_what_the_next_point_must_do() -> None:
    outer, run = warned([0.1, 0.3, 2.5]).confirm[0], warned([0.4, *LOW7]).confirm[0]
    trend = warned(RISE5).confirm[0]
    assert (outer.side, outer.beyond, outer.points, outer.within) == (1, 2.0, 1, 2)
    assert (run.side, run.beyond, run.points, run.within) == (-1, 0.0, 1, 1)
    assert (trend.side, trend.beyond, trend.points, trend.within) == (1, 0.8, 1, 1)
    assert warned([0.4, *LOW7[1:]], CLOSE_SETS[CloseSet.SENSITIVE]).confirm[0].points == 2


def test_values_are_told_in_plotted_units() -> None:
    y = np.array([[0.10, 0.15, 0.225]])
    found = close_to(
        y, np.array([[0.1]]), np.array([[0.05]]), np.array([[0, 1, 1]], np.int8), np.ones_like(y, bool),
        nearness=DEFAULT, red_high=np.zeros(1, bool), red_low=np.zeros(1, bool),
    )  # fmt: skip
    assert found.of(0, better=-1, to_plotted=lambda share: 100 * share).confirm[0].beyond == pytest.approx(20)


def test_rules_with_other_lengths_are_warned_of_as_near() -> None:
    run_chart = DEFAULT.for_rules(outer=False, shift=6, trend=5)
    assert (run_chart.before, run_chart.run, run_chart.trend) == (None, 5, 4)
    assert warned([0.4, *LOW7[:5]], run_chart).because == ("W2",)
    assert warned([0.1, 0.3, 2.5], run_chart) == NOT_CLOSE
    sensitive = CLOSE_SETS[CloseSet.SENSITIVE].for_rules(outer=True, shift=9, trend=None)
    assert (sensitive.run, sensitive.trend) == (7, None)
    assert warned(RISE5, sensitive) == NOT_CLOSE
    silent = DEFAULT.for_rules(outer=False, shift=None, trend=None)
    assert warned([0.4, *LOW7], silent) == NOT_CLOSE


def test_expected_by_chance_is_that_of_the_table() -> None:
    assert expected_by_chance(600) == pytest.approx((23.0, 21.9))
    assert expected_by_chance(0) == (0, 0)
    assert expected_by_chance(38, CloseSet.SENSITIVE)[0] == pytest.approx(2.774)


def plainly(z: list[float | None], nearness: Nearness) -> list[str]:
    """The warnings by reading the rules off one series, point after point."""
    values = [value for value in z if value is not None]
    found = []
    if len(values) > 1 and 2 < abs(values[-1]) <= 3:
        same = values[-1] * values[-2] > 0
        if nearness.before is Before.ANYWHERE or (
            same and (nearness.before is Before.SAME_SIDE or abs(values[-2]) > 1)
        ):
            found.append("W1")
    elif values and 2 < abs(values[-1]) <= 3 and nearness.before is Before.ANYWHERE:
        found.append("W1")
    off = [value for value in values if value]
    run = 0
    while run < len(off) and off[-1] * off[-1 - run] > 0:
        run += 1
    if nearness.run <= run < nearness.shift:
        found.append("W2")
    distinct = [value for at, value in enumerate(values) if at == 0 or value != values[at - 1]]
    trend = 1
    while trend < len(distinct) and (distinct[-1] - distinct[-2]) * (distinct[-trend] - distinct[-1 - trend]) > 0:
        trend += 1
    if trend == nearness.trend:
        found.append("W3")
    return found


CELLS = st.one_of(st.none(), st.sampled_from([-2.5, -1.5, -0.75, -0.25, 0.0, 0.25, 0.75, 1.5, 2.5]))


@given(
    st.lists(st.lists(CELLS, min_size=12, max_size=12), min_size=1, max_size=6),
    st.sampled_from([CloseSet.DEFAULT, CloseSet.SENSITIVE, CloseSet.STRICT]),
)
@settings(max_examples=150, deadline=None)
def test_a_batch_answers_as_a_plain_reading_of_each_series(many: list[list[float | None]], which: CloseSet) -> None:
    many = [*many, [0.25, -0.25, *([None] * 3), -0.25, -0.75, -0.25, -1.5, -0.25, -0.75, -0.75]]
    y = np.array([[np.nan if value is None else value for value in z] for z in many])
    no = np.zeros(len(many), bool)
    found = close_to(
        y, np.zeros((1, 1)), np.ones((1, 1)), np.sign(np.nan_to_num(y)).astype(np.int8), ~np.isnan(y),
        nearness=CLOSE_SETS[which], red_high=no, red_low=no,
    )  # fmt: skip
    for row, z in enumerate(many):
        assert list(found.of(row, better=1).because) == plainly(z, CLOSE_SETS[which])


CONFIRMED_BY = {"W1": Signal.TWO_OF_THREE, "W2": Signal.SHIFT8, "W3": Signal.TREND6}


@given(st.lists(st.integers(8, 24), min_size=8, max_size=8), st.sampled_from(["outer", "run", "trend"]), st.booleans())
@settings(max_examples=40, deadline=None)
def test_doing_what_is_said_makes_the_signal_that_was_near(start: list[int], end: str, high: bool) -> None:
    tail = {"outer": [15, 18, 25], "run": [14, 17, 20, 18, 19, 17, 18, 20], "trend": [18, 12, 13, 15, 18, 19]}[end]
    y = (14, 18, 15, 17, *start, *(value if high else 32 - value for value in tail))
    before = analyse(Series(Chart.C, y, cl=16, direction=Direction.INCREASE))
    assert before.close_to.because or any(flags[-1] for flags in before.signals.values())
    for one in before.close_to.confirm:
        after = analyse(Series(Chart.C, (*y, one.beyond + one.side), cl=16, direction=Direction.INCREASE))
        assert one.points == 1
        assert after.signals[CONFIRMED_BY[one.because]][-1] == one.side


def test_a_warning_lapses_by_itself() -> None:
    y = (14, 18, 15, 17, 19, 13, 18, 15, 14, 17, 18, 15, 18, 26)
    assert analyse(Series(Chart.C, y, cl=16, direction=Direction.INCREASE)).close_to.state == "improvement"
    assert analyse(Series(Chart.C, (*y, 17), cl=16, direction=Direction.INCREASE)).close_to == NOT_CLOSE
