"""Where everything of one SPC chart stands: its axes, and the pixels they stand for."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median

from qitracker.charts.axes import Axis, place_axis, position, positions, value_axis
from qitracker.charts.ends import End, ends
from qitracker.charts.lettering import text_width
from qitracker.charts.measure_words import MeasureWords
from qitracker.charts.sizes import Size
from qitracker.method.measures import Rhythm
from qitracker.spc import Analysis, Chart

_FROM_ZERO = frozenset({Chart.P, Chart.PP, Chart.C, Chart.U, Chart.UP, Chart.MR, Chart.S, Chart.G, Chart.T})
PADDING = 4  # around the whole picture
_END_GAP = 8  # between the plot and the words at the ends of its lines
_AXIS_GAP = 8  # between the words of the axis up the side and the plot
_FURTHEST = 0.15  # of the chart's length: as far beyond its points as marks may stand

_MONTHLY = frozenset({Rhythm.MONTH, Rhythm.QUARTER})
_DAYS = {
    Rhythm.DAY: 1.0,
    Rhythm.WEEK: 7.0,
    Rhythm.FORTNIGHT: 14.0,
    Rhythm.MONTH: 30.0,
    Rhythm.QUARTER: 91.0,
    Rhythm.NONE: 7.0,
}


@dataclass(frozen=True, slots=True)
class Layout:
    """``places`` has the place of each point on the axis along the bottom, ``edges`` where it ends left and
    right: half way to its neighbours. ``plot`` is the width of the plot in pixels, ``left`` that of the words
    beside it.
    """

    size: Size
    places: tuple[float, ...]
    edges: tuple[tuple[float, float], ...]
    x: Axis
    y: Axis
    plot: float
    left: float
    ends: tuple[End, ...]

    def px(self, place: float) -> float:
        """Pixels from the left of the plot."""
        return self.x.share(place) * self.plot

    def py(self, value: float) -> float:
        """Pixels from the top of the plot."""
        return (1 - self.y.share(value)) * self.size.height


def layout(
    analysis: Analysis,
    words: MeasureWords,
    size: Size,
    *,
    marks: Sequence[str | int | date] = (),
) -> Layout:
    """The layout of a chart at a size, for any number of points, none included."""
    places = positions(analysis.x)
    gap = _gap(places, analysis, words)
    edges = _edges(places, gap)
    low, high = (edges[0][0], edges[-1][1]) if edges else (0.0, 10.0)
    low, high = _stretched(low, high, gap, (position(mark, analysis.x, places) for mark in marks))
    y = value_axis(
        [
            value
            for column in (
                analysis.y,
                analysis.cl,
                analysis.lcl,
                analysis.ucl,
                (analysis.target,),
                analysis.targets or (),
            )
            for value in known(column)
        ],
        unit=words.unit,
        from_zero=analysis.chart in _FROM_ZERO,
        most_ticks=size.y_ticks,
    )
    left = max(text_width(word, size.small) for word in y.words) + _AXIS_GAP
    at_ends = ends(analysis, words, stacked=size.stacked)
    lines = [line for end in at_ends for line in end.text.split("\n")]
    right = max((text_width(line, size.small) for line in lines), default=0.0) + _END_GAP
    plot = size.width - left - right - 2 * PADDING
    x = place_axis(analysis.x, low, high, most_ticks=size.x_ticks, monthly=words.rhythm in _MONTHLY)
    return Layout(size, places, edges, x, y, plot, left, at_ends)


def known(column: Iterable[float | None]) -> list[float]:
    """The numbers of a column that can be drawn."""
    return [value for value in column if value is not None and math.isfinite(value)]


def _gap(places: Sequence[float], analysis: Analysis, words: MeasureWords) -> float:
    """The usual distance between two points."""
    if len(places) > 1:
        return median(b - a for a, b in pairwise(places)) or 1.0
    return _DAYS[words.rhythm] if analysis.x and isinstance(analysis.x[0], str) else 1.0


def _edges(places: Sequence[float], gap: float) -> tuple[tuple[float, float], ...]:
    if not places:
        return ()
    between = [(a + b) / 2 for a, b in pairwise(places)]
    cuts = [places[0] - gap / 2, *between, places[-1] + gap / 2]
    return tuple(pairwise(cuts))


def _stretched(low: float, high: float, gap: float, marks: Iterable[float | None]) -> tuple[float, float]:
    """The ends of the axis with room for the marks, as far as they are not too far away."""
    furthest = max((high - low) * _FURTHEST, gap)
    near = [mark for mark in marks if mark is not None and low - furthest <= mark <= high + furthest]
    return min([low, *(mark - gap / 4 for mark in near)]), max([high, *(mark + gap / 4 for mark in near)])
