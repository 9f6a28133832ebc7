"""An analysis as JSON, for a database or a pipe, and back. A column that seldom changes is written as its stretches."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from itertools import chain, groupby, islice, repeat
from typing import Any

from qitracker.spc.close_to import CloseTo, Confirm
from qitracker.spc.values import Analysis, Caution, OtherChart, Runs, Suggestion
from qitracker.spc.words import Assurance, Chart, Direction, Meaning, RuleSet, Signal, Variation

_NAMES = tuple(field.name for field in fields(Analysis))
_LISTS = ("runs", "warnings", "suggestions", "other_charts")
_COLUMNS = ("x", "y", "n", "phase", "baseline", "included", "cl", "lcl", "ucl", "sigma", "meaning")
_IN_STRETCHES = _COLUMNS[2:]
"""Columns that are the same over a phase, or nearly: four fifths of what a chart of five years in weeks has to say."""


def as_plain(analysis: Analysis) -> dict[str, Any]:
    """The analysis as plain lists, numbers and words, ready for JSON."""
    plain = {name: getattr(analysis, name) for name in _NAMES}
    for name in _LISTS:
        plain[name] = [_fields(item) for item in plain[name]]
    plain["close_to"] = _fields(analysis.close_to)
    plain["close_to"]["confirm"] = [_fields(item) for item in analysis.close_to.confirm]
    return plain


_FIELDS = {
    kind: tuple(field.name for field in fields(kind))
    for kind in (Runs, Caution, Suggestion, OtherChart, CloseTo, Confirm)
}


def _fields(item: Any) -> dict[str, Any]:
    return {name: getattr(item, name) for name in _FIELDS[type(item)]}


def dump(analysis: Analysis) -> str:
    """The analysis as one line of JSON."""
    plain = as_plain(analysis)
    for name in _IN_STRETCHES:
        plain[name] = _stretches(plain[name])
    plain["signals"] = {name: _stretches(flags) for name, flags in plain["signals"].items()}
    return json.dumps(plain, allow_nan=False, separators=(",", ":"))


def _stretches(column: Sequence[Any]) -> Any:
    """`{"each": [value, ...], "times": [how often in a row, ...]}` where that is shorter than the column itself."""
    found = [(value, len(tuple(same))) for value, same in groupby(column)]
    if 2 * len(found) >= len(column):
        return column
    return {"each": [value for value, _ in found], "times": [times for _, times in found]}


def _column(written: Any, n_points: int) -> tuple[Any, ...]:
    """A column as `_stretches` wrote it, or as an older version did: whole. Of a damaged one no more than it takes to
    see that it does not fit."""
    if isinstance(written, dict):
        return tuple(islice(chain.from_iterable(map(repeat, written["each"], written["times"])), n_points + 1))
    return tuple(written)


def fields_of(text: str) -> dict[str, Any]:
    """The fields of the analysis that `dump` wrote; those that an older version did not write are left out."""
    found: dict[str, Any] = json.loads(text)
    n_points = len(found["x"])
    for name in _COLUMNS:
        found[name] = _column(found[name], n_points)
    found["chart"] = Chart(found["chart"])
    found["rules"] = RuleSet(found["rules"])
    found["direction"] = Direction(found["direction"])
    found["variation"] = Variation(found["variation"])
    found["assurance"] = None if found["assurance"] is None else Assurance(found["assurance"])
    found["meaning"] = tuple(None if word is None else Meaning(word) for word in found["meaning"])
    found["signals"] = {Signal(name): _column(flags, n_points) for name, flags in found["signals"].items()}
    found["runs"] = tuple(Runs(**item) for item in found["runs"])
    found["warnings"] = tuple(Caution(**item) for item in found["warnings"])
    found["suggestions"] = tuple(
        Suggestion(**{**item, "meaning": Meaning(item["meaning"])}) for item in found["suggestions"]
    )
    if "close_to" in found:
        near = found["close_to"]
        confirm = tuple(Confirm(**one) for one in near["confirm"])
        found["close_to"] = CloseTo(near["state"], tuple(near["because"]), confirm)
    if "other_charts" in found:
        found["other_charts"] = tuple(
            OtherChart(**{**item, "chart": Chart(item["chart"])}) for item in found["other_charts"]
        )
        found["both"] = tuple(found["both"])
        found["targets"] = None if found["targets"] is None else tuple(found["targets"])
    return found
