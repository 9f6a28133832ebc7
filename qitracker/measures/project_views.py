"""The measures of a project: the list, and a new one."""

import uuid
from typing import Any

from flask import flash, make_response, render_template, request, url_for

from qitracker.charts.words import ENOUGH
from qitracker.measures.actions import add_measure
from qitracker.measures.forms import NewMeasureForm
from qitracker.measures.kinds import CHARTS, USUAL_PER
from qitracker.measures.listing import groups_of
from qitracker.measures.queries import measures_of
from qitracker.measures.room import measures
from qitracker.method.measures import DataType, MeasureKind, measure_set_checks
from qitracker.method.roles import Permission
from qitracker.models import Project
from qitracker.people import scope
from qitracker.people.access import needs
from qitracker.people.reader import reader
from qitracker.people.sessions import go
from qitracker.plumbing import clock
from qitracker.plumbing.saving import writes
from qitracker.spc import Chart, Direction

OPPOSITE = {
    Direction.DECREASE: Direction.INCREASE,
    Direction.INCREASE: Direction.DECREASE,
    Direction.NEUTRAL: Direction.NEUTRAL,
}


@measures.get("/projects/<uuid:project_id>/measures/")
@needs(Permission.READ_PROJECT)
def project(project_id: uuid.UUID) -> Any:
    found = scope.project(reader(), project_id)
    listed = measures_of(found)
    return render_template(
        "measures/project.html",
        project=found,
        groups=groups_of(listed, clock.today()),
        n_measures=len(listed),
        too_many=[one for one in measure_set_checks(one.kind for one in listed) if one.code == "many_measures"],
        may_edit=scope.may_on(reader(), found, Permission.EDIT_PROJECT),
        may_add=scope.may_on(reader(), found, Permission.ADD_POINTS),
    )


@measures.get("/projects/<uuid:project_id>/measures/new")
@needs(Permission.EDIT_PROJECT)
def new(project_id: uuid.UUID) -> Any:
    form = NewMeasureForm()
    asked, asked_from = request.args.get("kind", ""), request.args.get("between", "")
    if asked in {kind.value for kind in MeasureKind}:
        form.kind.data = MeasureKind(asked)
    found = scope.project(reader(), project_id)
    rare = next((one for one in measures_of(found) for series in one.series if str(series.id) == asked_from), None)
    if rare is not None:
        form.data_type.data, form.kind.data = DataType.BETWEEN, rare.kind
        is_share = rare.data_type is DataType.PROPORTION
        form.name.data = f"{rare.denominator if is_share and rare.denominator else 'Days'} between events: {rare.name}"[
            :120
        ]
        form.unit.data = (rare.denominator or "cases")[:40] if is_share else "days"
        # The longer between events that should be fewer, the better.
        form.direction.data = OPPOSITE[rare.direction]
    return _new_page(found, form, 200)


@measures.post("/projects/<uuid:project_id>/measures/new")
@needs(Permission.EDIT_PROJECT)
@writes
def create(project_id: uuid.UUID) -> Any:
    found = scope.project(reader(), project_id)
    form = NewMeasureForm()
    if not form.is_ready():
        return _new_page(found, form, 422)
    series = add_measure(
        found,
        by=reader(),
        unit=form.stored_unit,
        per=form.per.data or USUAL_PER,
        denominator=form.stored_denominator,
        **form.values("unit", "per", "activity", "denominator"),
    )
    chart = series.measure.chart
    first = "" if chart is Chart.RUN else f" It starts as a run chart, until there are {ENOUGH} numbers."
    flash(f"Measure saved. Its chart is {CHARTS[chart].called}.{first} Now write down how it is counted.", "done")
    return go(url_for("measures.definition", measure_id=series.measure_id))


def _new_page(found: Project, form: NewMeasureForm, status: int) -> Any:
    return make_response(render_template("measures/new.html", project=found, form=form), status)
