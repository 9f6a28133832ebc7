"""The command `qitracker spc`: one series a line in, one answer a line out, as JSON.

A line that cannot be analysed answers why, and the rest go on. What arrives together is worked out together, and
answered before more is read; however many lines come, memory holds some hundreds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TextIO

from qitracker.spc.engine import analyse_each
from qitracker.spc.reading import Asked, Line, groups_of_lines
from qitracker.spc.stored import as_plain
from qitracker.spc.values import Analysis
from qitracker.spc.words import Refused

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
    for lines in groups_of_lines(stdin):
        for answer in answer_lines(lines):
            if "error" in answer:
                status = 1
            stdout.write(json.dumps(answer, allow_nan=False, separators=(",", ":")) + "\n")
        stdout.flush()
    return status


def answer_line(line: Line) -> dict[str, Any]:
    """The answer to one line: the analysis, or an error with its code and message."""
    return next(answer_lines([line]))


def answer_lines(lines: Sequence[Line]) -> Iterator[dict[str, Any]]:
    """The answers to some lines, worked out together."""
    asked = [Asked(line) for line in lines]
    found = iter(analyse_each([one.series for one in asked if not isinstance(one.series, Refused)]))
    for one in asked:
        yield _plain(one, one.series if isinstance(one.series, Refused) else next(found))


def _plain(asked: Asked, answer: Analysis | Refused) -> dict[str, Any]:
    if isinstance(answer, Refused):
        return {"id": asked.name, "error": {"code": answer.code, "message": answer.message}}
    plain = as_plain(answer)
    return {
        "id": asked.name,
        **{key: plain[key] for key in _ANSWER},
        "close_to": {key: plain["close_to"][key] for key in ("state", "because")},
        "suggestions": [*plain["suggestions"], *plain["other_charts"]],
        "warnings": [*plain["warnings"], *({"code": one.code, "message": one.message} for one in asked.cautions)],
    }
