"""What a topic of the manual is made of, and how its examples are run."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from qitracker.spc.command import answer_line


@dataclass(frozen=True)
class Example:
    """A line for `qitracker spc`, and what its answer holds at these paths. x is 1, 2, 3 and so on where none is given.

    A path names keys and places from 0 with dots between: "ucl.0"; over a list it gathers: "warnings.code".
    """

    text: str
    given: Mapping[str, Any]
    answer: Mapping[str, Any]

    def run(self) -> dict[str, Any]:
        line = {"x": list(range(1, len(self.given["y"]) + 1)), **self.given}
        found = answer_line(json.dumps(line))
        return {path: at(found, path) for path in self.answer}


@dataclass(frozen=True)
class Call:
    """A call of a function of `qitracker.spc`, and what its answer holds at these paths."""

    text: str
    function: Callable[..., Any]
    given: tuple[Any, ...]
    named: Mapping[str, Any]
    answer: Mapping[str, Any]

    def run(self) -> dict[str, Any]:
        found = self.function(*self.given, **self.named)
        return {path: at(found, path) for path in self.answer}


@dataclass(frozen=True)
class Topic:
    """One topic: a heading, a paragraph or two, examples."""

    title: str
    words: str
    examples: tuple[Example | Call, ...]


def at(found: Any, path: str) -> Any:
    """What stands at the path, as plain lists, numbers and words."""
    for step in path.split("."):
        if isinstance(found, list | tuple):
            found = found[int(step)] if step.lstrip("-").isdigit() else [_step(one, step) for one in found]
        else:
            found = _step(found, step)
    return list(found) if isinstance(found, tuple) else found


def _step(found: Any, step: str) -> Any:
    return found[step] if isinstance(found, Mapping) else getattr(found, step)
