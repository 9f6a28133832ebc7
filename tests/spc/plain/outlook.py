"""How close the latest point is to a signal, and what a reader is warned of."""

import itertools
from typing import Any

from tests.spc.plain.points import Point, mean, side

ENOUGH = 13  # points in the latest phase before anything is said of the next one
# How long the runs and trends are that signal, by rule set and chart; None: there is no such rule.
LENGTHS: dict[str, tuple[int, int | None]] = {
    "provost_murray": (8, 6),
    "making_data_count": (7, 7),
    "plotthedots": (7, 7),
    "western_electric": (8, None),
    "nelson": (9, 6),
}
SIDED = ("inner15", "nelson4", "nelson7", "nelson8")  # these have none
# Fewest and most runs about a median that chance gives, for so many useful points (Perla, Provost and Murray 2011).
EXPECTED = [
    "3-9",
    "3-10",
    "3-11",
    "4-11",
    "4-12",
    "5-12",
    "5-13",
    "5-13",
    "6-14",
    "6-15",
    "6-16",
    "7-16",
    "7-17",
    "7-17",
    "8-18",
    "8-18",
    "9-19",
    "10-19",
    "10-20",
    "10-20",
    "11-21",
    "11-22",
    "11-23",
    "12-23",
    "12-24",
    "12-24",
    "13-25",
    "13-25",
    "14-26",
    "14-26",
    "15-27",
    "15-27",
    "16-28",
    "16-28",
    "17-29",
    "17-30",
    "17-31",
    "18-31",
    "18-32",
    "19-32",
    "19-33",
    "20-33",
    "20-34",
    "21-34",
    "21-35",
    "22-35",
    "22-36",
    "23-36",
    "23-37",
    "24-38",
    "24-38",
]


def ending(sides: list[int]) -> tuple[int, int]:
    """The sign and the length of the run that ends a list of signs."""
    length = next((i for i, s in enumerate(reversed(sides)) if s != sides[-1]), len(sides))
    return (sides[-1], length) if sides else (0, 0)


def close_to(
    rules: str, chart: str, every: list[Point], phase: list[Point], *, category: bool, direction: str
) -> dict[str, Any]:
    """W1 to W3 at the latest point: in the outer third, ending a run, ending a trend just short of a signal."""
    none = {"state": None, "because": []}
    counted = [p for p in phase if p.counts and p.cl is not None]
    only_outside = chart == "mr" or (chart == "g" and rules != "provost_murray")
    if rules not in LENGTHS or category or only_outside or len(counted) < ENOUGH:
        return none
    shift, trend = (6, 5) if rules == "provost_murray" and chart == "run" else LENGTHS[rules]
    ties_break = rules in ("making_data_count", "plotthedots")
    last, before = counted[-1], counted[-2]
    red = {s for name, s in last.signals.items() if s and name not in SIDED}
    found: list[tuple[str, int, int]] = []
    row = phase if ties_break else counted

    away = side(last.judged, last.middle, last.judged_scale)
    if chart != "g" and last.step and row[-1] is last:
        outer = side(last.judged, last.middle + away * 2 * last.step, last.judged_scale) == away != 0
        inner = side(last.judged, last.middle + away * 3 * last.step, last.judged_scale) != away
        there = row[-2] if ties_break else before
        same = there.counts and side(there.y, there.cl, there.scale) == away
        if outer and inner and same and not (last.open_above if away > 0 else last.open_below):
            found.append(("W1", away, last.number))

    places = [(p.number, side(p.y, p.cl, p.scale)) for p in row]
    if not ties_break:
        places = [(at, s) for at, s in places if s]
    sign, length = ending([s for _, s in places])
    if sign and length == shift - 1:
        found.append(("W2", sign, places[-1][0]))

    moving = chart not in ("run", "i", "mr", "c", "g", "t") and len({p.n for p in every if p.n}) > 1
    kept = [p for i, p in enumerate(row) if ties_break or i == 0 or side(p.y, row[i - 1].y)]
    steps = [side(b.y, a.y) for a, b in itertools.pairwise(kept)]
    sign, length = ending(steps) if steps else (0, 0)
    if trend is not None and not moving and sign and length == trend - 2:
        found.append(("W3", sign, kept[-1].number))

    found = [one for one in found if one[1] not in red]
    if not found:
        return none
    order = ("W2", "W1", "W3")  # of those that end together where the process is going leads
    leading = max(found, key=lambda one: (one[2], order.index(one[0])))[1]
    good = {"increase": 1, "decrease": -1}.get(direction, 0)
    state = None if not good else "improvement" if leading == good else "concern"
    return {"state": state, "because": [one[0] for one in found]}


def related(values: list[float]) -> float:
    """The correlation of neighbours."""
    middle = mean(values)
    away = [v - middle for v in values]
    all_of_it = sum(a * a for a in away)
    return sum(a * b for a, b in itertools.pairwise(away)) / all_of_it if all_of_it else 0.0


def warnings_of(chart: str, phase: list[Point], runs: dict[str, Any], *, category: bool, given: bool) -> set[str]:
    """The warnings the contract names, for one phase."""
    firm = [p.y for p in phase if p.counts and p.baseline]
    if phase[0].cl is None:
        return set()
    if chart == "run":
        useful = runs["n_useful"]
        if category:
            return set()
        if useful < 10:
            return {"few_useful_points"}
        if useful - 10 >= len(EXPECTED):
            return set()
        fewest, most = (int(word) for word in EXPECTED[useful - 10].split("-"))
        n_runs = runs["crossings"] + 1
        return {"too_few_runs"} if n_runs < fewest else {"too_many_runs"} if n_runs > most else set()
    found = set()
    line_gives_limits = chart in ("c", "g", "u", "p", "s", "mr")
    if any(p.sigma is not None for p in phase) and not (given and line_gives_limits):
        found |= {"short_baseline"} if len(firm) < 12 else {"trial_limits"} if len(firm) < 20 else set()
    if len(firm) >= 12 and chart != "mr" and not category and related(firm) > 0.3 + 1e-12:
        found.add("related_neighbours")
    return found
