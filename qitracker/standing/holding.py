"""Which pause or snooze speaks on a day, of all a project has had."""

from collections.abc import Sequence
from datetime import date

from qitracker.method.facts import HoldFacts
from qitracker.method.stalled.holds import HoldKind
from qitracker.models import Hold
from qitracker.standing.gathering import day_of


def hold_facts(holds: Sequence[Hold], today: date) -> HoldFacts | None:
    """The hold in force, a pause before a snooze; or else the last pause that is over, since nothing counted against
    the project while it lasted. None without either. `holds` come oldest first.

    A pause that was ended early lasted until that day. A snooze that was ended leaves no trace.
    """
    known = [facts for hold in holds if (facts := _facts(hold)) is not None]
    in_force = [one for one in known if one.is_in_force(today)]
    if in_force:
        return max(reversed(in_force), key=lambda one: one.kind is HoldKind.PAUSE)
    over = [one for one in known if one.kind is HoldKind.PAUSE and one.until <= today]
    return max(over, key=lambda one: one.until, default=None)


def _facts(hold: Hold) -> HoldFacts | None:
    until, who = hold.until, hold.restarts.name if hold.restarts else ""
    if hold.ended_at is not None:
        if hold.kind is HoldKind.SNOOZE:
            return None
        until, who = min(until, day_of(hold.ended_at)), ""
    if until <= hold.since:
        return None
    return HoldFacts(kind=hold.kind, since=hold.since, until=until, reason=hold.why, who=who)
