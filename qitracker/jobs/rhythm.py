"""When a job is due, by the clock on the wall."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from qitracker.method.dates import DAYS


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Each day at a time, or on one day of the week (0 is Monday); `at` None is each minute."""

    at: time | None = None
    weekday: int | None = None

    def latest(self, now: datetime) -> date:
        """The latest day on which it was due by this moment, in local time."""
        if self.at is None:
            return now.date()
        day = now.date() if now.time() >= self.at else now.date() - timedelta(days=1)
        return day if self.weekday is None else day - timedelta(days=(day.weekday() - self.weekday) % 7)

    @property
    def words(self) -> str:
        """ "every minute", "each day at 02:10", "each Monday at 07:30"."""
        if self.at is None:
            return "every minute"
        which = "day" if self.weekday is None else DAYS[self.weekday]
        return f"each {which} at {self.at:%H:%M}"
