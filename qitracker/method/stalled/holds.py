"""Pause and snooze: both have a reason and a day on which they end by themselves."""

from datetime import date
from enum import StrEnum

from qitracker.method.dates import days_after, in_words
from qitracker.method.reasons import Reason
from qitracker.method.stalled.settings import DEFAULTS, Settings


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

LONGEST = {HoldKind.PAUSE: "pause_most_days", HoldKind.SNOOZE: "snooze_most_days"}
"""The setting that says how long each may last."""


def why_not_hold(kind: HoldKind, since: date, until: date, reason: str, settings: Settings = DEFAULTS) -> Reason | None:
    """Why a project cannot be held so, or None where it can.

    It needs a reason, and a day after its first on which it is looked at again, not further off than the setting.
    """
    if not reason.strip():
        return Reason("no_reason", "Say why, so that others understand it later.")
    if until <= since:
        return Reason("not_later", "Choose a day after today: it is looked at again then.")
    last = days_after(since, int(settings[LONGEST[kind]]))
    if until > last:
        return Reason("too_long", f"Choose a day up to {in_words(last)}. It can be held again from then on.")
    return None
