"""Bringing a database to the tables this version needs, with Alembic.

All missing migrations run in one transaction: either the database is up to date afterwards, or it is as before.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url

from qitracker.plumbing.database import make_engine
from qitracker.plumbing.revisions import config_for, head, is_known, n_tables, revision_of

__all__ = ["MigrationFailed", "bring_up_to_date", "config_for", "downgrade", "upgrade", "why_not_current"]

BACKUPS_KEPT = 3
OURS = 7_166_451_984  # PostgreSQL's advisory lock for migrations: any number, as long as it stays the same


class MigrationFailed(RuntimeError):  # noqa: N818 (it names an outcome, and its message is for people)
    """The database was left as it was; the message says why."""


def upgrade(url: str, to: str = "head") -> None:
    """Run the migrations that are missing, all or none."""
    _run(url, lambda config: command.upgrade(config, to))


def downgrade(url: str, to: str) -> None:
    """Take migrations back, all or none."""
    _run(url, lambda config: command.downgrade(config, to))


def bring_up_to_date(url: str, keep_in: Path) -> str:
    """Upgrade, after a backup into `keep_in` when an SQLite database with tables is behind. Says what was done."""
    revision, tables = _state(url)
    if revision == head():
        return "The database is up to date."
    if revision is None and tables:
        raise MigrationFailed("This database has tables that are not of QI tracker. Name another database.")
    if revision is not None and not is_known(revision):
        raise MigrationFailed(_from_newer(revision))
    kept = _back_up_first(url, keep_in) if revision and make_url(url).get_backend_name() == "sqlite" else ""
    upgrade(url)
    return f"{kept}The database is up to date (revision {head()})."


def why_not_current(url: str) -> str | None:
    """The sentence why this version cannot serve this database, or None."""
    revision, _ = _state(url)
    if revision == head():
        return None
    if revision is None:
        return "The database has no tables of QI tracker yet. Run: qitracker migrate"
    if not is_known(revision):
        return _from_newer(revision)
    return f"The database is at revision {revision}, and this version needs {head()}. Run: qitracker migrate"


def _from_newer(revision: str) -> str:
    return (
        f"The database is at revision {revision}, which this version does not know: a newer one made it. "
        "Install that version again, or restore a backup."
    )


def _state(url: str) -> tuple[str | None, int]:
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and not (parsed.database and Path(parsed.database).exists()):
        return None, 0
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            return revision_of(connection), n_tables(connection)
    finally:
        engine.dispose()


def _back_up_first(url: str, keep_in: Path) -> str:
    from qitracker.plumbing.backups import back_up

    keep_in.mkdir(parents=True, exist_ok=True, mode=0o700)
    said = back_up(url, keep_in / f"before-{head()}-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}.db")
    for old in sorted(keep_in.glob("before-*.db"), key=lambda path: path.stat().st_mtime)[:-BACKUPS_KEPT]:
        old.unlink()
    return f"{said}\n"


def _run(url: str, step: Callable[[Config], None]) -> None:
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            (_on_sqlite if engine.dialect.name == "sqlite" else _on_postgresql)(connection, config_for(url), step)
    finally:
        engine.dispose()


def _on_sqlite(connection: Connection, config: Config, step: Callable[[Config], None]) -> None:
    # Foreign keys off, which SQLite allows outside a transaction only: with them on, a batch change of a parent
    # table empties its children without a word (sqlite.org/lang_altertable.html, section 7, step 1).
    raw = connection.connection.driver_connection
    assert raw is not None
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        with connection.begin():
            config.attributes["connection"] = connection
            step(config)
            broken = connection.execute(text("PRAGMA foreign_key_check")).all()
            if broken:
                raise MigrationFailed(f"The migration would leave rows without their parent: {broken[:5]}")
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def _on_postgresql(connection: Connection, config: Config, step: Callable[[Config], None]) -> None:
    with connection.begin():
        connection.execute(text("SELECT pg_advisory_xact_lock(:ours)"), {"ours": OURS})
        config.attributes["connection"] = connection
        step(config)
