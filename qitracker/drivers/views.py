"""All views of the room, hung on its blueprint."""

from qitracker.drivers import bringing_in, diagram, editing, idea_list, idea_page
from qitracker.drivers.room import drivers

__all__ = ["bringing_in", "diagram", "drivers", "editing", "idea_list", "idea_page"]
