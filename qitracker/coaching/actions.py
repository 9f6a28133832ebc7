"""What coaches do. One verb each, with `by=`, and an event in the same transaction."""

import uuid
from dataclasses import dataclass
from datetime import date

from qitracker.models import CoachReview, Project, Scorer
from qitracker.plumbing import clock, history
from qitracker.plumbing.history import Actor
from qitracker.projects.actions import say
from qitracker.projects.supporting import add_barrier, give_score
from qitracker.projects.telling import tell_sponsor, tell_word


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """What a coach wrote in a review. `score` is in tenths; None leaves it as it is."""

    going_well: str = ""
    stuck_on: str | None = None
    advice: str = ""
    next_step: str = ""
    owner_id: uuid.UUID | None = None
    next_step_on: date | None = None
    score: int | None = None
    why: str = ""
    help_wanted: str = ""
    next_review: date | None = None


def write_review(project: Project, said: Reviewed, *, by: Actor) -> CoachReview:
    """Keep a review whole: the advice becomes the word the team answers, the score one of the coach's, and what is
    asked of the sponsor something in the way that the sponsor was asked to move."""
    word = say(project, said.advice, by=by) if said.advice else None
    if word is not None:
        tell_word(project, word, by=by)
    if said.score is not None:
        give_score(project, Scorer.COACH, said.score, said.why, by=by)
    if said.help_wanted:
        barrier = add_barrier(project, said.help_wanted, by=by, stuck_on=said.stuck_on, escalate=True)
        tell_sponsor(project, barrier, by=by)
    review = CoachReview(
        project_id=project.id,
        by_id=by.id,
        on=clock.today(),
        at=clock.now(),
        stage=project.stage,
        going_well=said.going_well,
        stuck_on=said.stuck_on,
        next_step=said.next_step,
        next_step_owner_id=said.owner_id if said.next_step else None,
        next_step_on=said.next_step_on,
        help_wanted=said.help_wanted,
        next_review=said.next_review,
        word_id=word.id if word else None,
    )
    history.add(review, "coach_review", by=by, project_id=project.id)
    return review
