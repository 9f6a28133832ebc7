"""How far a step and a stage have come, and the stage bar made from that."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from qitracker.method.stages import Method, Stage


class StepStatus(StrEnum):
    """What a team says about one step. A step that is not written down has not been started."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    NOT_APPLICABLE = "not_applicable"


STEP_STATUS_WORDS: Mapping[StepStatus, str] = {
    StepStatus.NOT_STARTED: "Not yet started",
    StepStatus.IN_PROGRESS: "In progress",
    StepStatus.DONE: "Completed",
    StepStatus.NOT_APPLICABLE: "Not needed here",
}
"""The words of the NHS service manual's task list, and one of our own for a step a project does not need."""

SETTLED = frozenset({StepStatus.DONE, StepStatus.NOT_APPLICABLE})


class StageState(StrEnum):
    """Where a stage stands on the stage bar."""

    COMPLETED = "completed"
    CURRENT = "current"
    NOT_STARTED = "not_started"


@dataclass(frozen=True, slots=True)
class StageSummary:
    """One segment of the stage bar. `n_steps` leaves out steps that are not needed."""

    key: str
    name: str
    state: StageState
    n_done: int
    n_steps: int
    words: str


def status_of(statuses: Mapping[str, StepStatus], step_key: str) -> StepStatus:
    """The status of a step; one that was never touched is not started."""
    return statuses.get(step_key, StepStatus.NOT_STARTED)


def stage_summary(method: Method, statuses: Mapping[str, StepStatus], current: str) -> tuple[StageSummary, ...]:
    """One summary per stage, in the order of the method.

    The stage a project is in is current, the ones before it are completed and the ones after it not started,
    except that a stage left or reached out of order says how many of its steps are done. Raises KeyError for
    a stage the method does not have.
    """
    at = method.position(current)
    return tuple(_summary(stage, statuses, index - at) for index, stage in enumerate(method.stages))


def _summary(stage: Stage, statuses: Mapping[str, StepStatus], offset: int) -> StageSummary:
    marks = [status_of(statuses, step.key) for step in stage.steps]
    n_done = marks.count(StepStatus.DONE)
    n_steps = len(marks) - marks.count(StepStatus.NOT_APPLICABLE)
    state = _state(offset)
    return StageSummary(stage.key, stage.name, state, n_done, n_steps, _words(state, n_done, n_steps))


def _state(offset: int) -> StageState:
    if offset == 0:
        return StageState.CURRENT
    return StageState.COMPLETED if offset < 0 else StageState.NOT_STARTED


def _words(state: StageState, n_done: int, n_steps: int) -> str:
    if state is StageState.COMPLETED and n_done == n_steps:
        return "Completed"
    if state is StageState.NOT_STARTED and n_done == 0:
        return "Not yet started"
    return f"{n_done} of {n_steps} {'step' if n_steps == 1 else 'steps'} done"


def stages_in_order_of_use(method: Method, current: str) -> tuple[Stage, ...]:
    """The stages as the project's page shows them: the current one, then later ones, then past ones."""
    at = method.position(current)
    return method.stages[at:] + method.stages[:at]
