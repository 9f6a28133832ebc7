"""Units and people of the trust that is measured: 300 people in one organisation of twenty wards. Nobody exists."""

import random
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from qitracker.method.roles import Role
from qitracker.models import Unit, UnitKind, place_unit

N_PEOPLE = 300
N_COACHES = 20
N_WARDS = 20
DOMAIN = "example.org"


@dataclass(slots=True)
class Trust:
    """Rows to insert, and what later rows point at."""

    draw: random.Random
    units: list[dict[str, Any]] = field(default_factory=list)
    people: list[dict[str, Any]] = field(default_factory=list)
    roles: list[dict[str, Any]] = field(default_factory=list)
    organisation: uuid.UUID = field(default_factory=uuid.uuid4)
    wards: list[uuid.UUID] = field(default_factory=list)

    def new_id(self) -> uuid.UUID:
        return uuid.UUID(int=self.draw.getrandbits(128), version=4)

    def role(self, person: int, role: Role, since: datetime, **where: Any) -> None:
        held = {"unit_id": None, "project_id": None, "profession": None} | where
        self.roles.append(
            {"id": self.new_id(), "person_id": self.people[person]["id"], "role": role, "since": since, **held}
        )


def account_of(person: int) -> str:
    return f"person{person}@{DOMAIN}"


def make_trust(draw: random.Random, now: datetime, password_hash: str) -> Trust:
    """Everybody is staff; the last twenty of them are coaches, too."""
    trust = Trust(draw)
    system = _unit(trust, "System", UnitKind.SYSTEM, None)
    organisation = _unit(trust, "Hospital", UnitKind.ORGANISATION, system)
    trust.organisation = organisation.id
    division = _unit(trust, "Medicine", UnitKind.DIVISION, organisation)
    trust.wards = [_unit(trust, f"Ward {number}", UnitKind.WARD, division).id for number in range(1, N_WARDS + 1)]
    for person in range(N_PEOPLE):
        trust.people.append(
            {
                "id": trust.new_id(), "name": f"Person {person}", "email": account_of(person),
                "password_hash": password_hash, "is_active": True, "made_at": now,
            }
        )  # fmt: skip
        is_coach = person >= N_PEOPLE - N_COACHES
        trust.role(person, Role.COACH if is_coach else Role.STAFF, now, unit_id=trust.organisation)
    return trust


def _unit(trust: Trust, name: str, kind: UnitKind, parent: Unit | None) -> Unit:
    unit = place_unit(Unit(id=trust.new_id(), name=name, kind=kind), parent)
    columns = ("id", "name", "kind", "parent_id", "organisation_id", "path")
    trust.units.append({name: getattr(unit, name) for name in columns})
    return unit
