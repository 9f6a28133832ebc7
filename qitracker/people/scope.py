"""What a person may see. Every query for a project, or for anything inside one, starts here.

What they may not see does not exist for them (404). What they may see but not do is refused with a reason (403).
"""

import uuid
from collections.abc import Mapping
from typing import Any, TypeVar

from flask import abort, g
from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.interfaces import ORMOption

from qitracker.method.roles import Permission, Place, may
from qitracker.models import (
    Barrier,
    CoachWord,
    Cycle,
    Driver,
    Evidence,
    Idea,
    Measure,
    OfProject,
    Project,
    Series,
    Unit,
    Visibility,
    db,
)
from qitracker.people.reader import Reader

Inside = TypeVar("Inside", bound=OfProject)


def visible(reader: Reader) -> ColumnElement[bool]:
    """The condition on Project that holds for what this person may see."""
    open_here = (Project.visibility == Visibility.OPEN) & Project.organisation_id.in_(reader.organisations)
    return or_(open_here, Project.id.in_(reader.projects))


def projects(reader: Reader) -> Select[Project]:
    """All projects this person may see; narrow it further."""
    return select(Project).where(visible(reader))


def inside(kind: type[Inside], reader: Reader) -> Select[Inside]:
    """All things of one kind in projects this person may see."""
    return select(kind).join(Project, Project.id == kind.project_id).where(visible(reader))


def project(reader: Reader, project_id: uuid.UUID, permission: Permission | None = None) -> Project:
    """One project, or 404; 403 when the person may see it but lacks the permission (the view's own by default)."""
    found = db.session.scalar(projects(reader).where(Project.id == project_id).options(joinedload(Project.unit)))
    if found is None:
        abort(404)
    allow(reader, found, permission)
    return found


def find(
    kind: type[Inside], reader: Reader, thing_id: uuid.UUID, permission: Permission | None = None, *also: ORMOption
) -> Inside:
    """One thing inside a project, or 404, with the same questions asked of its project. `also` is loaded with it."""
    found: Inside | None = db.session.scalar(
        inside(kind, reader)
        .where(kind.id == thing_id)  # type: ignore[attr-defined]  # each OfProject class has an id of its own type
        .options(joinedload(kind.project).joinedload(Project.unit), *also)  # type: ignore[arg-type]  # declared on the mixin
    )
    if found is None:
        abort(404)
    allow(reader, found.project, permission)
    return found


OF_ADDRESS: dict[str, type[OfProject]] = {
    "series_id": Series,
    "measure_id": Measure,
    "cycle_id": Cycle,
    "idea_id": Idea,
    "driver_id": Driver,
    "word_id": CoachWord,
    "barrier_id": Barrier,
    "evidence_id": Evidence,
}


def is_seen(reader: Reader, arguments: Mapping[str, Any]) -> bool:
    """Whether the person may see the things an address names; what is not named by a project counts as seen."""
    if "project_id" in arguments:
        return db.session.scalar(projects(reader).where(Project.id == arguments["project_id"])) is not None
    named = [(kind, arguments[name]) for name, kind in OF_ADDRESS.items() if name in arguments]
    return all(_is_visible(reader, kind, value) for kind, value in named)


def _is_visible(reader: Reader, kind: type[OfProject], value: object) -> bool:
    with_it = inside(kind, reader).where(kind.id == value)  # type: ignore[attr-defined]  # as in find
    found: OfProject | None = db.session.scalar(with_it)
    return found is not None


def allow(reader: Reader, on: Project, permission: Permission | None = None) -> None:
    """Refuse (403) what this person may not do here. Without a permission, what the view's mark says."""
    wanted = permission or g.get("need")
    if isinstance(wanted, Permission) and not may_on(reader, on, wanted):
        abort(403)


def may_on(reader: Reader, on: Project, permission: Permission) -> bool:
    """Whether this person may do that on a project they can see. Reading needs no more than seeing."""
    if permission is Permission.READ_PROJECT:
        return True
    is_private = on.visibility is Visibility.PRIVATE
    if permission is Permission.CAPTURE_IDEA and not is_private and on.organisation_id in reader.organisations:
        return reader.may_somewhere(permission)  # whoever works here may have the idea that helps
    return may(reader.held, permission, Place(on.id.hex, on.unit.covered_by, is_private))


def units(reader: Reader) -> Select[Unit]:
    """The places of the organisations this person works in."""
    return select(Unit).where(Unit.organisation_id.in_(reader.organisations))


def administered(reader: Reader) -> ColumnElement[bool]:
    """The condition on Unit that holds for the places this person administers: those they hold it on, and all below."""
    heads = [one.unit for one in reader.held if one.unit and Permission.MANAGE_PEOPLE in one.permissions]
    return or_(false(), *(Unit.path.contains(f"/{head}/") for head in heads))
