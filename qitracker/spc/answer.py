"""From series worked out to their analyses: what a person reads."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import chain

from qitracker.spc.cautions import cautions
from qitracker.spc.close_to import CloseTo
from qitracker.spc.judging import Judged
from qitracker.spc.kinds import Family
from qitracker.spc.meaning import assurance_of, meanings_of, variation_of
from qitracker.spc.one import One, ones
from qitracker.spc.runs import runs_about
from qitracker.spc.sheet import Sheet
from qitracker.spc.suggesting import new_phase, other_chart
from qitracker.spc.values import Analysis, Caution, OtherChart, Runs, Suggestion
from qitracker.spc.words import Assurance, Refused


def answers(sheet: Sheet, judged: Judged, first: int, end: int) -> Iterator[Analysis | Refused]:
    """The analyses of the series from `first` to before `end`, or why they have none."""
    for one in ones(sheet, judged, first, end):
        yield one if isinstance(one, Refused) else _answer(one)


def _answer(one: One) -> Analysis:
    sheet, labels, length = one.sheet, one.sheet.labels, len(one.y)
    direction, targets = labels.directions[one.number], labels.targets[one.number]
    last = one.counted(*one.edges[-1])
    has_icons = len(last) >= sheet.book.icons_from and one.cl[last[-1]] is not None  # without a line nothing is judged
    each = [_or_none(value) for value in targets[:length]] if isinstance(targets, tuple) else None
    target = each[-1] if each else None if isinstance(targets, tuple) else targets
    return Analysis.asking(
        _Later(one),
        id=labels.ids[one.number],
        chart=sheet.chart,
        rules=sheet.rules,
        direction=direction,
        multiply=one.multiply,
        target=target,
        x=labels.x[one.number][:length],
        y=one.y,
        n=one.n,
        phase=tuple(chain(*((phase,) * (end - start) for phase, (start, end) in enumerate(one.edges, 1)))),
        baseline=tuple(one.baseline),
        included=tuple(one.included),
        cl=one.cl,
        lcl=one.lcl,
        ucl=one.ucl,
        sigma=one.sigma,
        signals=one.signals,
        meaning=meanings_of(one.leading, direction, one.y, one.cl),
        variation=variation_of(one.leading[last[-1]] if last else 0, direction, has_icons=has_icons),
        assurance=_assurance(one, target) if has_icons else None,
        both=one.both,
        targets=None if each is None else tuple(each),
    )


class _Later:
    """What is worked out of a series only when it is asked for (`ASKED_LATER`)."""

    def __init__(self, one: One) -> None:
        self._one = one

    @cached_property
    def runs(self) -> tuple[Runs, ...]:
        return tuple(_runs(self._one))

    @property
    def warnings(self) -> tuple[Caution, ...]:
        return tuple(cautions(self._one, self.runs))

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        return tuple(new_phase(self._one))

    @property
    def other_charts(self) -> tuple[OtherChart, ...]:
        return tuple(other_chart(self._one))

    @property
    def close_to(self) -> CloseTo:
        return self._one.close_to


def _or_none(value: float) -> float | None:
    return None if value != value else value  # noqa: PLR0124  (NaN is not itself)


def _runs(one: One) -> Iterator[Runs]:
    in_time = one.sheet.in_time and one.sheet.kind.family is not Family.RANGES
    sides = one.sides()
    for number, (first, end) in enumerate(one.edges, 1):
        yield runs_about(sides[first:end], number, in_time=in_time)


def _assurance(one: One, target: float | None) -> Assurance | None:
    if target is None:
        return None
    phase = one.summary()
    direction, beyond = one.sheet.labels.directions[one.number], one.sheet.book.limit_is_beyond
    return assurance_of(target, direction, phase.cl, phase.lcl, phase.ucl, limit_is_beyond=beyond)
