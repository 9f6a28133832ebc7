"""What the form of the next cycle starts with: the method decides what carries over, this puts it into boxes."""

from typing import Any

from qitracker.cycles.forms import PlanForm
from qitracker.cycles.sheets import MOST_QUESTIONS, MOST_TASKS
from qitracker.cycles.values import as_method
from qitracker.method.next_cycle import carried_over
from qitracker.models import Cycle

SAME_NAME = ("title", "objective", "change", "data_plan", "kind", "scale")


def carry_into(form: PlanForm, before: Cycle) -> None:
    """Fill the boxes of a new plan from the cycle before."""
    carried = carried_over(as_method(before))
    for name in SAME_NAME:
        if name in carried:
            form[name].data = carried[name]
    form.idea_id.data = before.idea_id if "idea_key" in carried or not before.decision else None
    if not carried:
        return
    form.owner_id.data = before.owner_id
    if carried.get("has_measure"):
        form.series_id.data = before.series_id
    if "logistics" in carried:
        form.who_where.data, form.stop_rule.data = before.who_where, before.stop_rule
        form.who_must_know.data = before.who_must_know
        _carry_tasks(form, before)
    _carry_questions(form, before, carried)


def _carry_questions(form: PlanForm, before: Cycle, carried: dict[str, Any]) -> None:
    if "question" not in carried:
        return
    for place, row in enumerate(before.questions[:MOST_QUESTIONS], 1):
        form[f"question_{place}"].data = row.question
        form[f"prediction_{place}"].data = row.prediction if "predictions" in carried else ""


def _carry_tasks(form: PlanForm, before: Cycle) -> None:
    for place, task in enumerate(before.tasks[:MOST_TASKS], 1):
        form[f"task_{place}"].data, form[f"who_{place}"].data = task.text, task.who
