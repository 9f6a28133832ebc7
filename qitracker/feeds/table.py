"""The check page's table: each row as it was understood, in words. Pure."""

from dataclasses import dataclass

from qitracker.charts.periods import show_period
from qitracker.feeds.definition import Definition
from qitracker.feeds.numbers import Numbers, say, say_shortly
from qitracker.feeds.understanding import numbers_of, old_numbers_of
from qitracker.plumbing.reading.points import Understood
from qitracker.plumbing.reading.rows import RowReading, State

ALL_UP_TO = 200  # rows that a phone shows without trouble; beyond it what needs a look comes first
MOST_OF_A_STATE = {State.WRONG: 200, State.CHANGES: 200, State.SKIPPED: 50, State.SAME: 20, State.NEW: 50}
WORDS = {
    State.WRONG: "Cannot be saved",
    State.CHANGES: "Changes",
    State.SKIPPED: "Left out",
    State.SAME: "Already there",
    State.NEW: "New",
}


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: where it stands in the paste, what is there now, what it is read as (else what was typed), a remark."""

    state: str
    words: str
    place: str
    period: str
    now: str
    new: str
    remark: str


@dataclass(frozen=True, slots=True)
class Table:
    """The rows shown; `n_hidden` more are not, because the paste is long."""

    rows: tuple[TableRow, ...]
    n_hidden: int


def table_of(understood: Understood, definition: Definition, *, everything: bool) -> Table:
    """All rows in their order, or, when there are many, those that need a look first."""
    rows = understood.rows
    if not everything and len(rows) > ALL_UP_TO:
        rows = tuple(
            row for state, most in MOST_OF_A_STATE.items() for row in [r for r in rows if r.state is state][:most]
        )
    return Table(tuple(_row(row, definition) for row in rows), len(understood.rows) - len(rows))


def _row(row: RowReading, definition: Definition) -> TableRow:
    new, old = numbers_of(row), old_numbers_of(row)
    typed = [text for text in row.typed if text]
    is_same = row.state is State.SAME
    return TableRow(
        state=row.state.value,
        words=WORDS[row.state],
        place=row.place,
        period=show_period(row.date, definition.rhythm) if row.date else ", ".join(typed),
        now=say(new, definition) if is_same and new else (say_shortly(old, definition) if old else ""),
        new="" if is_same else _new(row, new, definition),
        remark=row.problem or row.caution,
    )


def _new(row: RowReading, new: Numbers | None, definition: Definition) -> str:
    if new is not None:
        return say(new, definition)
    return ", ".join(text for text in row.typed[1:] if text) if row.date else ""
