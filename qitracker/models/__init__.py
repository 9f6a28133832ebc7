"""The tables, one file per noun."""

from qitracker.models.base import Base, Identified, check_lengths, db
from qitracker.models.cycles import Cycle, CycleQuestion, CycleTask
from qitracker.models.events import Event, Submission
from qitracker.models.ideas import Driver, DriverLevel, DriverLink, Idea
from qitracker.models.measures import ChartDecision, DecisionKind, Measure, Note, Point, Series, Upload
from qitracker.models.people import Invitation, Person, RoleHeld, SignIn, SignInTry
from qitracker.models.projects import (
    Aim,
    CoachWord,
    Evidence,
    Level,
    OfProject,
    Project,
    StageMove,
    StepEntry,
    Versioned,
    Visibility,
)
from qitracker.models.units import Unit, UnitKind, place_unit

check_lengths(Base.metadata)

__all__ = [
    "Aim",
    "Base",
    "ChartDecision",
    "CoachWord",
    "Cycle",
    "CycleQuestion",
    "CycleTask",
    "DecisionKind",
    "Driver",
    "DriverLevel",
    "DriverLink",
    "Event",
    "Evidence",
    "Idea",
    "Identified",
    "Invitation",
    "Level",
    "Measure",
    "Note",
    "OfProject",
    "Person",
    "Point",
    "Project",
    "RoleHeld",
    "Series",
    "SignIn",
    "SignInTry",
    "StageMove",
    "StepEntry",
    "Submission",
    "Unit",
    "UnitKind",
    "Upload",
    "Versioned",
    "Visibility",
    "db",
    "place_unit",
]
