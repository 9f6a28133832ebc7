"""The hub's own navigation, and what all its templates may use."""

from typing import Any

from flask_login import current_user

from qitracker.hub.room import hub
from qitracker.method.roles import Permission

PAGES: tuple[tuple[str, str, Permission | None], ...] = (
    ("hub.home", "May need help", Permission.READ_HUB),
    ("hub.projects", "At a glance", Permission.READ_HUB),
    ("hub.intake", "New projects", Permission.RUN_HUB),
    ("hub.working", "What is working", None),
    ("hub.flow", "Flow", Permission.READ_HUB),
    ("hub.programmes", "Programmes", Permission.READ_HUB),
    ("hub.rules", "Rules", Permission.READ_HUB),
)
"""The pages in order: endpoint, name, and what a reader needs for it (None: to be signed in)."""


@hub.context_processor
def for_templates() -> dict[str, Any]:
    return {"hub_pages": hub_pages}


def hub_pages() -> list[tuple[str, str]]:
    """Endpoint and name of each that this reader may open."""
    return [(endpoint, name) for endpoint, name, need in PAGES if need is None or current_user.may_somewhere(need)]
