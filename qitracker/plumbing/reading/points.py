"""Rows of a paste as points of one series: what is new, the same, changed, wrong or left out, each with its reason.

Nothing is saved here and nothing is dropped in silence: every row below the headings that is not blank comes back.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from qitracker.plumbing.reading.dates import read_date_column
from qitracker.plumbing.reading.grid import MOST_COLUMNS, Grid, GridRow
from qitracker.plumbing.reading.headings import Columns, Role, Shape, cell, column_place, is_date, understand_columns
from qitracker.plumbing.reading.numbers import Bound
from qitracker.plumbing.reading.periods import period_of, say_period
from qitracker.plumbing.reading.rows import LARGER, Existing, Expected, RowReader, RowReading, State, by_period
from qitracker.plumbing.reading.unreadable import Unreadable, quoted


@dataclass(frozen=True, slots=True)
class Understood:
    """A whole paste: its rows in order, the columns taken, what holds for all rows, and whether it lay on its side."""

    rows: tuple[RowReading, ...]
    columns: Columns
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    transposed: bool = False

    def _count(self, state: State) -> int:
        return sum(row.state is state for row in self.rows)

    @property
    def n_new(self) -> int:
        """Rows that add a point."""
        return self._count(State.NEW)

    @property
    def n_same(self) -> int:
        """Rows that say what is already there."""
        return self._count(State.SAME)

    @property
    def n_changes(self) -> int:
        """Rows that change a point."""
        return self._count(State.CHANGES)

    @property
    def n_wrong(self) -> int:
        """Rows that cannot be saved as they are."""
        return self._count(State.WRONG)

    @property
    def n_skipped(self) -> int:
        """Rows that hold no point."""
        return self._count(State.SKIPPED)

    @property
    def n_cautions(self) -> int:
        """Rows to look at before saving."""
        return sum(bool(row.caution) for row in self.rows)

    @property
    def to_save(self) -> tuple[RowReading, ...]:
        """The rows that saving would write."""
        return tuple(row for row in self.rows if row.state in {State.NEW, State.CHANGES})


def understand(
    grid: Grid,
    *,
    shape: Shape,
    rhythm: str,
    today: date,
    existing: Existing,
    proportion: bool = False,
    percent: bool = False,
    low: Bound | None = None,
    high: Bound | None = None,
    names: Mapping[Role, str] | None = None,
) -> Understood:
    """Read a grid as points of one series. `rhythm` is 'day', 'week', 'fortnight', 'month', 'quarter' or 'none'.

    `existing` holds the points there are. `proportion`: the numerator counts some of the denominator. `percent`: the
    values are percentages. `low`, `high`: bounds of a value. `names`: the measure's own words for its numbers.
    Raises Unreadable only when the columns cannot be made out at all.
    """
    expected = Expected(shape, rhythm, proportion, percent, low, high)
    start = _date_row(grid, today)
    transposed = _lies_on_its_side(grid, start, today)
    rows = _stood_up(grid.rows[start:]) if transposed else grid.rows
    columns = understand_columns(
        rows,
        shape=shape,
        today=today,
        names=names or {},
        place=(lambda i: f"Row {grid.rows[start + i].number}") if transposed else column_place,
    )
    body = rows[columns.first_row :]
    dates = read_date_column([cell(row, columns.date.index) for row in body], today=today)
    reader = RowReader(expected, columns, transposed, by_period(existing, rhythm), existing)
    readings = [reader.row(row, day) for row, day in zip(body, dates, strict=True)]
    readings = _without_repeats(readings, rhythm)
    return Understood(tuple(readings), columns, _notes(rhythm), _problems(readings, columns, expected), transposed)


def _without_repeats(readings: list[RowReading], rhythm: str) -> list[RowReading]:
    """Two rows for one period are both wrong: which of them is meant, only the person knows."""
    rows_of: dict[date, list[RowReading]] = defaultdict(list)
    for reading in readings:
        if reading.date is not None:
            rows_of[period_of(reading.date, rhythm)].append(reading)
    problems = {
        reading.row_number: f"{_listed(group)} are both for {say_period(period, rhythm)}. Keep one of them"
        if len(group) == 2
        else f"{_listed(group)} are all for {say_period(period, rhythm)}. Keep one of them"
        for period, group in rows_of.items()
        if len(group) > 1
        for reading in group
    }
    return [
        replace(
            reading,
            state=State.WRONG,
            problem=reading.problem or problems[reading.row_number],
            code=reading.code or "repeated",
        )
        if reading.row_number in problems
        else reading
        for reading in readings
    ]


_MOST_LISTED = 5


def _listed(group: list[RowReading]) -> str:
    kind = group[0].place.split()[0]
    names = [reading.place.split()[1] for reading in group]
    if len(names) > _MOST_LISTED:
        return f"{kind}s {', '.join(names[:_MOST_LISTED])} and {len(names) - _MOST_LISTED} more"
    return f"{kind}s {', '.join(names[:-1])} and {names[-1]}"


def _notes(rhythm: str) -> tuple[str, ...]:
    return {
        "month": ("Each date counts for its month",),
        "quarter": ("Each date counts for its quarter, which starts in January, April, July or October",),
        "week": ("Each date counts for its week, which starts on a Monday",),
    }.get(rhythm, ())


def _problems(readings: list[RowReading], columns: Columns, expected: Expected) -> tuple[str, ...]:
    problems = list(columns.cautions)
    larger = sum(reading.code == LARGER for reading in readings)
    if expected.proportion and larger * 2 > sum(reading.state is not State.SKIPPED for reading in readings):
        above, below = columns.numbers
        problems.append(
            f"{quoted(above.label)} and {quoted(below.label)} may be the wrong way round. Check the headings"
        )
    return tuple(problems)


def _date_row(grid: Grid, today: date) -> int:
    """The first row with a date in it, by position."""
    return next((i for i, row in enumerate(grid.rows) if any(is_date(text.strip(), today) for text in row.cells)), 0)


def _lies_on_its_side(grid: Grid, start: int, today: date) -> bool:
    """Whether the dates stand across one row: most cells of it are dates, and the next row has none."""
    across = [text.strip() for text in grid.rows[start].cells if text.strip()]
    dates = sum(is_date(text, today) for text in across)
    below = grid.rows[start + 1 : start + 2]
    return (
        dates >= 2
        and dates * 2 > len(across)
        and bool(below)
        and not any(is_date(t.strip(), today) for t in below[0].cells)
    )


def _stood_up(lying: tuple[GridRow, ...]) -> tuple[GridRow, ...]:
    """Rows and columns exchanged, from the row of dates on; a row's number is then its column's, from 1."""
    if len(lying) > MOST_COLUMNS:
        raise Unreadable(
            f"The dates stand in one row with more than {MOST_COLUMNS - 1} rows below it. "
            "Copy only the row of dates and the rows of numbers that you need",
            "too_big",
        )
    width = max(len(row.cells) for row in lying)
    standing = (GridRow(i + 1, tuple(cell(row, i) for row in lying)) for i in range(width))
    return tuple(row for row in standing if any(row.cells))
