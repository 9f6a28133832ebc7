"""Forms for what people decide about a chart, and what they write on it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from qitracker.models import DecisionKind
from qitracker.plumbing.forms import Choice, Day, Form, Needed, Pick, Tick, Words, choices, to


def some_day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


DECISIONS = {
    DecisionKind.PHASE: (
        "Start a new phase",
        "You know what changed. The average and the expected range start again with this number.",
    ),
    DecisionKind.FREEZE: (
        "End the baseline here",
        "The average and the expected range rest on the numbers up to this one. Later numbers are held against them.",
    ),
    DecisionKind.LEAVE_OUT: (
        "Leave this number out",
        "It stays on the chart, but not in the average and the expected range. For a known error or a one-off event.",
    ),
}


class DecisionForm(Form):
    kind = Choice(
        "What do you decide?",
        [Needed("Choose what you decide")],
        choices=choices({kind: words for kind, (words, _) in DECISIONS.items()}),
        coerce=to(DecisionKind),
        hints={kind.value: hint for kind, (_, hint) in DECISIONS.items()},
    )
    on = Pick("With which number?", [Needed("Choose a number")], coerce=some_day)
    reason = Words(
        "Why?",
        [Needed("Say why. The reason stands beside the chart")],
        longest=300,
        rows=2,
        hint="What happened, in words a reader in a year's time will understand.",
    )

    def __init__(self, dates: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(**options)
        self.on.choices = list(dates)


class NoteForm(Form):
    on = Day("When was it?", [Needed("Enter the date")], ahead=1, hint="For example, 31 3 2025")
    text = Words(
        "What happened?",
        [Needed("Say what happened")],
        longest=200,
        hint="For example: new beds arrived, two nurses off sick.",
    )
    changes_measurement = Tick(
        "The way of counting changed", hint="Numbers before and after may then differ for that reason alone."
    )
