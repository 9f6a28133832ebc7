"""Backups of a PostgreSQL database: one file in pg_dump's own format, by PostgreSQL's own programs.

The rows are counted in the very snapshot that is dumped, and again in the file. The password goes to the programs
through the environment: a command line can be read by everyone on the machine.
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import URL, Connection, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from qitracker.plumbing.checked import BackupFailed, Checked, counts
from qitracker.plumbing.database import make_engine
from qitracker.plumbing.migrating import MigrationFailed, upgrade
from qitracker.plumbing.revisions import is_known, n_tables, revision_of

ASIDE = "before_restore_"


def copy_out(url: str, target: Path) -> Checked:
    """Dump the database to `target`, checked; it appears under that name only when it is sound."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        with _connected(url) as connection:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            revision = _known(revision_of(connection), what="The database")
            snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
            _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--exclude-schema={ASIDE}*",
                 f"--snapshot={snapshot}", f"--file={part}", f"--dbname={_address(url)}", url=url)  # fmt: skip
            there = counts(connection)
        written, _ = read(part)
        if written != there:
            raise BackupFailed("The backup does not hold what the database holds. Try again.")
        part.rename(target)
    except OSError as problem:
        raise BackupFailed(f"{target} could not be written: {problem.strerror or problem}.") from problem
    finally:
        part.unlink(missing_ok=True)
    return Checked(revision, len(written), sum(written.values()))


def copy_in(url: str, source: Path, *, replace: bool) -> tuple[Checked, str | None]:
    """Put the dump `source` into the database; what it holds now, and the schema that keeps what was there."""
    written, revision = read(source)
    _known(revision, what=str(source))
    aside = _make_room(url, replace=replace)
    try:
        found = _restored(url, source, written)
    except (BackupFailed, DBAPIError, MigrationFailed) as problem:
        _take_back(url, aside)
        raise BackupFailed(f"{problem} The database is as it was before.") from problem
    return found, f"the schema {aside}" if aside else None


def _restored(url: str, source: Path, written: dict[str, int]) -> Checked:
    _run(
        "pg_restore", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error",
        f"--dbname={_address(url)}", str(source), url=url,
    )  # fmt: skip
    with _connected(url) as connection:
        if counts(connection) != written:
            raise BackupFailed("After the restore the tables do not hold what the backup holds.")
    upgrade(url)
    with _connected(url) as connection:
        rows = counts(connection)
        return Checked(_known(revision_of(connection), what="The database"), len(rows), sum(rows.values()))


def read(dump: Path) -> tuple[dict[str, int], str | None]:
    """The rows of each table in a dump, every byte of it read, and its revision. BackupFailed when damaged."""
    rows: dict[str, int] = {}
    revision = table = None
    for line in _script(dump):
        if table is None:
            if line.startswith(b"COPY ") and line.endswith(b" FROM stdin;\n"):
                table = line.split()[1].decode().split(".")[-1].strip('"')
                rows[table] = 0
        elif line == b"\\.\n":
            table = None
        else:
            rows[table] += 1
            if table == "alembic_version":
                revision = line.decode().strip()
    rows.pop("alembic_version", None)
    return rows, revision


def _script(dump: Path) -> Iterator[bytes]:
    """The dump as the SQL it stands for, line by line."""
    command = ["pg_restore", "--data-only", "--file=-", str(dump)]
    with _program("pg_restore"), subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:  # noqa: S603 (a fixed program, no shell)
        assert running.stdout is not None
        assert running.stderr is not None
        yield from running.stdout
        said = running.stderr.read().decode(errors="replace").strip()
        if running.wait():
            raise BackupFailed(f"{dump} is damaged, or no backup of a PostgreSQL database: {said}")


def _make_room(url: str, *, replace: bool) -> str | None:
    """Move what is there into a schema of its own; its name, or None where nothing was."""
    with _connected(url) as connection:
        if not n_tables(connection) and revision_of(connection) is None:
            return None
        if not replace:
            raise BackupFailed("The database is not empty. With --replace what is there is moved aside, and kept.")
        others = connection.scalar(
            text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
        )
        if others:
            raise BackupFailed("The database is in use. Stop the server, then restore again.")
        aside = f"{ASIDE}{datetime.now(UTC):%Y%m%d_%H%M%S_%f}"
        connection.exec_driver_sql(f"ALTER SCHEMA public RENAME TO {aside}")
        connection.exec_driver_sql("CREATE SCHEMA public")
        connection.commit()
        return aside


def _take_back(url: str, aside: str | None) -> None:
    with _connected(url) as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql(f"ALTER SCHEMA {aside} RENAME TO public" if aside else "CREATE SCHEMA public")
        connection.commit()


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            yield connection
    except DBAPIError as problem:
        raise BackupFailed(f"PostgreSQL refused: {str(problem.orig).strip()}") from problem
    finally:
        engine.dispose()


def _known(revision: str | None, *, what: str) -> str:
    if revision is None:
        raise BackupFailed(f"{what} holds no tables of QI tracker.")
    if not is_known(revision):
        raise BackupFailed(f"{what} is of revision {revision}, made by a newer version. Install that first.")
    return revision


def _run(*command: str, url: str) -> None:
    secret = make_url(url).password
    environment = {**os.environ, **({"PGPASSWORD": str(secret)} if secret else {})}
    with _program(command[0]):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 (a fixed program, no shell)
    if done.returncode:
        raise BackupFailed(f"{command[0]} failed: {done.stderr.strip()}")


def _address(url: str) -> str:
    """The database's address as PostgreSQL's own programs read it, without the password."""
    given = make_url(url)
    plain = URL.create(
        "postgresql", given.username, None, given.host, given.port, given.database, given.query
    )  # fmt: skip
    return plain.render_as_string(hide_password=False)


@contextmanager
def _program(name: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as problem:
        raise BackupFailed(
            f"The program {name} is not installed. Install PostgreSQL's client programs, of the server's version "
            "or newer (on Debian and Ubuntu: postgresql-client)."
        ) from problem
