"""Changes to measures, series, and what is decided about a chart. Each leaves an event, and analyses again."""

import uuid
from datetime import date
from typing import Any

from sqlalchemy import func, select

from qitracker.measures.analysing import analyse_again
from qitracker.measures.kinds import CHANGES_THE_PICTURE, DECIMALS, multiply_for, proposed_chart
from qitracker.measures.targets import scale_targets
from qitracker.method.measures import DataType, MeasureKind, Rhythm
from qitracker.models import ChartDecision, DecisionKind, Measure, Note, Project, Series, db
from qitracker.plumbing import clock, history
from qitracker.plumbing.history import Actor
from qitracker.spc import Direction


def add_measure(
    project: Project,
    *,
    by: Actor,
    name: str,
    kind: MeasureKind,
    data_type: DataType,
    direction: Direction,
    rhythm: Rhythm,
    unit: str = "",
    per: int = 1,
    numerator: str = "",
    denominator: str = "",
    group: str = "",
    target: float | None = None,
) -> Series:
    """A new measure with its first series, for the project's own place. The chart is the one the data suggest."""
    last = db.session.scalar(select(func.max(Measure.position)).where(Measure.project_id == project.id))
    measure = Measure(
        project_id=project.id,
        name=name,
        kind=kind,
        data_type=data_type,
        chart=proposed_chart(data_type, unit),
        direction=direction,
        rhythm=rhythm,
        unit=unit,
        multiply=multiply_for(data_type, per),
        decimals=DECIMALS[data_type],
        numerator=numerator,
        denominator=denominator,
        position=0 if last is None else last + 1,
        made_at=clock.now(),
    )
    history.add(measure, "measure", by=by, project_id=project.id)
    return add_series(measure, by=by, unit_id=project.unit_id, group=group, target=target)


def change_measure(measure: Measure, *, by: Actor, why: str = "", **values: Any) -> bool:
    """Change a measure. What makes the same numbers look different analyses its series again.

    Raises spc.Refused when the numbers that are there do not fit the new chart.
    """
    scale = values.get("multiply", measure.multiply) / measure.multiply
    redraw = any(name in CHANGES_THE_PICTURE and getattr(measure, name) != value for name, value in values.items())
    changed = history.amend(measure, "measure", by=by, project_id=measure.project_id, why=why or None, **values)
    if redraw:
        for series in measure.series:
            scale_targets(series, scale, by=by, why=why)
            analyse_again(series)
    return changed


def add_series(
    measure: Measure,
    *,
    by: Actor,
    unit_id: uuid.UUID,
    group: str = "",
    target: float | None = None,
    target_by: date | None = None,
) -> Series:
    """One more place or group of people for a measure."""
    last = db.session.scalar(select(func.max(Series.position)).where(Series.measure_id == measure.id))
    series = Series(
        project_id=measure.project_id,
        measure_id=measure.id,
        unit_id=unit_id,
        group=group,
        position=0 if last is None else last + 1,
        target=target,
        target_by=target_by,
    )
    history.add(series, "series", by=by, project_id=measure.project_id)
    return series


def change_series(series: Series, *, by: Actor, **values: Any) -> bool:
    """Change whom a series is about, or its target; the chart says whether the target will be met."""
    changed = history.amend(series, "series", by=by, project_id=series.project_id, **values)
    if changed:
        analyse_again(series)
    return changed


def decide(series: Series, *, by: Actor, kind: DecisionKind, on: date, reason: str) -> ChartDecision:
    """Decide something about the chart, and analyse again."""
    decision = ChartDecision(series_id=series.id, kind=kind, on=on, reason=reason, by_id=by.id, at=clock.now())
    history.add(decision, "chart_decision", by=by, project_id=series.project_id, why=reason)
    analyse_again(series)
    return decision


def take_back(series: Series, decision: ChartDecision, *, by: Actor) -> None:
    """Undo a decision about the chart, and analyse again. Its event keeps what it was."""
    history.remove(decision, "chart_decision", by=by, project_id=series.project_id)
    analyse_again(series)


def put_off(series: Series, code: str, *, by: Actor) -> None:
    """Say "not now" to a suggestion about the chart."""
    new = {"series_id": series.id, "code": code}
    history.record("put_off", "suggestion", f"{series.id}/{code}", by=by, project_id=series.project_id, new=new)


def add_note(series: Series, *, by: Actor, on: date, text: str, changes_measurement: bool) -> Note:
    """Something to be read on the chart. It changes no calculation."""
    note = Note(
        series_id=series.id, on=on, text=text, changes_measurement=changes_measurement, by_id=by.id, at=clock.now()
    )
    history.add(note, "note", by=by, project_id=series.project_id)
    return note


def remove_note(series: Series, note: Note, *, by: Actor) -> None:
    history.remove(note, "note", by=by, project_id=series.project_id)
