"""The gap between groups: the average of each over the same time, and how far apart they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from qitracker.charts.measure_words import MeasureWords
from qitracker.charts.numbers import short_unit, show_number, show_two
from qitracker.charts.periods import from_period, show_period, the_period
from qitracker.spc import Analysis, Direction


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time as the x of its first and last period, both included."""

    first: str
    last: str


@dataclass(frozen=True, slots=True)
class GroupAverage:
    """One group: its average now, before, and how far it is from the group that does best.

    Averages and `gap` in plotted units; `ratio` to the best group's average. None where there are no numbers,
    `gap` and `ratio` 0 and 1 for the best group itself.
    """

    name: str
    before: float | None
    now: float | None
    count: int
    gap: float | None
    ratio: float | None


@dataclass(frozen=True, slots=True)
class Gap:
    """Groups compared over `now`, the time since the latest phase began; `before` is the phase before it."""

    groups: tuple[GroupAverage, ...]
    best: str
    now: Span
    before: Span | None

    @property
    def widest(self) -> GroupAverage:
        """The group furthest from the best."""
        return max(self.groups, key=lambda group: abs(group.gap or 0.0))


def gap_between(groups: Sequence[tuple[str, Analysis]], direction: Direction) -> Gap | None:
    """Compare groups over the same time: from the latest start of a phase in any of them to the last common period.

    An average is pooled: all numerators over all denominators, or the mean of values; left-out points do not
    count. The best group is the lowest where lower is better or neither is, else the highest. None with fewer
    than two groups that have numbers in that time.
    """
    dated = [(name, analysis) for name, analysis in groups if all(isinstance(x, str) for x in analysis.x)]
    if len(dated) < 2:
        return None
    first = max(str(analysis.x[0]) for _, analysis in dated)
    last = min(str(analysis.x[-1]) for _, analysis in dated)
    starts = {str(analysis.x[phase.first]) for _, analysis in dated for phase in analysis.phases[1:]}
    edges = [first, *sorted(start for start in starts if first < start <= last)]
    now = Span(edges[-1], last)
    averages = {name: pooled(analysis, now) for name, analysis in dated}
    known = {name: average for name, (average, _) in averages.items() if average is not None}
    if len(known) < 2:
        return None
    pick = max if direction is Direction.INCREASE else min
    best = pick(known, key=lambda name: known[name])
    before = Span(edges[-2], edges[-1]) if len(edges) > 1 else None
    rows = []
    for name, analysis in dated:
        average, count = averages[name]
        earlier = pooled(analysis, before, with_last=False)[0] if before else None
        apart = None if average is None else average - known[best]
        ratio = average / known[best] if average is not None and known[best] else None
        rows.append(GroupAverage(name, earlier, average, count, apart, ratio))
    return Gap(tuple(rows), best, now, _shown(dated, before))


def _shown(groups: Sequence[tuple[str, Analysis]], before: Span | None) -> Span | None:
    """The span before with the last period that is really in it."""
    if before is None:
        return None
    inside = [str(x) for _, analysis in groups for x in analysis.x if before.first <= str(x) < before.last]
    return Span(before.first, max(inside, default=before.first))


def pooled(analysis: Analysis, span: Span, *, with_last: bool = True) -> tuple[float | None, int]:
    """The pooled average over a span and how many points it rests on."""

    def inside(x: str) -> bool:
        return span.first <= x <= span.last if with_last else span.first <= x < span.last

    rows = [
        (value, size)
        for x, value, size, use in zip(analysis.x, analysis.y, analysis.n, analysis.included, strict=True)
        if use and value is not None and inside(str(x))
    ]
    weights = [1.0 if size is None else size for _, size in rows]
    total = sum(weights)
    if not total:
        return None, 0
    return sum(value * weight for (value, _), weight in zip(rows, weights, strict=True)) / total, len(rows)


def gap_sentence(gap: Gap, words: MeasureWords) -> str:
    """The gap in plain words."""
    worst = gap.widest
    if not worst.gap or worst.now is None:
        return "The groups have the same average."
    best = next(group for group in gap.groups if group.name == gap.best)
    high, low = show_two(worst.now, best.now or 0.0, words.unit)
    ratio = f" That is {show_number(worst.ratio, decimals=1)} times as high." if worst.ratio and worst.ratio > 1 else ""
    sentence = (
        f"From {the_period(gap.now.first, words.rhythm)} to {the_period(gap.now.last, words.rhythm)} the average was "
        f"{high} for {worst.name} and {low} for {gap.best}: a gap of {gap_number(worst.gap, words.unit)}.{ratio}"
    )
    if gap.before is None or worst.before is None or best.before is None:
        return sentence
    earlier = abs(worst.before - best.before)
    change = abs(worst.gap) - earlier
    moved = "as wide" if abs(change) < 1e-9 else "wider" if change > 0 else "narrower"
    return (
        f"{sentence} In the time before, {from_period(gap.before.first, words.rhythm)} to "
        f"{the_period(gap.before.last, words.rhythm)}, it was {gap_number(earlier, words.unit)}: it is {moved} now."
    )


def gap_number(gap: float, unit: str) -> str:
    """A gap as a reader needs it: a difference of percentages is in percentage points."""
    if short_unit(unit) == "%":
        return f"{show_number(abs(gap), decimals=1)} percentage points"
    return show_number(abs(gap), unit)


def span_words(span: Span, words: MeasureWords) -> str:
    """June 2022 to December 2023."""
    return f"{show_period(span.first, words.rhythm)} to {show_period(span.last, words.rhythm)}"
