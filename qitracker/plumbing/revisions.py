"""Which revision of the tables this version needs, and which a database has."""

from functools import cache

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from qitracker.config import ROOT


def config_for(url: str) -> Config:
    """Alembic's settings for one database."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


@cache
def line() -> tuple[str, ...]:
    """Every revision this version knows, the newest first. More than one newest is a fault and raises."""
    scripts = ScriptDirectory.from_config(config_for(""))
    scripts.get_current_head()
    return tuple(script.revision for script in scripts.walk_revisions())


def head() -> str:
    """The revision this version needs."""
    return line()[0]


def is_known(revision: str) -> bool:
    """Whether this version can bring a database of that revision up to date."""
    return revision in line()


def revision_of(connection: Connection) -> str | None:
    """The database's revision; None when it has none, and so was never ours."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.scalars(text("SELECT version_num FROM alembic_version")).all()
    return str(found[0]) if len(found) == 1 else None


def n_tables(connection: Connection) -> int:
    """How many tables there are, ours or not, beside Alembic's own."""
    return len(set(inspect(connection).get_table_names()) - {"alembic_version"})
