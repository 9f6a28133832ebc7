"""Changes to a project. One verb each, with `by=`, and an event in the same transaction."""

import uuid
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from qitracker.method.methods import DEFAULT_METHOD, METHODS
from qitracker.method.roles import Role
from qitracker.method.stalled.closing import ClosingReason
from qitracker.method.steps import StepStatus
from qitracker.models import (
    Aim,
    CoachWord,
    Evidence,
    Level,
    Person,
    Project,
    Series,
    StageMove,
    StepEntry,
    Unit,
    Visibility,
    WordKind,
    db,
)
from qitracker.people.actions import give_role
from qitracker.plumbing import clock, history
from qitracker.plumbing.history import Actor


def register(
    title: str,
    problem: str,
    unit: Unit,
    lead: Person,
    level: Level,
    *,
    by: Actor,
    method: str = DEFAULT_METHOD,
    starter: Person | None = None,
    is_illustrative: bool = False,
) -> Project:
    """A new project in the first stage, with its lead; whoever registers it is in the team."""
    project = Project(
        title=title,
        problem=problem,
        unit_id=unit.id,
        organisation_id=unit.organisation_id,
        lead_id=lead.id,
        level=level,
        method=method,
        stage=METHODS[method].stages[0].key,
        visibility=Visibility.OPEN,
        is_illustrative=is_illustrative,
        registered_at=clock.now(),
    )
    db.session.add(project)
    db.session.flush()
    history.record(
        "registered",
        "project",
        project.id,
        by=by,
        project_id=project.id,
        new={"title": title, "problem": problem, "unit": unit.name, "level": level},
    )
    give_role(lead, Role.PROJECT_LEAD, by=by, project=project)
    if starter is not None and starter.id != lead.id:
        give_role(starter, Role.TEAM_MEMBER, by=by, project=project)
    return project


def rewrite(project: Project, title: str, problem: str, *, by: Actor) -> None:
    """A better title or problem statement."""
    history.amend(project, "project", by=by, project_id=project.id, title=title, problem=problem)


def move_to_stage(project: Project, stage: str, why: str, *, by: Actor) -> None:
    """Forward or back; both are kept in the history."""
    if stage == project.stage:
        return
    db.session.add(
        StageMove(
            project_id=project.id,
            from_stage=project.stage,
            to_stage=stage,
            at=clock.now(),
            by_id=by.id,
            why=why or None,
        )
    )
    history.record(
        "moved",
        "stage",
        project.id,
        by=by,
        project_id=project.id,
        old={"stage": project.stage},
        new={"stage": stage},
        why=why or None,
    )
    project.stage = stage


def close(
    project: Project, why: str, *, by: Actor, closing: ClosingReason | None = None, learnt: str | None = None
) -> None:
    """Close it; its series keep their rhythm and stay watched, unless `watch` says otherwise."""
    history.amend(
        project,
        "project",
        by=by,
        project_id=project.id,
        closed_at=clock.now(),
        closed_why=why,
        closing=closing.value if closing else None,
        learnt=learnt or None,
    )


def reopen(project: Project, *, by: Actor) -> None:
    """Take it up again. How it had closed stays in its history."""
    history.amend(
        project, "project", by=by, project_id=project.id, closed_at=None, closed_why=None, closing=None, learnt=None
    )


def watch(series: Iterable[Series], watched: Collection[Series], *, by: Actor) -> None:
    """Which series somebody still looks after."""
    keys = {one.id for one in watched}
    for one in series:
        history.amend(one, "series", by=by, project_id=one.project_id, is_watched=one.id in keys)


def write_step(
    project: Project,
    entry: StepEntry | None,
    step: str,
    *,
    by: Actor,
    status: StepStatus,
    answers: dict[str, str],
    owner_id: uuid.UUID | None,
    due: date | None,
) -> StepEntry:
    """What the team says about one step."""
    values: dict[str, Any] = {"status": status, "answers": answers, "owner_id": owner_id, "due": due}
    if entry is None:
        entry = StepEntry(project_id=project.id, step=step, changed_at=clock.now(), **values)
        history.add(entry, "step", by=by, project_id=project.id)
    elif history.amend(entry, "step", by=by, project_id=project.id, **values):
        entry.changed_at = clock.now()
    return entry


def add_evidence(
    project: Project,
    step: str,
    words: str,
    *,
    by: Actor,
    kind: str = "note",
    address: str | None = None,
    noun_id: uuid.UUID | None = None,
) -> Evidence:
    """Something that shows a step was done."""
    evidence = Evidence(
        project_id=project.id,
        step=step,
        kind="link" if address else kind,
        noun_id=noun_id,
        address=address or None,
        words=words,
        by_id=by.id,
        at=clock.now(),
    )
    history.add(evidence, "evidence", by=by, project_id=project.id)
    return evidence


def remove_evidence(evidence: Evidence, *, by: Actor) -> None:
    history.remove(evidence, "evidence", by=by, project_id=evidence.project_id)


def write_aim(project: Project, aim: Aim | None, *, by: Actor, **parts: Any) -> Aim:
    """The aim in parts; every version of it stays in the history."""
    if aim is None:
        aim = Aim(project_id=project.id, written_at=clock.now(), **parts)
        history.add(aim, "aim", by=by, project_id=project.id)
    else:
        history.amend(aim, "aim", by=by, project_id=project.id, **parts)
    return aim


def say(
    project: Project, text: str, *, by: Actor, answers: CoachWord | None = None, kind: WordKind = WordKind.ADVICE
) -> CoachWord:
    """A word in the thread of coach, hub and team; what answers another is an answer whatever `kind` says."""
    word = CoachWord(
        project_id=project.id,
        by_id=by.id,
        at=clock.now(),
        text=text,
        answers_id=answers.id if answers else None,
        kind=WordKind.ANSWER if answers else kind,
    )
    history.add(word, "coach word", by=by, project_id=project.id)
    return word
