"""The sentences of this room that the method does not hold: what a move means, what a gap is called beside its box."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qitracker.method.ideas import IDEA_STATUS_WORDS, IdeaStatus, why_not_move
from qitracker.method.reasons import Reason

MOVE_HINTS: Mapping[IdeaStatus, str] = {
    IdeaStatus.NEW: "Nothing is decided yet.",
    IdeaStatus.PRIORITISED: "One of the next to test.",
    IdeaStatus.TESTING: "A test is planned or running.",
    IdeaStatus.ADOPTED: "The tests show that it helps: it becomes how you work.",
    IdeaStatus.ADAPTED: "It needs a change, then another test.",
    IdeaStatus.ABANDONED: "You leave it for now. It stays on the list with its history.",
    IdeaStatus.SPREAD: "Others start to use it too.",
}


@dataclass(frozen=True, slots=True)
class Refused:
    """A status the idea cannot have now, and the sentence that says why."""

    words: str
    why: str


def moves(status: IdeaStatus, stage: str) -> tuple[tuple[IdeaStatus, ...], tuple[Refused, ...]]:
    """The statuses an idea may move to from here, and the others with their reason."""
    others = [to for to in IdeaStatus if to is not status]
    reasons = {to: why_not_move(status, to, stage) for to in others}
    allowed = tuple(to for to in others if reasons[to] is None)
    refused = tuple(Refused(IDEA_STATUS_WORDS[to], reason.sentence) for to, reason in reasons.items() if reason)
    return allowed, refused


@dataclass(frozen=True, slots=True)
class GapWords:
    """One kind of gap: beside its box ('' where a tag says it already), and for several boxes on top."""

    beside: str
    several: str


GAP_WORDS: Mapping[str, GapWords] = {
    "not_joined": GapWords("Not joined to a driver yet", "{n} boxes are not joined to a driver yet."),
    "driver_without_idea": GapWords("No change idea yet", "{n} drivers have no change idea yet."),
    "driver_without_measure": GapWords("No measure yet", "{n} drivers have no measure. Add one, or say why not."),
    "idea_without_test": GapWords("", "{n} change ideas have no test yet."),
}


def in_short(gaps: Iterable[Reason], n_loose: int) -> tuple[str, ...]:
    """The gaps of a diagram in a few sentences: a single one in its own words, several of a kind counted.

    `n_loose` is how many ideas are on the list and not in the diagram.
    """
    found: dict[str, list[Reason]] = {}
    for gap in gaps:
        found.setdefault(gap.code, []).append(gap)
    said = [
        reasons[0].sentence if len(reasons) == 1 else GAP_WORDS[code].several.format(n=len(reasons))
        for code, reasons in found.items()
    ]
    if n_loose:
        said.append(
            "1 idea on your list is not joined to a driver yet."
            if n_loose == 1
            else f"{n_loose} ideas on your list are not joined to a driver yet."
        )
    return tuple(said)


def count(n: int, one: str, several: str) -> str:
    """ "1 primary driver", "3 primary drivers", "no primary drivers"."""
    return f"{n or 'no'} {one if n == 1 else several}"
