"""Going through all projects in blocks, each committed: memory and locks stay small.

The session holds what nobody else holds only weakly, so a block is forgotten when the next one comes.
"""

import uuid
from collections.abc import Iterator, Sequence

from sqlalchemy import Select, select

from qitracker.models import Project, db
from qitracker.standing.keeping import projects_for

BLOCK = 100  # about half a second of work: as long as a post may wait for SQLite


def blocks(which: Select[uuid.UUID] | None = None) -> Iterator[Sequence[Project]]:
    """The projects whose ids `which` selects (all by default), a block at a time. Commits after each block."""
    ids = select(Project.id) if which is None else which
    last: uuid.UUID | None = None
    while True:
        after = ids.where(Project.id > last) if last is not None else ids
        found = db.session.scalars(after.order_by(Project.id).limit(BLOCK)).all()
        if not found:
            db.session.rollback()
            return
        last = found[-1]
        yield projects_for(found)
        db.session.commit()
