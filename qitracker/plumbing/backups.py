"""Backing up a database that is in use, and putting a backup in its place. Both end with a sentence.

A backup counts only once it was checked: whole, every link leading somewhere, of a version this one knows.
"""

import time
from pathlib import Path

from sqlalchemy.engine import make_url

from qitracker.plumbing import postgresql_dumps, sqlite_copies
from qitracker.plumbing.checked import BackupFailed, Checked, size

__all__ = ["BackupFailed", "back_up", "put_back"]


def back_up(url: str, target: Path | str) -> str:
    """Copy the database at `url` to the new file `target` while others write, and check the copy.

    Raises BackupFailed, and leaves no file under that name, when the copy cannot be made or is not sound.
    """
    target, started = Path(target).absolute(), time.monotonic()
    if target.exists() or target.is_symlink():
        raise BackupFailed(f"{target} exists already: a backup never writes over another. Give a new name.")
    if not target.parent.is_dir():
        raise BackupFailed(f"The folder {target.parent} does not exist. Make it, or name another.")
    found = (sqlite_copies if _is_sqlite(url) else postgresql_dumps).copy_out(url, target)
    return f"Backup of {size(target)} written to {target}: {_checked(found, started)}"


def put_back(url: str, source: Path | str, *, replace: bool) -> str:
    """Put the backup `source` in place of the database at `url`, checked first and brought up to date.

    Raises BackupFailed, and leaves the database as it was, when the backup is not sound, when there is a database
    already and `replace` is false, or when it is in use.
    """
    source, started = Path(source).absolute(), time.monotonic()
    if not source.is_file():
        raise BackupFailed(f"There is no file {source}.")
    found, aside = (sqlite_copies if _is_sqlite(url) else postgresql_dumps).copy_in(url, source, replace=replace)
    kept = f" What was there before is kept as {aside}." if aside else ""
    return f"Restored from {source}: {_checked(found, started)}{kept}"


def _is_sqlite(url: str) -> bool:
    return make_url(url).get_backend_name() == "sqlite"


def _checked(found: Checked, started: float) -> str:
    return f"{found.in_words()}, in {time.monotonic() - started:.1f} seconds."
