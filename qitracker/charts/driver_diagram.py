"""The driver diagram as a picture: aim, primary drivers, secondary drivers, change ideas, left to right.

The form is that of the Institute for Healthcare Improvement's QI Essentials Toolkit: what must be true for
the aim to be met, read from the left; what is done about it, read from the right. A driver may serve
several others, and an idea may hang on a primary driver itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from html import escape

import vl_convert

from qitracker.charts.lettering import shorten, wrap
from qitracker.charts.palette import BRAND, FONT, INK, JOIN, QUIET_INK, TONE_INK, WHITE, Tone


class Level(IntEnum):
    """The column a box stands in."""

    AIM = 0
    PRIMARY = 1
    SECONDARY = 2
    IDEA = 3


@dataclass(frozen=True, slots=True)
class Box:
    """One box. ``key`` is unique in the diagram; ``parents`` are the keys of the boxes it serves.

    ``state`` is a word under the text ("PDSA 3: adopt", "Not tested"), ``tone`` its colour.
    """

    key: str
    level: Level
    text: str
    parents: tuple[str, ...] = ()
    state: str = ""
    tone: Tone = Tone.QUIET


@dataclass(frozen=True, slots=True)
class Diagram:
    """All boxes in the order in which they should be read, the aim among them or not yet."""

    boxes: tuple[Box, ...]
    label: str = "Driver diagram"


HEADINGS = {
    Level.AIM: "Aim",
    Level.PRIMARY: "Primary drivers",
    Level.SECONDARY: "Secondary drivers",
    Level.IDEA: "Change ideas",
}

_BOX_WIDTH = 248
_GUTTER = 54
_MARGIN = 2
_PAD = 13
_TEXT = 15
_STATE = 13
_LINE = 19
_TOP = 40
_GAP = 12
_GROUP_GAP = 18
_MOST_LINES = 6

WIDTH = 4 * _BOX_WIDTH + 3 * _GUTTER + 2 * _MARGIN


@dataclass(frozen=True, slots=True)
class _Style:
    fill: str
    stroke: str
    stroke_width: float
    ink: str
    bold: bool


_STYLES = {
    Level.AIM: _Style(BRAND, BRAND, 1.5, WHITE, bold=True),
    Level.PRIMARY: _Style("#e3f2f8", BRAND, 1.5, INK, bold=True),
    Level.SECONDARY: _Style(WHITE, QUIET_INK, 1.5, INK, bold=False),
    Level.IDEA: _Style(WHITE, "#aeb7bd", 1.5, INK, bold=False),
}


@dataclass(frozen=True, slots=True)
class _Placed:
    box: Box
    lines: tuple[str, ...]
    x: float
    y: float
    height: float

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


def driver_diagram(diagram: Diagram) -> str:
    """The diagram as SVG with presentation attributes only. Text is escaped; an empty diagram has headings.

    Parents that are not in the diagram, or that stand in the same column or further right, are not drawn.
    """
    placed = _place(diagram.boxes)
    height = max((p.y + p.height for p in placed.values()), default=_TOP + 20) + 6
    body = "".join(
        (
            *(_heading(level) for level in Level),
            *_curves(placed),
            *(_drawn(p) for p in placed.values()),
        )
    )
    label = escape(diagram.label)
    return (
        f'<svg class="app-drivers" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" '
        f'width="{WIDTH}" height="{height:.0f}" role="img" aria-label="{label}" font-family="{FONT}">'
        f"<title>{label}</title>{body}</svg>"
    )


def driver_diagram_png(diagram: Diagram, *, scale: float = 2.0) -> bytes:
    """The diagram as PNG on white, ``scale`` pixels to a pixel of the SVG."""
    svg = driver_diagram(diagram)
    body = svg.index(">") + 1
    paper = f'<rect width="100%" height="100%" fill="{WHITE}"/>'
    return bytes(vl_convert.svg_to_png(svg[:body] + paper + svg[body:], scale=scale))


def _column(level: Level) -> float:
    return _MARGIN + level * (_BOX_WIDTH + _GUTTER)


def _parents(box: Box, known: Mapping[str, Box]) -> list[str]:
    """The parents that can be drawn, each once; drivers without any hang on the aim."""
    drawn = [key for key in dict.fromkeys(box.parents) if key in known and known[key].level < box.level]
    if drawn or box.level is not Level.PRIMARY:
        return drawn
    return [key for key, other in known.items() if other.level is Level.AIM][:1]


def _place(boxes: Sequence[Box]) -> dict[str, _Placed]:
    """Where each box stands: subtrees one under the other, each parent at the middle of its children.

    A box with several parents stands with the first; the others only get a curve.
    """
    known = {box.key: box for box in boxes}
    lines = {key: _lines(box) for key, box in known.items()}
    heights = {key: _height(known[key], lines[key]) for key in known}
    children: dict[str, list[str]] = {key: [] for key in known}
    roots: list[str] = []
    for box in known.values():
        parents = _parents(box, known)
        (children[parents[0]] if parents else roots).append(box.key)

    tops: dict[str, float] = {}
    top = float(_TOP)
    for root in sorted(roots, key=lambda key: known[key].level):
        top += _stack(root, top, children, heights, tops) + _GROUP_GAP
    return {key: _Placed(box, lines[key], _column(box.level), tops[key], heights[key]) for key, box in known.items()}


def _stack(
    key: str,
    top: float,
    children: Mapping[str, Sequence[str]],
    heights: Mapping[str, float],
    tops: dict[str, float],
) -> float:
    """Places a box and all that hangs on it below ``top``; gives the height this takes."""
    own, below = heights[key], children[key]
    gap = _GROUP_GAP if any(children[child] for child in below) else _GAP
    needed = sum(_depth(child, children, heights) for child in below) + gap * max(0, len(below) - 1)
    block = max(own, needed)
    at = top + (block - needed) / 2
    for child in below:
        at += _stack(child, at, children, heights, tops) + gap
    if below:
        middles = [tops[child] + heights[child] / 2 for child in (below[0], below[-1])]
        tops[key] = min(max(top, sum(middles) / 2 - own / 2), top + block - own)
    else:
        tops[key] = top
    return block


def _depth(key: str, children: Mapping[str, Sequence[str]], heights: Mapping[str, float]) -> float:
    """The height a box needs together with all that hangs on it."""
    below = children[key]
    gap = _GROUP_GAP if any(children[child] for child in below) else _GAP
    needed = sum(_depth(child, children, heights) for child in below) + gap * max(0, len(below) - 1)
    return max(heights[key], needed)


def _lines(box: Box) -> tuple[str, ...]:
    return wrap(box.text, _BOX_WIDTH - 2 * _PAD, _TEXT, bold=_STYLES[box.level].bold, lines=_MOST_LINES)


def _height(box: Box, lines: Sequence[str]) -> float:
    return 2 * _PAD + _LINE * len(lines) - 3 + (_LINE if box.state else 0)


def _heading(level: Level) -> str:
    return (
        f'<text x="{_column(level):.0f}" y="18" font-size="15" font-weight="bold" '
        f'fill="{QUIET_INK}">{HEADINGS[level]}</text>'
    )


def _curves(placed: Mapping[str, _Placed]) -> Iterable[str]:
    known = {key: p.box for key, p in placed.items()}
    for child in placed.values():
        for key in _parents(child.box, known):
            yield _curve(placed[key], child)


def _curve(parent: _Placed, child: _Placed) -> str:
    """Bends in the gutter beside the parent, then runs level, so that it passes no box in between."""
    left, right = parent.x + _BOX_WIDTH, parent.x + _BOX_WIDTH + _GUTTER
    bend = (left + right) / 2
    y = child.middle
    return (
        f'<path d="M{left:.0f} {parent.middle:.1f}C{bend:.0f} {parent.middle:.1f} {bend:.0f} {y:.1f} '
        f'{right:.0f} {y:.1f}H{child.x:.0f}" fill="none" stroke="{JOIN}" stroke-width="1.5"/>'
    )


def _drawn(placed: _Placed) -> str:
    box, style = placed.box, _STYLES[placed.box.level]
    weight = ' font-weight="bold"' if style.bold else ""
    x = placed.x + _PAD
    y = placed.y + _PAD + _TEXT - 3
    text = "".join(
        f'<text x="{x:.0f}" y="{y + _LINE * i:.1f}" font-size="{_TEXT}"{weight} fill="{style.ink}">'
        f"{escape(line)}</text>"
        for i, line in enumerate(placed.lines)
    )
    if box.state:
        state = shorten(box.state, _BOX_WIDTH - 2 * _PAD, _STATE, bold=True)
        text += (
            f'<text x="{x:.0f}" y="{y + _LINE * len(placed.lines):.1f}" font-size="{_STATE}" '
            f'font-weight="bold" fill="{TONE_INK[box.tone]}">{escape(state)}</text>'
        )
    return (
        f'<rect x="{placed.x:.0f}" y="{placed.y:.1f}" width="{_BOX_WIDTH}" height="{placed.height:.1f}" '
        f'rx="6" fill="{style.fill}" stroke="{style.stroke}" stroke-width="{style.stroke_width}"/>{text}'
    )
