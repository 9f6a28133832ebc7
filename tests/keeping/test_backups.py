"""A backup while others write, and a restore that either works or leaves everything as it was."""

import os
import shutil
import stat
import threading
import time
import uuid
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from qitracker.plumbing import sqlite_copies
from qitracker.plumbing.backups import BackupFailed, back_up, put_back
from qitracker.plumbing.checked import size
from qitracker.plumbing.database import make_engine
from qitracker.plumbing.migrating import downgrade, why_not_current
from qitracker.plumbing.postgresql_dumps import _address
from tests.keeping.conftest import ask, run_sql
from tests.keeping.test_migrations import all_counts


def file_of(url):
    return Path(make_url(url).database)


def add_places(url, names):
    """Add places one by one, each in a transaction with its event; how long it goes on is for the caller to say."""
    engine = make_engine(url)
    try:
        for name in names:
            with engine.begin() as connection:
                unit = uuid.uuid4().hex
                connection.execute(
                    text("INSERT INTO unit (id, name, kind, path) VALUES (:id, :name, 'ward', '/')"),
                    {"id": unit, "name": name},
                )
                connection.execute(
                    text("INSERT INTO event (at, verb, noun, noun_id) VALUES ('2025-01-01', 'added', 'unit', :id)"),
                    {"id": uuid.UUID(unit).hex},
                )
    finally:
        engine.dispose()


def test_a_backup_while_four_threads_write_is_whole(url, new_url, engine_name, tmp_path):
    acknowledged, stop = [], threading.Event()

    def names(writer):
        for place in range(100_000):
            if stop.is_set():
                return
            yield f"busy {writer} {place}"
            acknowledged.append((writer, place))  # the transaction before this line has been committed

    threads = [threading.Thread(target=add_places, args=(url, names(writer))) for writer in range(4)]
    for thread in threads:
        thread.start()
    try:
        wait_for(lambda: len(acknowledged) > 20)
        before = set(acknowledged)
        backup = tmp_path / "busy.backup"
        said = back_up(url, backup)
        at_the_end = len(acknowledged)
        wait_for(lambda: len(acknowledged) > at_the_end)  # nobody was kept from writing
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert "rows checked" in said
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert [path for path in tmp_path.iterdir() if ".part" in path.name] == []

    other = new_url(engine_name, empty=True)
    put_back(other, backup, replace=False)
    restored = {name for (name,) in ask(other, "SELECT name FROM unit WHERE name LIKE 'busy%'")}
    assert {f"busy {writer} {place}" for writer, place in before} <= restored
    assert len(ask(other, "SELECT 1 FROM event WHERE noun = 'unit' AND by_id IS NULL AND new IS NULL")) == len(restored)


def wait_for(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.01)


def test_what_is_restored_is_what_was_backed_up(url, new_url, engine_name, tmp_path):
    before, events = all_counts(url), ask(url, "SELECT * FROM event ORDER BY id")
    back_up(url, tmp_path / "one.backup")
    other = new_url(engine_name, empty=True)
    said = put_back(other, tmp_path / "one.backup", replace=False)
    assert all_counts(other) == before
    assert ask(other, "SELECT * FROM event ORDER BY id") == events
    assert f"{sum(before.values())} rows checked" in said.replace(",", "")
    assert why_not_current(other) is None
    with pytest.raises(Exception, match="never changed or removed"):
        run_sql(other, "DELETE FROM event")


def test_what_was_there_is_kept_when_it_is_replaced(url, tmp_path):
    backup = tmp_path / "one.backup"
    back_up(url, backup)
    run_sql(url, "UPDATE unit SET name = 'Added later' WHERE name = 'Ward 18'")
    with pytest.raises(BackupFailed, match="--replace"):
        put_back(url, backup, replace=False)
    assert ask(url, "SELECT 1 FROM unit WHERE name = 'Added later'")
    said = put_back(url, backup, replace=True)
    assert ask(url, "SELECT count(*) FROM unit WHERE name = 'Ward 18'") == [(1,)]
    assert not ask(url, "SELECT 1 FROM unit WHERE name = 'Added later'")
    aside = said.split("is kept as ")[1].rstrip(".")
    if url.startswith("sqlite"):
        assert ask(f"sqlite:///{aside}", "SELECT 1 FROM unit WHERE name = 'Added later'")
    else:
        schema = aside.removeprefix("the schema ")
        assert ask(url, f"SELECT 1 FROM {schema}.unit WHERE name = 'Added later'")
    back_up(url, tmp_path / "two.backup")  # what is kept aside is no part of the next backup
    assert put_back(url, tmp_path / "two.backup", replace=True)


def test_an_older_backup_is_brought_up_to_date(url, tmp_path):
    before = all_counts(url)
    downgrade(url, "0002")
    back_up(url, tmp_path / "older.backup")
    put_back(url, tmp_path / "older.backup", replace=True)
    assert why_not_current(url) is None
    # Brought up to date, a project from before there was an intake does not wait for the hub's answer.
    assert all_counts(url) == before | {"intake": before["project"]}


@pytest.mark.parametrize("way", ["a page in the middle", "cut short", "another kind of file", "empty"])
def test_a_damaged_backup_is_refused_and_nothing_is_touched(url, tmp_path, way):
    backup = tmp_path / "one.backup"
    back_up(url, backup)
    whole = backup.read_bytes()
    middle = len(whole) // 2
    backup.write_bytes(
        {
            "a page in the middle": whole[:middle] + b"\x5a" * 4096 + whole[middle + 4096 :],
            "cut short": whole[: len(whole) * 2 // 3],
            "another kind of file": b"name,value\nfalls,3\n" * 500,
            "empty": b"",
        }[way]
    )
    before = all_counts(url)
    with pytest.raises(BackupFailed):
        put_back(url, backup, replace=True)
    assert all_counts(url) == before
    assert leftovers(tmp_path) == []


def leftovers(folder):
    return [path.name for path in folder.iterdir() if ".part" in path.name or "before-restore" in path.name]


def test_a_backup_of_a_newer_version_is_refused(url, tmp_path):
    run_sql(url, "UPDATE alembic_version SET version_num = 'zzz9'")
    with pytest.raises(BackupFailed, match="made by a newer version"):
        back_up(url, tmp_path / "one.backup")
    assert list(tmp_path.glob("*one*")) == []


def test_restoring_a_newer_version_is_refused(sqlite_url, tmp_path):
    newer = tmp_path / "newer.db"
    shutil.copyfile(file_of(sqlite_url), newer)
    run_sql(f"sqlite:///{newer}", "UPDATE alembic_version SET version_num = 'zzz9'")
    before = all_counts(sqlite_url)
    with pytest.raises(BackupFailed, match="made by a newer version"):
        put_back(sqlite_url, newer, replace=True)
    assert all_counts(sqlite_url) == before


def test_a_database_of_another_program_is_refused(sqlite_url, tmp_path):
    run_sql(f"sqlite:///{tmp_path / 'other.db'}", "CREATE TABLE song (title TEXT)")
    with pytest.raises(BackupFailed, match="not a database of QI tracker"):
        put_back(sqlite_url, tmp_path / "other.db", replace=True)


def test_a_backup_never_writes_over_a_file(url, tmp_path):
    (tmp_path / "kept").write_text("precious")
    with pytest.raises(BackupFailed, match="exists already"):
        back_up(url, tmp_path / "kept")
    assert (tmp_path / "kept").read_text() == "precious"
    with pytest.raises(BackupFailed, match="does not exist"):
        back_up(url, tmp_path / "nowhere" / "one.backup")


def test_rows_without_their_parent_are_told(sqlite_url, tmp_path):
    engine = make_engine(sqlite_url)
    with engine.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("DELETE FROM unit WHERE name = 'Ward 18'")
        connection.commit()
    engine.dispose()
    with pytest.raises(BackupFailed, match="without their parent"):
        back_up(sqlite_url, tmp_path / "one.backup")
    assert not (tmp_path / "one.backup").exists()


def test_a_database_in_use_is_not_replaced(url, tmp_path):
    back_up(url, tmp_path / "one.backup")
    engine = make_engine(url)
    with engine.connect() as connection:
        connection.exec_driver_sql("SELECT 1 FROM unit")
        connection.rollback()  # idle, as a server between two requests
        with pytest.raises(BackupFailed, match="in use"):
            put_back(url, tmp_path / "one.backup", replace=True)
        assert connection.exec_driver_sql("SELECT count(*) FROM unit").scalar()
    engine.dispose()
    assert put_back(url, tmp_path / "one.backup", replace=True)


def test_a_server_that_was_killed_leaves_its_last_rows_in_what_is_kept(sqlite_url, tmp_path):
    """The -wal of a killed server holds the last commits: they go with the file they belong to."""
    back_up(sqlite_url, tmp_path / "one.backup")
    database = file_of(sqlite_url)
    if (child := os.fork()) == 0:
        make_engine(sqlite_url).connect().exec_driver_sql("UPDATE unit SET name = 'Last'").connection.commit()
        os._exit(0)  # as SIGKILL would: nothing is tidied up
    os.waitpid(child, 0)
    assert database.with_name(database.name + "-wal").stat().st_size > 0
    said = put_back(sqlite_url, tmp_path / "one.backup", replace=True)
    assert not database.with_name(database.name + "-wal").exists()
    assert not ask(sqlite_url, "SELECT 1 FROM unit WHERE name = 'Last'")
    aside = said.split("is kept as ")[1].rstrip(".")
    assert ask(f"sqlite:///{aside}", "SELECT 1 FROM unit WHERE name = 'Last'")


def test_a_wal_without_its_database_is_not_played_into_the_restored_one(sqlite_url, tmp_path):
    back_up(sqlite_url, tmp_path / "one.backup")
    before, database = all_counts(sqlite_url), file_of(sqlite_url)
    database.unlink()
    database.with_name(database.name + "-wal").write_bytes(b"left over" * 1000)
    put_back(sqlite_url, tmp_path / "one.backup", replace=False)
    assert all_counts(sqlite_url) == before


def test_a_damaged_database_can_be_replaced(sqlite_url, tmp_path):
    back_up(sqlite_url, tmp_path / "one.backup")
    before, database = all_counts(sqlite_url), file_of(sqlite_url)
    database.write_bytes(b"\x00\x5a" * 40_000)
    put_back(sqlite_url, tmp_path / "one.backup", replace=True)
    assert all_counts(sqlite_url) == before


def test_half_of_a_running_database_is_no_backup(sqlite_url, tmp_path):
    copied = tmp_path / "copied.db"
    shutil.copyfile(file_of(sqlite_url), copied)
    copied.with_name("copied.db-wal").write_bytes(b"not empty")
    with pytest.raises(BackupFailed, match="not whole"):
        put_back(sqlite_url, copied, replace=True)


def test_the_database_is_not_its_own_backup(sqlite_url):
    with pytest.raises(BackupFailed, match="database itself"):
        put_back(sqlite_url, file_of(sqlite_url), replace=True)
    with pytest.raises(BackupFailed, match="no file"):
        put_back(sqlite_url, "/nowhere/at/all", replace=True)


def test_a_full_disk_ends_in_a_sentence_and_leaves_no_half_file(sqlite_url, tmp_path, monkeypatch):
    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sqlite_copies.os, "fsync", full)
    with pytest.raises(BackupFailed, match="No space left"):
        back_up(sqlite_url, tmp_path / "one.backup")
    assert list(tmp_path.glob("*one*")) == []
    monkeypatch.undo()
    back_up(sqlite_url, tmp_path / "one.backup")
    before = all_counts(sqlite_url)
    monkeypatch.setattr(sqlite_copies.os, "fsync", full)
    with pytest.raises(BackupFailed, match="No space left"):
        put_back(sqlite_url, tmp_path / "one.backup", replace=True)
    assert all_counts(sqlite_url) == before
    assert leftovers(tmp_path) == []


def test_without_postgresqls_programs_the_sentence_says_which(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "one.backup").write_bytes(b"PGDMP")
    with pytest.raises(BackupFailed, match=r"pg_restore is not installed.*postgresql-client"):
        put_back("postgresql+psycopg://nobody@127.0.0.1:1/none", tmp_path / "one.backup", replace=False)


def test_the_password_is_not_on_the_command_line():
    address = _address("postgresql+psycopg://qi:s3cret@db.example.org:5433/qi?sslmode=require")
    assert address == "postgresql://qi@db.example.org:5433/qi?sslmode=require"


@pytest.mark.parametrize(
    ("n", "words"),
    [(0, "0 bytes"), (999, "999 bytes"), (1400, "1.4 kB"), (421_888, "422 kB"), (1_250_000_000, "1.2 GB")],
)
def test_sizes_in_words(tmp_path, n, words):
    with (tmp_path / "file").open("wb") as file:
        file.truncate(n)
    assert size(tmp_path / "file") == words
