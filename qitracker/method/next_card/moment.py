"""What it is time for in a project. Read from what the steps of its method need, so that a method stays data."""

from collections.abc import Iterable
from datetime import date

from qitracker.method.cycles import CycleState
from qitracker.method.facts import CycleFacts, ProjectFacts
from qitracker.method.methods import METHODS
from qitracker.method.stages import Need, Stage, Step
from qitracker.method.steps import SETTLED, status_of

UNDER_WAY = frozenset({CycleState.PLANNED, CycleState.RUNNING})


def current_stage(facts: ProjectFacts) -> Stage:
    """The stage the project is in."""
    return METHODS[facts.method].stage(facts.stage)


def stage_to_come(facts: ProjectFacts) -> Stage | None:
    """The stage after the one the project is in."""
    return METHODS[facts.method].stage_after(facts.stage)


def is_settled(facts: ProjectFacts, step: Step) -> bool:
    """Whether the team calls a step done or not needed."""
    return status_of(facts.statuses, step.key) in SETTLED


def is_reached(facts: ProjectFacts, *needs: Need) -> bool:
    """Whether a step with one of these needs has had its turn, in this stage or an earlier one."""
    return any(_steps_needing(facts, needs))


def is_open(facts: ProjectFacts, *needs: Need) -> bool:
    """The same, and the team has not settled it. This is how a team says that some advice is not for them."""
    return any(not is_settled(facts, step) for step in _steps_needing(facts, needs))


def is_testing(facts: ProjectFacts) -> bool:
    """Whether the project is in the stage where its method tests changes."""
    return any(Need.CYCLE_STUDIED in step.needs for step in current_stage(facts).steps)


def is_past_testing(facts: ProjectFacts) -> bool:
    """Whether the stage where changes are tested lies behind."""
    return is_reached(facts, Need.CYCLE_STUDIED) and not is_testing(facts)


def _steps_needing(facts: ProjectFacts, needs: tuple[Need, ...]) -> Iterable[Step]:
    method = METHODS[facts.method]
    for stage in method.stages[: method.position(facts.stage) + 1]:
        yield from (step for step in stage.steps if not set(needs).isdisjoint(step.needs))


def in_state(facts: ProjectFacts, state: CycleState) -> list[CycleFacts]:
    """Cycles in a state, the one that ends first at the front; those without an end last."""
    found = [cycle for cycle in facts.cycles if cycle.state is state]
    return sorted(found, key=lambda cycle: (cycle.end or date.max, cycle.number))


def quoted(text: str) -> str:
    """A team's own words inside a sentence of ours."""
    return f"“{' '.join(text.split())}”"
