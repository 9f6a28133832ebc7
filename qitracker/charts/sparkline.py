"""The small chart beside a finding in a list: a string of SVG, quick enough for hundreds on a page.

Presentation attributes only: a strict content security policy allows neither style attributes nor scripts.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from qitracker.charts.palette import BAND, COMMON_DOT, JOIN, LIMIT, LOOKS
from qitracker.spc import Meaning

_MARGIN = 7.0  # half of the largest mark and its outline

Numbers = Sequence[float | None]


def sparkline(
    values: Numbers,
    centre: Numbers,
    meanings: Sequence[Meaning | None],
    *,
    label: str,
    lower: Numbers = (),
    upper: Numbers = (),
    width: int = 300,
    height: int = 80,
) -> str:
    """One series as SVG: its line, its average (dashed), its expected range, and marks where a rule fired.

    ``values``, ``centre`` and ``meanings`` hold one entry a point; ``lower`` and ``upper`` too, or nothing
    at all. A missing value breaks the line. Improvement is a square, concern a triangle, neutral a diamond,
    and the last point is a dot where it is none of these. ``label`` is the sentence the picture says, read
    aloud in its place. Raises ValueError when the lengths differ.
    """
    k = len(values)
    if len(centre) != k or len(meanings) != k or len(lower) not in (0, k) or len(upper) not in (0, k):
        raise ValueError("values, centre, meanings and limits must have one entry for each point")
    known = [v for numbers in (values, centre, lower, upper) for v in numbers if v is not None]
    if not known:
        return _svg(label, width, height, "")
    low, high = min(known), max(known)
    scale = (height - 2 * _MARGIN) / (high - low) if high > low else 0.0
    base = height - _MARGIN + low * scale if scale else height / 2
    step = (width - 2 * _MARGIN) / (k - 1) if k > 1 else 0.0
    start = _MARGIN if k > 1 else width / 2

    xs = [start + step * i for i in range(k)]
    half = step / 2 or _MARGIN
    edges = [(max(0.0, x - half), min(float(width), x + half)) for x in xs]
    ys = [None if v is None else base - v * scale for v in values]
    return _svg(
        label,
        width,
        height,
        _band(edges, lower, upper, base, scale)
        + _levels(edges, centre, base, scale)
        + _line(xs, ys)
        + _marks(xs, ys, meanings),
    )


def _svg(label: str, width: int, height: int, body: str) -> str:
    return (
        f'<svg class="app-sparkline" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" aria-label="{escape(label)}">{body}</svg>'
    )


def _runs(*columns: Numbers) -> list[tuple[int, int]]:
    """First and last index of each stretch in which no column changes and none is missing."""
    runs: list[tuple[int, int]] = []
    previous: tuple[float | None, ...] | None = None
    for i, row in enumerate(zip(*columns, strict=True)):
        if None in row:
            previous = None
            continue
        if row == previous:
            runs[-1] = (runs[-1][0], i)
        else:
            runs.append((i, i))
        previous = row
    return runs


def _band(edges: Sequence[tuple[float, float]], lower: Numbers, upper: Numbers, base: float, scale: float) -> str:
    if not lower or not upper:
        return ""
    path = []
    for first, last in _runs(lower, upper):
        top, bottom = base - (upper[first] or 0.0) * scale, base - (lower[first] or 0.0) * scale
        left, right = edges[first][0], edges[last][1]
        path.append(f"M{left:.1f} {top:.1f}H{right:.1f}V{bottom:.1f}H{left:.1f}z")
    return f'<path d="{"".join(path)}" fill="{BAND}"/>' if path else ""


def _levels(edges: Sequence[tuple[float, float]], centre: Numbers, base: float, scale: float) -> str:
    path = "".join(
        f"M{edges[first][0]:.1f} {base - (centre[first] or 0.0) * scale:.1f}H{edges[last][1]:.1f}"
        for first, last in _runs(centre)
    )
    if not path:
        return ""
    return f'<path d="{path}" fill="none" stroke="{LIMIT}" stroke-width="1.2" stroke-dasharray="3 2.5"/>'


def _line(xs: Sequence[float], ys: Numbers) -> str:
    path: list[str] = []
    verb = "M"
    for x, y in zip(xs, ys, strict=True):
        if y is None:
            verb = "M"
            continue
        path.append(f"{verb}{x:.1f} {y:.1f}")
        verb = "L"
    if not path:
        return ""
    return f'<path d="{"".join(path)}" fill="none" stroke="{JOIN}" stroke-width="1.5"/>'


def _marks(xs: Sequence[float], ys: Numbers, meanings: Sequence[Meaning | None]) -> str:
    marks: list[str] = []
    last = max((i for i, y in enumerate(ys) if y is not None), default=-1)
    for i, meaning in enumerate(meanings):
        y = ys[i]
        if y is None:
            continue
        if meaning is None or meaning is Meaning.COMMON_CAUSE:
            if i == last or _alone(ys, i):
                marks.append(f'<circle cx="{xs[i]:.1f}" cy="{y:.1f}" r="2.6" fill="{COMMON_DOT}"/>')
            continue
        look = LOOKS[meaning]
        marks.append(_SHAPES[look.shape].format(x=xs[i], y=y, colour=look.colour))
    return "".join(marks)


_PAINT = 'fill="{colour}" stroke="#ffffff" stroke-width="0.8"/>'
_SHAPES = {
    "square": '<path d="M{x:.1f} {y:.1f}m-3.2-3.2h6.4v6.4h-6.4z" ' + _PAINT,
    "triangle-up": '<path d="M{x:.1f} {y:.1f}m0-4.6l4.4 7.8h-8.8z" ' + _PAINT,
    "diamond": '<path d="M{x:.1f} {y:.1f}m0-4.6l4 4.6l-4 4.6l-4-4.6z" ' + _PAINT,
}


def _alone(ys: Numbers, i: int) -> bool:
    """Whether no line reaches this point, so that it could not be seen without a dot."""
    return (i == 0 or ys[i - 1] is None) and (i + 1 == len(ys) or ys[i + 1] is None)
