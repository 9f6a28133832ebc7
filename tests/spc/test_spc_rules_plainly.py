"""Each rule read plainly, a point at a time, against the engine, which works on whole columns at once."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qitracker.spc import Analysis, Chart, RuleSet, Series, Signal, analyse_all

Flags = list[int]


@dataclass
class Row:
    """The points of one phase that a rule may look at, in order: value, and distance from the line in sigma."""

    y: list[float | None]
    z: list[float | None]

    def __len__(self) -> int:
        return len(self.y)


def sign(value: float | None) -> int:
    return 0 if value is None or abs(value) < 1e-9 else 1 if value > 0 else -1


def beyond(value: float | None, sigmas: float) -> int:
    return 0 if value is None or abs(value) <= sigmas + 1e-7 else sign(value)


def stretches(marks: Flags, least: int) -> Flags:
    """Marks that stand in a row of at least so many equal ones that are not 0."""
    found = [0] * len(marks)
    for at in range(len(marks) - least + 1):
        window = marks[at : at + least]
        if window[0] and len(set(window)) == 1:
            found[at : at + least] = window
    return found


def shift(least: int, *, ties_break: bool = False) -> Callable[[Row], Flags]:
    def rule(row: Row) -> Flags:
        sides = [sign(z) for z in row.z]
        kept = [at for at, side in enumerate(sides) if side or ties_break]
        found = [0] * len(row)
        for at, flag in zip(kept, stretches([sides[at] for at in kept], least), strict=True):
            found[at] = flag
        return found

    return rule


def trend(least: int, *, ties_break: bool = False) -> Callable[[Row], Flags]:
    def rule(row: Row) -> Flags:
        kept = [at for at in range(len(row)) if ties_break or at == 0 or sign((row.y[at] or 0) - (row.y[at - 1] or 0))]
        values = [row.y[at] for at in kept]
        steps = [0 if before is None or after is None else sign(after - before) for before, after in pairwise(values)]
        found = [0] * len(row)
        for at, flag in enumerate(stretches(steps, least - 1)):
            if flag:  # a later trend overwrites the point that it shares with an earlier one
                found[kept[at]] = found[kept[at + 1]] = flag
        return found

    return rule


def some(least: int, length: int, sigmas: float) -> Callable[[Row], Flags]:
    def rule(row: Row) -> Flags:
        out = [beyond(z, sigmas) for z in row.z]
        found = [0] * len(row)
        for at in range(len(row) - length + 1):
            for side in (1, -1):
                hits = [place for place in range(at, at + length) if out[place] == side]
                if len(hits) >= least:
                    for place in hits:
                        found[place] = side
        return found

    return rule


def two_of_three_nhs(row: Row) -> Flags:
    found = [0] * len(row)
    for at in range(len(row) - 2):
        places = range(at, at + 3)
        sides = {sign(row.z[place]) for place in places}
        hits = [place for place in places if beyond(row.z[place], 2)]
        if len(sides) == 1 and 0 not in sides and len(hits) >= 2:
            for place in hits:
                found[place] = sign(row.z[place])
    return found


def alternating(row: Row) -> Flags:
    found = [0] * len(row)
    for at in range(len(row) - 13):
        steps = [sign((row.y[at + k + 1] or 0) - (row.y[at + k] or 0)) for k in range(13)]
        if 0 not in steps and all(steps[k] == -steps[k + 1] for k in range(12)):
            found[at : at + 14] = [1] * 14
    return found


def inner(least: int) -> Callable[[Row], Flags]:
    return lambda row: stretches([int(not beyond(z, 1)) for z in row.z], least)


def both_out(row: Row) -> Flags:
    return stretches([abs(beyond(z, 1)) for z in row.z], 8)


def outside(row: Row) -> Flags:
    return [beyond(z, 3) for z in row.z]


READ: dict[RuleSet, dict[Signal, Callable[[Row], Flags]]] = {
    RuleSet.PROVOST_MURRAY: {
        Signal.OUTSIDE: outside,
        Signal.SHIFT8: shift(8),
        Signal.TREND6: trend(6),
        Signal.TWO_OF_THREE: some(2, 3, 2),
        Signal.INNER15: inner(15),
    },
    RuleSet.MAKING_DATA_COUNT: {
        Signal.OUTSIDE: outside,
        Signal.SHIFT7: shift(7, ties_break=True),
        Signal.TREND7: trend(7, ties_break=True),
        Signal.TWO_OF_THREE: two_of_three_nhs,
    },
    RuleSet.WESTERN_ELECTRIC: {
        Signal.WE1: outside,
        Signal.WE2: some(2, 3, 2),
        Signal.WE3: some(4, 5, 1),
        Signal.WE4: shift(8),
    },
    RuleSet.NELSON: {
        Signal.NELSON1: outside,
        Signal.NELSON2: shift(9),
        Signal.NELSON3: trend(6),
        Signal.NELSON4: alternating,
        Signal.NELSON5: some(2, 3, 2),
        Signal.NELSON6: some(4, 5, 1),
        Signal.NELSON7: inner(15),
        Signal.NELSON8: both_out,
    },
}


def plainly(found: Analysis, rule: Callable[[Row], Flags], *, skips: bool, first: bool) -> Flags:
    """What a rule says of an analysis, phase by phase. `skips`: gaps and excluded points are left out."""
    flags = [0] * len(found.y)
    for phase in set(found.phase):
        places = [at for at, number in enumerate(found.phase) if number == phase]
        if skips:
            places = [at for at in places if found.y[at] is not None and (first or found.included[at])]
        y, z = [], []
        for at in places:
            value, cl, sigma = found.y[at], found.cl[at], found.sigma[at]
            y.append(value)
            z.append(None if value is None or cl is None or sigma is None else (value - cl) / sigma)
        for at, flag in zip(places, rule(Row(y, z)), strict=True):
            flags[at] = flag
    return flags


# A c chart given 100 has sigma 10: steps of five meet and miss every line.
values = st.one_of(st.integers(13, 27).map(lambda fives: 5.0 * fives), st.sampled_from((100.0, 105.0, 95.0)), st.none())
drawn = st.lists(values, min_size=3, max_size=45).filter(lambda found: any(one is not None for one in found))
# Long stretches, which chance alone seldom draws: rising, falling, level, on one side, in turn.
built = st.lists(
    st.tuples(st.sampled_from((5.0, -5.0, 0.0, 10.0)), st.integers(1, 17), st.integers(15, 25), st.booleans()),
    min_size=1,
    max_size=4,
).map(
    lambda pieces: [
        5.0 * start + (step * (at % 2) if in_turn else step * min(at, 8))
        for step, length, start, in_turn in pieces
        for at in range(length)
    ]
)


@pytest.mark.parametrize("rules", READ)
@settings(max_examples=25, deadline=None)
@given(many=st.lists(st.one_of(drawn, built), min_size=1, max_size=6), data=st.data())
def test_every_rule_is_what_it_says(rules: RuleSet, many: list[list[float | None]], data: st.DataObject) -> None:
    nhs = rules is RuleSet.MAKING_DATA_COUNT
    series = []
    for y in many:
        at = st.lists(st.integers(1, len(y)), max_size=2, unique=True).map(sorted)
        part = tuple(one for one in data.draw(at) if one < len(y))
        exclude = () if nhs else tuple(data.draw(at))
        series.append(
            Series(
                Chart.I if nhs else Chart.C,
                tuple(y),
                rules=rules,
                part=part,
                exclude=exclude,
                cl=None if nhs else 100.0,
            )
        )
    for found in analyse_all(series):
        if any(sigma == 0 for sigma in found.sigma):
            continue
        for at, (signal, rule) in enumerate(READ[rules].items()):
            assert list(found.signals[signal]) == plainly(found, rule, skips=not nhs, first=at == 0), signal
