"""The hospital of the demonstration: its wards, and people by role. Nobody here exists."""

from dataclasses import dataclass, field

from qitracker.method.roles import Role
from qitracker.models import Person, Unit, UnitKind
from qitracker.people.actions import add_person, add_unit, give_role

WARDS = {
    "Medicine": (
        "Acute Assessment Unit", "AMU", "Barton", "Bleasdale Neurology", "Brindle", "Cardiac Unit", "CCU", "ED CDH",
        "ED RPH", "Hazelwood", "MAU CDH", "RWA", "RWB", "Ward 17", "Ward 18", "Ward 21", "Ward 23", "Ward 24", "Ward 25",
    ),
    "Surgery": (
        "Head and neck surgery", "Leyland", "SAU", "Surgical ward CDH", "Ward 2A", "Ward 2B", "Ward 2C", "Ward 4",
        "Ward 10", "Ward 11", "Ward 12", "Ward 14", "Ward 15 Unit 1", "Ward 15 Unit 2", "Ward 16",
    ),
    "Specialist and Critical Care": ("ICU", "MTW", "Ribblesdale"),
    "Women and Children": ("Gynaecology", "Maternity"),
}  # fmt: skip

# Account, name, role, where the role is held.
STAFF = (
    ("team1", "Midwife, lead of the PPH project", Role.STAFF, "Hospital"),
    ("team2", "Sister, Ward 18", Role.STAFF, "Hospital"),
    ("team3", "Sepsis nurse, ED RPH", Role.STAFF, "Hospital"),
    ("team4", "Therapist, Ward 23", Role.STAFF, "Hospital"),
    ("team5", "Pharmacist, Ward 21", Role.STAFF, "Hospital"),
    ("midwife1", "Community midwife", Role.STAFF, "Hospital"),
    ("doctor1", "Obstetrician", Role.STAFF, "Hospital"),
    ("nurse1", "Staff nurse, Ward 18", Role.STAFF, "Hospital"),
    ("coach1", "Coach 1", Role.COACH, "Hospital"),
    ("coach2", "Coach 2", Role.COACH, "Hospital"),
    ("hub1", "Improvement hub lead", Role.HUB, "Hospital"),
    ("ward18.manager", "Ward manager, Ward 18", Role.WARD_MANAGER, "Ward 18"),
    ("division.women", "Division lead, Women and Children", Role.DIVISION_LEAD, "Women and Children"),
    ("board1", "Executive director", Role.EXECUTIVE, "Hospital"),
    ("admin1", "Administrator", Role.ADMINISTRATOR, "Hospital"),
)
# The leads of the other projects and the people around them. They sign in with the same password.
MORE_STAFF = (
    ("team6", "Charge nurse, Brindle", Role.STAFF, "Hospital"),
    ("team7", "Senior nurse, ICU", Role.STAFF, "Hospital"),
    ("team8", "Physiotherapist, Ward 15", Role.STAFF, "Hospital"),
    ("team9", "Antimicrobial pharmacist", Role.STAFF, "Hospital"),
    ("team10", "Sister, AMU", Role.STAFF, "Hospital"),
    ("team11", "Theatre scheduler, Leyland", Role.STAFF, "Hospital"),
    ("team12", "Discharge coordinator, Ward 24", Role.STAFF, "Hospital"),
    ("team13", "Infection prevention nurse, Ward 17", Role.STAFF, "Hospital"),
    ("nurse2", "Staff nurse, Ward 15", Role.STAFF, "Hospital"),
    ("nurse3", "Staff nurse, medicine", Role.STAFF, "Hospital"),
    ("doctor2", "Registrar, medicine", Role.STAFF, "Hospital"),
    ("therapist1", "Occupational therapist", Role.STAFF, "Hospital"),
    ("division.medicine", "Division lead, Medicine", Role.DIVISION_LEAD, "Medicine"),
    ("division.surgery", "Division lead, Surgery", Role.DIVISION_LEAD, "Surgery"),
)
LEFT = "team8"  # no longer works here: nobody leads that project now
PARTNER = ("partner1", "Service-user partner, maternity")


@dataclass(slots=True)
class Hospital:
    """Places and people by the short names above."""

    top: Unit
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)


def make_hospital(password_hash: str) -> Hospital:
    """The tree of units and the accounts, all with the same password."""
    system = add_unit("Lancashire and South Cumbria (demonstration)", UnitKind.SYSTEM, None, by=None)
    top = add_unit("Demonstration hospital", UnitKind.ORGANISATION, system, by=None)
    hospital = Hospital(top, {"Hospital": top})
    for division, wards in WARDS.items():
        hospital.units[division] = add_unit(division, UnitKind.DIVISION, top, by=None)
        for ward in wards:
            hospital.units[ward] = add_unit(ward, UnitKind.WARD, hospital.units[division], by=None)
    for account, name, role, where in (*STAFF, *MORE_STAFF):
        hospital.people[account] = add_person(name, f"{account}@example.org", password_hash, by=None)
        give_role(hospital.people[account], role, by=None, unit=hospital.units[where])
    account, name = PARTNER
    hospital.people[account] = add_person(name, f"{account}@example.org", password_hash, by=None)
    return hospital
