"""The data sets of an SPC chart: what `spc_spec` draws, as rows of plain values without NaN."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from qitracker.charts import palette
from qitracker.charts.axes import position
from qitracker.charts.ends import clearest, keep_apart
from qitracker.charts.evidence import last_counted
from qitracker.charts.lettering import shorten, text_width
from qitracker.charts.marks import Flag, Mark, MarkKind, PlacedFlag, place_flags
from qitracker.charts.measure_words import MeasureWords
from qitracker.charts.numbers import short_unit, show_number
from qitracker.charts.palette import Look
from qitracker.charts.periods import as_date, show_day, show_period
from qitracker.charts.point_words import TOO_EARLY, average_word, is_early, plotted_words, point_counted, shown_words
from qitracker.charts.spc_layout import Layout, known
from qitracker.spc import Analysis, Meaning

Row = dict[str, Any]

EXCLUDED = "excluded"
CLOSE = "close"
CLOSE_WORD = "Close to a signal"
NOT_CERTAIN = "not certain"
_KEY_ROW = 22
_KEY_GAP = 22
_KEY_MARK = 18
_PARTS = 24  # places tried along a phase for the words of its mean
_LINE_ROOM, _STACKED_ROOM = 17.0, 31.0
_AIR = 8
"""Pixels above the key, and between the labels and the plot."""


def limit_rows(analysis: Analysis, plan: Layout) -> list[Row]:
    """Mean and limits as corners of steps: two for each point, those between equal neighbours left out."""
    rows: list[Row] = []
    stretch, previous = 0, None
    on_trial = {phase.number for phase in analysis.phases if phase.is_trial}
    for i, (left, right) in enumerate(plan.edges):
        cl = finite(analysis.cl[i])
        now = (analysis.phase[i], cl, finite(analysis.lcl[i]), finite(analysis.ucl[i]))
        if cl is None:
            previous = None
            continue
        if previous is None or previous[0] != now[0]:
            stretch += 1
        if now == previous:
            rows[-1]["x"] = right
        else:
            corners = [_corner(edge, now, stretch, len(rows) + step, plan) for step, edge in enumerate((left, right))]
            rows += [corner | {"trial": now[0] in on_trial} for corner in corners]
        previous = now
    return rows


def _corner(
    x: float, level: tuple[int, float | None, float | None, float | None], stretch: int, order: int, plan: Layout
) -> Row:
    phase, cl, lcl, ucl = level
    banded = lcl is not None or ucl is not None
    return {
        "x": x,
        "phase": phase,
        "stretch": stretch,
        "order": order,
        "cl": cl,
        "lcl": lcl,
        "ucl": ucl,
        "band_low": (plan.y.low if lcl is None else lcl) if banded else cl,
        "band_high": (plan.y.high if ucl is None else ucl) if banded else cl,
    }


def finite(value: float | None) -> float | None:
    """The number, or None for one that cannot be drawn."""
    return next(iter(known((value,))), None)


def target_rows(analysis: Analysis, plan: Layout) -> list[Row]:
    """The target as corners of steps, from one end of the chart to the other where it never changed."""
    if analysis.targets is None:
        target = finite(analysis.target)
        ends = () if target is None else ((plan.x.low, target), (plan.x.high, target))
        return [{"x": x, "y": y, "stretch": 1, "order": order} for order, (x, y) in enumerate(ends)]
    rows: list[Row] = []
    stretch, joined = 0, False
    for i, (left, right) in enumerate(plan.edges):
        target = finite(analysis.targets[i])
        if target is None:
            joined = False
            continue
        stretch += not joined
        joined = True
        end = plan.x.high if i == len(plan.edges) - 1 else right
        rows += [{"x": x, "y": target, "stretch": stretch, "order": len(rows) + at} for at, x in enumerate((left, end))]
    return rows


def point_rows(analysis: Analysis, words: MeasureWords, plan: Layout) -> list[Row]:
    """One row for each point with a value; ``stretch`` counts the pieces of line between missing ones."""
    rows: list[Row] = []
    stretch, joined = 0, False
    close = close_at(analysis)
    for i, place in enumerate(plan.places):
        value = finite(analysis.y[i])
        if value is None:
            joined = False
            continue
        stretch += not joined
        joined = True
        rows.append(
            {
                "x": place,
                "y": value,
                "stretch": stretch,
                "kind": kind_of(analysis, i) if i != close else CLOSE,
                "stroke": close_colour(analysis) if i == close else "",
                "area": look_of(analysis, i).area,
                "when": show_period(analysis.x[i], words.rhythm),
                "value": show_number(value, words.unit),
                "counted": point_counted(analysis, i, words) or "–",
                "shows": (shown_words(analysis, i) or TOO_EARLY) if i != close else f"{CLOSE_WORD} ({NOT_CERTAIN})",
            }
        )
    return rows


def kind_of(analysis: Analysis, i: int) -> str:
    """The meaning of a point, or that it is left out."""
    if not analysis.included[i]:
        return EXCLUDED
    return str(analysis.meaning[i] or Meaning.COMMON_CAUSE)


def look_of(analysis: Analysis, i: int) -> Look:
    """How a point is drawn."""
    return palette.EXCLUDED if not analysis.included[i] else palette.LOOKS[analysis.meaning[i] or Meaning.COMMON_CAUSE]


def close_at(analysis: Analysis) -> int | None:
    """The index of the latest point where it is close to a signal and shows none itself."""
    last = last_counted(analysis) if analysis.close_to.because else None
    return last if last is not None and kind_of(analysis, last) == Meaning.COMMON_CAUSE else None


def close_colour(analysis: Analysis) -> str:
    """The outline of the hollow mark: the colour of what the warning would say."""
    meaning = {"improvement": Meaning.IMPROVEMENT, "concern": Meaning.CONCERN}.get(analysis.close_to.state or "")
    return palette.COMMON_DOT if meaning is None else palette.LOOKS[meaning].colour


def key(analysis: Analysis, plan: Layout) -> tuple[tuple[float, float, Look], ...]:
    """The key: place (pixels from its own top left) and look of each kind of mark that is on the chart."""
    present = {kind_of(analysis, i) for i, value in enumerate(analysis.y) if finite(value) is not None}
    looks = [look for meaning, look in palette.LOOKS.items() if meaning in present or look is palette.COMMON]
    if {Meaning.NEUTRAL_HIGH, Meaning.NEUTRAL_LOW} <= present:
        looks.remove(palette.NEUTRAL_LOW)
        looks[looks.index(palette.NEUTRAL_HIGH)] = replace(palette.NEUTRAL_HIGH, word=palette.NEUTRAL_KEY)
    if EXCLUDED in present:
        looks.append(palette.EXCLUDED)
    if all(is_early(analysis, i) for i in range(len(analysis.y))):
        looks[looks.index(palette.COMMON)] = replace(palette.COMMON, word=TOO_EARLY)
    if close_at(analysis) is not None:
        looks.append(Look(close_colour(analysis), "circle", 62, CLOSE_WORD, palette.INK, palette.PAGE))
    placed: list[tuple[float, float, Look]] = []
    x, y = 0.0, 0.0
    for look in looks:
        length = _KEY_MARK + text_width(look.word, plan.size.small)
        if placed and x + length > plan.plot + plan.left:
            x, y = 0.0, y + _KEY_ROW
        placed.append((x, y, look))
        x += length + _KEY_GAP
    return tuple(placed)


def key_rows(
    placed: Sequence[tuple[float, float, Look]], top: float, left: float, font: float
) -> tuple[list[Row], list[Row]]:
    """Marks and words of the key, its upper left corner at ``left`` and ``top`` pixels from the plot's."""
    marks = [
        {
            "at_x": left + x + 6,
            "at_y": top + y,
            "shape": look.shape,
            "area": look.area,
            "fill": palette.WHITE if look is palette.EXCLUDED or look.word == CLOSE_WORD else look.colour,
            "stroke": look.colour,
        }
        for x, y, look in placed
    ]
    words = [
        {"at_x": left + x + _KEY_MARK, "at_y": top + y, "text": look.word, "size": font, "weight": "normal"}
        for x, y, look in placed
    ]
    return marks, words


def axis_row(analysis: Analysis, words: MeasureWords, plan: Layout, top: float) -> Row | None:
    """What the numbers up the side are, above the key, where they are not the numbers that were typed."""
    text = plotted_words(analysis.chart, words.unit)
    if not text:
        return None
    size = plan.size.small
    return {
        "at_x": -plan.left,
        "at_y": top,
        "text": shorten(text, plan.size.width - 20, size),
        "size": size,
        "weight": "normal",
    }


def title_row(name: str, plan: Layout, top: float) -> Row:
    """The name of the measure above the key, at ``top`` pixels from the plot's top."""
    size = plan.size.font + 2
    text = shorten(name, plan.size.width - 20, size, bold=True)
    return {"at_x": -plan.left, "at_y": top, "text": text, "size": size, "weight": "bold"}


def key_height(placed: Sequence[tuple[float, float, Look]]) -> float:
    """Pixels the key takes above the labels."""
    return max((y for _, y, _ in placed), default=0.0) + _KEY_ROW


@dataclass(frozen=True, slots=True)
class Pole:
    """A line from the top of the plot to its bottom, with words at its head."""

    place: float
    text: str
    short: str
    title: str
    when: str
    colour: str
    boundary: bool


def poles(
    analysis: Analysis,
    words: MeasureWords,
    plan: Layout,
    marks: Sequence[Mark],
    reasons: Mapping[int, str],
) -> tuple[Pole, ...]:
    """The marks that have a place on the chart, and where phases begin."""
    found = []
    for i in range(1, len(plan.places)):
        if analysis.phase[i] == analysis.phase[i - 1]:
            continue
        number = analysis.phase[i]
        name, reason = f"Phase {number}", reasons.get(number, "")
        text = shorten(f"{name}: {reason}" if reason else name, plan.size.label, plan.size.small, bold=True)
        when = show_period(analysis.x[i], words.rhythm)
        found.append(Pole(plan.edges[i][0], text, name, reason or name, when, palette.QUIET_INK, boundary=True))
    for mark in marks:
        place = position(mark.at, analysis.x, plan.places)
        if place is None or not plan.x.low <= place <= plan.x.high:
            continue
        day = as_date(mark.at)
        found.append(
            Pole(
                place,
                shorten(mark.label, plan.size.label, plan.size.small, bold=True),
                mark.short,
                mark.title or mark.label,
                show_day(day) if day else str(mark.at),
                palette.BRAND if mark.kind is MarkKind.CYCLE else palette.QUIET_INK,
                boundary=False,
            )
        )
    return tuple(found)


def flags_of(found: Sequence[Pole], plan: Layout) -> tuple[PlacedFlag, ...]:
    """Where the words of the poles stand."""
    return place_flags(
        [Flag(plan.px(pole.place), pole.text, pole.short) for pole in found],
        width=plan.plot,
        font=plan.size.small,
        rows=plan.size.rows,
    )


def flag_rows(
    found: Sequence[Pole], flags: Sequence[PlacedFlag], plan: Layout
) -> tuple[list[Row], list[Row], list[Row]]:
    """Phase boundaries, marks, and the labels of both."""
    boundaries: list[Row] = []
    marks: list[Row] = []
    labels: list[Row] = []
    for pole, flag in zip(found, flags, strict=True):
        at = -(_AIR + plan.size.row * ((flag.row or 0) + 0.5))
        top = 0.0 if flag.row is None else at - plan.size.row / 2
        said = {"x": pole.place, "colour": pole.colour, "title": pole.title, "when": pole.when}
        (boundaries if pole.boundary else marks).append({**said, "top": top})
        if flag.row is not None:
            align, dx = ("right", -5) if flag.leftward else ("left", 5)
            labels.append({**said, "at": at, "text": flag.text, "align": align, "dx": dx})
    return boundaries, marks, labels


def flags_height(flags: Sequence[PlacedFlag], plan: Layout) -> float:
    """Pixels the labels take above the plot."""
    rows = max((flag.row + 1 for flag in flags if flag.row is not None), default=0)
    return _AIR + plan.size.row * rows


def end_rows(plan: Layout) -> list[Row]:
    """What the lines are, at their right ends, no label over another."""
    room = _STACKED_ROOM if plan.size.stacked else _LINE_ROOM
    heights = keep_apart([plan.py(end.value) for end in plan.ends], room, low=0.0, high=float(plan.size.height))
    return [
        {"at": height, "dy": -6 if plan.size.stacked else 1, "text": end.text, "colour": end.colour}
        for end, height in zip(plan.ends, heights, strict=True)
    ]


def mean_rows(analysis: Analysis, words: MeasureWords, plan: Layout) -> list[Row]:
    """The means of earlier phases, each beside its line where the fewest points are in the way."""
    rows: list[Row] = []
    path = [
        (plan.px(place), plan.py(value))
        for place, value in zip(plan.places, analysis.y, strict=True)
        if value is not None and finite(value) is not None
    ]
    height = plan.size.small
    for phase in sorted(set(analysis.phase))[:-1]:
        inside = [i for i, number in enumerate(analysis.phase) if number == phase]
        cl = finite(analysis.cl[inside[0]])
        if cl is None:
            continue
        number = show_number(cl, short_unit(words.unit))
        text = number if plan.size.stacked else f"{average_word(analysis.chart).capitalize()} {number}"
        width = text_width(text, plan.size.small) + 8
        left, right = plan.px(plan.edges[inside[0]][0]), plan.px(plan.edges[inside[-1]][1])
        if right - left < width:
            continue
        y = plan.py(cl)
        spots = [
            (left + (right - left - width) * part / _PARTS, top)
            for top in (y - height - 4, y + 4)
            for part in range(_PARTS + 1)
        ]
        spot = clearest(spots, path, width=width, height=height)
        rows.append({"at_x": spot[0] / plan.plot, "at": spot[1] + height / 2, "text": text})
    for row in rows:
        row["x"] = plan.x.low + row.pop("at_x") * (plan.x.high - plan.x.low)
    return rows
