"""What coaches do together: hand over a project, cover an absence, note a visit, train. One verb each, with `by=`."""

import uuid
from collections.abc import Iterable
from datetime import date

from sqlalchemy import select

from qitracker.method.roles import Role
from qitracker.models import CoachAbsence, Person, Project, RoleHeld, TrainedCoach, Unit, Visit, db
from qitracker.people.actions import end_role, give_role
from qitracker.plumbing import clock, history
from qitracker.plumbing.history import Actor
from qitracker.plumbing.saving import alone
from qitracker.projects.actions import say
from qitracker.projects.telling import tell_new_coach


def coaches_of(project: Project) -> list[RoleHeld]:
    """The roles of its coaches, those who left too."""
    return list(
        db.session.scalars(select(RoleHeld).where(RoleHeld.project_id == project.id, RoleHeld.role == Role.COACH))
    )


def hand_over(project: Project, to: Person, words: str, *, by: Actor) -> None:
    """Another coach from today on; the word goes into the thread, where team and coach read it."""
    alone(project)
    for held in coaches_of(project):
        if held.person_id != to.id:
            end_role(held, by=by, project=project)
    give_role(to, Role.COACH, by=by, project=project)
    if words:
        say(project, words, by=by)
    tell_new_coach(project, words, clock.today().isoformat(), by=by)


def hold_people(people: Iterable[Person]) -> None:
    """Nobody else writes down an absence of these until this transaction ends. Always in the same order, so that two
    never wait for each other."""
    for person in sorted(people, key=lambda one: one.id):
        alone(person)


def away_then(coach_id: uuid.UUID, first: date, last: date) -> CoachAbsence | None:
    """When this coach is away already on one of these days. Two who cover for each other would leave the teams with
    nobody, and of two absences of one coach the second would go on when the first is ended."""
    overlap = CoachAbsence.coach_id == coach_id, CoachAbsence.first <= last, CoachAbsence.last >= first
    return db.session.scalars(select(CoachAbsence).where(*overlap).order_by(CoachAbsence.first)).first()


def go_away(coach_id: uuid.UUID, first: date, last: date, cover_id: uuid.UUID | None, *, by: Actor) -> CoachAbsence:
    """A coach is away, and a colleague has their projects in the list until then."""
    absence = CoachAbsence(coach_id=coach_id, cover_id=cover_id, first=first, last=last, at=clock.now())
    history.add(absence, "coach_absence", by=by, project_id=None)
    return absence


def come_back(absence: CoachAbsence, *, by: Actor) -> None:
    """Back before the day, or it was a slip."""
    history.remove(absence, "coach_absence", by=by, project_id=None)


def note_visit(
    unit_id: uuid.UUID, on: date, minutes: int | None, note: str, *, by: Actor, project: Project | None = None
) -> Visit:
    """A coach was there."""
    visit = Visit(
        coach_id=by.id,
        unit_id=unit_id,
        project_id=project.id if project else None,
        on=on,
        minutes=minutes,
        note=note,
        at=clock.now(),
    )
    history.add(visit, "visit", by=by, project_id=visit.project_id)
    return visit


def forget_visit(visit: Visit, *, by: Actor) -> None:
    """It was a slip; the event holds what it was."""
    history.remove(visit, "visit", by=by, project_id=visit.project_id)


def add_trained(person: Person, unit: Unit, on: date, *, by: Actor) -> TrainedCoach:
    """Trained to coach a ward; somebody who had stopped begins again."""
    here = TrainedCoach.person_id == person.id, TrainedCoach.unit_id == unit.id
    found = db.session.scalar(select(TrainedCoach).where(*here))
    if found is None:
        found = TrainedCoach(person_id=person.id, unit_id=unit.id, trained_on=on)
        history.add(found, "trained_coach", by=by, project_id=None)
    else:
        history.amend(found, "trained_coach", by=by, project_id=None, trained_on=on, ended_on=None)
    return found


def end_trained(found: TrainedCoach, *, by: Actor) -> None:
    """No longer coaches there."""
    ended = max(clock.today(), found.trained_on)
    history.amend(found, "trained_coach", by=by, project_id=None, ended_on=ended)
