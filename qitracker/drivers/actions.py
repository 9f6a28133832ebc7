"""Changes to ideas and drivers. Each takes `by=` and leaves an event in the same transaction."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm.attributes import flag_modified

from qitracker.method.ideas import IdeaStatus
from qitracker.models import Driver, DriverLevel, DriverLink, Idea, Measure, Project, db
from qitracker.plumbing import clock, history
from qitracker.plumbing.history import Actor


class Way(StrEnum):
    UP = "up"
    DOWN = "down"


def capture_idea(project: Project, text: str, *, by: Actor) -> Idea:
    """A new idea at the end of the list, in its finder's words."""
    idea = Idea(project_id=project.id, text=text, by_id=by.id, at=clock.now(), position=_last(Idea, project) + 1)
    history.add(idea, "idea", by=by, project_id=project.id)
    return idea


def weigh_idea(idea: Idea, *, by: Actor, **values: Any) -> bool:
    """What the team thinks of an idea: impact, effort, can_test_now, owner_id. Never its text."""
    if "text" in values:
        raise ValueError("the text of an idea is never rewritten")
    return history.amend(idea, "idea", by=by, project_id=idea.project_id, **values)


def move_idea(idea: Idea, to: IdeaStatus, *, by: Actor, why: str = "") -> bool:
    """A new status. Whether the move is allowed is for the caller to ask (method.ideas.why_not_move)."""
    return history.amend(idea, "idea", by=by, project_id=idea.project_id, why=why or None, status=to)


def add_driver(
    project: Project,
    level: DriverLevel,
    text: str,
    *,
    by: Actor,
    measure_id: uuid.UUID | None = None,
    why_no_measure: str = "",
) -> Driver:
    """A new driver at the end of its level."""
    driver = Driver(
        project_id=project.id,
        level=level,
        text=text,
        position=_last(Driver, project) + 1,
        measure_id=measure_id,
        why_no_measure=why_no_measure or None,
    )
    history.add(driver, "driver", by=by, project_id=project.id)
    return driver


def change_driver(driver: Driver, *, by: Actor, **values: Any) -> bool:
    """New words or another measure for a driver."""
    return history.amend(driver, "driver", by=by, project_id=driver.project_id, **values)


def remove_driver(driver: Driver, *, by: Actor) -> None:
    """Take a driver out. What hangs on it stays in the project and is no longer joined to it."""
    for link in db.session.scalars(
        select(DriverLink).where((DriverLink.driver_id == driver.id) | (DriverLink.below_driver_id == driver.id))
    ):
        if link.driver_id == driver.id:
            noun, below = ("idea", link.below_idea_id) if link.below_idea_id else ("driver", link.below_driver_id)
            history.record("detached", noun, below, by=by, project_id=driver.project_id, old=_named(driver))
        db.session.delete(link)
    db.session.flush()
    history.remove(driver, "driver", by=by, project_id=driver.project_id)


def join(thing: Driver | Idea, to: Driver, *, by: Actor) -> None:
    """Hang a secondary driver or an idea on a driver it does not hang on yet."""
    is_idea = isinstance(thing, Idea)
    db.session.add(
        DriverLink(
            project_id=thing.project_id,
            driver_id=to.id,
            below_driver_id=None if is_idea else thing.id,
            below_idea_id=thing.id if is_idea else None,
        )
    )
    db.session.flush()
    history.record("joined", _noun(thing), thing.id, by=by, project_id=thing.project_id, new=_named(to))


def hang_on(thing: Driver | Idea, wanted: Collection[uuid.UUID], among: Iterable[Driver], *, by: Actor) -> bool:
    """Let a thing hang on exactly these of the drivers given. False when it did already.

    A newer version of the thing is written, so that a second editor of the same ticks is told.
    """
    below = DriverLink.below_idea_id if isinstance(thing, Idea) else DriverLink.below_driver_id
    has = {link.driver_id: link for link in db.session.scalars(select(DriverLink).where(below == thing.id))}
    changed = False
    for driver in among:
        if driver.id in wanted and driver.id not in has:
            join(thing, driver, by=by)
            changed = True
        elif driver.id not in wanted and driver.id in has:
            db.session.delete(has[driver.id])
            history.record("detached", _noun(thing), thing.id, by=by, project_id=thing.project_id, old=_named(driver))
            changed = True
    if changed:
        flag_modified(thing, "position")
    return changed


def shift(
    thing: Driver | Idea, siblings: Sequence[Any], everything: Sequence[Any], way: Way, *, by: Actor
) -> int | None:
    """Move a thing one place up or down among its siblings; its new place from 0, or None at the end of the row.

    Places are written without a new version: whoever is writing the text of a neighbour is not disturbed.
    """
    at = siblings.index(thing)
    to = at - 1 if way is Way.UP else at + 1
    if not 0 <= to < len(siblings):
        return None
    order = [one for one in everything if one is not thing]
    order.insert(order.index(siblings[to]) + (way is Way.DOWN), thing)
    table = type(thing)
    for place, one in enumerate(order):
        if one.position != place:
            db.session.execute(
                update(table).where(table.id == one.id).values(position=place),
                execution_options={"synchronize_session": False},
            )
    history.record(
        "moved", _noun(thing), thing.id, by=by, project_id=thing.project_id,
        old={"place": at + 1}, new={"place": to + 1},
    )  # fmt: skip
    return to


def link_measure(driver: Driver, measure: Measure, *, by: Actor) -> bool:
    """A measure for a driver that had none."""
    return change_driver(driver, by=by, measure_id=measure.id, why_no_measure=None)


def _last(kind: type[Driver] | type[Idea], project: Project) -> int:
    return db.session.scalar(select(func.max(kind.position)).where(kind.project_id == project.id)) or 0


def _noun(thing: Driver | Idea) -> str:
    return "idea" if isinstance(thing, Idea) else "driver"


def _named(driver: Driver) -> dict[str, str]:
    return {"driver": driver.text, "driver_id": str(driver.id)}
