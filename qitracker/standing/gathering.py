"""The rows behind the facts: everything the rules look at, for many projects at once in a fixed number of queries."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from qitracker.findings import Said, analysis_of, said_from
from qitracker.method.roles import Role
from qitracker.models import (
    Aim,
    Barrier,
    CoachReview,
    CoachWord,
    Cycle,
    Driver,
    Hold,
    Idea,
    Project,
    RoleHeld,
    Scorer,
    Series,
    StepEntry,
    db,
)
from qitracker.plumbing import clock
from qitracker.spc import Analysis
from qitracker.standing import asking


@dataclass(frozen=True, slots=True)
class Thing:
    """A measure (its series) or a cycle of a project, by name."""

    kind: str
    id: uuid.UUID
    name: str


class CycleRow(NamedTuple):
    """A cycle, whether it predicts something, how many questions it asks, whether tasks were written for it."""

    cycle: Cycle
    has_prediction: bool
    n_questions: int
    has_tasks: bool


class ScoreRow(NamedTuple):
    """A progress score as it was given, in tenths."""

    scorer: Scorer
    tenths: int
    on: date
    why: str


@dataclass(slots=True)
class Gathered:
    """What was found for one project. Days are those of the calendar on the wall.

    `noted` holds the day of the last note in Do by cycle, of cycles that are not studied; `versions` the aim as it was
    written, day by day; `left` the day from which nobody held a role, of the roles that somebody once held.
    """

    project: Project
    aim: Aim | None = None
    entries: dict[str, StepEntry] = field(default_factory=dict)
    attached: dict[str, int] = field(default_factory=dict)
    team: list[RoleHeld] = field(default_factory=list)
    series: list[Series] = field(default_factory=list)
    ideas: list[Idea] = field(default_factory=list)
    cycles: list[CycleRow] = field(default_factory=list)
    drivers: list[tuple[Driver, bool]] = field(default_factory=list)
    coach_words: list[CoachWord] = field(default_factory=list)
    life: dict[str, date] = field(default_factory=dict)
    moved: date | None = None
    review: CoachReview | None = None
    barriers: list[Barrier] = field(default_factory=list)
    scores: list[ScoreRow] = field(default_factory=list)
    holds: list[Hold] = field(default_factory=list)
    left: dict[Role, date] = field(default_factory=dict)
    noted: dict[uuid.UUID, date] = field(default_factory=dict)
    versions: list[tuple[date, dict[str, Any]]] = field(default_factory=list)
    read: dict[uuid.UUID, Analysis | None] = field(default_factory=dict)

    @property
    def things(self) -> tuple[Thing, ...]:
        """What can be named as evidence: the measures and the cycles."""
        measures = [
            Thing("measure", one.id, f"Measure: {one.measure.name}{one.group and f', {one.group}'}")
            for one in self.series
        ]
        cycles = [Thing("cycle", one.cycle.id, f"PDSA {one.cycle.number}: {one.cycle.title}") for one in self.cycles]
        return (*measures, *cycles)

    @property
    def headline(self) -> Series | None:
        """The series that speaks for the project: the aim's, or the first outcome, or the first."""
        by_id = {series.id: series for series in self.series}
        if self.aim and self.aim.series_id in by_id:
            return by_id[self.aim.series_id]
        return next(iter(self.series), None)

    @property
    def said(self) -> Said | None:
        """What the headline says; None without a series."""
        return said_from(self.headline, self.analysis(self.headline)) if self.headline else None

    def analysis(self, series: Series) -> Analysis | None:
        """The stored analysis of one of the series, read once however many ask for it."""
        if series.id not in self.read:
            self.read[series.id] = analysis_of(series)
        return self.read[series.id]


Found = dict[uuid.UUID, Gathered]


def gather(projects: Sequence[Project]) -> Found:
    """Everything the rules need, in fifteen queries at most however many projects there are."""
    found = gather_work(projects)
    gather_rest(found)
    return found


def gather_rest(found: Found) -> None:
    """What is missing after `gather_work`."""
    if found:
        ids = {"ids": list(found)}
        _supported(found, ids)
        _dated(found, ids)
        _left(found)


def gather_work(projects: Sequence[Project]) -> Found:
    """The work itself, in ten queries at most: enough for the next card and for what a step lacks.

    Without barriers, scores, holds, and the days on which something was last done: what only the rules of standing and
    score ask for.
    """
    found = {project.id: Gathered(project) for project in projects}
    if found:
        ids = {"ids": list(found)}
        _single(found, ids)
        _written(found, ids)
        _measured(found, ids)
        _tested(found, ids)
        _told(found)
    return found


def gather_numbers(aims: Mapping[Project, Aim | None]) -> Found:
    """The numbers alone, in one query: of projects of which all else is known, each with its aim."""
    found = {project.id: Gathered(project, aim) for project, aim in aims.items()}
    if found:
        _measured(found, {"ids": list(found)})
    return found


Ids = dict[str, list[uuid.UUID]]


def _single(found: Found, ids: Ids) -> None:
    for project_id, aim, review, moved in db.session.execute(asking.SINGLE, ids):
        one = found[project_id]
        one.aim, one.review, one.moved = aim, review, day_of(moved) if moved else None


def _written(found: Found, ids: Ids) -> None:
    run = db.session()
    for entry in run.scalars(asking.STEPS, ids):
        found[entry.project_id].entries[entry.step] = entry
    for project_id, step, count in run.execute(asking.EVIDENCE, ids):
        found[project_id].attached[step] = count
    for held in run.scalars(asking.TEAM, ids):
        if held.project_id:
            found[held.project_id].team.append(held)
    for word in run.scalars(asking.WORDS, ids):
        found[word.project_id].coach_words.append(word)


def _measured(found: Found, ids: Ids) -> None:
    for series in db.session.scalars(asking.SERIES, ids):
        found[series.project_id].series.append(series)


def _tested(found: Found, ids: Ids) -> None:
    run = db.session()
    for idea in run.scalars(asking.IDEAS, ids):
        found[idea.project_id].ideas.append(idea)
    for row in run.execute(asking.CYCLES, ids):
        cycle = CycleRow(*row)
        found[cycle.cycle.project_id].cycles.append(cycle)
    for driver, has_below in run.execute(asking.DRIVERS, ids):
        found[driver.project_id].drivers.append((driver, has_below))


def _supported(found: Found, ids: Ids) -> None:
    run = db.session()
    for barrier in run.scalars(asking.BARRIERS, ids):
        found[barrier.project_id].barriers.append(barrier)
    for project_id, scorer, tenths, on, why in run.execute(asking.SCORES, ids):
        found[project_id].scores.append(ScoreRow(scorer, tenths, on, why))
    for hold in run.scalars(asking.HOLDS, ids):
        found[hold.project_id].holds.append(hold)


def _dated(found: Found, ids: Ids) -> None:
    """The last day of each kind of life."""
    for project_id, kind, at in db.session.execute(asking.LIVED, ids):
        if project_id is not None and kind is not None:
            found[project_id].life[kind] = day_of(at)


LED = (Role.PROJECT_LEAD, Role.COACH)


def _left(found: Found) -> None:
    """Since when nobody leads or coaches a project, where the events tell: a role that ended."""
    without = [one.project.id for one in found.values() if not all(_is_held(one, role) for role in LED)]
    if not without:
        return
    for project_id, at, old in db.session.execute(asking.ROLES_ENDED, {"ids": without}):
        role = next((one for one in LED if (old or {}).get("role") == one.value), None)
        if project_id is not None and role is not None:
            day, left = day_of(at), found[project_id].left
            left[role] = max(left.get(role, day), day)


def _is_held(one: Gathered, role: Role) -> bool:
    return any(held.role is role and held.person.is_active for held in one.team)


NOTES = frozenset({"happened", "surprises", "comments", "as_planned"})


def _told(found: Found) -> None:
    """What only the event log knows: who left when, the last note on a test that runs, the aim as it was written."""
    aims = {str(one.aim.id): one for one in found.values() if one.aim is not None}
    cycles = {str(row.cycle.id): (one, row.cycle) for one in found.values() for row in one.cycles if _is_noted(row)}
    leavers: dict[str, list[tuple[Gathered, Role]]] = {}
    for one, held in _gone(found):
        leavers.setdefault(str(held.person_id), []).append((one, held.role))
    asked = {"aim": list(aims), "cycle": list(cycles), "person": list(leavers)}
    if not any(asked.values()):
        return
    for noun, key, at, new in db.session.execute(asking.TOLD, asked):
        day, said = day_of(at), new or {}
        if noun == "aim":
            aims[key].versions.append((day, said))
        elif noun == "cycle" and not NOTES.isdisjoint(said):
            one, cycle = cycles[key]
            one.noted[cycle.id] = day
        elif noun == "person" and said.get("is_active") is False:
            for one, role in leavers[key]:
                one.left[role] = max(one.left.get(role, day), day)


def _is_noted(row: CycleRow) -> bool:
    """Whether there are notes of a test that nobody has studied yet."""
    cycle = row.cycle
    return cycle.studied_at is None and bool(cycle.happened or cycle.surprises or cycle.comments)


def _gone(found: Found) -> Iterator[tuple[Gathered, RoleHeld]]:
    """Leads and coaches who have left, of projects that have no other."""
    for one in found.values():
        for held in one.team:
            if held.role in LED and not _is_held(one, held.role):
                yield one, held


def day_of(moment: datetime) -> date:
    """The day a moment fell on, by the calendar on the wall."""
    return clock.local(moment).date()
