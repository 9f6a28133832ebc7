"""The state of a cycle at a date, the hints beside its form, and what the next one takes over."""

from dataclasses import fields, replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qitracker.method.cycle_hints import RULES, hints
from qitracker.method.cycles import (
    CYCLE_KIND_WORDS,
    CYCLE_STATE_WORDS,
    DECISION_WORDS,
    SCALE_WORDS,
    SCALES,
    VERDICT_WORDS,
    Cycle,
    CycleKind,
    CycleState,
    Decision,
    Prediction,
    Scale,
    Verdict,
    is_wider,
    state_of,
)
from qitracker.method.next_cycle import carried_over, scale_after

START, END = date(2025, 12, 1), date(2025, 12, 12)


@pytest.mark.parametrize(
    ("today", "known", "state"),
    [
        (date(2025, 11, 30), {}, "planned"),
        (START, {}, "running"),
        (END, {}, "running"),
        (date(2025, 12, 13), {}, "to_study"),
        (date(2025, 12, 5), {"ended": date(2025, 12, 4)}, "to_study"),
        (date(2025, 12, 20), {"ended": date(2025, 12, 31)}, "running"),
        (date(2025, 11, 28), {"started": date(2025, 11, 27)}, "running"),
        (date(2026, 6, 1), {"planned_end": None}, "running"),
        (date(2026, 6, 1), {"planned_start": None, "planned_end": None}, "planned"),
        (date(2025, 12, 20), {"studied": True}, "studied"),
        (date(2025, 12, 20), {"studied": True, "decision": Decision.ADAPT}, "decided"),
        (date(2025, 11, 1), {"decision": Decision.ABANDON}, "decided"),
    ],
)
def test_dates_and_what_is_written_give_the_state(today: date, known: dict[str, object], state: str) -> None:
    assert state_of(today, **({"planned_start": START, "planned_end": END} | known)) is CycleState(state)


@given(st.lists(st.dates(), min_size=2, max_size=12), st.none() | st.dates(), st.none() | st.dates())
def test_a_cycle_never_goes_back_as_days_go_by(days: list[date], start: date | None, end: date | None) -> None:
    order = list(CycleState)
    states = [order.index(state_of(day, planned_start=start, planned_end=end)) for day in sorted(days)]
    assert all(earlier <= later for earlier, later in pairwise(states))


def test_scales_are_ordered_and_every_word_is_there() -> None:
    assert all(is_wider(wider, narrower) for narrower, wider in pairwise(SCALES))
    assert not is_wider(Scale.ONE_DAY, Scale.ONE_DAY)
    assert set(SCALE_WORDS) == set(Scale)
    assert set(CYCLE_KIND_WORDS) == set(CycleKind)
    assert set(CYCLE_STATE_WORDS) == set(CycleState)
    assert set(DECISION_WORDS) == set(Decision)
    assert set(VERDICT_WORDS) == set(Verdict)


FIRST = Cycle(
    number=1, title="Bay nursing", idea_key="i1", scale=Scale.ONE_SHIFT, objective="See if it works",
    question="Will there be fewer unseen falls?", change="One nurse stays in the bay", logistics="Bay A, Tuesday",
    data_plan="Count unseen falls", has_measure=True, predictions=(Prediction("None", Verdict.RIGHT),),
    planned_start=START, planned_end=END, happened="As planned", findings="No unseen fall",
    decision=Decision.ADAPT, next_change="Two nurses share",
)  # fmt: skip
SECOND = replace(FIRST, number=2, decision=None, findings="", happened="", predictions=(Prediction("None"),))
ADOPTED = replace(FIRST, decision=Decision.ADOPT)


@pytest.mark.parametrize(
    ("code", "cycle", "earlier", "field"),
    [
        ("no_prediction", replace(SECOND, predictions=(Prediction("  "),)), [FIRST], "predictions"),
        ("no_data_plan", replace(SECOND, has_measure=False, data_plan=""), [FIRST], "data_plan"),
        ("no_data_over_time", replace(SECOND, has_measure=False), [FIRST], "has_measure"),
        ("not_compared", replace(SECOND, happened="Done", findings="Fewer"), [FIRST], "predictions"),
        ("no_scale", replace(SECOND, scale=None), [FIRST], "scale"),
        ("first_test_wide", replace(SECOND, scale=Scale.ONE_WEEK), [], "scale"),
        ("scale_jumps", replace(SECOND, scale=Scale.ONE_WARD), [FIRST], "scale"),
        ("scale_stays", SECOND, [ADOPTED], "scale"),
        ("untested", replace(SECOND, kind=CycleKind.IMPLEMENT), [], "kind"),
        ("no_do", replace(FIRST, number=2, happened=""), [FIRST], "happened"),
        ("no_study", replace(FIRST, number=2, findings=""), [FIRST], "findings"),
        ("alone", ADOPTED, [], "decision"),
    ],
)
def test_a_hint_stands_beside_its_field(code: str, cycle: Cycle, earlier: list[Cycle], field: str) -> None:
    found = hints(cycle, earlier)
    assert [(hint.code, hint.field) for hint in found] == [(code, field)]
    assert found[0].field in {part.name for part in fields(Cycle)}


@pytest.mark.parametrize(
    ("cycle", "earlier"),
    [
        (SECOND, [FIRST]),
        (SECOND, []),
        (replace(SECOND, scale=Scale.ONE_DAY), [ADOPTED]),
        (replace(SECOND, kind=CycleKind.DEVELOP, predictions=(), scale=None, has_measure=False), [FIRST]),
        (replace(SECOND, scale=Scale.ALL), [replace(ADOPTED, scale=Scale.ALL)]),
        (replace(FIRST, number=2, decision=Decision.ADOPT), [FIRST]),
    ],
)
def test_a_well_written_cycle_has_no_hints(cycle: Cycle, earlier: list[Cycle]) -> None:
    assert hints(cycle, earlier) == ()


def test_only_cycles_that_came_before_count_whatever_their_order() -> None:
    later = replace(FIRST, number=3, scale=Scale.ALL)
    assert hints(SECOND, [later, FIRST]) == hints(SECOND, [FIRST])


def test_an_empty_cycle_is_told_first_what_helps_most() -> None:
    codes = [hint.code for hint in hints(Cycle(number=1))]
    assert codes == ["no_prediction", "no_data_plan", "no_scale"]
    assert len(RULES) == len(set(RULES))


@pytest.mark.parametrize(
    ("decision", "taken", "left"),
    [
        ("adopt", {"kind": CycleKind.TEST, "scale": Scale.ONE_DAY, "change": FIRST.change, "idea_key": "i1"},
         {"predictions", "logistics"}),
        ("adapt", {"scale": Scale.ONE_SHIFT, "change": "Two nurses share", "question": FIRST.question},
         {"predictions", "logistics"}),
        ("repeat", {"scale": Scale.ONE_SHIFT, "change": FIRST.change, "logistics": "Bay A, Tuesday",
                    "predictions": (Prediction("None"),)}, set()),
    ],
)  # fmt: skip
def test_the_next_cycle_takes_over_what_the_decision_says(
    decision: str, taken: dict[str, object], left: set[str]
) -> None:
    carried = carried_over(replace(FIRST, decision=Decision(decision)))
    assert taken.items() <= carried.items()
    assert not left & carried.keys()


@pytest.mark.parametrize("decision", [None, Decision.ABANDON])
def test_nothing_is_taken_over_without_a_next_cycle(decision: Decision | None) -> None:
    assert carried_over(replace(FIRST, decision=decision)) == {}


@pytest.mark.parametrize("scale", [Scale.ONE_WARD, Scale.ALL])
def test_a_change_adopted_on_a_whole_ward_becomes_part_of_the_job(scale: Scale) -> None:
    carried = carried_over(replace(ADOPTED, scale=scale))
    assert (carried["kind"], carried["scale"]) == (CycleKind.IMPLEMENT, Scale.ALL)


def test_an_adapted_cycle_without_a_new_change_keeps_the_old_one() -> None:
    assert carried_over(replace(FIRST, next_change=" "))["change"] == FIRST.change


@given(st.sampled_from(Decision), st.none() | st.sampled_from(Scale))
def test_what_carries_over_starts_a_cycle_without_dates_or_results(decision: Decision, scale: Scale | None) -> None:
    following = Cycle(number=2, **carried_over(replace(FIRST, decision=decision, scale=scale)))
    results = (following.planned_start, following.planned_end, following.findings, following.happened)
    assert results == (None, None, "", "")
    assert following.decision is None
    assert all(each.verdict is None for each in following.predictions)


def test_an_unknown_scale_stays_unknown() -> None:
    assert scale_after(None) is None
