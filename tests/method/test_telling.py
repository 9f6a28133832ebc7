"""Who is told and when, and which project a list shows first."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from qitracker.method.facts import HoldFacts
from qitracker.method.stages import Tool
from qitracker.method.stalled.holds import HoldKind
from qitracker.method.stalled.settings import Settings
from qitracker.method.stalled.states import Standing, State, StateReason, standing_of
from qitracker.method.stalled.telling import AUDIENCE_WORDS, Audience, needs_most, told
from tests.method.histories import facts_on

DAY = date(2025, 9, 1)


def because(code: str, since: date = DAY, state: State = State.STALLED, noticed: date | None = None) -> StateReason:
    return StateReason(
        code=code, sentence="Why.", since=since, clears="It clears.", state=state, tool=Tool.STAGE, noticed=noticed
    )


def stands(*reasons: StateReason, state: State = State.STALLED, hold: HoldFacts | None = None) -> Standing:
    return Standing(state=state, since=reasons[0].since if reasons else None, reasons=reasons, hold=hold)


SNOOZE = HoldFacts(kind=HoldKind.SNOOZE, since=DAY, until=DAY + timedelta(30))


@pytest.mark.parametrize(
    ("reasons", "after", "who"),
    [
        (("no_cycle",), -1, ""),
        (("no_cycle",), 0, "team"),
        (("no_cycle",), 6, "team"),
        (("no_cycle",), 7, "coach team"),
        (("no_cycle",), 13, "coach team"),
        (("no_cycle",), 14, "coach hub team"),
        (("no_cycle",), 400, "coach hub team"),
        (("no_lead",), 0, "coach hub team"),
        (("sustain_slipped",), 0, "coach hub team"),
        (("sustain_unfed",), 0, "team"),
        (("barrier_open",), 6, "team"),
        (("barrier_open",), 7, "coach sponsor team"),
        (("no_cycle", "no_lead"), 0, "coach hub team"),
        (("paused",), 30, ""),
        ((), 30, ""),
    ],
)
def test_the_team_is_told_first_then_the_coach_then_the_hub(reasons: tuple[str, ...], after: int, who: str) -> None:
    found = told(stands(*map(because, reasons)), DAY + timedelta(after))
    assert " ".join(sorted(found)) == who


def test_the_steps_are_settings() -> None:
    quick = Settings({"tell_coach_days": 0, "tell_hub_days": 1})
    assert told(stands(because("no_cycle")), DAY, quick) == {Audience.TEAM, Audience.COACH}
    assert told(stands(because("no_cycle")), DAY + timedelta(1), quick) == {Audience.TEAM, Audience.COACH, Audience.HUB}


def test_nobody_is_told_during_a_snooze() -> None:
    assert told(stands(because("no_lead"), hold=SNOOZE), DAY + timedelta(20)) == frozenset()


def test_whoever_heard_that_it_is_quiet_still_hears_when_it_is_stalled() -> None:
    told_on = [
        told(standing_of(facts_on("2025-01-06 registered", day), day), day)
        for day in (date(2025, 2, 5) + timedelta(n) for n in range(200))
    ]
    assert all(before <= after for before, after in pairwise(told_on))
    assert told_on[0] == {Audience.TEAM}
    assert told_on[-1] == {Audience.TEAM, Audience.COACH, Audience.HUB}


def test_every_audience_has_words() -> None:
    assert set(AUDIENCE_WORDS) == set(Audience)


EARLIER = DAY - timedelta(30)
IN_ORDER = [
    stands(because("no_cycle", EARLIER), because("no_life", EARLIER)),
    stands(because("no_cycle", EARLIER)),
    stands(because("no_cycle")),
    stands(because("no_cycle", EARLIER), state=State.DORMANT),
    stands(because("no_life", EARLIER, State.QUIET), state=State.QUIET),
    stands(because("no_life", DAY, State.QUIET), state=State.QUIET),
    Standing(state=State.SUSTAINING, since=EARLIER),
    Standing(state=State.ACTIVE),
    stands(because("paused", DAY, State.PAUSED), state=State.PAUSED),
    stands(because("no_cycle", EARLIER), hold=SNOOZE),
    stands(because("no_life", EARLIER, State.QUIET), state=State.QUIET, hold=SNOOZE),
]


def test_a_list_starts_with_who_needs_somebody_most() -> None:
    today = DAY + timedelta(10)
    backwards = IN_ORDER[::-1]
    assert sorted(backwards, key=lambda standing: needs_most(standing, today)) == IN_ORDER


def test_the_order_fits_a_column_and_does_not_move_by_itself() -> None:
    far = Standing(state=State.PAUSED, since=date.max, hold=SNOOZE)
    for standing in (*IN_ORDER, far):
        assert 0 <= needs_most(standing, date.max) < 2**31
        assert needs_most(standing, DAY) == needs_most(standing, DAY + timedelta(300)) or standing is far


def test_many_reasons_do_not_spill_into_the_date() -> None:
    crowd = stands(*[because("no_cycle")] * 40)
    a_day_longer = stands(because("no_cycle", DAY - timedelta(1)))
    assert needs_most(a_day_longer, DAY) < needs_most(crowd, DAY)
