"""What a reader should know before trusting an analysis."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import numpy as np

from qitracker.spc.checking import Checked
from qitracker.spc.frame import Frame
from qitracker.spc.kinds import Family, Limits
from qitracker.spc.phases import FIRM_FROM, TRIAL_FROM
from qitracker.spc.rules import Flags
from qitracker.spc.runs import FEWEST_USEFUL, RUNS_EXPECTED
from qitracker.spc.values import Caution, Runs, Signal

_SPARSE = (
    "most values are the same, so large steps between neighbours were kept in the limits. A chart of the time or"
    " cases between events may show more."
)


def cautions(
    one: Checked,
    frame: Frame,
    lines: Limits,
    signals: Mapping[Signal, Flags],
    runs: tuple[Runs, ...],
    points: slice,
    phases: slice,
) -> Iterator[Caution]:
    """The cautions of one series, phase by phase. `points` and `phases` are its places in the frame."""
    first = points.start
    for number, (size, about) in enumerate(zip(one.phase_sizes, runs, strict=True), 1):
        place = slice(first, first + size)
        at = phases.start + number - 1
        first += size
        where = f"Phase {number}: " if len(one.phase_sizes) > 1 else ""
        for code, words in _of_phase(one, frame, lines, about, place, at):
            yield Caution(code, where + words if where else words[0].upper() + words[1:])
    if Signal.INNER15 in signals and signals[Signal.INNER15][points].any():
        yield Caution(
            "hugging_centre",
            "15 or more points in a row lie close to the centre line. The limits may be too wide: check whether"
            " numbers of different processes are mixed, or whether something changed.",
        )


def _of_phase(
    one: Checked, frame: Frame, lines: Limits, about: Runs, place: slice, at: int
) -> Iterator[tuple[str, str]]:
    counted = frame.present[place] & frame.included[place]
    firm = counted & frame.base[place]
    n_firm, has_line = int(firm.sum()), not math.isnan(lines.cl[place.start])
    if not has_line:
        yield "no_centre_line", "no point has a value that counts, so there is no centre line."
        return
    if lines.constant[at] and n_firm > 1:
        yield "no_variation", "all values are the same. There is no variation to judge."
    if one.kind.family is Family.RUN_CHART:
        yield from _of_run_chart(one, about)
        return
    if np.isnan(lines.sigma[place]).all():
        yield "no_limits", "there are no two neighbouring values to tell the variation from, so no limits."
    elif one.series.cl is None or not one.kind.is_count:
        yield from _of_baseline(n_firm)
    if lines.kept[at]:
        yield "screening_not_done", _SPARSE
    if one.is_time and n_firm >= TRIAL_FROM and _neighbours_related(frame.y[place][firm]):
        yield (
            "related_neighbours",
            "neighbouring values are alike, so the limits may be too narrow and signals too many.",
        )


def _of_baseline(n_firm: int) -> Iterator[tuple[str, str]]:
    if n_firm < TRIAL_FROM:
        points = "point" if n_firm == 1 else "points"
        yield "short_baseline", f"the limits rest on {n_firm} {points}. Use a run chart until there are {TRIAL_FROM}."
    elif n_firm < FIRM_FROM:
        yield "trial_limits", f"the limits rest on {n_firm} points. They are on trial until there are {FIRM_FROM}."


def _of_run_chart(one: Checked, about: Runs) -> Iterator[tuple[str, str]]:
    if not one.is_time:
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


def _neighbours_related(y: np.typing.NDArray[np.float64]) -> bool:
    """Whether the first autocorrelation is above two standard errors (Montgomery 2009, section 10.4)."""
    deviation = y - y.mean()
    largest = np.abs(deviation).max()
    if not largest > 0:
        return False
    deviation = deviation / largest
    return bool((deviation[1:] * deviation[:-1]).sum() / (deviation**2).sum() > 2 / math.sqrt(len(y)))
