"""One number in ten seconds: the period is chosen already, and after saving the next one is asked for."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import flash, make_response, render_template, request, url_for

from qitracker.charts.periods import show_period
from qitracker.feeds.asking import Asked, ask_for, next_after, place_in
from qitracker.feeds.changes import ONE, Change, Undrawable, change_one, changes_in, points_of
from qitracker.feeds.definition import Definition, definition_of
from qitracker.feeds.far_off import why_ask
from qitracker.feeds.forms import OTHER, AddForm
from qitracker.feeds.numbers import Numbers, say, say_shortly
from qitracker.feeds.queries import point_event
from qitracker.feeds.room import day_in_address, feeds, find_series, hold_series
from qitracker.feeds.telling import say_change
from qitracker.method.measures import Rhythm
from qitracker.method.roles import Permission
from qitracker.models import Series
from qitracker.people.access import needs
from qitracker.people.reader import reader
from qitracker.people.sessions import go
from qitracker.plumbing import clock
from qitracker.plumbing.saving import writes

Points = Mapping[date, Numbers]


@dataclass(frozen=True, slots=True)
class Saved:
    """What the page says after a number was saved: what it is now, what is next, and the event to undo."""

    sentence: str
    next_question: str
    event_id: int


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked before saving: whether a number is replaced, whether the new one is right."""

    replace: str | None
    far_off: str | None

    def __bool__(self) -> bool:
        return bool(self.replace or self.far_off)


NONE_ASKED = Questions(None, None)


@feeds.route("/add", methods=["GET", "POST"])
@needs(Permission.ADD_POINTS)
@writes
def add(series_id: uuid.UUID) -> Any:
    series = hold_series(series_id) if request.method == "POST" else find_series(series_id)
    definition, points = definition_of(series), points_of(series)
    form = AddForm(definition)
    asked = _offer(form, points, definition)
    if request.method != "POST":
        return _page(series, form, points, asked)
    ready, numbers = form.is_ready(), form.read_numbers()
    day = form.read_day(asked.first.isoformat() if asked.first else OTHER)
    if not ready or day is None or numbers is None:
        return _page(series, form, points, asked, status=422)
    on = place_in(day, points, definition.rhythm)
    change = Change(on, points.get(on), numbers)
    if change.old == numbers:
        flash(f"{_capital(show_period(on, definition.rhythm))} is {say(numbers, definition)} already.", "message")
        return go(url_for("feeds.add", series_id=series_id))
    if questions := _questions(form, change, points, definition):
        return _page(series, form, points, asked, status=422, questions=questions)
    try:
        event = change_one(series, change, by=reader(), why=form.why.data if change.old else "", points=points)
    except Undrawable as refusal:
        form.first.errors = [str(refusal)]
        return _page(series, form, points, asked, status=422)
    return go(url_for("feeds.add", series_id=series_id, saved=event.id))


def _offer(form: AddForm, points: Points, definition: Definition) -> Asked:
    """Fill the list of periods: the recent ones, and the one that a link or the form names."""
    asked = ask_for(points, definition.rhythm, clock.today())
    named = [day_in_address(request.args.get("period")), day_in_address(request.form.get("on"))]
    days = sorted({*asked.offered, *(day for day in named if day)}, reverse=True)
    form.on.choices = [(day.isoformat(), _label(day, points, definition)) for day in days] + [(OTHER, "Another date")]
    if not form.is_submitted():
        first = named[0] or asked.first
        form.on.data = first.isoformat() if first else OTHER
        form.other.data = None if first else clock.today()
    return asked


def _label(day: date, points: Points, definition: Definition) -> str:
    there = points.get(place_in(day, points, definition.rhythm))
    name = _capital(show_period(day, definition.rhythm))
    return f"{name}: {say_shortly(there, definition)}" if there else f"{name} (no number yet)"


def _questions(form: AddForm, change: Change, points: Points, definition: Definition) -> Questions:
    """What the person has not said yes to yet. The form takes over what was asked, so that sending again is a yes."""
    replace = _ask_replace(form, change, definition)
    others = [numbers for on, numbers in points.items() if on != change.on]
    far_off = why_ask(change.new, others, definition) if change.new else None
    sure = f"{change.on.isoformat()} {change.new.code if change.new else ''}"
    if form.sure.data == sure:
        far_off = None
    form.sure.data = sure
    return Questions(replace, far_off) if replace or far_off else NONE_ASKED


def _ask_replace(form: AddForm, change: Change, definition: Definition) -> str | None:
    if change.old is None or change.new is None:
        return None
    asked = form.replaces.data == f"{change.on.isoformat()} {change.old.code}"
    form.replaces.data = f"{change.on.isoformat()} {change.old.code}"
    if asked and form.why.data:
        return None
    if asked:
        form.why.errors = ["Write why it changes, so that others can follow it later"]
    name = _capital(show_period(change.on, definition.rhythm))
    old, new = say_shortly(change.old, definition), say_shortly(change.new, definition)
    return f"{name} has {old} already. Replace {old} by {new}?"


def _page(
    series: Series,
    form: AddForm,
    points: Points,
    asked: Asked,
    *,
    status: int = 200,
    questions: Questions = NONE_ASKED,
) -> Any:
    definition = definition_of(series)
    chosen = day_in_address(form.on.data)
    there = points.get(place_in(chosen, points, definition.rhythm)) if chosen else None
    html = render_template(
        "feeds/add.html",
        series=series,
        project=series.project,
        measure=series.measure,
        definition=definition,
        form=form,
        questions=questions,
        has_rhythm=definition.rhythm is not Rhythm.NONE,
        wants_other=form.on.data == OTHER or bool(form.other.errors) or form.other.data is not None,
        there=say(there, definition) if there else "",
        saved=_saved(series, points, asked, definition),
        n_points=len(points),
    )
    return make_response(html, status)


def _saved(series: Series, points: Points, asked: Asked, definition: Definition) -> Saved | None:
    """What was just saved, while it still is so."""
    named = request.args.get("saved", "")
    event = point_event(series, int(named)) if named.isascii() and named.isdecimal() and len(named) < 10 else None
    if event is None or event.noun != ONE or event.by_id != reader().id:
        return None
    (change,) = changes_in(event)
    if change.new is None or points.get(change.on) != change.new:
        return None
    return Saved(f"Saved. {say_change(change, definition)}.", _what_next(asked, points, definition), event.id)


def _what_next(asked: Asked, points: Points, definition: Definition) -> str:
    if asked.first is None or asked.first in points:
        return "" if asked.first is None else "Everything is up to date."
    name = show_period(asked.first, definition.rhythm)
    is_over = next_after(asked.first, definition.rhythm) <= clock.today()
    return f"Add {name}?" if is_over else f"Everything is up to date. {_capital(name)} is not over yet."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
