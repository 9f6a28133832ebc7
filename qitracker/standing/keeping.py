"""Where each project stands, kept as rows, so that lists and counts are one query and never older than the last write.

`keep` is called in the transaction of each write, for the projects it touched, and each night for all of them: time
passes for a project nobody touches.
"""

import logging
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select

from qitracker.method.facts import ProjectFacts
from qitracker.method.measures import MeasureKind
from qitracker.method.score import Suggestion, is_asked, suggested
from qitracker.method.stalled import states
from qitracker.method.stalled.moments import last_life
from qitracker.method.stalled.settings import Settings
from qitracker.method.stalled.telling import Audience, needs_most, told, told_of
from qitracker.method.stalled.values import StateReason
from qitracker.models import KnownFacts, ProgressScore, Project, RoleHeld, Scorer, Standing, StandingChange, db
from qitracker.plumbing import clock
from qitracker.plumbing.history import Touched
from qitracker.plumbing.saving import held
from qitracker.standing import asking
from qitracker.standing.facts import Gathered, beside_numbers, facts_of, gather
from qitracker.standing.gathering import gather_numbers, gather_rest
from qitracker.standing.kept import Kept, kept_of
from qitracker.standing.measured import with_numbers
from qitracker.standing.numbers import settings_of
from qitracker.standing.written import read, written

log = logging.getLogger("qitracker")


def keep_touched(found: Touched) -> None:
    """Bring up to date what a write has touched, in its own transaction. Where it changed numbers alone, only they are
    read again."""
    anew = {project_id for project_id, nouns in found.projects.items() if not nouns.issubset(asking.POINTS)}
    if found.people:  # somebody left: what they lead or coach says so at once
        theirs = select(RoleHeld.project_id).where(RoleHeld.person_id.in_(found.people))
        anew.update(one for one in db.session.scalars(theirs) if one is not None)
    db.session.flush()
    keep(projects_for(anew | found.projects.keys()), clock.today(), anew=anew)


def projects_for(ids: Collection[uuid.UUID]) -> Sequence[Project]:
    """The projects, each held until this transaction ends: of two writes at once, the second sees the first's."""
    mine = [project for key, project in held().items() if key in ids]
    more = [one for one in ids if one not in held()]
    return [*mine, *(db.session.scalars(asking.HELD, {"ids": more}) if more else ())]


def keep(projects: Sequence[Project], today: date, *, anew: Collection[uuid.UUID] | None = None) -> dict[str, int]:
    """Work out where these projects stand today, and store what differs. Counts: `looked_at`, `changed`, `failed`.

    All is gathered of the projects in `anew` (None: of all); of the others only the numbers, if the rest is known.
    A project whose rows make no sense is logged and left as it was; the others go on. What was kept on a later day is
    not undone by a day that is asked for again.
    """
    if not projects:
        return {"looked_at": 0, "changed": 0, "failed": 0}
    every = kept_of(projects)
    known = {} if anew is None else {one.id: facts for one in projects if (facts := _known(every[one.id], anew, today))}
    found = gather([one for one in projects if one.id not in known])
    found |= gather_numbers({one: every[one.id].aim for one in projects if one.id in known})
    settings = settings_of({project.organisation_id for project in projects})
    changed = failed = 0
    for project in projects:
        kept = every[project.id]
        if kept.standing is not None and kept.standing.checked_on > today:
            continue
        try:
            changed += _keep_one(
                found[project.id], kept, known.get(project.id), today, settings[project.organisation_id]
            )
        except Exception:
            failed += 1
            log.exception("the standing of project %s cannot be worked out", project.id)
    db.session.flush()
    return {"looked_at": len(projects), "changed": changed, "failed": failed}


def of_today(row: Standing | None, work: Gathered, today: date) -> Standing:
    """The row that was kept, or what the night would make of it where nobody has looked today: worked out, not stored.

    `work` is what `gather_work` found."""
    if row is not None and row.checked_on >= today:
        return row
    gather_rest({work.project.id: work})
    facts, settings = facts_of(work, today), settings_of({work.project.organisation_id})[work.project.organisation_id]
    return Standing(
        project_id=work.project.id, **_values(work, facts, suggested(facts, today, settings), today, settings)
    )


def _known(kept: Kept, anew: Collection[uuid.UUID], today: date) -> ProjectFacts | None:
    """What is known beside the numbers, where it is good for today and nothing but numbers has changed since."""
    if kept.known is None or kept.project_id in anew or kept.has_more_than_points:
        return None
    is_of_today = kept.standing is not None and kept.standing.checked_on == today
    return read(kept.known.facts) if is_of_today else None


def _keep_one(found: Gathered, kept: Kept, known: ProjectFacts | None, today: date, settings: Settings) -> bool:
    """Store where one project stands; whether its state, stage or first reason is another than before."""
    beside = known or beside_numbers(found, today)
    facts = with_numbers(beside, found, today)
    suggestion = suggested(facts, today, settings)
    values = _values(found, facts, suggestion, today, settings)
    if kept.standing is None:
        db.session.add(Standing(project_id=found.project.id, **values))
    else:
        _set(kept.standing, values)
    if _keep_suggestion(found.project, kept.suggested, suggestion, today):
        beside, known = replace(beside, scores=replace(beside.scores, suggested_since=today)), None
    if known is None:
        _keep_known(found.project, kept, written(beside))
    return _keep_change(found.project, kept.change, str(values["state"]), str(values["code"]), today)


def _keep_known(project: Project, kept: Kept, facts: dict[str, Any]) -> None:
    if kept.known is None:
        db.session.add(KnownFacts(project_id=project.id, as_of=kept.last_event, facts=facts))
    else:
        _set(kept.known, {"as_of": kept.last_event, "facts": facts})


def _set(row: Standing | KnownFacts, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)


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
        "has_outcome": any(one.kind is MeasureKind.OUTCOME for one in facts.measures),
        "next_due": max((one.next_due for one in facts.measures if one.next_due is not None), default=None),
        "last_review": facts.last_review,
        "asks_score": is_asked(facts, today, settings),
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


def _keep_suggestion(project: Project, before: int | None, suggestion: Suggestion, today: date) -> bool:
    """A new suggested score beside the earlier ones, where it is another. Its reason is what the next still lacks."""
    tenths = round(suggestion.value * 10)
    if tenths == before:
        return False
    why = " ".join(reason.sentence for reason in suggestion.why_not_higher or suggestion.met[-1:])
    db.session.add(
        ProgressScore(
            project_id=project.id,
            scorer=Scorer.EVIDENCE,
            tenths=tenths,
            on=today,
            at=clock.now(),
            by_id=None,
            why=why[:500],
        )
    )
    return True


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
