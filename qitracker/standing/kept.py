"""What was kept of a project the last time its standing was worked out."""

import uuid
from collections.abc import Sequence
from typing import NamedTuple

from qitracker.models import Aim, KnownFacts, Project, Standing, StandingChange, db
from qitracker.standing import asking


class Kept(NamedTuple):
    """What was kept of a project the last time, and its aim. `suggested` is the latest suggestion in tenths,
    `has_more_than_points` whether something beside its numbers has happened since."""

    project_id: uuid.UUID
    standing: Standing | None
    change: StandingChange | None
    known: KnownFacts | None
    aim: Aim | None
    suggested: int | None
    last_event: int
    has_more_than_points: bool


def kept_of(projects: Sequence[Project]) -> dict[uuid.UUID, Kept]:
    """What was kept of each, in one query."""
    rows = db.session.execute(asking.KEPT, {"ids": [project.id for project in projects]})
    return {kept.project_id: kept for kept in (Kept(*row) for row in rows)}
