"""An analysis as JSON, for a database or a pipe, and back."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from qitracker.spc.close_to import CloseTo, Confirm
from qitracker.spc.values import Analysis, Caution, OtherChart, Runs, Suggestion
from qitracker.spc.words import Assurance, Chart, Direction, Meaning, RuleSet, Signal, Variation

_NAMES = tuple(field.name for field in fields(Analysis))
_LISTS = ("runs", "warnings", "suggestions", "other_charts")
_NUMBERS = ("x", "y", "n", "phase", "baseline", "included", "cl", "lcl", "ucl", "sigma")


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
    return json.dumps(as_plain(analysis), allow_nan=False, separators=(",", ":"))


def fields_of(text: str) -> dict[str, Any]:
    """The fields of the analysis that `dump` wrote; those that an older version did not write are left out."""
    found: dict[str, Any] = json.loads(text)
    for name in _NUMBERS:
        found[name] = tuple(found[name])
    found["chart"] = Chart(found["chart"])
    found["rules"] = RuleSet(found["rules"])
    found["direction"] = Direction(found["direction"])
    found["variation"] = Variation(found["variation"])
    found["assurance"] = None if found["assurance"] is None else Assurance(found["assurance"])
    found["meaning"] = tuple(None if word is None else Meaning(word) for word in found["meaning"])
    found["signals"] = {Signal(name): tuple(flags) for name, flags in found["signals"].items()}
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
