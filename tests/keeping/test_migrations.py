"""Migrations: forth, back and forth on both engines, all or none, equal to the models; and who refuses what."""

import shutil
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import CheckConstraint, inspect
from sqlalchemy.exc import DBAPIError

from qitracker.config import ROOT, SettingsError
from qitracker.models import Base
from qitracker.plumbing import database, revisions
from qitracker.plumbing.checked import counts
from qitracker.plumbing.database import make_engine
from qitracker.plumbing.migrating import (
    BACKUPS_KEPT,
    MigrationFailed,
    bring_up_to_date,
    downgrade,
    upgrade,
    why_not_current,
)
from tests.keeping.conftest import ask, fill, run_sql


def tables(url):
    engine = make_engine(url)
    try:
        return set(inspect(engine).get_table_names()) - {"alembic_version"}
    finally:
        engine.dispose()


def all_counts(url):
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            return counts(connection)
    finally:
        engine.dispose()


def test_forth_back_and_forth_on_a_database_with_people_in_it(url):
    before = all_counts(url)
    assert before["person"] > 5
    downgrade(url, "base")
    assert tables(url) == set()
    upgrade(url)
    fill(url)
    assert all_counts(url) == before


def test_one_step_back_and_forth_keeps_every_row(url):
    before = all_counts(url)
    downgrade(url, "-1")
    upgrade(url)
    assert all_counts(url) == before
    downgrade(url, "0002")
    upgrade(url)
    # The one row a step adds: a project from before there was an intake does not wait for the hub's answer.
    assert all_counts(url) == before | {"intake": before["project"]}


def test_migrating_twice_changes_nothing(url, tmp_path):
    before = all_counts(url)
    assert bring_up_to_date(url, tmp_path / "kept") == "The database is up to date."
    assert all_counts(url) == before
    assert not (tmp_path / "kept").exists()


def test_the_migrations_make_what_the_models_say(empty_url):
    upgrade(empty_url)
    assert tables(empty_url) == set(Base.metadata.tables)
    command.check(revisions.config_for(empty_url))  # raises where a model and the tables differ


def test_every_check_of_the_models_is_in_the_tables(empty_url):
    """Alembic does not compare checks, and SQLite makes a table anew to change one."""
    upgrade(empty_url)
    engine = make_engine(empty_url)
    try:
        inspector = inspect(engine)
        for name, table in Base.metadata.tables.items():
            wanted = {str(one.name) for one in table.constraints if isinstance(one, CheckConstraint)}
            found = {one["name"] for one in inspector.get_check_constraints(name)}
            assert found == wanted, name
            assert {one["name"] for one in inspector.get_indexes(name)} >= {one.name for one in table.indexes}
    finally:
        engine.dispose()


def test_there_is_one_newest_revision():
    assert revisions.head() == revisions.line()[0]
    assert len(set(revisions.line())) == len(list((ROOT / "migrations" / "versions").glob("[0-9]*.py")))


@pytest.mark.parametrize(
    "statement",
    ["UPDATE event SET why = 'otherwise'", "DELETE FROM event", "INSERT OR REPLACE INTO event SELECT * FROM event"],
)
def test_the_database_refuses_to_change_an_event(url, statement):
    if "REPLACE" in statement and not url.startswith("sqlite"):
        statement = "TRUNCATE event"  # PostgreSQL has no REPLACE, but this
    before = ask(url, "SELECT * FROM event ORDER BY id")
    with pytest.raises(DBAPIError, match="never changed or removed"):
        run_sql(url, statement)
    assert ask(url, "SELECT * FROM event ORDER BY id") == before


def test_a_row_without_its_parent_is_refused(url):
    nobody = "00000000000000000000000000000000"
    with pytest.raises(DBAPIError, match=r"(?i)foreign key"):
        run_sql(url, f"INSERT INTO submission VALUES ('k', '{nobody}', '/', '2025-01-01 00:00:00')")


def test_every_sqlite_connection_is_set_up_to_lose_nothing(sqlite_url):
    engine = make_engine(sqlite_url)
    with engine.connect() as first, engine.connect() as second:
        for connection in (first, second):
            said = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "recursive_triggers")
            }
            assert said == {
                "journal_mode": "wal",
                "synchronous": 2,  # FULL
                "foreign_keys": 1,
                "busy_timeout": 5000,
                "recursive_triggers": 1,
            }
            connection.rollback()
    engine.dispose()


def test_an_old_sqlite_is_refused(monkeypatch):
    monkeypatch.setattr(database.sqlite, "sqlite_version_info", (3, 40, 1))
    with pytest.raises(SettingsError, match="pysqlite3"):
        make_engine("sqlite:///never.db")


def test_another_engine_is_refused():
    with pytest.raises(SettingsError, match="SQLite or PostgreSQL"):
        make_engine("mysql://127.0.0.1/qitracker")


@pytest.fixture
def two_more(tmp_path, monkeypatch):
    """The migrations and two more, of which the second breaks half-way."""
    root = tmp_path / "root"
    shutil.copytree(ROOT / "migrations", root / "migrations")
    last = revisions.head()
    top = 'down_revision = "{}"\nrevision = "{}"\nbranch_labels = depends_on = None\nfrom alembic import op\n'
    versions = root / "migrations" / "versions"
    (versions / "x1_good.py").write_text(
        top.format(last, "x1")
        + "def upgrade():\n    op.execute('CREATE TABLE good (x INTEGER)')\n    op.execute(\"UPDATE unit SET name = 'Changed'\")\n"
    )
    (versions / "x2_bad.py").write_text(
        top.format("x1", "x2")
        + "def upgrade():\n    op.execute('CREATE TABLE half (x INTEGER)')\n    op.execute('NO SUCH STATEMENT')\n"
    )
    monkeypatch.setattr(revisions, "ROOT", root)
    revisions.line.cache_clear()
    yield versions
    revisions.line.cache_clear()


def test_a_migration_that_fails_leaves_the_database_as_it_was(url, two_more):
    last = ask(url, "SELECT version_num FROM alembic_version")
    before, names = all_counts(url), ask(url, "SELECT name FROM unit ORDER BY name")
    with pytest.raises(DBAPIError, match=r"(?i)syntax"):
        upgrade(url)
    assert all_counts(url) == before
    assert ask(url, "SELECT name FROM unit ORDER BY name") == names
    assert ask(url, "SELECT version_num FROM alembic_version") == last


def test_a_migration_that_would_orphan_rows_leaves_the_database_as_it_was(sqlite_url, two_more):
    (two_more / "x2_bad.py").unlink()
    text = (two_more / "x1_good.py").read_text()
    (two_more / "x1_good.py").write_text(text + "    op.execute('DELETE FROM person')\n")
    before = all_counts(sqlite_url)
    with pytest.raises(MigrationFailed, match="without their parent"):
        upgrade(sqlite_url)
    assert all_counts(sqlite_url) == before


def test_a_batch_change_of_a_parent_keeps_its_children(url, two_more):
    (two_more / "x2_bad.py").unlink()
    text = (two_more / "x1_good.py").read_text().split("def upgrade")[0]
    (two_more / "x1_good.py").write_text(
        text
        + "import sqlalchemy as sa\n\ndef upgrade():\n    with op.batch_alter_table('person', recreate='auto') as batch:\n"
        "        batch.alter_column('name', type_=sa.String(200), existing_type=sa.String(120))\n"
    )
    before = all_counts(url)
    upgrade(url)
    assert all_counts(url) == before
    assert before["role_held"] > 5


def test_a_database_that_is_behind_is_backed_up_before_it_is_changed(sqlite_url, tmp_path):
    kept = tmp_path / "instance" / "backups"
    before = all_counts(sqlite_url)
    for _ in range(BACKUPS_KEPT + 2):
        downgrade(sqlite_url, "-1")
        said = bring_up_to_date(sqlite_url, kept)
        assert "Backup of" in said
        assert f"revision {revisions.head()}" in said
    backups = sorted(kept.iterdir())
    assert len(backups) == BACKUPS_KEPT
    assert str(backups[-1]) in said
    kept_rows = all_counts(f"sqlite:///{backups[-1]}")
    assert kept_rows == {table: before[table] for table in kept_rows}  # without the tables of the newest revision
    assert kept_rows["person"] > 5
    assert why_not_current(f"sqlite:///{backups[-1]}") is not None


def test_what_cannot_be_backed_up_is_not_changed(sqlite_url, tmp_path):
    downgrade(sqlite_url, "-1")
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder")
    with pytest.raises(OSError, match=r"exists|directory"):
        bring_up_to_date(sqlite_url, in_the_way)
    assert "Run: qitracker migrate" in (why_not_current(sqlite_url) or "")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("UPDATE alembic_version SET version_num = 'zzz9'", "a newer one made it"),
        ("UPDATE alembic_version SET version_num = '0001'", "needs"),
        ("DROP TABLE alembic_version", "no tables of QI tracker yet"),
    ],
)
def test_a_database_of_another_revision_is_not_served(url, change, sentence):
    assert why_not_current(url) is None
    run_sql(url, change)
    assert sentence in (why_not_current(url) or "")


@pytest.mark.parametrize("change", ["UPDATE alembic_version SET version_num = 'zzz9'", "DROP TABLE alembic_version"])
def test_a_strange_or_newer_database_is_not_migrated(url, change, tmp_path):
    run_sql(url, change)
    before = all_counts(url)
    with pytest.raises(MigrationFailed):
        bring_up_to_date(url, tmp_path / "kept")
    assert all_counts(url) == before


def test_asking_makes_no_file(tmp_path: Path):
    assert "Run: qitracker migrate" in (why_not_current(f"sqlite:///{tmp_path / 'none.db'}") or "")
    assert list(tmp_path.iterdir()) == []
