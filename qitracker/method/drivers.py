"""The driver diagram: aim, primary drivers, secondary drivers, change ideas, and what it still lacks.

A node may have several parents. Since each level hangs only on levels above it, a diagram cannot run in a circle.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from qitracker.method.ideas import IdeaStatus
from qitracker.method.reasons import Reason


class Level(StrEnum):
    """A level of the diagram, the aim first."""

    AIM = "aim"
    PRIMARY = "primary"
    SECONDARY = "secondary"
    IDEA = "idea"


LEVEL_WORDS: Mapping[Level, str] = {
    Level.AIM: "Aim",
    Level.PRIMARY: "Primary driver",
    Level.SECONDARY: "Secondary driver",
    Level.IDEA: "Change idea",
}

PARENT_LEVELS: Mapping[Level, frozenset[Level]] = {
    Level.AIM: frozenset(),
    Level.PRIMARY: frozenset({Level.AIM}),
    Level.SECONDARY: frozenset({Level.PRIMARY}),
    Level.IDEA: frozenset({Level.PRIMARY, Level.SECONDARY}),
}
"""On which levels a node may hang: Provost and Bennett, "What's your theory?", Quality Progress 48(7), 2015."""

DRIVERS = frozenset({Level.PRIMARY, Level.SECONDARY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One box. `has_measure` and `no_measure_because` matter for drivers; `status` and `n_cycles` for ideas."""

    key: str
    level: Level
    text: str
    parents: tuple[str, ...] = ()
    has_measure: bool = False
    no_measure_because: str = ""
    status: IdeaStatus = IdeaStatus.NEW
    n_cycles: int = 0


@dataclass(frozen=True, slots=True)
class Diagram:
    """All boxes, in the order a team put them."""

    nodes: tuple[Node, ...] = ()

    def children(self) -> dict[str, tuple[Node, ...]]:
        """The nodes that hang on each node, by its key."""
        found: dict[str, list[Node]] = {node.key: [] for node in self.nodes}
        for node in self.nodes:
            for parent in node.parents:
                found.setdefault(parent, []).append(node)
        return {key: tuple(nodes) for key, nodes in found.items()}


def why_not_hang(child: Level, parent: Level) -> Reason | None:
    """Why a node of one level may not hang on one of another, or None where it may."""
    if parent in PARENT_LEVELS[child]:
        return None
    if not PARENT_LEVELS[child]:
        return Reason("aim_hangs_on_nothing", "The aim is the start of the diagram and hangs on nothing.")
    allowed = " or a ".join(LEVEL_WORDS[level].lower() for level in Level if level in PARENT_LEVELS[child])
    article = "the" if child is Level.PRIMARY else "a"
    return Reason("wrong_level", f"A {LEVEL_WORDS[child].lower()} hangs on {article} {allowed}.")


def faults(diagram: Diagram) -> tuple[Reason, ...]:
    """What makes a diagram impossible to draw: a key used twice, a parent that is not there or on a wrong level."""
    by_key = {node.key: node for node in diagram.nodes}
    found: list[Reason] = []
    if len(by_key) < len(diagram.nodes):
        found.append(Reason("key_twice", "Two boxes have the same key."))
    for node in diagram.nodes:
        for key in node.parents:
            parent = by_key.get(key)
            if parent is None:
                found.append(Reason("parent_unknown", f"“{node.text}” hangs on a box that is not there."))
            elif reason := why_not_hang(node.level, parent.level):
                found.append(Reason(reason.code, f"“{node.text}”: {reason.sentence}"))
    return tuple(found)


def gaps(diagram: Diagram) -> tuple[Reason, ...]:
    """What the diagram lacks, in the order of its boxes: for the page and for the coach. Advice only."""
    return tuple(reason for reasons in gaps_by_node(diagram).values() for reason in reasons)


def gaps_by_node(diagram: Diagram) -> dict[str, tuple[Reason, ...]]:
    """The same, by the key of the box it is about. A box without a gap is left out."""
    children = diagram.children()
    found = {node.key: _gaps_at(node, children) for node in diagram.nodes}
    return {key: reasons for key, reasons in found.items() if reasons}


def _gaps_at(node: Node, children: Mapping[str, tuple[Node, ...]]) -> tuple[Reason, ...]:
    found: list[Reason] = []
    if node.level in (Level.SECONDARY, Level.IDEA) and not node.parents:
        found.append(Reason("not_joined", f"“{node.text}” is not joined to a driver yet."))
    if node.level in DRIVERS and not _has_idea_below(node.key, children):
        found.append(Reason("driver_without_idea", f"“{node.text}” has no change idea yet."))
    if node.level in DRIVERS and not node.has_measure and not node.no_measure_because.strip():
        found.append(Reason("driver_without_measure", f"“{node.text}” has no measure. Add one, or say why not."))
    if node.level is Level.IDEA and node.n_cycles == 0 and node.status is not IdeaStatus.ABANDONED:
        found.append(Reason("idea_without_test", f"“{node.text}” has no test yet."))
    return tuple(found)


def _has_idea_below(key: str, children: Mapping[str, tuple[Node, ...]]) -> bool:
    """Whether an idea hangs on a node, directly or further down. Looks at each node once, whatever the diagram."""
    seen: set[str] = set()
    waiting = [key]
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        for child in children.get(current, ()):
            if child.level is Level.IDEA:
                return True
            waiting.append(child.key)
    return False
