"""Fields that read what people type, keep it when it cannot be read, and say what to do instead.

Every text, number and date goes through plumbing.reading, the one parser that paste and upload use too.
"""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import Field, HiddenField
from wtforms.validators import StopValidation

from qitracker.method.identifiers import identifying
from qitracker.plumbing import clock
from qitracker.plumbing.reading.dates import read_date
from qitracker.plumbing.reading.numbers import read_number
from qitracker.plumbing.reading.text import clean
from qitracker.plumbing.reading.unreadable import Unreadable


class Needed:
    """The field must be filled in; the sentence says with what."""

    field_flags: dict[str, Any] = {}  # noqa: RUF012 (WTForms reads it from the class)

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence

    def __call__(self, form: Any, field: Any) -> None:  # noqa: ARG002 (WTForms' signature)
        if field.data is None or field.data == "":
            if field.errors:
                raise StopValidation
            raise StopValidation(self.sentence)


class TypedField(Field):  # type: ignore[misc]  # WTForms has no types
    """What was typed stays in the box, read or not."""

    kind = "input"

    def __init__(self, label: str, validators: Sequence[Any] = (), *, hint: str = "", **options: Any) -> None:
        super().__init__(label, list(validators), **options)
        self.hint = hint

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.shown(self.data)

    def shown(self, data: Any) -> str:
        return "" if data is None else str(data)

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0] if valuelist else ""
        try:
            self.data = self.read(typed) if typed.strip() else self.nothing
        except Unreadable as problem:
            self.data = self.nothing
            raise ValueError(str(problem)) from problem

    nothing: Any = None

    def read(self, typed: str) -> Any:
        raise NotImplementedError


class Words(TypedField):
    """Text of one line, or of several when `rows` is above 1; '' when nothing is typed."""

    nothing = ""

    def __init__(
        self, label: str, validators: Sequence[Any] = (), *, longest: int, rows: int = 1, **options: Any
    ) -> None:
        super().__init__(label, validators, **options)
        self.longest, self.rows = longest, rows
        self.kind = "textarea" if rows > 1 else "input"

    def read(self, typed: str) -> str:
        text = clean(typed, self.longest)
        return text if self.rows > 1 else " ".join(text.split())


class Number(TypedField):
    """A number within bounds, as float; None when nothing is typed."""

    inputmode = "decimal"

    def __init__(
        self,
        label: str,
        validators: Sequence[Any] = (),
        *,
        low: float | None = None,
        high: float | None = None,
        whole: bool = False,
        suffix: str = "",
        **options: Any,
    ) -> None:
        super().__init__(label, validators, **options)
        self.low, self.high, self.whole, self.suffix = low, high, whole, suffix
        self.inputmode = "numeric" if whole else "decimal"

    def read(self, typed: str) -> float:
        return float(read_number(typed, low=_exact(self.low), high=_exact(self.high), whole=self.whole).value)

    def shown(self, data: Any) -> str:
        if isinstance(data, float) and data.is_integer() and abs(data) < 1e15:
            return str(int(data))
        return "" if data is None else repr(data)  # every digit: a form saved unchanged changes nothing


def _exact(bound: float | None) -> Decimal | None:
    return None if bound is None else Decimal(str(bound))


class Day(TypedField):
    """A date in any of the ways people write one; None when nothing is typed.

    `ahead` is how many days into the future it may lie: data a day, plans some years.
    """

    kind = "day"

    def __init__(self, label: str, validators: Sequence[Any] = (), *, ahead: int = 3660, **options: Any) -> None:
        super().__init__(label, validators, **options)
        self.ahead = ahead

    def process(self, formdata: Any, data: Any = None, **options: Any) -> None:
        parts = [_box(formdata, self.name, part) for part in ("day", "month", "year")] if formdata else []
        if any(part.strip() for part in parts):
            formdata = formdata.copy()
            formdata[self.name] = "/".join(part.strip() for part in parts)
        super().process(formdata, data if data is not None else self.default, **options)
        self.boxes = parts if any(parts) else []

    def read(self, typed: str) -> date:
        return read_date(typed, today=clock.today(), days_ahead=self.ahead).value

    def shown(self, data: Any) -> str:
        return f"{data.day}/{data.month}/{data.year}" if data else ""


def _box(formdata: Any, name: str, part: str) -> str:
    """One of a date's three boxes: "due[day]" as the design system names it, or "due-day"."""
    return str(formdata.get(f"{name}[{part}]") or formdata.get(f"{name}-{part}", ""))


class OneOf(TypedField):
    """One of the `choices` (pairs of word and label); `coerce` turns the word into what the field holds.

    Choices may be set after the form is made, such as the places a person may see.
    """

    def __init__(
        self,
        label: str,
        validators: Sequence[Any] = (),
        *,
        choices: Iterable[tuple[str, str]] = (),
        coerce: Callable[[str], Any] = str,
        **options: Any,
    ) -> None:
        super().__init__(label, validators, **options)
        self.choices, self.coerce = list(choices), coerce

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = self.coerce(valuelist[0]) if valuelist and valuelist[0] else self.nothing

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 (WTForms' signature)
        typed = self.raw_data[0] if self.raw_data else ""
        if typed and typed not in {value for value, _ in self.choices}:
            raise StopValidation("Choose one from the list")


class Choice(OneOf):
    """One of a few, as radio buttons; `hints` has a line for each word."""

    kind = "radios"

    def __init__(
        self, label: str, validators: Sequence[Any] = (), *, hints: Mapping[str, str] | None = None, **options: Any
    ) -> None:
        super().__init__(label, validators, **options)
        self.hints = hints or {}


class Pick(OneOf):
    """One of many, as a drop-down list."""

    kind = "select"


class Tick(TypedField):
    """A box to tick."""

    kind = "checkbox"
    nothing = False

    def read(self, typed: str) -> bool:
        return typed not in {"", "no", "false", "0"}

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = bool(valuelist) and self.read(valuelist[0])


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """A form with a CSRF token, a submission key (one row however often it is sent), and a version.

    `theirs` is filled when somebody else saved in between: by field name, what is stored now.
    """

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # Flask-WTF has no types
        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """What was sent as a form, files too, and nothing else: no JSON, and no box at all is an empty form."""
            if formdata is None or isinstance(formdata, MultiDict):
                return formdata
            return CombinedMultiDict((request.files, request.form)) if form.is_submitted() else None

    submission = HiddenField(default=lambda: str(uuid.uuid4()))
    version = HiddenField()

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.theirs: dict[str, str] = {}
        self.warnings: list[str] = []

    def is_ready(self) -> bool:
        """Sent, read without a fault, and nothing in it looks like a patient, or the person said it does not.

        A text that holds something like an NHS number or a date of birth asks first; it never blocks.
        """
        if not self.validate_on_submit():
            return False
        if request.form.get("save_anyway") != "yes":
            texts = [field.data for field in self.fields_to_show() if isinstance(field, Words)]
            self.warnings = [reason.sentence for text in texts if text for reason in identifying(text, clock.today())]
        return not self.warnings

    def fields_to_show(self) -> list[Any]:
        return [field for field in self if not isinstance(field, HiddenField)]

    def fill(self, thing: Any) -> None:
        """Before the first sending: show what is stored."""
        if not self.is_submitted():
            for field in self.fields_to_show():
                if hasattr(thing, field.name):
                    field.data = getattr(thing, field.name)
            self.version.data = str(getattr(thing, "version", ""))

    def is_stale(self, thing: Any, stored: dict[str, Any] | None = None) -> bool:
        """Whether somebody saved `thing` since this form was opened. Then both versions are shown side by side.

        The typing stays. The form takes over the newer version, so that saving again is a decision. `stored`
        gives the stored values by field name where they are not attributes of the thing.
        """
        if self.version.data in {"", None, str(thing.version)}:
            return False
        for field in self.fields_to_show():
            value = stored[field.name] if stored and field.name in stored else getattr(thing, field.name, field.data)
            if not is_same(field.data, value):
                self.theirs[field.name] = shown(field, value)
        self.version.data = str(thing.version)
        self.submission.data = str(uuid.uuid4())
        return bool(self.theirs)

    def values(self, *leave_out: str) -> dict[str, Any]:
        """Everything read, by field name."""
        return {
            field.name: field.data
            for field in self.fields_to_show()
            if field.name not in leave_out and field.name != "csrf_token"
        }


def is_same(typed: Any, stored: Any) -> bool:
    """Whether what was typed is what is stored; nothing is nothing, and an id is its text."""
    if typed in (None, "") and stored in (None, ""):
        return True
    return bool(typed == stored) or str(typed) == str(stored)


def shown(field: Any, value: Any) -> str:
    """A stored value as the field would show it."""
    if value in {None, ""}:
        return "nothing"
    for key, label in getattr(field, "choices", None) or ():
        if str(key) == str(value):
            return str(label)
    return str(field.shown(value)) if hasattr(field, "shown") else str(value)


def choices(words: Mapping[Any, str] | Iterable[tuple[Any, str]]) -> list[tuple[str, str]]:
    """Choices from a table of words."""
    pairs = words.items() if isinstance(words, Mapping) else words
    return [(str(getattr(key, "value", key)), label) for key, label in pairs]


def to(kind: type[StrEnum]) -> Callable[[str | None], StrEnum | None]:
    """A coerce function for a choice of an enumeration; None for nothing or for a word it does not have."""

    def coerce(value: Any) -> StrEnum | None:
        try:
            return kind(value) if value not in {None, "", "None"} else None
        except ValueError:
            return None

    return coerce
