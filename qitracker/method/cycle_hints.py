"""Hints that make a PDSA cycle teach more. They show beside the form and never block it.

The principles are those counted by McNicholas et al., BMJ Quality and Safety 28:356 (2019), doi
10.1136/bmjqs-2017-007605: all four stages written, an explicit prediction, tests in a series, a scale that grows, and
regular data over time. Prediction and data over time are where that study found most to gain, so they come first.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from qitracker.method.cycles import SCALE_WORDS, SCALES, Cycle, CycleKind, Decision, Scale, is_wider


@dataclass(frozen=True, slots=True)
class Hint:
    """`field` is the name of the field of `Cycle` it stands beside."""

    code: str
    field: str
    sentence: str


WIDEST_FIRST_TEST = Scale.ONE_DAY
"""A first test that fails at up to a day costs little. Ours, after Langley et al. (2009), chapter 7: test small."""

LARGEST_STEP = 2
"""A test may grow by up to two scales at a time: from a patient to a day, from a day to a ward. Ours."""

TRIES_A_CHANGE = frozenset({CycleKind.TEST, CycleKind.IMPLEMENT})


def hints(cycle: Cycle, earlier: Iterable[Cycle] = ()) -> tuple[Hint, ...]:
    """What would make this cycle teach more, the most useful first.

    `earlier` are the other cycles of the same change idea, in any order; those that do not come before are left out.
    """
    before = sorted((other for other in earlier if other.number < cycle.number), key=lambda other: other.number)
    return tuple(hint for rule in RULES if (hint := rule(cycle, before)) is not None)


def _prediction_missing(cycle: Cycle, _before: Sequence[Cycle]) -> Hint | None:
    if cycle.kind is CycleKind.DEVELOP or any(prediction.text.strip() for prediction in cycle.predictions):
        return None
    return Hint(
        "no_prediction", "predictions", "Write down what you think will happen. You learn most when it does not."
    )


def _data_missing(cycle: Cycle, _before: Sequence[Cycle]) -> Hint | None:
    if cycle.has_measure or cycle.kind not in TRIES_A_CHANGE:
        return None
    if not cycle.data_plan.strip():
        return Hint("no_data_plan", "data_plan", "Say what you will look at to see whether it helped.")
    sentence = "Link a measure with numbers over time, so that the test shows on its chart."
    return Hint("no_data_over_time", "has_measure", sentence)


def _not_compared(cycle: Cycle, _before: Sequence[Cycle]) -> Hint | None:
    open_ones = [each for each in cycle.predictions if each.text.strip() and each.verdict is None]
    if not cycle.is_studied or not open_ones:
        return None
    return Hint("not_compared", "predictions", "Say for each prediction whether it was right, partly right or wrong.")


def _scale_missing(cycle: Cycle, _before: Sequence[Cycle]) -> Hint | None:
    if cycle.scale is not None or cycle.kind not in TRIES_A_CHANGE:
        return None
    return Hint("no_scale", "scale", "Say how wide the test is: one patient, one shift, one day.")


def _first_test_too_wide(cycle: Cycle, before: Sequence[Cycle]) -> Hint | None:
    if cycle.kind is not CycleKind.TEST or cycle.scale is None or before:
        return None
    if not is_wider(cycle.scale, WIDEST_FIRST_TEST):
        return None
    return Hint(
        "first_test_wide", "scale", "This is wide for a first test. What could you try with one patient or shift?"
    )


def _scale_jumps(cycle: Cycle, before: Sequence[Cycle]) -> Hint | None:
    last = _last_scale(before)
    if last is None or cycle.scale is None or SCALES.index(cycle.scale) - SCALES.index(last) <= LARGEST_STEP:
        return None
    sentence = f"The last test had a scale of {SCALE_WORDS[last]}. Is there a step in between?"
    return Hint("scale_jumps", "scale", sentence)


def _scale_stays(cycle: Cycle, before: Sequence[Cycle]) -> Hint | None:
    last = _last_scale(before)
    if last is None or cycle.scale is None or before[-1].decision is not Decision.ADOPT:
        return None
    if is_wider(cycle.scale, last) or last is SCALES[-1] or cycle.kind is not CycleKind.TEST:
        return None
    return Hint("scale_stays", "scale", "The last test worked. Could this one be wider, or on another shift?")


def _last_scale(before: Sequence[Cycle]) -> Scale | None:
    return before[-1].scale if before else None


def _made_routine_untested(cycle: Cycle, before: Sequence[Cycle]) -> Hint | None:
    if cycle.kind is not CycleKind.IMPLEMENT or any(other.kind is CycleKind.TEST for other in before):
        return None
    return Hint("untested", "kind", "Test the change first, before it becomes part of the job.")


def _do_missing(cycle: Cycle, _before: Sequence[Cycle]) -> Hint | None:
    if not (cycle.is_studied or cycle.decision) or cycle.happened.strip():
        return None
    return Hint("no_do", "happened", "Write down what happened, surprises too.")


def _study_missing(cycle: Cycle, _before: Sequence[Cycle]) -> Hint | None:
    if cycle.decision is None or cycle.is_studied:
        return None
    return Hint("no_study", "findings", "Write down what the test showed, before you forget why you decided.")


def _alone(cycle: Cycle, before: Sequence[Cycle]) -> Hint | None:
    if cycle.decision is not Decision.ADOPT or before or cycle.kind is not CycleKind.TEST:
        return None
    return Hint("alone", "decision", "This idea was tested once. A second test in other conditions makes you surer.")


Rule = Callable[[Cycle, Sequence[Cycle]], Hint | None]

RULES: tuple[Rule, ...] = (
    _prediction_missing,
    _data_missing,
    _not_compared,
    _scale_missing,
    _first_test_too_wide,
    _scale_jumps,
    _scale_stays,
    _made_routine_untested,
    _do_missing,
    _study_missing,
    _alone,
)
