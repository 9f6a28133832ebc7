"""The hub's answer to a new project, as the team reads it."""

from dataclasses import dataclass
from datetime import datetime

from qitracker.method.intake import IntakeAnswer, answer_words
from qitracker.models import Intake, Project, db
from qitracker.people import scope
from qitracker.people.reader import Reader


@dataclass(frozen=True, slots=True)
class IntakeWords:
    """The sentence, the hub's own words, who answered when, and the project to join, if any and if it may be seen."""

    sentence: str
    words: str
    by: str
    at: datetime
    join: Project | None


def intake_words(project: Project, reader: Reader) -> IntakeWords | None:
    """The hub's answer. None while it waits, and for projects that are older than the intake."""
    row = db.session.get(Intake, project.id)
    seen = None
    if row is not None and row.join_id is not None:
        seen = db.session.scalar(scope.projects(reader).where(Project.id == row.join_id))
    return words_of(row, seen)


def words_of(row: Intake | None, seen: Project | None) -> IntakeWords | None:
    """The same where the answer has been read already, with the project it names if the reader may see that."""
    if row is None or row.by_id is None:
        return None
    other = seen.title if seen else "a project that you cannot see"
    sentence = answer_words(IntakeAnswer(row.answer), other if row.join_id else "")
    return IntakeWords(sentence, row.words, row.by.name if row.by else "", row.at, seen)
