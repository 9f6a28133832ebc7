"""The one most useful thing a team can do now.

`RULES` is an ordered table: the first rule with an answer wins, and the last always has one. What should be done while
it is fresh comes first, then what the stage still lacks, then moving on.
"""

from collections.abc import Callable
from datetime import date

from qitracker.method.facts import ProjectFacts
from qitracker.method.next_card import finishing, starting, testing, waiting
from qitracker.method.next_card.card import NextCard

Rule = Callable[[ProjectFacts, date], NextCard | None]

RULES: tuple[Rule, ...] = (
    waiting.study_cycle,
    waiting.decide_cycle,
    waiting.answer_coach,
    waiting.look_at_concern,
    waiting.add_number,
    starting.describe_problem,
    starting.write_aim,
    starting.add_measure,
    starting.add_baseline,
    starting.collect_ideas,
    starting.name_team,
    starting.ask_sponsor,
    starting.draw_drivers,
    testing.choose_idea,
    testing.continue_ramp,
    testing.date_cycle,
    testing.add_prediction,
    testing.end_cycle,
    testing.follow_cycle,
    testing.plan_test,
    finishing.work_on_step,
    finishing.move_on,
    finishing.review,
    finishing.rest,
)


def next_card(facts: ProjectFacts, today: date) -> NextCard:
    """The one card for a project on a day. Raises KeyError for a method or stage that does not exist."""
    return next(card for rule in RULES if (card := rule(facts, today)) is not None)
