"""The layers of an SPC chart, from the bottom to the top: what each draws, and from which data set."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt

from qitracker.charts import palette

HOVER = "hover"

_MEANINGS = tuple(str(meaning) for meaning in palette.LOOKS)
_SHAPES = tuple(look.shape for look in palette.LOOKS.values())
_COLOURS = tuple(look.colour for look in palette.LOOKS.values())
_PIXELS: Mapping[str, Any] = {"scale": None, "axis": None}


def _x(field: str = "x") -> alt.X:
    return alt.X(
        f"{field}:Q",
        title=None,
        scale=alt.Scale(zero=False, nice=False, domain=alt.ExprRef("[x_low, x_high]")),
        axis=alt.Axis(
            values=alt.ExprRef("x_ticks"),
            labelExpr="x_words[indexof(x_ticks, datum.value)]",
            labelAngle=0,
            labelFlush=False,
            labelPadding=6,
            grid=False,
        ),
    )


def _y(field: str = "y") -> alt.Y:
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
            grid=True,
        ),
    )


def _encoded(marks: alt.Chart, **channels: Any) -> alt.Chart:
    drawn: alt.Chart = marks.encode(**channels)
    return drawn


def _named(name: str) -> alt.Chart:
    return alt.Chart(alt.NamedData(name))


def band() -> alt.Chart:
    return _encoded(
        _named("limits").mark_area(color=palette.EXPECTED, opacity=0.42),
        x=_x(),
        y=_y("band_low"),
        y2=alt.Y2("band_high"),
        detail="stretch:N",
    )


def limit(field: str) -> alt.Chart:
    return _encoded(
        _named("limits").transform_filter(f"isValid(datum.{field})").mark_line(color=palette.LIMIT),
        x=_x(),
        y=_y(field),
        # Limits on trial are drawn thinner, in short dashes: they will move.
        strokeDash=alt.StrokeDash(
            "trial:N", scale=alt.Scale(domain=[False, True], range=[[5, 3], [2, 4]]), legend=None
        ),
        strokeWidth=alt.StrokeWidth("trial:N", scale=alt.Scale(domain=[False, True], range=[1.4, 1.1]), legend=None),
        detail="stretch:N",
        order="order:Q",
    )


def mean() -> alt.Chart:
    return _encoded(
        _named("limits").transform_filter("isValid(datum.cl)").mark_line(color=palette.MEAN, strokeWidth=1.6),
        x=_x(),
        y=_y("cl"),
        detail="stretch:N",
        order="order:Q",
    )


def target() -> alt.Chart:
    line = _named("target").mark_line(color=palette.TARGET, strokeWidth=1.6, strokeDash=[12, 4])
    return _encoded(line, x=_x(), y=_y(), detail="stretch:N", order="order:Q")


def boundaries() -> alt.Chart:
    return _encoded(
        _named("boundaries").mark_rule(color=palette.QUIET_INK, strokeWidth=1.2),
        x=_x(),
        y=alt.Y("top:Q", **_PIXELS),
        y2=alt.value("height"),
    )


def marks() -> alt.Chart:
    return _encoded(
        _named("marks").mark_rule(strokeWidth=1.8, strokeDash=[1, 3], strokeCap="round"),
        x=_x(),
        y=alt.Y("top:Q", **_PIXELS),
        y2=alt.value("height"),
        color=alt.Color("colour:N", scale=None, legend=None),
        tooltip=[alt.Tooltip("when:N", title="When"), alt.Tooltip("title:N", title="What")],
    )


def join() -> alt.Chart:
    return _encoded(
        _named("points")
        .transform_filter("datum.stretch > 0")
        .mark_line(
            color=palette.JOIN,
            strokeWidth=alt.ExprRef("0.8 + 0.7 * weight"),
            strokeOpacity=alt.ExprRef("0.5 + 0.5 * weight"),
            strokeJoin="round",
        ),
        x=_x(),
        y=_y(),
        detail="stretch:N",
    )


def common() -> alt.Chart:
    return _encoded(
        _named("points")
        .transform_filter("datum.kind == 'common_cause'")
        .mark_point(
            filled=True,
            opacity=1,
            color=palette.COMMON.colour,
            stroke=palette.WHITE,
            strokeWidth=alt.ExprRef("weight"),
            size=alt.ExprRef("weight * 46"),
        ),
        x=_x(),
        y=_y(),
    )


def special() -> alt.Chart:
    kinds = alt.Scale(domain=list(_MEANINGS), range=list(_SHAPES))
    colours = alt.Scale(domain=list(_MEANINGS), range=list(_COLOURS))
    return _encoded(
        _named("points")
        .transform_filter("datum.kind != 'common_cause' && datum.kind != 'excluded' && datum.kind != 'close'")
        .mark_point(
            filled=True,
            opacity=1,
            stroke=palette.WHITE,
            strokeWidth=1,
            size=alt.ExprRef("datum.area * (0.4 + 0.6 * weight)"),
        ),
        x=_x(),
        y=_y(),
        shape=alt.Shape("kind:N", scale=kinds, legend=None),
        fill=alt.Fill("kind:N", scale=colours, legend=None),
    )


def close() -> alt.Chart:
    """Hollow, so that it is never taken for a signal."""
    return _encoded(
        _named("points")
        .transform_filter("datum.kind == 'close'")
        .mark_point(filled=False, fill=palette.WHITE, opacity=1, strokeWidth=2, size=70, shape="circle"),
        x=_x(),
        y=_y(),
        stroke=alt.Stroke("stroke:N", scale=None, legend=None),
    )


def excluded() -> alt.Chart:
    return _encoded(
        _named("points")
        .transform_filter("datum.kind == 'excluded'")
        .mark_point(
            shape=palette.EXCLUDED.shape,
            fill=palette.WHITE,
            stroke=palette.EXCLUDED.colour,
            strokeWidth=1.4,
            opacity=1,
            size=palette.EXCLUDED.area,
        ),
        x=_x(),
        y=_y(),
    )


def means(font: float, *, halo: bool = False) -> alt.Chart:
    """Words on the plot; the halo is a white outline drawn first, so that lines do not cut through them."""
    return _encoded(
        _named("means").mark_text(
            fontSize=font,
            align="left",
            baseline="middle",
            dx=4,
            color=palette.INK,
            stroke=palette.WHITE if halo else alt.Undefined,
            strokeWidth=4 if halo else alt.Undefined,
            strokeJoin="round",
        ),
        x=_x(),
        y=alt.Y("at:Q", **_PIXELS),
        text="text:N",
    )


def labels(font: float) -> alt.Chart:
    return _encoded(
        _named("labels").mark_text(
            fontSize=font,
            fontWeight="bold",
            align=alt.ExprRef("datum.align"),
            dx=alt.ExprRef("datum.dx"),
            baseline="middle",
            clip=False,
        ),
        x=_x(),
        y=alt.Y("at:Q", **_PIXELS),
        text="text:N",
        color=alt.Color("colour:N", scale=None, legend=None),
        tooltip=[alt.Tooltip("when:N", title="When"), alt.Tooltip("title:N", title="What")],
    )


def ends(font: float) -> alt.Chart:
    return _encoded(
        _named("ends").mark_text(
            fontSize=font, align="left", baseline="middle", dx=8, dy=alt.ExprRef("datum.dy"), lineBreak="\n"
        ),
        x=alt.value("width"),
        y=alt.Y("at:Q", **_PIXELS),
        text="text:N",
        color=alt.Color("colour:N", scale=None, legend=None),
    )


def key_marks() -> alt.Chart:
    return _encoded(
        _named("key_marks").mark_point(opacity=1, filled=True, strokeWidth=1.4, size=alt.ExprRef("datum.area")),
        x=alt.X("at_x:Q", **_PIXELS),
        y=alt.Y("at_y:Q", **_PIXELS),
        shape=alt.Shape("shape:N", scale=None, legend=None),
        fill=alt.Fill("fill:N", scale=None, legend=None),
        stroke=alt.Stroke("stroke:N", scale=None, legend=None),
    )


def key_words() -> alt.Chart:
    return _encoded(
        _named("key_words").mark_text(
            fontSize=alt.ExprRef("datum.size"),
            fontWeight=alt.ExprRef("datum.weight"),
            align="left",
            baseline="middle",
            color=palette.INK,
        ),
        x=alt.X("at_x:Q", **_PIXELS),
        y=alt.Y("at_y:Q", **_PIXELS),
        text="text:N",
    )


def empty(font: float) -> alt.Chart:
    return _encoded(
        _named("empty").mark_text(fontSize=font, align="center", baseline="middle", color=palette.QUIET_INK),
        x=alt.value(alt.ExprRef("width / 2")),
        y=alt.value(alt.ExprRef("height / 2")),
        text="text:N",
    )


def hover() -> alt.Chart:
    """Unseen, and larger than the marks, so that a hand that shakes still meets a point (WCAG 2.2, 2.5.8)."""
    drawn = _encoded(
        _named("points").mark_point(filled=True, opacity=0, size=420, shape="circle"),
        x=_x(),
        y=_y(),
        tooltip=[
            alt.Tooltip("when:N", title="When"),
            alt.Tooltip("value:N", title="Value"),
            alt.Tooltip("counted:N", title="Counted"),
            alt.Tooltip("shows:N", title="What it shows"),
        ],
    )
    named: alt.Chart = drawn.properties(name=HOVER)
    return named
