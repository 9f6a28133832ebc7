"""The states a project can be in, and a standing: one of them, since when, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from qitracker.method.facts import HoldFacts
from qitracker.method.stages import Tool
from qitracker.method.stalled.holds import HoldKind


class State(StrEnum):
    """Where a project stands. Stored as these short words, which must not change."""

    ACTIVE = "active"
    QUIET = "quiet"
    STALLED = "stalled"
    DORMANT = "dormant"
    PAUSED = "paused"
    SUSTAINING = "sustaining"


@dataclass(frozen=True, slots=True)
class StateWords:
    """What a state is called, and what it means in a sentence."""

    name: str
    meaning: str


STATES: Mapping[State, StateWords] = {
    State.ACTIVE: StateWords("Active", "Work goes on: tests, numbers and decisions keep coming."),
    State.QUIET: StateWords("Quiet", "Something is late. A word now may be enough."),
    State.STALLED: StateWords("Stalled", "Nothing has moved for longer than the rules allow. It may need help."),
    State.DORMANT: StateWords(
        "Dormant", "Stalled for so long that somebody decides: restart, hand over, pause or close."
    ),
    State.PAUSED: StateWords("Paused", "The work rests, with a reason and a day on which it is looked at again."),
    State.SUSTAINING: StateWords(
        "Sustaining", "The testing is done. Its measures are watched, so that the gain stays."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StateReason:
    """Why a project is in a state. `code` is for programs and never changes; `sentence` is short and the same
    everywhere.

    `since` is the first day on which the reason held as it does now, `noticed` the first day on which a milder form of
    it did: who is told, and when, counts from there. `clears` says what ends it. `state` is the state this reason alone
    would mean. `tool` and `target_key` say where to do something about it.
    """

    code: str
    sentence: str
    since: date
    clears: str
    state: State
    tool: Tool
    target_key: str | None = None
    noticed: date | None = None

    @property
    def told_from(self) -> date:
        """The day from which it counts who is told."""
        return self.noticed or self.since


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a project stands on a day. `reasons` come most pressing first; a list shows the first.

    `since` is the first day of the state as far as the facts tell, None for an active project. `hold` is the pause or
    snooze in force.
    """

    state: State
    since: date | None = None
    reasons: tuple[StateReason, ...] = ()
    hold: HoldFacts | None = None

    @property
    def sentence(self) -> str:
        """The sentence a list shows; empty where there is no reason."""
        return self.reasons[0].sentence if self.reasons else ""

    @property
    def is_hidden(self) -> bool:
        """Whether a snooze keeps it off the list. Its state is the same as without."""
        return self.hold is not None and self.hold.kind is HoldKind.SNOOZE
