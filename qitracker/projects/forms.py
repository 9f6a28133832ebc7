"""Forms of a project."""

from typing import Any

from wtforms.validators import ValidationError

from qitracker.method.stages import Step
from qitracker.method.steps import STEP_STATUS_WORDS, StepStatus
from qitracker.models import Level
from qitracker.people.forms import Email
from qitracker.plumbing.forms import Choice, Day, Form, Needed, Number, Pick, Words, choices, to

LEVELS = {
    Level.MICRO: ("Micro", "One ward or team."),
    Level.MESO: ("Meso", "A pathway or several teams, such as a Big Room."),
    Level.MACRO: ("Macro", "Many teams together, such as a collaborative."),
}


class RegisterForm(Form):
    """Five fields; the rest is asked when a step needs it."""

    title = Words(
        "What will be better?",
        [Needed("Enter a title")],
        longest=90,
        hint="A short title, for example Fewer falls at night",
    )
    problem = Words(
        "What is the problem?",
        [Needed("Say what the problem is")],
        longest=2000,
        rows=4,
        hint="What happens that should not, where, and for whom. Two sentences are enough.",
    )
    unit = Pick("Where?", [Needed("Choose a place")])
    lead = Email(
        "Who leads it?", [Needed("Enter the lead's e-mail address")], hint="The e-mail address they sign in with."
    )
    level = Choice(
        "How wide is it?",
        [Needed("Choose how wide it is")],
        coerce=to(Level),
        choices=[(level.value, name) for level, (name, _) in LEVELS.items()],
        hints={level.value: hint for level, (_, hint) in LEVELS.items()},
    )


class AimForm(Form):
    """The aim in parts."""

    series_id = Pick("Which measure shows it?", hint="Leave it open if there is no measure yet.")
    what = Words(
        "What will change?",
        [Needed("Say what should change, as something you can count")],
        longest=200,
        hint="Such as: falls with harm",
    )
    population = Words("For whom, or where?", longest=200, hint="Such as: people over 65 on Ward 18")
    unit = Words("Counted in", longest=40, hint="Such as: %, per 1,000 bed days, minutes")
    start = Number("From (where you are now)", hint="A number, such as 12")
    target = Number("To (where you want to be)", hint="A number, such as 6")
    by_date = Day("By when?")


class MoveForm(Form):
    """Moving to another stage."""

    why = Words("Why now? (optional)", longest=500)


class EvidenceForm(Form):
    """Something that shows a step was done: a thing of this project, or a few words with a link."""

    thing = Pick("Something in this project", hint="Or leave this, and say below what it is.")

    words = Words(
        "What is it?",
        longest=300,
        hint="For example: process map of the booking visit",
    )
    address = Words(
        "Link (optional)", longest=500, hint="An address on your own network or the web, starting with https://"
    )

    def validate_address(self, field: Any) -> None:
        if field.data and not field.data.startswith(("https://", "http://")):
            raise ValidationError("Enter a link that starts with https://, or leave this empty")

    def validate_words(self, field: Any) -> None:
        if not field.data and not self.thing.data:
            raise ValidationError("Choose something above, or say what it is in a few words")


def step_form(step: Step, team: list[tuple[str, str]], *, empty: bool = False) -> Form:
    """The form of one step: its questions, an owner, a date, a status."""
    fields: dict[str, Any] = {
        f"answer_{question.key}": Words(
            question.label, longest=question.max_length, rows=4 if question.max_length > 300 else 2, hint=question.hint
        )
        for question in step.asks
    }
    fields["owner"] = Pick("Who looks after this step?", choices=[("", "Nobody yet"), *team])
    fields["due"] = Day("When should it be done?")
    fields["status"] = Choice(
        "How far is it?", [Needed("Choose how far it is")], coerce=to(StepStatus), choices=choices(STEP_STATUS_WORDS)
    )
    kind: type[Form] = type("StepForm", (Form,), fields)
    return kind(formdata=None) if empty else kind()
