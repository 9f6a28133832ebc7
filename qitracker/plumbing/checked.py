"""What a backup was found to hold."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, inspect, text


class BackupFailed(RuntimeError):  # noqa: N818 (it names an outcome, and its message is for people)
    """No backup, or nothing restored; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A database as it was counted. `rows` is None where the copy itself was not counted."""

    revision: str
    tables: int
    rows: int | None

    def in_words(self) -> str:
        rows = "" if self.rows is None else f" and {self.rows:,} {'row' if self.rows == 1 else 'rows'}"
        return f"{self.tables} tables{rows} checked, revision {self.revision}"


def counts(connection: Connection) -> dict[str, int]:
    """How many rows each table holds, Alembic's own left out."""
    quote = connection.dialect.identifier_preparer.quote
    names = sorted(set(inspect(connection).get_table_names()) - {"alembic_version"})
    return {name: connection.scalar(text(f"SELECT count(*) FROM {quote(name)}")) or 0 for name in names}  # noqa: S608 (our own tables' names, quoted)


def size(path: Path) -> str:
    """A file's size as people say it: 512 bytes, 1.4 MB."""
    n = float(path.stat().st_size)
    for unit in ("bytes", "kB", "MB"):
        if n < 1000:
            return f"{n:.0f} {unit}" if unit == "bytes" or n >= 100 else f"{n:.1f} {unit}"
        n /= 1000
    return f"{n:.1f} GB"
