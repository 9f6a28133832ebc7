"""Once a month a team is asked for its progress score, with what the system sees already listed."""

from collections import Counter
from datetime import date

from sqlalchemy import select

from qitracker.jobs.projects import blocks
from qitracker.letters.kinds import LetterKind
from qitracker.letters.writing import Line, path_of, write_letter
from qitracker.method.dates import recently_in_words
from qitracker.method.roles import Role
from qitracker.method.score import is_asked, suggested
from qitracker.method.stalled.life import LIFE_WORDS
from qitracker.method.stalled.settings import Settings
from qitracker.models import Project
from qitracker.standing.facts import Gathered, facts_of, gather
from qitracker.standing.numbers import settings_of


def ask_for_scores(day: date) -> dict[str, int]:
    """Write to the leads of the teams that are due. Counts: `asked` teams, `written` letters.

    A team is asked once in a calendar month, however often this runs.
    """
    counts: Counter[str] = Counter(asked=0, written=0)
    for projects in blocks(select(Project.id).where(Project.closed_at.is_(None))):
        settings = settings_of({project.organisation_id for project in projects})
        for found in gather(projects).values():
            written = _ask(found, day, settings[found.project.organisation_id])
            counts.update(asked=bool(written), written=written)
    return dict(counts)


def _ask(found: Gathered, day: date, settings: Settings) -> int:
    """Write to each lead of one project, where it is due; how many letters that were."""
    facts = facts_of(found, day)
    if not is_asked(facts, day, settings):
        return 0
    suggestion = suggested(facts, day, settings)
    page = path_of("projects.score", project_id=found.project.id)
    lines = [Line("Give your team’s score: it takes a minute.", page, found.project.title)]
    lines += [Line(reason.sentence, about="There already") for reason in suggestion.met[-3:]]
    lines += [Line(reason.sentence, about="For the next step") for reason in suggestion.why_not_higher]
    since = facts.scores.team.on if facts.scores.team else facts.registered
    new = [
        f"{LIFE_WORDS[kind]} ({recently_in_words(when, day).removeprefix('on ')})"
        for kind, when in sorted(facts.life.items(), key=lambda one: one[1], reverse=True)
        if since is not None and since < when <= day
    ]
    happened = f" {'New since then' if facts.scores.team else 'Lately'}: {', '.join(new[:4])}." if new else ""
    mine = facts.scores.team
    was = (
        f"Your last score was {mine.value:.1f}, {recently_in_words(mine.on, day)}." if mine else "It has no score yet."
    )
    opening = f"{was}{happened} What is written down here suggests {suggestion.value:.1f}. What does your team say?"
    leads = {held.person for held in found.team if held.role is Role.PROJECT_LEAD}
    key = f"score/{found.project.id.hex}/{day:%Y-%m}"
    subject = f"How far is “{found.project.title}”? A minute for your progress score"
    written = [write_letter(lead, LetterKind.ASKED, key, subject, lines, opening=opening) for lead in leads]
    return sum(letter is not None for letter in written)
