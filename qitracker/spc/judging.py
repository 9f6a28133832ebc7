"""From a sheet to its lines and signals: the one place where a chart is worked out, for one series or a million."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from qitracker.spc.frame import ON_THE_LINE
from qitracker.spc.lines import Lines, Looking, Points, lines_of
from qitracker.spc.patterns import Bools, Flags, Floats, Squeeze, some
from qitracker.spc.rulebooks import Rule, RuleBook
from qitracker.spc.sheet import Block, Rows, Sheet, block_of
from qitracker.spc.words import Signal


class Judged(NamedTuple):
    """Lines of every phase (shapes (phases,), on the scale of judging; see Lines) and signals of every point.

    `signals` have the shape (points, series). `ranges` are the
    plotted values where those are not the ones given, as on an MR chart, in the same shape.
    """

    cl: Floats
    middle: Floats
    unit: Floats
    slack: Floats
    kept: Bools
    signals: dict[Signal, Flags]
    ranges: Floats | None


@cache
def _keep_memory() -> None:
    """Once: has the C library keep memory that is given back, instead of asking the system for it anew each time.

    glibc raises the size from which it returns memory at once to that of the largest piece it has seen given back,
    up to 32 MiB. Without this a third of the time of a large batch goes into clearing pages. Harmless elsewhere.
    """
    np.empty(16 * 1024 * 1024, np.uint8)


def judge(sheet: Sheet) -> Judged:
    """The lines and signals of a sheet, block by block."""
    _keep_memory()
    blocks = list(sheet.blocks())
    with np.errstate(all="ignore"):
        if sheet.phases is None and len(blocks) == 1:
            found = _whole(sheet, *_of_block(sheet, blocks[0]))
        else:
            found = _empty(sheet)
            for rows in blocks:
                _fill(found, rows, *_of_block(sheet, rows))
    if sheet.book.one_label:
        _keep_one(found.signals, sheet.book)
    return found


def _of_block(sheet: Sheet, rows: Rows) -> tuple[Block, Lines, dict[Signal, Flags | None]]:
    """Some phases, their lines, and the answer of each rule."""
    block = block_of(sheet, rows)
    largest = np.maximum(np.abs(block.low), np.abs(block.high))
    still = _still(sheet, rows, block, largest)
    lines = lines_of(block.frame, sheet.kind, still, largest, sheet.book.per_range)
    return block, lines, _flags(sheet, block, lines)


def _whole(sheet: Sheet, block: Block, lines: Lines, flags: Mapping[Signal, Flags | None]) -> Judged:
    """What was found of a block that is all there is: it stays where it is."""
    y = block.frame.y
    return Judged(
        cl=lines.cl,
        middle=lines.middle,
        unit=lines.unit,
        slack=lines.slack,
        kept=np.zeros(len(lines.cl), bool) if lines.kept is None else lines.kept,
        signals={signal: np.zeros(y.shape, np.int8) if one is None else one for signal, one in flags.items()},
        ranges=y if sheet.plots_ranges else None,
    )


def _empty(sheet: Sheet) -> Judged:
    """Room for what is found of all blocks."""
    shape, n_phases = (sheet.y.shape[1], len(sheet.y)), sheet.n_phases
    # Without phases each block writes its own columns whole; with them, only the points there are.
    room = np.empty if sheet.phases is None else np.zeros
    return Judged(
        cl=np.empty(n_phases),
        middle=np.empty(n_phases),
        unit=np.empty(n_phases),
        slack=np.empty(n_phases),
        kept=np.zeros(n_phases, bool),
        signals={signal: room(shape, np.int8) for signal in sheet.book.rules[sheet.kind.family]},
        ranges=np.full(shape, np.nan) if sheet.plots_ranges else None,
    )


def _fill(found: Judged, rows: Rows, block: Block, lines: Lines, flags: Mapping[Signal, Flags | None]) -> None:
    """Writes what was found of a block to its place."""
    found.cl[rows], found.middle[rows], found.unit[rows] = lines.cl, lines.middle, lines.unit
    found.slack[rows] = lines.slack
    if lines.kept is not None:
        found.kept[rows] = lines.kept
    if found.ranges is not None:
        _put(block, rows, block.frame.y, found.ranges)
    for signal, one in flags.items():
        _put(block, rows, one, found.signals[signal])


def _put(block: Block, rows: Rows, values: npt.NDArray[np.generic] | None, into: npt.NDArray[np.generic]) -> None:
    """Writes what was found of some phases to their points; None is 0 everywhere."""
    if block.places is None:
        into[:, rows] = 0 if values is None else values
    elif values is not None:
        block.places.join(values, into)


def _still(sheet: Sheet, rows: Rows, block: Block, largest: Floats) -> Bools | None:
    """Phases of series whose values are all the same, two of them at least: one alone is neither steady nor not. None
    for none.

    A few equal counts in one phase of a series that varies are chance, and keep the limits of their formula.
    """
    same: Bools = block.high - block.low <= ON_THE_LINE * largest
    if not some(same):
        return None
    owner = np.arange(len(sheet.y))[rows] if sheet.phases is None else sheet.phases.owner[rows]
    owners, which = np.unique(owner[same], return_inverse=True)  # a series may have thousands of such phases
    values = sheet.y[owners]
    if sheet.n is not None and sheet.kind.divides:
        values = values / sheet.n[owners]
    constant = _is_one_value(np.fmin.reduce(values, axis=1), np.fmax.reduce(values, axis=1))
    constant &= np.count_nonzero(~np.isnan(values), axis=1) > 1
    same[same] = constant[which]
    return same


def _is_one_value(low: Floats, high: Floats) -> Bools:
    same: Bools = high - low <= ON_THE_LINE * np.maximum(np.abs(high), np.abs(low))
    return same


def _flags(sheet: Sheet, block: Block, lines: Lines) -> dict[Signal, Flags | None]:
    """The answer of each rule for every point of a block's phases; None where it is not asked."""
    frame, kind, book = block.frame, sheet.kind, sheet.book
    rules = book.rules[kind.family]
    looking = Looking(frame, kind, lines, block.width)
    everyone = looking.points(None)
    counted = None if block.complete and frame.included is None else ~np.isnan(frame.y)
    no_line = np.isnan(lines.cl)
    if some(no_line):
        counted = np.ones(frame.y.shape, bool) if counted is None else counted
        counted[:, no_line] = False
    if counted is not None and frame.included is not None:
        counted &= frame.included
    points = everyone if counted is None else looking.points(counted)
    squeezed: tuple[npt.NDArray[np.intp], Squeeze, Points] | None = None
    if counted is not None and not book.gaps_break:
        columns = np.flatnonzero((~counted[:-1] & counted[1:]).any(axis=0))
        if columns.size:
            squeeze = Squeeze(counted[:, columns])
            squeezed = columns, squeeze, points.among(columns, squeeze)
    found: dict[Signal, Flags | None] = {}
    for signal, rule in rules.items():
        if rule is None or (rule.in_time and not frame.in_time) or (rule.is_trend and sheet.only_rises):
            found[signal] = None
        elif rule.sees_excluded:
            found[signal] = rule.find(everyone)
        else:
            found[signal] = _asked(rule, points, squeezed)
    return found


def _asked(rule: Rule, points: Points, squeezed: tuple[npt.NDArray[np.intp], Squeeze, Points] | None) -> Flags:
    """A rule's answer, in phases with points that do not count for the others moved together."""
    flags = rule.find(points)
    if squeezed is not None and rule.in_time:
        columns, squeeze, dense = squeezed
        flags[:, columns] = squeeze.back(rule.find(dense))
    return flags


def _keep_one(signals: Mapping[Signal, Flags], book: RuleBook) -> None:
    """Of the signals of each point only the first in the order of precedence stays."""
    taken: Bools | None = None
    for signal in book.precedence:
        flags = signals[signal]
        if taken is not None:
            flags[taken] = 0
        taken = flags != 0 if taken is None else taken | (flags != 0)
