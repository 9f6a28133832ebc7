"""The room put together: reading, planning, and the later parts of a cycle."""

from qitracker.cycles import planning, reading, working
from qitracker.cycles.room import cycles

__all__ = ["cycles", "planning", "reading", "working"]
