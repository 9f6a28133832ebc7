"""What a list of projects is narrowed to: read from the address, written back into it, and turned into conditions."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, Text, and_, func, not_, or_, select, true, type_coerce
from sqlalchemy.orm import aliased
from werkzeug.datastructures import MultiDict

from qitracker.method.methods import METHODS
from qitracker.method.roles import Role
from qitracker.method.stalled.values import State
from qitracker.models import Level, Person, Project, RoleHeld, Series, Standing, Unit
from qitracker.spc import Variation

NOBODY = "none"
LONGEST_WORDS, MOST_WORDS = 100, 8
"""Free words: a title has 90 characters, and eight words find one project. Ours."""

IMPROVEMENT = "improvement"
SHOWS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    IMPROVEMENT: ("Showing improvement", ()),
    "concern": ("Getting worse now", (Variation.CONCERN_HIGH, Variation.CONCERN_LOW)),
    "no_change": ("No change now", (Variation.COMMON_CAUSE,)),
    "too_few": ("Too few numbers to tell", (Variation.NOT_ENOUGH_DATA,)),
}
"""What the chart that speaks for a project can show: its word in the address, its name, and the engine's words. A chart
shows improvement while its finding says so: after a gain has its own phase, the latest point is ordinary again."""

HELD_BACK = {"no": "Not snoozed", "yes": "Snoozed"}

STATE: ColumnElement[str] = func.coalesce(Standing.state, State.ACTIVE.value)
"""The state of a project; one whose standing has not been worked out yet is new, and counts as active."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Each part empty for everything. `told` "hub": only what the hub has been told of by now."""

    words: str = ""
    unit: uuid.UUID | None = None
    programme: uuid.UUID | None = None
    level: str = ""
    method: str = ""
    coach: str = ""  # a person's id, or NOBODY
    stage: str = ""
    states: tuple[str, ...] = ()
    reason: str = ""
    shows: str = ""
    told: str = ""
    snoozed: str = ""
    closed: str = ""  # no: only open ones

    def pairs(self) -> list[tuple[str, str]]:
        """The parts as an address carries them, the empty ones left out."""
        named: Iterable[tuple[str, object]] = (
            ("q", self.words), ("unit", self.unit), ("programme", self.programme), ("level", self.level),
            ("method", self.method), ("coach", self.coach), ("stage", self.stage),
            *(("state", state) for state in self.states), ("reason", self.reason), ("shows", self.shows),
            ("told", self.told), ("snoozed", self.snoozed), ("closed", self.closed),
        )  # fmt: skip
        return [(name, str(value)) for name, value in named if value]

    def address(self, path: str, **more: object) -> str:
        """An address with these filters; `more` adds to them, such as page=2."""
        found = urlencode([*self.pairs(), *((name, str(value)) for name, value in more.items() if value)])
        return f"{path}?{found}" if found else path

    def but(self, **changes: Any) -> "Filters":
        return replace(self, **changes)


def read(arguments: "MultiDict[str, str]") -> Filters:
    """The filters of an address. What makes no sense is left out, so that an old link still opens a list."""
    known = {state.value for state in State}
    return Filters(
        words=" ".join(arguments.get("q", "").replace("\0", "").split())[:LONGEST_WORDS],
        unit=_id(arguments.get("unit", "")),
        programme=_id(arguments.get("programme", "")),
        level=_one_of(arguments.get("level", ""), {level.value for level in Level}),
        method=_one_of(arguments.get("method", ""), METHODS),
        coach=_coach(arguments.get("coach", "")),
        stage=_one_of(arguments.get("stage", ""), {one.key for method in METHODS.values() for one in method.stages}),
        states=tuple(dict.fromkeys(state for state in arguments.getlist("state") if state in known)),
        reason=_one_of(arguments.get("reason", ""), REASON_NAMES),
        shows=_one_of(arguments.get("shows", ""), SHOWS),
        told=_one_of(arguments.get("told", ""), {"hub"}),
        snoozed=_one_of(arguments.get("snoozed", ""), HELD_BACK),
        closed=_one_of(arguments.get("closed", ""), {"no"}),
    )


def condition(filters: Filters, today: date) -> ColumnElement[bool]:
    """The condition on Project, with Standing joined to it, that holds for what these filters name."""
    parts: list[ColumnElement[bool]] = [true(), *_of_words(filters.words)]
    if filters.unit:
        parts.append(Project.unit_id.in_(_below(filters.unit)))
    same: tuple[tuple[Any, object], ...] = (
        (Project.programme_id, filters.programme),
        (Project.level, filters.level),
        (Project.method, filters.method),
        (Project.stage, filters.stage),
    )
    parts += [column == value for column, value in same if value]
    if filters.coach:
        parts.append(without_coach() if filters.coach == NOBODY else _coached_by(uuid.UUID(filters.coach)))
    if filters.states:
        parts.append(STATE.in_(filters.states))
    if filters.reason:
        parts.append(_has_reason(filters.reason))
    if filters.shows:
        parts.append(shows(filters.shows))
    if filters.told:
        parts.append(Standing.told.contains(filters.told))
    if filters.snoozed:
        parts.append(is_snoozed(today) if filters.snoozed == "yes" else not_(is_snoozed(today)))
    if filters.closed:
        parts.append(Project.closed_at.is_(None))
    return and_(*parts)


def is_snoozed(today: date) -> ColumnElement[bool]:
    """Whether a snooze keeps it off the list on a day; it ends by itself."""
    return and_(Standing.hidden_until.is_not(None), Standing.hidden_until > today)


def shows(word: str) -> ColumnElement[bool]:
    """The condition on Standing; each project shows one of them at most."""
    improved = Standing.series_id.in_(select(Series.id).where(Series.gain_since.is_not(None)))
    if word == IMPROVEMENT:
        return improved
    return and_(Standing.variation.in_(SHOWS[word][1]), or_(Standing.series_id.is_(None), not_(improved)))


def without_coach() -> ColumnElement[bool]:
    """Open work that nobody coaches: no coach on the project who still works here."""
    coaches = _coaches().where(Person.is_active)
    return and_(Project.closed_at.is_(None), not_(coaches.exists()))


def _coached_by(person_id: uuid.UUID) -> ColumnElement[bool]:
    of_person: ColumnElement[bool] = _coaches().where(Person.id == person_id).exists()
    return of_person


def _coaches() -> Any:
    held = aliased(RoleHeld)
    of_project = select(held.id).join(Person, Person.id == held.person_id)
    return of_project.where(held.project_id == Project.id, held.role == Role.COACH).correlate(Project)


def _has_reason(code: str) -> ColumnElement[bool]:
    """Any of its reasons, not only the first; the quotes keep "no_cycle" from finding a longer code."""
    named = f'"code": "{code}"'
    return or_(Standing.code == code, type_coerce(Standing.reasons, Text).contains(named, autoescape=True))


def _below(unit_id: uuid.UUID) -> Any:
    top = select(Unit.path).where(Unit.id == unit_id).scalar_subquery()
    return select(Unit.id).where(Unit.path.like(top.concat("%")))


def _of_words(words: str) -> list[ColumnElement[bool]]:
    found = []
    for word in words.lower().split()[:MOST_WORDS]:
        in_title = func.lower(Project.title).contains(word, autoescape=True)
        found.append(or_(in_title, func.lower(Project.problem).contains(word, autoescape=True)))
    return found


def _one_of(word: str, known: Iterable[str]) -> str:
    return word if word in known else ""


def _coach(word: str) -> str:
    return word if word == NOBODY else str(_id(word) or "")


def _id(word: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(word)
    except ValueError:
        return None


REASON_NAMES: Mapping[str, str] = {
    "no_life": "Nothing has happened",
    "no_cycle": "No PDSA cycle in Deliver",
    "no_first_cycle": "No first test",
    "study_waiting": "A test waits for its Study",
    "same_step": "Same step for long",
    "stage_overstayed": "Long in one stage",
    "aim_passed": "Date of the aim has passed",
    "measure_overdue": "A number is late",
    "points_missing": "Several numbers are missing",
    "no_coach_contact": "No contact with a coach",
    "coach_review_late": "Coach review is late",
    "coach_gone": "The coach has left",
    "no_lead": "Nobody leads it",
    "barrier_open": "Something is in the way",
    "score_waiting": "At 2.5 for long",
    "score_unchanged": "Score has not changed",
    "sustain_slipped": "The gain has slipped",
    "sustain_unfed": "Nobody feeds the measure any more",
    "check_due": "A check is due",
    "paused": "Paused",
    "pause_ended": "The pause has ended",
}
"""What each reason of method/stalled is called where one is chosen. The list itself shows the reason's own sentence."""
