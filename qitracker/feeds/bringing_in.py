"""Many numbers at once: pasted or uploaded, and kept as rows until they are checked. Nothing typed is lost."""

import re
import uuid
from typing import Any

from flask import make_response, render_template, request, url_for

from qitracker.feeds.definition import definition_of
from qitracker.feeds.forms import PasteForm, UploadForm
from qitracker.feeds.room import feeds, find_series
from qitracker.feeds.understanding import Sheet, sheet_of_file, sheet_of_text
from qitracker.method.identifiers import identifying
from qitracker.method.roles import Permission
from qitracker.models import Series, Upload, db
from qitracker.people.access import needs
from qitracker.people.reader import reader
from qitracker.people.sessions import go
from qitracker.plumbing import clock
from qitracker.plumbing.database import let_go
from qitracker.plumbing.reading.grid import MOST_BYTES
from qitracker.plumbing.reading.text import clean
from qitracker.plumbing.reading.unreadable import Unreadable
from qitracker.plumbing.saving import writes

PASTED = ""  # the name of an upload that is a paste
DIGITS_OF_NHS_NUMBER = 10


@feeds.route("/paste", methods=["GET", "POST"])
@needs(Permission.ADD_POINTS)
@writes
def paste(series_id: uuid.UUID) -> Any:
    series, form = find_series(series_id), PasteForm()
    if request.method != "POST":
        return _page("feeds/paste.html", series, form)
    let_go()
    if form.is_ready():
        try:
            sheet = sheet_of_text(form.text.data)
        except Unreadable as refusal:
            form.text.errors = [refusal.sentence]
        else:
            if not _asks_about_patients(form, sheet):
                return _keep(series_id, sheet, PASTED)
    return _page("feeds/paste.html", find_series(series_id), form, status=422)


@feeds.route("/upload", methods=["GET", "POST"])
@needs(Permission.ADD_POINTS)
@writes
def upload(series_id: uuid.UUID) -> Any:
    series, form = find_series(series_id), UploadForm()
    if request.method != "POST":
        return _page("feeds/upload.html", series, form)
    let_go()
    file = request.files.get("file")
    if file is None or not file.filename:
        form.is_ready()
        form.file.errors = ["Choose a CSV or Excel file"]
    elif form.is_ready():
        try:
            sheet = sheet_of_file(file.stream.read(MOST_BYTES + 1), form.sheet.data)
        except Unreadable as refusal:
            form.file.errors = [refusal.sentence]
        else:
            if not _asks_about_patients(form, sheet):
                return _keep(series_id, sheet, _name_of(file.filename))
    return _page("feeds/upload.html", find_series(series_id), form, status=422)


def _keep(series_id: uuid.UUID, sheet: Sheet, name: str) -> Any:
    row = Upload(id=uuid.uuid4(), series_id=series_id, by_id=reader().id, at=clock.now(), name=name, grid=sheet.stored)
    db.session.add(row)
    return go(url_for("feeds.check", series_id=series_id, upload_id=row.id))


def _name_of(filename: str) -> str:
    """The file's own name, without folders; something plain where it cannot be shown."""
    try:
        return clean(re.split(r"[\\/]", filename)[-1], 200) or "a file"
    except Unreadable:
        return "a file"


def _asks_about_patients(form: PasteForm | UploadForm, sheet: Sheet) -> bool:
    """Whether a cell looks like an NHS number and nobody has said that it is none."""
    if request.form.get("save_anyway") == "yes":
        return False
    number = next((row.number for row in sheet.rows if any(_looks_like_a_patient(cell) for cell in row.cells)), None)
    if number is not None:
        advice = "Copy only the columns with the date and the numbers."
        form.warnings = [f"Row {number} holds what looks like an NHS number. {advice}"]
    return number is not None


def _looks_like_a_patient(cell: str) -> bool:
    if sum(map(str.isdecimal, cell)) < DIGITS_OF_NHS_NUMBER:  # most cells, told quickly
        return False
    return any(reason.code == "nhs_number" for reason in identifying(cell, clock.today()))


def _page(template: str, series: Series, form: PasteForm | UploadForm, *, status: int = 200) -> Any:
    html = render_template(
        template,
        series=series,
        project=series.project,
        measure=series.measure,
        definition=definition_of(series),
        form=form,
    )
    return make_response(html, status)
