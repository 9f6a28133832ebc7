"""The driver diagram."""

import uuid
from typing import Any

from qitracker.drivers.room import drivers
from qitracker.method.roles import Permission
from qitracker.models import Idea
from qitracker.people import scope
from qitracker.people.access import needs
from qitracker.people.reader import reader

__all__ = ["drivers"]


@drivers.get("/projects/<uuid:project_id>/drivers/")
@needs(Permission.READ_PROJECT)
def diagram(project_id: uuid.UUID) -> Any:
    return scope.project(reader(), project_id).title


@drivers.get("/projects/<uuid:project_id>/ideas/")
@needs(Permission.READ_PROJECT)
def ideas(project_id: uuid.UUID) -> Any:
    return scope.project(reader(), project_id).title


@drivers.get("/ideas/<uuid:idea_id>/")
@needs(Permission.READ_PROJECT)
def idea(idea_id: uuid.UUID) -> Any:
    return scope.find(Idea, reader(), idea_id).text
