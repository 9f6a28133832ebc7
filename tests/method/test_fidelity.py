"""PDSA quality: each feature with a cycle that has it and one that lacks it, shares, and quarters."""

from dataclasses import replace
from datetime import date

import pytest

from qitracker.method.cycles import CycleState, Decision, Scale
from qitracker.method.facts import CycleFacts
from qitracker.method.fidelity import FEATURES, Count, by_quarter, fidelity

GOOD = CycleFacts(
    key="c2", number=2, title="Bay nursing", state=CycleState.DECIDED, planned_start=date(2025, 3, 3),
    planned_end=date(2025, 3, 10), noted=date(2025, 3, 9), studied=date(2025, 3, 12), decided=date(2025, 3, 12),
    decision=Decision.ADAPT, has_prediction=True, has_data=True, n_questions=1, idea_key="i", ramp=2,
    scale=Scale.ONE_SHIFT,
)  # fmt: skip
FIRST = CycleFacts(
    key="c1", number=1, title="Bay nursing", state=CycleState.DECIDED, planned_end=date(2025, 2, 10), idea_key="i",
    scale=Scale.ONE_PATIENT,
)  # fmt: skip


def has(key: str, cycle: CycleFacts, *others: CycleFacts) -> bool:
    """Whether the cycle has a feature: it is the only one counted, since the others are still planned."""
    planned = [replace(other, state=CycleState.PLANNED) for other in others]
    count = fidelity([cycle, *planned]).counts[key]
    return count.have == 1


@pytest.mark.parametrize(
    ("key", "lacking"),
    [
        ("prediction", {"has_prediction": False}),
        ("data", {"has_data": False}),
        ("written", {"noted": None}),
        ("written", {"studied": None}),
        ("written", {"decision": None, "state": CycleState.STUDIED}),
        ("written", {"n_questions": 0, "has_prediction": False, "planned_start": None}),
        ("scale", {"scale": Scale.ONE_PATIENT.value}),
        ("scale", {"scale": ""}),
        ("scale", {"idea_key": None}),
    ],
)
def test_a_feature_parts_a_cycle_that_has_it_from_one_that_lacks_it(key: str, lacking: dict[str, object]) -> None:
    assert has(key, GOOD, FIRST)
    assert not has(key, replace(GOOD, **lacking), FIRST)


def test_a_series_is_two_or_more_of_one_idea() -> None:
    alone = replace(GOOD, ramp=1)
    assert not has("series", alone)
    assert not has("series", alone, replace(FIRST, idea_key="other"))
    assert not has("series", replace(alone, idea_key=None), replace(FIRST, idea_key=None))
    assert has("series", alone, FIRST)
    assert has("series", GOOD)


def test_scale_is_asked_only_where_it_can_grow() -> None:
    everywhere = replace(FIRST, scale=Scale.ALL.value)
    assert fidelity([GOOD, FIRST]).counts["scale"] == Count(1, 1)
    assert fidelity([GOOD, everywhere]).counts["scale"] == Count(0, 0)
    assert fidelity([GOOD, replace(FIRST, scale="nonsense")]).counts["scale"] == Count(0, 0)
    third = replace(GOOD, key="c3", number=3, scale=Scale.ONE_PATIENT.value)
    assert fidelity([third, GOOD, FIRST]).counts["scale"] == Count(1, 2)


def test_only_cycles_that_are_over_are_counted() -> None:
    running, planned = (replace(GOOD, state=state) for state in (CycleState.RUNNING, CycleState.PLANNED))
    assert fidelity([running, planned]).n == 0
    assert fidelity([GOOD, running]).n == 1


def test_shares_are_of_those_that_can_be_asked() -> None:
    found = fidelity([GOOD, FIRST])
    assert {feature.key: found.share(feature.key) for feature in FEATURES} == {
        "prediction": 0.5, "data": 0.5, "written": 0.5, "series": 1.0, "scale": 1.0,
    }  # fmt: skip


def test_no_cycles_have_no_shares() -> None:
    found = fidelity([])
    assert found.n == 0
    assert all(found.share(feature.key) is None for feature in FEATURES)
    assert by_quarter([]) == ()


def test_a_trend_goes_by_the_quarter_in_which_a_cycle_ended() -> None:
    april = replace(GOOD, key="c3", number=3, ended=date(2025, 4, 1), scale=Scale.ONE_DAY.value)
    endless = replace(GOOD, key="c4", planned_end=None, decided=None, studied=None)
    found = by_quarter([april, GOOD, FIRST, endless])
    assert [(quarter, each.n) for quarter, each in found] == [(date(2025, 1, 1), 2), (date(2025, 4, 1), 1)]
    assert found[1][1].counts["scale"] == Count(1, 1), "an earlier quarter's tests of the idea still come before"


def test_the_published_shares_are_those_of_the_last_round() -> None:
    assert {feature.key: feature.published for feature in FEATURES} == {
        "written": 0.77, "prediction": 0.18, "series": 0.60, "scale": 0.36, "data": 0.49,
    }  # fmt: skip
