"""One measure: what it is, how it is counted, its series, and the gap between groups."""

import uuid
from typing import Any

from flask import abort, flash, make_response, render_template, request, url_for
from markupsafe import Markup

from qitracker import spc
from qitracker.charts.kind_pictures import kind_picture
from qitracker.charts.numbers import show_number
from qitracker.measures.actions import add_series, change_measure, change_series
from qitracker.measures.forms import DefinitionForm, MeasureForm
from qitracker.measures.gap import gap_between, gap_number, gap_sentence, span_words
from qitracker.measures.kinds import activity_of
from qitracker.measures.naming import columns_in_words, group_of, words_of
from qitracker.measures.queries import changes_of, is_taken, places_for, series_of
from qitracker.measures.room import measures
from qitracker.measures.series_forms import SeriesForm
from qitracker.measures.stored import stored
from qitracker.method.roles import Permission
from qitracker.models import Measure, Series, db
from qitracker.people import scope
from qitracker.people.access import needs
from qitracker.people.reader import reader
from qitracker.people.sessions import go
from qitracker.plumbing.saving import writes
from qitracker.spc import Chart


@measures.route("/measures/<uuid:measure_id>/edit", methods=["GET", "POST"])
@needs(Permission.EDIT_PROJECT)
@writes
def edit(measure_id: uuid.UUID) -> Any:
    measure = scope.find(Measure, reader(), measure_id)
    form = MeasureForm(measure)
    form.fill(measure)
    if not form.is_submitted():
        asked = request.args.get("chart", "")
        if asked in {value for value, _ in form.chart.choices}:
            form.chart.data = Chart(asked)
        return _measure_page("measures/edit.html", measure, form, 200)
    if not form.is_ready():
        return _measure_page("measures/edit.html", measure, form, 422)
    if form.is_stale(measure, {"activity": activity_of(measure.unit)}):
        return _measure_page("measures/edit.html", measure, form, 409)
    try:
        change_measure(measure, by=reader(), why=form.why.data, **form.wanted())
    except spc.Refused as refused:
        form.chart.errors = [f"The numbers that are there do not fit this chart. {refused.message}"]
        db.session.rollback()
        return _measure_page("measures/edit.html", scope.find(Measure, reader(), measure_id), form, 422)
    flash("Saved. The chart shows it.", "done")
    return go(_first_chart(measure))


@measures.route("/measures/<uuid:measure_id>/definition", methods=["GET", "POST"])
@needs(Permission.EDIT_PROJECT)
@writes
def definition(measure_id: uuid.UUID) -> Any:
    measure = scope.find(Measure, reader(), measure_id)
    form = DefinitionForm()
    if not measure.takes_counts:
        del form.denominator
    form.fill(measure)
    if not form.is_submitted():
        return _definition_page(measure, form, 200)
    if not form.is_ready():
        return _definition_page(measure, form, 422)
    if form.is_stale(measure):
        return _definition_page(measure, form, 409)
    change_measure(measure, by=reader(), **form.values())
    flash("Saved: how it is counted.", "done")
    return go(_first_chart(measure))


@measures.route("/measures/<uuid:measure_id>/series/new", methods=["GET", "POST"])
@needs(Permission.EDIT_PROJECT)
@writes
def new_series(measure_id: uuid.UUID) -> Any:
    measure = scope.find(Measure, reader(), measure_id)
    form = SeriesForm(places_for(measure.project, reader()), measure.data_type)
    if not form.is_submitted():
        form.unit_id.data = measure.project.unit_id
        return _series_page(measure, None, form, 200)
    if not (form.is_ready() and _is_free(form, measure)):
        return _series_page(measure, None, form, 422)
    series = add_series(measure, by=reader(), **form.values())
    flash("Saved. Now add its numbers.", "done")
    return go(url_for("measures.show", series_id=series.id))


@measures.route("/series/<uuid:series_id>/edit", methods=["GET", "POST"])
@needs(Permission.EDIT_PROJECT)
@writes
def edit_series(series_id: uuid.UUID) -> Any:
    series = scope.find(Series, reader(), series_id)
    places = dict(places_for(series.project, reader()))
    places.setdefault(str(series.unit_id), series.place.name)
    form = SeriesForm(list(places.items()), series.measure.data_type)
    if series.targets:
        del form.target
    form.fill(series)
    if not form.is_submitted():
        return _series_page(series.measure, series, form, 200)
    if not (form.is_ready() and _is_free(form, series.measure, series)):
        return _series_page(series.measure, series, form, 422)
    if form.is_stale(series):
        return _series_page(series.measure, series, form, 409)
    change_series(series, by=reader(), **form.values())
    flash("Saved.", "done")
    return go(url_for("measures.show", series_id=series.id))


@measures.get("/measures/<uuid:measure_id>/groups")
@needs(Permission.READ_PROJECT)
def groups(measure_id: uuid.UUID) -> Any:
    measure = scope.find(Measure, reader(), measure_id)
    words = words_of(measure)
    places: dict[str, list[Series]] = {}
    for series in series_of(measure, with_analysis=True):
        places.setdefault(series.place.name, []).append(series)
    compared = []
    for place, members in places.items():
        if len(members) < 2:
            continue
        analysed = [(group_of(one), analysis) for one in members if (analysis := stored(one)) is not None]
        gap = gap_between(analysed, measure.direction)
        compared.append((place, members, gap, gap_sentence(gap, words) if gap else ""))
    return render_template(
        "measures/groups.html",
        project=measure.project,
        measure=measure,
        compared=compared,
        words=words,
        gap_number=gap_number,
        show_number=show_number,
        span_words=span_words,
        group_of=group_of,
        may_edit=scope.may_on(reader(), measure.project, Permission.EDIT_PROJECT),
    )


def _is_free(form: SeriesForm, measure: Measure, series: Series | None = None) -> bool:
    """Whether no other series is about this place and group."""
    if is_taken(measure, form.unit_id.data, form.group.data, series):
        form.group.errors = ["There is a chart for this place and group already"]
        return False
    return True


def _first_chart(measure: Measure) -> str:
    if not measure.series:
        abort(404)
    return url_for("measures.show", series_id=measure.series[0].id)


def _measure_page(template: str, measure: Measure, form: Any, status: int, **more: Any) -> Any:
    html = render_template(template, project=measure.project, measure=measure, form=form, kind_picture=_picture, **more)
    return make_response(html, status)


def _picture(chart: str) -> Markup:
    """The small picture of a kind of chart, safe to put on a page: it is made by us of fixed numbers."""
    return Markup(kind_picture(Chart(chart)))  # noqa: S704


def _definition_page(measure: Measure, form: DefinitionForm, status: int) -> Any:
    return _measure_page(
        "measures/definition.html",
        measure,
        form,
        status,
        changes=changes_of(measure),
        columns_in_words=columns_in_words,
    )


def _series_page(measure: Measure, series: Series | None, form: SeriesForm, status: int) -> Any:
    return _measure_page("measures/series.html", measure, form, status, series=series)
