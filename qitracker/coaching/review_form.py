"""The form of a coach review: one page, five minutes."""

from datetime import date, timedelta
from typing import Any

from wtforms.validators import ValidationError

from qitracker.method.score import SCALE
from qitracker.method.stalled.stuck import STUCK_ON
from qitracker.plumbing import clock
from qitracker.plumbing.forms import Day, Form, Pick, Words

NEXT_REVIEW_AFTER = timedelta(weeks=4)
"""IHI collaboratives: director and team look at each project monthly."""

SAYS_SOMETHING = ("going_well", "stuck_on", "advice", "next_step", "score")


class ReviewForm(Form):
    """What a coach saw and what comes next. Every box may stay empty, but not all of them."""

    going_well = Words("What is going well?", longest=1000, rows=2)
    stuck_on = Pick(
        "What is it stuck on?", choices=[("", "Nothing")] + [(c.value, w.name) for c, w in STUCK_ON.items()]
    )
    advice = Words(
        "Your advice to the team", longest=2000, rows=3,
        hint="The team sees it on its first page, and answers.",
    )  # fmt: skip
    next_step = Words("Agreed next step", longest=500, rows=2)
    owner = Pick("Who does it?")
    next_step_on = Day("By when?", ahead=730)
    score = Pick(
        "Your progress score",
        choices=[("", "Leave it as it is")]
        + [(str(round(grade.value * 10)), f"{grade.value:.1f}  {grade.name}") for grade in SCALE],
        coerce=lambda word: int(word) if word.isdecimal() else None,
        hint="What do you see? It may go down too.",
    )
    why = Words("Why this score?", longest=500, rows=2)
    help_wanted = Words(
        "Help wanted from the sponsor", longest=500, rows=2,
        hint="It stands on the project’s page as something in the way, until it is cleared.",
    )  # fmt: skip
    next_review = Day("Next review", ahead=400)

    def validate_going_well(self, field: Any) -> None:
        if not any(self[name].data for name in SAYS_SOMETHING):
            field.errors = [*field.errors]
            raise ValidationError("Write at least one line: what you saw, or what comes next")

    def validate_next_step_on(self, field: Any) -> None:
        if field.data is not None and field.data < clock.today():
            raise ValidationError("Choose a day that is still to come")
        if field.data is not None and not self.next_step.data:
            raise ValidationError("Say what is done by then, or leave the date empty")

    def validate_why(self, field: Any) -> None:
        if self.score.data is not None and not field.data:
            raise ValidationError("Give your reason in a sentence: the team reads it")

    def validate_next_review(self, field: Any) -> None:
        if field.data is not None and field.data <= clock.today():
            raise ValidationError("Choose a day after today")


def next_review_from(today: date) -> date:
    """The day that is offered for the next review."""
    return today + NEXT_REVIEW_AFTER
