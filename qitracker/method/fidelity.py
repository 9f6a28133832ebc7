"""How well PDSA cycles are done, counted over many: for a coach to see where help pays, never to rank teams.

The features are those of McNicholas et al., BMJ Quality and Safety 28:356 (2019), doi 10.1136/bmjqs-2017-007605: 39
front-line teams with 421 cycles in three yearly rounds. A form alone changed little there; a prediction and data over
time are where support paid most.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from qitracker.method.cycles import SCALES, CycleState, Scale, is_wider
from qitracker.method.facts import CycleFacts
from qitracker.method.measures import Rhythm, period_of

OVER = frozenset({CycleState.TO_STUDY, CycleState.STUDIED, CycleState.DECIDED})
"""Only cycles that are over are counted: one that is planned or running cannot have all its stages yet."""

Siblings = Collection[CycleFacts]


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing a good cycle has.

    `is_asked`: whether it can be asked of a cycle, given the cycles of the same idea. `published` is the share in the
    study's last round, to compare with.
    """

    key: str
    name: str
    question: str
    published: float
    has: Callable[[CycleFacts, Siblings], bool]
    is_asked: Callable[[CycleFacts, Siblings], bool] = lambda _cycle, _siblings: True


def _is_written(cycle: CycleFacts, _siblings: Siblings) -> bool:
    """Plan: a question, a prediction or a date. Do: a note. Study and Act: written."""
    planned = cycle.n_questions > 0 or cycle.has_prediction or cycle.planned_start is not None
    studied = cycle.studied is not None
    return planned and cycle.noted is not None and studied and cycle.decision is not None


def _is_predicted(cycle: CycleFacts, _siblings: Siblings) -> bool:
    return cycle.has_prediction


def _is_in_series(cycle: CycleFacts, siblings: Siblings) -> bool:
    return cycle.ramp > 1 or len(siblings) > 1


def _has_data(cycle: CycleFacts, _siblings: Siblings) -> bool:
    return cycle.has_data


def _scale_before(cycle: CycleFacts, siblings: Siblings) -> Scale | None:
    """The widest scale of the earlier cycles of the same idea."""
    earlier = [Scale(each.scale) for each in siblings if each.number < cycle.number and each.scale in set(SCALES)]
    return max(earlier, key=SCALES.index, default=None)


def _can_grow(cycle: CycleFacts, siblings: Siblings) -> bool:
    """Scale can grow only after another cycle, where both scales are known and the last was not the widest."""
    before = _scale_before(cycle, siblings)
    return before is not None and before is not SCALES[-1] and cycle.scale in set(SCALES)


def _grows(cycle: CycleFacts, siblings: Siblings) -> bool:
    before = _scale_before(cycle, siblings)
    return before is not None and is_wider(Scale(cycle.scale), before)


FEATURES: tuple[Feature, ...] = (
    Feature("prediction", "Prediction", "Did the team write down what it expected?", 0.18, _is_predicted),
    Feature("data", "Data over time", "Does a measure with numbers over time go with it?", 0.49, _has_data),
    Feature("written", "All four stages", "Are Plan, Do, Study and Act written?", 0.77, _is_written),
    Feature("series", "In a series", "Is it one of two or more tests of the same idea?", 0.60, _is_in_series),
    Feature("scale", "Growing scale", "Is it wider than the tests before it?", 0.36, _grows, _can_grow),
)
"""In the order in which the study found most to gain."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many cycles have a feature, of how many it can be asked of."""

    have: int
    asked: int

    @property
    def share(self) -> float | None:
        """0 to 1; None where it can be asked of no cycle."""
        return self.have / self.asked if self.asked else None


@dataclass(frozen=True, slots=True)
class Fidelity:
    """PDSA quality over some cycles: how many are over, and a count for each feature by its key."""

    n: int
    counts: Mapping[str, Count]

    def share(self, key: str) -> float | None:
        """The share of a feature. Raises KeyError for a feature that does not exist."""
        return self.counts[key].share


def fidelity(cycles: Iterable[CycleFacts]) -> Fidelity:
    """PDSA quality over these cycles, of one project or of many. Keys of ideas must be unique among them."""
    given = tuple(cycles)
    return _counted([cycle for cycle in given if cycle.state in OVER], _by_idea(given))


def by_quarter(cycles: Iterable[CycleFacts]) -> tuple[tuple[date, Fidelity], ...]:
    """The same for each quarter in which a cycle ended, oldest first; each is named by its first day.

    A cycle whose end nobody knows is left out.
    """
    given = tuple(cycles)
    siblings = _by_idea(given)
    quarters: dict[date, list[CycleFacts]] = defaultdict(list)
    for cycle in given:
        ended = cycle.end or cycle.decided or cycle.studied
        if cycle.state in OVER and ended is not None:
            quarters[period_of(ended, Rhythm.QUARTER)].append(cycle)
    return tuple((quarter, _counted(quarters[quarter], siblings)) for quarter in sorted(quarters))


def _by_idea(cycles: Iterable[CycleFacts]) -> Mapping[str, Siblings]:
    found: dict[str, list[CycleFacts]] = defaultdict(list)
    for cycle in cycles:
        if cycle.idea_key is not None:
            found[cycle.idea_key].append(cycle)
    return found


def _counted(over: Collection[CycleFacts], by_idea: Mapping[str, Siblings]) -> Fidelity:
    pairs = [(cycle, by_idea.get(cycle.idea_key or "", (cycle,))) for cycle in over]
    counts = {}
    for feature in FEATURES:
        asked = [pair for pair in pairs if feature.is_asked(*pair)]
        counts[feature.key] = Count(sum(feature.has(*pair) for pair in asked), len(asked))
    return Fidelity(len(over), counts)
