"""What the progress scores that were given say: the latest of each, and since when they are what they are."""

from collections.abc import Sequence
from datetime import date

from qitracker.method.facts import Score, ScoreFacts
from qitracker.models import Scorer
from qitracker.standing.gathering import ScoreRow

TWO_AND_HALF, THREE = 25, 30
"""In tenths: changes tested, and modest improvement (method/score/scale.py)."""


def score_facts(rows: Sequence[ScoreRow]) -> ScoreFacts:
    """The scores of one project, from all that were given, oldest first. A suggestion is nobody's score."""
    latest = {row.scorer: row for row in rows}
    given = [row for row in rows if row.scorer is not Scorer.EVIDENCE]
    evidence = latest.get(Scorer.EVIDENCE)
    return ScoreFacts(
        team=_score(latest.get(Scorer.TEAM)),
        coach=_score(latest.get(Scorer.COACH)),
        suggested_since=evidence.on if evidence else None,
        unchanged_since=_unchanged_since(given),
        at_two_and_half_since=_at_two_and_half_since(given),
    )


def _score(row: ScoreRow | None) -> Score | None:
    return None if row is None else Score(row.tenths / 10, row.on, row.why)


def _unchanged_since(given: Sequence[ScoreRow]) -> date | None:
    """The last day somebody gave a value other than their own before, or than the other's if it is their first."""
    since: date | None = None
    mine: dict[Scorer, int] = {}
    current: int | None = None
    for row in given:
        if row.tenths != mine.get(row.scorer, current):
            since = row.on
        mine[row.scorer] = current = row.tenths
    return since


def _at_two_and_half_since(given: Sequence[ScoreRow]) -> date | None:
    """The day the score people stand by came to 2.5, as long as it has not fallen below nor reached 3.0.

    Once 3.0 was reached the question is answered, also if the score falls back; below 2.5 it begins anew.
    """
    since: date | None = None
    was_higher = False
    for row in given:
        if row.tenths < TWO_AND_HALF:
            since, was_higher = None, False
        elif row.tenths >= THREE:
            since, was_higher = None, True
        elif since is None and not was_higher:
            since = row.on
    return since
