"""Rows to plotted points, and points to phases, as one reads it in the rules: no arrays, no sharing, no haste."""

from dataclasses import dataclass, field
from datetime import date
from statistics import mean as exact_mean
from statistics import stdev
from typing import Any

WITHIN = 1e-9  # contract, readings: within 1e-9 relative of a line is on it
ROUNDING = 1e-14  # a mean of some dozens of values is off by no more than this share of the largest


@dataclass
class Point:
    """One plotted point. Values are in data units until whole.analyse multiplies them."""

    x: Any
    y: float | None
    n: float | None
    spread: float | None = None  # the subgroup's own standard deviation
    size: int = 1  # how many values the subgroup holds
    number: int = 0  # counted from 1 over all points
    phase: int = 1
    baseline: bool = True
    included: bool = True
    cl: float | None = None
    lcl: float | None = None
    ucl: float | None = None
    sigma: float | None = None
    judged: float | None = None  # y on the scale on which thirds are counted
    middle: float | None = None  # the centre line on that scale
    step: float | None = None  # sigma on that scale
    scale: float = 0.0  # size of the largest value of the phase
    judged_scale: float = 0.0  # the same on the scale of the thirds
    open_below: bool = False  # no limit on this side
    open_above: bool = False
    signals: dict[str, int] = field(default_factory=dict)

    @property
    def counts(self) -> bool:
        """A point the run rules see: there, and not left out."""
        return self.included and self.y is not None


def side(value: float | None, line: float | None, scale: float = 0.0) -> int:
    """+1 above the line, -1 below it, 0 on it, or where one of the two is missing. `scale` is the size of the values
    the line was made of: what rounding may do to them is nothing to judge by."""
    if value is None or line is None or abs(value - line) <= WITHIN * max(abs(value), abs(line)) + ROUNDING * scale:
        return 0
    return 1 if value > line else -1


def mean(values: list[float]) -> float | None:
    return exact_mean(values) if values else None  # in fractions: equal values have their own value as their mean


def median(values: list[float]) -> float | None:
    if not values:
        return None
    ranked = sorted(values)
    half = len(ranked) // 2
    return ranked[half] if len(ranked) % 2 else (ranked[half - 1] + ranked[half]) / 2


def deviation(values: list[float]) -> float | None:
    return stdev(values) if len(values) > 1 else None


def gather(line: dict[str, Any]) -> list[Point]:
    """The rows of each x as one point, in the order of x; places stand in the order of the alphabet, as in R."""
    chart = line["chart"]
    ns = None if chart in ("c", "g", "t", "xbar", "s") else line.get("n")
    rows: dict[Any, list[tuple[float | None, float | None]]] = {}
    for i, x in enumerate(line["x"]):
        rows.setdefault(x, []).append((line["y"][i], None if ns is None else ns[i]))
    order = sorted(rows, key=date.fromisoformat) if line["x_kind"] == "date" else sorted(rows)
    repeated = len(rows) < len(line["x"])
    points = []
    for x in order:
        whole = [(y, n) for y, n in rows[x] if y is not None and (ns is None or n is not None)]
        values = [y for y, _ in whole]
        point = Point(x, None, None, deviation(values), len(values))
        if chart in ("xbar", "s"):
            point.y = mean(values) if chart == "xbar" else point.spread
            point.n = float(len(values))
        elif ns is not None:
            point.n = sum(n for _, n in whole if n is not None) if whole else None
            point.y = sum(values) / point.n if point.n else None
        elif values and chart == "c":
            point.y = sum(values)
        elif values:
            how = {"mean": mean, "median": median, "sum": sum, "sd": deviation}[line.get("agg_fun") or "mean"]
            point.y = how(values) if repeated and chart != "ip" else mean(values)
            point.n = float(len(values)) if chart == "ip" else None
        points.append(point)
    return points


def divide(line: dict[str, Any], points: list[Point], *, nhs: bool) -> list[list[Point]]:
    """Phase, baseline and exclusion written on each point; the points of each phase."""
    ends = [*(line.get("part") or []), len(points)]
    freeze = line.get("freeze")
    if nhs and freeze is not None and freeze < 12:  # contract, readings: below 12 it is ignored there
        freeze = None
    left_out = set() if nhs else set(line.get("exclude") or [])
    phases, start = [], 0
    for which, end in enumerate(ends, start=1):
        members = points[start:end]
        for place, point in enumerate(members, start=1):
            point.number, point.phase = start + place, which
            point.baseline = freeze is None or place <= freeze
            point.included = point.number not in left_out
        phases.append(members)
        start = end
    return phases
