"""A project's driver diagram in memory: as rules, picture and list see it. Rows in, values out; no query here."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from qitracker.charts import driver_diagram as picture
from qitracker.drivers.states import CycleSeen, state_of_idea
from qitracker.drivers.words import GAP_WORDS, count, in_short
from qitracker.method.drivers import Diagram, Level, Node, gaps_by_node
from qitracker.models import Driver, DriverLevel, DriverLink, Idea

AIM_KEY = "aim"
Thing = Driver | Idea


@dataclass(frozen=True, slots=True)
class Branch:
    """One line of the list. The same thing stands under each driver it belongs to.

    `place` counts from 1 among its `siblings` of the same kind; `also` names the other drivers it belongs to;
    `is_repeat`: what hangs on it is shown at its first place only.
    """

    thing: Thing
    level: Level
    under: Driver | None
    place: int
    siblings: int
    also: tuple[str, ...]
    is_repeat: bool
    gaps: tuple[str, ...]
    below: tuple["Branch", ...] = ()

    @property
    def is_idea(self) -> bool:
        return self.level is Level.IDEA

    @property
    def anchor(self) -> str:
        """Its place in the page."""
        return anchor(self.thing, self.under)


def anchor(thing: Thing, under: Driver | None) -> str:
    """The word after the # in the address for a line of the list."""
    return f"box-{thing.id.hex}" + (f"-{under.id.hex}" if under else "")


@dataclass(frozen=True)
class Board:
    """Everything the diagram shows, in the team's order."""

    aim: str
    drivers: Sequence[Driver]
    ideas: Sequence[Idea]
    links: Sequence[DriverLink]
    cycles: Mapping[uuid.UUID, tuple[CycleSeen, ...]]
    measures: Mapping[uuid.UUID, str]

    @cached_property
    def by_id(self) -> dict[uuid.UUID, Driver]:
        return {driver.id: driver for driver in self.drivers}

    @cached_property
    def parents(self) -> dict[uuid.UUID, tuple[Driver, ...]]:
        """The drivers each thing hangs on, in the order of the diagram."""
        above: dict[uuid.UUID, set[uuid.UUID]] = {}
        for link in self.links:
            below = link.below_idea_id or link.below_driver_id
            if below is not None:
                above.setdefault(below, set()).add(link.driver_id)
        return {key: tuple(one for one in self.drivers if one.id in ids) for key, ids in above.items()}

    @cached_property
    def below(self) -> dict[uuid.UUID, tuple[tuple[Driver, ...], tuple[Idea, ...]]]:
        """What hangs on each driver: drivers, then ideas."""
        drivers: dict[uuid.UUID, list[Driver]] = {}
        ideas: dict[uuid.UUID, list[Idea]] = {}
        for driver in self.drivers:
            for parent in self.parents.get(driver.id, ()):
                drivers.setdefault(parent.id, []).append(driver)
        for idea in self.ideas:
            for parent in self.parents.get(idea.id, ()):
                ideas.setdefault(parent.id, []).append(idea)
        return {one.id: (tuple(drivers.get(one.id, ())), tuple(ideas.get(one.id, ()))) for one in self.drivers}

    @cached_property
    def loose_ideas(self) -> tuple[Idea, ...]:
        """Ideas that belong to no driver yet."""
        return tuple(idea for idea in self.ideas if not self.parents.get(idea.id))

    @cached_property
    def joined_ideas(self) -> tuple[Idea, ...]:
        return tuple(idea for idea in self.ideas if self.parents.get(idea.id))

    def cycles_of(self, idea: Idea) -> tuple[CycleSeen, ...]:
        return self.cycles.get(idea.id, ())

    def of_level(self, level: DriverLevel) -> tuple[Driver, ...]:
        return tuple(driver for driver in self.drivers if driver.level is level)

    def siblings(self, thing: Thing, under: Driver | None) -> tuple[Thing, ...]:
        """What stands in one row with a thing: all primary drivers, or what hangs on the same driver."""
        if under is not None:
            drivers, ideas = self.below[under.id]
            return ideas if isinstance(thing, Idea) else drivers
        if isinstance(thing, Idea):
            return ()
        return tuple(one for one in self.of_level(thing.level) if not self.parents.get(one.id))

    @cached_property
    def diagram(self) -> Diagram:
        """The diagram as the method's rules see it: every driver, and the ideas that hang on one."""
        nodes = [Node(key=AIM_KEY, level=Level.AIM, text=self.aim)] if self.aim else []
        nodes += [self._driver_node(driver) for driver in self.drivers]
        nodes += [
            Node(
                key=idea.id.hex,
                level=Level.IDEA,
                text=idea.text,
                parents=self._keys_above(idea),
                status=idea.status,
                n_cycles=len(self.cycles_of(idea)),
            )
            for idea in self.joined_ideas
        ]
        return Diagram(tuple(nodes))

    def _driver_node(self, driver: Driver) -> Node:
        is_primary = driver.level is DriverLevel.PRIMARY
        return Node(
            key=driver.id.hex,
            level=Level(driver.level.value),
            text=driver.text,
            parents=(AIM_KEY,) if is_primary and self.aim else self._keys_above(driver),
            has_measure=driver.measure_id is not None,
            no_measure_because=driver.why_no_measure or "",
        )

    def _keys_above(self, thing: Thing) -> tuple[str, ...]:
        return tuple(parent.id.hex for parent in self.parents.get(thing.id, ()))

    @cached_property
    def advice(self) -> tuple[str, ...]:
        """What the diagram still lacks, in a few sentences."""
        gaps = [gap for gaps in gaps_by_node(self.diagram).values() for gap in gaps]
        return in_short(gaps, len(self.loose_ideas))

    @cached_property
    def tree(self) -> tuple[Branch, ...]:
        """The list under the aim: each primary driver with all that hangs on it."""
        return self._branches(self.of_level(DriverLevel.PRIMARY), None)

    @cached_property
    def loose_drivers(self) -> tuple[Branch, ...]:
        """Secondary drivers that hang on no primary driver, such as after theirs was removed."""
        loose = [one for one in self.of_level(DriverLevel.SECONDARY) if not self.parents.get(one.id)]
        return self._branches(tuple(loose), None)

    @cached_property
    def _gaps(self) -> dict[str, tuple[str, ...]]:
        found = gaps_by_node(self.diagram)
        return {key: tuple(w for gap in gaps if (w := GAP_WORDS[gap.code].beside)) for key, gaps in found.items()}

    def _branches(self, things: Sequence[Thing], under: Driver | None) -> tuple[Branch, ...]:
        return tuple(self._branch(thing, under, place, len(things)) for place, thing in enumerate(things, start=1))

    def _branch(self, thing: Thing, under: Driver | None, place: int, siblings: int) -> Branch:
        parents = self.parents.get(thing.id, ())
        is_repeat = under is not None and parents[0] is not under
        below: tuple[Branch, ...] = ()
        if isinstance(thing, Driver) and not is_repeat:
            drivers, ideas = self.below[thing.id]
            below = self._branches(drivers, thing) + self._branches(ideas, thing)
        return Branch(
            thing=thing,
            level=Level.IDEA if isinstance(thing, Idea) else Level(thing.level.value),
            under=under,
            place=place,
            siblings=siblings,
            also=tuple(parent.text for parent in parents if parent is not under),
            is_repeat=is_repeat,
            gaps=() if is_repeat else self._gaps.get(thing.id.hex, ()),
            below=below,
        )

    @cached_property
    def summary(self) -> str:
        """The diagram in one sentence: the picture's name for those who do not see it."""
        primary, secondary = (len(self.of_level(level)) for level in DriverLevel)
        return (
            f"Driver diagram: {'one aim' if self.aim else 'no aim yet'}, "
            f"{count(primary, 'primary driver', 'primary drivers')}, "
            f"{count(secondary, 'secondary driver', 'secondary drivers')} and "
            f"{count(len(self.joined_ideas), 'change idea', 'change ideas')}."
        )

    def drawn(self) -> picture.Diagram:
        """The diagram as the picture takes it. Ideas without a driver stay on their list."""
        boxes = [picture.Box(AIM_KEY, picture.Level.AIM, self.aim or "No aim yet")]
        boxes += [
            picture.Box(
                driver.id.hex,
                picture.Level[driver.level.name],
                driver.text,
                (AIM_KEY,) if driver.level is DriverLevel.PRIMARY else self._keys_above(driver),
            )
            for driver in self.drivers
        ]
        for idea in self.joined_ideas:
            words, tone = state_of_idea(idea.status, self.cycles_of(idea))
            boxes.append(picture.Box(idea.id.hex, picture.Level.IDEA, idea.text, self._keys_above(idea), words, tone))
        return picture.Diagram(tuple(boxes), label=self.summary)
