"""From rows to facts: what the rules of the method look at, for many projects at once in a fixed number of queries."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Select, case, exists, func, select
from sqlalchemy.orm import joinedload, undefer

from qitracker.findings import Said, aim_parts, analysis_of, cycle_state, said_from
from qitracker.method import facts as known
from qitracker.method.aims import checks, n_missing
from qitracker.method.cycles import Decision
from qitracker.method.measures import MeasureKind, next_due
from qitracker.method.methods import METHODS
from qitracker.method.progress import Progress, progress
from qitracker.method.roles import Role
from qitracker.models import (
    Aim,
    CoachWord,
    Cycle,
    CycleQuestion,
    Driver,
    DriverLevel,
    DriverLink,
    Evidence,
    Idea,
    Measure,
    Project,
    RoleHeld,
    Series,
    StepEntry,
    db,
)
from qitracker.spc import Analysis
from qitracker.standing.progressing import level_and_signal


@dataclass(frozen=True, slots=True)
class Thing:
    """A measure (its series) or a cycle of a project, by name."""

    kind: str
    id: uuid.UUID
    name: str


@dataclass(slots=True)
class Gathered:
    """What was found for one project."""

    project: Project
    aim: Aim | None = None
    entries: dict[str, StepEntry] = field(default_factory=dict)
    attached: dict[str, int] = field(default_factory=dict)
    team: list[RoleHeld] = field(default_factory=list)
    series: list[Series] = field(default_factory=list)
    ideas: list[Idea] = field(default_factory=list)
    cycles: list[tuple[Cycle, bool]] = field(default_factory=list)
    drivers: list[tuple[Driver, bool]] = field(default_factory=list)
    coach_words: list[CoachWord] = field(default_factory=list)
    read: dict[uuid.UUID, Analysis | None] = field(default_factory=dict)

    @property
    def things(self) -> tuple[Thing, ...]:
        """What can be named as evidence: the measures and the cycles."""
        measures = [
            Thing("measure", one.id, f"Measure: {one.measure.name}{one.group and f', {one.group}'}")
            for one in self.series
        ]
        cycles = [Thing("cycle", one.id, f"PDSA {one.number}: {one.title}") for one, _ in self.cycles]
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


def gather(projects: Sequence[Project]) -> dict[uuid.UUID, Gathered]:
    """Everything the rules need, in ten queries however many projects there are."""
    ids = [project.id for project in projects]
    found = {project.id: Gathered(project) for project in projects}
    for aim in db.session.scalars(select(Aim).where(Aim.project_id.in_(ids))):
        found[aim.project_id].aim = aim
    for entry in db.session.scalars(select(StepEntry).where(StepEntry.project_id.in_(ids))):
        found[entry.project_id].entries[entry.step] = entry
    counted = select(Evidence.project_id, Evidence.step, func.count()).where(Evidence.project_id.in_(ids))
    for project_id, step, count in db.session.execute(counted.group_by(Evidence.project_id, Evidence.step)):
        found[project_id].attached[step] = count
    for held in db.session.scalars(
        select(RoleHeld).where(RoleHeld.project_id.in_(ids)).options(joinedload(RoleHeld.person))
    ):
        if held.project_id:
            found[held.project_id].team.append(held)
    for series in db.session.scalars(_series_of(ids)):
        found[series.project_id].series.append(series)
    for idea in db.session.scalars(select(Idea).where(Idea.project_id.in_(ids)).order_by(Idea.at)):
        found[idea.project_id].ideas.append(idea)
    predicted = exists().where(CycleQuestion.cycle_id == Cycle.id, CycleQuestion.prediction != "")
    for cycle, has_prediction in db.session.execute(
        select(Cycle, predicted).where(Cycle.project_id.in_(ids)).order_by(Cycle.number)
    ):
        found[cycle.project_id].cycles.append((cycle, has_prediction))
    for driver, has_below in db.session.execute(
        select(Driver, exists().where(DriverLink.driver_id == Driver.id)).where(Driver.project_id.in_(ids))
    ):
        found[driver.project_id].drivers.append((driver, has_below))
    words = select(CoachWord).where(CoachWord.project_id.in_(ids)).order_by(CoachWord.at)
    for word in db.session.scalars(words.options(joinedload(CoachWord.by))):
        found[word.project_id].coach_words.append(word)
    return found


def _series_of(ids: list[uuid.UUID]) -> Select[Series]:
    """The series in the order they speak for a project: outcome first, then as the team put them."""
    order = case({kind: place for place, kind in enumerate(MeasureKind)}, value=Measure.kind)
    return (
        select(Series)
        .join(Measure, Measure.id == Series.measure_id)
        .where(Series.project_id.in_(ids))
        .options(joinedload(Series.measure), undefer(Series.analysis))
        .order_by(order, Measure.position, Series.position)
    )


def facts_of(found: Gathered, today: date) -> known.ProjectFacts:
    """The facts of one project, as the rules take them."""
    roles = {held.role for held in found.team if held.person.is_active}
    return known.ProjectFacts(
        method=found.project.method,
        stage=found.project.stage,
        statuses={step: entry.status for step, entry in found.entries.items()},
        answered=_answered(found),
        attached=found.attached,
        n_team=len({held.person_id for held in found.team if held.role not in {Role.COACH, Role.SPONSOR}}),
        has_sponsor=Role.SPONSOR in roles,
        has_coach=Role.COACH in roles,
        has_service_user=Role.SERVICE_USER_PARTNER in roles,
        aim=_aim_facts(found, today),
        measures=tuple(_measure_facts(series) for series in found.series),
        ideas=_idea_facts(found),
        cycles=tuple(_cycle_facts(cycle, has, today) for cycle, has in found.cycles),
        drivers=_driver_facts(found.drivers),
        coach_word=_coach_word(found.coach_words),
        reviewed=found.coach_words[-1].at.date() if found.coach_words else None,
    )


def _answered(found: Gathered) -> dict[str, frozenset[str]]:
    """The answered questions by step. The problem told at registration answers the first until its step is saved."""
    answered = {
        step: frozenset(key for key, text in entry.answers.items() if text) for step, entry in found.entries.items()
    }
    first = METHODS[found.project.method].stages[0].steps[0]
    return {first.key: frozenset({first.asks[0].key})} | answered if found.project.problem else answered


def progress_of(aim: Aim, series: Series | None, today: date) -> Progress:
    """How far the aim has come, from the chart of its series."""
    return progress_from(aim, analysis_of(series) if series is not None else None, today)


def progress_from(aim: Aim, analysis: Analysis | None, today: date) -> Progress:
    """The same where the chart has been read already."""
    found = level_and_signal(analysis)
    return progress(aim_parts(aim), found.level, found.improved, today, worsened=found.worsened)


def _aim_facts(found: Gathered, today: date) -> known.AimFacts | None:
    if found.aim is None:
        return None
    series = next((one for one in found.series if one.id == found.aim.series_id), None)
    return known.AimFacts(
        by=found.aim.by_date,
        n_missing=n_missing(checks(aim_parts(found.aim), today)),
        state=progress_from(found.aim, found.analysis(series) if series else None, today).state,
        measure_key=str(found.aim.series_id) if found.aim.series_id else None,
    )


def _measure_facts(series: Series) -> known.MeasureFacts:
    measure = series.measure
    name = f"{measure.name}, {series.group}" if series.group else measure.name
    return known.MeasureFacts(
        key=str(series.id),
        name=name,
        kind=measure.kind,
        n_points=series.n_points,
        last_point=series.last_on,
        rhythm=measure.rhythm,
        next_due=next_due(series.last_on, measure.rhythm) if series.last_on else None,
        variation=series.variation,
        has_target=series.target is not None,
    )


def _idea_facts(found: Gathered) -> tuple[known.IdeaFacts, ...]:
    tested = {cycle.idea_id for cycle, _ in found.cycles}
    return tuple(
        known.IdeaFacts(key=str(idea.id), text=idea.text, status=idea.status, tested=idea.id in tested)
        for idea in found.ideas
    )


def _cycle_facts(cycle: Cycle, has_prediction: bool, today: date) -> known.CycleFacts:
    return known.CycleFacts(
        key=str(cycle.id),
        number=cycle.number,
        title=cycle.title,
        state=cycle_state(cycle, today),
        planned_start=cycle.planned_start,
        planned_end=cycle.planned_end,
        ended=cycle.ended,
        has_prediction=has_prediction,
        idea_key=str(cycle.idea_id) if cycle.idea_id else None,
        decision=Decision(cycle.decision) if cycle.decision else None,
    )


def _driver_facts(drivers: Iterable[tuple[Driver, bool]]) -> known.DriverFacts:
    counts: dict[str, int] = defaultdict(int)
    for driver, has_below in drivers:
        counts[driver.level.value] += 1
        counts["no_idea"] += not has_below
        counts["no_measure"] += driver.measure_id is None and not driver.why_no_measure
    return known.DriverFacts(
        n_primary=counts[DriverLevel.PRIMARY.value],
        n_secondary=counts[DriverLevel.SECONDARY.value],
        n_without_idea=counts["no_idea"],
        n_without_measure=counts["no_measure"],
    )


def _coach_word(words: list[CoachWord]) -> known.CoachWord | None:
    asked = [word for word in words if word.answers_id is None]
    if not asked:
        return None
    last = asked[-1]
    answered = any(word.answers_id == last.id for word in words)
    return known.CoachWord(on=last.at.date(), asks="?" in last.text, answered=answered, key=str(last.id))
