"""How well PDSA cycles are done across my projects, quarter by quarter: for coaching, never for ranking."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from flask import render_template

from qitracker.charts.palette import BRAND, GRID, INK, QUIET_INK
from qitracker.coaching.queue_rows import absences_covered, coached
from qitracker.coaching.room import coaching
from qitracker.method.dates import months_after
from qitracker.method.fidelity import FEATURES, Feature, Fidelity, by_quarter, fidelity
from qitracker.method.roles import Permission
from qitracker.people.access import needs
from qitracker.people.reader import reader
from qitracker.plumbing import clock
from qitracker.standing.facts import facts_of
from qitracker.standing.gathering import gather

QUARTERS = 12  # three years, as long as the study followed its teams
WIDTH, HEIGHT, EDGE = 220, 76, 8


@dataclass(frozen=True, slots=True)
class Trend:
    """One feature over the quarters: its picture, and its count over all of them."""

    feature: Feature
    picture: str
    have: int
    asked: int


@coaching.get("/coaching/quality")
@needs(Permission.COACH_PROJECT)
def quality() -> Any:
    today = clock.today()
    mine = [one.project for one in coached(reader(), absences_covered(reader(), today))]
    found = gather(mine)
    cycles = [cycle for project in mine for cycle in facts_of(found[project.id], today).cycles]
    quarters = without_gaps(by_quarter(cycles))[-QUARTERS:]
    overall = fidelity(cycles)
    return render_template(
        "coaching/quality.html",
        trends=[
            Trend(one, trend(one, quarters), overall.counts[one.key].have, overall.counts[one.key].asked)
            for one in FEATURES
        ],
        quarters=[(quarter_name(first), counted) for first, counted in reversed(quarters) if counted.n],
        features=FEATURES,
        n=overall.n,
        n_projects=len(mine),
    )


def without_gaps(quarters: Sequence[tuple[date, Fidelity]]) -> list[tuple[date, Fidelity]]:
    """Every quarter from the first to the last: one in which no cycle ended has its place too."""
    known = dict(quarters)
    if not known:
        return []
    found, day = [], min(known)
    while day <= max(known):
        found.append((day, known.get(day) or fidelity(())))
        day = months_after(day, 3)
    return found


def quarter_name(first: date) -> str:
    """ "Q2 2025", by the calendar year."""
    return f"Q{(first.month - 1) // 3 + 1} {first.year}"


def trend(feature: Feature, quarters: Sequence[tuple[date, Fidelity]]) -> str:
    """The share of a feature in each quarter as SVG, 0 to 100%; a quarter in which it was asked of nothing breaks
    the line. Empty without any share. The dotted line is what the study found in its last round."""
    shares = [counted.share(feature.key) for _, counted in quarters]
    if not any(share is not None for share in shares):
        return ""
    step = (WIDTH - 2 * EDGE) / max(len(shares) - 1, 1)
    start = EDGE if len(shares) > 1 else WIDTH / 2
    points = [(start + step * place, _y(share)) for place, share in enumerate(shares) if share is not None]
    runs, run = [], ""
    for place, share in enumerate(shares):
        if share is None:
            run = ""
            continue
        run = "L" if run else "M"
        runs.append(f"{run}{start + step * place:.1f} {_y(share):.1f}")
    said = [
        f"{quarter_name(first)} {share:.0%}"
        for (first, _), share in zip(quarters, shares, strict=True)
        if share is not None
    ]
    level = _y(feature.published)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{escape(feature.name)}: {", ".join(said)}">'
        f'<rect x="0.5" y="0.5" width="{WIDTH - 1}" height="{HEIGHT - 1}" fill="#ffffff" stroke="{GRID}"/>'
        f'<line x1="0" y1="{level:.1f}" x2="{WIDTH}" y2="{level:.1f}" stroke="{QUIET_INK}" stroke-dasharray="2 4"/>'
        f'<path d="{"".join(runs)}" fill="none" stroke="{BRAND}" stroke-width="2"/>'
        + "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{INK}"/>' for x, y in points)
        + "</svg>"
    )


def _y(share: float) -> float:
    return HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * share
