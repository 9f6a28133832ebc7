"""Each part of a cycle as its form shows it, and a mark that changes when what is stored of that part does.

The mark is the form's version. It belongs to the part: whoever writes down what happened is not stopped because
somebody else corrected the plan.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from types import SimpleNamespace
from typing import Any

from qitracker.models import Cycle
from qitracker.plumbing.history import plain

MOST_QUESTIONS = 6
MOST_TASKS = 8


class Part(StrEnum):
    """The four parts of a cycle."""

    PLAN = "plan"
    DO = "do"
    STUDY = "study"
    ACT = "act"


COLUMNS: dict[Part, tuple[str, ...]] = {
    Part.PLAN: (
        "idea_id",
        "title",
        "owner_id",
        "kind",
        "scale",
        "planned_start",
        "planned_end",
        "objective",
        "change",
        "who_where",
        "data_plan",
        "series_id",
        "stop_rule",
        "who_must_know",
    ),
    Part.DO: ("started", "ended", "as_planned", "happened", "surprises", "comments"),
    Part.STUDY: ("findings", "learnt", "side_effects"),
    Part.ACT: ("decision", "next_change", "confidence", "why"),
}


class YesNo(StrEnum):
    """Yes and no as radio buttons; neither picked is None."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan as typed: columns by name, a new idea's text or "", questions with predictions, tasks with names.

    Rows keep their places, empty ones too, so that each finds its stored row again.
    """

    columns: dict[str, Any]
    new_idea: str = ""
    questions: tuple[tuple[str, str], ...] = ()
    tasks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A quick note from the ward: four boxes, the idea, a day and a decision."""

    columns: dict[str, Any] = field(default_factory=dict)
    new_idea: str = ""


def stored(cycle: Cycle, part: Part) -> dict[str, Any]:
    """What is stored of a part, by the names of its form's fields."""
    values = {name: getattr(cycle, name) for name in COLUMNS[part]}
    return values | _ROWS[part](cycle)


def sheet(cycle: Cycle, part: Part) -> SimpleNamespace:
    """The same as an object for the form to fill itself from, with its version."""
    values = stored(cycle, part)
    mark = sha256(repr(sorted((plain(values) or {}).items())).encode()).hexdigest()[:16]
    return SimpleNamespace(**values, version=mark)


def _plan_rows(cycle: Cycle) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for place in range(MOST_QUESTIONS):
        row = cycle.questions[place] if place < len(cycle.questions) else None
        found[f"question_{place + 1}"] = row.question if row else ""
        found[f"prediction_{place + 1}"] = row.prediction if row else ""
    for place in range(MOST_TASKS):
        task = cycle.tasks[place] if place < len(cycle.tasks) else None
        found[f"task_{place + 1}"] = task.text if task else ""
        found[f"who_{place + 1}"] = task.who if task else ""
    return found


def _do_rows(cycle: Cycle) -> dict[str, Any]:
    as_planned = None if cycle.as_planned is None else (YesNo.YES if cycle.as_planned else YesNo.NO)
    return {"as_planned": as_planned} | {f"done_{task.id}": task.is_done for task in cycle.tasks}


def _study_rows(cycle: Cycle) -> dict[str, Any]:
    verdicts = {f"verdict_{row.id}": row.verdict for row in cycle.questions}
    return verdicts | {f"saw_{row.id}": row.saw for row in cycle.questions}


def _act_rows(cycle: Cycle) -> dict[str, Any]:
    return {"confidence": None if cycle.confidence is None else str(cycle.confidence)}


_ROWS = {Part.PLAN: _plan_rows, Part.DO: _do_rows, Part.STUDY: _study_rows, Part.ACT: _act_rows}
