"""Which moves an idea may make, and where impact and effort put it."""

from itertools import product

import pytest

from qitracker.method.ideas import (
    IDEA_STATUS_WORDS,
    MOVES,
    QUADRANT_WORDS,
    IdeaStatus,
    Quadrant,
    quadrant_of,
    why_not_move,
)


@pytest.mark.parametrize(
    ("status_from", "to", "stage", "code"),
    [
        ("new", "prioritised", "understand", None),
        ("new", "testing", "deliver", None),
        ("testing", "adopted", "deliver", None),
        ("testing", "adapted", "deliver", None),
        ("adapted", "testing", "deliver", None),
        ("adopted", "spread", "sustain", None),
        ("abandoned", "new", "deliver", None),
        ("new", "abandoned", "co_design", None),
        ("new", "abandoned", "understand", "every_idea_stays"),
        ("testing", "abandoned", "understand", "every_idea_stays"),
        ("abandoned", "abandoned", "understand", None),
        ("new", "adopted", "deliver", "not_adopted_from_new"),
        ("prioritised", "adapted", "deliver", "not_adapted_from_prioritised"),
        ("testing", "spread", "deliver", "not_spread_from_testing"),
        ("abandoned", "testing", "deliver", "not_testing_from_abandoned"),
        ("spread", "abandoned", "sustain", "not_abandoned_from_spread"),
    ],
)
def test_a_move_is_allowed_or_refused_with_its_reason(status_from: str, to: str, stage: str, code: str | None) -> None:
    reason = why_not_move(IdeaStatus(status_from), IdeaStatus(to), stage)
    assert (reason.code if reason else None) == code


def test_no_idea_can_be_set_aside_in_understand() -> None:
    for status in set(IdeaStatus) - {IdeaStatus.ABANDONED}:
        assert why_not_move(status, IdeaStatus.ABANDONED, "understand") is not None


def test_every_refusal_says_why_in_a_sentence() -> None:
    for status_from, to in product(IdeaStatus, IdeaStatus):
        reason = why_not_move(status_from, to, "deliver")
        assert reason is None or reason.sentence.endswith(".")
        assert (reason is None) == (status_from is to or to in MOVES[status_from])


def test_every_status_can_be_left_and_has_words() -> None:
    assert set(MOVES) == set(IdeaStatus) == set(IDEA_STATUS_WORDS)
    assert all(MOVES.values())


@pytest.mark.parametrize(
    ("impact", "effort", "quadrant"),
    [
        (5, 1, "do_first"), (3, 3, "do_first"), (5, 4, "plan"), (3, 5, "plan"),
        (2, 3, "easy_extra"), (1, 1, "easy_extra"), (2, 4, "later"), (1, 5, "later"),
    ],
)  # fmt: skip
def test_impact_and_effort_choose_the_quadrant(impact: int, effort: int, quadrant: str) -> None:
    assert quadrant_of(impact, effort) is Quadrant(quadrant)
    assert QUADRANT_WORDS[Quadrant(quadrant)].name


@pytest.mark.parametrize(("impact", "effort"), [(0, 3), (6, 3), (3, 0), (3, 6)])
def test_a_score_outside_the_scale_is_refused(impact: int, effort: int) -> None:
    with pytest.raises(ValueError, match="1 to 5"):
        quadrant_of(impact, effort)
