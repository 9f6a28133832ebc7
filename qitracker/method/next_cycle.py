"""What the next cycle of a ramp takes over from the one before."""

from collections.abc import Callable, Mapping
from typing import Any

from qitracker.method.cycles import SCALES, Cycle, CycleKind, Decision, Prediction, Scale

READY_TO_IMPLEMENT = Scale.ONE_WARD
"""A change adopted on a whole ward is ready to become part of the job; below that it is tested wider first. Ours."""


def carried_over(cycle: Cycle) -> dict[str, Any]:
    """Fields of `Cycle`, with their values, that the next cycle starts with. Dates and results never carry over.

    Adopt: the same change a scale wider, or made part of the job. Adapt: the changed change at the same scale, with the
    same question. Repeat: the whole plan, to run in other conditions. Abandon, or no decision: nothing.
    """
    if cycle.decision is None:
        return {}
    return _FIELDS[cycle.decision](cycle)


def _copied(cycle: Cycle, *names: str) -> dict[str, Any]:
    return {name: getattr(cycle, name) for name in names}


def _after_adopt(cycle: Cycle) -> dict[str, Any]:
    fields = _copied(cycle, "idea_key", "title", "objective", "change", "data_plan", "has_measure")
    is_wide = cycle.scale is not None and SCALES.index(cycle.scale) >= SCALES.index(READY_TO_IMPLEMENT)
    return fields | {"kind": CycleKind.IMPLEMENT if is_wide else CycleKind.TEST, "scale": scale_after(cycle.scale)}


def _after_adapt(cycle: Cycle) -> dict[str, Any]:
    fields = _copied(cycle, "idea_key", "title", "objective", "kind", "scale", "question", "data_plan", "has_measure")
    return fields | {"change": cycle.next_change.strip() or cycle.change}


def _after_repeat(cycle: Cycle) -> dict[str, Any]:
    plan = ("idea_key", "title", "objective", "kind", "scale", "question", "change", "logistics", "data_plan")
    predictions = tuple(Prediction(each.text) for each in cycle.predictions)
    return _copied(cycle, *plan, "has_measure") | {"predictions": predictions}


def _after_abandon(_cycle: Cycle) -> dict[str, Any]:
    return {}


_FIELDS: Mapping[Decision, Callable[[Cycle], dict[str, Any]]] = {
    Decision.ADOPT: _after_adopt,
    Decision.ADAPT: _after_adapt,
    Decision.REPEAT: _after_repeat,
    Decision.ABANDON: _after_abandon,
}


def scale_after(scale: Scale | None) -> Scale | None:
    """The next wider scale; the widest stays, and unknown stays unknown."""
    return None if scale is None else SCALES[min(SCALES.index(scale) + 1, len(SCALES) - 1)]
