"""Random lines of the command, of the kinds that charts meet: ties, gaps, phases of one point, shares near all or none."""

import random
from datetime import date, timedelta
from typing import Any

CHARTS = ("run", "i", "mr", "ip", "xbar", "s", "c", "u", "up", "p", "pp", "g", "t")
RULES = ("provost_murray", "making_data_count", "plotthedots", "anhoej", "western_electric", "nelson")
NHS = ("making_data_count", "plotthedots")
SHARES = ("p", "pp")
RATES = ("u", "up")
ALONE = ("mr", "g", "t")  # each x stands once
LENGTHS = (1, 2, 3, 4, 5, 7, 9, 12, 13, 14, 17, 20, 24, 30, 36, 48, 60)


def series(r: random.Random, size: int) -> list[float]:
    """Values with one of the habits that real numbers have."""
    at = r.randint(0, size)
    habits: tuple[list[float], ...] = (
        [r.choice((0, 1, 5, 95.5, 1e-7, 1e9))] * size,
        [r.choice([0] * 12 + [1, 2]) for _ in range(size)],
        [r.choice([100] * 10 + [99, 98.5, 97]) for _ in range(size)],
        [r.randint(3, 7) for _ in range(size)],
        [round(r.gauss(50, 5) + (8 if i >= at else 0), 1) for i in range(size)],
        [round(20 + i * r.choice((0.5, 1, 1, -1)) + r.gauss(0, 0.7), 1) for i in range(size)],
        [r.gauss(5e8, 1e7) for _ in range(size)],
        [r.gauss(5e-6, 1e-6) for _ in range(size)],
        [10 + (1 if i % 2 else -1) * r.choice((1, 2, 3)) for i in range(size)],
        [round(r.gauss(-2, 3), 2) for _ in range(size)],
        [round(r.gauss(50, 0.5 if 3 < i < size - 2 else 6), 2) for i in range(size)],
        [round(50 + r.choice((-1, 1)) * r.uniform(4, 9), 1) for _ in range(size)],
        [round(r.gauss(50, 5), r.choice((0, 1, 2))) for _ in range(size)],
    )
    return list(r.choice(habits))


def places(r: random.Random, kind: str, size: int) -> list[Any]:
    if kind == "int":
        return list(range(1, size + 1)) if r.random() < 0.8 else sorted(r.sample(range(-50, 500), size))
    if kind == "date":
        step = timedelta(r.choice((1, 7, 30, 31)))
        return [str(date(2019, 1, 1) + step * i) for i in range(size)]
    return [f"W{i:02}" for i in range(size)]


def denominators(r: random.Random, size: int) -> list[int]:
    least, most = r.choice(((50, 50), (20, 200), (1000, 90000), (1, 5)))
    return [r.randint(least, most) for _ in range(size)]


def numerators(r: random.Random, chart: str, n: list[int]) -> list[float]:
    if chart in RATES:
        most = r.choice((30, 30, 0, 1))
        return [r.randint(most // 6, most) for _ in n]
    share = r.choice((0.4, 0.97, 0.02, 0.5, 1, 0))
    if share == 0.5:
        return [size / 2 for size in n]  # the same share of unequal denominators
    return [round(size * min(1, max(0, r.gauss(share, 0.1 if share == 0.4 else 0.02)))) for size in n]


def fitting(chart: str, values: list[float]) -> list[float]:
    """The values as the chart can hold them."""
    if chart in ("c", "g"):
        return [abs(round(v)) for v in values]
    return [abs(v) or 1 for v in values] if chart == "t" else values


def rows(
    r: random.Random, chart: str, x: list[Any], y: list[float], n: list[int] | None
) -> tuple[list[Any], list[float], list[int] | None]:
    """Several rows to a point, for subgroups and for numbers that come by the patient; some of them out of order."""
    subgroups = chart in ("xbar", "s") or (chart == "ip" and n is None)
    order = list(range(len(x)))
    if subgroups or (chart not in ALONE and r.random() < 0.12):
        even, noise = r.choice((None, r.randint(2, 6))), r.choice((0, 1)) * max(abs(sum(y) / len(y)) * 0.05, 1e-9)
        order = [i for i in order for _ in range(even or r.choice((1, 1, 2, 3, 4, 5, 8)))]
        if n is None and chart not in ("c", "run"):
            y = [y[i] + r.gauss(0, 1) * noise for i in order]
        else:
            y = [y[i] for i in order]
    if r.random() < 0.2:
        mixed = r.sample(range(len(order)), len(order))
        order, y = [order[i] for i in mixed], [y[i] for i in mixed]
    return [x[i] for i in order], y, None if n is None else [n[i] for i in order]


def phases(r: random.Random, size: int) -> dict[str, Any]:
    part = exclude = freeze = None
    if size > 2 and r.random() < 0.35:
        ends = set(r.sample(range(1, size), r.randint(1, min(3, size - 1))))
        part = sorted(ends | ({size - 1} if r.random() < 0.2 else set()))
    if r.random() < 0.3:
        freeze = r.choice((1, 2, 3, 5, 8, 12, 12, 15, 20, size, size + 5))
    if r.random() < 0.3:
        out = set(r.sample(range(1, size + 1), min(size, r.choice((1, 1, 2, 3, 6)))))
        exclude = sorted(out | ({1} if r.random() < 0.3 else set()) | ({size} if r.random() < 0.3 else set()))
    return {"freeze": freeze, "part": part, "exclude": exclude}


def given_line(r: random.Random, chart: str, middle: float, *, over_n: bool) -> float | None:
    if r.random() > 0.15:
        return None
    if chart in SHARES:
        return r.choice((0.5, 0.9, 0.02, 0, 1))
    if over_n:
        return r.choice((0.1, 0.5, 1))
    if chart in (*ALONE, "c", "s"):
        return r.choice((abs(round(middle)) + 1, 3, 0.5))
    return r.choice((round(middle), 50, middle * 1.1))


def case(seed: int) -> dict[str, Any]:
    """One line, the same for the same seed."""
    r = random.Random(seed)
    rules = r.choice((*RULES, "provost_murray"))
    chart = "i" if rules in NHS else r.choice(CHARTS)
    kind = r.choice(("int", "date") if chart in ALONE or rules in NHS else ("int", "date", "date", "category"))
    size = min(r.choice(LENGTHS), 26 if kind == "category" else 60)
    over_n = chart in (*SHARES, *RATES) or (chart == "ip" and r.random() < 0.8) or r.random() < 0.04
    n = denominators(r, size) if over_n else None
    y = fitting(chart, series(r, size))
    if n is not None and chart in (*SHARES, *RATES):
        y = numerators(r, chart, n)
    x, y, n = rows(r, chart, places(r, kind, size), y, n)
    middle = sum(y) / len(y)
    gappy: list[float | None] = list(y)
    some_n: list[int | None] | None = None if n is None else list(n)
    if r.random() < 0.3:
        for _ in range(r.randint(1, max(1, len(y) // 5))):
            gappy[r.randrange(len(y))] = None
    if some_n is not None and len(some_n) > 1 and r.random() < 0.15:
        some_n[r.randrange(len(some_n))] = None
    if all(v is None or (some_n is not None and some_n[i] is None) for i, v in enumerate(gappy)):
        gappy, some_n = list(y), None if n is None else list(n)
    multiply = r.choice((1, 1, 100)) if chart in SHARES else r.choice((1, 1, 1, 100, 10000, 0.5))
    level = middle * multiply if n is None else middle / (sum(n) / len(n)) * multiply
    return {
        "id": seed,
        "chart": chart,
        "rules": rules,
        "x_kind": kind,
        "x": x,
        "y": gappy,
        "n": some_n,
        **phases(r, size),
        "cl": given_line(r, chart, middle, over_n=n is not None),
        "target": None if r.random() < 0.5 else r.choice((level, level * 1.2, level * 0.7, level * 2, 0.0)),
        "multiply": multiply,
        "direction": r.choice(("increase", "decrease", "neutral")),
        "agg_fun": r.choice(("mean", "mean", "mean", "median", "sum", "sd")),
        "screen": r.choice((None, None, None, True, False)),
    }
