"""Every change leaves an event in the same transaction: who, when, old, new, why, and whether it is life.

What a transaction touches is remembered until it ends, so that what is kept about projects can be brought up to date
in the same transaction (docs/adr/0007-standing-kept-with-each-write.md).
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any, Protocol

from qitracker.method.stalled.life import life_of
from qitracker.method.steps import StepStatus
from qitracker.models import Base, Event, db
from qitracker.plumbing import clock


class Actor(Protocol):
    """Whoever does something: the signed-in reader, or a person."""

    @property
    def id(self) -> uuid.UUID: ...


@dataclass(slots=True)
class Touched:
    """The projects that a transaction has changed, each with the nouns of what changed, and the people."""

    projects: dict[uuid.UUID, set[str]] = field(default_factory=dict)
    people: set[uuid.UUID] = field(default_factory=set)


def touched() -> Touched:
    """What this transaction has changed so far. A rollback to a savepoint leaves it: looking again harms nothing."""
    found: Touched = db.session().info.setdefault("touched", Touched())
    return found


def take_touched() -> Touched:
    """The same, and begin anew: for whoever brings up to date what is kept about it, or has rolled back."""
    found: Touched = db.session().info.pop("touched", Touched())
    return found


def record(
    verb: str,
    noun: str,
    noun_id: object,
    *,
    by: Actor | None,
    project_id: uuid.UUID | None = None,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
    why: str | None = None,
) -> Event:
    """Add one event. `by` None means a command did it."""
    was, now = plain(old), plain(new)
    life = life_of(noun, verb, _differing(was or {}, now or {}))
    event = Event(
        at=clock.now(),
        by_id=by.id if by else None,
        verb=verb,
        noun=noun,
        noun_id=str(noun_id),
        project_id=project_id,
        old=was,
        new=now,
        why=why,
        life=life.value if life else None,
    )
    db.session.add(event)
    if project_id is not None:
        touched().projects.setdefault(project_id, set()).add(noun)
    elif noun == "person" and isinstance(noun_id, uuid.UUID):
        touched().people.add(noun_id)
    return event


def add(thing: Base, noun: str, *, by: Actor | None, project_id: uuid.UUID | None, why: str | None = None) -> None:
    """Store a new thing and its event."""
    db.session.add(thing)
    db.session.flush()
    record("added", noun, _id(thing), by=by, project_id=project_id, new=_columns(thing), why=why)


def amend(
    thing: Base,
    noun: str,
    *,
    by: Actor | None,
    project_id: uuid.UUID | None,
    why: str | None = None,
    **values: Any,
) -> bool:
    """Set what differs, and record old and new of just that. False when nothing differs."""
    old = {name: getattr(thing, name) for name, value in values.items() if getattr(thing, name) != value}
    if not old:
        return False
    new = {name: values[name] for name in old}
    for name, value in new.items():
        setattr(thing, name, value)
    record("changed", noun, _id(thing), by=by, project_id=project_id, old=old, new=new, why=why)
    return True


def remove(thing: Base, noun: str, *, by: Actor | None, project_id: uuid.UUID | None, why: str | None = None) -> None:
    """Delete a thing; its event holds all it was."""
    record("removed", noun, _id(thing), by=by, project_id=project_id, old=_columns(thing), why=why)
    db.session.delete(thing)


def _differing(old: Mapping[str, Any], new: Mapping[str, Any]) -> frozenset[str]:
    """The fields that say something they did not say before. An emptied box is no work on it."""
    return frozenset(name for name, value in new.items() if not _says_nothing(value) and value != old.get(name))


def _says_nothing(value: Any) -> bool:
    if isinstance(value, dict):
        return all(_says_nothing(part) for part in value.values())
    return value in (None, "", [], StepStatus.NOT_STARTED.value)


def plain(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The values as JSON can hold them."""
    return None if values is None else {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return str(value)
    return value


def _columns(thing: Base) -> dict[str, Any]:
    skipped = {"analysis", "token_hash", "password_hash", "content"}
    return {name: getattr(thing, name) for name in _names(thing) if name not in skipped}


def _id(thing: Base) -> object:
    return getattr(thing, "id", "")


def _names(thing: Base) -> list[str]:
    return [attribute.key for attribute in thing.__mapper__.column_attrs]
