"""Who is told of a project that may need help, and when; and which project needs somebody most.

The list is there to help, not to rank: the team sees it first, then the coach, then the hub. The steps are settings.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from qitracker.method.dates import days_after
from qitracker.method.stalled.settings import DEFAULTS, Settings
from qitracker.method.stalled.values import Standing, State, StateReason


class Audience(StrEnum):
    """Who can be told."""

    TEAM = "team"
    COACH = "coach"
    HUB = "hub"
    SPONSOR = "sponsor"


AUDIENCE_WORDS: Mapping[Audience, str] = {
    Audience.TEAM: "The team",
    Audience.COACH: "The coach",
    Audience.HUB: "The improvement hub",
    Audience.SPONSOR: "The sponsor",
}

STEPS: Mapping[Audience, str] = {
    Audience.TEAM: "tell_team_days",
    Audience.COACH: "tell_coach_days",
    Audience.HUB: "tell_hub_days",
}
"""The setting that says after how many days each is told."""

AT_ONCE = frozenset({"no_lead", "sustain_slipped"})
"""Reasons that cannot wait for the team: there is nobody to act, or patients lose what was gained. Ours."""

FOR_SPONSOR = frozenset({"barrier_open"})
"""Reasons a sponsor is told of: only what is in the way."""

NEVER_TOLD = frozenset({"paused"})
"""A pause is what the team decided. It is no news to anybody."""


def told(standing: Standing, today: date, settings: Settings = DEFAULTS) -> frozenset[Audience]:
    """Who is told of it by this day. Nobody during a snooze: whoever asked for it knows."""
    if standing.is_hidden:
        return frozenset()
    return frozenset(who for reason in standing.reasons for who in told_of(reason, today, settings))


def told_of(reason: StateReason, today: date, settings: Settings = DEFAULTS) -> frozenset[Audience]:
    """Who is told of one reason by this day."""
    if reason.code in NEVER_TOLD:
        return frozenset()
    steps = dict.fromkeys(STEPS, "") if reason.code in AT_ONCE else dict(STEPS)
    if reason.code in FOR_SPONSOR:
        steps[Audience.SPONSOR] = "tell_sponsor_days"
    return frozenset(
        who for who, key in steps.items() if today >= days_after(reason.told_from, int(settings[key]) if key else 0)
    )


_RANK: Mapping[State, int] = {
    State.STALLED: 0,
    State.DORMANT: 1,
    State.QUIET: 2,
    State.SUSTAINING: 3,
    State.ACTIVE: 4,
    State.PAUSED: 5,
}
"""Stalled before dormant: it is the one that a word can still bring back. Ours."""

_HIDDEN, _PLACES, _MOST_REASONS = 6, 100_000_000, 19


def needs_most(standing: Standing, today: date) -> int:
    """A whole number to sort a list by: the smallest needs somebody most. It fits 31 bits, for a column.

    By state; within a state the one that has been in it longest, then the one with more reasons. What is snoozed comes
    last. It does not change from day to day while the standing stays the same.
    """
    rank = _RANK[standing.state] + (_HIDDEN if standing.is_hidden else 0)
    since = min(standing.since, today) if standing.since else date.max
    fewer = _MOST_REASONS - min(len(standing.reasons), _MOST_REASONS)
    return rank * _PLACES + since.toordinal() * (_MOST_REASONS + 1) + fewer
