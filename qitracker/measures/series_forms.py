"""Forms for one series: its place, its group of people, and its targets."""

import uuid
from collections.abc import Sequence
from typing import Any

from wtforms.validators import ValidationError

from qitracker.measures.forms import TARGET_HINT
from qitracker.measures.kinds import impossible_target
from qitracker.method.measures import DataType
from qitracker.models import Series
from qitracker.models.base import LARGEST
from qitracker.plumbing.forms import Day, Form, Needed, Number, Pick, Words


def some_id(value: Any) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(value))
    except ValueError:
        return None


class TargetForm(Form):
    """A target and the day from which it holds."""

    on = Day("From which day?", [Needed("Enter the day from which it holds")], hint="For example, 1 4 2026")
    value = Number("Target", [Needed("Enter the target")], low=-LARGEST, high=LARGEST, hint="In the unit of the chart.")

    def __init__(self, data_type: DataType, **options: Any) -> None:
        super().__init__(**options)
        self.data_type = data_type

    def validate_value(self, field: Any) -> None:
        if why := impossible_target(field.data, self.data_type):
            raise ValidationError(why)


class SeriesForm(Form):
    """One place and one group of people. Numbers added meanwhile do not make it stale, another's save does."""

    unit_id = Pick("Place", [Needed("Choose a place")], coerce=some_id)
    group = Words(
        "Group of people",
        longest=120,
        hint="Leave empty for everyone. For example: women with diabetes, people under 65, night shifts.",
    )
    target = Number("Target", low=-LARGEST, high=LARGEST, hint=TARGET_HINT)
    target_by = Day("Reach it by")

    def __init__(self, places: Sequence[tuple[str, str]], data_type: DataType, **options: Any) -> None:
        super().__init__(**options)
        self.unit_id.choices = list(places)
        self.data_type = data_type

    def validate_target(self, field: Any) -> None:
        if why := impossible_target(field.data, self.data_type):
            raise ValidationError(why)

    def fill(self, thing: Any) -> None:
        super().fill(thing)
        if not self.is_submitted():
            self.version.data = written(thing)

    def is_stale(self, thing: Any, stored: dict[str, Any] | None = None) -> bool:
        if self.version.data == written(thing):
            return False
        stale = bool(super().is_stale(thing, stored))
        self.version.data = written(thing)
        return stale


def written(series: Series) -> str:
    """What people wrote about a series, as one text: its version counts every new number too."""
    return "|".join(str(part) for part in (series.unit_id, series.group, series.target, series.target_by))
