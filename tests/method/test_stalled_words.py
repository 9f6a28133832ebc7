"""What is life, what a project is stuck on, how it closes: the tables behind the stalled rule."""

import pytest

from qitracker.method.stages import Tool
from qitracker.method.stalled.closing import CLOSINGS, ClosingReason
from qitracker.method.stalled.holds import HOLD_WORDS, HoldKind
from qitracker.method.stalled.life import LIFE_WORDS, NOUNS_OF_LIFE, LifeKind, life_of
from qitracker.method.stalled.stuck import STUCK_ON, StuckOn


@pytest.mark.parametrize(
    ("noun", "verb", "changed", "kind"),
    [
        ("cycle", "added", "title", LifeKind.CYCLE),
        ("cycle", "changed", "findings", LifeKind.CYCLE),
        ("cycle", "changed", "title findings", LifeKind.CYCLE),
        ("cycle", "changed", "title", None),
        ("cycle", "changed", "comments", None),
        ("cycle", "changed", "planned_start planned_end", None),
        ("cycle", "changed", "", None),
        ("point", "added", "", LifeKind.POINT),
        ("points", "pasted", "points", LifeKind.POINT),
        ("points", "uploaded", "points", LifeKind.POINT),
        ("point", "changed", "value", None),
        ("point", "removed", "", None),
        ("points", "undone", "points", None),
        ("coach_review", "added", "", LifeKind.REVIEW),
        ("idea", "added", "text", LifeKind.IDEA),
        ("idea", "changed", "status", LifeKind.DECISION),
        ("idea", "changed", "owner_id", None),
        ("idea", "moved", "place", None),
        ("idea", "joined", "driver", LifeKind.DRIVER),
        ("driver", "added", "text", LifeKind.DRIVER),
        ("driver", "changed", "text", None),
        ("aim", "added", "", LifeKind.AIM),
        ("aim", "changed", "target", LifeKind.AIM),
        ("aim", "changed", "by_date", None),
        ("measure", "added", "", LifeKind.MEASURE),
        ("measure", "changed", "name", None),
        ("step", "added", "answers status", LifeKind.STEP),
        ("step", "changed", "owner_id due", None),
        ("evidence", "added", "words", LifeKind.STEP),
        ("stage", "moved", "stage", LifeKind.STAGE),
        ("barrier", "added", "text", None),
        ("barrier", "changed", "escalated_at", None),
        ("barrier", "changed", "cleared_at cleared_how", LifeKind.BARRIER),
        ("coach word", "added", "text", None),
        ("progress_score", "added", "tenths", None),
        ("hold", "added", "why", None),
        ("note", "added", "text", None),
        ("chart_decision", "added", "on", None),
        ("project", "changed", "title", None),
        ("role", "added", "", None),
        ("", "", "", None),
    ],
)
def test_an_event_is_life_or_not(noun: str, verb: str, changed: str, kind: LifeKind | None) -> None:
    assert life_of(noun, verb, frozenset(changed.split())) is kind
    assert kind is None or noun in NOUNS_OF_LIFE


def test_every_kind_of_life_has_words() -> None:
    assert set(LIFE_WORDS) == set(LifeKind)


def test_a_project_can_be_stuck_on_thirteen_things() -> None:
    assert len(StuckOn) == 13
    assert set(STUCK_ON) == set(StuckOn)


@pytest.mark.parametrize("code", list(StuckOn))
def test_each_leads_to_a_next_step(code: StuckOn) -> None:
    words = STUCK_ON[code]
    assert not words.name.endswith(".")
    assert words.next_step.endswith(".")
    assert words.tool in Tool
    assert len(code) <= 30


def test_some_ways_to_close_teach_something_and_some_leave_a_gain_to_watch() -> None:
    assert set(CLOSINGS) == set(ClosingReason)
    assert {reason.value for reason, words in CLOSINGS.items() if words.with_learning} == {
        "achieved", "partly", "stopped_learnt"
    }  # fmt: skip
    assert {reason.value for reason, words in CLOSINGS.items() if words.keeps_watch} == {"achieved", "partly"}
    assert all(len(reason) <= 30 for reason in ClosingReason)


def test_a_hold_has_words() -> None:
    assert set(HOLD_WORDS) == set(HoldKind)
    assert [kind.value for kind in HoldKind] == ["pause", "snooze"]
