"""Pause and snooze: both have a reason and a day on which they end by themselves."""

from enum import StrEnum


class HoldKind(StrEnum):
    """What a hold does. Stored as these short words, which must not change."""

    PAUSE = "pause"
    SNOOZE = "snooze"


HOLD_WORDS = {
    HoldKind.PAUSE: "Pause: the work rests, and nothing counts against it until the day it is looked at again.",
    HoldKind.SNOOZE: "Snooze: the project keeps its state, and leaves the list until the day it is looked at again.",
}
"""Pause with a reason, a review date and who restarts: IHQC and Healthcare Improvement Scotland ask for such a
procedure. Snooze is ours."""
