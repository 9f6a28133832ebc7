"""Why a project closes, and what that means for its charts and for the count of work that taught something."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class ClosingReason(StrEnum):
    """How a project ended. Stored as these short words, which must not change."""

    ACHIEVED = "achieved"
    PARTLY = "partly"
    PRIORITY_CHANGED = "priority_changed"
    STOPPED_LEARNT = "stopped_learnt"
    MERGED = "merged"
    TEAM_LOST = "team_lost"


@dataclass(frozen=True, slots=True)
class ClosingWords:
    """`name` and `meaning` are what a team chooses by.

    `with_learning`: it counts as closed with learning, once what was learnt is written down. `keeps_watch`: there is a
    gain to keep, so its measures stay watched after closing.
    """

    name: str
    meaning: str
    with_learning: bool
    keeps_watch: bool


CLOSINGS: Mapping[ClosingReason, ClosingWords] = {
    ClosingReason.ACHIEVED: ClosingWords(
        "Aim achieved", "The chart shows that the aim was met.", with_learning=True, keeps_watch=True
    ),
    ClosingReason.PARTLY: ClosingWords(
        "Partly achieved", "Better than before, and short of the aim.", with_learning=True, keeps_watch=True
    ),
    ClosingReason.PRIORITY_CHANGED: ClosingWords(
        "No longer a priority", "Something else matters more now.", with_learning=False, keeps_watch=False
    ),
    ClosingReason.STOPPED_LEARNT: ClosingWords(
        "Stopped, and learnt from",
        "The tests showed that it does not work here. That is worth telling others.",
        with_learning=True,
        keeps_watch=False,
    ),
    ClosingReason.MERGED: ClosingWords(
        "Merged with another project", "The work goes on there.", with_learning=False, keeps_watch=False
    ),
    ClosingReason.TEAM_LOST: ClosingWords(
        "Lost its team", "The people moved on and nobody took it up.", with_learning=False, keeps_watch=False
    ),
}
"""The reasons of the closing form that quality improvement teams use; which of them teach something is ours."""
