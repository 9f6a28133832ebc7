"""Statistical process control: a series of numbers in, what its chart says out. Needs numpy, nothing else."""

from qitracker.spc.batch import Batch, BatchAnalysis
from qitracker.spc.close_to import CloseTo
from qitracker.spc.engine import analyse, analyse_all, analyse_each
from qitracker.spc.phases import kind_to_draw, shift_against
from qitracker.spc.values import (
    Analysis,
    Caution,
    OtherChart,
    PhaseSummary,
    Runs,
    Series,
    ShiftEvidence,
    Suggestion,
)
from qitracker.spc.words import (
    Aggregate,
    Assurance,
    Chart,
    Direction,
    Meaning,
    Refused,
    RuleSet,
    Signal,
    Variation,
    XKind,
)

__all__ = [
    "Aggregate",
    "Analysis",
    "Assurance",
    "Batch",
    "BatchAnalysis",
    "Caution",
    "Chart",
    "CloseTo",
    "Direction",
    "Meaning",
    "OtherChart",
    "PhaseSummary",
    "Refused",
    "RuleSet",
    "Runs",
    "Series",
    "ShiftEvidence",
    "Signal",
    "Suggestion",
    "Variation",
    "XKind",
    "analyse",
    "analyse_all",
    "analyse_each",
    "kind_to_draw",
    "shift_against",
]
