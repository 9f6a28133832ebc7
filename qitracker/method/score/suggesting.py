"""The score the evidence suggests, with what speaks for it and why it is not higher."""

from dataclasses import dataclass
from datetime import date

from qitracker.method.facts import ProjectFacts
from qitracker.method.reasons import Reason
from qitracker.method.score.criteria import CRITERIA, Criterion
from qitracker.method.score.scale import VALUES
from qitracker.method.stalled.settings import DEFAULTS, Settings


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A suggested score.

    `met` are the criteria up to this score, in order, each with what is there. `why_not_higher` is what the next score
    still lacks; empty at 5.0.
    """

    value: float
    met: tuple[Reason, ...]
    why_not_higher: tuple[Reason, ...]


def suggested(facts: ProjectFacts, today: date, settings: Settings = DEFAULTS) -> Suggestion:
    """The highest score whose criteria, and all below, are met on that day. It may be lower than the day before.

    The scale has no zero: without anything at all it is 0.5, and what 0.5 lacks is named first. Raises KeyError for a
    method that does not exist.
    """
    met: list[Criterion] = []
    value = VALUES[0]
    for score in VALUES:
        asked = [criterion for criterion in CRITERIA if criterion.score == score]
        lacking = [criterion for criterion in asked if not criterion.is_met(facts, today, settings)]
        if lacking:
            return Suggestion(value, _shown(met, settings), tuple(one.lacking(settings) for one in lacking))
        met += asked
        value = score
    return Suggestion(value, _shown(met, settings), ())


def _shown(met: list[Criterion], settings: Settings) -> tuple[Reason, ...]:
    return tuple(criterion.shown(settings) for criterion in met)
