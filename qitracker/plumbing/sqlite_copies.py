"""Backups of an SQLite database: one file, made by SQLite's own backup interface (sqlite.org/backup.html).

Copying the file with cp while the server writes damages the copy without a word; this does not. Other people go on
reading and writing meanwhile.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pysqlite3.dbapi2 as sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from qitracker.plumbing.checked import BackupFailed, Checked, counts
from qitracker.plumbing.database import make_engine
from qitracker.plumbing.migrating import MigrationFailed, upgrade
from qitracker.plumbing.revisions import head, is_known, revision_of

COMPANIONS = ("-wal", "-shm", "-journal")
BUSY_CODES = {sqlite.SQLITE_BUSY, sqlite.SQLITE_LOCKED}


def copy_out(url: str, target: Path) -> Checked:
    """Copy the database to `target`, checked; it appears under that name only when it is sound."""
    database = path_of(url)
    if not database.exists():
        raise BackupFailed(f"There is no database at {database}.")
    with _being_made(target) as copy:
        try:
            with closing(_open(database)) as source, closing(_open(copy)) as made:
                source.backup(made)  # all pages in one step: a backup in small steps starts over at each write
                made.execute("PRAGMA journal_mode=DELETE")  # one file, that needs no -wal beside it
        except sqlite.Error as problem:
            raise BackupFailed(f"The database could not be copied: {problem}.") from problem
        found = check(copy, what="The copy")
        _put_in_place(copy, target)
    return found


def copy_in(url: str, source: Path, *, replace: bool) -> tuple[Checked, Path | None]:
    """Put `source` in place of the database; what it holds now, and where the former database went."""
    database = path_of(url)
    if database.exists() and source.samefile(database):
        raise BackupFailed(f"{source} is the database itself, not a backup of it.")
    if database.exists() and not replace:
        raise BackupFailed(f"There is a database at {database}. With --replace it is moved aside, and kept.")
    if any(_is_filled(_companion(source, end)) for end in ("-wal", "-journal")):
        raise BackupFailed(
            f"Beside {source} lies a -wal or -journal file: it was copied from a running database by other means, "
            "and is not whole. Use a backup made with `qitracker backup`."
        )
    database.parent.mkdir(parents=True, exist_ok=True)
    with _being_made(database) as copy:
        shutil.copyfile(source, copy)
        check(copy, what=str(source))
        found = _brought_up_to_date(copy)
        with _nobody_in(database):
            aside = _move_aside(database)
            try:
                _put_in_place(copy, database)
            except BaseException:
                if aside is not None:
                    aside.rename(database)
                raise
    return found, aside


def check(path: Path, *, what: str) -> Checked:
    """Count a database file that nobody writes; BackupFailed when it is damaged, or not one of ours."""
    engine = make_engine(f"sqlite:///{path}")
    try:
        with engine.connect() as connection:
            said = connection.exec_driver_sql("PRAGMA integrity_check(3)").scalars().all()
            if said != ["ok"]:
                raise BackupFailed(f"{what} is damaged: {'; '.join(map(str, said))}.")
            lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if lost:
                raise BackupFailed(f"{what} has {len(lost)} rows without their parent, first in table {lost[0][0]}.")
            revision = revision_of(connection)
            if revision is None:
                raise BackupFailed(f"{what} is not a database of QI tracker.")
            if not is_known(revision):
                raise BackupFailed(f"{what} is of revision {revision}, made by a newer version. Install that first.")
            rows = counts(connection)
            return Checked(revision, len(rows), sum(rows.values()))
    except DBAPIError as problem:
        raise BackupFailed(f"{what} is damaged, or no database: {problem.orig}.") from problem
    finally:
        engine.dispose()
        _stand_alone(path)


def path_of(url: str) -> Path:
    """Where the database file is."""
    name = make_url(url).database
    if not name or name == ":memory:":
        raise BackupFailed("A database in memory cannot be backed up or restored.")
    return Path(name).absolute()


def _brought_up_to_date(copy: Path) -> Checked:
    try:
        upgrade(f"sqlite:///{copy}")
    except (DBAPIError, MigrationFailed) as problem:
        raise BackupFailed(f"The backup could not be brought up to revision {head()}: {problem}") from problem
    return check(copy, what="The restored database")


@contextmanager
def _being_made(target: Path) -> Iterator[Path]:
    """A file beside `target`, for its owner only, gone again whatever happens."""
    copy = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        yield copy
    except OSError as problem:
        raise BackupFailed(f"{target} could not be written: {problem.strerror or problem}.") from problem
    finally:
        for path in (copy, *(_companion(copy, end) for end in COMPANIONS)):
            path.unlink(missing_ok=True)


def _stand_alone(path: Path) -> None:
    """Fold what a check left in the -wal into the file, so that it is whole by itself."""
    try:
        with closing(_open(path)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite.Error:
        return  # damaged: whoever asked has been told


@contextmanager
def _nobody_in(database: Path) -> Iterator[None]:
    """Hold the database alone while it is exchanged. A server that has it open keeps it from being exchanged.

    Leaving the WAL mode takes a lock that no other open connection allows, idle ones included; it also writes the
    -wal into the file. A damaged database takes no lock; it is moved as it is.
    """
    if not database.exists():
        yield
        return
    connection = _open(database, timeout=0)
    try:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite.DatabaseError as problem:
        connection.close()
        if getattr(problem, "sqlite_errorcode", 0) & 0xFF in BUSY_CODES:  # the low byte is the kind of error
            raise BackupFailed("The database is in use. Stop the server, then restore again.") from problem
    try:
        yield
    finally:
        connection.close()


def _move_aside(database: Path) -> Path | None:
    if not database.exists():
        for end in COMPANIONS:  # what is left of a database that is gone would be played into the restored one
            left = _companion(database, end)
            if left.exists():
                left.rename(_aside(left))
        return None
    aside = _aside(database)
    database.rename(aside)
    for end in COMPANIONS:
        if _companion(database, end).exists():
            _companion(database, end).rename(_companion(aside, end))
    return aside


def _aside(path: Path) -> Path:
    return path.with_name(f"{path.name}.before-restore-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}")


def _put_in_place(copy: Path, target: Path) -> None:
    if target.exists():
        raise BackupFailed(f"{target} appeared meanwhile: nothing is written over it.")
    if os.geteuid() == 0:  # made by root, but read and written by whoever owns the folder
        owner = target.parent.stat()
        os.chown(copy, owner.st_uid, owner.st_gid)
    with copy.open("rb") as file:
        os.fsync(file.fileno())
    copy.rename(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _companion(path: Path, end: str) -> Path:
    return path.with_name(path.name + end)


def _is_filled(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def _open(path: Path, *, timeout: float = 5) -> Any:
    return sqlite.connect(f"file:{quote(str(path))}?mode=rw", uri=True, isolation_level=None, timeout=timeout)
