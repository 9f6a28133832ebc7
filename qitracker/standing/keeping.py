"""Where each project stands, kept as rows, so that lists and counts are one query and never older than the last write.

`keep` is called in the transaction of each write, for the projects it touched, and each night for all of them: time
passes for a project nobody touches.
"""

import logging
import uuid
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from qitracker.method.facts import ProjectFacts
from qitracker.method.score import Suggestion, suggested
from qitracker.method.stalled import states
from qitracker.method.stalled.moments import last_life
from qitracker.method.stalled.settings import Settings
from qitracker.method.stalled.telling import Audience, needs_most, told, told_of
from qitracker.method.stalled.values import StateReason
from qitracker.models import ProgressScore, Project, RoleHeld, Scorer, Standing, StandingChange, db
from qitracker.plumbing import clock
from qitracker.plumbing.history import Touched
from qitracker.standing import asking
from qitracker.standing.facts import Gathered, facts_of, gather
from qitracker.standing.numbers import settings_of
from qitracker.standing.scoring import suggested_before

log = logging.getLogger("qitracker")


def keep_touched(found: Touched) -> None:
    """Bring up to date what a write has touched, in its own transaction."""
    ids = set(found.projects)
    if found.people:  # somebody left: what they lead or coach says so at once
        held = select(RoleHeld.project_id).where(RoleHeld.person_id.in_(found.people))
        ids.update(one for one in db.session.scalars(held) if one is not None)
    db.session.flush()
    keep(projects_for(ids), clock.today())


def projects_for(ids: Collection[uuid.UUID]) -> Sequence[Project]:
    """The projects, each held until this transaction ends: of two writes at once, the second sees the first's."""
    return db.session.scalars(asking.HELD, {"ids": list(ids)}).all()


def keep(projects: Sequence[Project], today: date) -> dict[str, int]:
    """Work out where these projects stand today, and store what differs. Counts: `looked_at`, `changed`, `failed`.

    A project whose rows make no sense is logged and left as it was; the others go on. What was kept on a later day is
    not undone by a day that is asked for again.
    """
    if not projects:
        return {"looked_at": 0, "changed": 0, "failed": 0}
    found = gather(projects)
    ids = {"ids": list(found)}
    settings = settings_of({project.organisation_id for project in projects})
    rows = {row.project_id: row for row in db.session.scalars(asking.STANDINGS, ids)}
    latest = {row.project_id: row for row in db.session.scalars(asking.CHANGES, ids)}
    changed = failed = 0
    for project in projects:
        row = rows.get(project.id)
        if row is not None and row.checked_on > today:
            continue
        try:
            changed += _keep_one(
                found[project.id], row, latest.get(project.id), today, settings[project.organisation_id]
            )
        except Exception:
            failed += 1
            log.exception("the standing of project %s cannot be worked out", project.id)
    db.session.flush()
    return {"looked_at": len(projects), "changed": changed, "failed": failed}


def _keep_one(
    found: Gathered, row: Standing | None, latest: StandingChange | None, today: date, settings: Settings
) -> bool:
    """Store where one project stands; whether its state, stage or first reason is another than before."""
    facts = facts_of(found, today)
    suggestion = suggested(facts, today, settings)
    values = _values(found, facts, suggestion, today, settings)
    if row is None:
        db.session.add(Standing(project_id=found.project.id, **values))
    else:
        for name, value in values.items():
            if getattr(row, name) != value:
                setattr(row, name, value)
    _keep_suggestion(found, suggestion, today)
    return _keep_change(found.project, latest, str(values["state"]), str(values["code"]), today)


def _values(
    found: Gathered, facts: ProjectFacts, suggestion: Suggestion, today: date, settings: Settings
) -> dict[str, Any]:
    standing = states.standing_of(facts, today, settings)
    hears = told(standing, today, settings)
    team, coach = facts.scores.team, facts.scores.coach
    return {
        "state": standing.state.value,
        "since": standing.since,
        "code": standing.reasons[0].code if standing.reasons else "",
        "sentence": standing.sentence[:300],  # as wide as its column
        "reasons": [_reason(reason, today, settings) for reason in standing.reasons],
        "weight": needs_most(standing, today),
        "told": " ".join(who.value for who in Audience if who in hears),
        "hidden_until": standing.hold.until if standing.hold and standing.is_hidden else None,
        "last_life": last_life(facts, today),
        "suggested": round(suggestion.value * 10),
        "team_score": round(team.value * 10) if team else None,
        "coach_score": round(coach.value * 10) if coach else None,
        "series_id": found.headline.id if found.headline else None,
        "variation": found.headline.variation if found.headline else "not_enough_data",
        "last_review": facts.last_review,
        "checked_on": today,
    }


def _reason(reason: StateReason, today: date, settings: Settings) -> dict[str, Any]:
    """A reason as it is stored: the sentences of the method, and who is told of it."""
    hears = told_of(reason, today, settings)
    return {
        "code": reason.code,
        "sentence": reason.sentence,
        "since": reason.since.isoformat(),
        "clears": reason.clears,
        "state": reason.state.value,
        "tool": reason.tool.value,
        "target_key": reason.target_key,
        "told_from": reason.told_from.isoformat(),
        "told": [who.value for who in Audience if who in hears],
    }


def _keep_suggestion(found: Gathered, suggestion: Suggestion, today: date) -> None:
    """A new suggested score beside the earlier ones, where it is another. Its reason is what the next still lacks."""
    tenths = round(suggestion.value * 10)
    if tenths == suggested_before(found.scores):
        return
    why = " ".join(reason.sentence for reason in suggestion.why_not_higher or suggestion.met[-1:])
    db.session.add(
        ProgressScore(
            project_id=found.project.id,
            scorer=Scorer.EVIDENCE,
            tenths=tenths,
            on=today,
            at=clock.now(),
            by_id=None,
            why=why[:500],
        )
    )


def _keep_change(project: Project, latest: StandingChange | None, state: str, code: str, today: date) -> bool:
    """One row a day at most: what the project was at the end of that day."""
    stage = project.stage
    if latest is not None and (latest.state, latest.stage, latest.code) == (state, stage, code):
        return False
    if latest is not None and latest.on >= today:
        latest.state, latest.stage, latest.code = state, stage, code
    else:
        db.session.add(StandingChange(project_id=project.id, on=today, state=state, stage=stage, code=code))
    return True
