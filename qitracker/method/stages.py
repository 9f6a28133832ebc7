"""The shape of an improvement method: stages, their steps, and what each step asks.

The methods themselves are data: `lancashire`, `model_for_improvement`, listed in `methods.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class EvidenceKind(StrEnum):
    """What can show that a step was worked on."""

    MEASURE = "measure"
    POINT = "point"
    IDEA = "idea"
    CYCLE = "cycle"
    DRIVER_DIAGRAM = "driver_diagram"
    TEAM_MEMBER = "team_member"
    AIM = "aim"
    FILE = "file"
    NOTE = "note"


class Tool(StrEnum):
    """A part of a project's pages: where a step or a card leads."""

    AIM = "aim"
    TEAM = "team"
    MEASURES = "measures"
    IDEAS = "ideas"
    DRIVERS = "drivers"
    CYCLES = "cycles"
    COACHING = "coaching"
    STEP = "step"
    STAGE = "stage"


class Need(StrEnum):
    """One thing a step can need before a team calls it done. The rule behind each is in `readiness.py`."""

    ANSWERS = "answers"
    PICTURE = "picture"
    AIM = "aim"
    BASELINE = "baseline"
    MEASURE_SET = "measure_set"
    FRESH_DATA = "fresh_data"
    IDEAS = "ideas"
    PRIORITIES = "priorities"
    IDEA_IN_TEST = "idea_in_test"
    DRIVERS = "drivers"
    TEAM = "team"
    SPONSOR = "sponsor"
    SERVICE_USER = "service_user"
    CYCLE_PLANNED = "cycle_planned"
    CYCLE_STUDIED = "cycle_studied"
    CHANGE_ADOPTED = "change_adopted"
    AIM_REVIEWED = "aim_reviewed"


@dataclass(frozen=True, slots=True)
class Question:
    """One thing a step asks in free text. `max_length` is in characters."""

    key: str
    label: str
    hint: str
    max_length: int


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what to think about, what it looks like when it is done, and where in the program it is done.

    `minutes` is how long the step's page takes to fill in, not how long the work on the ward takes. `tool` is
    None where the step's own questions are all there is.
    """

    key: str
    name: str
    prompt: str
    guidance: str
    example: str
    evidence: tuple[EvidenceKind, ...]
    needs: tuple[Need, ...]
    asks: tuple[Question, ...]
    minutes: int
    tool: Tool | None


@dataclass(frozen=True, slots=True)
class Stage:
    """Some steps with one purpose."""

    key: str
    name: str
    purpose: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Method:
    """An improvement method. Stage keys and step keys are each unique in a method."""

    key: str
    name: str
    stages: tuple[Stage, ...]

    def position(self, stage_key: str) -> int:
        """Where a stage stands, from 0. Raises KeyError for a stage the method does not have."""
        for index, stage in enumerate(self.stages):
            if stage.key == stage_key:
                return index
        raise KeyError(stage_key)

    def stage(self, stage_key: str) -> Stage:
        """The stage with that key. Raises KeyError for one the method does not have."""
        return self.stages[self.position(stage_key)]

    def stage_after(self, stage_key: str) -> Stage | None:
        """The stage that follows, or None after the last.

        Raises KeyError for one the method does not have.
        """
        following = self.position(stage_key) + 1
        return self.stages[following] if following < len(self.stages) else None

    def steps(self) -> Iterator[tuple[Stage, Step]]:
        """Every step with its stage, in order."""
        for stage in self.stages:
            for step in stage.steps:
                yield stage, step

    def step(self, step_key: str) -> Step:
        """The step with that key. Raises KeyError for one the method does not have."""
        for _, step in self.steps():
            if step.key == step_key:
                return step
        raise KeyError(step_key)
