"""The progress score: each criterion with a project that just has it and one that just lacks it."""

from dataclasses import replace
from datetime import date

import pytest

from qitracker.method.cycles import CycleKind, CycleState, Decision
from qitracker.method.facts import (
    AimFacts,
    CycleFacts,
    DriverFacts,
    HoldFacts,
    IdeaFacts,
    MeasureFacts,
    ProjectFacts,
    Score,
    ScoreFacts,
)
from qitracker.method.ideas import IdeaStatus
from qitracker.method.measures import MeasureKind
from qitracker.method.progress import ProgressState
from qitracker.method.score import CRITERIA, SCALE, VALUES, Criterion, gap_words, grade_of, is_asked, suggested
from qitracker.method.stalled.holds import HoldKind
from qitracker.method.stalled.settings import DEFAULTS, Settings
from qitracker.method.steps import StepStatus

TODAY = date(2025, 9, 15)


def cycle(number: int, **known: object) -> CycleFacts:
    given_ = {"key": f"c{number}", "number": number, "title": "Bay nursing", "state": CycleState.DECIDED}
    return CycleFacts(**{**given_, "studied": date(2025, 3, 1), "decision": Decision.ADOPT, **known})


AIM = AimFacts(
    state=ProgressState.MET, measure_key="falls", share_done=1.0, agreed=date(2024, 9, 1), met_since=date(2025, 3, 15)
)
OUTCOME = MeasureFacts(
    key="falls", name="Falls", kind=MeasureKind.OUTCOME, n_points=24, has_target=True, variation="common_cause",
    points_since_change=8,
)  # fmt: skip
PROCESS = MeasureFacts(key="plans", name="Plans", kind=MeasureKind.PROCESS, n_points=3, has_gain=True)
TESTED = cycle(1)
IMPLEMENTED = cycle(2, purpose=CycleKind.IMPLEMENT)

FULL = ProjectFacts(
    stage="sustain",
    registered=date(2024, 9, 1),
    n_team=5,
    has_sponsor=True,
    has_coach=True,
    has_plan=True,
    aim=AIM,
    measures=(OUTCOME, PROCESS),
    drivers=DriverFacts(n_primary=3),
    cycles=(TESTED, IMPLEMENTED),
    has_story=True,
    has_sustain_plan=True,
    n_spread=1,
)
"""Has all of 5.0, each just so or amply."""

ONLY_STUDIED = replace(FULL, cycles=(cycle(1, state=CycleState.STUDIED, decision=None),))

CASES: list[tuple[str, ProjectFacts, ProjectFacts]] = [
    # code, a project that just has it, the same that just lacks it
    ("issue_named", FULL, replace(FULL, registered=None)),
    ("issue_named", replace(FULL, registered=None, answered={"focus": frozenset({"problem"})}),
     replace(FULL, registered=None, answered={"people": frozenset({"who"})})),
    ("aim_written", FULL, replace(FULL, aim=replace(AIM, n_missing=1))),
    ("team_named", replace(FULL, n_team=3), replace(FULL, n_team=2)),
    ("backed", replace(FULL, has_coach=False), replace(FULL, has_coach=False, has_sponsor=False)),
    ("backed", replace(FULL, has_sponsor=False), replace(FULL, has_sponsor=False, has_coach=False)),
    ("planned", FULL, replace(FULL, has_plan=False)),
    ("planned", replace(FULL, has_plan=False, statuses={"people": StepStatus.IN_PROGRESS}),
     replace(FULL, has_plan=False, statuses={"focus": StepStatus.IN_PROGRESS, "people": StepStatus.NOT_STARTED})),
    ("planned", replace(FULL, has_plan=False, attached={"visualise": 1}), replace(FULL, has_plan=False, attached={"visualise": 0})),
    ("baseline", replace(FULL, measures=(replace(OUTCOME, n_points=3),)), replace(FULL, measures=(replace(OUTCOME, n_points=2),))),
    ("baseline",
     replace(FULL, measures=(replace(OUTCOME, n_points=2),), statuses={"visualise": StepStatus.DONE}, attached={"visualise": 1}),
     replace(FULL, measures=(replace(OUTCOME, n_points=2),), statuses={"visualise": StepStatus.IN_PROGRESS}, attached={"visualise": 1})),
    ("drivers_drawn", replace(FULL, drivers=DriverFacts(n_primary=1)), replace(FULL, drivers=DriverFacts())),
    ("drivers_drawn", replace(FULL, drivers=DriverFacts(), statuses={"process": StepStatus.NOT_APPLICABLE}),
     replace(FULL, drivers=DriverFacts(), statuses={"process": StepStatus.DONE})),
    ("drivers_drawn", replace(FULL, drivers=DriverFacts(), method="model_for_improvement", stage="changes"),
     replace(FULL, drivers=DriverFacts())),
    ("studied", FULL, replace(FULL, cycles=(replace(TESTED, studied=None), replace(IMPLEMENTED, studied=None)))),
    ("studied", ONLY_STUDIED, replace(ONLY_STUDIED, cycles=(cycle(1, state=CycleState.TO_STUDY, decision=None),))),
    ("aim_measured", FULL, replace(FULL, measures=(replace(OUTCOME, n_points=0), PROCESS, replace(OUTCOME, key="x", has_target=True)))),
    ("aim_measured", replace(FULL, aim=replace(AIM, measure_key=None)), replace(FULL, aim=replace(AIM, measure_key=None), measures=(replace(PROCESS, has_target=True),))),
    ("target_shown", FULL, replace(FULL, measures=(replace(OUTCOME, has_target=False), PROCESS))),
    ("adopted", FULL, replace(FULL, cycles=(cycle(1, decision=Decision.ADAPT), replace(IMPLEMENTED, decision=Decision.REPEAT)))),
    ("adopted", replace(ONLY_STUDIED, ideas=(IdeaFacts(key="i", text="Bays", status=IdeaStatus.ADOPTED),)),
     replace(ONLY_STUDIED, ideas=(IdeaFacts(key="i", text="Bays", status=IdeaStatus.ADAPTED),))),
    ("adopted", replace(FULL, cycles=(cycle(1, idea_key="i"),)),
     replace(FULL, cycles=(cycle(1, idea_key="i"),), ideas=(IdeaFacts(key="i", text="Bays", status=IdeaStatus.ABANDONED),))),
    ("modest", replace(FULL, aim=replace(AIM, share_done=0.0)), replace(FULL, aim=replace(AIM, share_done=0.0), has_story=False)),
    ("modest", replace(FULL, has_story=False, aim=replace(AIM, share_done=0.2)),
     replace(FULL, has_story=False, aim=replace(AIM, share_done=0.199))),
    ("adopted_several", FULL, replace(FULL, cycles=(replace(TESTED, idea_key="i"), replace(IMPLEMENTED, idea_key="i")))),
    ("process_improved", replace(FULL, aim=replace(AIM, state=ProgressState.NO_CHANGE_YET)),
     replace(FULL, aim=replace(AIM, state=ProgressState.NO_CHANGE_YET), measures=(OUTCOME, replace(PROCESS, has_gain=False)))),
    ("half_way", replace(FULL, aim=replace(AIM, share_done=0.5)), replace(FULL, aim=replace(AIM, share_done=0.499))),
    ("outcome_improved", FULL, replace(FULL, aim=replace(AIM, state=ProgressState.NO_CHANGE_YET))),
    ("outcome_improved", replace(FULL, aim=replace(AIM, state=ProgressState.NO_DATA), measures=(replace(OUTCOME, has_gain=True), PROCESS)),
     replace(FULL, aim=replace(AIM, state=ProgressState.NO_DATA), measures=(OUTCOME, PROCESS))),
    ("implementing", FULL, replace(FULL, cycles=(TESTED, replace(IMPLEMENTED, purpose=CycleKind.TEST)))),
    ("implementing", replace(FULL, cycles=(TESTED, cycle(2), cycle(3, state=CycleState.RUNNING, decision=None, purpose=CycleKind.IMPLEMENT))),
     replace(FULL, cycles=(TESTED, cycle(2), cycle(3, state=CycleState.PLANNED, decision=None, purpose=CycleKind.IMPLEMENT)))),
    ("kept", FULL, replace(FULL, measures=(replace(OUTCOME, points_since_change=7), PROCESS))),
    ("kept", FULL, replace(FULL, measures=(replace(OUTCOME, variation="concern_high"), PROCESS))),
    ("sustain_plan", FULL, replace(FULL, has_sustain_plan=False)),
    ("met_for_long", FULL, replace(FULL, aim=replace(AIM, met_since=date(2025, 3, 16)))),
    ("met_for_long", FULL, replace(FULL, aim=replace(AIM, met_since=None))),
    ("standard_work", FULL, replace(FULL, cycles=(TESTED, replace(cycle(3)), replace(IMPLEMENTED, decision=Decision.ADAPT)))),
    ("spread", FULL, replace(FULL, n_spread=0)),
]  # fmt: skip


@pytest.mark.parametrize(("code", "has", "lacks"), CASES)
def test_a_criterion_parts_a_project_that_just_has_it_from_one_that_just_lacks_it(
    code: str, has: ProjectFacts, lacks: ProjectFacts
) -> None:
    criterion = next(each for each in CRITERIA if each.code == code)
    assert criterion.is_met(has, TODAY, DEFAULTS)
    assert not criterion.is_met(lacks, TODAY, DEFAULTS)
    below = max((value for value in VALUES if value < criterion.score), default=VALUES[0])
    assert suggested(lacks, TODAY).value == below
    assert code in {reason.code for reason in suggested(lacks, TODAY).why_not_higher}
    assert suggested(has, TODAY).value >= below


def test_every_criterion_has_a_case_and_every_score_a_criterion() -> None:
    codes = [criterion.code for criterion in CRITERIA]
    assert len(set(codes)) == len(codes)
    assert set(codes) == {code for code, *_ in CASES}
    assert [criterion.score for criterion in CRITERIA] == sorted(criterion.score for criterion in CRITERIA)
    assert {criterion.score for criterion in CRITERIA} == set(VALUES)


def test_a_project_that_has_all_is_at_the_top() -> None:
    found = suggested(FULL, TODAY)
    assert (found.value, found.why_not_higher) == (5.0, ())
    assert len(found.met) == len(CRITERIA)


def test_a_project_of_which_nothing_is_known_is_at_the_bottom() -> None:
    found = suggested(ProjectFacts(), TODAY)
    assert (found.value, found.met) == (0.5, ())
    assert [reason.code for reason in found.why_not_higher] == ["issue_named"]


def test_what_is_missing_is_said_with_the_number_that_is_set() -> None:
    facts = replace(FULL, n_team=2)
    assert suggested(facts, TODAY).why_not_higher[0].sentence == "Name at least 3 people in the team."
    assert suggested(facts, TODAY, Settings({"score_team": 2})).value == 5.0
    far = replace(FULL, has_story=False, aim=replace(AIM, share_done=0.1))
    assert suggested(far, TODAY).why_not_higher[0].sentence.startswith("Come 20% of the way")


@pytest.mark.parametrize("criterion", CRITERIA, ids=[criterion.code for criterion in CRITERIA])
def test_a_criterion_speaks_in_whole_sentences(criterion: Criterion) -> None:
    for reason in (criterion.lacking(DEFAULTS), criterion.shown(DEFAULTS)):
        assert reason.sentence.endswith(".")
        assert "{" not in reason.sentence
        assert reason.sentence[0].isupper() or reason.sentence[0].isdigit()


def test_a_drop_is_allowed() -> None:
    slipped = replace(FULL, measures=(replace(OUTCOME, variation="concern_high"), PROCESS))
    assert suggested(slipped, TODAY).value < suggested(FULL, TODAY).value


def test_nonsense_in_the_facts_gives_a_score_all_the_same() -> None:
    for share in (float("nan"), float("inf"), -3.0, None):
        facts = replace(FULL, has_story=False, aim=replace(AIM, share_done=share))
        assert suggested(facts, TODAY).value in VALUES
    assert suggested(replace(FULL, aim=replace(AIM, share_done=float("nan")), has_story=False), TODAY).value == 2.5


@pytest.mark.parametrize(("code", "has", "lacks"), CASES)
def test_what_is_met_and_what_is_lacking_never_overlap(code: str, has: ProjectFacts, lacks: ProjectFacts) -> None:
    for facts in (has, lacks):
        found = suggested(facts, TODAY)
        met, lacking = {each.code for each in found.met}, {each.code for each in found.why_not_higher}
        assert not met & lacking
        assert bool(lacking) is (met != {each.code for each in CRITERIA})


def test_the_scale_has_ten_halves_with_words() -> None:
    halves = tuple(n / 2 for n in range(1, 11))
    assert halves == VALUES
    assert all(grade.definition.endswith(".") and grade.name for grade in SCALE)
    assert grade_of(2.5).name == "Changes tested"


@pytest.mark.parametrize("value", [0.0, 0.75, 5.5, float("nan")])
def test_a_number_off_the_scale_has_no_grade(value: float) -> None:
    with pytest.raises(ValueError, match=r"0\.5 to 5\.0"):
        grade_of(value)


@pytest.mark.parametrize(
    ("team", "coach", "evidence", "words"),
    [
        (None, None, None, ""),
        (None, None, 2.0, ""),
        (2.0, None, None, ""),
        (3.0, 3.0, None, "Team and coach both say 3.0."),
        (3.0, 2.5, None, "The team says 3.0, the coach 2.5. Talk about what each of you sees."),
        (3.0, 3.0, 3.0, "Team and coach both say 3.0. The evidence here says the same."),
        (3.5, 3.0, 2.0, "The evidence here shows 2.0 so far: is something not written down yet?"),
        (2.0, None, 3.0, "The team says 2.0. The evidence here shows 3.0: you may be further than you think."),
        (None, 2.0, 2.0, "The coach says 2.0. The evidence here says the same."),
        (3.0, 2.0, 2.5, "The evidence here shows 2.5."),
        (3.0, 2.0, 3.0, "The evidence here shows 3.0."),
    ],
)
def test_a_gap_is_said_as_something_to_talk_about(
    team: float | None, coach: float | None, evidence: float | None, words: str
) -> None:
    assert gap_words(team, coach, evidence).endswith(words)
    assert bool(gap_words(team, coach, evidence)) is bool(words)


def given_on(day: date) -> ScoreFacts:
    return ScoreFacts(team=Score(2.0, day))


@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        (ProjectFacts(), False),
        (ProjectFacts(registered=date(2025, 8, 15)), True),
        (ProjectFacts(registered=date(2025, 8, 16)), False),
        (ProjectFacts(registered=date(2025, 1, 1), scores=given_on(date(2025, 8, 15))), True),
        (ProjectFacts(registered=date(2025, 1, 1), scores=given_on(date(2025, 8, 16))), False),
        (ProjectFacts(registered=date(2025, 1, 1), scores=ScoreFacts(coach=Score(2.0, TODAY))), True),
        (ProjectFacts(registered=date(2025, 1, 1), closed=date(2025, 9, 1)), False),
        (ProjectFacts(registered=date(2025, 1, 1), hold=HoldFacts(kind=HoldKind.PAUSE, since=date(2025, 9, 1), until=date(2025, 9, 16))), False),
        (ProjectFacts(registered=date(2025, 1, 1), hold=HoldFacts(kind=HoldKind.PAUSE, since=date(2025, 9, 1), until=TODAY)), True),
        (ProjectFacts(registered=date(2025, 1, 1), hold=HoldFacts(kind=HoldKind.SNOOZE, since=date(2025, 9, 1), until=date(2025, 9, 30))), True),
    ],
)  # fmt: skip
def test_a_team_is_asked_each_month(facts: ProjectFacts, asked: bool) -> None:
    assert is_asked(facts, TODAY) is asked


@pytest.mark.parametrize(
    ("team", "coach", "current"),
    [
        (None, None, None),
        (Score(2.0, date(2025, 9, 1)), None, 2.0),
        (Score(2.0, date(2025, 9, 1)), Score(3.0, date(2025, 8, 1)), 2.0),
        (Score(2.0, date(2025, 9, 1)), Score(3.0, date(2025, 9, 1)), 3.0),
        (Score(2.0, date(2025, 9, 1)), Score(3.0, date(2025, 9, 2)), 3.0),
    ],
)
def test_the_score_people_stand_by_is_the_latest(
    team: Score | None, coach: Score | None, current: float | None
) -> None:
    assert ScoreFacts(team=team, coach=coach).current == current
