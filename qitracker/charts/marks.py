"""Marks on a chart: what the team did, and when; and where their labels stand so that none covers another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from qitracker.charts.lettering import text_width


class MarkKind(StrEnum):
    """What a mark stands for."""

    CYCLE = "cycle"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened: ``label`` stands on the chart ("PDSA 1"), ``title`` in its tooltip.

    ``at`` is a date (or ISO date), a number on a chart without dates, or a category.
    """

    at: str | int | date
    label: str
    title: str = ""
    kind: MarkKind = MarkKind.CYCLE

    @property
    def short(self) -> str:
        """The label where there is no room: the number of a cycle, the whole of anything else."""
        numbers: list[str] = re.findall(r"\d+", self.label)
        return numbers[-1] if numbers and self.kind is MarkKind.CYCLE else self.label


@dataclass(frozen=True, slots=True)
class Flag:
    """A label to be placed: ``x`` in pixels, the words to show and shorter ones."""

    x: float
    text: str
    short: str


@dataclass(frozen=True, slots=True)
class PlacedFlag:
    """A label in its row, counted from the plot up; None where there is no room and only its line is drawn.

    ``leftward``: the words stand left of the line, because the plot ends.
    """

    text: str
    row: int | None
    leftward: bool


_BESIDE = 5.0  # from the line to its words
_CLEAR = 3.0  # of them, what a neighbouring line may use
_APART = 8.0


@dataclass(frozen=True, slots=True)
class _Span:
    line: float
    left: float
    right: float
    row: int


def place_flags(flags: Sequence[Flag], *, width: float, font: float, rows: int) -> tuple[PlacedFlag, ...]:
    """Rows for labels, like flags on poles: no label over another, no pole through another's label.

    Works from the right, so that the flags of a close group come down like stairs. Where the words do not
    fit into so many rows all get their short words; what still does not fit has no label.
    """
    for short in (False, True):
        placed = _placed(flags, width, font, rows, short)
        if all(flag.row is not None for flag in placed):
            break
    return placed


def _placed(flags: Sequence[Flag], width: float, font: float, rows: int, short: bool) -> tuple[PlacedFlag, ...]:
    spans: list[_Span] = []
    placed: dict[int, PlacedFlag] = {}
    for i in sorted(range(len(flags)), key=lambda i: (-flags[i].x, -i)):
        flag = flags[i]
        text = flag.short if short else flag.text
        length = text_width(text, font, bold=True) + _BESIDE
        found = next(
            (span for span in _spans(flag.x, length, width, rows) if not any(_clash(span, other) for other in spans)),
            None,
        )
        if found is None:
            placed[i] = PlacedFlag(text, None, leftward=False)
            continue
        spans.append(found)
        placed[i] = PlacedFlag(text, found.row, leftward=found.left < flag.x)
    return tuple(placed[i] for i in range(len(flags)))


def _spans(line: float, length: float, width: float, rows: int) -> Iterator[_Span]:
    """Where a flag may fly: right of its pole from the lowest row up, then left of it; within the plot."""
    if line + length <= width:
        yield from (_Span(line, line + _CLEAR, line + length, row) for row in range(rows))
    if line - length >= 0:
        yield from (_Span(line, line - length, line - _CLEAR, row) for row in range(rows))


def _clash(one: _Span, other: _Span) -> bool:
    if one.row == other.row:
        return one.left < other.right + _APART and other.left < one.right + _APART
    lower, higher = (one, other) if one.row < other.row else (other, one)
    return lower.left - 2 < higher.line < lower.right + 2
