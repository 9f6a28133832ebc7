"""A stored cycle as the method takes it: its state on a day, and its hints."""

from collections.abc import Iterable

from qitracker.findings import cycle_state as state
from qitracker.method import cycles as method
from qitracker.method.cycle_hints import Hint, hints
from qitracker.method.cycles import Prediction
from qitracker.models import Cycle

__all__ = ["as_method", "by_field", "hints_for", "state"]

HINT_PLACES = {"predictions": "prediction_1", "has_measure": "series_id", "logistics": "who_where"}
"""Where a hint stands when the form's field has another name than the method's."""


def as_method(cycle: Cycle, *, with_rows: bool = True) -> method.Cycle:
    """The cycle as the method's value. Without its rows no question is loaded: enough for the ones before."""
    rows = cycle.questions if with_rows else []
    return method.Cycle(
        number=cycle.number,
        title=cycle.title,
        idea_key=str(cycle.idea_id) if cycle.idea_id else None,
        kind=cycle.kind,
        scale=cycle.scale,
        objective=cycle.objective,
        question="\n".join(row.question for row in rows if row.question),
        predictions=tuple(Prediction(row.prediction, row.verdict) for row in rows if row.prediction),
        change=cycle.change,
        logistics=cycle.who_where,
        data_plan=cycle.data_plan,
        has_measure=cycle.series_id is not None,
        planned_start=cycle.planned_start,
        planned_end=cycle.planned_end,
        started=cycle.started,
        ended=cycle.ended,
        as_planned=cycle.as_planned,
        happened=cycle.happened,
        findings=cycle.findings,
        learnt=cycle.learnt,
        decision=cycle.decision,
        next_change=cycle.next_change,
    )


def hints_for(cycle: Cycle, ramp: Iterable[Cycle]) -> tuple[Hint, ...]:
    """What would make this cycle teach more; `ramp` are the cycles of its idea."""
    return hints(as_method(cycle), [as_method(one, with_rows=False) for one in ramp if one.id != cycle.id])


def by_field(found: Iterable[Hint]) -> dict[str, str]:
    """The hints by the form field they stand beside; the most useful wins where two share one."""
    placed: dict[str, str] = {}
    for hint in found:
        placed.setdefault(HINT_PLACES.get(hint.field, hint.field), hint.sentence)
    return placed
