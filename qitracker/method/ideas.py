"""Change ideas: the states they go through, which moves are allowed, and how to choose between them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from qitracker.method.reasons import Reason


class IdeaStatus(StrEnum):
    """Where a change idea stands."""

    NEW = "new"
    PRIORITISED = "prioritised"
    TESTING = "testing"
    ADOPTED = "adopted"
    ADAPTED = "adapted"
    ABANDONED = "abandoned"
    SPREAD = "spread"


IDEA_STATUS_WORDS: Mapping[IdeaStatus, str] = {
    IdeaStatus.NEW: "New",
    IdeaStatus.PRIORITISED: "Chosen to test",
    IdeaStatus.TESTING: "Being tested",
    IdeaStatus.ADOPTED: "Adopted",
    IdeaStatus.ADAPTED: "Changed, to test again",
    IdeaStatus.ABANDONED: "Set aside",
    IdeaStatus.SPREAD: "Spreading to others",
}

_ = IdeaStatus
MOVES: Mapping[IdeaStatus, frozenset[IdeaStatus]] = {
    _.NEW: frozenset({_.PRIORITISED, _.TESTING, _.ABANDONED}),
    _.PRIORITISED: frozenset({_.NEW, _.TESTING, _.ABANDONED}),
    _.TESTING: frozenset({_.PRIORITISED, _.ADOPTED, _.ADAPTED, _.ABANDONED}),
    _.ADAPTED: frozenset({_.TESTING, _.ADOPTED, _.ABANDONED}),
    _.ADOPTED: frozenset({_.TESTING, _.ADAPTED, _.SPREAD, _.ABANDONED}),
    _.SPREAD: frozenset({_.ADOPTED, _.ADAPTED}),
    _.ABANDONED: frozenset({_.NEW}),
}
"""From each status, the ones an idea may move to. An idea is adopted only out of a test, and spread only once
adopted: Langley et al., The Improvement Guide, 2nd edition (2009), chapters 7 to 9."""
del _

STAGE_WHERE_EVERY_IDEA_STAYS = "understand"
"""The Lancashire Improvement Method collects all ideas in Understand and rules none out."""


def why_not_move(status_from: IdeaStatus, to: IdeaStatus, stage: str) -> Reason | None:
    """Why an idea may not move to a status, or None where it may. Staying as it is is always allowed."""
    if status_from is to:
        return None
    if to is IdeaStatus.ABANDONED and stage == STAGE_WHERE_EVERY_IDEA_STAYS:
        return Reason("every_idea_stays", "In Understand every idea stays on the list. You choose between them later.")
    if to in MOVES[status_from]:
        return None
    return Reason(f"not_{to.value}_from_{status_from.value}", _REFUSALS.get(to, _REFUSAL_OTHERWISE))


_REFUSALS: Mapping[IdeaStatus, str] = {
    IdeaStatus.ADOPTED: "Test the idea first, then adopt it if the test shows that it helps.",
    IdeaStatus.ADAPTED: "Test the idea first, then change it with what the test showed.",
    IdeaStatus.SPREAD: "Adopt the idea where it was tested before it spreads to others.",
    IdeaStatus.TESTING: "Bring the idea back to the list first, then test it.",
    IdeaStatus.PRIORITISED: "Bring the idea back to the list first, then choose it.",
    IdeaStatus.NEW: "An idea that has been tested keeps its history, so it cannot be new again.",
    IdeaStatus.ABANDONED: "An idea that others already use is changed or adopted again, not set aside.",
}
_REFUSAL_OTHERWISE = "An idea cannot make that move."


class Quadrant(StrEnum):
    """Where an idea falls when its impact is set against its effort."""

    DO_FIRST = "do_first"
    PLAN = "plan"
    EASY_EXTRA = "easy_extra"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class QuadrantWords:
    """What a quadrant is called and what it tells a team to do."""

    name: str
    meaning: str


QUADRANT_WORDS: Mapping[Quadrant, QuadrantWords] = {
    Quadrant.DO_FIRST: QuadrantWords("Do first", "Helps a lot and is easy to do. Test it now."),
    Quadrant.PLAN: QuadrantWords("Worth planning", "Helps a lot and needs work. Start with one small part of it."),
    Quadrant.EASY_EXTRA: QuadrantWords("Easy extra", "Helps a little and is easy. Do it when it fits in."),
    Quadrant.LATER: QuadrantWords("Keep for later", "Helps a little and needs much work. Keep it on the list."),
}

LOWEST_SCORE, HIGHEST_SCORE = 1, 5
HIGH_IMPACT_FROM = 3
"""An impact of 3, the middle of the scale, counts as high: a team that is unsure should test rather than
wait. Ours."""
EASY_UP_TO = 3
"""An effort of 3 counts as easy, for the same reason. Ours. The grid itself is the PICK chart."""


def quadrant_of(impact: int, effort: int) -> Quadrant:
    """The quadrant for an impact (5 helps most) and an effort (5 is hardest), each 1 to 5.

    Raises ValueError outside.
    """
    for score in (impact, effort):
        if not LOWEST_SCORE <= score <= HIGHEST_SCORE:
            raise ValueError(f"a score is {LOWEST_SCORE} to {HIGHEST_SCORE}, not {score}")
    if impact >= HIGH_IMPACT_FROM:
        return Quadrant.DO_FIRST if effort <= EASY_UP_TO else Quadrant.PLAN
    return Quadrant.EASY_EXTRA if effort <= EASY_UP_TO else Quadrant.LATER
