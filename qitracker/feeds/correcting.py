"""Correct one number or remove it, with a reason. Two people at it: the second sees both and decides."""

import uuid
from datetime import date
from typing import Any

from flask import flash, make_response, render_template, request, url_for

from qitracker.charts.numbers import show_given
from qitracker.charts.periods import show_period
from qitracker.feeds.changes import Change, Undrawable, change_one, points_of
from qitracker.feeds.definition import definition_of
from qitracker.feeds.forms import PointForm, RemoveForm
from qitracker.feeds.numbers import Numbers, say, say_shortly
from qitracker.feeds.queries import last_event_on
from qitracker.feeds.room import day_or_404, feeds, find_series, hold_series
from qitracker.method.roles import Permission
from qitracker.models import Series
from qitracker.people.access import needs
from qitracker.people.reader import reader
from qitracker.people.sessions import go
from qitracker.plumbing.pages import moment
from qitracker.plumbing.saving import writes


@feeds.route("/points/<on>", methods=["GET", "POST"])
@needs(Permission.ADD_POINTS)
@writes
def point(series_id: uuid.UUID, on: str) -> Any:
    day = day_or_404(on)
    if request.method == "POST":
        held = hold_series(series_id)
        return (_remove if request.form.get("do") == "remove" else _correct)(held, day)
    series = find_series(series_id)
    now = points_of(series).get(day)
    if now is None:
        return go(url_for("feeds.add", series_id=series_id, period=on))
    form = PointForm(definition_of(series))
    form.show(now)
    form.was.data = now.code
    return _page(series, day, now, form)


def _correct(series: Series, day: date) -> Any:
    definition, now = definition_of(series), points_of(series).get(day)
    form = PointForm(definition)
    ready, wanted = form.is_ready(), form.read_numbers()
    if wanted is not None and wanted == now:
        flash(f"This is {say(wanted, definition)} already. Nothing was changed.", "message")
        return _to_chart(series)
    if form.was.data != _code(now):
        _tell(form, now)
        return _page(series, day, now, form, status=409)
    if not ready or wanted is None:
        return _page(series, day, now, form, status=422)
    try:
        change_one(series, Change(day, now, wanted), by=reader(), why=form.why.data)
    except Undrawable as refusal:
        form.first.errors = [str(refusal)]
        return _page(series, day, now, form, status=422)
    flash(f"Saved. {_name(series, day)} is now {say(wanted, definition)}.", "done")
    return _to_chart(series)


def _remove(series: Series, day: date) -> Any:
    definition, now = definition_of(series), points_of(series).get(day)
    removal, form = RemoveForm(), PointForm(definition, formdata=None)
    if now is None:
        flash(f"{_name(series, day)} has no number any more.", "message")
        return _to_chart(series)
    form.show(now)
    form.was.data = now.code
    ready, is_stale = removal.is_ready(), removal.was.data != now.code
    if is_stale or not ready:
        removal.was.data = now.code
        status = 409 if is_stale else 422
        return _page(series, day, now, form, status=status, removal=removal, is_stale=is_stale)
    try:
        change_one(series, Change(day, now, None), by=reader(), why=removal.reason.data)
    except Undrawable as refusal:
        removal.reason.errors = [str(refusal)]
        return _page(series, day, now, form, status=422, removal=removal)
    flash(f"Removed: {_name(series, day)}, {say(now, definition)}. It can be undone in the history.", "done")
    return _to_chart(series)


def _tell(form: PointForm, now: Numbers | None) -> None:
    """Put what is stored beside what was typed, and take it over as seen: saving again is a decision."""
    form.was.data = _code(now)
    form.submission.data = str(uuid.uuid4())
    if form.definition.is_several and now is not None:
        if form.first.several != now.several:
            form.theirs["first"] = say_shortly(now, form.definition)
        return
    stored = dict(zip(("first", "second"), now.row if now else (None, None), strict=False))
    for name, part in stored.items():
        field = getattr(form, name)
        if field is not None and field.data != part:
            form.theirs[name] = "nothing, it was removed" if part is None else show_given(part)


def _page(
    series: Series,
    day: date,
    now: Numbers | None,
    form: PointForm,
    *,
    status: int = 200,
    removal: RemoveForm | None = None,
    is_stale: bool = False,
) -> Any:
    definition = definition_of(series)
    last = last_event_on(series, {day})
    html = render_template(
        "feeds/point.html",
        series=series,
        project=series.project,
        measure=series.measure,
        definition=definition,
        day=day,
        period=_name(series, day),
        now=say(now, definition) if now else "",
        last_changed=f"{last.by.name if last.by else 'the system'} on {moment(last.at)}" if last else "",
        correction=form,
        removal=removal or _removal(now),
        form=removal or form,
        is_stale=is_stale,
    )
    return make_response(html, status)


def _removal(now: Numbers | None) -> RemoveForm:
    form = RemoveForm(formdata=None)
    form.was.data = _code(now)
    return form


def _code(numbers: Numbers | None) -> str:
    return numbers.code if numbers else ""


def _name(series: Series, day: date) -> str:
    words = show_period(day, series.measure.rhythm)
    return words[:1].upper() + words[1:]


def _to_chart(series: Series) -> Any:
    return go(url_for("measures.show", series_id=series.id))
