"""The SPC chart of a measure: a Vega-Lite specification with its data, for a wide page or a phone.

The browser draws it with Vega; ``picture`` draws the same one as SVG or PNG.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from qitracker.charts import spc_data
from qitracker.charts.marks import Mark
from qitracker.charts.measure_words import MeasureWords
from qitracker.charts.sizes import SIZES, Width
from qitracker.charts.spc_layout import PADDING, Layout, known, layout
from qitracker.charts.spc_spec import Spec, spec
from qitracker.charts.words import finding
from qitracker.spc import Analysis

NO_POINTS = "No numbers yet"

_LEAST_WEIGHT, _FULL_SPACE = 0.25, 9.0  # marks shrink where points stand closer than so many pixels
_TITLE_ROW, _AXIS_ROW = 26.0, 22.0


def vega_lite(
    analysis: Analysis,
    words: MeasureWords,
    *,
    marks: Sequence[Mark] = (),
    reasons: Mapping[int, str] | None = None,
    width: Width = Width.DESKTOP,
    responsive: bool = False,
    titled: bool = False,
    description: str | None = None,
) -> Spec:
    """A complete chart: valid JSON without NaN.

    ``reasons`` says why a phase was started, by phase number. ``responsive`` lets the chart take the width of
    the element it is put in; a picture needs a width of its own. ``titled`` writes the name of the measure
    above it, for slides. ``description`` is what the chart says to those who do not see it: its finding,
    unless another is given.
    """
    plan = layout(analysis, words, SIZES[width], marks=[mark.at for mark in marks])
    if description is None:
        description = f"{words.name}. {finding(analysis, words).sentence}"
    return {
        **spec(analysis.chart, width),
        "datasets": _datasets(analysis, words, plan, marks, reasons or {}, titled),
        "params": [{"name": name, "value": value} for name, value in _params(analysis, plan).items()],
        "padding": PADDING,
        "description": description,
        **({"width": "container"} if responsive else {}),
    }


def chart_data(
    analysis: Analysis,
    words: MeasureWords,
    *,
    marks: Sequence[Mark] = (),
    reasons: Mapping[int, str] | None = None,
    width: Width = Width.DESKTOP,
    titled: bool = False,
) -> dict[str, list[dict[str, Any]]]:
    """The named data sets of a chart (``spc_spec.DATASETS``): rows of numbers, words and None."""
    plan = layout(analysis, words, SIZES[width], marks=[mark.at for mark in marks])
    return _datasets(analysis, words, plan, marks, reasons or {}, titled)


def _datasets(
    analysis: Analysis,
    words: MeasureWords,
    plan: Layout,
    marks: Sequence[Mark],
    reasons: Mapping[int, str],
    titled: bool,
) -> dict[str, list[dict[str, Any]]]:
    poles = spc_data.poles(analysis, words, plan, marks, reasons)
    flags = spc_data.flags_of(poles, plan)
    boundaries, mark_rows, labels = spc_data.flag_rows(poles, flags, plan)
    key = spc_data.key(analysis, plan)
    top = -(spc_data.flags_height(flags, plan) + spc_data.key_height(key)) + 10
    key_marks, key_words = spc_data.key_rows(key, top, -plan.left, plan.size.small)
    if axis := spc_data.axis_row(analysis, words, plan, top - _AXIS_ROW):
        key_words.append(axis)
    if titled:
        above = _TITLE_ROW + (_AXIS_ROW if axis else 0.0)
        key_words.append(spc_data.title_row(words.name, plan, top - above))
    points = spc_data.point_rows(analysis, words, plan)
    return {
        "limits": spc_data.limit_rows(analysis, plan),
        "points": points,
        "target": spc_data.target_rows(analysis, plan),
        "boundaries": boundaries,
        "marks": mark_rows,
        "labels": labels,
        "ends": spc_data.end_rows(plan),
        "means": spc_data.mean_rows(analysis, words, plan),
        "key_marks": key_marks,
        "key_words": key_words,
        "empty": [] if points else [{"text": NO_POINTS}],
    }


def _params(analysis: Analysis, plan: Layout) -> dict[str, Any]:
    space = plan.plot / max(1, len(known(analysis.y)))
    return {
        "x_low": plan.x.low,
        "x_high": plan.x.high,
        "x_ticks": list(plan.x.ticks),
        "x_words": list(plan.x.words),
        "y_low": plan.y.low,
        "y_high": plan.y.high,
        "y_ticks": list(plan.y.ticks),
        "y_words": list(plan.y.words),
        "weight": round(min(1.0, max(_LEAST_WEIGHT, (space / _FULL_SPACE) ** 2)), 3),
    }
