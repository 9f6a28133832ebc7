"""The funnel plot as a Vega-Lite specification: places of different size beside each other.

As with the SPC chart the drawing is built once for each width, and everything else comes in as data or parameters.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

import altair as alt

from qitracker.charts import palette
from qitracker.charts.axes import Axis, value_axis
from qitracker.charts.ends import keep_apart
from qitracker.charts.funnel_words import funnel_words, meaning_of_place, place_words
from qitracker.charts.lettering import text_width
from qitracker.charts.measure_words import MeasureWords
from qitracker.charts.numbers import short_unit, show_number
from qitracker.charts.sizes import SIZES, Width
from qitracker.charts.spc_layers import HOVER
from qitracker.charts.spc_spec import Spec
from qitracker.spc import Direction
from qitracker.spc.funnel import Funnel, Passed

Row = dict[str, Any]
DATASETS = ("curve", "places", "labels", "ends", "empty")
NO_PLACES = "Nothing to compare yet"
_LIMITS: Mapping[str, tuple[str, list[int], str]] = MappingProxyType(
    {
        "lower_998": ("Outer limit", [1, 0], palette.LIMIT),
        "lower_95": ("Inner limit", [5, 3], palette.LIMIT),
        "upper_95": ("Inner limit", [5, 3], palette.LIMIT),
        "upper_998": ("Outer limit", [1, 0], palette.LIMIT),
    }
)
_BESIDE = 6.0  # pixels from a mark to its name
_PADDING = 4


def vega_lite(
    plot: Funnel, words: MeasureWords, *, direction: Direction, width: Width = Width.DESKTOP, responsive: bool = False
) -> Spec:
    """A complete plot: valid JSON without NaN, with its sentence as ``description``. Size along the bottom."""
    x, y = _axes(plot, words, width)
    return {
        **_drawing(width),
        "datasets": {
            "curve": _curve(plot, x, y),
            "places": _places(plot, words, direction),
            "labels": _labels(plot, x, y, width),
            "ends": _ends(plot, words, y, width),
            "empty": [] if plot.places else [{"text": NO_PLACES}],
        },
        "params": [{"name": name, "value": value} for name, value in _params(x, y).items()],
        "padding": _PADDING,
        "description": f"{words.name}. {funnel_words(plot, words)}",
        **({"width": "container"} if responsive else {}),
    }


def _axes(plot: Funnel, words: MeasureWords, width: Width) -> tuple[Axis, Axis]:
    """From 0 along the bottom; as high as the places and the limits of all but the smallest sizes."""
    end = max([one.n for one in plot.curve] + [place.n for place in plot.places], default=1.0)
    round_x = value_axis([0.0, end], unit="", from_zero=True, most_ticks=SIZES[width].x_ticks)
    ticks = [(tick, word) for tick, word in zip(round_x.ticks, round_x.words, strict=True) if tick <= end]
    x = Axis(0.0, end, tuple(tick for tick, _ in ticks), tuple(word for _, word in ticks))
    heights = [place.y for place in plot.places] + [plot.centre]
    near = min((place.n for place in plot.places), default=0.0)
    for one in plot.curve:
        if one.n >= near:
            heights += [one.lower_998, one.upper_998]
    return x, value_axis(heights, unit=words.unit, from_zero=True, most_ticks=SIZES[width].y_ticks)


def _curve(plot: Funnel, x: Axis, y: Axis) -> list[Row]:
    """The limits, kept inside the plot."""
    return [
        {
            "n": one.n,
            "centre": plot.centre,
            **{name: min(max(getattr(one, name), y.low), y.high) for name in _LIMITS},
        }
        for one in plot.curve
        if x.low <= one.n <= x.high
    ]


def _places(plot: Funnel, words: MeasureWords, direction: Direction) -> list[Row]:
    return [
        {
            "n": place.n,
            "y": place.y,
            "name": place.name,
            "kind": str(meaning_of_place(place, direction)),
            "value": show_number(place.y, words.unit),
            "counted": f"{show_number(place.numerator)} of {show_number(place.n, words.out_of)}",
            "shows": place_words(place, words),
        }
        for place in plot.places
    ]


def _labels(plot: Funnel, x: Axis, y: Axis, width: Width) -> list[Row]:
    """The names of the places beyond the outer limits, as far as no name covers another; the furthest first."""
    size = SIZES[width]
    taken: list[tuple[float, float, float]] = []
    rows: list[Row] = []
    marked = [place for place in plot.places if place.passed in {Passed.ABOVE_998, Passed.BELOW_998}]
    for place in sorted(marked, key=lambda place: -abs(place.z)):
        left, top = x.share(place.n) * size.width, (1 - y.share(place.y)) * size.height
        length = text_width(place.name, size.small) + _BESIDE
        is_leftward = left + length > size.width * 0.8
        start = left - length if is_leftward else left
        if any(start < end and begin < start + length and abs(top - at) < size.small for begin, end, at in taken):
            continue
        taken.append((start, start + length, top))
        align, dx = ("right", -_BESIDE - 2) if is_leftward else ("left", _BESIDE + 2)
        rows.append({"n": place.n, "y": place.y, "text": place.name, "align": align, "dx": dx})
    return rows


def _ends(plot: Funnel, words: MeasureWords, y: Axis, width: Width) -> list[Row]:
    """What the lines are, beside the right end of each, no words over others."""
    if not plot.curve:
        return []
    last, size = plot.curve[-1], SIZES[width]
    said = [("Together", plot.centre, palette.INK)]
    said += [(name, getattr(last, key), colour) for key, (name, _, colour) in _LIMITS.items()]
    heights = [(1 - y.share(min(max(value, y.low), y.high))) * size.height for _, value, _ in said]
    places = keep_apart(heights, size.small + 3, low=0.0, high=float(size.height))
    return [
        {
            "at": at,
            "text": f"{name.split()[0] if size.stacked else name} {show_number(value, short_unit(words.unit))}",
            "colour": colour,
        }
        for (name, value, colour), at in zip(said, places, strict=True)
    ]


def _params(x: Axis, y: Axis) -> dict[str, Any]:
    return {
        "x_low": x.low,
        "x_high": x.high,
        "x_ticks": list(x.ticks),
        "x_words": list(x.words),
        "y_low": y.low,
        "y_high": y.high,
        "y_ticks": list(y.ticks),
        "y_words": list(y.words),
    }


SIZE = "How many it rests on"


def _x() -> alt.X:
    return alt.X(
        "n:Q",
        title=SIZE,
        scale=alt.Scale(zero=False, nice=False, domain=alt.ExprRef("[x_low, x_high]")),
        axis=alt.Axis(
            values=alt.ExprRef("x_ticks"), labelExpr="x_words[indexof(x_ticks, datum.value)]", labelAngle=0, grid=False
        ),
    )


def _y(field: str) -> alt.Y:
    return alt.Y(
        f"{field}:Q",
        title=None,
        scale=alt.Scale(zero=False, nice=False, domain=alt.ExprRef("[y_low, y_high]")),
        axis=alt.Axis(
            values=alt.ExprRef("y_ticks"),
            labelExpr="y_words[indexof(y_ticks, datum.value)]",
            domain=False,
            ticks=False,
            labelPadding=8,
        ),
    )


@cache
def _drawing(width: Width) -> Spec:
    """The drawing at a width, validated against the Vega-Lite schema. Shared: do not change it."""
    size = SIZES[width]
    meanings = [str(meaning) for meaning in palette.LOOKS]
    looks = list(palette.LOOKS.values())
    curve = [
        alt.Chart(alt.NamedData("curve"))
        .mark_line(color=colour, strokeWidth=1.3, strokeDash=dash)
        .encode(x=_x(), y=_y(name))
        for name, (_, dash, colour) in _LIMITS.items()
    ]
    centre = alt.Chart(alt.NamedData("curve")).mark_line(color=palette.MEAN, strokeWidth=1.6)
    places = alt.Chart(alt.NamedData("places"))
    marks = places.mark_point(filled=True, opacity=1, stroke=palette.WHITE, strokeWidth=1, size=80).encode(
        x=_x(),
        y=_y("y"),
        shape=alt.Shape("kind:N", scale=alt.Scale(domain=meanings, range=[one.shape for one in looks]), legend=None),
        fill=alt.Fill("kind:N", scale=alt.Scale(domain=meanings, range=[one.colour for one in looks]), legend=None),
    )
    hover = (
        places.mark_point(filled=True, opacity=0, size=420, shape="circle")
        .encode(
            x=_x(),
            y=_y("y"),
            tooltip=[
                alt.Tooltip("name:N", title="Where"),
                alt.Tooltip("value:N", title="Value"),
                alt.Tooltip("counted:N", title="Counted"),
                alt.Tooltip("shows:N", title="What it shows"),
            ],
        )
        .properties(name=HOVER)
    )
    drawn = alt.layer(
        *curve,
        centre.encode(x=_x(), y=_y("centre")),
        marks,
        _words("labels", size.small, palette.INK).encode(x=_x(), y=_y("y"), text="text:N"),
        alt.Chart(alt.NamedData("ends"))
        .mark_text(fontSize=size.small, align="left", baseline="middle", dx=8)
        .encode(
            x=alt.value("width"),
            y=alt.Y("at:Q", scale=None, axis=None),
            text="text:N",
            color=alt.Color("colour:N", scale=None, legend=None),
        ),
        alt.Chart(alt.NamedData("empty"))
        .mark_text(fontSize=size.font, color=palette.QUIET_INK)
        .encode(x=alt.value(alt.ExprRef("width / 2")), y=alt.value(alt.ExprRef("height / 2")), text="text:N"),
        hover,
    )
    params = [
        alt.param(name=name, value=[] if name.endswith(("ticks", "words")) else 0) for name in _params(_NONE, _NONE)
    ]
    made: Spec = (
        drawn.add_params(*params)
        .properties(width=size.width, height=size.height, autosize=alt.AutoSizeParams(type="fit-x", contains="padding"))
        .configure(font=palette.FONT, background=palette.WHITE)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=palette.INK,
            labelFontSize=size.small,
            titleFontSize=size.small,
            titleFontWeight="normal",
            gridColor=palette.GRID,
            domainColor=palette.AXIS,
            tickColor=palette.AXIS,
            aria=False,
        )
        .configure_mark(aria=False)
        .to_dict()
    )
    return made


_NONE = Axis(0.0, 1.0, (), ())


def _words(name: str, font: float, colour: str) -> alt.Chart:
    made: alt.Chart = alt.Chart(alt.NamedData(name)).mark_text(
        fontSize=font,
        color=colour,
        align=alt.ExprRef("datum.align"),
        dx=alt.ExprRef("datum.dx"),
        baseline="middle",
    )
    return made
