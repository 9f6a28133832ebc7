"""What is working: gains that began after a change was adopted, ideas ready for others, and who else tried this."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import render_template, request
from markupsafe import Markup
from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload, undefer

from qitracker.findings import Said, picture_of, said_by
from qitracker.hub import reach
from qitracker.hub.filters import IMPROVEMENT, shows
from qitracker.hub.home import page_number
from qitracker.hub.room import hub
from qitracker.method.cycles import Decision
from qitracker.method.ideas import IDEA_STATUS_WORDS, IdeaStatus
from qitracker.method.measures import Rhythm, period_of
from qitracker.method.similar import KnownProject, similar
from qitracker.models import Cycle, Idea, Measure, Project, Series, Standing, db
from qitracker.people.access import signed_in
from qitracker.people.reader import Reader, reader
from qitracker.plumbing import clock

GAINS = 12
IDEAS = 20
"""Gains and ideas on a page: charts weigh more than lines. Ours."""
LONGEST = 200
"""Characters of a search that are looked at: an idea has at most 300. Ours."""
SPARK = {"width": 200, "height": 56}
SHORTEST, START, CANDIDATES = 3, 5, 1000
"""Words of a search from three letters on, looked for by their first five so that "falls" finds "falling"; and how many
ideas are then compared. Ours."""
READY = (IdeaStatus.ADOPTED, IdeaStatus.SPREAD)


@dataclass(frozen=True, slots=True)
class Gain:
    """A chart that shows improvement since a change was adopted in the same project."""

    project: Project
    said: Said
    picture: Markup
    since: date
    change: str
    adopted: date


@dataclass(frozen=True, slots=True)
class Tried:
    """An idea somebody else had: what became of it, where, and why it was found."""

    idea: Idea
    project: Project
    status: str
    why: str


@hub.get("/working")
@signed_in
def working() -> Any:
    """For all staff: what works here belongs to everybody."""
    page = page_number()
    today = clock.today()
    found, count = gains(reader(), page)
    words = " ".join(request.args.get("q", "").replace("\0", "").split())[:LONGEST]
    ideas, n_ideas = ready(reader(), page)
    return render_template(
        "hub/working.html",
        gains=found,
        count=count,
        ideas=ideas,
        n_ideas=n_ideas,
        idea_words=IDEA_STATUS_WORDS,
        words=words,
        tried=tried(reader(), words) if words else (),
        page=page,
        pages=max(1, -(-count // GAINS), -(-n_ideas // IDEAS)),
        today=today,
    )


def gains(person: Reader, page: int) -> tuple[list[Gain], int]:
    """A page of them, the newest first, and how many there are."""
    first = select(Cycle.project_id, func.min(Cycle.decided_at).label("at")).where(Cycle.decision == Decision.ADOPT)
    adopted = first.where(Cycle.decided_at.is_not(None)).group_by(Cycle.project_id).subquery()
    candidates = db.session.execute(
        select(Series.id, Series.gain_since, Measure.rhythm, adopted.c.at)
        .join(Measure, Measure.id == Series.measure_id)
        .join(Project, Project.id == Series.project_id)
        .join(adopted, adopted.c.project_id == Project.id)
        .where(reach.open_to(person), Series.gain_since.is_not(None))
    ).all()
    kept = [(since, key) for key, since, rhythm, at in candidates if _is_after(since, at, rhythm)]
    kept.sort(key=lambda one: (-one[0].toordinal(), one[1].hex))
    return _gains([key for _, key in kept[(page - 1) * GAINS : page * GAINS]]), len(kept)


def _is_after(since: date, adopted: datetime, rhythm: Rhythm) -> bool:
    """Whether the gain began with the adoption or later. A month's number bears the first day of its month, so the
    period of the adoption counts."""
    return since >= period_of(clock.local(adopted).date(), rhythm)


def _gains(keys: Sequence[uuid.UUID]) -> list[Gain]:
    query = select(Series, Project).join(Project, Project.id == Series.project_id).where(Series.id.in_(keys))
    loaded = query.options(joinedload(Series.measure), undefer(Series.analysis), joinedload(Project.unit))
    rows = {series.id: (series, project) for series, project in db.session.execute(loaded)}
    cycles = select(Cycle).where(Cycle.project_id.in_([project.id for _, project in rows.values()]))
    cycles = cycles.where(Cycle.decision == Decision.ADOPT, Cycle.decided_at.is_not(None)).order_by(Cycle.decided_at)
    adopted = db.session.scalars(cycles.options(joinedload(Cycle.idea))).all()
    found = []
    for series, project in (rows[key] for key in keys if key in rows):
        own = [one for one in adopted if one.project_id == project.id and one.decided_at and series.gain_since]
        before = [one for one in own if _is_after(series.gain_since, one.decided_at, series.measure.rhythm)]  # type: ignore[arg-type]  # asked for just above
        if before and series.gain_since:
            last, said = before[-1], said_by(series)
            picture = Markup(picture_of(said, **SPARK))  # noqa: S704 (our own SVG, its label escaped)
            on = clock.local(last.decided_at).date()  # type: ignore[arg-type]  # asked for above
            text = last.idea.text if last.idea else last.title
            found.append(Gain(project, said, picture, series.gain_since, text, on))
    return found


def ready(person: Reader, page: int) -> tuple[Sequence[tuple[Idea, Project, bool]], int]:
    """A page of ideas that a team has adopted, the newest first, and whether the project's chart shows improvement."""
    better = shows(IMPROVEMENT)
    query = (
        select(Idea, Project, better, func.count().over())
        .join(Project, Project.id == Idea.project_id)
        .outerjoin(Standing, Standing.project_id == Project.id)
        .where(reach.open_to(person), Idea.status.in_(READY))
        .options(joinedload(Project.unit))
        .order_by(Idea.at.desc(), Idea.id)
    )
    rows = db.session.execute(query.offset((page - 1) * IDEAS).limit(IDEAS)).all()
    return [(idea, project, bool(is_better)) for idea, project, is_better, _ in rows], rows[0][3] if rows else 0


def tried(person: Reader, words: str) -> tuple[Tried, ...]:
    """Ideas like these words, whatever became of them: one that was set aside teaches as much."""
    starts = {word.lower()[:START] for word in words.split() if len(word) >= SHORTEST}
    if not starts:
        return ()
    holds = or_(*(func.lower(Idea.text).contains(start, autoescape=True) for start in sorted(starts)))
    query = select(Idea.id, Idea.text).join(Project, Project.id == Idea.project_id)
    rows = db.session.execute(query.where(reach.open_to(person), holds).order_by(Idea.at.desc()).limit(CANDIDATES))
    matches = similar(words, "", [KnownProject(str(key), text) for key, text in rows])
    loaded = select(Idea, Project).join(Project, Project.id == Idea.project_id).options(joinedload(Project.unit))
    found = {
        str(idea.id): (idea, project)
        for idea, project in db.session.execute(loaded.where(Idea.id.in_([uuid.UUID(match.key) for match in matches])))
    }
    return tuple(
        Tried(*found[match.key], IDEA_STATUS_WORDS[found[match.key][0].status], match.reason) for match in matches
    )
