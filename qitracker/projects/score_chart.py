"""The progress scores over time as steps: small plain SVG, with the sentence it says.

Presentation attributes only, as a strict content security policy asks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from qitracker.charts.palette import BRAND, COMMON_DOT, GRID, INK, TARGET
from qitracker.method.dates import in_words
from qitracker.models import ProgressScore, Scorer

WIDTH, HEIGHT = 360, 220
LEFT, RIGHT, TOP, BOTTOM = 28, 8, 10, 24
LOWEST, HIGHEST = 0.5, 5.0  # IHI's scale

LINES: Mapping[Scorer, tuple[str, str, str]] = {
    Scorer.EVIDENCE: ("Suggested", COMMON_DOT, "2 3"),
    Scorer.TEAM: ("Team", BRAND, ""),
    Scorer.COACH: ("Coach", TARGET, "7 3"),
}
"""The name, colour and dashes of each: told apart without colour too."""


@dataclass(frozen=True, slots=True)
class Steps:
    """One scorer's scores: each day with the value from then on."""

    name: str
    colour: str
    dashes: str
    points: tuple[tuple[date, float], ...]


def steps_of(given: Sequence[ProgressScore]) -> tuple[Steps, ...]:
    """The scores of each scorer who gave any, the last of a day counting. `given` is in the order of giving."""
    found = []
    for scorer, (name, colour, dashes) in LINES.items():
        by_day = {one.on: one.value for one in given if one.scorer is scorer}
        if by_day:
            found.append(Steps(name, colour, dashes, tuple(sorted(by_day.items()))))
    return tuple(found)


def score_chart(given: Sequence[ProgressScore], today: date) -> str:
    """The steps up to today as SVG; empty without any score."""
    lines = steps_of(given)
    if not lines:
        return ""
    first = min(line.points[0][0] for line in lines)
    last = max(today, *(line.points[-1][0] for line in lines))
    span = max((last - first).days, 1)

    def x(day: date) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (day - first).days / span

    body = [_grid(value) for value in (1, 2, 3, 4, 5)]
    for line in lines:
        path = _path([(x(day), _y(value)) for day, value in line.points], x(last))
        dashes = f' stroke-dasharray="{line.dashes}"' if line.dashes else ""
        body.append(f'<path d="{path}" fill="none" stroke="{line.colour}" stroke-width="2.5"{dashes}/>')
    label = "; ".join(f"{line.name} {line.points[-1][1]:.1f} since {in_words(line.points[-1][0])}" for line in lines)
    body.append(_text(LEFT, HEIGHT - 6, f"{first:%b %Y}", "start"))
    body.append(_text(WIDTH - RIGHT, HEIGHT - 6, f"{last:%b %Y}", "end"))
    return (
        f'<svg class="qi-scores" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="Progress scores: {escape(label)}">{"".join(body)}</svg>'
    )


def _y(value: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value - LOWEST) / (HIGHEST - LOWEST)


def _path(points: Sequence[tuple[float, float]], end: float) -> str:
    (start, level), *more = points
    said = [f"M{start:.1f} {level:.1f}"]
    for across, up in more:
        said.append(f"H{across:.1f}V{up:.1f}")
    said.append(f"H{max(end, points[-1][0] + 4):.1f}")
    return "".join(said)


def _grid(value: int) -> str:
    y = _y(value)
    line = f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}" stroke="{GRID}"/>'
    return line + _text(LEFT - 8, y + 4, f"{value}", "end")


def _text(x: float, y: float, said: str, anchor: str) -> str:
    font = 'font-family="Arial, Helvetica, sans-serif" font-size="12"'
    return f'<text x="{x:g}" y="{y:.1f}" {font} fill="{INK}" text-anchor="{anchor}">{said}</text>'
