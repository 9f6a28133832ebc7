"""Mail to whoever is asked something directly: a coach by the team, a team by its coach, a sponsor to clear the way."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from qitracker.letters.kinds import LetterKind
from qitracker.letters.writing import Line, path_of, write_letter
from qitracker.method.roles import Permission, Role
from qitracker.models import Barrier, CoachAbsence, CoachWord, Person, Project, RoleHeld, Visibility, WordKind, db
from qitracker.people import scope
from qitracker.people.reader import read_person
from qitracker.plumbing import clock
from qitracker.plumbing.history import Actor


def people_with(project: Project, role: Role) -> Sequence[Person]:
    """Who holds a role on the project and works here, each once."""
    rows = select(Person).join(RoleHeld, RoleHeld.person_id == Person.id)
    rows = rows.where(RoleHeld.project_id == project.id, RoleHeld.role == role, Person.is_active)
    return db.session.scalars(rows.order_by(Person.name, Person.id)).all()


def asked_by_team(project: Project) -> Sequence[Person]:
    """Who hears what a team asks: its coaches and whoever covers for one that is away today; while nobody coaches it,
    the improvement hub. A private project stays with the people named on it: without a coach nobody hears."""
    coaches = people_with(project, Role.COACH)
    if project.visibility is Visibility.PRIVATE:
        return coaches
    if not coaches:
        return hub_of(project)
    today, ids = clock.today(), [one.id for one in coaches]
    covers = select(CoachAbsence.cover_id).where(
        CoachAbsence.coach_id.in_(ids), CoachAbsence.first <= today, CoachAbsence.last >= today
    )
    rows = select(Person).where(Person.id.in_(covers), Person.id.not_in(ids), Person.is_active)
    found = db.session.scalars(rows.order_by(Person.name, Person.id)).all()
    return [*coaches, *(one for one in found if _may_coach(one, project))]


def _may_coach(person: Person, project: Project) -> bool:
    """Whether they can answer: a cover may work elsewhere, or have another role by now."""
    return scope.may_on(read_person(person), project, Permission.COACH_PROJECT)


def hub_of(project: Project) -> Sequence[Person]:
    """The improvement hub of its place: who holds that role there or above and works here, each once."""
    places = [uuid.UUID(one) for one in sorted(project.unit.covered_by)]
    holding = select(RoleHeld.person_id).where(RoleHeld.unit_id.in_(places), RoleHeld.role == Role.HUB)
    rows = select(Person).where(Person.id.in_(holding), Person.is_active)
    return db.session.scalars(rows.order_by(Person.name, Person.id)).all()


def tell_word(project: Project, word: CoachWord, *, by: Actor) -> None:
    """A question goes to whoever hears it (`asked_by_team`).

    Advice goes to the lead where it asks something; all else waits for the page."""
    if word.kind is WordKind.QUESTION:
        people, subject = asked_by_team(project), "The team asks you"
    elif word.kind is WordKind.ADVICE and "?" in word.text:
        people, subject = people_with(project, Role.PROJECT_LEAD), "Your coach asks you"
    else:
        return
    path = path_of("coaching.thread", project_id=project.id)
    line = Line(word.text, path, project.title)
    _write(people, f"word/{word.id.hex}", f"{subject}: {project.title}", line, by)


def tell_sponsor(project: Project, barrier: Barrier, *, by: Actor) -> None:
    """What is in the way goes to whoever can move it."""
    path = path_of("projects.barriers", project_id=project.id)
    line = Line(f"Can you move this? {barrier.text}", path, project.title)
    _write(people_with(project, Role.SPONSOR), f"barrier/{barrier.id.hex}", f"Help wanted: {project.title}", line, by)


def tell_new_coach(project: Project, words: str, day: str, *, by: Actor) -> None:
    """A project was given to a coach."""
    path = path_of("coaching.review", project_id=project.id)
    subject = f"You coach a project: {project.title}"
    line = Line(words, path, project.title)
    _write(people_with(project, Role.COACH), f"coach/{project.id.hex}/{day}", subject, line, by)


def tell_new_lead(project: Project, lead: Person, why: str, *, by: Actor) -> None:
    """An administrator has named who leads a private project: to the new lead, and to all who are still in its team."""
    inside = select(RoleHeld.person_id).where(RoleHeld.project_id == project.id)
    team = db.session.scalars(select(Person).where(Person.id.in_(inside), Person.is_active, Person.id != lead.id)).all()
    key = f"lead/{project.id.hex}/{clock.now():%Y%m%d%H%M%S}"
    home, page = path_of("projects.home", project_id=project.id), path_of("team.show", project_id=project.id)
    to_lead = Line(f"Nobody led it any more; you do from now on. {why}", home, project.title)
    to_team = Line(
        f"Nobody led it any more. An administrator has named {lead.name}, who would like to hear from you. {why}",
        page,
        project.title,
    )
    _write([lead], key, f"You lead a project: {project.title}", to_lead, by)
    _write(team, key, f"A new lead: {project.title}", to_team, by)


def _write(people: Sequence[Person], key: str, subject: str, line: Line, by: Actor) -> None:
    for person in people:
        if person.id != by.id:
            write_letter(person, LetterKind.ASKED, key, subject, [line])
