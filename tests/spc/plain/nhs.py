"""The two NHS rule sets, on XmR (rules 2.4): making_data_count, and the package plotthedots."""

import itertools

from tests.spc.plain.points import Point, side
from tests.spc.plain.rules import band, outside

NAMES = ("outside", "shift7", "trend7", "two_of_three")


def same_side(window: list[Point]) -> int:
    sides = {side(p.y, p.cl, p.scale) if p.y is not None else 0 for p in window}
    return sides.pop() if len(sides) == 1 else 0


def steps(window: list[Point]) -> int:
    if any(p.y is None for p in window):
        return 0
    signs = {side(b.y, a.y) for a, b in itertools.pairwise(window)}
    return signs.pop() if len(signs) == 1 else 0


def judge_nhs(rules: str, phase: list[Point], *, category: bool) -> None:
    """A gap, and a point on the mean, break every window. Places have no order, and so no windows."""
    for p in phase:
        p.signals = dict.fromkeys(NAMES, 0)
        p.signals["outside"] = outside(p)
    for i in range(0 if category else len(phase)):
        seven, three = phase[i : i + 7], phase[i : i + 3]
        if len(seven) == 7:
            for name, sign in (("shift7", same_side(seven)), ("trend7", steps(seven))):
                for p in seven:
                    p.signals[name] = sign or p.signals[name]
        sign = same_side(three) if len(three) == 3 else 0
        far = [p for p in three if sign and band(p, 2) == sign and (rules != "plotthedots" or not outside(p))]
        if len(far) >= 2:
            for p in far:
                p.signals["two_of_three"] = sign
    if rules == "plotthedots":
        relabel_trends(phase)
        for p in phase:
            label = next((n for n in ("outside", "trend7", "two_of_three", "shift7") if p.signals[n]), None)
            p.signals = {n: p.signals[n] if n == label else 0 for n in NAMES}


def relabel_trends(phase: list[Point]) -> None:
    """The package asks the step out of a point whose next point is in a trend too, else the step in."""
    within = [bool(p.signals["trend7"]) for p in phase]
    for i, p in enumerate(phase):
        if within[i]:
            on = i + 1 < len(phase) and within[i + 1]
            before, after = (p, phase[i + 1]) if on else (phase[i - 1], p)
            p.signals["trend7"] = 1 if side(after.y, before.y) > 0 else -1
