"""A small hospital for tests, made through the product's own actions."""

import uuid

from sqlalchemy import select

from qitracker.method.roles import Role
from qitracker.models import Level, Person, Project, Unit, UnitKind, Visibility, db
from qitracker.people.actions import add_person, add_unit, give_role
from qitracker.plumbing import clock


class World:
    """Places and people; projects are added by the tests that need them."""

    def __init__(self) -> None:
        self.system = add_unit("Test system", UnitKind.SYSTEM, None, by=None)
        self.hospital = add_unit("Test hospital", UnitKind.ORGANISATION, self.system, by=None)
        self.medicine = add_unit("Medicine", UnitKind.DIVISION, self.hospital, by=None)
        self.ward18 = add_unit("Ward 18", UnitKind.WARD, self.medicine, by=None)
        self.ward21 = add_unit("Ward 21", UnitKind.WARD, self.medicine, by=None)
        self.other_hospital = add_unit("Other hospital", UnitKind.ORGANISATION, self.system, by=None)
        self.other_ward = add_unit("Other ward", UnitKind.WARD, self.other_hospital, by=None)
        self.staff = self.person("staff", Role.STAFF, self.hospital)
        self.member = self.person("member", Role.STAFF, self.hospital)
        self.lead = self.person("lead", Role.STAFF, self.hospital)
        self.coach = self.person("coach", Role.COACH, self.hospital)
        self.hub = self.person("hub", Role.HUB, self.hospital)
        self.manager = self.person("manager", Role.WARD_MANAGER, self.ward18)
        self.executive = self.person("executive", Role.EXECUTIVE, self.hospital)
        self.admin = self.person("admin", Role.ADMINISTRATOR, self.hospital)
        self.outsider = self.person("outsider", Role.HUB, self.other_hospital)
        self.partner = add_person("Role partner", "partner@example.org", None, by=None)
        db.session.commit()

    def kept(self) -> dict[str, uuid.UUID]:
        """The ids of its places and people, by the names they have here."""
        return {name: thing.id for name, thing in vars(self).items()}

    @classmethod
    def found(cls, kept: dict[str, uuid.UUID]) -> "World":
        """The same places and people, read from a database that holds them."""
        things = {thing.id: thing for table in (Unit, Person) for thing in db.session.scalars(select(table))}
        world = cls.__new__(cls)
        vars(world).update({name: things[key] for name, key in kept.items()})
        return world

    def person(self, word: str, role: Role, unit: Unit) -> Person:
        person = add_person(f"Role {word}", f"{word}@example.org", None, by=None)
        give_role(person, role, by=None, unit=unit)
        return person

    def project(
        self, title: str = "Fewer falls on Ward 18", *, private: bool = False, stage: str = "understand"
    ) -> Project:
        """A project on Ward 18 with a lead, a member, a coach and a service-user partner."""
        project = Project(
            title=title,
            problem="Too many people fall at night.",
            unit_id=self.ward18.id,
            organisation_id=self.hospital.id,
            level=Level.MICRO,
            method="lancashire",
            stage=stage,
            visibility=Visibility.PRIVATE if private else Visibility.OPEN,
            registered_at=clock.now(),
        )
        db.session.add(project)
        db.session.flush()
        for person, role in (
            (self.lead, Role.PROJECT_LEAD),
            (self.member, Role.TEAM_MEMBER),
            (self.partner, Role.SERVICE_USER_PARTNER),
        ):
            give_role(person, role, by=None, project=project)
        if not private:
            give_role(self.coach, Role.COACH, by=None, project=project)
        db.session.commit()
        return project
