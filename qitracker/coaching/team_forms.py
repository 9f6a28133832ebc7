"""Forms of handing over, absence, visits and training."""

import uuid
from typing import Any

from wtforms.validators import ValidationError

from qitracker.coaching.team_actions import away_then
from qitracker.method.dates import in_words
from qitracker.people.forms import Email
from qitracker.plumbing import clock
from qitracker.plumbing.forms import Day, Form, Needed, Number, Pick, Words

MOST_MINUTES = 1440  # a day and a night


class GiveForm(Form):
    """Another coach for a project."""

    coach = Pick("Who coaches it from now on?", [Needed("Choose a coach")])
    text = Words(
        "A word for the team and the new coach", [Needed("Write a word, so that nobody is surprised")], longest=2000,
        rows=3, hint="Where it stands, what was agreed, what to look at first.",
    )  # fmt: skip


class AbsenceForm(Form):
    """A coach is away."""

    coach = Pick("Who is away?", [Needed("Choose who is away")])
    first = Day("First day", [Needed("Enter the first day")], ahead=730)
    last = Day("Last day", [Needed("Enter the last day")], ahead=730)
    cover = Pick("Who looks after their projects?", [Needed("Choose who looks after them")])

    def validate_last(self, field: Any) -> None:
        if self.first.data is not None and field.data is not None and field.data < self.first.data:
            raise ValidationError("The last day cannot be before the first")
        if field.data is not None and field.data < clock.today():
            raise ValidationError("Choose a last day from today on")
        self._refuse_overlap(self.coach, field, "is written down as away already, {days}. End that first")

    def validate_cover(self, field: Any) -> None:
        if field.data and field.data == self.coach.data:
            raise ValidationError("Choose a colleague, not the one who is away")
        self._refuse_overlap(field, field, "is away too, {days}. Choose somebody who is here")

    def _refuse_overlap(self, who: Any, field: Any, sentence: str) -> None:
        if not who.data or who.errors or field.errors or self.first.data is None or self.last.data is None:
            return
        if (busy := away_then(uuid.UUID(who.data), self.first.data, self.last.data)) is not None:
            days = f"from {in_words(busy.first)} to {in_words(busy.last)}"
            raise ValidationError(f"{busy.coach.name} {sentence.format(days=days)}")


class VisitForm(Form):
    """A coach was on a ward."""

    unit = Pick("Where?", [Needed("Choose a place")])
    project = Pick("For which project?")
    on = Day("When?", [Needed("Enter the day of the visit")], ahead=0)
    minutes = Number("How many minutes? (optional)", low=1, high=MOST_MINUTES, whole=True)
    note = Words("Note (optional)", longest=1000, rows=2)


class TrainedForm(Form):
    """Somebody was trained to coach a ward."""

    email = Email("Their e-mail address", [Needed("Enter their e-mail address")])
    unit = Pick("Which ward?", [Needed("Choose a ward")])
    on = Day("Trained on", [Needed("Enter the day of the training")], ahead=0)
