"""The room put together: the talk of coach and team."""

from qitracker.coaching import thread
from qitracker.coaching.room import coaching

__all__ = ["coaching", "thread"]
