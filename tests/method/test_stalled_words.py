"""What is life, what a project is stuck on, how it closes: the tables behind the stalled rule."""

from dataclasses import replace
from datetime import date

import pytest

from qitracker.method.facts import MeasureFacts, ProjectFacts
from qitracker.method.measures import MeasureKind, Rhythm, next_due
from qitracker.method.stages import Tool
from qitracker.method.stalled.closing import CLOSINGS, ClosingReason
from qitracker.method.stalled.feeding import points_missing
from qitracker.method.stalled.holds import HOLD_WORDS, HoldKind, why_not_hold
from qitracker.method.stalled.life import LIFE_WORDS, NOUNS_OF_LIFE, LifeKind, life_of
from qitracker.method.stalled.settings import DEFAULTS
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


@pytest.mark.parametrize("keys", [("1", "2"), ("2", "1")])
def test_of_two_measures_that_wait_as_long_the_name_decides_which_is_said(keys: tuple[str, str]) -> None:
    last, due = date(2025, 5, 1), next_due(date(2025, 5, 1), Rhythm.MONTH)
    measures = [
        MeasureFacts(
            key=key, name=name, kind=MeasureKind.OUTCOME, n_points=9, last_point=last, rhythm=Rhythm.MONTH, next_due=due
        )
        for key, name in zip(keys, ("Falls", "Bed days"), strict=True)
    ]
    fed = replace(measures[0], key="3", name="Fed", last_point=date(2025, 9, 1))
    facts = ProjectFacts(method="lancashire", stage="deliver", measures=(*measures, fed))
    reason = points_missing(facts, date(2025, 10, 6), DEFAULTS)
    assert reason is not None
    assert reason.sentence.startswith("No number for “Bed days”")


def test_a_hold_that_ends_today_is_refused_in_plain_words() -> None:
    day = date(2025, 10, 6)
    refused = why_not_hold(HoldKind.SNOOZE, day, day, "Spoke to the lead")
    assert refused is not None
    assert refused.sentence == "Choose a day after today: it is looked at again then."
