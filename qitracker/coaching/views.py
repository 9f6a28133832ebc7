"""The room put together: the queue, the review, the talk of coach and team."""

from qitracker.coaching import mine, review, thread
from qitracker.coaching.room import coaching

__all__ = ["coaching", "mine", "review", "thread"]
