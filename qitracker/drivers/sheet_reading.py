"""Reading a sheet: what each of its rows would add to a diagram, or why it cannot be read. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from qitracker.drivers.sheet import BETWEEN_PARENTS, COLUMNS, Finding, Known, Place, Plan, Row, key_of
from qitracker.method.drivers import DRIVERS, LEVEL_WORDS, Level, why_not_hang
from qitracker.method.ideas import IDEA_STATUS_WORDS, IdeaStatus, why_not_move
from qitracker.plumbing.reading.grid import Grid, GridRow
from qitracker.plumbing.reading.text import clean
from qitracker.plumbing.reading.unreadable import Unreadable, quoted

MOST_ROWS = 500
"""A diagram of more boxes than this cannot be read on any screen. Ours."""
LONGEST = {Level.PRIMARY: 200, Level.SECONDARY: 200, Level.IDEA: 300}

_LEVELS: Mapping[str, Level] = {
    **{level.value: level for level in Level},
    **{words.casefold(): level for level, words in LEVEL_WORDS.items()},
    "change": Level.IDEA,
}
_STATUSES: Mapping[str, IdeaStatus] = {
    **{status.value: status for status in IdeaStatus},
    **{words.casefold(): status for status, words in IDEA_STATUS_WORDS.items()},
}


def understand(grid: Grid, place: Place) -> Plan:
    """Every row of the sheet with what would be done with it.

    Raises Unreadable when the sheet as a whole cannot be read: no heading, no level or text column, too long.
    """
    if not grid.rows:
        raise Unreadable("There is nothing in it. Copy the rows with their heading", "empty")
    columns = _columns(grid.rows[0])
    body = grid.rows[1:]
    if len(body) > MOST_ROWS:
        raise Unreadable(f"This has {len(body):,} rows, and a diagram may have {MOST_ROWS}", "too_big")
    if not body:
        raise Unreadable("There is only a heading. Add at least one row below it", "empty")
    reading = _Reading(place)
    first = [reading.first_look(row, columns) for row in body]
    return Plan(tuple(reading.second_look(row) for row in first))


def _columns(heading: GridRow) -> dict[str, int]:
    titles = [cell.strip().casefold() for cell in heading.cells]
    columns = {name: titles.index(name) for name in COLUMNS if name in titles}
    missing = [name for name in ("level", "text") if name not in columns]
    if missing:
        raise Unreadable(
            f"The first row needs the headings {', '.join(COLUMNS)}. Not found: {', '.join(missing)}", "heading"
        )
    return columns


@dataclass(frozen=True, slots=True)
class _Looked:
    """A row after the first look: its cells, cleaned."""

    row: Row
    parents_cell: str = ""
    is_repeat_of: int = 0


@dataclass(slots=True)
class _Reading:
    """Two looks at each row: the first learns which boxes the sheet names, the second joins them."""

    place: Place
    levels: dict[str, list[Level]] = field(default_factory=dict)  # of every box by its key, there or in the sheet
    texts: dict[str, str] = field(default_factory=dict)  # by key
    there: dict[tuple[Level, str], Known] = field(default_factory=dict)
    first_rows: dict[tuple[Level, str], int] = field(default_factory=dict)
    measures: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.measures = {key_of(name): name for name in self.place.measures}
        for box in self.place.boxes:
            self.there.setdefault((box.level, key_of(box.text)), box)
            self._learn(box.level, box.text)

    def _learn(self, level: Level, text: str) -> None:
        levels = self.levels.setdefault(key_of(text), [])
        if level not in levels:
            levels.append(level)
        self.texts.setdefault(key_of(text), text)

    def first_look(self, row: GridRow, columns: Mapping[str, int]) -> _Looked:
        """Level, text, status and measure of a row by themselves."""
        cells = {name: _cell(row, index) for name, index in columns.items()}
        try:
            return self._read(row.number, cells)
        except Unreadable as problem:
            level, text = _LEVELS.get(key_of(cells["level"])), quoted(cells["text"])[1:-1]
            return _Looked(Row(number=row.number, finding=Finding.WRONG, level=level, text=text, why=problem.sentence))

    def _read(self, number: int, cells: Mapping[str, str]) -> _Looked:
        level = _LEVELS.get(key_of(cells["level"]))
        if level is None:
            words = ", ".join(words.lower() for one, words in LEVEL_WORDS.items() if one is not Level.AIM)
            raise Unreadable(f"Level is {quoted(cells['level'])}. It must be one of: {words}")
        if level is Level.AIM:
            why = "The aim has a page of its own"
            return _Looked(Row(number=number, finding=Finding.LEFT_OUT, level=level, text=cells["text"], why=why))
        text = " ".join(clean(cells["text"], LONGEST[level]).split())
        if not text:
            raise Unreadable("There is no text")
        status = self._status(level, cells.get("status", ""), is_new=(level, key_of(text)) not in self.there)
        measure = self._measure(level, cells.get("measure", ""))
        self._refuse_twin(level, text)
        repeats = self.first_rows.setdefault((level, key_of(text)), number)
        self._learn(level, text)
        row = Row(number=number, finding=Finding.NEW, level=level, text=text, status=status, measure=measure)
        return _Looked(row, cells.get("parents", ""), 0 if repeats == number else repeats)

    def _status(self, level: Level, cell: str, *, is_new: bool) -> IdeaStatus:
        if level is not Level.IDEA or not cell:
            return IdeaStatus.NEW
        status = _STATUSES.get(key_of(cell))
        if status is None:
            words = ", ".join(IDEA_STATUS_WORDS.values())
            raise Unreadable(f"Status is {quoted(cell)}. It must be one of: {words}")
        if is_new and (reason := why_not_move(IdeaStatus.NEW, status, self.place.stage)):
            raise Unreadable(f"A new idea cannot start as {quoted(IDEA_STATUS_WORDS[status])}. {reason.sentence}")
        return status

    def _measure(self, level: Level, cell: str) -> str:
        if not cell:
            return ""
        if level is Level.IDEA:
            raise Unreadable("A change idea has no measure here. Give it to the driver")
        name = self.measures.get(key_of(cell))
        if name is None:
            raise Unreadable(f"This project has no measure called {quoted(cell)}")
        return name

    def _refuse_twin(self, level: Level, text: str) -> None:
        others = set(self.levels.get(key_of(text), ())) & (DRIVERS - {level})
        if level in DRIVERS and others and (level, key_of(text)) not in self.there:
            raise Unreadable(f"There is a {LEVEL_WORDS[others.pop()].lower()} with these words")

    def second_look(self, looked: _Looked) -> Row:
        """The row with its parents, and what is done with it."""
        row = looked.row
        if row.finding is not Finding.NEW or row.level is None:
            return row
        try:
            parents = self._parents(row.level, looked.parents_cell)
        except Unreadable as problem:
            return replace(row, finding=Finding.WRONG, why=problem.sentence)
        known = self.there.get((row.level, key_of(row.text)))
        if known is None:
            if looked.is_repeat_of:
                finding = Finding.JOINS if parents else Finding.LEFT_OUT
                return replace(row, finding=finding, parents=parents, why=f"The same as row {looked.is_repeat_of}")
            return replace(row, parents=parents)
        return self._beside(row, known, parents)

    def _beside(self, row: Row, known: Known, parents: tuple[str, ...]) -> Row:
        """A row whose box is there: what it adds to it, if anything."""
        has = {key_of(parent) for parent in known.parents}
        more = tuple(parent for parent in parents if key_of(parent) not in has)
        measure = row.measure if not known.measure else ""
        finding = Finding.JOINS if more or measure else Finding.EXISTS
        return replace(row, finding=finding, parents=more, measure=measure)

    def _parents(self, level: Level, cell: str) -> tuple[str, ...]:
        if level is Level.PRIMARY:
            if cell and key_of(cell) not in {key_of(self.place.aim), "aim"}:
                raise Unreadable("A primary driver hangs on the aim. Leave parents empty")
            return ()
        found: list[str] = []
        for name in self._split(cell):
            key = key_of(name)
            if key not in self.levels:
                raise Unreadable(f"There is no driver called {quoted(name)}, here or in the sheet")
            reasons = [why_not_hang(level, above) for above in self.levels[key]]
            if all(reasons):
                raise Unreadable(next(reason.sentence for reason in reasons if reason))
            found.append(self.texts[key])
        return tuple(dict.fromkeys(found))

    def _split(self, cell: str) -> list[str]:
        """The names in a cell; a driver whose own words hold a bar is taken whole."""
        parts = [part.strip() for part in cell.split("|")]
        names: list[str] = []
        while parts:
            whole = range(len(parts), 0, -1)
            size = next((n for n in whole if key_of(BETWEEN_PARENTS.join(parts[:n])) in self.levels), 1)
            names.append(BETWEEN_PARENTS.join(parts[:size]))
            parts = parts[size:]
        return [name for name in names if name]


def _cell(row: GridRow, index: int) -> str:
    return row.cells[index].strip() if index < len(row.cells) else ""
