"""Words beside the lines of a chart, kept apart from each other and from the points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from qitracker.charts import palette
from qitracker.charts.measure_words import MeasureWords
from qitracker.charts.numbers import short_unit, show_given, show_number
from qitracker.charts.point_words import average_word
from qitracker.spc import Analysis


@dataclass(frozen=True, slots=True)
class End:
    """The words at the right end of a line: what it is and its value."""

    value: float
    text: str
    colour: str


def ends(analysis: Analysis, words: MeasureWords, *, stacked: bool) -> tuple[End, ...]:
    """The ends of the target, and of mean and limits of the latest phase, as far as there are any.

    ``stacked`` puts the value under the name and leaves out the word "limit", for a narrow page.
    """
    unit = short_unit(words.unit)
    lines: list[tuple[str, float | None, float | None, str]] = []
    last = max((i for i, cl in enumerate(analysis.cl) if cl is not None), default=None)
    trial = ", on trial" if is_on_trial(analysis) else ""
    if last is not None:
        phase, level = analysis.phases[-1], analysis.cl[last]
        upper, lower = (
            (f"{name}{trial}", end, _usual(end, usual, level), palette.QUIET_INK)
            for name, end, usual in (
                ("Upper limit", analysis.ucl[last], phase.ucl),
                ("Lower limit", analysis.lcl[last], phase.lcl),
            )
        )
        lines = [upper, (average_word(analysis.chart).capitalize(), level, level, palette.INK), lower]
    found = [
        End(value, _beside(name, show_number(said, unit), stacked), colour)
        for name, value, said, colour in lines
        if value is not None and math.isfinite(value)
    ]
    if analysis.target is not None and math.isfinite(analysis.target):
        text = _beside("Target", show_given(analysis.target, unit), stacked)
        found.append(End(analysis.target, text, palette.TARGET))
    return tuple(found)


_ALIKE = 0.1
"""Of the way from the line to a limit: less than anybody sees on the chart (our choice)."""


def _usual(end: float | None, usual: float | None, level: float | None) -> float | None:
    """The number beside the end of a limit that moves with its denominators: that of the usual denominator, which the
    sentences say, as long as the eye could not tell the two apart."""
    if end is None or usual is None or level is None or abs(end - usual) > _ALIKE * abs(end - level):
        return end
    return usual


def _beside(name: str, number: str, stacked: bool) -> str:
    return f"{name.split(maxsplit=1)[0]}\n{number}" if stacked else f"{name} {number}"


def is_on_trial(analysis: Analysis) -> bool:
    """Whether the limits of the latest phase rest on fewer numbers than it takes for them to settle."""
    return bool(analysis.x) and analysis.phases[-1].is_trial


def keep_apart(heights: Sequence[float], room: float, *, low: float, high: float) -> tuple[float, ...]:
    """Positions in pixels for labels wanted at ``heights``, at least ``room`` apart, between low and high.

    Each moves as little as its neighbours allow; the order is kept. Where they cannot all fit they share
    what there is.
    """
    if not heights:
        return ()
    room = min(room, (high - low) / max(1, len(heights) - 1))
    order = sorted(range(len(heights)), key=lambda i: heights[i])
    placed = [min(max(heights[i], low), high) for i in order]
    for i in range(1, len(placed)):
        placed[i] = max(placed[i], placed[i - 1] + room)
    limit = high
    for i in range(len(placed) - 1, -1, -1):
        placed[i] = min(placed[i], limit)
        limit = placed[i] - room
    positions = [0.0] * len(heights)
    for rank, i in enumerate(order):
        positions[i] = placed[rank]
    return tuple(positions)


_POINT = 8  # a point covered is as bad as so many steps of line


def clearest(
    spots: Sequence[tuple[float, float]],
    path: Sequence[tuple[float, float]],
    *,
    width: float,
    height: float,
) -> tuple[float, float]:
    """The spot (left, top) of a label that the path through the points crosses least; the first of equals.

    All in pixels. The path is looked at in steps of a few pixels.
    """
    low = min(top for _, top in spots) - 4
    high = max(top for _, top in spots) + height + 4
    points = [(x, y) for x, y in path if low <= y <= high]
    steps = [(x, y) for one, other in pairwise(path) for x, y in _steps(one, other) if low <= y <= high]

    def crossed(spot: tuple[float, float]) -> int:
        left, top = spot[0] - 5, spot[1] - 4
        right, bottom = spot[0] + width + 5, spot[1] + height + 4
        return _POINT * sum(left <= x <= right and top <= y <= bottom for x, y in points) + sum(
            left <= x <= right and top <= y <= bottom for x, y in steps
        )

    return min(spots, key=crossed)


def _steps(one: tuple[float, float], other: tuple[float, float]) -> list[tuple[float, float]]:
    pieces = min(40, max(1, round((abs(other[0] - one[0]) + abs(other[1] - one[1])) / 6)))
    return [
        (one[0] + (other[0] - one[0]) * i / pieces, one[1] + (other[1] - one[1]) * i / pieces) for i in range(1, pieces)
    ]
