"""What a reader should know before trusting an analysis."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from qitracker.spc.frame import ON_THE_LINE
from qitracker.spc.kinds import Family
from qitracker.spc.one import One
from qitracker.spc.phases import FIRM_FROM, TRIAL_FROM
from qitracker.spc.runs import FEWEST_USEFUL, RUNS_EXPECTED
from qitracker.spc.values import Caution, Runs
from qitracker.spc.words import RuleSet, Signal

RELATED = 0.3
"""Above this correlation of neighbours an unchanged series signals two to three times as often as it should: red in
53 to 66 of 600 series in place of 21 (own simulation of 60,000 series of 24 points)."""

_SPARSE = (
    "most values are the same, so large steps between neighbours were kept in the limits. A chart of the time or"
    " cases between events may show more."
)
_HUGGING = (Signal.INNER15, Signal.NELSON7)


def cautions(one: One, runs: tuple[Runs, ...]) -> Iterator[Caution]:
    """The cautions of one series, phase by phase."""
    for number, ((first, end), about, kept) in enumerate(zip(one.edges, runs, one.kept, strict=True), 1):
        where = f"Phase {number}: " if len(one.edges) > 1 else ""
        for code, words in _of_phase(one, first, end, about, kept=kept):
            yield Caution(code, where + words if where else words[0].upper() + words[1:])
    if any(any(one.signals.get(signal, ())) for signal in _HUGGING):
        yield Caution(
            "hugging_centre",
            "15 or more points in a row lie close to the centre line. The limits may be too wide: check whether"
            " numbers of different processes are mixed, or whether something changed.",
        )
    if one.unused:
        yield Caution(
            "not_used",
            f"{', '.join(one.unused)}: not known to this chart or to the tools of these rules, and not used.",
        )


def _of_phase(one: One, first: int, end: int, about: Runs, *, kept: bool) -> Iterator[tuple[str, str]]:
    kind, firm = one.sheet.kind, one.firm(first, end)
    if one.cl[first] is None:
        yield "no_centre_line", "no point has a value that counts, so there is no centre line."
        return
    # Equal counts in one phase may keep the limits of chance (judging.py): those do tell of variation.
    has_spread = any(one.sigma[first:end])
    if len(firm) > 1 and not has_spread and _all_same([one.y[at] or 0.0 for at in one.counted(first, end)]):
        yield "no_variation", "every point has the same value. There is no variation to judge."
    if one.sheet.rules is RuleSet.ANHOEJ and about.signal:
        yield "unusual_runs", "runs about the centre line are too long or too few to be chance (Anhøj)."
    if kind.family is Family.RUN_CHART:
        yield from _of_run_chart(one, about)
        return
    if all(sigma is None for sigma in one.sigma[first:end]):
        yield "no_limits", "there are no two neighbouring values to tell the variation from, so no limits."
    elif one.has_own_line or not kind.line_gives_spread:
        yield from _of_baseline(len(firm))
    if kept:
        yield "screening_not_done", _SPARSE
    if one.sheet.in_time and kind.family is not Family.RANGES and len(firm) >= TRIAL_FROM and _related(firm):
        yield (
            "related_neighbours",
            "neighbouring values are alike, so the limits may be too narrow and signals too many.",
        )


def _all_same(values: Sequence[float]) -> bool:
    lowest, highest = min(values), max(values)
    return highest - lowest <= ON_THE_LINE * max(abs(lowest), abs(highest))


def _of_baseline(n_firm: int) -> Iterator[tuple[str, str]]:
    if n_firm < TRIAL_FROM:
        points = "point" if n_firm == 1 else "points"
        yield "short_baseline", f"the limits rest on {n_firm} {points}. Use a run chart until there are {TRIAL_FROM}."
    elif n_firm < FIRM_FROM:
        yield "trial_limits", f"the limits rest on {n_firm} points. They are on trial until there are {FIRM_FROM}."


def _of_run_chart(one: One, about: Runs) -> Iterator[tuple[str, str]]:
    if not one.sheet.in_time:
        return
    if about.n_useful < FEWEST_USEFUL:
        yield (
            "few_useful_points",
            f"only {about.n_useful} points lie off the centre line. Shifts and runs need {FEWEST_USEFUL}.",
        )
    elif about.n_useful in RUNS_EXPECTED and about.crossings is not None:
        n_runs = about.crossings + 1
        fewest, most = RUNS_EXPECTED[about.n_useful]
        expected = f"{n_runs} runs about the centre line, where chance gives {fewest} to {most}."
        if n_runs < fewest:
            yield "too_few_runs", f"{expected} The process may have changed."
        elif n_runs > most:
            yield "too_many_runs", f"{expected} Numbers of different processes may be mixed."


def _related(values: Sequence[float]) -> bool:
    """Whether neighbours go together: the first autocorrelation (Montgomery 2009, section 10.4)."""
    mean = math.fsum(values) / len(values)
    largest = max(abs(value - mean) for value in values)
    if largest <= ON_THE_LINE * max(map(abs, values)):  # what rounding leaves of equal values
        return False
    away = [(value - mean) / largest for value in values]
    together = math.fsum(here * before for here, before in zip(away[1:], away[:-1], strict=True))
    return together / math.fsum(value * value for value in away) > RELATED
