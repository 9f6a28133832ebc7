"""The door of the engine: series in, analyses out; a batch in, its analysis out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import overload

import numpy as np

from qitracker.spc.answer import answers
from qitracker.spc.batch import Batch, BatchAnalysis
from qitracker.spc.batch_checking import sheet_of_batch
from qitracker.spc.checking import Checked, checked
from qitracker.spc.frame import Phases
from qitracker.spc.judging import judge
from qitracker.spc.patterns import Floats, Whole
from qitracker.spc.rulebooks import RULE_BOOKS
from qitracker.spc.sheet import Labels, Sheet
from qitracker.spc.values import Analysis, Series
from qitracker.spc.words import Refused


@overload
def analyse(given: Series) -> Analysis: ...
@overload
def analyse(given: Batch) -> BatchAnalysis: ...
def analyse(given: Series | Batch) -> Analysis | BatchAnalysis:
    """What the chart of one series says, or those of a batch. Raises Refused for what cannot be analysed."""
    if isinstance(given, Series):
        sheet = sheet_of_series([checked(given)])
        (answer,) = answers(sheet, judge(sheet), 0, 1)
        if isinstance(answer, Refused):
            raise answer
        return answer
    sheet = sheet_of_batch(given)
    return BatchAnalysis(sheet, judge(sheet))


def analyse_all(many: Sequence[Series]) -> list[Analysis]:
    """What each chart says, in order. Raises Refused for the first series that cannot be analysed."""
    found = []
    for answer in analyse_each(many):
        if isinstance(answer, Refused):
            raise answer
        found.append(answer)
    return found


def analyse_each(many: Sequence[Series]) -> list[Analysis | Refused]:
    """What each chart says, or why it cannot be analysed, in order."""
    found: list[Analysis | Refused | None] = [None] * len(many)
    groups: dict[tuple[object, ...], list[tuple[int, Checked]]] = {}
    for at, series in enumerate(many):
        try:
            one = checked(series)
        except Refused as refused:
            found[at] = refused
            continue
        # Those of like length, so that no array is mostly empty.
        alike = (series.chart, series.rules, one.is_time, series.only_rises, one.sd is None, one.n is None)
        groups.setdefault((*alike, len(one.y).bit_length()), []).append((at, one))
    for members in groups.values():
        sheet = sheet_of_series([one for _, one in members])
        judged = judge(sheet)
        for first, end in sheet.pieces():
            for (at, _), answer in zip(members[first:end], answers(sheet, judged, first, end), strict=True):
                found[at] = answer
    return [answer for answer in found if answer is not None]


def sheet_of_series(group: list[Checked]) -> Sheet:
    """Checked series of one kind of chart and one rule set side by side."""
    asked = group[0].series
    lengths = [len(one.y) for one in group]
    shape = (len(group), max(lengths))
    excluded = None
    if any(one.excluded for one in group):
        excluded = np.zeros(shape, bool)
        for at, one in enumerate(group):
            excluded[at, list(one.excluded)] = True
    given = None
    if any(one.given_cl is not None for one in group):
        given = np.array([np.nan if one.given_cl is None else one.given_cl for one in group])
    habit = RULE_BOOKS[asked.rules].screens
    return Sheet(
        chart=asked.chart,
        rules=asked.rules,
        in_time=group[0].is_time,
        only_rises=asked.only_rises,
        y=_side_by_side([one.y for one in group], shape),
        n=_where_given([one.n for one in group], shape),
        sd=_where_given([one.sd for one in group], shape),
        lengths=None if lengths.count(shape[1]) == len(lengths) else _whole(lengths),
        excluded=excluded,
        phases=_phases(group),
        freeze=_freeze(group),
        given_cl=given,
        screen=np.array([habit if one.series.screen is None else one.series.screen for one in group]),
        labels=Labels(
            ids=tuple(one.series.id for one in group),
            x=tuple(one.x for one in group),
            directions=tuple(one.series.direction for one in group),
            multiply=np.array([float(one.series.multiply) for one in group]),
            targets=tuple(one.targets for one in group),
            unused=tuple(one.unused for one in group),
        ),
    )


def _side_by_side(columns: list[Floats], shape: tuple[int, int]) -> Floats:
    if all(len(column) == shape[1] for column in columns):
        return np.array(columns)
    found = np.full(shape, np.nan)
    for row, column in zip(found, columns, strict=True):
        row[: len(column)] = column
    return found


def _where_given(columns: Sequence[Floats | None], shape: tuple[int, int]) -> Floats | None:
    given = [column for column in columns if column is not None]
    return _side_by_side(given, shape) if given else None


def _phases(group: list[Checked]) -> Phases | None:
    if all(len(one.phase_sizes) == 1 for one in group):
        return None
    return Phases(
        owner=_whole([at for at, one in enumerate(group) for _ in one.phase_sizes]),
        first=_whole([start for one in group for start in accumulate(one.phase_sizes[:-1], initial=0)]),
        size=_whole([size for one in group for size in one.phase_sizes]),
    )


def _freeze(group: list[Checked]) -> Whole | None:
    if all(one.baseline_sizes == one.phase_sizes for one in group):
        return None
    return _whole([size for one in group for size in one.baseline_sizes])


def _whole(numbers: list[int]) -> Whole:
    return np.array(numbers, np.intp)
