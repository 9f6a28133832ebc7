"""The methods as data: complete, unique, and said plainly. And the stage bar made from them."""

import re
from dataclasses import fields, replace

import pytest

from qitracker.method.methods import DEFAULT_METHOD, METHODS
from qitracker.method.stages import EvidenceKind, Method, Need, Step, Tool
from qitracker.method.steps import StageState, StepStatus, stage_summary, stages_in_order_of_use, status_of

LANCASHIRE = METHODS["lancashire"]
ALL_STEPS = [pytest.param(step, id=step.key) for method in METHODS.values() for _, step in method.steps()]


def test_the_lancashire_method_has_its_four_stages_of_four_steps() -> None:
    assert {stage.key: [step.key for step in stage.steps] for stage in LANCASHIRE.stages} == {
        "understand": ["focus", "people", "visualise", "change"],
        "co_design": ["teamwork", "process", "planning", "share"],
        "deliver": ["momentum", "resources", "overcoming", "testing"],
        "sustain": ["spread", "implementation", "monitor", "evaluate"],
    }
    assert DEFAULT_METHOD == "lancashire"


def test_a_second_method_is_data_only() -> None:
    assert len(METHODS["model_for_improvement"].stages) == 3


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
def test_keys_are_unique_in_a_method(method: Method) -> None:
    steps = [step.key for _, step in method.steps()]
    stages = [stage.key for stage in method.stages]
    assert len(set(steps)) == len(steps)
    assert len(set(stages)) == len(stages)


@pytest.mark.parametrize("step", ALL_STEPS)
def test_a_step_says_all_it_should(step: Step) -> None:
    assert all(getattr(step, part.name) for part in fields(step) if part.name != "tool")
    assert 1 <= len(step.asks) <= 3
    assert 1 <= step.minutes <= 15
    assert step.prompt.endswith((".", "?"))
    assert all(1 <= question.max_length <= 2000 for question in step.asks)
    assert len({question.key for question in step.asks}) == len(step.asks)


@pytest.mark.parametrize("step", ALL_STEPS)
def test_guidance_is_two_to_four_sentences_of_a_readable_length(step: Step) -> None:
    sentences = re.findall(r"[^.?!]+[.?!]", step.guidance)
    assert 2 <= len(sentences) <= 4
    assert max(len(sentence.split()) for sentence in sentences) <= 25


def test_every_kind_of_evidence_and_need_is_used_by_the_lancashire_method() -> None:
    steps = [step for _, step in LANCASHIRE.steps()]
    assert {kind for step in steps for kind in step.evidence} == set(EvidenceKind)
    assert {need for step in steps for need in step.needs} == set(Need)
    assert {Tool.MEASURES, Tool.IDEAS, Tool.DRIVERS, Tool.CYCLES, Tool.TEAM} <= {step.tool for step in steps}


def test_a_stage_is_found_and_followed() -> None:
    assert LANCASHIRE.stage("deliver").name == "Deliver"
    after = LANCASHIRE.stage_after("understand")
    assert after is not None
    assert after.key == "co_design"
    assert LANCASHIRE.stage_after("sustain") is None
    assert LANCASHIRE.step("testing").name == "Testing"


def test_a_stage_or_step_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError):
        LANCASHIRE.position("finish")
    with pytest.raises(KeyError):
        LANCASHIRE.step("party")


DONE, NOT_NEEDED = StepStatus.DONE, StepStatus.NOT_APPLICABLE
ALL_OF_UNDERSTAND = dict.fromkeys(("focus", "people", "visualise", "change"), DONE)


@pytest.mark.parametrize(
    ("statuses", "current", "words"),
    [
        ({}, "understand", ["0 of 4 steps done", "Not yet started", "Not yet started", "Not yet started"]),
        (ALL_OF_UNDERSTAND | {"teamwork": DONE, "process": DONE}, "co_design",
         ["Completed", "2 of 4 steps done", "Not yet started", "Not yet started"]),
        ({"focus": DONE, "people": NOT_NEEDED, "visualise": NOT_NEEDED}, "understand",
         ["1 of 2 steps done", "Not yet started", "Not yet started", "Not yet started"]),
        ({"focus": DONE}, "sustain",
         ["1 of 4 steps done", "0 of 4 steps done", "0 of 4 steps done", "0 of 4 steps done"]),
        ({"spread": DONE}, "understand",
         ["0 of 4 steps done", "Not yet started", "Not yet started", "1 of 4 steps done"]),
        (dict.fromkeys(ALL_OF_UNDERSTAND, NOT_NEEDED), "co_design",
         ["Completed", "0 of 4 steps done", "Not yet started", "Not yet started"]),
    ],
)  # fmt: skip
def test_the_stage_bar_counts_steps(statuses: dict[str, StepStatus], current: str, words: list[str]) -> None:
    assert [summary.words for summary in stage_summary(LANCASHIRE, statuses, current)] == words


def test_stages_before_the_current_one_are_completed_and_later_ones_not_started() -> None:
    states = [summary.state for summary in stage_summary(LANCASHIRE, {}, "deliver")]
    assert states == [StageState.COMPLETED, StageState.COMPLETED, StageState.CURRENT, StageState.NOT_STARTED]


def test_one_step_is_not_called_steps() -> None:
    summary = stage_summary(METHODS["model_for_improvement"], {}, "aim")[0]
    assert summary.words == "0 of 1 step done"


def test_the_page_shows_the_current_stage_first_then_later_then_past_ones() -> None:
    keys = [stage.key for stage in stages_in_order_of_use(LANCASHIRE, "deliver")]
    assert keys == ["deliver", "sustain", "understand", "co_design"]


def test_a_step_never_touched_is_not_started() -> None:
    assert status_of({}, "focus") is StepStatus.NOT_STARTED


def test_a_method_is_a_value() -> None:
    assert replace(LANCASHIRE) == LANCASHIRE
    assert hash(replace(LANCASHIRE)) == hash(LANCASHIRE)
