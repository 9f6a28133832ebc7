"""Who may do what, on one page: each role with its sentence and its permissions.

A role is held on a unit (and covers all below it) or on one project. Nothing else grants anything; what is not
in the table is refused.
"""

from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """Each permission's sentence is what an administrator reads."""

    READ_ORGANISATION = "read_organisation"
    READ_PROJECT = "read_project"
    REGISTER_PROJECT = "register_project"
    CAPTURE_IDEA = "capture_idea"
    ADD_POINTS = "add_points"
    EDIT_PROJECT = "edit_project"
    COACH_PROJECT = "coach_project"
    READ_HUB = "read_hub"
    RUN_HUB = "run_hub"
    MANAGE_TEAM = "manage_team"
    MANAGE_PEOPLE = "manage_people"

    @property
    def sentence(self) -> str:
        return PERMISSION_SENTENCES[self]


PERMISSION_SENTENCES = {
    Permission.READ_ORGANISATION: "Read every project of the organisation that its team has not made private",
    Permission.READ_PROJECT: "Read a project, its charts and its history",
    Permission.REGISTER_PROJECT: "Register a new project",
    Permission.CAPTURE_IDEA: "Add a change idea",
    Permission.ADD_POINTS: "Add numbers, correct them and undo",
    Permission.EDIT_PROJECT: "Write the aim, steps, drivers, measures and PDSA cycles",
    Permission.COACH_PROJECT: "Leave a coach's word",
    Permission.READ_HUB: "See which projects may need help, and why",
    Permission.RUN_HUB: "Answer new projects, keep programmes, set the numbers of the rules",
    Permission.MANAGE_TEAM: "Change the team and who may see the project",
    Permission.MANAGE_PEOPLE: "Invite people, give and end roles, add units",
}

_READ = {Permission.READ_PROJECT}
_STAFF = _READ | {Permission.READ_ORGANISATION, Permission.REGISTER_PROJECT, Permission.CAPTURE_IDEA}
_TEAM = _STAFF | {Permission.ADD_POINTS, Permission.EDIT_PROJECT}
_LEAD = _TEAM | {Permission.MANAGE_TEAM}


class Role(StrEnum):
    """Stored as these short words, which must not change."""

    STAFF = "staff"
    TEAM_MEMBER = "team_member"
    PROJECT_LEAD = "project_lead"
    SPONSOR = "sponsor"
    SERVICE_USER_PARTNER = "service_user_partner"
    COACH = "coach"
    HUB = "hub"
    WARD_MANAGER = "ward_manager"
    DIVISION_LEAD = "division_lead"
    EXECUTIVE = "executive"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class RoleCard:
    """What a role is called, what it is for, where it may be held, and what it may do."""

    name: str
    sentence: str
    on_unit: bool
    on_project: bool
    permissions: frozenset[Permission]


ROLES: dict[Role, RoleCard] = {
    Role.STAFF: RoleCard(
        "Staff",
        "Works here: reads open projects, registers a project, adds ideas.",
        on_unit=True,
        on_project=False,
        permissions=frozenset(_STAFF),
    ),
    Role.TEAM_MEMBER: RoleCard(
        "Team member",
        "Does the work: numbers, ideas, PDSA cycles, steps.",
        on_unit=True,
        on_project=True,
        permissions=frozenset(_TEAM),
    ),
    Role.PROJECT_LEAD: RoleCard(
        "Project lead",
        "Leads the team, and decides who is in it and who may see the project.",
        on_unit=False,
        on_project=True,
        permissions=frozenset(_LEAD),
    ),
    Role.SPONSOR: RoleCard(
        "Sponsor",
        "Clears the way for the team: reads all of it, moves what the team cannot.",
        on_unit=False,
        on_project=True,
        permissions=frozenset(_STAFF),
    ),
    Role.SERVICE_USER_PARTNER: RoleCard(
        "Service-user partner",
        "Brings the experience of care: reads the project and adds ideas. Sees no other.",
        on_unit=False,
        on_project=True,
        permissions=frozenset(_READ | {Permission.CAPTURE_IDEA}),
    ),
    Role.COACH: RoleCard(
        "Coach",
        "Helps teams use the method: reads, leaves advice.",
        on_unit=True,
        on_project=True,
        permissions=frozenset(_STAFF | {Permission.COACH_PROJECT}),
    ),
    Role.HUB: RoleCard(
        "Improvement hub",
        "Sees all open work, offers help, keeps teams and coaches in step.",
        on_unit=True,
        on_project=False,
        permissions=frozenset(
            _STAFF | {Permission.COACH_PROJECT, Permission.MANAGE_TEAM, Permission.READ_HUB, Permission.RUN_HUB}
        ),
    ),
    Role.WARD_MANAGER: RoleCard(
        "Ward manager",
        "Runs the ward: takes part in each open project there.",
        on_unit=True,
        on_project=False,
        permissions=frozenset(_LEAD),
    ),
    Role.DIVISION_LEAD: RoleCard(
        "Division lead",
        "Leads several wards: reads their open projects, and which of them may need help.",
        on_unit=True,
        on_project=False,
        permissions=frozenset(_STAFF | {Permission.READ_HUB}),
    ),
    Role.EXECUTIVE: RoleCard(
        "Executive",
        "Board and executives: read open projects, and which of them may need help.",
        on_unit=True,
        on_project=False,
        permissions=frozenset(_READ | {Permission.READ_ORGANISATION, Permission.READ_HUB}),
    ),
    Role.ADMINISTRATOR: RoleCard(
        "Administrator",
        "Invites people and gives roles. Sees open projects as staff do, private ones not at all.",
        on_unit=True,
        on_project=False,
        permissions=frozenset(_STAFF | {Permission.MANAGE_PEOPLE}),
    ),
}


@dataclass(frozen=True, slots=True)
class Held:
    """A role somebody holds: on a unit (its id) or on a project (its id), never both."""

    role: Role
    unit: str | None = None
    project: str | None = None

    @property
    def permissions(self) -> frozenset[Permission]:
        return ROLES[self.role].permissions


@dataclass(frozen=True, slots=True)
class Place:
    """Where a project stands, as permissions see it: the ids from its unit up to the top, and its privacy."""

    project: str | None
    units: frozenset[str]
    private: bool = False


def may(held: tuple[Held, ...], permission: Permission, place: Place) -> bool:
    """Whether these roles grant the permission there. Private projects listen to roles held on them alone."""
    return any(permission in one.permissions and _reaches(one, place) for one in held)


def may_anywhere(held: tuple[Held, ...], permission: Permission) -> bool:
    """Whether any of these roles grants the permission somewhere."""
    return any(permission in one.permissions for one in held)


def _reaches(one: Held, place: Place) -> bool:
    if one.project is not None:
        return one.project == place.project
    return not place.private and one.unit in place.units
