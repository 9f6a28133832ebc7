"""The one most useful thing to do now: each rule once, their order, and that there is always exactly one card."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qitracker.method.cycles import CycleState, Decision
from qitracker.method.facts import (
    AimFacts,
    CoachWord,
    CycleFacts,
    DriverFacts,
    IdeaFacts,
    MeasureFacts,
    ProjectFacts,
)
from qitracker.method.ideas import IdeaStatus
from qitracker.method.measures import MeasureKind, Rhythm, next_due
from qitracker.method.methods import METHODS
from qitracker.method.next_card import RULES, NextCard, next_card
from qitracker.method.stages import Tool
from qitracker.method.steps import StepStatus

TODAY = date(2025, 12, 17)
FRIDAY = date(2025, 12, 12)


def measure(last: date = date(2025, 11, 1), rhythm: Rhythm = Rhythm.MONTH, **known: object) -> MeasureFacts:
    given_ = {"key": "m1", "name": "Falls", "kind": MeasureKind.OUTCOME, "n_points": 24, "last_point": last}
    return MeasureFacts(**{**given_, "rhythm": rhythm, "next_due": next_due(last, rhythm), **known})


def cycle(state: CycleState, number: int = 4, **known: object) -> CycleFacts:
    given_ = {"key": f"c{number}", "number": number, "title": "bay nursing at night", "has_prediction": True}
    dates = {"planned_start": date(2025, 12, 1), "planned_end": FRIDAY}
    return CycleFacts(**{**given_, **dates, "state": state, **known})


def idea(status: IdeaStatus = IdeaStatus.NEW, key: str = "i1", **known: object) -> IdeaFacts:
    return IdeaFacts(**{"key": key, "text": "Red socks", "status": status, **known})


IDEAS = (idea(), idea(key="i2"), idea(key="i3"))
BEGUN = ProjectFacts(
    answered={"focus": frozenset({"problem"})},
    measures=(measure(),),
    ideas=IDEAS,
    n_team=5,
    has_sponsor=True,
    aim=AimFacts(by=date(2026, 3, 31)),
    drivers=DriverFacts(n_primary=3),
)
"""A project in Understand that has what the rules ask for before testing."""

DELIVERING = replace(BEGUN, stage="deliver")
WITH_TEST = replace(DELIVERING, ideas=(idea(IdeaStatus.TESTING, tested=True), *IDEAS[1:]))


def settled(stage: str) -> dict[str, StepStatus]:
    return {step.key: StepStatus.DONE for step in METHODS["lancashire"].stage(stage).steps}


CASES = [
    ("study_cycle", replace(WITH_TEST, cycles=(cycle(CycleState.TO_STUDY),)), "Study PDSA cycle 4", "c4"),
    ("decide_cycle", replace(WITH_TEST, cycles=(cycle(CycleState.STUDIED),)), "Decide on PDSA cycle 4", "c4"),
    ("answer_coach", replace(BEGUN, coach_word=CoachWord(on=FRIDAY, asks=True, key="w1")), "Answer your coach", "w1"),
    ("look_at_concern", replace(BEGUN, stage="sustain", measures=(measure(variation="concern_high"),)),
     "Look at Falls", "m1"),
    ("add_number", replace(BEGUN, measures=(measure(date(2025, 10, 1)),)), "Add November’s number", "m1"),
    ("describe_problem", ProjectFacts(), "Describe the problem", "focus"),
    ("write_aim", replace(BEGUN, stage="co_design", aim=None), "Write your aim", None),
    ("complete_aim", replace(BEGUN, stage="co_design", aim=AimFacts(n_missing=1)), "Complete your aim", None),
    ("add_measure", replace(BEGUN, measures=()), "Choose a measure", None),
    ("add_baseline", replace(BEGUN, measures=(measure(n_points=5),)), "Add numbers from before the change", "m1"),
    ("collect_ideas", replace(BEGUN, ideas=()), "Collect ideas", None),
    ("collect_ideas", replace(BEGUN, ideas=IDEAS[:2]), "Collect ideas", None),
    ("name_team", replace(BEGUN, stage="co_design", n_team=1), "Name your team", None),
    ("ask_sponsor", replace(BEGUN, stage="co_design", has_sponsor=False), "Ask someone to be your sponsor", None),
    ("draw_drivers", replace(BEGUN, stage="co_design", drivers=DriverFacts()), "Draw your driver diagram", None),
    ("choose_idea", DELIVERING, "Choose an idea to test first", None),
    ("plan_test", replace(DELIVERING, ideas=(idea(IdeaStatus.PRIORITISED), *IDEAS[1:])), "Plan a small test", "i1"),
    ("continue_ramp", replace(WITH_TEST, cycles=(cycle(CycleState.DECIDED, decision=Decision.ADAPT),)),
     "Plan the next cycle", "c4"),
    ("continue_ramp", replace(WITH_TEST, cycles=(cycle(CycleState.DECIDED, decision=Decision.REPEAT),)),
     "Plan the next cycle", "c4"),
    ("date_cycle", replace(WITH_TEST, cycles=(cycle(CycleState.PLANNED, planned_start=None, planned_end=None),)),
     "Set a date for PDSA cycle 4", "c4"),
    ("add_prediction", replace(WITH_TEST, cycles=(cycle(CycleState.RUNNING, has_prediction=False),)),
     "Add a prediction to PDSA cycle 4", "c4"),
    ("end_cycle", replace(WITH_TEST, cycles=(
        cycle(CycleState.RUNNING, planned_start=date(2025, 11, 1), planned_end=None),)),
     "Set an end for PDSA cycle 4", "c4"),
    ("follow_cycle", replace(WITH_TEST, cycles=(cycle(CycleState.RUNNING, planned_end=date(2025, 12, 20)),)),
     "Add a note to PDSA cycle 4", "c4"),
    ("work_on_step", replace(BEGUN, statuses={"focus": StepStatus.DONE}), "Work on People", "people"),
    ("mark_step", replace(BEGUN, statuses={**settled("understand"), "change": StepStatus.IN_PROGRESS}),
     "Is Change done?", "change"),
    ("move_on", replace(BEGUN, statuses=settled("understand")), "Move on to Co-design", "co_design"),
    ("review", replace(BEGUN, stage="sustain", statuses=settled("sustain")), "Review with your coach", None),
    ("rest", replace(BEGUN, stage="sustain", statuses=settled("sustain"), reviewed=FRIDAY),
     "You are up to date", "m1"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "facts", "title", "target"), CASES)
def test_a_project_is_told_the_one_thing_to_do(code: str, facts: ProjectFacts, title: str, target: str | None) -> None:
    card = next_card(facts, TODAY)
    assert (card.code, card.title, card.target_key) == (code, title, target)


def test_every_rule_has_a_case() -> None:
    named_by_rule = {rule.__name__ for rule in RULES}
    assert named_by_rule <= {code for code, *_ in CASES}


def reason_of(facts: ProjectFacts) -> str:
    return next_card(facts, TODAY).reason


def test_a_test_to_study_is_named_with_the_day_it_finished() -> None:
    facts = replace(WITH_TEST, cycles=(cycle(CycleState.TO_STUDY),))
    assert reason_of(facts) == (
        "Your “bay nursing at night” test finished on Friday. Write down what you saw while it is fresh."
    )


def test_the_test_that_ended_first_is_studied_first() -> None:
    later, earlier = cycle(CycleState.TO_STUDY, 5), cycle(CycleState.TO_STUDY, 6, planned_end=date(2025, 12, 1))
    assert next_card(replace(WITH_TEST, cycles=(later, earlier)), TODAY).target_key == "c6"


@pytest.mark.parametrize(
    ("last", "rhythm", "title", "minutes"),
    [
        (date(2025, 9, 1), Rhythm.MONTH, "Add 2 numbers for Falls", 2),
        (date(2025, 11, 24), Rhythm.WEEK, "Add 2 numbers for Falls", 2),
        (date(2025, 12, 1), Rhythm.WEEK, "Add the number for the week of 8 Dec 2025", 1),
        (date(2025, 12, 15), Rhythm.DAY, "Add the number for 16 December 2025", 1),
    ],
)
def test_a_number_that_is_due_is_named_by_its_period(last: date, rhythm: Rhythm, title: str, minutes: int) -> None:
    card = next_card(replace(BEGUN, measures=(measure(last, rhythm),)), TODAY)
    assert (card.title, card.minutes, card.tool) == (title, minutes, Tool.MEASURES)


def test_the_measure_that_waited_longest_comes_first() -> None:
    both = (measure(date(2025, 10, 1), key="m1"), measure(date(2025, 9, 1), key="m2"))
    assert next_card(replace(BEGUN, measures=both), TODAY).target_key == "m2"


@pytest.mark.parametrize(
    ("end", "words"),
    [(TODAY, "ends today"), (date(2025, 12, 18), "ends tomorrow"), (date(2025, 12, 20), "3 days to go")],
)
def test_a_running_test_says_how_long_it_has(end: date, words: str) -> None:
    assert words in reason_of(replace(WITH_TEST, cycles=(cycle(CycleState.RUNNING, planned_end=end),)))


@pytest.mark.parametrize(("ago", "asks"), [(0, False), (2, False), (3, True), (30, True)])
def test_a_note_is_not_asked_for_again_at_once(ago: int, asks: bool) -> None:
    noted = cycle(CycleState.RUNNING, planned_end=date(2025, 12, 20), noted=TODAY - timedelta(ago))
    assert (next_card(replace(WITH_TEST, cycles=(noted,)), TODAY).code == "follow_cycle") is asks


def test_another_running_test_may_still_need_a_note() -> None:
    noted = cycle(CycleState.RUNNING, 4, planned_end=date(2025, 12, 20), noted=TODAY)
    other = cycle(CycleState.RUNNING, 5, planned_end=date(2025, 12, 22))
    assert next_card(replace(WITH_TEST, cycles=(noted, other)), TODAY).target_key == "c5"


def test_a_team_can_say_that_advice_is_not_for_them() -> None:
    alone = replace(BEGUN, stage="co_design", n_team=1, has_sponsor=False)
    assert next_card(alone, TODAY).code == "name_team"
    decided = replace(alone, statuses={"teamwork": StepStatus.NOT_APPLICABLE})
    assert next_card(decided, TODAY).code not in {"name_team", "ask_sponsor"}


def test_a_chart_that_turned_rests_for_a_month_after_a_review() -> None:
    turned = replace(BEGUN, stage="sustain", measures=(measure(variation="concern_high"),))
    assert next_card(replace(turned, reviewed=TODAY - timedelta(29)), TODAY).code != "look_at_concern"
    assert next_card(replace(turned, reviewed=TODAY - timedelta(30)), TODAY).code == "look_at_concern"


def test_a_coach_who_was_answered_does_not_wait() -> None:
    word = CoachWord(on=FRIDAY, asks=True, answered=True)
    assert next_card(replace(BEGUN, coach_word=word), TODAY).code != "answer_coach"


texts = st.text(max_size=12)
some_dates = st.none() | st.dates(date(2025, 6, 1), date(2026, 6, 1))
any_measure = st.builds(
    MeasureFacts, key=texts, name=texts, kind=st.sampled_from(MeasureKind), n_points=st.integers(0, 40),
    last_point=some_dates, rhythm=st.sampled_from(Rhythm), next_due=some_dates,
    variation=st.sampled_from(["common_cause", "concern_high", "improvement_low", "not_enough_data"]),
)  # fmt: skip
any_idea = st.builds(IdeaFacts, key=texts, text=texts, status=st.sampled_from(IdeaStatus), tested=st.booleans())
any_cycle = st.builds(
    CycleFacts, key=texts, number=st.integers(1, 9), title=texts, state=st.sampled_from(CycleState),
    planned_start=some_dates, planned_end=some_dates, ended=some_dates, has_prediction=st.booleans(),
    decision=st.none() | st.sampled_from(Decision),
)  # fmt: skip


@st.composite
def any_project(draw: st.DrawFn) -> ProjectFacts:
    method = draw(st.sampled_from(sorted(METHODS)))
    stages = [stage.key for stage in METHODS[method].stages]
    steps = [step.key for _, step in METHODS[method].steps()]
    return draw(st.builds(
        ProjectFacts, method=st.just(method), stage=st.sampled_from(stages),
        statuses=st.dictionaries(st.sampled_from(steps), st.sampled_from(StepStatus)),
        answered=st.dictionaries(st.sampled_from(steps), st.frozensets(st.sampled_from(["problem", "told"]))),
        n_team=st.integers(0, 6), has_sponsor=st.booleans(),
        aim=st.none() | st.builds(AimFacts, n_missing=st.integers(0, 6)),
        measures=st.lists(any_measure, max_size=3).map(tuple), ideas=st.lists(any_idea, max_size=4).map(tuple),
        cycles=st.lists(any_cycle, max_size=3).map(tuple),
        drivers=st.builds(DriverFacts, n_primary=st.integers(0, 3)),
        coach_word=st.none() | st.builds(CoachWord, on=st.dates(), asks=st.booleans(), answered=st.booleans()),
        reviewed=some_dates,
    ))  # fmt: skip


@given(any_project(), st.dates(date(2025, 6, 1), date(2026, 6, 1)))
def test_every_project_has_exactly_one_card(facts: ProjectFacts, today: date) -> None:
    card = next_card(facts, today)
    assert isinstance(card, NextCard)
    assert card.title
    assert card.reason.endswith((".", "?", "”"))
    assert 1 <= card.minutes <= 15
    assert card.tool in Tool
