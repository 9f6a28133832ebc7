"""A small picture of each kind of chart, to choose by: a string of SVG, without style attributes or scripts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from qitracker.charts.palette import BAND, COMMON_DOT, JOIN, LIMIT, MEAN
from qitracker.spc import Chart

WIDTH, HEIGHT = 132, 44
_LEFT, _STEP = 8, 14.5


@dataclass(frozen=True, slots=True)
class _Shape:
    """Heights from 0 (bottom) to 100, made up: the points, the line, and the limits at each point (None: none).

    `around`: single values above and below each point; `stems`: each point stands on a stem, as an event does.
    """

    points: Sequence[float]
    line: float
    upper: Sequence[float] | None = None
    lower: Sequence[float] | None = None
    around: bool = False
    stems: bool = False


_SWING = (48, 62, 40, 55, 70, 44, 58, 36, 52)
_FLAT_UP, _FLAT_LOW = (86,) * 9, (16,) * 9
_STEPS_UP = (80, 88, 84, 92, 80, 86, 94, 82, 88)
_STEPS_LOW = (22, 14, 18, 10, 22, 16, 8, 20, 14)
_SHAPES: Mapping[Chart, _Shape] = MappingProxyType(
    {
        Chart.RUN: _Shape(_SWING, 52),
        Chart.I: _Shape(_SWING, 51, _FLAT_UP, _FLAT_LOW),
        Chart.MR: _Shape((20, 34, 26, 12, 44, 30, 18, 38, 22), 27, (80,) * 9),
        Chart.IP: _Shape(_SWING, 51, _STEPS_UP, _STEPS_LOW),
        Chart.XBAR: _Shape(_SWING, 51, _FLAT_UP, _FLAT_LOW, around=True),
        Chart.S: _Shape((30, 42, 36, 24, 52, 38, 28, 44, 34), 36, (76,) * 9),
        Chart.C: _Shape((30, 50, 30, 70, 50, 10, 50, 30, 50), 41, (92,) * 9),
        Chart.U: _Shape(_SWING, 51, _STEPS_UP, _STEPS_LOW),
        Chart.UP: _Shape((30, 72, 38, 64, 80, 34, 60, 26, 58), 51, _STEPS_UP, _STEPS_LOW),
        Chart.P: _Shape(_SWING, 51, _STEPS_UP, _STEPS_LOW),
        Chart.PP: _Shape((30, 72, 38, 64, 80, 34, 60, 26, 58), 51, _STEPS_UP, _STEPS_LOW),
        Chart.G: _Shape((18, 40, 8, 60, 24, 12, 46, 30, 70), 30, (92,) * 9, stems=True),
        Chart.T: _Shape((22, 44, 12, 58, 28, 16, 50, 34, 64), 33, (90,) * 9, stems=True),
    }
)


@cache
def kind_picture(chart: Chart) -> str:
    """The picture of a kind of chart. It says nothing by itself: its name and its sentence stand beside it."""
    shape = _SHAPES[chart]
    xs = [_LEFT + _STEP * i for i in range(len(shape.points))]
    parts = [_band(xs, shape)]
    parts += [_path(_stairs(xs, one), LIMIT, 1, dash="3 2") for one in (shape.upper, shape.lower) if one is not None]
    parts.append(_path(f"M{xs[0]:.1f} {_y(shape.line):.1f}H{xs[-1]:.1f}", MEAN, 1.2))
    if shape.stems:
        parts.append(
            _path("".join(f"M{x:.1f} {HEIGHT - 2}V{_y(y):.1f}" for x, y in zip(xs, shape.points, strict=True)), JOIN, 1)
        )
    else:
        line = "L".join(f"{x:.1f} {_y(y):.1f}" for x, y in zip(xs, shape.points, strict=True))
        parts.append(_path(f"M{line}", JOIN, 1.2))
    for x, y in zip(xs, shape.points, strict=True):
        apart = (-9, 7, 11) if shape.around else ()
        parts += [f'<circle cx="{x:.1f}" cy="{_y(y + up):.1f}" r="1.1" fill="{LIMIT}"/>' for up in apart]
        parts.append(f'<circle cx="{x:.1f}" cy="{_y(y):.1f}" r="2.2" fill="{COMMON_DOT}"/>')
    return (
        f'<svg class="measure-kind-picture" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" aria-hidden="true" focusable="false">{"".join(parts)}</svg>'
    )


def _y(height: float) -> float:
    return HEIGHT - 2 - height / 100 * (HEIGHT - 4)


def _path(path: str, colour: str, width: float, *, dash: str = "") -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}"{dashed}/>'


def _stairs(xs: Sequence[float], heights: Sequence[float]) -> str:
    """A level half a step to either side of each point."""
    half = _STEP / 2
    start = f"M{xs[0] - half:.1f} {_y(heights[0]):.1f}"
    return start + "".join(f"V{_y(y):.1f}H{x + half:.1f}" for x, y in zip(xs, heights, strict=True))


def _band(xs: Sequence[float], shape: _Shape) -> str:
    """The expected range, down to the bottom where there is no lower limit."""
    if shape.upper is None:
        return ""
    half, lower = _STEP / 2, shape.lower or (0.0,) * len(xs)
    back = "".join(f"V{_y(y):.1f}H{x - half:.1f}" for x, y in zip(reversed(xs), reversed(lower), strict=True))
    return f'<path d="{_stairs(xs, shape.upper)}{back}z" fill="{BAND}"/>'
