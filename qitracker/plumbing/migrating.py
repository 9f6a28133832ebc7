"""Bringing a database to the tables this version needs, with Alembic."""

from alembic import command
from alembic.config import Config

from qitracker.config import ROOT


def config_for(url: str) -> Config:
    """Alembic's settings for one database."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def upgrade(url: str, to: str = "head") -> None:
    """Run the migrations that are missing."""
    command.upgrade(config_for(url), to)


def downgrade(url: str, to: str) -> None:
    """Take migrations back."""
    command.downgrade(config_for(url), to)
