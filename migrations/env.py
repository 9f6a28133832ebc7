"""What Alembic runs: the migrations that are missing, in the transaction that plumbing/migrating.py has opened."""

from typing import Literal

from alembic import context
from sqlalchemy import Connection

import qitracker.models  # noqa: F401 (fills the metadata)
from qitracker.models import Base
from qitracker.models.base import Json, UtcDateTime
from qitracker.plumbing.database import make_engine


def render_item(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Write our own column types as the plain ones they store: a migration must not change with the models."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Json):
        return "sa.Text()"
    return False


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=render_item,
    )
    with context.begin_transaction():
        context.run_migrations()


def main() -> None:
    """The product hands its connection in (plumbing/migrating.py); without one, a new revision is being written."""
    given = context.config.attributes.get("connection")
    if given is not None:
        run(given)
        return
    engine = make_engine(context.config.get_main_option("sqlalchemy.url") or "")
    with engine.connect() as connection:
        run(connection)
        connection.commit()
    engine.dispose()


main()
