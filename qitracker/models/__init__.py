"""The tables, one file per noun."""

from qitracker.method.stalled.holds import HoldKind
from qitracker.models.base import Base, Identified, check_lengths, db
from qitracker.models.coaching import (
    Barrier,
    CoachAbsence,
    CoachReview,
    ProgressScore,
    Scorer,
    TrainedCoach,
    Visit,
)
from qitracker.models.cycles import Cycle, CycleQuestion, CycleTask
from qitracker.models.events import Event, Submission
from qitracker.models.ideas import Driver, DriverLevel, DriverLink, Idea
from qitracker.models.letters import JobRun, Letter, MailChoice
from qitracker.models.measures import ChartDecision, DecisionKind, Measure, Note, Point, Series, Target, Upload
from qitracker.models.people import Invitation, Person, RoleHeld, SignIn, SignInTry
from qitracker.models.projects import (
    Aim,
    CoachWord,
    Evidence,
    Level,
    OfProject,
    Programme,
    Project,
    StageMove,
    StepEntry,
    Versioned,
    Visibility,
    WordKind,
)
from qitracker.models.standing import Hold, Intake, KnownFacts, RuleNumber, SavedView, Standing, StandingChange
from qitracker.models.units import Unit, UnitKind, place_unit

check_lengths(Base.metadata)

__all__ = [
    "Aim",
    "Barrier",
    "Base",
    "ChartDecision",
    "CoachAbsence",
    "CoachReview",
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
    "Hold",
    "HoldKind",
    "Idea",
    "Identified",
    "Intake",
    "Invitation",
    "JobRun",
    "KnownFacts",
    "Letter",
    "Level",
    "MailChoice",
    "Measure",
    "Note",
    "OfProject",
    "Person",
    "Point",
    "Programme",
    "ProgressScore",
    "Project",
    "RoleHeld",
    "RuleNumber",
    "SavedView",
    "Scorer",
    "Series",
    "SignIn",
    "SignInTry",
    "StageMove",
    "Standing",
    "StandingChange",
    "StepEntry",
    "Submission",
    "Target",
    "TrainedCoach",
    "Unit",
    "UnitKind",
    "Upload",
    "Versioned",
    "Visibility",
    "Visit",
    "WordKind",
    "db",
    "place_unit",
]
