"""Reads lines of JSON from a stream, whatever stands on it, and makes a `Series` of each."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import Any

from qitracker.spc.cells import short
from qitracker.spc.values import Caution, Series
from qitracker.spc.words import Aggregate, Chart, Direction, Refused, RuleSet, XKind

LONGEST_LINE = 32 * 1024 * 1024
"""Bytes. The longest line that can be analysed, 100,000 points with dates and denominators, has about 8 million."""
LINES_AT_A_TIME = 256
CHUNK = 256 * 1024
DIGITS = 400
"""A whole number of more digits is beyond the largest that is read (1e300), whatever they are."""

Line = bytes | str | None
"""A line as read; None for one that was too long, and was skipped."""


def groups_of_lines(stream: Iterable[bytes | str]) -> Iterator[list[Line]]:
    """Lines in groups: as many as have arrived, up to some hundreds, so that an answer never waits for a later line.

    A binary stream is read as it comes; anything else is taken line by line. Blank lines are left out.
    """
    read = getattr(stream, "read1", None)
    lines: Iterator[list[Line]] = ([line] for line in stream) if read is None else _arriving(read)
    for group in lines:
        for first in range(0, len(group), LINES_AT_A_TIME):
            filled = [line for line in group[first : first + LINES_AT_A_TIME] if not _is_blank(line)]
            if filled:
                yield filled


def _is_blank(line: Line) -> bool:
    """Nothing but blanks, and the mark that some programs set before the first line of a file."""
    return line is not None and not (line.removeprefix(BOM_UTF8) if isinstance(line, bytes) else line).strip()


def _arriving(read: Callable[[int], bytes]) -> Iterator[list[Line]]:
    """The lines completed by each piece that arrives. Holds one piece and one unfinished line."""
    unfinished = bytearray()
    too_long = False
    while piece := read(CHUNK):
        *complete, rest = piece.split(b"\n")
        lines: list[Line] = []
        if complete:
            unfinished += complete[0]
            too_long = too_long or len(unfinished) > LONGEST_LINE
            lines = [None if too_long else bytes(unfinished), *complete[1:]]
            unfinished, too_long = bytearray(), False
        if not too_long:
            unfinished += rest
        if len(unfinished) > LONGEST_LINE:
            unfinished, too_long = bytearray(), True
        if lines:
            yield lines
    yield [None if too_long else bytes(unfinished)]


class Asked:
    """What one line asks: its name, its series or why there is none, and what was not understood."""

    __slots__ = ("cautions", "name", "series")

    def __init__(self, line: Line) -> None:
        self.name: Any = None
        self.cautions: list[Caution] = []
        self.series: Series | Refused
        try:
            asked = _object(line)
            self.name = _name(asked)
            self.series = _series(asked)
            self.cautions = [
                Caution("unknown_key", f"The key {short(key)} is not known and was not read. Check its spelling.")
                for key in asked
                if key not in _KEYS
            ]
        except Refused as refused:
            self.series = refused


def _object(line: Line) -> dict[str, Any]:
    if line is None or len(line) > LONGEST_LINE:
        raise Refused("line_too_long", f"The line has more than {LONGEST_LINE} bytes. Give fewer points on it.")
    try:
        text = line.decode("utf-8-sig") if isinstance(line, bytes) else line
        asked = _parsed(text)
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refused("not_json", "The line is not JSON in UTF-8. Write one JSON object on the line.") from error
    if not isinstance(asked, dict):
        raise Refused("not_an_object", "The line is not one JSON object. Write it in braces, with chart, x and y.")
    return asked


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_once_each)
    except (json.JSONDecodeError, Refused):
        raise
    except ValueError:  # a whole number of more digits than Python will read
        return json.loads(text, object_pairs_hook=_once_each, parse_int=_whole)


def _whole(digits: str) -> int | float:
    return int(digits) if len(digits) <= DIGITS else float("inf")


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        again = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise Refused("key_twice", f"The key {short(again)} stands there twice. Give it once.")
    return found


def _name(asked: dict[str, Any]) -> Any:
    name = asked.get("id")
    if isinstance(name, str | int | None):
        return name
    try:
        json.dumps([[[[name]]]], allow_nan=False)  # deeper than the answer will have it
    except (ValueError, RecursionError) as error:
        raise Refused("not_finite", "id: holds NaN or an infinite number. Give a text or a number.") from error
    return name


def _series(asked: dict[str, Any]) -> Series:
    for key, remedy in _NEEDED.items():
        if asked.get(key) is None:
            raise Refused(f"{key}_missing", f"{key} is missing. Give {remedy}.")
    given = {key: how for key, how in _READ.items() if asked.get(key) is not None}
    return Series(**{field: read(asked[key], key) for key, (field, read) in given.items()})


def _list(value: Any, key: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise Refused("not_a_list", f"{key} is not a list. Write it in square brackets.")
    return tuple(value)


def _points(value: Any, key: str) -> tuple[Any, ...]:
    points = _list(value, key)
    if None in points:
        raise Refused(f"{key}_missing", f"{key}, point {points.index(None) + 1}: is missing. Give it.")
    return points


def _target(value: Any, _key: str) -> Any:
    if not isinstance(value, list):
        return value
    return tuple(tuple(one) if isinstance(one, list) else one for one in value)


def _as_it_is(value: Any, _key: str) -> Any:
    return value


def _one_number(value: Any, key: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Refused(f"{key}_not_whole", f"{key}: {short(value)} is not a whole number from 1. Give one.")
    return value


def _yes_or_no(value: Any, key: str) -> bool:
    if not isinstance(value, bool):
        raise Refused("not_true_or_false", f"{key} is not true, false or null. Use one of these.")
    return value


def _word(words: type[StrEnum]) -> Callable[[Any, str], StrEnum]:
    by_name = {word.value: word for word in words}

    def read(value: Any, key: str) -> StrEnum:
        if not isinstance(value, str) or value not in by_name:
            raise Refused("unknown_word", f"{key}: {short(value)} is not known. Use one of: {', '.join(words)}.")
        return by_name[value]

    return read


_NEEDED = {
    "chart": f"one of: {', '.join(Chart)}",
    "x": "a list with the place of each point: whole numbers, dates or names",
    "y": "a list with the value or numerator of each point, null where there is none",
}
"""Keys that every line has, and what to give."""

_READ: dict[str, tuple[str, Callable[[Any, str], Any]]] = {
    "chart": ("chart", _word(Chart)),
    "x_kind": ("x_kind", _word(XKind)),
    "x": ("x", _points),
    "y": ("y", _list),
    "n": ("n", _list),
    "freeze": ("freeze", _one_number),
    "part": ("part", _list),
    "exclude": ("exclude", _list),
    "target": ("target", _target),
    "cl": ("cl", _as_it_is),
    "multiply": ("multiply", _as_it_is),
    "direction": ("direction", _word(Direction)),
    "agg_fun": ("aggregate", _word(Aggregate)),
    "rules": ("rules", _word(RuleSet)),
    "screen": ("screen", _yes_or_no),
}
"""Keys of a line, the field of `Series` each fills, and how it is read."""

_KEYS = frozenset({"id", *_READ})
