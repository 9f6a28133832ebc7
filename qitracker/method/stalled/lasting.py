"""Tests of a project whose testing is done: is its measure fed, does the gain last, was it checked.

Nothing else counts against it: nobody asks a finished project for more tests.
"""

from datetime import date

from qitracker.method.dates import days_after, span_in_words
from qitracker.method.facts import MeasureFacts, ProjectFacts
from qitracker.method.measures import period_name
from qitracker.method.stages import Tool
from qitracker.method.stalled.closing import CLOSINGS
from qitracker.method.stalled.feeding import overdue
from qitracker.method.stalled.life import LifeKind
from qitracker.method.stalled.moments import last_life, latest, quoted, watched
from qitracker.method.stalled.settings import Settings
from qitracker.method.stalled.values import State, StateReason

CHECKS = ("check_first_months", "check_second_months", "check_third_months")


def done_since(facts: ProjectFacts) -> date | None:
    """Since when the testing is done: the day it closed, or came into the stage that sustains."""
    return facts.closed or facts.stage_since


def keeps_watch(facts: ProjectFacts) -> bool:
    """Whether there is a gain to keep. A project that was stopped or merged has none of its own."""
    return facts.closing is None or CLOSINGS[facts.closing].keeps_watch


def sustain_slipped(facts: ProjectFacts, today: date, _settings: Settings) -> StateReason | None:
    """A chart shows a change for the worse."""
    slipped = [measure for measure in watched(facts) if measure.variation.startswith("concern")]
    if not slipped or not keeps_watch(facts):
        return None
    worst = min(slipped, key=lambda measure: (measure.signal_since or date.max, measure.name, measure.key))
    known = [day for measure in slipped if (day := measure.signal_since or measure.last_point) is not None]
    since = latest(min(known, default=today), done_since(facts)) or today
    more = f" And {len(slipped) - 1} more." if len(slipped) > 1 else ""
    return StateReason(
        code="sustain_slipped",
        sentence=f"{quoted(worst.name)} has slipped: {_signal(worst)}.{more}",
        since=min(since, today),
        clears="It clears when the chart no longer shows a change for the worse.",
        state=State.STALLED,
        tool=Tool.MEASURES,
        target_key=worst.key,
    )


def _signal(measure: MeasureFacts) -> str:
    side = "low" if measure.variation.endswith("low") else "high"
    if measure.signal_since is None:
        return f"a signal on the {side} side"
    return f"a signal on the {side} side since {period_name(measure.signal_since, measure.rhythm)}"


def sustain_unfed(facts: ProjectFacts, today: date, settings: Settings) -> StateReason | None:
    """Nobody adds numbers any more, so nobody would see it slip."""
    gaps = overdue(facts, today, settings)
    if not gaps or not keeps_watch(facts):
        return None
    gap = gaps[0]
    return StateReason(
        code="sustain_unfed",
        sentence=f"No number for {quoted(gap.measure.name)} for {span_in_words(gap.empty_since, today)}.",
        since=min(found.first for found in gaps),
        clears="It clears when the missing numbers are added, or when the measure is no longer watched.",
        state=State.STALLED,
        tool=Tool.MEASURES,
        target_key=gap.measure.key,
    )


def check_due(facts: ProjectFacts, today: date, settings: Settings) -> StateReason | None:
    """It is time to look together at whether the gain lasts. Only the latest check is asked for."""
    since = done_since(facts)
    if since is None or not keeps_watch(facts):
        return None
    due = [(first, key) for key in CHECKS if (first := settings.first_day(key, since)) <= today]
    if not due:
        return None
    first, key = max(due)
    reviewed = latest(facts.last_review, facts.reviewed, last_life(facts, today, (LifeKind.REVIEW,)))
    if reviewed is not None and days_after(reviewed, int(settings["check_early_days"])) >= first:
        return None
    late = "due" if today == first else f"{span_in_words(first, today)} late"
    return StateReason(
        code="check_due",
        sentence=f"The {settings[key]:g}-month check is {late}.",
        since=first,
        clears="It clears when team and coach have looked together at whether the gain lasts.",
        state=State.QUIET,
        tool=Tool.COACHING,
    )
