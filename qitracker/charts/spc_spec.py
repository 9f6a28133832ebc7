"""The drawing of an SPC chart as a Vega-Lite specification without data.

Building and validating a chart with Altair takes a tenth of a second, putting data into a finished one takes
none. So each drawing is built once, and everything that differs from request to request (numbers, ticks,
words, where a label stands) comes in as a named data set or as a parameter.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import altair as alt

from qitracker.charts import palette
from qitracker.charts import spc_layers as layers
from qitracker.charts.sizes import SIZES, Width
from qitracker.spc import Chart

Spec = dict[str, Any]

DATASETS = (
    "limits",  # edges of the stretches over which mean and limits are level
    "points",  # one row a point
    "target",
    "boundaries",  # where a phase ends
    "marks",  # what the team did, and notes
    "labels",  # words above the plot
    "ends",  # words right of the plot
    "means",  # the means of earlier phases
    "key_marks",
    "key_words",
    "empty",  # words in place of a chart without points
)


@cache
def spec(chart: Chart, width: Width) -> Spec:
    """The chart of a kind at a width, validated against the Vega-Lite schema. Shared: do not change it."""
    size = SIZES[width]
    limits = [] if chart is Chart.RUN else [layers.band(), layers.limit("lcl"), layers.limit("ucl")]
    drawn = [
        *limits,
        layers.mean(),
        layers.target(),
        layers.boundaries(),
        layers.marks(),
        layers.join(),
        layers.common(),
        layers.special(),
        layers.excluded(),
        layers.close(),
        layers.means(size.small, halo=True),
        layers.means(size.small),
        layers.labels(size.small),
        layers.ends(size.small),
        layers.key_marks(),
        layers.key_words(),
        layers.empty(size.font),
        layers.hover(),
    ]
    drawing = (
        alt.layer(*drawn)
        .add_params(*_params())
        .properties(width=size.width, height=size.height, autosize=alt.AutoSizeParams(type="fit-x", contains="padding"))
        .configure(font="Arial, Helvetica, sans-serif", background=palette.WHITE)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=palette.INK,
            labelFontSize=size.small,
            titleFontSize=size.small,
            gridColor=palette.GRID,
            domainColor=palette.AXIS,
            tickColor=palette.AXIS,
            aria=False,
        )
        .configure_mark(aria=False)
    )
    made: Spec = drawing.to_dict()
    return made


def _params() -> list[alt.Parameter]:
    """What differs from request to request and is no data: ends and ticks of the axes."""
    return [
        alt.param(name="x_low", value=0),
        alt.param(name="x_high", value=1),
        alt.param(name="x_ticks", value=[]),
        alt.param(name="x_words", value=[]),
        alt.param(name="y_low", value=0),
        alt.param(name="y_high", value=1),
        alt.param(name="y_ticks", value=[]),
        alt.param(name="y_words", value=[]),
        alt.param(name="weight", value=1),
    ]
