"""What comes when nothing presses: the next step, the next stage, a review, or rest."""

from datetime import date, timedelta

from qitracker.method.facts import ProjectFacts
from qitracker.method.next_card.card import NextCard
from qitracker.method.next_card.moment import current_stage, is_settled, stage_to_come
from qitracker.method.readiness import why_not_ready
from qitracker.method.stages import Tool

REVIEW_EVERY = timedelta(days=90)
"""Finished work is looked at again each quarter, in step with checks 3, 6 and 12 months after closing. Ours."""


def work_on_step(facts: ProjectFacts, _today: date) -> NextCard | None:
    """The first step of this stage that the team has not settled, with the first thing it lacks."""
    step = next((step for step in current_stage(facts).steps if not is_settled(facts, step)), None)
    if step is None:
        return None
    reasons = why_not_ready(step, facts)
    if reasons:
        title, why = f"Work on {step.name}", reasons[0].sentence
        return NextCard("work_on_step", title, why, "Open this step", Tool.STEP, step.key, step.minutes)
    why = "It has all it needs. Have a last look, and mark it as completed."
    return NextCard("mark_step", f"Is {step.name} done?", why, "Open this step", Tool.STEP, step.key, 1)


def move_on(facts: ProjectFacts, _today: date) -> NextCard | None:
    """All steps of the stage are settled and there is a stage to come."""
    to_come = stage_to_come(facts)
    if to_come is None:
        return None
    why = f"All steps of {current_stage(facts).name} are done. {to_come.purpose}"
    return NextCard("move_on", f"Move on to {to_come.name}", why, "Move on", Tool.STAGE, to_come.key, 1)


def review(facts: ProjectFacts, today: date) -> NextCard | None:
    """All is done. From time to time, look together at whether it lasts."""
    if facts.reviewed is not None and today - facts.reviewed < REVIEW_EVERY:
        return None
    why = "Look at the charts together. Has the improvement lasted, and who else could use it?"
    return NextCard("review", "Review with your coach", why, "Review", Tool.COACHING, None, 10)


def rest(facts: ProjectFacts, _today: date) -> NextCard:
    """Nothing is waiting. The rule that always answers."""
    key = facts.measures[0].key if facts.measures else None
    why = "Nothing is waiting for you. Have a look at your charts, and thank the people who did this."
    return NextCard("rest", "You are up to date", why, "See the charts", Tool.MEASURES, key, 1)
