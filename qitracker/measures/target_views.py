"""Targets that change over time: a short list on a page of its own."""

import uuid
from typing import Any

from flask import abort, flash, make_response, render_template, url_for

from qitracker.charts.numbers import show_given
from qitracker.measures.naming import group_of
from qitracker.measures.room import measures
from qitracker.measures.series_forms import TargetForm
from qitracker.measures.targets import remove_target, set_target, targets_of
from qitracker.method.roles import Permission
from qitracker.models import Series
from qitracker.people import scope
from qitracker.people.access import needs
from qitracker.people.reader import reader
from qitracker.people.sessions import go
from qitracker.plumbing.saving import writes


@measures.route("/series/<uuid:series_id>/targets", methods=["GET", "POST"])
@needs(Permission.EDIT_PROJECT)
@writes
def targets(series_id: uuid.UUID) -> Any:
    series = scope.find(Series, reader(), series_id)
    form = TargetForm(series.measure.data_type)
    if not form.is_submitted():
        return _page(series, form, 200)
    if not form.is_ready():
        return _page(series, form, 422)
    set_target(series, by=reader(), **form.values())
    flash("Saved. The line on the chart changes on that day.", "done")
    return go(url_for("measures.targets", series_id=series.id))


@measures.post("/series/<uuid:series_id>/targets/<int:target_id>/remove", endpoint="remove_target")
@needs(Permission.EDIT_PROJECT)
@writes
def remove_target_view(series_id: uuid.UUID, target_id: int) -> Any:
    series = scope.find(Series, reader(), series_id)
    found = next((one for one in series.targets if one.id == target_id), None)
    if found is None:
        abort(404)
    remove_target(series, found, by=reader())
    flash("Removed. The history keeps it.", "done")
    return go(url_for("measures.targets", series_id=series.id))


def _page(series: Series, form: TargetForm, status: int) -> Any:
    html = render_template(
        "measures/targets.html",
        project=series.project,
        series=series,
        measure=series.measure,
        group=group_of(series),
        form=form,
        rows=[(one, show_given(one.value, series.measure.unit)) for one in reversed(targets_of(series))],
        alone="" if series.target is None or series.targets else show_given(series.target, series.measure.unit),
    )
    return make_response(html, status)
