"""What happened to the record of a cycle, told from its events."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from qitracker.cycles.words import FIELD_WORDS
from qitracker.models import Event

MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class Told:
    """One event: when, who, and what in a sentence."""

    at: datetime
    who: str
    what: str


def told(events: Iterable[Event]) -> tuple[Told, ...]:
    """The events in words, in the order they came."""
    return tuple(Told(event.at, event.by.name if event.by else "The system", _sentence(event)) for event in events)


def _sentence(event: Event) -> str:
    if event.verb == "added":
        return "Wrote a quick note." if (event.new or {}).get("is_quick") else "Planned this cycle."
    names = [FIELD_WORDS[name] for name in event.new or {} if name in FIELD_WORDS]
    if not names:
        return "Changed this cycle."
    if len(names) > MOST_NAMED:
        named = ", ".join(names[: MOST_NAMED - 1])
        return f"Changed {named} and {len(names) - MOST_NAMED + 1} more."
    return f"Changed {' and '.join(filter(None, [', '.join(names[:-1]), names[-1]]))}."
