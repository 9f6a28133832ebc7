"""Targets that change: from which day on which number holds. `Series.target` is always the one that holds last."""

from datetime import date, timedelta

from sqlalchemy import func, select

from qitracker.measures.analysing import analyse_again
from qitracker.models import Point, Series, Target, db
from qitracker.plumbing import history
from qitracker.plumbing.history import Actor


def targets_of(series: Series) -> list[Target]:
    """The targets of a series in the order of their days; none where it never changed."""
    return sorted(series.targets, key=lambda one: one.on)


def set_target(series: Series, *, by: Actor, on: date, value: float) -> None:
    """From this day on this is the target. The one there was holds until then."""
    if not series.targets and series.target is not None:
        _keep_the_first(series, on, by=by)
    there = next((one for one in series.targets if one.on == on), None)
    if there is None:
        _add(series, on, value, by=by)
    else:
        history.amend(there, "target", by=by, project_id=series.project_id, value=value)
    _holds_last(series, by=by)


def remove_target(series: Series, target: Target, *, by: Actor) -> None:
    """Take one out; the one before it holds on."""
    history.remove(target, "target", by=by, project_id=series.project_id)
    db.session.flush()
    db.session.expire(series, ["targets"])
    _holds_last(series, by=by)


def scale_targets(series: Series, scale: float, *, by: Actor, why: str) -> None:
    """Keep the targets where they were among the numbers: 4.5 per 1,000 is 45 per 10,000."""
    if scale == 1:
        return
    for one in series.targets:
        value = float(f"{one.value * scale:.12g}")
        history.amend(one, "target", by=by, project_id=series.project_id, why=why or None, value=value)
    if series.target is not None:
        target = float(f"{series.target * scale:.12g}")
        history.amend(series, "series", by=by, project_id=series.project_id, why=why or None, target=target)


def _keep_the_first(series: Series, on: date, *, by: Actor) -> None:
    """The one target there was becomes the first of the list, from the first number on."""
    first = db.session.scalar(select(func.min(Point.on)).where(Point.series_id == series.id))
    start = on - timedelta(days=1) if first is None else first
    if start < on and series.target is not None:
        _add(series, start, series.target, by=by)


def _add(series: Series, on: date, value: float, *, by: Actor) -> None:
    history.add(Target(series_id=series.id, on=on, value=value), "target", by=by, project_id=series.project_id)
    db.session.expire(series, ["targets"])


def _holds_last(series: Series, *, by: Actor) -> None:
    last = targets_of(series)[-1].value if series.targets else None
    history.amend(series, "series", by=by, project_id=series.project_id, target=last)
    analyse_again(series)
