"""When a team is asked for its score, and what the gap between three scores says."""

from datetime import date

from qitracker.method.facts import ProjectFacts
from qitracker.method.stalled.settings import DEFAULTS, Settings


def is_asked(facts: ProjectFacts, today: date, settings: Settings = DEFAULTS) -> bool:
    """Whether the team is due to give its score: a month after the last one, or after registering.

    Not asked of a project that is closed or pauses.
    """
    if facts.closed is not None or facts.is_paused(today):
        return False
    last = facts.scores.team.on if facts.scores.team else facts.registered
    return last is not None and today >= settings.first_day("score_ask_months", last)


def gap_words(team: float | None, coach: float | None, suggested: float | None) -> str:
    """What the scores of team, coach and evidence say side by side; empty where there are fewer than two.

    A gap is something to talk about, never a fault.
    """
    people = _people_words(team, coach)
    given = [score for score in (team, coach) if score is not None]
    if suggested is None or not given:
        return people if len(given) > 1 else ""
    if all(score == suggested for score in given):
        return f"{people} The evidence here says the same."
    if all(score > suggested for score in given):
        return f"{people} The evidence here shows {suggested:.1f} so far: is something not written down yet?"
    if all(score < suggested for score in given):
        return f"{people} The evidence here shows {suggested:.1f}: you may be further than you think."
    return f"{people} The evidence here shows {suggested:.1f}."


def _people_words(team: float | None, coach: float | None) -> str:
    if team is not None and coach is not None:
        if team == coach:
            return f"Team and coach both say {team:.1f}."
        return f"The team says {team:.1f}, the coach {coach:.1f}. Talk about what each of you sees."
    if team is not None:
        return f"The team says {team:.1f}."
    return f"The coach says {coach:.1f}." if coach is not None else ""
