"""Which column of a paste is the date, the value, the two counts: by heading, else by content, else by position.

What was taken as what is always said (`Columns.account`), so that a wrong guess is seen before anything is saved.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import permutations

from qitracker.plumbing.reading.dates import read_date
from qitracker.plumbing.reading.grid import GridRow, column_letter
from qitracker.plumbing.reading.numbers import read_number
from qitracker.plumbing.reading.unreadable import Unreadable, quoted


class Shape(StrEnum):
    """What one point of a series consists of: one value, or how many out of how many."""

    VALUE = "value"
    COUNTS = "counts"


class Role(StrEnum):
    """What a column is for."""

    DATE = "date"
    VALUE = "value"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"


NUMBERS_OF = {Shape.VALUE: (Role.VALUE,), Shape.COUNTS: (Role.NUMERATOR, Role.DENOMINATOR)}
_IN_WORDS = {
    Role.DATE: "the date",
    Role.VALUE: "the value",
    Role.NUMERATOR: "how many",
    Role.DENOMINATOR: "out of how many",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column that was taken: what for, where (counted from 0), and its heading ('' if it has none)."""

    role: Role
    index: int
    name: str
    place: str

    @property
    def label(self) -> str:
        """How a sentence calls it: its heading, else where it is."""
        return self.name or self.place


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns taken, date first; the rows above the data by position (`first_row`); and the account of it all."""

    taken: tuple[Column, ...]
    first_row: int
    heading_row: int | None
    account: tuple[str, ...]
    cautions: tuple[str, ...] = ()

    @property
    def date(self) -> Column:
        """The column of dates."""
        return self.taken[0]

    @property
    def numbers(self) -> tuple[Column, ...]:
        """The column of values, or the two columns of counts, numerator first."""
        return self.taken[1:]


# Words in headings and how much they say: a regular expression over the heading in lower case, and a weight.
# The words are those of NHS audit sheets: domain knowledge, not a standard. A percentage is never one of two counts.
_WORDS: Mapping[Role, tuple[tuple[str, int], ...]] = {
    Role.DATE: (
        (r"(date|month|week|day|period|quarter|when|week commencing|w/?c|reporting period|year and month)", 6),
        (r".*\b(date|month|week|day|period|quarter|commencing|beginning)\b.*", 2),
    ),
    Role.VALUE: (
        (r"(value|result|measure|measurement|reading|score)", 6),
        (r".*(%|\b(percent|percentage|per cent|pct|rate|ratio|proportion|per 1,?000|per 100)\b).*", 6),
        (r".*\b(mean|average|median|value|score|time|minutes|mins|hours|length of stay|los|days since)\b.*", 3),
    ),
    Role.NUMERATOR: (
        (r".*\b(numerator|num)\b.*", 12),
        (
            r".*\b(pph|falls?|events?|cases?|infections?|ulcers?|incidents?|errors?|harms?|deaths?|complications?)\b.*",
            4,
        ),
        (r".*\b(compliant|met|yes|done|completed|given|readmissions?|readmitted|cancelled|dnas?|delays?|late)\b.*", 4),
        (r".*\b(count|number|no|n|with|had)\b.*", 1),
        (r".*(%|\b(percent|percentage|pct|rate|proportion|ratio)\b).*", -20),
    ),
    Role.DENOMINATOR: (
        (r".*\b(denominator|denom|den)\b.*", 12),
        (
            r".*\b(births?|deliveries|bed ?days|obds?|patients?|admissions?|attendances?|discharges?|women|babies)\b.*",
            4,
        ),
        (r".*\b(out of|sample|population|opportunities|eligible|reviewed|audited|checked|total|procedures?)\b.*", 4),
        (r".*\b(all|of)\b.*", 1),
        (r".*(%|\b(percent|percentage|pct|rate|proportion|ratio)\b).*", -20),
    ),
}
_COMPILED = {role: tuple((re.compile(p), weight) for p, weight in words) for role, words in _WORDS.items()}
_OWN_NAME = 8  # the measure's own word for it, above any word of the table but the plain "numerator"
_TOP = 10  # rows in which a heading may stand
_SAMPLE = 50  # rows of data looked at
_MOST_PAIRED = 12  # columns among which two counts are looked for


def cell(row: GridRow, index: int) -> str:
    """The cell without outer blanks, '' where the row is shorter."""
    return row.cells[index].strip() if index < len(row.cells) else ""


def reads(reader: Callable[[], object]) -> bool:
    """Whether a reader can read what it is given."""
    try:
        reader()
    except Unreadable:
        return False
    return True


def is_date(text: str, today: date) -> bool:
    """Whether a cell is meant as a date: readable, or refused for its range or order only. A bare number is none."""
    if not re.search(r"[^\d.,%+-]|\d[-/.]\d+[-/.]\d|\d{4}-\d", text):
        return False
    try:
        read_date(text, today=today)
    except Unreadable as refusal:
        return refusal.code in {"future", "too_early", "month_first", "weekday", "week_end"}
    return True


def _is_day_number(text: str, today: date) -> bool:
    return reads(lambda: read_date(text, today=today))


def is_number(text: str) -> bool:
    """Whether a cell is a number."""
    return reads(lambda: read_number(text))


def understand_columns(
    rows: tuple[GridRow, ...], *, shape: Shape, today: date, names: Mapping[Role, str], place: Callable[[int], str]
) -> Columns:
    """Say which column is which. `names` are the measure's own words, `place` names a column by where it is.

    Raises Unreadable when there are too few columns with numbers for the shape.
    """
    heading = _heading_row(rows, today, names)
    first = 0 if heading is None else heading + 1
    data = rows[first : first + _SAMPLE]
    width = max(len(row.cells) for row in rows)
    titles = tuple("" if heading is None else " ".join(cell(rows[heading], i).split()) for i in range(width))
    dates = _date_column(data, titles, today)
    has_numbers = [i for i in range(width) if any(is_number(cell(row, i)) for row in data)]
    usable = [i for i in range(width) if i != dates and (i in has_numbers or _best(titles[i], names) >= 4)]
    numbers, rivals = _number_columns(usable, titles, shape, names)
    taken = tuple(
        Column(role, index, titles[index], place(index))
        for role, index in zip((Role.DATE, *NUMBERS_OF[shape]), (dates, *numbers), strict=True)
    )
    left_out = [
        i for i in range(width) if i not in {dates, *numbers} and any(cell(row, i) for row in (*data, *rows[:first]))
    ]
    return Columns(
        taken,
        first,
        None if heading is None else rows[heading].number,
        _account(taken, [_said(titles[i], place(i)) for i in left_out], above=heading or 0),
        tuple(f"{_said(titles[i], place(i))} could be meant as well. Check which column was taken" for i in rivals),
    )


def _heading_row(rows: tuple[GridRow, ...], today: date, names: Mapping[Role, str]) -> int | None:
    """The row of headings: of the rows of words above the data the one whose words say most, in a draw the lowest."""
    wordy: dict[int, int] = {}
    for index, row in enumerate(rows[:_TOP]):
        texts = [text for i in range(len(row.cells)) if (text := cell(row, i))]
        dates, numbers = sum(is_date(text, today) for text in texts), sum(is_number(text) for text in texts)
        if (dates and numbers) or numbers == len(texts):
            break
        if not dates and not numbers:
            wordy[index] = sum(any(_weight(text, role, names) >= 2 for text in texts) for role in Role)
    chosen = max(wordy, key=lambda index: (wordy[index], index), default=None)
    return None if chosen == len(rows) - 1 else chosen


def _weight(title: str, role: Role, names: Mapping[Role, str]) -> int:
    plain = re.sub(r"[\s_]+", " ", title).strip(" :.*()").casefold()
    if not plain:
        return 0
    weight = sum(weight for pattern, weight in _COMPILED[role] if pattern.fullmatch(plain))
    own = names.get(role, "").strip().casefold()
    return weight + (_OWN_NAME if own and own in plain else 0)


def _best(title: str, names: Mapping[Role, str]) -> int:
    return max(_weight(title, role, names) for role in Role if role is not Role.DATE)


def _date_column(data: tuple[GridRow, ...], titles: tuple[str, ...], today: date) -> int:
    """The column with most dates in it; a bare five-digit number may be one (a spreadsheet's day number), weakly."""

    def weight(index: int) -> float:
        texts = [text for row in data if (text := cell(row, index))]
        found = sum(1.0 if is_date(text, today) else 0.5 * _is_day_number(text, today) for text in texts)
        return 12 * found / max(len(texts), 1) + _weight(titles[index], Role.DATE, {})

    weights = [weight(index) for index in range(len(titles))]
    return weights.index(max(weights))


def _number_columns(
    usable: list[int], titles: tuple[str, ...], shape: Shape, names: Mapping[Role, str]
) -> tuple[tuple[int, ...], list[int]]:
    """The columns of the numbers, and the columns that could be meant just as well by their headings."""
    roles = NUMBERS_OF[shape]
    if len(usable) < len(roles):
        needed = (
            "a date and a value" if shape is Shape.VALUE else "a date and two counts (how many, and out of how many)"
        )
        raise Unreadable(f"There are too few columns with numbers. Each row needs {needed}", "columns")
    choices = list(permutations(usable[:_MOST_PAIRED], len(roles)))
    weights = {c: sum(_weight(titles[i], role, names) for i, role in zip(c, roles, strict=True)) for c in choices}
    # In a draw two columns that share a word ("white births", "white PPH"), side by side, in order, furthest left.
    best = max(
        choices,
        key=lambda c: (
            weights[c],
            _shared_words([titles[i] for i in c]),
            -abs(c[0] - c[-1]),
            c[0] <= c[-1],
            [-i for i in c],
        ),
    )
    if weights[best] <= 0:
        return best, []
    return best, [
        i
        for i in usable
        if i not in best
        and any(
            _weight(titles[i], role, names) >= _weight(titles[b], role, names) > 0
            for b, role in zip(best, roles, strict=True)
        )
    ]


def _shared_words(titles: list[str]) -> int:
    return len(set.intersection(*(set(re.findall(r"[^\W_]+", title.casefold())) for title in titles)))


def _said(name: str, place: str) -> str:
    return f"{place} {quoted(name)}" if name else place


def _account(taken: tuple[Column, ...], left_out: list[str], *, above: int) -> tuple[str, ...]:
    said = [f"{_said(column.name, column.place)} is {_IN_WORDS[column.role]}" for column in taken]
    said += [f"{column} is left out" for column in left_out]
    return (*said, "What stands above the headings is left out") if above else tuple(said)


def column_place(index: int) -> str:
    """Where a column is, in words."""
    return f"Column {column_letter(index)}"
