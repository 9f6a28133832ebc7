"""Everything said about a project in the order it was said: words and their answers, and what each review found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from qitracker.coaching.words import Said, thread_of
from qitracker.method.stalled.stuck import STUCK_ON, StuckOn
from qitracker.models import CoachReview, CoachWord, Project, db


@dataclass(frozen=True, slots=True)
class Part:
    """A word of the talk, a review, or both: the advice of a review is the word that the team answers."""

    at: datetime
    said: Said | None
    review: CoachReview | None

    @property
    def stuck(self) -> str:
        """What the review found it stuck on, in words."""
        return STUCK_ON[StuckOn(self.review.stuck_on)].name if self.review and self.review.stuck_on else ""


def talk_of(words: Iterable[CoachWord], reviews: Iterable[CoachReview]) -> Sequence[Part]:
    """The parts of the talk, newest first."""
    found = list(reviews)
    of_word = {review.word_id: review for review in found if review.word_id is not None}
    parts = [Part(one.word.at, one, of_word.get(one.word.id)) for one in thread_of(words)]
    parts += [Part(review.at, None, review) for review in found if review.word_id is None]
    return sorted(parts, key=lambda part: part.at, reverse=True)


def reviews_of(project: Project) -> Sequence[CoachReview]:
    """Every review of a project, with who wrote it and who does the agreed step."""
    rows = select(CoachReview).where(CoachReview.project_id == project.id)
    people = joinedload(CoachReview.by), joinedload(CoachReview.next_step_owner)
    return db.session.scalars(rows.options(*people).order_by(CoachReview.at)).all()
