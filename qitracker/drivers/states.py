"""How far a change idea has come, in words and a colour: the state of its cycles, else that it is not tested."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qitracker.charts.palette import Tone
from qitracker.method.cycles import CycleState, Decision
from qitracker.method.ideas import IdeaStatus

_STATE_WORDS: Mapping[CycleState, str] = {
    CycleState.PLANNED: "planned",
    CycleState.RUNNING: "running",
    CycleState.TO_STUDY: "ready to study",
    CycleState.STUDIED: "studied",
    CycleState.DECIDED: "decided",
}
_STATE_TONES: Mapping[CycleState, Tone] = {
    CycleState.PLANNED: Tone.QUIET,
    CycleState.RUNNING: Tone.ACTIVE,
    CycleState.TO_STUDY: Tone.PAUSED,
    CycleState.STUDIED: Tone.PAUSED,
    CycleState.DECIDED: Tone.QUIET,
}
_DECISION_TONES: Mapping[Decision, Tone] = {
    Decision.ADOPT: Tone.GOOD,
    Decision.ADAPT: Tone.ACTIVE,
    Decision.REPEAT: Tone.ACTIVE,
    Decision.ABANDON: Tone.QUIET,
}
TAG_CLASSES: Mapping[Tone, str] = {
    Tone.QUIET: "qi-tag--grey",
    Tone.ACTIVE: "qi-tag--blue",
    Tone.GOOD: "qi-tag--green",
    Tone.PAUSED: "qi-tag--orange",
}
STATUS_TONES: Mapping[IdeaStatus, Tone] = {
    IdeaStatus.NEW: Tone.QUIET,
    IdeaStatus.PRIORITISED: Tone.ACTIVE,
    IdeaStatus.TESTING: Tone.ACTIVE,
    IdeaStatus.ADOPTED: Tone.GOOD,
    IdeaStatus.ADAPTED: Tone.ACTIVE,
    IdeaStatus.ABANDONED: Tone.QUIET,
    IdeaStatus.SPREAD: Tone.GOOD,
}


@dataclass(frozen=True, slots=True)
class CycleSeen:
    """One cycle as a tag beside its idea shows it."""

    id: uuid.UUID
    number: int
    title: str
    state: CycleState
    decision: Decision | None

    @property
    def words(self) -> str:
        """ "PDSA 3: adopt", "PDSA 4: running"."""
        return f"PDSA {self.number}: {self.decision.value if self.decision else _STATE_WORDS[self.state]}"

    @property
    def tone(self) -> Tone:
        return _DECISION_TONES[self.decision] if self.decision else _STATE_TONES[self.state]

    @property
    def tag_class(self) -> str:
        return TAG_CLASSES[self.tone]


def state_of_idea(status: IdeaStatus, cycles: Sequence[CycleSeen]) -> tuple[str, Tone]:
    """What stands under an idea in the picture: its latest cycle, else that it is not tested or was set aside."""
    if cycles:
        return cycles[-1].words, cycles[-1].tone
    return ("Set aside" if status is IdeaStatus.ABANDONED else "Not tested"), Tone.QUIET
