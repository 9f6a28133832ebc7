"""Units as a tree: system, organisation, division, ward or service."""

import uuid
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from qitracker.models.base import Base, Identified, words_of


class UnitKind(StrEnum):
    SYSTEM = "system"
    ORGANISATION = "organisation"
    DIVISION = "division"
    WARD = "ward"


class Unit(Identified, Base):
    """One place. `path` holds the ids from the top down to itself, so that "all below" is one comparison."""

    __tablename__ = "unit"

    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[UnitKind] = mapped_column(words_of(UnitKind))
    parent_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("unit.id"), index=True)
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("unit.id"), index=True)
    path: Mapped[str] = mapped_column(String(400), index=True)

    @property
    def covered_by(self) -> frozenset[str]:
        """The ids (hex) of this unit and of all above it."""
        return frozenset(part for part in self.path.split("/") if part)


def place_unit(unit: Unit, parent: Unit | None) -> Unit:
    """Set where a new unit stands in the tree."""
    unit.id = unit.id or uuid.uuid4()
    unit.parent_id = parent.id if parent else None
    unit.path = f"{parent.path if parent else '/'}{unit.id.hex}/"
    inherited = parent.organisation_id if parent else None
    unit.organisation_id = unit.id if unit.kind is UnitKind.ORGANISATION else inherited
    return unit
