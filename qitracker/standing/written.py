"""Facts as JSON and back: frozen values of the method, as they are kept from one write to the next.

What a newer program asks of the facts and an older one did not write makes them unreadable, and they are gathered anew.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from qitracker.method.facts import ProjectFacts

Reading = Callable[[Any], Any]


def written(value: Any) -> Any:
    """A value of the method as JSON can hold it."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {written(key): written(one) for key, one in value.items()}
    if isinstance(value, tuple | frozenset):
        return [written(one) for one in (sorted(value) if isinstance(value, frozenset) else value)]
    kind: Any = type(value)
    return {name: written(getattr(value, name)) for name in _names(kind)}


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def read(facts: dict[str, Any]) -> ProjectFacts | None:
    """The facts that were written so; None where another version wrote them."""
    try:
        found: ProjectFacts = _reading(ProjectFacts)(facts)
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
    return found


@cache
def _reading(kind: Any) -> Reading:
    """How a value of this kind is read; worked out once for each kind."""
    origin, inner = get_origin(kind), [one for one in get_args(kind) if one is not type(None)]
    if origin in (Union, UnionType):
        return _or_none(_reading(inner[0]))
    if origin in (tuple, frozenset):
        return _several(origin, _reading(inner[0]))
    if origin is Mapping:
        return _mapping(*map(_reading, inner))
    if is_dataclass(kind):
        return _fields(kind, {name: _reading(hint) for name, hint in get_type_hints(kind).items()})
    if kind is date:
        return date.fromisoformat
    return kind if issubclass(kind, Enum) else _as_it_is


def _or_none(one: Reading) -> Reading:
    return lambda value: None if value is None else one(value)


def _several(origin: Callable[[Any], Any], one: Reading) -> Reading:
    return lambda values: origin(one(value) for value in values)


def _mapping(key: Reading, one: Reading) -> Reading:
    return lambda values: {key(name): one(value) for name, value in values.items()}


def _fields(kind: Any, readings: Mapping[str, Reading]) -> Reading:
    def of(values: dict[str, Any]) -> Any:
        if values.keys() != readings.keys():
            raise ValueError(f"these are not the fields of {kind.__name__}")
        return kind(**{name: reading(values[name]) for name, reading in readings.items()})

    return of


def _as_it_is(value: Any) -> Any:
    return value
