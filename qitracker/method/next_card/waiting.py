"""What is waiting: a test to study, a decision, the coach, a number that is due, a chart that turned."""

from datetime import date, timedelta

from qitracker.method.cycles import CycleState
from qitracker.method.dates import MONTHS, recently_in_words
from qitracker.method.facts import MeasureFacts, ProjectFacts
from qitracker.method.measures import Rhythm, period_name, periods_missing
from qitracker.method.next_card.card import NextCard
from qitracker.method.next_card.moment import in_state, is_past_testing, quoted
from qitracker.method.stages import Tool

QUIET_AFTER_REVIEW = timedelta(days=30)
"""A chart that turned is not brought up again for a month after team and coach looked at it together. Ours."""


def study_cycle(facts: ProjectFacts, today: date) -> NextCard | None:
    """A test is over and nobody has written down what it showed."""
    for cycle in in_state(facts, CycleState.TO_STUDY):
        ended = f" finished {recently_in_words(cycle.end, today)}" if cycle.end else " is over"
        return NextCard(
            "study_cycle",
            f"Study PDSA cycle {cycle.number}",
            f"Your {quoted(cycle.title)} test{ended}. Write down what you saw while it is fresh.",
            "Study this cycle",
            Tool.CYCLES,
            cycle.key,
            3,
        )
    return None


def decide_cycle(facts: ProjectFacts, _today: date) -> NextCard | None:
    """A test is studied, and what comes of it is open."""
    for cycle in in_state(facts, CycleState.STUDIED):
        return NextCard(
            "decide_cycle",
            f"Decide on PDSA cycle {cycle.number}",
            f"You wrote down what {quoted(cycle.title)} showed. Adopt it, adapt it, or abandon it?",
            "Decide",
            Tool.CYCLES,
            cycle.key,
            2,
        )
    return None


def answer_coach(facts: ProjectFacts, today: date) -> NextCard | None:
    """The coach asked something and waits."""
    word = facts.coach_word
    if word is None or not word.asks or word.answered:
        return None
    return NextCard(
        "answer_coach",
        "Answer your coach",
        f"Your coach asked you something {recently_in_words(word.on, today)}.",
        "Read and answer",
        Tool.COACHING,
        word.key or None,
        5,
    )


def look_at_concern(facts: ProjectFacts, today: date) -> NextCard | None:
    """After the testing, a chart turned the wrong way: the gain may be slipping."""
    talked = facts.reviewed is not None and today - facts.reviewed < QUIET_AFTER_REVIEW
    if talked or not is_past_testing(facts):
        return None
    for measure in facts.measures:
        if measure.variation.startswith("concern"):
            return NextCard(
                "look_at_concern",
                f"Look at {measure.name}",
                "The chart shows a change for the worse. Talk about what is different since then.",
                "See the chart",
                Tool.MEASURES,
                measure.key,
                5,
            )
    return None


def add_number(facts: ProjectFacts, today: date) -> NextCard | None:
    """A number is due. The measure that has waited longest comes first."""
    waiting = [measure for measure in facts.measures if measure.next_due is not None and measure.next_due <= today]
    if not waiting:
        return None
    measure = min(waiting, key=lambda found: (found.next_due or date.max, found.name, found.key))
    missing = _missing(measure, today)
    return NextCard(
        "add_number",
        _number_title(measure, missing),
        _number_reason(measure, missing),
        "Add the number" if len(missing) <= 1 else "Add the numbers",
        Tool.MEASURES,
        measure.key,
        1 if len(missing) <= 1 else 2,
    )


def _missing(measure: MeasureFacts, today: date) -> tuple[date, ...]:
    return () if measure.last_point is None else periods_missing(measure.last_point, measure.rhythm, today)


def _number_title(measure: MeasureFacts, missing: tuple[date, ...]) -> str:
    if len(missing) > 1:
        return f"Add {len(missing)} numbers for {measure.name}"
    if not missing:
        return f"Add the next number for {measure.name}"
    if measure.rhythm is Rhythm.MONTH:
        return f"Add {MONTHS[missing[0].month - 1]}’s number"
    return f"Add the number for {_period(missing[0], measure.rhythm)}"


def _number_reason(measure: MeasureFacts, missing: tuple[date, ...]) -> str:
    if not missing:
        return f"A number for {measure.name} is due."
    oldest = _period(missing[0], measure.rhythm)
    if len(missing) == 1:
        return f"{measure.name} has no number yet for {oldest}."
    return f"{measure.name} has no numbers from {oldest} on. A chart without gaps shows a change sooner."


_WITH_ARTICLE = frozenset({Rhythm.WEEK, Rhythm.FORTNIGHT})


def _period(first: date, rhythm: Rhythm) -> str:
    """A period inside a sentence: "the week of 3 Nov 2025", "October 2025"."""
    name = period_name(first, rhythm)
    return f"the {name}" if rhythm in _WITH_ARTICLE else name
