"""The command `qitracker spc`: one series a line in, one answer a line out, as JSON.

A line that cannot be analysed answers why, and the rest go on. Holds one line at a time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, TextIO

from qitracker.spc.engine import analyse
from qitracker.spc.stored import as_plain
from qitracker.spc.values import Analysis, Caution, Series
from qitracker.spc.words import Aggregate, Chart, Direction, Refused, RuleSet, XKind

_ANSWER = (
    "chart",
    "rules",
    "x",
    "y",
    "n",
    "phase",
    "baseline",
    "included",
    "cl",
    "lcl",
    "ucl",
    "sigma",
    "signals",
    "runs",
    "meaning",
    "variation",
    "assurance",
)


def run(stdin: Iterable[bytes | str], stdout: TextIO) -> int:
    """Answers every line of `stdin` on `stdout`. Returns the exit status: 1 if any line was refused, else 0."""
    status = 0
    for line in stdin:
        if not line.strip():
            continue
        answer = answer_line(line)
        if "error" in answer:
            status = 1
        stdout.write(json.dumps(answer, allow_nan=False, separators=(",", ":")) + "\n")
        stdout.flush()
    return status


def answer_line(line: bytes | str) -> dict[str, Any]:
    """The answer to one line: the analysis, or an error with its code and message."""
    name = None
    try:
        asked = _read(line)
        name = _name(asked)
        series = _series(asked)
        return _plain(analyse(series), name, _unknown_keys(asked))
    except Refused as refused:
        return {"id": name, "error": {"code": refused.code, "message": refused.message}}


def _read(line: bytes | str) -> dict[str, Any]:
    try:
        text = line.decode("utf-8-sig") if isinstance(line, bytes) else line
        asked = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Refused("not_json", "The line is not JSON in UTF-8. Write one JSON object on the line.") from error
    if not isinstance(asked, dict):
        raise Refused("not_an_object", "The line is not one JSON object. Write it in braces, with chart, x and y.")
    return asked


def _name(asked: dict[str, Any]) -> Any:
    name = asked.get("id")
    try:
        json.dumps(name, allow_nan=False)
    except ValueError as error:
        raise Refused("not_finite", "id: holds NaN or an infinite number. Give a text or a number.") from error
    return name


def _unknown_keys(asked: dict[str, Any]) -> list[Caution]:
    return [
        Caution("unknown_key", f"The key {key!r} is not known and was not read. Check its spelling.")
        for key in asked
        if key not in _KEYS
    ]


def _series(asked: dict[str, Any]) -> Series:
    for key in ("chart", "x", "y"):
        if asked.get(key) is None:
            raise Refused(f"{key}_missing", f"{key} is missing. Give it.")
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


def _as_it_is(value: Any, _key: str) -> Any:
    return value


def _one_number(value: Any, key: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Refused(f"{key}_not_whole", f"{key}: is not a whole number from 1. Give one.")
    return value


def _yes_or_no(value: Any, key: str) -> bool:
    if not isinstance(value, bool):
        raise Refused("not_true_or_false", f"{key} is not true, false or null. Use one of these.")
    return value


def _word(words: type[StrEnum]) -> Callable[[Any, str], StrEnum]:
    def read(value: Any, key: str) -> StrEnum:
        try:
            return words(value)
        except ValueError as error:
            known = ", ".join(words)
            raise Refused("unknown_word", f"{key}: {str(value)[:40]!r} is not known. Use one of: {known}.") from error

    return read


_READ: dict[str, tuple[str, Callable[[Any, str], Any]]] = {
    "chart": ("chart", _word(Chart)),
    "x_kind": ("x_kind", _word(XKind)),
    "x": ("x", _points),
    "y": ("y", _list),
    "n": ("n", _list),
    "freeze": ("freeze", _one_number),
    "part": ("part", _list),
    "exclude": ("exclude", _list),
    "target": ("target", _as_it_is),
    "cl": ("cl", _as_it_is),
    "multiply": ("multiply", _as_it_is),
    "direction": ("direction", _word(Direction)),
    "agg_fun": ("aggregate", _word(Aggregate)),
    "rules": ("rules", _word(RuleSet)),
    "screen": ("screen", _yes_or_no),
}
"""Keys of a line, the field of `Series` each fills, and how it is read."""

_KEYS = frozenset({"id", *_READ})


def _plain(analysis: Analysis, name: Any, cautions: list[Caution]) -> dict[str, Any]:
    plain = as_plain(analysis)
    return {
        "id": name,
        **{key: plain[key] for key in _ANSWER},
        "close_to": {key: plain["close_to"][key] for key in ("state", "because")},
        "suggestions": [*plain["suggestions"], *plain["other_charts"]],
        "warnings": [*plain["warnings"], *({"code": one.code, "message": one.message} for one in cautions)],
    }
