"""Puts the parts together: checks, lines, rules, runs, meaning, cautions and suggestions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from qitracker.spc.cautions import cautions
from qitracker.spc.checking import Checked, checked
from qitracker.spc.frame import Bools, Floats, Frame
from qitracker.spc.kinds import Limits, limits
from qitracker.spc.meaning import assurance_of, leading_flags, meaning_of, variation_of
from qitracker.spc.phases import lasting_shift, phase_summary
from qitracker.spc.rules import RULE_BOOKS, Flags, RuleBook, find_signals, look
from qitracker.spc.runs import runs_about
from qitracker.spc.values import (
    Analysis,
    Assurance,
    Caution,
    PhaseSummary,
    Refused,
    Runs,
    Series,
    Signal,
    Suggestion,
)


def analyse(series: Series) -> Analysis:
    """What the chart of one series says. Raises Refused for a series that cannot be analysed."""
    return analyse_all([series])[0]


def analyse_all(many: Sequence[Series]) -> list[Analysis]:
    """What each chart says, in order. Raises Refused for the first series that cannot be analysed."""
    answers = []
    for answer in analyse_each(many):
        if isinstance(answer, Refused):
            raise answer
        answers.append(answer)
    return answers


def analyse_each(many: Sequence[Series]) -> list[Analysis | Refused]:
    """What each chart says, or why it cannot be analysed, in order."""
    answers: list[Analysis | Refused | None] = [None] * len(many)
    groups: dict[tuple[str, str], list[tuple[int, Checked]]] = {}
    for at, series in enumerate(many):
        try:
            one = checked(series)
            groups.setdefault((series.chart, series.rules), []).append((at, one))
        except Refused as refused:
            answers[at] = refused
    for members in groups.values():
        for (at, _), answer in zip(members, _analyse_alike([one for _, one in members]), strict=True):
            answers[at] = answer
    return [answer for answer in answers if answer is not None]


@dataclass(frozen=True, slots=True)
class _Findings:
    """What was found for a group of series of one kind and rule set: arrays over all their points."""

    frame: Frame
    lines: Limits
    side: Flags
    signals: dict[Signal, Flags]
    leading: Flags
    baseline: Bools


def _analyse_alike(group: list[Checked]) -> list[Analysis | Refused]:
    """Answers for series of one kind of chart and one rule set."""
    kind, book = group[0].kind, RULE_BOOKS[group[0].series.rules]
    with np.errstate(all="ignore"):
        frame, baseline = _frame(group, book)
        lines = limits(frame, kind)
        seen = look(frame, lines)
        signals = find_signals(frame, lines, seen, book.rules[kind.family])
        leading = leading_flags(signals, book.precedence)
        found = _Findings(frame, lines, seen.side, signals, leading, baseline)
        scale = np.repeat([one.series.multiply for one in group], [len(one.y) for one in group])
        columns = _Columns(found, scale)
        answers = []
        point = phase = 0
        for one in group:
            points = slice(point, point + len(one.y))
            phases = slice(phase, phase + len(one.phase_sizes))
            point, phase = points.stop, phases.stop
            answers.append(_answer(one, found, columns, points, phases))
    return answers


def _frame(group: list[Checked], book: RuleBook) -> tuple[Frame, Bools]:
    """The points of a group in a row, and which of them lie in their phase's baseline."""
    sizes = np.array([size for one in group for size in one.phase_sizes])
    firm = np.array([size for one in group for size in one.baseline_sizes])
    starts = np.cumsum(sizes) - sizes
    phase = np.repeat(np.arange(len(sizes)), sizes)
    total = len(phase)
    baseline = np.arange(total) - starts[phase] < firm[phase]
    numerator = np.concatenate([one.y for one in group])
    n = np.concatenate([np.full(len(one.y), np.nan) if one.n is None else one.n for one in group])
    y = np.concatenate([one.y if one.n is None else one.y / one.n for one in group])
    present = ~np.isnan(y)
    included = np.ones(total, bool)
    point = 0
    for one in group:
        if one.excluded:
            included[[point + at for at in one.excluded]] = False
        point += len(one.y)

    def by_phase(values: list[Any], dtype: npt.DTypeLike) -> npt.NDArray[Any]:
        return np.repeat(np.array(values, dtype), [len(one.phase_sizes) for one in group])

    frame = Frame(
        y=y,
        numerator=numerator,
        n=np.where(present, n, np.nan),
        phase=phase,
        present=present,
        included=included,
        base=baseline & included,
        starts=starts,
        given_cl=by_phase([np.nan if one.series.cl is None else one.series.cl for one in group], float),
        screen=by_phase([book.screens if one.series.screen is None else one.series.screen for one in group], bool),
        in_time=by_phase([one.is_time for one in group], bool),
    )
    return frame, baseline


class _Columns:
    """The columns of a group as lists of Python numbers, None where there is none, in plotted units."""

    __slots__ = (
        "baseline",
        "cl",
        "included",
        "lcl",
        "leading",
        "n",
        "side",
        "sigma",
        "signals",
        "too_large",
        "ucl",
        "y",
    )

    def __init__(self, found: _Findings, scale: Floats) -> None:
        frame, lines = found.frame, found.lines
        plotted = [column * scale for column in (frame.y, lines.cl, lines.lcl, lines.ucl, lines.sigma)]
        self.too_large: Bools = np.logical_or.reduce([np.isinf(column) for column in plotted])
        self.y, self.cl, self.lcl, self.ucl, self.sigma = map(_cells, plotted)
        self.n = _cells(frame.n)
        self.baseline: list[bool] = found.baseline.tolist()
        self.included: list[bool] = frame.included.tolist()
        self.side: list[int] = found.side.tolist()
        self.leading: list[int] = found.leading.tolist()
        self.signals: dict[Signal, list[int]] = {name: flags.tolist() for name, flags in found.signals.items()}


def _cells(column: Floats) -> list[float | None]:
    cells: list[float | None] = column.tolist()
    return [None if cell != cell else cell for cell in cells]  # noqa: PLR0124  (NaN is not itself)


def _answer(one: Checked, found: _Findings, columns: _Columns, points: slice, phases: slice) -> Analysis | Refused:
    series = one.series
    if columns.too_large[points].any():
        return Refused(
            "beyond_range",
            "A plotted value or limit is too large for a number. Use a smaller multiply or larger units.",
        )
    y, included, leading = columns.y[points], columns.included[points], columns.leading[points]
    last_size = one.phase_sizes[-1]
    counted = [value is not None and use for value, use in zip(y[-last_size:], included[-last_size:], strict=True)]
    n_points = sum(counted)
    latest = len(counted) - 1 - counted[::-1].index(True) if n_points else None
    meanings = tuple(
        None if value is None or line is None else meaning_of(flag, series.direction)
        for value, line, flag in zip(y, columns.cl[points], leading, strict=True)
    )
    sides = [side if use else 0 for side, use in zip(columns.side[points], included, strict=True)]
    runs = tuple(_runs(one, sides))
    return Analysis(
        id=series.id,
        chart=series.chart,
        rules=series.rules,
        direction=series.direction,
        multiply=series.multiply,
        target=series.target,
        x=one.x,
        y=tuple(y),
        n=tuple(columns.n[points]),
        phase=tuple(number for number, size in enumerate(one.phase_sizes, 1) for _ in range(size)),
        baseline=tuple(columns.baseline[points]),
        included=tuple(included),
        cl=tuple(columns.cl[points]),
        lcl=tuple(columns.lcl[points]),
        ucl=tuple(columns.ucl[points]),
        sigma=tuple(columns.sigma[points]),
        signals={name: tuple(flags[points]) for name, flags in columns.signals.items()},
        runs=runs,
        meaning=meanings,
        variation=variation_of(0 if latest is None else leading[latest - last_size], series.direction, n_points),
        assurance=_assurance(one, columns, points, n_points),
        warnings=_warnings(one, found, runs, points, phases),
        suggestions=tuple(_suggestions(one, columns, points, sides)),
    )


def _runs(one: Checked, sides: list[int]) -> Iterator[Runs]:
    ends = accumulate(one.phase_sizes, initial=0)
    for number, (first, end) in enumerate(pairwise(ends), 1):
        yield runs_about(sides[first:end], number, in_time=one.is_time)


def _assurance(one: Checked, columns: _Columns, points: slice, n_points: int) -> Assurance | None:
    if one.series.target is None:
        return None
    last = slice(points.stop - one.phase_sizes[-1], points.stop)
    phase = phase_summary(
        chart=one.series.chart,
        multiply=one.series.multiply,
        number=len(one.phase_sizes),
        first=last.start - points.start,
        y=columns.y[last],
        n=columns.n[last],
        baseline=columns.baseline[last],
        included=columns.included[last],
        cl=columns.cl[last],
        lcl=columns.lcl[last],
        ucl=columns.ucl[last],
        sigma=columns.sigma[last],
    )
    return assurance_of(one.series.target, one.series.direction, phase.cl, phase.lcl, phase.ucl, n_points)


def _warnings(
    one: Checked, found: _Findings, runs: tuple[Runs, ...], points: slice, phases: slice
) -> tuple[Caution, ...]:
    return tuple(cautions(one, found.frame, found.lines, found.signals, runs, points, phases))


def _suggestions(one: Checked, columns: _Columns, points: slice, sides: list[int]) -> Iterator[Suggestion]:
    """A new phase from the start of a lasting shift in the latest phase."""
    if one.series.cl is not None or not one.is_time:
        return
    first = len(one.y) - one.phase_sizes[-1]
    shift = lasting_shift(sides[first:])
    if shift is None:
        return
    at = first + shift.start
    new = _phase_from(one, at)
    cl_now = columns.cl[points.start + at]
    if new is None or new.cl is None or cl_now is None:
        return
    yield Suggestion(
        code="new_phase",
        at=at,
        confirmed_at=first + shift.confirmed,
        points=shift.length,
        side=shift.side,
        meaning=meaning_of(shift.side, one.series.direction),
        cl_now=cl_now,
        cl_new=new.cl,
        lcl_new=new.lcl,
        ucl_new=new.ucl,
    )


def _phase_from(one: Checked, at: int) -> PhaseSummary | None:
    """The points from `at` on as one phase, all of them its baseline. None where they have no lines."""
    size = len(one.y) - at
    tail = replace(
        one,
        x=one.x[at:],
        y=one.y[at:],
        n=None if one.n is None else one.n[at:],
        phase_sizes=(size,),
        baseline_sizes=(size,),
        excluded=tuple(position - at for position in one.excluded if position >= at),
    )
    frame, baseline = _frame([tail], RULE_BOOKS[one.series.rules])
    lines = limits(frame, one.kind)
    plotted = [column * one.series.multiply for column in (frame.y, lines.cl, lines.lcl, lines.ucl, lines.sigma)]
    if np.isinf(plotted).any():
        return None
    y, cl, lcl, ucl, sigma = map(_cells, plotted)
    return phase_summary(
        chart=one.series.chart,
        multiply=one.series.multiply,
        number=1,
        first=0,
        y=y,
        n=_cells(frame.n),
        baseline=baseline.tolist(),
        included=frame.included.tolist(),
        cl=cl,
        lcl=lcl,
        ucl=ucl,
        sigma=sigma,
    )
