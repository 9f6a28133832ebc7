"""Change ideas by how much they would help and how hard they are: a small picture to choose the next test by.

The quadrants and their borders are those of ``qitracker.method.ideas``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from qitracker.charts.palette import BRAND, FONT, GRID, PAGE, QUIET_INK, WHITE
from qitracker.method.ideas import (
    EASY_UP_TO,
    HIGH_IMPACT_FROM,
    HIGHEST_SCORE,
    LOWEST_SCORE,
    QUADRANT_WORDS,
    Quadrant,
    quadrant_of,
)

_SIZE = 460
_LEFT, _TOP, _BOTTOM, _RIGHT = 30, 30, 40, 6
_CELL = (_SIZE - _LEFT - _RIGHT) / (HIGHEST_SCORE - LOWEST_SCORE + 1)
_DOT = 12
_MOST_IN_A_CELL = 6  # two rows of three; more share a "+2"

WIDTH = _SIZE
HEIGHT = round(_TOP + _CELL * 5 + _BOTTOM)


@dataclass(frozen=True, slots=True)
class Scored:
    """One idea: its ``number`` in the list beside the picture, its impact and effort from 1 to 5."""

    number: int
    text: str
    impact: int
    effort: int


def impact_effort(ideas: Sequence[Scored], *, label: str) -> str:
    """The ideas as numbered dots in four named quadrants, as SVG with presentation attributes only.

    Easy is on the left, most help at the top, so the first to test are top left. Ideas with the same scores
    stand side by side. Raises ValueError for a score outside 1 to 5.
    """
    cells: dict[tuple[int, int], list[Scored]] = {}
    for idea in ideas:
        quadrant_of(idea.impact, idea.effort)
        cells.setdefault((idea.impact, idea.effort), []).append(idea)
    said = escape(label)
    return (
        f'<svg class="app-impact-effort" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" role="img" aria-label="{said}" font-family="{FONT}">'
        f"<title>{said}</title>{_ground()}{_axes()}"
        + "".join(_cell(impact, effort, there) for (impact, effort), there in sorted(cells.items()))
        + "</svg>"
    )


def _x(effort: float) -> float:
    return _LEFT + (effort - LOWEST_SCORE + 0.5) * _CELL


def _y(impact: float) -> float:
    return _TOP + (HIGHEST_SCORE - impact + 0.5) * _CELL


def _ground() -> str:
    """The four quadrants, the first one tinted, each with its name in its outer corner."""
    left, right = _x(LOWEST_SCORE - 0.5), _x(HIGHEST_SCORE + 0.5)
    top, bottom = _y(HIGHEST_SCORE + 0.5), _y(LOWEST_SCORE - 0.5)
    across, down = _x(EASY_UP_TO + 0.5), _y(HIGH_IMPACT_FROM - 0.5)
    boxes = (
        (Quadrant.DO_FIRST, left, top, across, down, "#e3f2f8"),
        (Quadrant.PLAN, across, top, right, down, PAGE),
        (Quadrant.EASY_EXTRA, left, down, across, bottom, PAGE),
        (Quadrant.LATER, across, down, right, bottom, WHITE),
    )
    return "".join(
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{x2 - x:.1f}" height="{y2 - y:.1f}" fill="{fill}" '
        f'stroke="{GRID}"/><text x="{x + 10:.1f}" y="{y + 20:.1f}" font-size="14" font-weight="bold" '
        f'fill="{QUIET_INK}">{escape(QUADRANT_WORDS[quadrant].name)}</text>'
        for quadrant, x, y, x2, y2, fill in boxes
    )


def _axes() -> str:
    below, middle = _y(LOWEST_SCORE - 0.5), (_LEFT + WIDTH - _RIGHT) / 2
    numbers = range(LOWEST_SCORE, HIGHEST_SCORE + 1)
    return (
        "".join(_word(_x(n), below + 16, str(n), "middle") for n in numbers)
        + "".join(_word(_LEFT - 8, _y(n) + 5, str(n), "end") for n in numbers)
        + _word(_LEFT, _TOP - 11, "Impact (5 helps most)", "start")
        + _word(_LEFT, below + 34, "Easy", "start")
        + _word(middle, below + 34, "Effort", "middle")
        + _word(WIDTH - _RIGHT, below + 34, "Hard", "end")
    )


def _word(x: float, y: float, word: str, anchor: str) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text {place} font-size="13" fill="{QUIET_INK}">{word}</text>'


def _cell(impact: int, effort: int, there: Sequence[Scored]) -> str:
    """The dots of one cell in rows of three, around its middle."""
    shown = there if len(there) <= _MOST_IN_A_CELL else there[: _MOST_IN_A_CELL - 1]
    words = [(str(idea.number), f"{idea.number}. {idea.text}") for idea in shown]
    if len(shown) < len(there):
        words.append((f"+{len(there) - len(shown)}", "More ideas with these scores"))
    rows = [words[i : i + 3] for i in range(0, len(words), 3)]
    drawn: list[str] = []
    for r, row in enumerate(rows):
        y = _y(impact) + 8 + (r - (len(rows) - 1) / 2) * (2 * _DOT + 1)
        for c, (number, title) in enumerate(row):
            x = _x(effort) + (c - (len(row) - 1) / 2) * (2 * _DOT + 2)
            drawn.append(_dot(x, y, number, title))
    return "".join(drawn)


def _dot(x: float, y: float, number: str, title: str) -> str:
    return (
        f'<g><title>{escape(title)}</title><circle cx="{x:.1f}" cy="{y:.1f}" r="{_DOT}" fill="{BRAND}" '
        f'stroke="{WHITE}" stroke-width="1.5"/><text x="{x:.1f}" y="{y + 4.5:.1f}" font-size="12" '
        f'font-weight="bold" text-anchor="middle" fill="{WHITE}">{escape(number)}</text></g>'
    )
