"""Targets that change, points that say two things, and the chart that would fit better."""

from dataclasses import replace

import pytest

from qitracker.spc import Analysis, Assurance, Chart, Direction, Meaning, RuleSet, Series, Signal, analyse

STEADY = Series(Chart.C, (100, 105, 95) * 5, cl=100.0, direction=Direction.INCREASE)  # limits 70 and 130


@pytest.mark.parametrize(
    ("target", "now", "assurance"),
    [
        (40.0, 40.0, Assurance.CONSISTENT_PASS),
        ((130.0,) * 14 + (40.0,), 40.0, Assurance.CONSISTENT_PASS),
        ((40.0,) * 14 + (130.0,), 130.0, Assurance.CONSISTENT_FAIL),
        ((40.0,) * 14 + (None,), None, None),
        (((1, 40.0), (15, 100.0)), 100.0, Assurance.INCONSISTENT),
        (((1, 40.0), (16, 100.0)), 40.0, Assurance.CONSISTENT_PASS),
        (((1, 40.0), (3, None)), None, None),
        (((16, 40.0),), None, None),
    ],
)
def test_assurance_is_by_the_target_that_holds_at_the_latest_point(
    target: object, now: float | None, assurance: Assurance | None
) -> None:
    found = analyse(replace(STEADY, target=target))  # type: ignore[arg-type]  # a table of targets
    assert (found.target, found.assurance) == (now, assurance)
    assert Analysis.from_json(found.to_json()) == found


def test_each_point_has_the_target_that_held_then() -> None:
    months = ("2024-03-01", "2024-01-01", "2024-02-01")
    found = analyse(Series(Chart.I, (1, 2, 3), x=months, target=(("2023-06-01", 5.0), ("2024-02-01", 7.5))))
    assert found.targets == (5.0, 7.5, 7.5)
    rows = analyse(Series(Chart.I, (1, 2, 3), x=months, target=(30.0, 10.0, None)))
    assert rows.targets == (10.0, None, 30.0)
    assert analyse(replace(STEADY, target=1.0)).targets is None


def test_a_point_that_is_improvement_and_concern_says_both() -> None:
    """It rises for the sixth time, and is still below the lower limit."""
    y = (100,) * 8 + (40, 45, 50, 55, 60, 65)
    found = analyse(Series(Chart.C, y, cl=100.0, direction=Direction.INCREASE))
    assert found.signals[Signal.TREND6][-6:] == (1,) * 6
    assert found.signals[Signal.OUTSIDE][-6:] == (-1,) * 6
    assert found.both == tuple(range(8, 14))
    assert set(found.meaning[8:]) == {Meaning.CONCERN}  # beyond a limit says most
    assert analyse(replace(STEADY, y=(100, 101) * 7)).both == ()


def test_improvement_leads_where_the_tools_have_it_so() -> None:
    y = (50, 51, 49, 50, 51, 49, 50, 51, 49, 50, 20, 22, 24, 26, 28, 30, 32)
    asked = Series(Chart.I, y, direction=Direction.INCREASE, rules=RuleSet.MAKING_DATA_COUNT)
    found = analyse(asked)
    assert found.both
    assert {found.meaning[at] for at in found.both} == {Meaning.IMPROVEMENT}
    lower = analyse(replace(asked, direction=Direction.DECREASE))
    assert {lower.meaning[at] for at in lower.both} == {Meaning.IMPROVEMENT}


def test_numbers_that_only_rise_have_no_trend() -> None:
    rising = Series(Chart.I, tuple(range(20, 40)), direction=Direction.INCREASE)
    assert any(analyse(rising).signals[Signal.TREND6])
    found = analyse(replace(rising, only_rises=True))
    assert not any(found.signals[Signal.TREND6])
    assert found.signals[Signal.SHIFT8] == analyse(rising).signals[Signal.SHIFT8]
    assert "W3" not in found.close_to.because


SPREAD = tuple(500 + 120 * (-1) ** at * (1 + at % 3) for at in range(24))
OTHERS = [
    ("rare events", Series(Chart.C, (0,) * 9 + (1, 0, 2)), ["rare_event_chart"], Chart.T),
    ("half of them is not most", Series(Chart.C, (0,) * 6 + (1, 2, 1, 3, 1, 2)), [], None),
    ("too few points to say", Series(Chart.C, (0,) * 9 + (1, 0)), [], None),
    (
        "rare misses",
        Series(Chart.P, (20,) * 9 + (19, 20, 18), (20,) * 12, multiply=100.0),
        ["rare_event_chart"],
        Chart.G,
    ),
    ("more than chance", Series(Chart.P, SPREAD, (2000,) * 24), ["prime_chart"], Chart.PP),
    ("more than chance, of rates", Series(Chart.U, SPREAD, (2000.0,) * 24), ["prime_chart"], Chart.UP),
    ("as chance has it", Series(Chart.P, (10, 14, 9, 12, 8, 11, 13, 7) * 3, (80,) * 24), [], None),
    ("already a prime chart", Series(Chart.PP, SPREAD, (2000,) * 24), [], None),
]


@pytest.mark.parametrize(("name", "series", "codes", "chart"), OTHERS, ids=[row[0] for row in OTHERS])
def test_a_chart_that_would_fit_better(name: str, series: Series, codes: list[str], chart: Chart | None) -> None:
    found = analyse(series).other_charts
    assert [one.code for one in found] == codes
    assert [one.chart for one in found] == ([] if chart is None else [chart])
    assert all(one.message.startswith(("Neighbouring", "1")) and one.message.endswith(".") for one in found)
    assert Analysis.from_json(analyse(series).to_json()).other_charts == found


@pytest.mark.parametrize(
    ("series", "code"),
    [
        (Series(Chart.I, tuple(10 + at % 12 for at in range(36))), "related_neighbours"),
        (Series(Chart.I, (1, 9) * 12), None),
        (Series(Chart.C, (3, 5, 4) * 8, (1,) * 24), "not_used"),
        (Series(Chart.I, (3, 5, 4) * 8, rules=RuleSet.PLOTTHEDOTS, exclude=(2,), cl=4.0, freeze=5), "not_used"),
        (Series(Chart.C, (1,) * 12 + (9,) * 12, rules=RuleSet.ANHOEJ), "unusual_runs"),
    ],
)
def test_what_a_reader_should_know(series: Series, code: str | None) -> None:
    codes = {caution.code for caution in analyse(series).warnings}
    assert code in codes if code else not codes & {"related_neighbours", "not_used", "unusual_runs"}


def test_tools_without_exclusions_do_not_use_them() -> None:
    y = (10, 11, 9, 60, 10, 12, 8) * 2
    plain = analyse(Series(Chart.I, y, rules=RuleSet.MAKING_DATA_COUNT))
    given = analyse(Series(Chart.I, y, rules=RuleSet.MAKING_DATA_COUNT, exclude=(4,), cl=5.0, freeze=11))
    assert (given.cl, given.ucl, given.included, given.baseline) == (
        plain.cl,
        plain.ucl,
        plain.included,
        plain.baseline,
    )
    assert (
        analyse(Series(Chart.I, y, rules=RuleSet.MAKING_DATA_COUNT, freeze=12)).baseline == (True,) * 12 + (False,) * 2
    )
