"""Forms for measures; those for one series stand in series_forms."""

from typing import Any

from qitracker.charts.rule_sets import ONLY_I_CHARTS, RULE_SETS
from qitracker.measures.kinds import (
    CHANGES_THE_PICTURE,
    CHARTS,
    CHARTS_FOR,
    DIRECTIONS,
    PER,
    USUAL_PER,
    WHY_PROPOSED,
    activity_of,
    impossible_target,
    proposed_chart,
    rhythm_words,
    unit_for,
)
from qitracker.method.measures import DATA_TYPES, MEASURE_KINDS, DataType, MeasureKind, Rhythm
from qitracker.models import Measure
from qitracker.models.base import LARGEST
from qitracker.plumbing.forms import Choice, Form, Needed, Number, Pick, Tick, Words, choices, to
from qitracker.spc import Chart, Direction, RuleSet

LONGEST_UNIT = 40

_KINDS = choices({kind: words.name for kind, words in MEASURE_KINDS.items()})
_KIND_HINTS = {kind.value: words.question for kind, words in MEASURE_KINDS.items()}
_DATA = choices({kind: words.words for kind, words in DATA_TYPES.items()})
_DATA_HINTS = {
    kind.value: f"{words.explanation} For example: {words.example} Drawn as {CHARTS[Chart(words.chart)].called}."
    for kind, words in DATA_TYPES.items()
}
_DIRECTIONS = choices({direction: words.choice for direction, words in DIRECTIONS.items()})
_RHYTHMS = choices({rhythm: rhythm_words(rhythm) for rhythm in Rhythm})
_PER = [(str(per), f"per {per:,}") for per in PER]
TARGET_HINT = "The number you want to reach, in the unit of the chart. It becomes a line on the chart."


def whole(value: Any) -> int | None:
    """A number out of a drop-down list; None for what is none."""
    text = str(value).removesuffix(".0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


class NewMeasureForm(Form):
    name = Words(
        "What is the measure called?",
        [Needed("Enter a name for the measure")],
        longest=120,
        hint="Say what is counted: “Falls per 1,000 bed days”, “% of women with a risk assessment at booking”.",
    )
    kind = Choice(
        "What does it tell you?",
        [Needed("Choose what the measure tells you")],
        choices=_KINDS,
        coerce=to(MeasureKind),
        hints=_KIND_HINTS,
    )
    data_type = Choice(
        "What do you count?",
        [Needed("Choose what you count")],
        choices=_DATA,
        coerce=to(DataType),
        hints=_DATA_HINTS,
    )
    numerator = Words(
        "How many what?",
        longest=300,
        hint="The ones you count, in a few words: “falls”, “women with a bleed of 1,500 ml or more”.",
    )
    denominator = Words(
        "Out of how many what?", longest=300, hint="All who could have been counted: “births”, “patients discharged”."
    )
    per = Pick("Events per how many?", choices=_PER, coerce=whole, default=USUAL_PER)
    activity = Words("Of what activity?", longest=28, hint="For example: bed days, visits, hours.")
    unit = Words(
        "Unit", longest=LONGEST_UNIT, hint="What stands behind the number: minutes, falls, points. May stay empty."
    )
    direction = Choice(
        "Which way is better?",
        [Needed("Choose which way is better")],
        choices=_DIRECTIONS,
        coerce=to(Direction),
    )
    rhythm = Choice(
        "How often will you have a number?",
        choices=_RHYTHMS,
        coerce=to(Rhythm),
        hint="More often is better for learning: every week shows a change months before every quarter.",
    )
    target = Number("Target", low=-LARGEST, high=LARGEST, hint=TARGET_HINT)
    group = Words(
        "Only for one group of people?",
        longest=120,
        hint="Leave empty for everyone. You can add more groups and places later, each with a chart of its own.",
    )

    def validate(self, extra_validators: Any = None) -> bool:
        good = bool(super().validate(extra_validators))
        kind = self.data_type.data
        if kind in {DataType.PROPORTION, DataType.RATE} and not (self.numerator.data or self.numerator.errors):
            self.numerator.errors = ["Enter what is counted"]
        if kind is DataType.PROPORTION and not (self.denominator.data or self.denominator.errors):
            self.denominator.errors = ["Enter out of how many what"]
        if kind is DataType.RATE:
            _check_rate(self, self.per)
        if why := impossible_target(self.target.data, kind):
            self.target.errors = [why]
        if kind is DataType.BETWEEN:
            self.rhythm.data = Rhythm.NONE  # a number whenever an event happens, and never when it is due
        elif self.rhythm.data is None and not self.rhythm.errors:
            self.rhythm.errors = ["Choose how often you will have a number"]
        return good and not self.errors

    @property
    def stored_denominator(self) -> str:
        """Out of what: asked of a share, and the activity of a rate."""
        typed = {DataType.PROPORTION: self.denominator.data, DataType.RATE: self.activity.data}
        return typed.get(self.data_type.data) or ""

    @property
    def stored_unit(self) -> str:
        words = self.activity.data if self.data_type.data is DataType.RATE else self.unit.data
        return unit_for(self.data_type.data, words, self.per.data or 1)


def _check_rate(form: Any, per: Any) -> None:
    if not form.activity.data and not form.activity.errors:
        form.activity.errors = ["Enter what activity, such as bed days"]
    if per.data not in PER and not per.errors:
        per.errors = ["Choose one from the list"]


class MeasureForm(Form):
    """Change what the chart needs to know. Which kind of number it is stays: its points are stored that way."""

    name = Words("Name", [Needed("Enter a name for the measure")], longest=120)
    kind = Choice(
        "What does it tell you?",
        [Needed("Choose what the measure tells you")],
        choices=_KINDS,
        coerce=to(MeasureKind),
        hints=_KIND_HINTS,
    )
    direction = Choice(
        "Which way is better?", [Needed("Choose which way is better")], choices=_DIRECTIONS, coerce=to(Direction)
    )
    rhythm = Choice(
        "How often do you have a number?",
        [Needed("Choose how often you have a number")],
        choices=_RHYTHMS,
        coerce=to(Rhythm),
    )
    multiply = Pick("Events per how many?", choices=_PER, coerce=whole)
    activity = Words("Of what activity?", longest=28)
    unit = Words("Unit", longest=LONGEST_UNIT, hint="What stands behind the number: minutes, falls, points.")
    decimals = Pick(
        "Decimals in the table",
        [Needed("Choose how many decimals")],
        choices=[(str(count), str(count)) for count in range(5)],
        coerce=whole,
    )
    chart = Choice("Kind of chart", [Needed("Choose a kind of chart")], coerce=to(Chart))
    rules = Choice(
        "Rules",
        [Needed("Choose whose rules")],
        choices=choices({rules: words.name for rules, words in RULE_SETS.items()}),
        coerce=to(RuleSet),
        hint="Which patterns count as a signal. The page of the chart always says whose rules it goes by.",
        hints={rules.value: words.sentence for rules, words in RULE_SETS.items()},
    )
    only_rises = Tick(
        "These numbers only go up by nature",
        hint="Such as staff trained so far. Going up is then no signal.",
    )
    why = Words(
        "Why do you change it?",
        longest=300,
        hint="Needed when the chart, its rules, the direction, the rhythm or the unit changes. It is kept.",
    )

    def __init__(self, measure: Measure, **options: Any) -> None:
        super().__init__(**options)
        self.measure = measure
        fitting = CHARTS_FOR[measure.data_type]
        proposed = proposed_chart(measure.data_type, measure.unit)
        fitting = (proposed, *(chart for chart in fitting if chart is not proposed))
        self.chart.choices = choices({chart: CHARTS[chart].name for chart in fitting})
        self.chart.hints = {chart.value: CHARTS[chart].sentence for chart in fitting}
        self.chart.hint = f"We propose {CHARTS[proposed].called}: {WHY_PROPOSED[measure.data_type]}."
        if measure.data_type is not DataType.RATE:
            del self.multiply, self.activity
        if measure.takes_counts:
            del self.unit

    def fill(self, thing: Any) -> None:
        super().fill(thing)
        if not self.is_submitted() and "activity" in self:
            self.multiply.data, self.activity.data = round(thing.multiply), activity_of(thing.unit)

    def validate(self, extra_validators: Any = None) -> bool:
        good = bool(super().validate(extra_validators))
        if "activity" in self:
            _check_rate(self, self.multiply)
        if self.rules.data in ONLY_I_CHARTS and self.chart.data not in {None, Chart.I, Chart.RUN}:
            self.rules.errors = ["These rules know I charts only. Choose the I chart above, or other rules"]
        if good and not self.why.data and self.needs_reason():
            self.why.errors = ["Say why, in a few words. Readers of the chart will ask"]
        return good and not self.errors

    def wanted(self) -> dict[str, Any]:
        """The columns of the measure as the form would have them."""
        values = self.values("why", "activity")
        if "activity" in self:
            values["multiply"] = float(self.multiply.data)
            values["unit"] = unit_for(DataType.RATE, self.activity.data, self.multiply.data)
        return values

    def needs_reason(self) -> bool:
        """Whether something changes that makes the same numbers look different."""
        return any(
            name in CHANGES_THE_PICTURE and getattr(self.measure, name) != value
            for name, value in self.wanted().items()
        )


class DefinitionForm(Form):
    """How it is counted, so that two people get the same number."""

    numerator = Words("What is counted", longest=300, rows=2)
    denominator = Words("Out of what", longest=300, rows=2, hint="All who could have been counted.")
    inclusions = Words("Who is counted in", longest=1000, rows=3)
    exclusions = Words("Who is left out", longest=1000, rows=3, hint="And why, if that is not plain.")
    definitions = Words(
        "What the words mean",
        longest=2000,
        rows=4,
        hint="Every word that two people could read differently: “on time”, “a fall”, “booked”, “severe”.",
    )
    source = Words("Where the numbers come from", longest=300, hint="The system, the book or the form.")
    sampling = Words("All, or a sample", longest=300, hint="If a sample: how many each time, and how they are picked.")
    collector = Words("Who collects them", longest=120, hint="A role, and who stands in.")
    limits_of_data = Words("What to keep in mind", longest=1000, rows=3, hint="What these numbers cannot tell.")
