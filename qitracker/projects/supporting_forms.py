"""Forms of barriers, pauses, scores, adopting and closing."""

from typing import Any

from wtforms.validators import ValidationError

from qitracker.method.score import SCALE
from qitracker.method.stalled.closing import CLOSINGS, ClosingReason
from qitracker.method.stalled.holds import HoldKind, why_not_hold
from qitracker.method.stalled.settings import DEFAULTS, Settings
from qitracker.method.stalled.stuck import STUCK_ON
from qitracker.models import Series
from qitracker.people.forms import Email
from qitracker.plumbing import clock
from qitracker.plumbing.forms import Choice, Day, Form, Needed, Pick, Tick, Words, to

SCORES = [(str(round(grade.value * 10)), f"{grade.value:.1f}  {grade.name}") for grade in SCALE]


class BarrierForm(Form):
    """Something in the way."""

    text = Words("What is in the way?", [Needed("Say what is in the way")], longest=500, rows=2)
    stuck_on = Pick(
        "What kind is it?",
        choices=[("", "Something else"), *((code.value, one.name) for code, one in STUCK_ON.items())],
        hint="If it is one of these, we show what most often helps.",
    )  # fmt: skip
    escalate = Tick("Ask our sponsor to move it")


class ClearForm(Form):
    """It is out of the way."""

    how = Words("What helped? (optional)", longest=500)


class PauseForm(Form):
    """Resting the work until a day. `settings` are the numbers of the organisation."""

    why = Words("Why does it rest?", [Needed("Say why, so that others understand it later")], longest=500, rows=2)
    until = Day("When do you look at it again?", [Needed("Enter the day on which you look at it again")])
    restarts = Pick("Who takes it up again?", [Needed("Choose who takes it up again")])

    settings: Settings = DEFAULTS

    def validate_until(self, field: Any) -> None:
        reason = why_not_hold(HoldKind.PAUSE, clock.today(), field.data, "given", self.settings)
        if reason is not None:
            raise ValidationError(reason.sentence)


class AdoptForm(Form):
    """Taking the lead of a project that has none."""

    why = Words("What makes you take it up? (optional)", longest=500, rows=2, hint="The team and your coach read it.")


class NameLeadForm(Form):
    """Who leads a private project that nobody leads any more."""

    email = Email(
        "Who leads it from now on?",
        [Needed("Enter the e-mail address of who leads it")],
        hint="The e-mail address of somebody who works here. From then on they see all of it; you do not.",
    )
    why = Words("Why this person?", [Needed("Say why: the team reads it")], longest=300, rows=2)


class TeamScoreForm(Form):
    """The team's own progress score."""

    score = Pick(
        "Your progress score", [Needed("Choose a score")], choices=[("", "Choose a score"), *SCORES],
        hint="Where are you today? It may go down too: that is worth knowing.",
    )  # fmt: skip
    why = Words("Why?", [Needed("Give your reason in a sentence")], longest=500, rows=2)


class CloseForm(Form):
    """Closing a project: how it ended, what was learnt, why now."""

    closing = Choice(
        "How did it end?",
        [Needed("Choose how it ended")],
        coerce=to(ClosingReason),
        choices=[(reason.value, words.name) for reason, words in CLOSINGS.items()],
        hints={reason.value: words.meaning for reason, words in CLOSINGS.items()},
    )
    learnt = Words(
        "What would you tell the next team?",
        longest=2000,
        rows=4,
        hint="What worked, what did not, what you would do first. Others find it when they start something alike.",
    )
    why = Words("Why now?", [Needed("Say why in a sentence: others will look for it")], longest=500, rows=2)

    def validate_learnt(self, field: Any) -> None:
        if not field.data and self.closing.data is not None and CLOSINGS[self.closing.data].with_learning:
            raise ValidationError("Write down what you learnt: this ending has something to teach")


def close_form(series: list[Series], *, empty: bool = False) -> CloseForm:
    """The form with a box for each series: which of them stay watched."""
    fields = {f"watch_{one.id.hex}": Tick(name_of(one), default=True) for one in series}
    kind: type[CloseForm] = type("CloseSeriesForm", (CloseForm,), fields)
    return kind(formdata=None) if empty else kind()


def name_of(series: Series) -> str:
    """The measure, and the group where there is one."""
    return f"{series.measure.name}, {series.group}" if series.group else series.measure.name
