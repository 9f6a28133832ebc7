"""What a measure and a series are called on charts and in sentences."""

from collections.abc import Iterable

from qitracker.charts.measure_words import MeasureWords
from qitracker.measures.kinds import DIRECTIONS, activity_of, rhythm_words
from qitracker.method.measures import MEASURE_KINDS, DataType
from qitracker.models import Measure, Series

EVERYONE = "Everyone"
_LONGEST_COUNTED = 40  # a longer phrase is a definition, and would not fit a tooltip


def words_of(measure: Measure) -> MeasureWords:
    """The measure as the charts room takes it."""
    out_of = activity_of(measure.unit) if measure.data_type is DataType.RATE else measure.denominator
    is_several = measure.data_type is DataType.SEVERAL
    return MeasureWords(
        measure.name, measure.unit, measure.rhythm, _brief(measure.numerator), _brief(out_of), is_several
    )


def _brief(text: str) -> str:
    if len(text) > _LONGEST_COUNTED or "\n" in text:
        return ""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def caption_of(measure: Measure) -> str:
    """Outcome measure, lower is better."""
    return f"{MEASURE_KINDS[measure.kind].name} measure, {DIRECTIONS[measure.direction].inside}"


def group_of(series: Series) -> str:
    return series.group or EVERYONE


def name_among(series: Series, others: list[Series]) -> str:
    """A series as its siblings tell it apart: by group, by place, or by both."""
    places = {one.unit_id for one in others}
    groups = {one.group for one in others}
    if len(places) == 1:
        return group_of(series)
    if len(groups) == 1:
        return str(series.place.name)
    return f"{series.place.name}, {group_of(series)}"


def about(series: Series) -> str:
    """Whom and how often: "Ward 18, everyone. Every month."."""
    group = series.group or "everyone"
    return f"{series.place.name}, {group}. {rhythm_words(series.measure.rhythm)}."


DEFINITION = (
    ("What is counted", "numerator"),
    ("Out of what", "denominator"),
    ("Who is counted in", "inclusions"),
    ("Who is left out", "exclusions"),
    ("What the words mean", "definitions"),
    ("Where the numbers come from", "source"),
    ("All, or a sample", "sampling"),
    ("Who collects them", "collector"),
    ("What to keep in mind", "limits_of_data"),
)

COLUMN_WORDS = {column: name for name, column in DEFINITION} | {
    "name": "Name",
    "kind": "What it tells",
    "chart": "Kind of chart",
    "rules": "Rules",
    "only_rises": "Only goes up",
    "direction": "Which way is better",
    "rhythm": "How often",
    "unit": "Unit",
    "multiply": "Per how many",
    "decimals": "Decimals",
}


def columns_in_words(columns: Iterable[str]) -> str:
    """What of a measure changed: "Unit, Per how many"."""
    return ", ".join(COLUMN_WORDS.get(column, column) for column in columns)


def definition_of(measure: Measure) -> list[tuple[str, str]]:
    """How it is counted: the parts that are written."""
    return [(name, text) for name, column in DEFINITION if (text := getattr(measure, column))]
