"""The chart of a series with everything that is marked on it, as a Vega-Lite specification."""

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from qitracker.charts.marks import Mark, MarkKind
from qitracker.charts.picture import png, svg
from qitracker.charts.sizes import Width
from qitracker.charts.spc_chart import vega_lite
from qitracker.charts.spc_spec import Spec
from qitracker.measures.naming import group_of, words_of
from qitracker.measures.queries import CycleMark, cycles_of, decisions_of, notes_of
from qitracker.measures.saying import starts_of
from qitracker.models import ChartDecision, Note, Series
from qitracker.spc import Analysis

COUNTING_CHANGED = "Way of counting changed"


def draw(analysis: Analysis, series: Series, *, width: Width, responsive: bool = False, titled: bool = False) -> Spec:
    """The chart with its phases, PDSA cycles and notes. `responsive` fits its box, `titled` carries its name."""
    return vega_lite(
        analysis,
        words_of(series.measure),
        marks=marks_for(cycles_of(series), notes_of(series)),
        reasons=reasons_for(analysis, decisions_of(series)),
        width=width,
        responsive=responsive,
        titled=titled,
    )


Kind = Literal["svg", "png"]


def painted(spec: Spec, kind: Kind) -> str | bytes:
    """The chart as a picture; one that was painted just now is not painted again. Raises ChartFailed.

    Painting takes 80 to 300 ms, all else of a page 10: browsers with scripts draw the chart themselves and never ask
    for the picture, but a board paper or a page without scripts asks for the same one again and again. The key is the
    whole specification, so a picture is never that of another day, or of numbers its reader may not see.
    """
    return _painted(json.dumps(spec, sort_keys=True, allow_nan=False), kind)


@lru_cache(maxsize=64)
def _painted(spec: str, kind: Kind) -> str | bytes:
    chart = json.loads(spec)
    return svg(chart) if kind == "svg" else png(chart)


def marks_for(cycles: Sequence[CycleMark], notes: Sequence[Note]) -> tuple[Mark, ...]:
    """Cycles that collect for this series, and notes, in the order of time."""
    marks = [Mark(one.on, f"PDSA {one.number}", one.title) for one in cycles if one.is_linked]
    marks += [Mark(one.on, label_of(one), one.text, MarkKind.NOTE) for one in notes]
    return tuple(sorted(marks, key=lambda mark: str(mark.at)))


def label_of(note: Note) -> str:
    return COUNTING_CHANGED if note.changes_measurement else note.text


def reasons_for(analysis: Analysis, decisions: Sequence[ChartDecision]) -> dict[int, str]:
    """Why each phase was started, by its number."""
    return {number: one.reason for number, one in starts_of(analysis, decisions).items()}


def file_name(series: Series) -> str:
    """A name for a download: plain letters, digits and dashes."""
    text = f"{series.measure.name} {group_of(series) if series.group else ''} {series.place.name}"
    plain = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in text.lower())
    return "-".join(part for part in plain.split("-") if part)[:80].strip("-") or "chart"
