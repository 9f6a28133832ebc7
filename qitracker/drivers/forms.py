"""Forms for ideas and drivers."""

import uuid
from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField, SelectMultipleField
from wtforms.validators import StopValidation

from qitracker.method.ideas import HIGHEST_SCORE, LOWEST_SCORE, IdeaStatus
from qitracker.plumbing.forms import Choice, Form, Needed, Pick, Words, to


def as_id(value: Any) -> Any:
    """An id, None for nothing, and what is no id as it was: it matches no choice, so the field says so."""
    if value in {None, "", "None"}:
        return None
    try:
        return uuid.UUID(str(value))
    except ValueError:
        return str(value)


class Ticks(SelectMultipleField):  # type: ignore[misc]  # WTForms has no types
    """Any number of a list, as boxes to tick. Its data is a tuple of ids in the order of the choices."""

    kind = "ticks"

    def __init__(self, label: str, validators: Sequence[Any] = (), *, hint: str = "", **options: Any) -> None:
        super().__init__(label, list(validators), coerce=as_id, **options)
        self.hint = hint

    def process_data(self, value: Any) -> None:
        self.data = tuple(value or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = tuple(dict.fromkeys(as_id(value) for value in valuelist if value))

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 (WTForms' signature)
        known = {as_id(key) for key, _ in self.choices or ()}
        if not known.issuperset(self.data):
            self.data = tuple(key for key in self.data if key in known)
            raise StopValidation("Choose from the list: one that was ticked is no longer there")

    def shown(self, data: Any) -> str:
        return ", ".join(label for key, label in self.choices or () if as_id(key) in data) or "none"


SCORES = {str(score): score for score in range(LOWEST_SCORE, HIGHEST_SCORE + 1)}
ANSWERS = {"yes": True, "no": False}


def _from(table: dict[str, Any]) -> Any:
    """The table's value for a word, or the value itself; None for nothing; any other word stays, and is refused."""

    def coerce(value: Any) -> Any:
        if value in {None, "", "None"}:
            return None
        return value if isinstance(value, int) else table.get(value, str(value))

    return coerce


class Quick(Choice):
    """A choice of a few short words beside each other."""

    def is_chosen(self, value: str) -> bool:
        return self.data is not None and bool(self.coerce(value) == self.data)

    def shown(self, data: Any) -> str:
        return next((label for value, label in self.choices if self.coerce(value) == data), str(data))


class CaptureForm(Form):
    """One line, saved with Enter."""

    text = Words(
        "Your idea",
        [Needed("Write the idea in one line")],
        longest=300,
        hint="One idea at a time, in your own words. No patient names.",
    )


class WeighForm(Form):
    """What the team thinks of an idea."""

    impact = Quick(
        "How much would it help?",
        hint="1 is a little, 5 helps most.",
        choices=[(word, word) for word in SCORES],
        coerce=_from(SCORES),
    )
    effort = Quick(
        "How hard is it to do?",
        hint="1 is easy, 5 is hardest.",
        choices=[(word, word) for word in SCORES],
        coerce=_from(SCORES),
    )
    can_test_now = Quick(
        "Could you test it this week, on a small scale?",
        choices=[("yes", "Yes"), ("no", "Not yet")],
        coerce=_from(ANSWERS),
    )
    owner_id = Pick("Who looks after it?", coerce=as_id)
    drivers = Ticks("Which drivers would it move?")


class StatusForm(Form):
    """A move to another status; `was` is what the person saw before."""

    status = Choice("Move it to", [Needed("Choose where the idea stands now")], coerce=to(IdeaStatus))
    why = Words("Why?", longest=500, rows=2)
    was = HiddenField()


class DriverForm(Form):
    """A driver's words, where it belongs, and its measure."""

    text = Words("What has to be true for the aim to be met?", [Needed("Say what the driver is")], longest=200)
    parents = Ticks("Which primary drivers does it belong to?", hint="It may belong to several.")
    measure_id = Pick(
        "How will you see it change?", coerce=as_id, hint="A measure of this project. You can leave this for later."
    )
    why_no_measure = Words(
        "If it has no measure, why not?", longest=300, hint="For example: we watch it on the safety walk-round."
    )


class HangForm(Form):
    """Ideas for a driver: a new one, or some that are on the list already."""

    text = Words("A new change idea", longest=300, hint="What could you do differently? One line.")
    ideas = Ticks("Ideas on your list that move this driver")


class SheetForm(Form):
    """The cells of a sheet, as pasted."""

    cells = Words("Paste the cells here", longest=300_000, rows=8)
    seen = HiddenField()
