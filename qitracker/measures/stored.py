"""The analysis of a series: as stored, worked out again where the stored one cannot be read, or asked otherwise."""

import logging
from collections.abc import Callable
from dataclasses import replace

from qitracker import spc
from qitracker.measures.analysing import analyse
from qitracker.measures.for_engine import engine_series
from qitracker.measures.queries import decisions_of, points_of
from qitracker.measures.young import without_unsure_limits
from qitracker.models import Series

log = logging.getLogger("qitracker")

Source = Callable[[], spc.Analysis | None]
_COLUMNS = ("y", "n", "phase", "baseline", "included", "cl", "lcl", "ucl", "sigma", "meaning")
_NUMBERS = ("y", "n", "cl", "lcl", "ucl", "sigma")


class Unreadable(ValueError):  # noqa: N818  (named for what the page says)
    """The stored analysis is not one: damaged, or of another version."""


def parsed(text: str | None) -> spc.Analysis | None:
    """The analysis in this JSON; None for none. Raises Unreadable."""
    if text is None:
        return None
    try:
        analysis = spc.Analysis.from_json(text)
        fits = _fits(analysis)
    except (ValueError, TypeError, KeyError, AttributeError) as problem:
        raise Unreadable(str(problem)) from problem
    if not fits:
        raise Unreadable("its columns do not fit together")
    return without_unsure_limits(analysis)


def _fits(analysis: spc.Analysis) -> bool:
    size = len(analysis.x)
    columns = [getattr(analysis, name) for name in _COLUMNS] + list(analysis.signals.values())
    if not size or any(len(column) != size for column in columns):
        return False
    numbers = (value for name in _NUMBERS for value in getattr(analysis, name) if value is not None)
    return all(isinstance(value, int | float) for value in numbers)


def stored(series: Series) -> spc.Analysis | None:
    """The stored analysis; where it cannot be read, worked out again from the points (and not stored: a page reads).

    Raises spc.Refused where the points cannot be analysed either.
    """
    try:
        analysis = parsed(series.analysis)
    except Unreadable as problem:
        log.warning("stored analysis of series %s cannot be read: %s", series.id, problem)
        return fresh(series)
    return analysis if (analysis is not None) == bool(series.n_points) else fresh(series)


def fresh(series: Series) -> spc.Analysis | None:
    """The analysis of the points as they are."""
    return analyse(series, series.measure, points_of(series), decisions_of(series))


def against_first_phase(series: Series) -> spc.Analysis | None:
    """All numbers held against the first phase, as if no later one had been started: shows the shift itself."""
    points = points_of(series)
    if not points:
        return None
    engine = engine_series(series, series.measure, points, decisions_of(series))
    if not engine.part:
        return without_unsure_limits(spc.analyse(engine))
    first = engine.freeze[0] if isinstance(engine.freeze, tuple) else None
    return without_unsure_limits(spc.analyse(replace(engine, part=(), freeze=first or engine.part[0])))
