"""The check before many numbers are saved: row by row what would happen, then all together or not at all."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort, flash, make_response, render_template, request, url_for

from qitracker.feeds.changes import Change, Undrawable, change_many, points_of
from qitracker.feeds.definition import Definition, definition_of
from qitracker.feeds.forms import REPLACE, CheckForm
from qitracker.feeds.numbers import Numbers
from qitracker.feeds.queries import own_upload
from qitracker.feeds.room import feeds, find_series, hold_series
from qitracker.feeds.table import table_of
from qitracker.feeds.telling import tell
from qitracker.feeds.understanding import (
    LONGEST_TO_EDIT,
    Sheet,
    fingerprint,
    sheet_of,
    sheet_of_text,
    to_write,
    understand_sheet,
)
from qitracker.method.roles import Permission
from qitracker.people.access import needs
from qitracker.people.reader import reader
from qitracker.people.sessions import go
from qitracker.plumbing import clock
from qitracker.plumbing.database import let_go
from qitracker.plumbing.reading.points import Understood
from qitracker.plumbing.reading.unreadable import Unreadable
from qitracker.plumbing.saving import writes


@dataclass(frozen=True, slots=True)
class Looked:
    """An upload and the points there are, read in one transaction and judged outside it.

    `understood` is None, and `why_not` says why, when the columns cannot be made out.
    """

    upload_id: uuid.UUID
    name: str
    sheet: Sheet
    definition: Definition
    points: Mapping[date, Numbers]
    understood: Understood | None
    why_not: str


@feeds.route("/uploads/<uuid:upload_id>", methods=["GET", "POST"])
@needs(Permission.ADD_POINTS)
@writes
def check(series_id: uuid.UUID, upload_id: uuid.UUID) -> Any:
    looked, form = _look(series_id, upload_id), CheckForm()
    if looked is None:
        flash("These numbers were saved already.", "message")
        return go(url_for("measures.show", series_id=series_id))
    if request.method != "POST":
        return _page(looked, form)
    return _answer(looked, form)


def _answer(looked: Looked, form: CheckForm) -> Any:
    ready = form.is_ready()
    try:
        edited = _edited(form, looked.sheet)
    except Unreadable as refusal:
        form.text.errors = [refusal.sentence]
        return _page(looked, form, status=422)
    if edited is not None or request.form.get("do") == "again":
        return _read_again(looked, form, edited)
    if not ready or looked.understood is None:
        return _page(looked, form, status=422)
    if form.seen.data != fingerprint(looked.understood):
        return _page(looked, form, status=409)
    return _save(looked, form, looked.understood)


def _look(series_id: uuid.UUID, upload_id: uuid.UUID) -> Looked | None:
    """The upload of this reader, or 404; None when it has been saved. The lock is let go before the rows are read."""
    series = find_series(series_id)
    found = own_upload(series, upload_id, reader())
    if found is None:
        abort(404)
    if found.saved_at is not None:
        return None
    name, sheet, definition, points = found.name, sheet_of(found.grid), definition_of(series), points_of(series)
    let_go()
    return _judged(upload_id, name, sheet, definition, points)


def _judged(
    upload_id: uuid.UUID, name: str, sheet: Sheet, definition: Definition, points: Mapping[date, Numbers]
) -> Looked:
    try:
        understood = understand_sheet(sheet, definition, points, clock.today())
    except Unreadable as refusal:
        return Looked(upload_id, name, sheet, definition, points, None, refusal.sentence)
    return Looked(upload_id, name, sheet, definition, points, understood, "")


def _edited(form: CheckForm, sheet: Sheet) -> Sheet | None:
    """The rows as they were changed in the box; None when they were not. Raises Unreadable."""
    typed = (form.text.data or "").replace("\r\n", "\n")
    if not typed or typed.strip("\n") == sheet.text.strip("\n"):
        return None
    edited = sheet_of_text(typed)
    return None if edited == sheet else edited


def _read_again(looked: Looked, form: CheckForm, edited: Sheet | None) -> Any:
    """Keep the changed rows, and show them as they are read now. What was typed beside them stays."""
    told = "" if request.form.get("do") == "again" else "You changed the rows. Check them once more, then save."
    if edited is None:
        return _page(looked, form)
    series_id = looked.definition.series_id
    again = _judged(looked.upload_id, looked.name, edited, looked.definition, looked.points)
    found = own_upload(find_series(series_id), looked.upload_id, reader())
    if found is None or found.saved_at is not None:
        return go(url_for("feeds.check", series_id=series_id, upload_id=looked.upload_id))
    found.grid = edited.stored
    return _page(again, form, told=told)


def _save(looked: Looked, form: CheckForm, understood: Understood) -> Any:
    changes = to_write(understood, replacing=form.existing.data == REPLACE)
    if not _may_save(form, understood, changes):
        return _page(looked, form, status=422)
    series_id = looked.definition.series_id
    series = hold_series(series_id)
    found = own_upload(series, looked.upload_id, reader())
    if found is None or found.saved_at is not None or found.grid != looked.sheet.stored:
        return go(url_for("feeds.check", series_id=series_id, upload_id=looked.upload_id))
    if points_of(series) != looked.points or definition_of(series) != looked.definition:
        return _page(_look(series_id, looked.upload_id) or looked, form, status=409)
    named = {"name": looked.name} if looked.name else {}
    left_out = {"left_out": understood.n_wrong} if understood.n_wrong else {}
    why = form.why.data if any(change.old for change in changes) else ""
    verb = "uploaded" if looked.name else "pasted"
    try:
        event = change_many(series, changes, by=reader(), verb=verb, why=why, batch=str(found.id), **named, **left_out)
    except Undrawable as refusal:
        form.existing.errors = [str(refusal)]
        return _page(looked, form, status=422)
    found.saved_at, found.grid = clock.now(), []  # the other columns of the paste are not ours to keep
    flash(f"Saved: {tell(event, looked.definition).sentence}. The history can undo it as one.", "done")
    return go(url_for("measures.show", series_id=series_id))


def _may_save(form: CheckForm, understood: Understood, changes: list[Change]) -> bool:
    """All or nothing: wrong rows are left out only when somebody says so, and a change needs its reason."""
    if understood.n_wrong and not form.leave_out.data:
        form.leave_out.errors = ["Correct the rows that cannot be saved, or tick to leave them out"]
    elif not changes:
        form.text.errors = ["There is nothing to save: no row is new or is to be changed"]
    if any(change.old for change in changes) and not form.why.data:
        form.why.errors = ["Write why the numbers change, so that others can follow it later"]
    return not form.errors


def _page(looked: Looked, form: CheckForm, *, status: int = 200, told: str = "") -> Any:
    """The rows as understood. Status 409: somebody changed the points meanwhile, and the page says so."""
    understood, text = looked.understood, looked.sheet.text
    if not form.text.errors:
        form.text.raw_data, form.text.data = None, text
    if understood is not None:
        form.seen.data = fingerprint(understood)
    form.existing.data = form.existing.data or REPLACE
    series = find_series(looked.definition.series_id)
    everything = request.args.get("all") == "1"
    html = render_template(
        "feeds/check.html",
        series=series,
        project=series.project,
        measure=series.measure,
        looked=looked,
        understood=understood,
        table=table_of(understood, looked.definition, everything=everything) if understood else None,
        form=form,
        can_edit=len(text) <= LONGEST_TO_EDIT,
        told=told,
        meanwhile=status == 409,
    )
    return make_response(html, status)
