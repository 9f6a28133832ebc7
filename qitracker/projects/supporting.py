"""What keeps a project going: barriers, pauses, scores, and a new lead. One verb each, with `by=` and an event."""

import uuid
from datetime import date

from qitracker.method.roles import Role
from qitracker.method.stalled.holds import HoldKind
from qitracker.models import Barrier, Hold, Person, ProgressScore, Project, RoleHeld, Scorer, db
from qitracker.people.actions import end_role, give_role
from qitracker.plumbing import clock, history
from qitracker.plumbing.history import Actor


def add_barrier(
    project: Project, text: str, *, by: Actor, stuck_on: str | None = None, escalate: bool = False
) -> Barrier:
    """Something in the way; `escalate` asks the sponsor at once."""
    now = clock.now()
    barrier = Barrier(
        project_id=project.id, text=text, stuck_on=stuck_on, by_id=by.id, at=now, escalated_at=now if escalate else None
    )
    history.add(barrier, "barrier", by=by, project_id=project.id)
    return barrier


def escalate_barrier(barrier: Barrier, *, by: Actor) -> bool:
    """Ask the sponsor to move it. False when that was done before, or it is cleared."""
    if barrier.escalated_at is not None or barrier.cleared_at is not None:
        return False
    return history.amend(barrier, "barrier", by=by, project_id=barrier.project_id, escalated_at=clock.now())


def clear_barrier(barrier: Barrier, how: str, *, by: Actor) -> bool:
    """It is out of the way. False when it was before."""
    if barrier.cleared_at is not None:
        return False
    return history.amend(
        barrier, "barrier", by=by, project_id=barrier.project_id, cleared_at=clock.now(), cleared_how=how
    )


def hold(
    project: Project, kind: HoldKind, why: str, until: date, *, by: Actor, restarts_id: uuid.UUID | None = None
) -> Hold:
    """Pause the work, or keep it off the list, until a day. Whether that may be, `holds.why_not_hold` says."""
    made = Hold(
        project_id=project.id,
        kind=kind,
        why=why,
        since=clock.today(),
        until=until,
        restarts_id=restarts_id,
        by_id=by.id,
        at=clock.now(),
    )
    history.add(made, "hold", by=by, project_id=project.id)
    return made


def end_hold(found: Hold, *, by: Actor) -> bool:
    """Take the work up again before the day. False when it was before."""
    if found.ended_at is not None:
        return False
    return history.amend(found, "hold", by=by, project_id=found.project_id, ended_at=clock.now())


def give_score(project: Project, scorer: Scorer, tenths: int, why: str, *, by: Actor) -> ProgressScore:
    """A progress score of today, in tenths. Earlier ones stay."""
    score = ProgressScore(
        project_id=project.id,
        scorer=scorer,
        tenths=tenths,
        on=clock.today(),
        at=clock.now(),
        by_id=by.id,
        why=why,
    )
    history.add(score, "progress_score", by=by, project_id=project.id)
    return score


def adopt(project: Project, person: Person, left: list[RoleHeld], why: str, *, by: Actor) -> None:
    """Somebody leads it from now on. `left` are the roles of leads who no longer work here: they end."""
    history.record("adopted", "project", project.id, by=by, project_id=project.id, why=why or None)
    _lead(project, person, left, by=by)


def name_lead(project: Project, person: Person, left: list[RoleHeld], why: str, *, by: Actor) -> None:
    """An administrator names who leads a private project that nobody leads any more. `left` as above."""
    new = {"name": person.name}
    history.record("named", "lead", project.id, by=by, project_id=project.id, new=new, why=why)
    _lead(project, person, left, by=by)


def _lead(project: Project, person: Person, left: list[RoleHeld], *, by: Actor) -> None:
    for held in left:
        end_role(held, by=by, project=project)
    give_role(person, Role.PROJECT_LEAD, by=by, project=project)
    db.session.flush()
