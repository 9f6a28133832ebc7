"""Each rule set over one phase (rules, section 2). A rule answers {place among the points it was given: sign}."""

import itertools
from collections.abc import Callable

from tests.spc.plain.points import Point, side

Flags = dict[int, int]


def runs_on_one_side(points: list[Point], length: int) -> Flags:
    """Points on the centre line are passed over."""
    off = [(i, side(p.y, p.cl, p.scale)) for i, p in enumerate(points) if side(p.y, p.cl, p.scale)]
    flags: Flags = {}
    for start in range(len(off)):
        window = off[start : start + length]
        if len(window) == length and len({s for _, s in window}) == 1:
            flags.update(dict(window))
    return flags


def trends(points: list[Point], length: int) -> Flags:
    """Of equal neighbours only the first counts. The later trend signs the turning point."""
    kept: list[tuple[int, float]] = []
    for i, p in enumerate(points):
        if p.y is not None and (not kept or side(p.y, kept[-1][1])):
            kept.append((i, p.y))
    flags: Flags = {}
    for start in range(len(kept)):
        window = kept[start : start + length]
        steps = {side(b[1], a[1]) for a, b in itertools.pairwise(window)}
        if len(window) == length and len(steps) == 1:
            flags.update({i: next(iter(steps)) for i, _ in window})
    return flags


def band(p: Point, sigmas: int) -> int:
    """+1 or -1 where the point is beyond that many sigma of the centre line, else 0."""
    if p.judged is None or p.middle is None or not p.step:
        return 0
    if side(p.judged, p.middle + sigmas * p.step, p.judged_scale) > 0:
        return 1
    return -1 if side(p.judged, p.middle - sigmas * p.step, p.judged_scale) < 0 else 0


def several_beyond(points: list[Point], need: int, of: int, sigmas: int, *, limits_needed: bool) -> Flags:
    """`need` of `of` neighbours beyond so many sigma on one side; those beyond are flagged."""
    flags: Flags = {}
    for sign in (1, -1):
        for start in range(len(points) - of + 1):
            window = [
                i
                for i in range(start, start + of)
                if band(points[i], sigmas) == sign
                and not (limits_needed and (points[i].open_above if sign > 0 else points[i].open_below))
            ]
            if len(window) >= need:
                flags.update(dict.fromkeys(window, sign))
    return flags


def stretch(points: list[Point], length: int, holds: Callable[[Point], bool]) -> Flags:
    """Sideless: so many neighbours of which each holds."""
    flags: Flags = {}
    for start in range(len(points) - length + 1):
        if all(holds(p) for p in points[start : start + length]):
            flags.update(dict.fromkeys(range(start, start + length), 1))
    return flags


def inside_one(p: Point) -> bool:
    return bool(p.step) and p.judged is not None and band(p, 1) == 0


def beyond_one(p: Point) -> bool:
    return band(p, 1) != 0


def alternating(points: list[Point], length: int) -> Flags:
    """Up and down by turns; two equal neighbours break it."""
    flags: Flags = {}
    for start in range(len(points) - length + 1):
        window = points[start : start + length]
        steps = [side(b.y, a.y) for a, b in itertools.pairwise(window)]
        if all(steps) and all(a == -b for a, b in itertools.pairwise(steps)):
            flags.update(dict.fromkeys(range(start, start + length), 1))
    return flags


def outside(p: Point) -> int:
    if p.y is None:
        return 0
    return 1 if side(p.y, p.ucl, p.scale) > 0 and p.ucl is not None else -1 if side(p.y, p.lcl, p.scale) < 0 else 0


def judge(rules: str, chart: str, phase: list[Point], *, category: bool) -> None:
    """Write the signals of a rule set on the points of a phase, under the contract's names."""
    seen = [p for p in phase if p.counts and p.cl is not None]  # without a line nothing is judged
    only_outside = category or chart == "mr"
    found: dict[str, Flags] = {}
    if rules == "provost_murray" and chart == "run":
        found = {"shift6": runs_on_one_side(seen, 6), "trend5": trends(seen, 5)}
        only_outside = category
    elif rules == "provost_murray":
        found = {
            "shift8": runs_on_one_side(seen, 8),
            "trend6": trends(seen, 6),
            "two_of_three": {} if chart == "g" else several_beyond(seen, 2, 3, 2, limits_needed=True),
            "inner15": {} if chart == "g" else stretch(seen, 15, inside_one),
        }
    elif rules == "western_electric":
        only_outside = only_outside or chart == "g"
        found = {
            "we2": several_beyond(seen, 2, 3, 2, limits_needed=False),
            "we3": several_beyond(seen, 4, 5, 1, limits_needed=False),
            "we4": runs_on_one_side(seen, 8),
        }
    elif rules == "nelson":
        only_outside = only_outside or chart == "g"
        found = {
            "nelson2": runs_on_one_side(seen, 9),
            "nelson3": trends(seen, 6),
            "nelson4": alternating(seen, 14),
            "nelson5": several_beyond(seen, 2, 3, 2, limits_needed=False),
            "nelson6": several_beyond(seen, 4, 5, 1, limits_needed=False),
            "nelson7": stretch(seen, 15, inside_one),
            "nelson8": stretch(seen, 8, beyond_one),
        }
    first = {"provost_murray": "outside", "western_electric": "we1", "nelson": "nelson1"}.get(rules)
    for p in phase:
        if first and not (first == "outside" and chart == "run"):
            p.signals[first] = outside(p)
        p.signals.update(dict.fromkeys(found, 0))
    for name, flags in found.items():
        for i, sign in flags.items():
            if not only_outside:
                seen[i].signals[name] = sign
