"""From stored points to a stored analysis, in the transaction that changed the points."""

import logging
import uuid
from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload, undefer

from qitracker import spc
from qitracker.charts.gains import gain_from, signal_from
from qitracker.measures.for_engine import PointRow, engine_series
from qitracker.measures.young import without_unsure_limits
from qitracker.models import ChartDecision, Measure, Point, Series, db

BATCH = 100

OfSeries = TypeVar("OfSeries", Point, ChartDecision)
log = logging.getLogger("qitracker")


def analyse_again(series: Series, points: Sequence[PointRow] | None = None) -> spc.Analysis | None:
    """Analyse a series from what is stored now, and store the result with it. None without points.

    `points` are those that are stored, in order, where whoever asks knows them. Raises spc.Refused where the points do
    not fit the chart; nothing should be committed then.
    """
    db.session.flush()
    if points is None:
        columns = select(Point.on, Point.value, Point.numerator, Point.denominator, Point.subgroup)
        found = db.session.execute(columns.where(Point.series_id == series.id).order_by(Point.on))
        points = [PointRow(*row) for row in found]
    decided = select(ChartDecision).where(ChartDecision.series_id == series.id).order_by(ChartDecision.on)
    analysis = analyse(series, series.measure, points, db.session.scalars(decided).all())
    store(series, points, analysis)
    return analysis


def store(series: Series, points: Sequence[Point | PointRow], analysis: spc.Analysis | None) -> None:
    """Put an analysis, and what lists need of it, on the series."""
    series.n_points = len(points)
    series.last_on = points[-1].on if points else None
    series.analysis = analysis.to_json() if analysis else None
    series.variation = (analysis.variation if analysis else spc.Variation.NOT_ENOUGH_DATA).value
    series.signal_since = _on(analysis, signal_from(analysis)) if analysis else None
    series.gain_since = _on(analysis, gain_from(analysis)) if analysis else None


def _on(analysis: spc.Analysis, at: int | None) -> date | None:
    return None if at is None else date.fromisoformat(str(analysis.x[at]))


def analyse(
    series: Series, measure: Measure, points: Sequence[Point | PointRow], decisions: Sequence[ChartDecision]
) -> spc.Analysis | None:
    """The analysis of these points; nothing is read or stored."""
    if not points:
        return None
    return without_unsure_limits(spc.analyse(engine_series(series, measure, points, decisions)))


def rebuild_all() -> tuple[int, int]:
    """Analyse every series again; how many there are, and how many had differed from what was stored.

    In batches, each committed and forgotten, so that ten thousand series need no more memory than a hundred.
    A series whose points cannot be analysed is logged and left without an analysis; its page says so.
    """
    n_series = n_changed = 0
    last: uuid.UUID | None = None
    while batch := _batch_after(last):
        points = _by_series(Point, batch)
        decisions = _by_series(ChartDecision, batch)
        for series in batch:
            before = series.analysis
            _rebuild(series, points[series.id], decisions[series.id])
            n_changed += series.analysis != before
        n_series, last = n_series + len(batch), batch[-1].id
        db.session.commit()
        db.session.expunge_all()
    return n_series, n_changed


def _rebuild(series: Series, points: list[Point], decisions: list[ChartDecision]) -> None:
    try:
        analysis = analyse(series, series.measure, points, decisions)
    except spc.Refused as refused:
        log.warning("series %s cannot be analysed: %s", series.id, refused.message)
        analysis = None
    store(series, points, analysis)


def _batch_after(last: uuid.UUID | None) -> Sequence[Series]:
    """The next series by id, with their measures and stored analyses."""
    rows = (
        select(Series)
        .options(joinedload(Series.measure), selectinload(Series.targets), undefer(Series.analysis))
        .order_by(Series.id)
    )
    if last is not None:
        rows = rows.where(Series.id > last)
    return db.session.scalars(rows.limit(BATCH)).all()


def _by_series(kind: type[OfSeries], batch: Sequence[Series]) -> dict[uuid.UUID, list[OfSeries]]:
    """Points or decisions of a batch by series, in the order of time."""
    found: dict[uuid.UUID, list[OfSeries]] = {series.id: [] for series in batch}
    for row in db.session.scalars(select(kind).where(kind.series_id.in_(list(found))).order_by(kind.on)):
        found[row.series_id].append(row)
    return found
