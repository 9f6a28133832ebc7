"""The aim of a project: its parts, the sentence they make, and what a good aim still lacks.

Numbers are exact decimals inside. Rounding, for words only: half away from zero; a level to one decimal,
below 1 to two; a percentage change to a whole number, below 10 to one decimal; no zeros at the end. A level
as typed by a team keeps up to three decimals, so what they wrote is what they read.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum

from qitracker.method.dates import in_words
from qitracker.method.reasons import Reason

Number = Decimal | float | int


class Direction(StrEnum):
    """Which way the measure should go."""

    INCREASE = "increase"
    DECREASE = "decrease"


PERCENT = "%"


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """The parts of an aim; any may still be missing. `start` and `target` are levels of the measure in
    `unit`.

    The five boxes of a SMART aim: by when, what, from and to, for whom.
    """

    measure: str = ""
    population: str = ""
    start: Number | None = None
    target: Number | None = None
    unit: str = ""
    by: date | None = None
    direction: Direction | None = None

    @property
    def way(self) -> Direction | None:
        """The way from start to target; where one is missing or both are equal, the direction that was
        chosen."""
        if self.start is None or self.target is None or exact(self.start) == exact(self.target):
            return self.direction
        return Direction.INCREASE if exact(self.target) > exact(self.start) else Direction.DECREASE


def exact(number: Number) -> Decimal:
    """A number as the decimal its shortest writing shows: 0.1 is one tenth.

    Raises ValueError for NaN and infinity.
    """
    value = number if isinstance(number, Decimal) else Decimal(str(number))
    if not value.is_finite():
        raise ValueError("an aim needs ordinary numbers")
    return value


def number_in_words(number: Number, places: int = 3, rounding: str = ROUND_HALF_UP) -> str:
    """A number with commas for thousands and no zeros at the end, at most `places` decimals."""
    rounded = exact(number).quantize(Decimal(1).scaleb(-places), rounding=rounding)
    text = f"{rounded:,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def level_in_words(level: Number, unit: str = "", rounding: str = ROUND_HALF_UP) -> str:
    """A computed level, rounded for reading: "9.1%", "4.5 per 1,000 bed days"."""
    return with_unit(number_in_words(level, 2 if abs(exact(level)) < 1 else 1, rounding), unit)


def with_unit(number: str, unit: str) -> str:
    """A number and its unit; only the percent sign stands without a space."""
    if unit == PERCENT:
        return number + PERCENT
    return f"{number} {unit}".strip()


def percentage_change(start: Number, target: Number) -> Decimal | None:
    """How much target differs from start, in % of start and without sign.

    None from 0, where it has no meaning.
    """
    if exact(start) == 0:
        return None
    return abs(exact(target) - exact(start)) / abs(exact(start)) * 100


def sentence(aim: Aim) -> str:
    """The aim in one sentence, as far as its parts are there; empty when there is no part at all.

    A fall in a percentage is said relative to its start, as teams do ("by 50% (from 12% to 6%)"). A rise in a
    percentage is said in percentage points, since "by 300%" of a percentage misleads. From 0 there is no
    change to compute, so only the levels are said.
    """
    if not (aim.measure.strip() or aim.population.strip() or aim.target is not None or aim.by):
        return ""
    verb = _VERBS[aim.way]
    parts = [verb, _as_object(aim.measure), _for(aim.population), _change(aim)]
    if aim.by is not None:
        parts.append(f"by {in_words(aim.by)}")
    return " ".join(part for part in parts if part) + "."


_VERBS = {Direction.INCREASE: "Increase", Direction.DECREASE: "Reduce", None: "Change"}

_KEEP_CAPITAL = frozenset(
    {"Apgar", "Barthel", "Braden", "Bristol", "Clostridioides", "Glasgow", "Rockwood", "Waterlow"}
)
"""Scales and organisms named after people and places, which keep their capital inside a sentence."""

_PREPOSITIONS = ("for", "on", "in", "at", "among", "within", "across", "of", "with", "who", "from")


def _as_object(measure: str) -> str:
    """A measure's name inside a sentence: a plain first word loses its capital, an acronym or a name keeps
    it."""
    name = " ".join(measure.split()).rstrip(".")
    first = name.split(" ")[0]
    if not first[1:].islower() or first.rstrip("'s") in _KEEP_CAPITAL or first in _KEEP_CAPITAL:
        return name or "the measure"
    return name[0].lower() + name[1:]


def _for(population: str) -> str:
    text = " ".join(population.split()).rstrip(".")
    if not text:
        return ""
    return text[0].lower() + text[1:] if text.split(" ")[0].lower() in _PREPOSITIONS else f"for {text}"


def _change(aim: Aim) -> str:
    if aim.target is None:
        return ""
    target = with_unit(number_in_words(aim.target), aim.unit)
    if aim.start is None:
        return f"to {target}"
    start_unit = aim.unit if aim.unit == PERCENT else ""
    levels = f"from {with_unit(number_in_words(aim.start), start_unit)} to {target}"
    size = _size(aim)
    return f"by {size} ({levels})" if size else levels


def _size(aim: Aim) -> str:
    """How large the change is, in words; empty where that has no meaning."""
    if aim.start is None or aim.target is None or exact(aim.start) == exact(aim.target):
        return ""
    if aim.unit == PERCENT and aim.way is Direction.INCREASE:
        return points_in_words(abs(exact(aim.target) - exact(aim.start)))
    change = percentage_change(aim.start, aim.target)
    return "" if change is None else with_unit(number_in_words(change, 1 if change < 10 else 0), PERCENT)


def points_in_words(points: Number, rounding: str = ROUND_HALF_UP) -> str:
    """ "3 percentage points", "1 percentage point"."""
    number = level_in_words(points, rounding=rounding)
    return f"{number} percentage {'point' if number == '1' else 'points'}"


SMALL_CHANGE = 10
"""Below 10% of the start a change is hard to tell from ordinary variation on a team's chart. Ours."""
LARGE_CHANGE = 90
"""A cut by 90% or more, 0 included, is rarely reached in one project. Ours."""
SHORTEST_TIME = timedelta(days=56)
"""Less than 8 weeks leaves no room for the 8 weekly points a shift needs: Provost and Murray (2011), figure
4.5."""


def checks(aim: Aim, today: date) -> tuple[Reason, ...]:
    """What the aim still lacks and what looks odd, in the order of its boxes. Advice: a team may leave it so.

    Codes of missing parts start with "no_": `n_missing(checks)` counts them.
    """
    return tuple(_missing(aim)) + tuple(_odd_numbers(aim)) + tuple(_odd_dates(aim, today))


def n_missing(reasons: tuple[Reason, ...]) -> int:
    """How many parts of an aim are missing, among its checks."""
    return sum(reason.code.startswith("no_") for reason in reasons)


_PARTS = (
    ("measure", "no_measure", "Say what should change, as something you can measure."),
    ("population", "no_population", "Say for whom or where."),
    ("start", "no_start", "Say where you are now. Collect a few numbers first if you do not know."),
    ("target", "no_target", "Say how far you want to get, as a number."),
    ("unit", "no_unit", "Say what the number is: %, days, falls per 1,000 bed days."),
    ("by", "no_date", "Say by when."),
)


def _missing(aim: Aim) -> list[Reason]:
    return [Reason(code, words) for part, code, words in _PARTS if _is_blank(getattr(aim, part))]


def _is_blank(part: object) -> bool:
    return part is None or (isinstance(part, str) and not part.strip())


def _odd_numbers(aim: Aim) -> list[Reason]:
    found: list[Reason] = []
    levels = [exact(level) for level in (aim.start, aim.target) if level is not None]
    if aim.unit == PERCENT and any(not 0 <= level <= 100 for level in levels):
        found.append(Reason("percent_out_of_range", "A percentage lies between 0 and 100."))
    if len(levels) < 2:
        return found
    start, target = levels
    change = percentage_change(start, target)
    if start == target:
        found.append(Reason("same_level", "The target is the same as the start, so nothing would change."))
    elif aim.direction is not None and aim.direction is not aim.way:
        found.append(Reason("wrong_way", "The numbers go the other way from the direction you chose."))
    elif change is not None and change < SMALL_CHANGE:
        found.append(Reason("small_change", "This is a small change. It may be hard to see on a chart."))
    elif change is not None and change >= LARGE_CHANGE and aim.way is Direction.DECREASE:
        found.append(Reason("large_change", "This is a very large change for one project. Is it within reach?"))
    return found


def _odd_dates(aim: Aim, today: date) -> list[Reason]:
    if aim.by is None:
        return []
    if aim.by <= today:
        return [Reason("date_past", f"{in_words(aim.by)} is not in the future.")]
    if aim.by - today < SHORTEST_TIME:
        return [Reason("date_soon", "That is soon. A chart needs about 8 new numbers to show a change.")]
    return []


ROUND_TOWARDS_START = ROUND_DOWN
"""Points gained are rounded down, so that nearly there never reads as there."""
