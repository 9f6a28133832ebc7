"""The headlines of findings: what the latest point says, and what has changed before it, as a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from qitracker.spc import Meaning


class Now(StrEnum):
    """What the latest point says."""

    STEADY = "steady"
    BETTER = "better"
    WORSE = "worse"
    HIGHER = "higher"
    LOWER = "lower"
    BETTER_ONCE = "better once"
    WORSE_ONCE = "worse once"
    HIGHER_ONCE = "higher once"
    LOWER_ONCE = "lower once"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Headline:
    """``text`` has no full stop; ``short`` opens a line in a list; ``meaning`` is the colour and the shape."""

    text: str
    short: str
    meaning: Meaning


_CHANCE = "and it is unlikely to be chance"
NOW: Mapping[Now, Headline] = {
    Now.STEADY: Headline("No clear change yet", "No clear change.", Meaning.COMMON_CAUSE),
    Now.BETTER: Headline(f"This is improving, {_CHANCE}", "Improving.", Meaning.IMPROVEMENT),
    Now.WORSE: Headline(f"This is getting worse, {_CHANCE}", "Getting worse.", Meaning.CONCERN),
    Now.HIGHER: Headline(f"This is higher than before, {_CHANCE}", "Higher.", Meaning.NEUTRAL_HIGH),
    Now.LOWER: Headline(f"This is lower than before, {_CHANCE}", "Lower.", Meaning.NEUTRAL_LOW),
    Now.BETTER_ONCE: Headline(
        f"The latest number is better than expected, {_CHANCE}",
        "Better than expected.",
        Meaning.IMPROVEMENT,
    ),
    Now.WORSE_ONCE: Headline(
        f"The latest number is worse than expected, {_CHANCE}",
        "Worse than expected.",
        Meaning.CONCERN,
    ),
    Now.HIGHER_ONCE: Headline(
        f"The latest number is higher than expected, {_CHANCE}",
        "Higher than expected.",
        Meaning.NEUTRAL_HIGH,
    ),
    Now.LOWER_ONCE: Headline(
        f"The latest number is lower than expected, {_CHANCE}",
        "Lower than expected.",
        Meaning.NEUTRAL_LOW,
    ),
    Now.BOTH: Headline("There are signs of improvement and of concern", "Mixed signs.", Meaning.CONCERN),
}
SINCE: Mapping[tuple[Meaning, Now], Headline] = {
    (Meaning.IMPROVEMENT, Now.STEADY): Headline(f"This has improved, {_CHANCE}", "Improved.", Meaning.IMPROVEMENT),
    (Meaning.IMPROVEMENT, Now.BETTER): Headline(
        "This has improved, and is still improving",
        "Still improving.",
        Meaning.IMPROVEMENT,
    ),
    (Meaning.IMPROVEMENT, Now.BETTER_ONCE): Headline(
        "This has improved, and the latest number is better still",
        "Improved.",
        Meaning.IMPROVEMENT,
    ),
    (Meaning.IMPROVEMENT, Now.WORSE): Headline(
        "This improved, but the latest numbers are a concern",
        "Improved, but now getting worse.",
        Meaning.CONCERN,
    ),
    (Meaning.IMPROVEMENT, Now.WORSE_ONCE): Headline(
        "This improved, but the latest number is a concern",
        "Improved, but the latest number is a concern.",
        Meaning.CONCERN,
    ),
    (Meaning.CONCERN, Now.STEADY): Headline(f"This has got worse, {_CHANCE}", "Got worse.", Meaning.CONCERN),
    (Meaning.CONCERN, Now.WORSE): Headline(
        "This has got worse, and is still getting worse",
        "Still getting worse.",
        Meaning.CONCERN,
    ),
    (Meaning.CONCERN, Now.WORSE_ONCE): Headline(
        "This has got worse, and the latest number is worse still",
        "Got worse.",
        Meaning.CONCERN,
    ),
    (Meaning.CONCERN, Now.BETTER): Headline(
        "This got worse, but the latest numbers are improving",
        "Got worse, but now improving.",
        Meaning.IMPROVEMENT,
    ),
    (Meaning.CONCERN, Now.BETTER_ONCE): Headline(
        "This got worse, but the latest number is better than expected",
        "Got worse, but the latest number is better.",
        Meaning.IMPROVEMENT,
    ),
    (Meaning.NEUTRAL_HIGH, Now.STEADY): Headline(f"This has gone up, {_CHANCE}", "Gone up.", Meaning.NEUTRAL_HIGH),
    (Meaning.NEUTRAL_LOW, Now.STEADY): Headline(f"This has gone down, {_CHANCE}", "Gone down.", Meaning.NEUTRAL_LOW),
}


NO_LONGER = "No clear change at the moment"
"""In place of "No clear change yet" where earlier points of the phase were a signal."""


def headline_for(now: Now, change: Meaning | None) -> Headline:
    """The headline for what the latest point says, after a lasting change or without one (None)."""
    found = None if change is None else SINCE.get((change, now))
    return found or NOW[now]
