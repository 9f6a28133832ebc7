"""What a step or a stage still lacks before a team moves on. Advice only: a team may always move on.

Each `Need` of a step is one rule in a table, so a method is data and a rule is written once.
"""

from collections.abc import Callable, Mapping

from qitracker.method.cycles import CycleState, Decision
from qitracker.method.facts import ProjectFacts
from qitracker.method.ideas import IdeaStatus
from qitracker.method.measures import MeasureKind, measure_set_checks
from qitracker.method.reasons import Reason
from qitracker.method.stages import Need, Stage, Step
from qitracker.method.steps import SETTLED, status_of

BASELINE_POINTS = 12
"""From 12 points on a chart can have trial limits: Provost and Murray, The Health Care Data Guide (2011),
chapter 4."""

FEWEST_IN_TEAM = 3
"""A charter names at least 3 people: IHI, Assessment Scale for Collaboratives, score 1.0."""

Rule = Callable[[Step, ProjectFacts], tuple[Reason, ...]]


def why_not_ready(step: Step, facts: ProjectFacts) -> tuple[Reason, ...]:
    """What a step still lacks, in the order of its needs. Empty once it has all, or is not needed here."""
    return tuple(reason for need in step.needs for reason in RULES[need](step, facts))


def gate(stage: Stage, facts: ProjectFacts) -> tuple[Reason, ...]:
    """What a stage still lacks: each step that is not settled, with the first thing it lacks.

    A step that the team calls done or not needed is not asked about again.
    """
    open_steps = [step for step in stage.steps if status_of(facts.statuses, step.key) not in SETTLED]
    return tuple(_at_gate(step, why_not_ready(step, facts)) for step in open_steps)


def _at_gate(step: Step, reasons: tuple[Reason, ...]) -> Reason:
    if not reasons:
        return Reason(f"{step.key}_not_marked", f"{step.name} looks ready. Mark it as completed.")
    return Reason(f"{step.key}_{reasons[0].code}", f"{step.name}: {reasons[0].sentence}")


def _when(missing: bool, code: str, sentence: str) -> tuple[Reason, ...]:
    return (Reason(code, sentence),) if missing else ()


def _answers(step: Step, facts: ProjectFacts) -> tuple[Reason, ...]:
    given = facts.answered.get(step.key, frozenset())
    first = step.asks[0]
    return _when(first.key not in given, "no_answer", f"Answer “{first.label}”")


def _picture(step: Step, facts: ProjectFacts) -> tuple[Reason, ...]:
    return _when(not facts.attached.get(step.key), "no_picture", "Add a link to your picture, or say where it hangs.")


def _aim(_step: Step, facts: ProjectFacts) -> tuple[Reason, ...]:
    if facts.aim is None:
        return (Reason("no_aim", "Write the aim."),)
    n = facts.aim.n_missing
    return _when(n > 0, "aim_incomplete", f"The aim still lacks {n} {'part' if n == 1 else 'parts'}.")


def _baseline(_step: Step, facts: ProjectFacts) -> tuple[Reason, ...]:
    if not facts.measures:
        return (Reason("no_measure", "Add a measure that shows the problem."),)
    most = max(measure.n_points for measure in facts.measures)
    sentence = f"Add numbers from before any change: you have {most}, and {BASELINE_POINTS} make a good start."
    return _when(most < BASELINE_POINTS, "few_points", sentence)


def _measure_set(_step: Step, facts: ProjectFacts) -> tuple[Reason, ...]:
    return measure_set_checks(measure.kind for measure in facts.measures)


def _fresh_data(_step: Step, facts: ProjectFacts) -> tuple[Reason, ...]:
    has_points = any(measure.n_points for measure in facts.measures)
    return _when(not has_points, "no_points", "Add numbers to a measure, so that you can see the effect.")


def _ideas(_step: Step, facts: ProjectFacts) -> tuple[Reason, ...]:
    return _when(not facts.ideas, "no_ideas", "Write down the ideas people have.")


def _priorities(_step: Step, facts: ProjectFacts) -> tuple[Reason, ...]:
    unchosen = all(idea.status is IdeaStatus.NEW for idea in facts.ideas)
    return _when(unchosen, "nothing_chosen", "Choose at least one idea to test first.")


def _idea_in_test(_step: Step, facts: ProjectFacts) -> tuple[Reason, ...]:
    untested = not any(idea.tested for idea in facts.ideas)
    return _when(untested, "nothing_tested", "Plan a small test of one idea.")


def _drivers(_step: Step, facts: ProjectFacts) -> tuple[Reason, ...]:
    return _when(not facts.drivers.n_primary, "no_drivers", "Draw the driver diagram: what must be true?")


def _team(_step: Step, facts: ProjectFacts) -> tuple[Reason, ...]:
    small = facts.n_team < FEWEST_IN_TEAM
    return _when(small, "small_team", f"Name at least {FEWEST_IN_TEAM} people in the team.")


def _sponsor(_step: Step, facts: ProjectFacts) -> tuple[Reason, ...]:
    return _when(not facts.has_sponsor, "no_sponsor", "Ask a leader to be the sponsor.")


def _service_user(_step: Step, facts: ProjectFacts) -> tuple[Reason, ...]:
    lonely = not facts.has_service_user
    return _when(lonely, "no_service_user", "Ask a patient, carer or service user to join, if you can.")


def _cycle_planned(_step: Step, facts: ProjectFacts) -> tuple[Reason, ...]:
    return _when(not facts.cycles, "no_cycle", "Plan a first small test.")


def _cycle_studied(_step: Step, facts: ProjectFacts) -> tuple[Reason, ...]:
    studied = any(cycle.state in (CycleState.STUDIED, CycleState.DECIDED) for cycle in facts.cycles)
    return _when(not studied, "no_cycle_studied", "Finish a test and write down what you learnt.")


_KEPT = (IdeaStatus.ADOPTED, IdeaStatus.SPREAD)


def _change_adopted(_step: Step, facts: ProjectFacts) -> tuple[Reason, ...]:
    adopted = any(idea.status in _KEPT for idea in facts.ideas) or any(
        cycle.decision is Decision.ADOPT for cycle in facts.cycles
    )
    return _when(not adopted, "nothing_adopted", "Adopt a change that your tests show to help.")


def _aim_reviewed(_step: Step, facts: ProjectFacts) -> tuple[Reason, ...]:
    has_outcome = any(measure.kind is MeasureKind.OUTCOME and measure.n_points for measure in facts.measures)
    missing = facts.aim is None or not has_outcome
    return _when(missing, "no_result", "To say what improved you need an aim and numbers of an outcome measure.")


RULES: Mapping[Need, Rule] = {
    Need.ANSWERS: _answers,
    Need.PICTURE: _picture,
    Need.AIM: _aim,
    Need.BASELINE: _baseline,
    Need.MEASURE_SET: _measure_set,
    Need.FRESH_DATA: _fresh_data,
    Need.IDEAS: _ideas,
    Need.PRIORITIES: _priorities,
    Need.IDEA_IN_TEST: _idea_in_test,
    Need.DRIVERS: _drivers,
    Need.TEAM: _team,
    Need.SPONSOR: _sponsor,
    Need.SERVICE_USER: _service_user,
    Need.CYCLE_PLANNED: _cycle_planned,
    Need.CYCLE_STUDIED: _cycle_studied,
    Need.CHANGE_ADOPTED: _change_adopted,
    Need.AIM_REVIEWED: _aim_reviewed,
}
