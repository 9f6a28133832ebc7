"""`python -m tests.bench.false_alarms`: how often rules and warnings speak where nothing has changed.

60,000 series of 24 independent normal numbers go through the engine, once with limits that are known and once with
those of their own 24 points, under every rule set. The rates stand beside those the product was designed with, which
were simulated in the same size: a difference beyond three standard errors of it is said, and ends the run with 1.
Takes about ten seconds for each rule set.
"""

import math
import sys
from collections import Counter
from dataclasses import dataclass

import numpy as np

from qitracker.spc import Analysis, Chart, Refused, RuleSet, Series, Signal, analyse_all
from qitracker.spc.close_to import close_to
from qitracker.spc.nearness import CLOSE_SETS, CloseSet
from tests.bench.tables import say, table

N_SERIES, N_POINTS, BLOCK, SEED = 60_000, 24, 5_000, 20_240_601
WALL = 600
RECENT = 3
# A c chart with a given centre line of a million has limits that are known: sigma is a thousand, and its values may be
# any number, so normal ones too.
CENTRE, SIGMA = 1e6, 1e3

PUBLISHED = {
    ("provost_murray", "known", "latest"): 9.4,
    ("provost_murray", "known", "recent"): 21.9,
    ("provost_murray", "own", "recent"): 21.2,
    ("provost_murray", "known", "ever"): 0.20 * WALL,
    ("default", "known", "close"): 23.0,
    ("default", "own", "close"): 22.6,
    ("sensitive", "known", "close"): 43.8,
    ("sensitive", "own", "close"): 40.8,
    ("strict", "known", "close"): 15.4,
    ("strict", "own", "close"): 14.2,
    ("making_data_count", "own", "close"): 20.6,
    ("outside", "known", "latest"): 2 * 0.00135 * WALL,
    ("two_of_three", "known", "latest"): 0.0020 * WALL,
    ("two_of_three", "known", "ever"): 0.043 * WALL,
}
"""False alarms on a wall of 600 charts (the early-warning study behind the sets in qitracker/spc/nearness.py)."""


@dataclass(frozen=True)
class Seen:
    """What one rule set said of a block of series: flags by rule, series by points."""

    flags: dict[Signal, np.ndarray]
    runs: np.ndarray
    cl: np.ndarray
    sigma: np.ndarray


def main() -> int:
    begun = np.random.default_rng(SEED)
    counts: Counter[tuple[str, str, str]] = Counter()
    for _ in range(N_SERIES // BLOCK):
        z = begun.normal(size=(BLOCK, N_POINTS))
        for rules in RuleSet:
            for limits in ("known", "own"):
                seen = look(z, rules, limits)
                if seen is not None:
                    counts += of_rules(seen, rules, limits)
                    counts += of_warnings(z if limits == "own" else CENTRE + SIGMA * z, seen, rules, limits)
    return report(counts)


def look(z: np.ndarray, rules: RuleSet, limits: str) -> Seen | None:
    """The engine's answers, or None where the rule set knows no such chart."""
    values = z if limits == "own" else CENTRE + SIGMA * z
    chart, cl = (Chart.I, None) if limits == "own" else (Chart.C, CENTRE)
    try:
        found = analyse_all([Series(chart, tuple(row), cl=cl, rules=rules) for row in values.tolist()])
    except Refused:
        return None
    names = [name for name in found[0].signals if name is not Signal.INNER15]  # it has no side, and no colour
    return Seen(
        flags={name: np.array([one.signals[name] for one in found], np.int8) for name in names},
        runs=np.array([one.runs[0].signal for one in found]),
        cl=column(found, "cl"),
        sigma=column(found, "sigma"),
    )


def column(found: list[Analysis], name: str) -> np.ndarray:
    return np.array([getattr(one, name)[-1:] for one in found], float)


def of_rules(seen: Seen, rules: RuleSet, limits: str) -> Counter[tuple[str, str, str]]:
    """How many series have a signal at the latest point, among the latest three, and anywhere."""
    if not seen.flags:  # judged as a whole, not point by point
        return Counter({(str(rules), limits, "ever"): int(seen.runs.sum())})
    named = {str(rules): np.any(list(seen.flags.values()), axis=0)}
    if rules is RuleSet.PROVOST_MURRAY:
        named |= {str(name): flags != 0 for name, flags in seen.flags.items()}
    counts: Counter[tuple[str, str, str]] = Counter()
    for name, flags in named.items():
        counts[name, limits, "latest"] = int(flags[:, -1].sum())
        counts[name, limits, "recent"] = int(flags[:, -RECENT:].any(axis=1).sum())
        counts[name, limits, "ever"] = int(flags.any(axis=1).sum())
    return counts


def of_warnings(y: np.ndarray, seen: Seen, rules: RuleSet, limits: str) -> Counter[tuple[str, str, str]]:
    """How many series show a warning and no signal among the latest three points."""
    counts: Counter[tuple[str, str, str]] = Counter()
    if not seen.flags:
        return counts
    high, low = (np.any([flags[:, -1] == side for flags in seen.flags.values()], axis=0) for side in (1, -1))
    is_red = np.any([flags[:, -RECENT:] for flags in seen.flags.values()], axis=(0, 2))
    for name, nearness in CLOSE_SETS.items():
        if (RuleSet.PROVOST_MURRAY if name is not CloseSet.MAKING_DATA_COUNT else name) != rules:
            continue
        found = close_to(
            y, seen.cl, seen.sigma, np.sign(y - seen.cl).astype(np.int8), np.ones(y.shape, bool),
            nearness=nearness, red_high=high, red_low=low,
        )  # fmt: skip
        counts[str(name), limits, "close"] = int(((found.leading != 0) & ~is_red).sum())
    return counts


def report(counts: Counter[tuple[str, str, str]]) -> int:
    """The table, and the exit status: 1 where a rate is not the one published."""
    rows, outside = [], 0
    for (name, limits, where), count in counts.items():
        rate = count / N_SERIES * WALL
        published = PUBLISHED.get((name, limits, where))
        verdict = ""
        if published is not None:
            verdict = "inside" if abs(rate - published) <= margin(published) else "OUTSIDE"
            outside += verdict == "OUTSIDE"
        printed = "" if published is None else f"{published:.1f} ± {margin(published):.1f}"
        rows.append((name, limits, where, f"{rate:.1f}", printed, verdict))
    table(
        f"False alarms on {WALL} charts without a change; {N_SERIES:,} series of {N_POINTS} points",
        ("rules or warnings", "limits", "where", "rate", "published", "verdict"),
        rows,
    )
    say("Every rate is the one published." if not outside else f"{outside} rates are NOT those published.")
    return 1 if outside else 0


def margin(published: float) -> float:
    """Three standard errors of the difference between two simulations of this size, and the rounding in print."""
    p = published / WALL
    return 3 * math.sqrt(2 * p * (1 - p) / N_SERIES) * WALL + 0.05 * (1 if published < WALL / 10 else WALL / 100)


if __name__ == "__main__":
    sys.exit(main())
