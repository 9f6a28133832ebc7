"""The diagram as rows of a sheet, and rows of a sheet as additions to a diagram. Pure: no database, no Flask.

A row has a level, a text, parents (joined with " | "), a status (of an idea) and a measure (of a driver). What a
sheet brings in is only ever added: nothing that is there is changed or removed.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qitracker.method.drivers import LEVEL_WORDS, Level
from qitracker.method.ideas import IDEA_STATUS_WORDS, IdeaStatus

COLUMNS = ("level", "text", "parents", "status", "measure")
BETWEEN_PARENTS = " | "


@dataclass(frozen=True, slots=True)
class Known:
    """A box that is in the project: what is compared with the sheet."""

    level: Level
    text: str
    parents: frozenset[str] = frozenset()  # their texts
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """What the sheet is read against: the boxes there, names of measures, the aim's sentence, the project's stage."""

    boxes: tuple[Known, ...]
    measures: tuple[str, ...]
    aim: str
    stage: str


class Finding(StrEnum):
    """What is done with a row."""

    NEW = "new"
    JOINS = "joins"  # is there already, and gets another parent or a measure
    EXISTS = "exists"
    LEFT_OUT = "left_out"
    WRONG = "wrong"


FINDING_WORDS: Mapping[Finding, str] = {
    Finding.NEW: "New",
    Finding.JOINS: "Is there, is joined",
    Finding.EXISTS: "Is there already",
    Finding.LEFT_OUT: "Left out",
    Finding.WRONG: "Cannot be read",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row as understood. `parents` are the texts of the boxes it is to hang on that it does not hang on yet."""

    number: int
    finding: Finding
    level: Level | None = None
    text: str = ""
    parents: tuple[str, ...] = ()
    status: IdeaStatus = IdeaStatus.NEW
    measure: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """All rows in the order of the sheet."""

    rows: tuple[Row, ...]

    def of(self, *findings: Finding) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.finding in findings)

    @property
    def can_be_saved(self) -> bool:
        """All or nothing: one row that cannot be read holds the whole sheet."""
        return not self.of(Finding.WRONG) and bool(self.of(Finding.NEW, Finding.JOINS))

    @property
    def digest(self) -> str:
        """Changes when anything in the plan does: what is saved is what was checked."""
        said = [(row.finding, row.level, row.text, row.parents, row.status, row.measure) for row in self.rows]
        return hashlib.sha256(repr(said).encode("utf-8", "replace")).hexdigest()[:20]


def rows_out(
    boxes: Iterable[tuple[Level, str, Sequence[str], IdeaStatus | None, str]],
) -> Iterator[tuple[str, str, str, str, str]]:
    """Boxes as rows of the sheet: (level, text, texts of its parents, status of an idea, name of its measure)."""
    for level, text, parents, status, measure in boxes:
        yield (
            LEVEL_WORDS[level],
            text,
            BETWEEN_PARENTS.join(parents),
            IDEA_STATUS_WORDS[status] if status else "",
            measure,
        )


def key_of(text: str) -> str:
    """The same for texts that a reader takes for the same."""
    return " ".join(text.split()).casefold()
