"""What the register says of a project: its state and reason, or how it ended and what was learnt."""

from dataclasses import dataclass

from qitracker.method.stalled.closing import CLOSINGS, ClosingReason
from qitracker.method.stalled.telling import NEVER_TOLD, Audience
from qitracker.method.stalled.values import STATES, State
from qitracker.models import Project, Standing

AT_EASE = frozenset({State.ACTIVE, State.PAUSED, State.SUSTAINING})
"""States that say nothing is late."""


@dataclass(frozen=True, slots=True)
class InTheRegister:
    """Each part empty where there is nothing to say."""

    state: str = ""
    reason: str = ""
    learnt: str = ""


def in_the_register(project: Project, standing: Standing | None) -> InTheRegister:
    """For all staff. What is late is told once the hub has been: the team hears it first, then its coach. A pause is
    no news to anybody, and stands there at once. A closed project that slipped says so too."""
    is_told = standing is not None and (Audience.HUB in standing.told.split() or standing.code in NEVER_TOLD)
    reason = standing.sentence if standing is not None and is_told else ""
    if project.closed_at is not None:
        return InTheRegister(_ended(project), reason, project.learnt or "")
    if standing is None or not (is_told or State(standing.state) in AT_EASE):
        return InTheRegister("Open")
    return InTheRegister(STATES[State(standing.state)].name, reason)


def _ended(project: Project) -> str:
    """How it ended: the reason a team chose, or its own words from before there were reasons to choose."""
    if project.closing in set(ClosingReason):
        return CLOSINGS[ClosingReason(project.closing)].name
    return project.closed_why or ""
