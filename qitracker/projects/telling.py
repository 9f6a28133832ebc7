"""Mail to whoever is asked something directly: a coach by the team, a team by its coach, a sponsor to clear the way."""

from collections.abc import Sequence

from sqlalchemy import select

from qitracker.letters.kinds import LetterKind
from qitracker.letters.writing import Line, path_of, write_letter
from qitracker.method.roles import Role
from qitracker.models import Barrier, CoachWord, Person, Project, RoleHeld, WordKind, db
from qitracker.plumbing.history import Actor


def people_with(project: Project, role: Role) -> Sequence[Person]:
    """Who holds a role on the project and works here, each once."""
    rows = select(Person).join(RoleHeld, RoleHeld.person_id == Person.id)
    rows = rows.where(RoleHeld.project_id == project.id, RoleHeld.role == role, Person.is_active)
    return db.session.scalars(rows.order_by(Person.name, Person.id)).all()


def tell_word(project: Project, word: CoachWord, *, by: Actor) -> None:
    """A question goes to the coach. Advice goes to the lead where it asks something; all else waits for the page."""
    if word.kind is WordKind.QUESTION:
        role, subject = Role.COACH, "The team asks you"
    elif word.kind is WordKind.ADVICE and "?" in word.text:
        role, subject = Role.PROJECT_LEAD, "Your coach asks you"
    else:
        return
    path = path_of("coaching.thread", project_id=project.id)
    _write(
        project, role, f"word/{word.id.hex}", f"{subject}: {project.title}", Line(word.text, path, project.title), by
    )


def tell_sponsor(project: Project, barrier: Barrier, *, by: Actor) -> None:
    """What is in the way goes to whoever can move it."""
    path = path_of("projects.barriers", project_id=project.id)
    line = Line(f"Can you move this? {barrier.text}", path, project.title)
    _write(project, Role.SPONSOR, f"barrier/{barrier.id.hex}", f"Help wanted: {project.title}", line, by)


def tell_new_coach(project: Project, words: str, day: str, *, by: Actor) -> None:
    """A project was given to a coach."""
    path = path_of("coaching.review", project_id=project.id)
    subject = f"You coach a project: {project.title}"
    _write(project, Role.COACH, f"coach/{project.id.hex}/{day}", subject, Line(words, path, project.title), by)


def _write(project: Project, role: Role, key: str, subject: str, line: Line, by: Actor) -> None:
    for person in people_with(project, role):
        if person.id != by.id:
            write_letter(person, LetterKind.ASKED, key, subject, [line])
