"""What a step or stage still lacks: one rule for each need, and advice only."""

import pytest

from qitracker.method.cycles import CycleState, Decision
from qitracker.method.facts import AimFacts, CycleFacts, DriverFacts, IdeaFacts, MeasureFacts, ProjectFacts
from qitracker.method.ideas import IdeaStatus
from qitracker.method.measures import MeasureKind
from qitracker.method.methods import METHODS
from qitracker.method.readiness import RULES, gate, why_not_ready
from qitracker.method.stages import Need
from qitracker.method.steps import StepStatus

LANCASHIRE = METHODS["lancashire"]


def measure(kind: MeasureKind = MeasureKind.OUTCOME, n_points: int = 0) -> MeasureFacts:
    return MeasureFacts(key="m", name="Falls", kind=kind, n_points=n_points)


def cycle(state: CycleState, decision: Decision | None = None) -> CycleFacts:
    return CycleFacts(key="c", number=1, title="Bay nursing", state=state, decision=decision)


def idea(status: IdeaStatus = IdeaStatus.NEW, tested: bool = False) -> IdeaFacts:
    return IdeaFacts(key="i", text="Bay nursing", status=status, tested=tested)


THREE_KINDS = tuple(measure(kind) for kind in MeasureKind)

NEEDS = [
    ("answers", "share", {}, "no_answer"),
    ("answers", "share", {"answered": {"share": frozenset({"heard"})}}, "no_answer"),
    ("answers", "share", {"answered": {"share": frozenset({"told"})}}, None),
    ("picture", "visualise", {}, "no_picture"),
    ("picture", "visualise", {"attached": {"visualise": 1}}, None),
    ("aim", "process", {}, "no_aim"),
    ("aim", "process", {"aim": AimFacts(n_missing=2)}, "aim_incomplete"),
    ("aim", "process", {"aim": AimFacts()}, None),
    ("baseline", "focus", {}, "no_measure"),
    ("baseline", "focus", {"measures": (measure(n_points=11),)}, "few_points"),
    ("baseline", "focus", {"measures": (measure(n_points=3), measure(n_points=12))}, None),
    ("measure_set", "planning", {"measures": THREE_KINDS[:2]}, "no_balancing_measure"),
    ("measure_set", "planning", {"measures": THREE_KINDS}, None),
    ("fresh_data", "testing", {"measures": (measure(),)}, "no_points"),
    ("fresh_data", "testing", {"measures": (measure(n_points=1),)}, None),
    ("ideas", "change", {}, "no_ideas"),
    ("ideas", "change", {"ideas": (idea(),)}, None),
    ("priorities", "momentum", {"ideas": (idea(),)}, "nothing_chosen"),
    ("priorities", "momentum", {"ideas": (idea(), idea(IdeaStatus.PRIORITISED))}, None),
    ("idea_in_test", "resources", {"ideas": (idea(IdeaStatus.PRIORITISED),)}, "nothing_tested"),
    ("idea_in_test", "resources", {"ideas": (idea(IdeaStatus.TESTING, tested=True),)}, None),
    ("drivers", "process", {}, "no_drivers"),
    ("drivers", "process", {"drivers": DriverFacts(n_primary=2)}, None),
    ("team", "teamwork", {"n_team": 2}, "small_team"),
    ("team", "teamwork", {"n_team": 3}, None),
    ("sponsor", "teamwork", {}, "no_sponsor"),
    ("sponsor", "teamwork", {"has_sponsor": True}, None),
    ("service_user", "teamwork", {}, "no_service_user"),
    ("service_user", "teamwork", {"has_service_user": True}, None),
    ("cycle_planned", "planning", {}, "no_cycle"),
    ("cycle_planned", "planning", {"cycles": (cycle(CycleState.PLANNED),)}, None),
    ("cycle_studied", "testing", {"cycles": (cycle(CycleState.TO_STUDY),)}, "no_cycle_studied"),
    ("cycle_studied", "testing", {"cycles": (cycle(CycleState.STUDIED),)}, None),
    ("change_adopted", "testing", {"cycles": (cycle(CycleState.DECIDED, Decision.ADAPT),)}, "nothing_adopted"),
    ("change_adopted", "testing", {"cycles": (cycle(CycleState.DECIDED, Decision.ADOPT),)}, None),
    ("change_adopted", "spread", {"ideas": (idea(IdeaStatus.SPREAD),)}, None),
    ("aim_reviewed", "evaluate", {"aim": AimFacts(), "measures": (measure(),)}, "no_result"),
    ("aim_reviewed", "evaluate", {"aim": AimFacts(), "measures": (measure(n_points=20),)}, None),
]


@pytest.mark.parametrize(("need", "step", "known", "code"), NEEDS)
def test_a_need_is_met_or_says_what_is_missing(
    need: str, step: str, known: dict[str, object], code: str | None
) -> None:
    reasons = RULES[Need(need)](LANCASHIRE.step(step), ProjectFacts(**known))
    assert [reason.code for reason in reasons] == ([code] if code else [])
    assert all(reason.sentence[-1] in ".?”" for reason in reasons)


def test_every_need_has_a_rule_and_a_test_both_ways() -> None:
    assert set(RULES) == set(Need)
    for need in Need:
        outcomes = {code is None for name, _, _, code in NEEDS if name == need.value}
        assert outcomes == {True, False}, need


def test_a_step_lists_all_it_lacks_in_order() -> None:
    codes = [reason.code for reason in why_not_ready(LANCASHIRE.step("teamwork"), ProjectFacts())]
    assert codes == ["small_team", "no_sponsor", "no_service_user"]


def test_an_empty_project_is_ready_for_no_step() -> None:
    for method in METHODS.values():
        for _, step in method.steps():
            assert why_not_ready(step, ProjectFacts(method=method.key))


def test_a_gate_names_each_open_step_and_what_it_lacks_first() -> None:
    stage = LANCASHIRE.stage("understand")
    facts = ProjectFacts(statuses={"people": StepStatus.DONE, "visualise": StepStatus.NOT_APPLICABLE}, ideas=(idea(),))
    assert [reason.code for reason in gate(stage, facts)] == ["focus_no_answer", "change_not_marked"]
    assert gate(stage, facts)[0].sentence == "Focus: Answer “What is the problem?”"


def test_a_gate_is_open_when_the_team_says_so() -> None:
    stage = LANCASHIRE.stage("sustain")
    facts = ProjectFacts(statuses={step.key: StepStatus.DONE for step in stage.steps})
    assert gate(stage, facts) == ()
