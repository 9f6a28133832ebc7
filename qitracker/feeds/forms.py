"""Forms for numbers: one point in ten seconds, a paste, a file, the check before saving, a correction."""

from datetime import date
from typing import Any

from flask_wtf.file import FileField
from wtforms import HiddenField

from qitracker.feeds.definition import Definition
from qitracker.feeds.numbers import Numbers, of_values
from qitracker.feeds.several import split_values
from qitracker.models.base import LARGEST
from qitracker.plumbing.forms import Choice, Day, Form, Needed, Number, Pick, Tick, TypedField, Words
from qitracker.plumbing.reading.numbers import read_number
from qitracker.plumbing.reading.unreadable import Unreadable

OTHER = "other"
LONGEST_REASON = 300
KEEP, REPLACE = "keep", "replace"


class Figure(Number):
    """One of a point's numbers: a % sign only where the measure is a percentage.

    Where several are taken at a time the box takes them all, in `several`; what it holds is then their mean.
    """

    is_percent = False
    is_several = False
    is_above_zero = False
    several: tuple[float, ...] = ()

    def read(self, typed: str) -> float:
        if self.is_several:
            self.several = tuple(self.read_one(one) for one in split_values(typed))
            return of_values(self.several).first
        return self.read_one(typed)

    def shown(self, data: Any) -> str:
        return (
            "; ".join(super(Figure, self).shown(one) for one in self.several) if self.several else super().shown(data)
        )

    def read_one(self, typed: str) -> float:
        number = super().read(typed)
        if not self.is_percent and read_number(typed).percent:
            raise Unreadable("Leave the % sign out: this is not a percentage")
        if self.is_above_zero and number == 0:
            raise Unreadable("This is 0. For two on one day, enter a part of the day, such as 0.5")
        return number


class Cells(TypedField):
    """Pasted rows, exactly as they came: a blank first cell is a column, too."""

    kind = "cells"
    nothing = ""

    def read(self, typed: str) -> str:
        return typed


class NumbersForm(Form):
    """The boxes of one point: a value, or how many out of how many."""

    first = Figure("How many?")
    second = Figure("Out of how many?")

    def __init__(self, definition: Definition, *arguments: Any, **options: Any) -> None:
        self.definition = definition
        super().__init__(*arguments, **options)

    def process(self, *arguments: Any, **options: Any) -> None:
        """Before anything is read, the boxes learn what this measure counts."""
        definition = self.definition
        self.first.label.text, self.first.hint = _first_words(definition)
        self.first.suffix = "%" if definition.is_percent else ""
        self.first.is_percent = definition.is_percent
        self.first.is_several, self.first.is_above_zero = definition.is_several, definition.is_above_zero
        _bound(self.first, low=0 if definition.is_from_zero else -LARGEST, whole=definition.is_counted)
        if definition.is_several:
            self.first.inputmode = "text"  # a phone's number pad has no semicolon
        if definition.takes_counts:
            self.second.label.text, self.second.hint = _second_words(definition)
            _bound(self.second, low=0, whole=definition.is_proportion)
        else:
            del self.second
        super().process(*arguments, **options)

    def read_numbers(self) -> Numbers | None:
        """The numbers as typed; None with the sentence beside the box when they cannot be."""
        below = self.second if self.definition.takes_counts else None
        for field in (self.first, below):
            if field is not None and field.data is None and not field.errors:
                field.errors = ["Enter a number. If there were none, enter 0"]
        if self.first.errors or (below is not None and below.errors):
            return None
        if below is None:
            return of_values(self.first.several) if self.definition.is_several else Numbers(self.first.data)
        if below.data == 0:
            below.errors = ["This is 0, so there is nothing to count. Leave this period out"]
            return None
        if self.definition.is_proportion and self.first.data > below.data:
            self.first.errors = ["This is more than “out of how many”. Check both numbers"]
            return None
        return Numbers(self.first.data, below.data)

    def show(self, numbers: Numbers) -> None:
        """Fill the boxes with what is stored."""
        self.first.data, self.first.several = numbers.first, numbers.several
        if self.definition.takes_counts:
            self.second.data = numbers.second


def _bound(field: Figure, *, low: float, whole: bool) -> None:
    field.low, field.high, field.whole = low, LARGEST, whole
    field.inputmode = "numeric" if whole else "decimal"


def _first_words(definition: Definition) -> tuple[str, str]:
    if definition.takes_counts:
        return (definition.numerator, "How many?") if definition.numerator else ("How many?", "")
    words = definition.numerator or definition.name
    if definition.is_several:
        in_unit = f" in {definition.unit}" if definition.unit else ""
        return words, f"All the values{in_unit}, with a semicolon between: 12; 15; 9"
    return words, "" if definition.is_percent else definition.unit


def _second_words(definition: Definition) -> tuple[str, str]:
    asked = "Out of how many?" if definition.is_proportion else "In how many?"
    return (definition.denominator, asked) if definition.denominator else (asked, "")


class AddForm(NumbersForm):
    """One number for one period. `replaces` and `sure` carry what the person was asked about and said yes to."""

    on = Pick("For which period?")
    other = Day("Which date?", ahead=1)
    why = Words("Why does it change?", longest=LONGEST_REASON, hint="For example: the final count came later.")
    replaces = HiddenField()
    sure = HiddenField()

    def read_day(self, offered_first: str) -> date | None:
        """The day meant; None with the sentence beside the field.

        A date that is typed counts, also where the list still stands on the period it came with. Where the list was
        moved as well, nobody can know which is meant.
        """
        if self.other.errors:
            return None
        chosen = self.on.data or OTHER
        if self.other.data is None:
            if chosen == OTHER:
                self.other.errors = ["Enter a date, such as 31 3 2025"]
            return None if chosen == OTHER or self.on.errors else date.fromisoformat(chosen)
        typed: date = self.other.data
        if chosen not in {OTHER, offered_first, typed.isoformat()}:
            self.other.errors = ["You chose a period in the list as well. Empty this date, or choose “Another date”"]
            return None
        return typed


class PasteForm(Form):
    """Rows from a spreadsheet."""

    text = Cells("Paste the rows here", [Needed("Copy the rows with dates and numbers, and paste them here")])


class UploadForm(Form):
    """A CSV or XLSX file."""

    file = FileField("File")
    sheet = Words("Name of the sheet", longest=60, hint="Only for Excel. Without a name the first sheet is read.")


class CheckForm(Form):
    """What to do with what was read. `seen` is the fingerprint of what the page showed."""

    existing = Choice(
        "Some periods have a number already",
        choices=[(REPLACE, "Change them to the new numbers"), (KEEP, "Keep the numbers that are there")],
        default=REPLACE,
    )
    why = Words("Why do they change?", longest=LONGEST_REASON, hint="For example: corrected after the case review.")
    leave_out = Tick("Leave out the rows that cannot be saved")
    text = Cells("The rows")
    seen = HiddenField()


class PointForm(NumbersForm):
    """Correct one point. `was` is what the page showed."""

    why = Words(
        "Why?",
        [Needed("Write why, so that others can follow it later")],
        longest=LONGEST_REASON,
        hint="It stands in the history. For example: two cases were counted twice.",
    )
    was = HiddenField()


class RemoveForm(Form):
    """Remove one point."""

    reason = Words(
        "Why should it go?",
        [Needed("Write why, so that others can follow it later")],
        longest=LONGEST_REASON,
        hint="For example: the ward was closed that month.",
    )
    was = HiddenField()
