"""The room put together: the queue, the review, the talk of coach and team, and the pages for coaches together."""

from qitracker.coaching import colleagues, coverage, mine, quality, review, thread, visits
from qitracker.coaching.room import coaching

__all__ = ["coaching", "colleagues", "coverage", "mine", "quality", "review", "thread", "visits"]
