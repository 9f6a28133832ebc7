"""The progress score: IHI's scale from 0.5 to 5.0 in halves, suggested from what a project holds.

The system suggests, the team and the coach each decide; all three are kept with day and reason, and the gap between
them is information. A drop is allowed.
"""

from qitracker.method.score.asking import gap_words, is_asked
from qitracker.method.score.criteria import CRITERIA, Criterion
from qitracker.method.score.scale import SCALE, VALUES, Grade, grade_of
from qitracker.method.score.suggesting import Suggestion, suggested

__all__ = [
    "CRITERIA",
    "SCALE",
    "VALUES",
    "Criterion",
    "Grade",
    "Suggestion",
    "gap_words",
    "grade_of",
    "is_asked",
    "suggested",
]
