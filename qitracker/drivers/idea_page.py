"""One change idea: what the team thinks of it, where it stands, what became of it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import flash, make_response, render_template, url_for

from qitracker.drivers import queries
from qitracker.drivers.actions import hang_on, move_idea, weigh_idea
from qitracker.drivers.forms import StatusForm, WeighForm
from qitracker.drivers.room import drivers
from qitracker.drivers.states import STATUS_TONES, TAG_CLASSES
from qitracker.drivers.words import MOVE_HINTS, moves
from qitracker.method.drivers import LEVEL_WORDS, Level
from qitracker.method.ideas import IDEA_STATUS_WORDS, IdeaStatus, why_not_move
from qitracker.method.roles import Permission
from qitracker.models import Driver, Event, Idea
from qitracker.people import scope
from qitracker.people.access import needs
from qitracker.people.queries import team_of
from qitracker.people.reader import reader
from qitracker.people.sessions import go
from qitracker.plumbing import clock
from qitracker.plumbing.saving import writes


@drivers.get("/ideas/<uuid:idea_id>/")
@needs(Permission.READ_PROJECT)
def idea(idea_id: uuid.UUID) -> Any:
    found = scope.find(Idea, reader(), idea_id)
    return _page(found, _weighing(found), _moving(found), 200)


@drivers.post("/ideas/<uuid:idea_id>/")
@needs(Permission.EDIT_PROJECT)
@writes
def weigh(idea_id: uuid.UUID) -> Any:
    found = scope.find(Idea, reader(), idea_id)
    form = _weighing(found)
    if not form.is_ready():
        return _page(found, form, _moving(found), 422, sent=form)
    if form.is_stale(found, {"drivers": _joined(found, form)}):
        return _page(found, form, _moving(found), 409, sent=form)
    weigh_idea(found, by=reader(), **form.values("drivers"))
    hang_on(found, form.drivers.data, queries.drivers_of(found.project), by=reader())
    flash("Saved.", "done")
    return go(url_for("drivers.idea", idea_id=found.id))


@drivers.post("/ideas/<uuid:idea_id>/status")
@needs(Permission.EDIT_PROJECT)
@writes
def change_status(idea_id: uuid.UUID) -> Any:
    found = scope.find(Idea, reader(), idea_id)
    form = _moving(found)
    if form.was.data in set(IdeaStatus) and form.was.data != found.status:
        form.theirs["status"] = IDEA_STATUS_WORDS[found.status]
        form.was.data = found.status.value
        form.submission.data = str(uuid.uuid4())
        return _page(found, _weighing(found, fresh=True), form, 409, sent=form)
    if not form.is_ready():
        return _page(found, _weighing(found, fresh=True), form, 422, sent=form)
    reason = why_not_move(found.status, form.status.data, found.project.stage)
    if reason:
        form.status.errors = [reason.sentence]
        return _page(found, _weighing(found, fresh=True), form, 422, sent=form)
    if move_idea(found, form.status.data, by=reader(), why=form.why.data):
        flash(f"The idea is now: {IDEA_STATUS_WORDS[found.status]}.", "done")
    return go(url_for("drivers.idea", idea_id=found.id))


def _weighing(idea: Idea, *, fresh: bool = False) -> WeighForm:
    """The form with this project's people and drivers; `fresh` when another form of the page was sent."""
    form = WeighForm(formdata=None) if fresh else WeighForm()
    team = {str(held.person_id): held.person.name for held in team_of(idea.project)}
    if idea.owner:
        team.setdefault(str(idea.owner.id), f"{idea.owner.name} (no longer in the team)")
    form.owner_id.choices = [("", "Nobody yet"), *team.items()]
    form.drivers.choices = [(str(one.id), said(one)) for one in queries.drivers_of(idea.project)]
    if fresh or not form.is_submitted():
        for field in (form.impact, form.effort, form.can_test_now, form.owner_id):
            field.data = getattr(idea, field.name)
        form.version.data = str(idea.version)
        form.drivers.data = _joined(idea, form)
    return form


def said(driver: Driver) -> str:
    """A driver's words and its level, where primary and secondary ones stand in one list."""
    return f"{driver.text} ({LEVEL_WORDS[Level(driver.level.value)].lower()})"


def _joined(idea: Idea, form: WeighForm) -> tuple[uuid.UUID, ...]:
    """The drivers the idea hangs on now, in the order of the choices."""
    above = queries.parents_of(idea)
    return tuple(key for key in (uuid.UUID(value) for value, _ in form.drivers.choices) if key in above)


def _moving(idea: Idea) -> StatusForm:
    form = StatusForm()
    allowed, _ = moves(idea.status, idea.project.stage)
    # A status that is not allowed now is refused with its own sentence, so the field takes them all.
    form.status.choices = [(one.value, IDEA_STATUS_WORDS[one]) for one in IdeaStatus]
    form.status.hints = {one.value: MOVE_HINTS[one] for one in allowed}
    if not form.was.data:
        form.was.data = idea.status.value
    return form


def _page(idea: Idea, weighing: WeighForm, moving: StatusForm, status: int, *, sent: Any = None) -> Any:
    allowed, refused = moves(idea.status, idea.project.stage)
    moving.status.choices = [(one.value, IDEA_STATUS_WORDS[one]) for one in allowed]
    above = queries.parents_of(idea)
    html = render_template(
        "drivers/idea.html",
        project=idea.project,
        idea=idea,
        weighing=weighing,
        moving=moving,
        refused=refused,
        status_words=IDEA_STATUS_WORDS[idea.status],
        status_class=TAG_CLASSES[STATUS_TONES[idea.status]],
        belongs_to=[said for value, said in weighing.drivers.choices if uuid.UUID(value) in above],
        cycles=queries.cycles_by_idea(idea.project, clock.today()).get(idea.id, ()),
        history=told(queries.events_of_idea(idea)),
        may_edit=scope.may_on(reader(), idea.project, Permission.EDIT_PROJECT),
        **({"form": sent} if sent is not None else {}),
    )
    return make_response(html, status)


@dataclass(frozen=True, slots=True)
class Told:
    """One event of the history in words."""

    at: datetime
    who: str
    what: tuple[str, ...]
    why: str


FIELD_NAMES = {
    "status": "status",
    "impact": "impact",
    "effort": "effort",
    "can_test_now": "can be tested now",
    "owner_id": "looked after by",
}


def told(events: Sequence[Event]) -> list[Told]:
    """An idea's events as sentences, newest first. What only the program needs (its place) is left out."""
    people = {_owner(values) for event in events for values in (event.old, event.new) if _owner(values)}
    names = queries.names_of({uuid.UUID(one) for one in people}) if people else {}
    lines = [
        Told(event.at, event.by.name if event.by else "The system", _what(event, names), event.why or "")
        for event in events
    ]
    return [line for line in lines if line.what]


def _owner(values: dict[str, Any] | None) -> str:
    return str((values or {}).get("owner_id") or "")


def _what(event: Event, names: dict[str, str]) -> tuple[str, ...]:
    old, new = event.old or {}, event.new or {}
    match event.verb:
        case "added":
            return ("Had the idea",)
        case "joined":
            return (f"Joined it to “{new.get('driver', '')}”",)
        case "detached":
            return (f"Took it off “{old.get('driver', '')}”",)
        case "changed":
            return tuple(
                f"{words.capitalize()}: {_said(name, old.get(name), names)} → {_said(name, new[name], names)}"
                for name, words in FIELD_NAMES.items()
                if name in new
            )
    return ()


def _said(name: str, value: Any, names: dict[str, str]) -> str:
    if value is None or value == "":
        return "nobody" if name == "owner_id" else "not said"
    if name == "status":
        return IDEA_STATUS_WORDS[IdeaStatus(value)] if value in set(IdeaStatus) else str(value)
    if name == "can_test_now":
        return "yes" if value else "not yet"
    return names.get(str(value), "somebody") if name == "owner_id" else str(value)
