"""Two days in the life of an aim: when it was first complete, and since when it has been met."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from qitracker.method.aims import Aim, checks, exact, n_missing
from qitracker.spc import Analysis


def first_complete(versions: Sequence[tuple[date, dict[str, Any]]], written: date) -> date:
    """The day on which an aim that is complete now was first so, from its versions in the event log, oldest first.

    `written` is the answer where the log does not tell: for aims brought in from elsewhere.
    """
    parts: dict[str, Any] = {}
    for day, changed in versions:
        parts |= changed
        if not n_missing(checks(_aim(parts), day)):
            return day
    return written


def _aim(parts: dict[str, Any]) -> Aim:
    by = parts.get("by_date")
    return Aim(
        measure=parts.get("what") or "",
        population=parts.get("population") or "",
        start=parts.get("start"),
        target=parts.get("target"),
        unit=parts.get("unit") or "",
        by=date.fromisoformat(by) if by else None,
    )


def met_since(aim: Aim, analysis: Analysis | None) -> date | None:
    """The first day of the unbroken stretch of levels that are at the target. Of an aim that is met now.

    A level is the centre line of a phase, or that of a shift that has lasted inside the latest phase.
    """
    if analysis is None or aim.start is None or aim.target is None:
        return None
    levels = [(phase.first, phase.cl) for phase in analysis.phases]
    levels += [(one.at, one.cl_new) for one in analysis.suggestions]
    since: str | int | None = None
    for first, level in reversed(levels):
        if level is None or not _is_met(aim, level):
            break
        since = analysis.x[first]
    return date.fromisoformat(str(since)) if since is not None else None


def _is_met(aim: Aim, level: float) -> bool:
    start, target = exact(aim.start or 0), exact(aim.target or 0)
    return (exact(level) - target) * (target - start) >= 0
