"""Forms of the hub."""

from wtforms import HiddenField

from qitracker.method.intake import INTAKE_ANSWERS, IntakeAnswer
from qitracker.plumbing.forms import Choice, Day, Form, Needed, Number, Words, to


class SaveViewForm(Form):
    """A name for a list that somebody comes back to."""

    name = Words("Name for this list", [Needed("Enter a name, such as My division")], longest=80)
    query = HiddenField()


class HelpForm(Form):
    """A word of help to a team."""

    text = Words(
        "Your words to the team",
        [Needed("Write what you offer: a sentence is enough")],
        longest=2000,
        rows=5,
        hint="The team reads it on its first page and can answer there. Change the words until they are yours.",
    )


class SnoozeForm(Form):
    """Keep a project off the list until a day."""

    why = Words(
        "Why?",
        [Needed("Say why, so that others understand it later")],
        longest=500,
        rows=2,
        hint="For example: spoke to the lead, they restart after the inspection. "
        "The team and all who may read the project find your reason in its history.",
    )
    until = Day("Until when?", [Needed("Enter the day on which it should come back")])


class AnswerForm(Form):
    """The answer to a new project; its buttons carry which."""

    answer = Choice(
        "Answer",
        [Needed("Choose an answer")],
        coerce=to(IntakeAnswer),
        choices=[(answer.value, words.label) for answer, words in INTAKE_ANSWERS.items()],
    )
    join = HiddenField()
    words = Words("A few words of your own (optional)", longest=500, rows=2)


class NumberForm(Form):
    """An organisation's own number for one rule."""

    key = HiddenField()
    value = Number("Own number", [Needed("Enter a number, or go back to the default")], low=0, high=100_000)


class ProgrammeForm(Form):
    """The name of a programme."""

    name = Words("Name of the programme", [Needed("Enter a name, such as Safer medicines")], longest=120)
