"""What the hub does. One verb each, with `by=`, and an event in the same transaction."""

from datetime import date

from sqlalchemy import select

from qitracker.letters.kinds import LetterKind
from qitracker.letters.writing import Line, path_of, write_letter
from qitracker.method.intake import IntakeAnswer
from qitracker.method.roles import Role
from qitracker.method.stalled.holds import HoldKind
from qitracker.models import CoachWord, Hold, Intake, Programme, Project, RuleNumber, Unit, WordKind, db
from qitracker.plumbing import clock, history
from qitracker.plumbing.history import Actor
from qitracker.plumbing.saving import alone
from qitracker.projects.telling import people_with


def offer_help(project: Project, text: str, *, by: Actor) -> CoachWord:
    """A word of help to the team, which answers it in the thread of its project; its lead is written to."""
    word = CoachWord(project_id=project.id, by_id=by.id, at=clock.now(), text=text, kind=WordKind.HELP)
    history.add(word, "coach word", by=by, project_id=project.id)
    _tell_lead(project, f"word/{word.id.hex}", "The improvement hub offers help", text, by=by)
    return word


def _tell_lead(project: Project, key: str, subject: str, text: str, *, by: Actor) -> None:
    line = Line(text, path_of("coaching.thread", project_id=project.id), project.title)
    for lead in people_with(project, Role.PROJECT_LEAD):
        if lead.id != by.id:
            write_letter(lead, LetterKind.ASKED, key, f"{subject}: {project.title}", [line])


def snooze(project: Project, why: str, until: date, *, by: Actor) -> Hold:
    """Keep it off the list until a day. A snooze that runs already ends with the new one."""
    alone(project)
    end_snooze(project, by=by)
    held = Hold(
        project_id=project.id,
        kind=HoldKind.SNOOZE,
        why=why,
        since=clock.today(),
        until=until,
        by_id=by.id,
        at=clock.now(),
    )
    history.add(held, "hold", by=by, project_id=project.id)
    return held


def running_snooze(project: Project, today: date) -> Hold | None:
    """The snooze that keeps it off the list on a day."""
    query = select(Hold).where(Hold.project_id == project.id, Hold.kind == HoldKind.SNOOZE)
    return db.session.scalar(query.where(Hold.ended_at.is_(None), Hold.until > today).order_by(Hold.at.desc()).limit(1))


def end_snooze(project: Project, *, by: Actor) -> bool:
    """Put it back on the list before its day. False where nothing was snoozed."""
    held = running_snooze(project, clock.today())
    if held is None:
        return False
    return history.amend(held, "hold", by=by, project_id=project.id, ended_at=clock.now())


def answer(
    project: Project, kind: IntakeAnswer, words: str, sentence: str, *, by: Actor, join: Project | None = None
) -> Intake:
    """The hub's answer to a new project: it stands on the project's own pages, and its lead is written to."""
    given = Intake(
        project_id=project.id,
        answer=kind.value,
        join_id=join.id if join else None,
        words=words,
        by_id=by.id,
        at=clock.now(),
    )
    db.session.add(given)
    db.session.flush()
    history.record(
        "answered",
        "intake",
        project.id,
        by=by,
        project_id=project.id,
        new={"answer": kind, "words": words, "join_id": join.id if join else None},
    )
    text = f"{sentence} {words}".strip()
    _tell_lead(project, f"intake/{project.id.hex}", "The improvement hub answers your new project", text, by=by)
    return given


def set_number(organisation: Unit, key: str, value: float | None, *, by: Actor) -> bool:
    """An organisation's own number for a rule; None puts the default back. False where nothing changes."""
    row = db.session.scalar(
        select(RuleNumber).where(RuleNumber.organisation_id == organisation.id, RuleNumber.key == key)
    )
    if value is None:
        if row is None:
            return False
        history.remove(row, "rule number", by=by, project_id=None)
        return True
    if row is None:
        row = RuleNumber(organisation_id=organisation.id, key=key, value=value, by_id=by.id, at=clock.now())
        history.add(row, "rule number", by=by, project_id=None)
        return True
    return history.amend(row, "rule number", by=by, project_id=None, value=value, by_id=by.id, at=clock.now())


def add_programme(organisation: Unit, name: str, *, by: Actor) -> Programme:
    """A larger purpose that projects can serve."""
    programme = Programme(organisation_id=organisation.id, name=name, made_at=clock.now())
    history.add(programme, "programme", by=by, project_id=None)
    return programme


def rename_programme(programme: Programme, name: str, *, by: Actor) -> bool:
    return history.amend(programme, "programme", by=by, project_id=None, name=name)


def put_in_programme(project: Project, programme: Programme | None, *, by: Actor) -> bool:
    """Put a project into a programme, or take it out of the one it is in."""
    return history.amend(
        project, "project", by=by, project_id=project.id, programme_id=programme.id if programme else None
    )
