"""The progress scores of a project side by side: suggested, the team's, the coach's; and what they were before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from qitracker.method.facts import ProjectFacts
from qitracker.method.score import Grade, Suggestion, gap_words, grade_of, is_asked, suggested
from qitracker.method.stalled.settings import Settings
from qitracker.models import ProgressScore, Project, Scorer, Standing, db

SCORER_WORDS: Mapping[Scorer, str] = {
    Scorer.EVIDENCE: "Suggested from what is here",
    Scorer.TEAM: "The team says",
    Scorer.COACH: "The coach says",
}


@dataclass(frozen=True, slots=True)
class Given:
    """One of the three: its value and grade, since when, the reason, and who gave it. All empty before the first."""

    scorer: Scorer
    value: float | None = None
    on: date | None = None
    why: str = ""
    by: str = ""

    @property
    def name(self) -> str:
        """Whose score it is."""
        return SCORER_WORDS[self.scorer]

    @property
    def grade(self) -> Grade | None:
        """What the value means."""
        return None if self.value is None else grade_of(self.value)


@dataclass(frozen=True, slots=True)
class Scores:
    """The three side by side with the gap in words, and all that were ever given, oldest first."""

    three: tuple[Given, ...]
    suggestion: Suggestion
    gap: str
    is_asked: bool
    given: Sequence[ProgressScore]


def scores_of(project: Project, facts: ProjectFacts, today: date, settings: Settings) -> Scores:
    """Read the scores of a project: one query. The suggestion is worked out from the facts of today."""
    rows = select(ProgressScore).where(ProgressScore.project_id == project.id).options(joinedload(ProgressScore.by))
    given = db.session.scalars(rows.order_by(ProgressScore.at, ProgressScore.on)).all()
    suggestion = suggested(facts, today, settings)
    three = (
        Given(Scorer.EVIDENCE, suggestion.value, _suggested_since(given, suggestion.value)),
        _latest(given, Scorer.TEAM),
        _latest(given, Scorer.COACH),
    )
    gap = gap_words(three[1].value, three[2].value, suggestion.value)
    return Scores(three, suggestion, gap, is_asked(facts, today, settings), given)


def _latest(given: Sequence[ProgressScore], scorer: Scorer) -> Given:
    last = next((one for one in reversed(given) if one.scorer is scorer), None)
    if last is None:
        return Given(scorer)
    return Given(scorer, last.value, last.on, last.why, last.by.name if last.by else "")


def _suggested_since(given: Sequence[ProgressScore], value: float) -> date | None:
    last = next((one for one in reversed(given) if one.scorer is Scorer.EVIDENCE), None)
    return last.on if last is not None and last.value == value else None


def score_line(standing: Standing) -> str:
    """The three in one line: "suggested 2.5, team 3.0, coach none yet"."""
    scores = {"suggested": standing.suggested, "team": standing.team_score, "coach": standing.coach_score}
    return ", ".join(f"{name} {'none yet' if value is None else f'{value / 10:.1f}'}" for name, value in scores.items())
