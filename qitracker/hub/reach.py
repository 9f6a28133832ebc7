"""Which projects the hub's pages show a person, count for them and put into their files.

Narrower than what the person may read: only places below the unit on which the role is held, and never a private
project, not even to a reader who happens to be in its team. So two people with the same role see the same counts.
"""

import uuid
from typing import Any

from flask import abort
from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import joinedload

from qitracker.method.roles import Permission
from qitracker.models import Project, Unit, Visibility, db
from qitracker.people import scope
from qitracker.people.queries import units_in_order
from qitracker.people.reader import Reader


def places(reader: Reader, permission: Permission = Permission.READ_HUB) -> ColumnElement[bool]:
    """The condition on Unit that holds for the places this person looks after: those they hold it on, and all below."""
    heads = [one.unit for one in reader.held if one.unit and permission in one.permissions]
    return or_(false(), *(Unit.path.contains(f"/{head}/") for head in heads))


def within(reader: Reader, permission: Permission = Permission.READ_HUB) -> ColumnElement[bool]:
    """The condition on Project that holds for what the hub's pages show this person."""
    below = select(Unit.id).where(places(reader, permission))
    return scope.visible(reader) & (Project.visibility == Visibility.OPEN) & Project.unit_id.in_(below)


def open_to(reader: Reader) -> ColumnElement[bool]:
    """The condition on Project for the pages that all staff read: open work of their organisations."""
    return scope.visible(reader) & (Project.visibility == Visibility.OPEN)


def places_in_order(reader: Reader, permission: Permission = Permission.READ_HUB) -> list[Unit]:
    """Those places, each under the one it belongs to."""
    heads = {one.unit for one in reader.held if one.unit and permission in one.permissions}
    return [unit for unit in units_in_order(reader) if heads & unit.covered_by]


def organisations(reader: Reader, permission: Permission = Permission.RUN_HUB) -> list[Unit]:
    """The organisations whose hub this person works in, by name."""
    whole = select(Unit).where(places(reader, permission), Unit.id == Unit.organisation_id)
    return list(db.session.scalars(whole.order_by(Unit.name, Unit.id)))


def find(reader: Reader, project_id: uuid.UUID, permission: Permission) -> Project:
    """One project of the hub, or 404; 403 where the person may see it and lacks the permission there."""
    wanted: Select[Any] = select(Project).where(Project.id == project_id, scope.visible(reader))
    found: Project | None = db.session.scalar(wanted.options(joinedload(Project.unit), joinedload(Project.lead)))
    if found is None:
        abort(404)
    scope.allow(reader, found, permission)
    return found
