"""The one function that says where a project stands, and the tables of tests behind it.

The rule is ours: no published one names its numbers. It joins two lists: eight tests of improvement projects in trouble
(no cycle, measure overdue, score waiting, same step, no coach contact, barrier open, aim passed, sustained project
unfed or slipped), and the states by time without a sign of life. Where both speak of the same thing, each keeps its own
test: a late number or a missed talk with the coach makes a project quiet, several missing numbers make it stalled.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from qitracker.method.dates import in_words
from qitracker.method.facts import HoldFacts, ProjectFacts
from qitracker.method.next_card.moment import is_past_testing
from qitracker.method.stages import Tool
from qitracker.method.stalled import feeding, lasting, pace, support
from qitracker.method.stalled.holds import HoldKind
from qitracker.method.stalled.moments import Test, last_life, latest, quoted, shortened
from qitracker.method.stalled.settings import DEFAULTS, Settings
from qitracker.method.stalled.values import STATES, Standing, State, StateReason, StateWords

__all__ = ["STATES", "SUSTAIN_TESTS", "WORK_TESTS", "Standing", "State", "StateReason", "StateWords", "standing_of"]


def pause_ended(facts: ProjectFacts, today: date, _settings: Settings) -> StateReason | None:
    """The pause is over, and nothing has happened since."""
    hold = facts.hold
    if hold is None or hold.kind is not HoldKind.PAUSE or hold.until > today or hold.until <= hold.since:
        return None
    life = last_life(facts, today)
    if life is not None and life >= hold.until:
        return None
    who = f" {shortened(hold.who)} meant to take it up again." if hold.who.strip() else ""
    return StateReason(
        code="pause_ended",
        sentence=f"The pause ended on {in_words(hold.until)}.{who}",
        since=hold.until,
        clears="It clears with the next sign of life, or with a new pause.",
        state=State.QUIET,
        tool=Tool.STAGE,
    )


WORK_TESTS: tuple[Test, ...] = (
    support.no_lead,
    support.barrier_open,
    feeding.points_missing,
    pace.no_first_cycle,
    pace.no_cycle,
    pace.same_step,
    support.score_waiting,
    support.score_unchanged,
    pace.aim_passed,
    pace.no_life,
    pause_ended,
    pace.study_waiting,
    feeding.measure_overdue,
    support.coach_gone,
    support.no_coach_contact,
    support.coach_review_late,
    pace.stage_overstayed,
)
"""What is asked of a project at work, most pressing first. Nobody leading comes first: nothing else moves without."""

SUSTAIN_TESTS: tuple[Test, ...] = (
    lasting.sustain_slipped,
    lasting.sustain_unfed,
    pause_ended,
    lasting.check_due,
)
"""What is asked of a project that is closed or sustains, most pressing first."""

_SEVERITY = {State.STALLED: 0, State.QUIET: 1}


def standing_of(facts: ProjectFacts, today: date, settings: Settings = DEFAULTS) -> Standing:
    """Where a project stands on a day, and why. Raises KeyError for a method or stage that does not exist."""
    hold = facts.hold if facts.hold is not None and facts.hold.is_in_force(today) else None
    if facts.closed is None and hold is not None and hold.kind is HoldKind.PAUSE:
        return Standing(state=State.PAUSED, since=hold.since, reasons=(_paused(hold),), hold=hold)
    sustains = facts.closed is not None or is_past_testing(facts)
    reasons = _reasons(SUSTAIN_TESTS if sustains else WORK_TESTS, facts, today, settings)
    for state in (State.STALLED, State.QUIET):
        if held := [reason.since for reason in reasons if reason.state is state]:
            since = min(held)
            dormant = settings.first_day("dormant_days", since)
            if state is State.STALLED and not sustains and today >= dormant:
                return Standing(state=State.DORMANT, since=dormant, reasons=reasons, hold=hold)
            return Standing(state=state, since=since, reasons=reasons, hold=hold)
    if sustains:
        return Standing(state=State.SUSTAINING, since=lasting.done_since(facts), hold=hold)
    return Standing(state=State.ACTIVE, hold=hold)


def _reasons(tests: Iterable[Test], facts: ProjectFacts, today: date, settings: Settings) -> tuple[StateReason, ...]:
    """The reasons that hold, stalled before quiet, each in the order of its table. None began before the project did,
    nor before its pause ended: whoever is told, hears of it in the usual order."""
    found = [reason for test in tests if (reason := test(facts, today, settings)) is not None]
    begun = facts.registered if facts.registered is not None and facts.registered <= today else None
    start = latest(begun, _rested_until(facts.hold, today))
    if start is not None:
        found = [_not_before(reason, start) for reason in found]
    return tuple(sorted(found, key=lambda reason: _SEVERITY[reason.state]))


def _rested_until(hold: HoldFacts | None, today: date) -> date | None:
    """The day a pause ended, if one has. Nothing counted against the project before it."""
    if hold is None or hold.kind is not HoldKind.PAUSE or not hold.since < hold.until <= today:
        return None
    return hold.until


def _not_before(reason: StateReason, day: date) -> StateReason:
    noticed = max(reason.noticed, day) if reason.noticed else None
    return replace(reason, since=max(reason.since, day), noticed=noticed)


def _paused(hold: HoldFacts) -> StateReason:
    why = f": {quoted(hold.reason)}" if hold.reason.strip() else ""
    return StateReason(
        code="paused",
        sentence=f"Paused until {in_words(hold.until)}{why}.",
        since=hold.since,
        clears=f"It ends by itself on {in_words(hold.until)}, or when the team takes it up again.",
        state=State.PAUSED,
        tool=Tool.STAGE,
    )
