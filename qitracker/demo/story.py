"""Telling a project as it went: the clock stands at the day of each deed, so that its history reads true."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from qitracker.feeds.changes import Change, change_many, change_one
from qitracker.feeds.numbers import Numbers
from qitracker.method.measures import period_after
from qitracker.models import Person, Project, Series, db
from qitracker.standing.keeping import keep

LATELY, OFTEN, SELDOM = timedelta(days=100), timedelta(weeks=1), timedelta(weeks=4)
"""How often it is written down where a project stands while nothing happens: each week lately, each month before."""


@dataclass(frozen=True, slots=True, eq=False)
class Coming:
    """A number that will be added on a day to come."""

    due: date
    series: Series
    period: date
    numbers: Numbers
    by: Person


class Story:
    """The clock of the demonstration. It never passes the day on which the demonstration is loaded."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.moment = datetime.combine(today, time(9), tzinfo=UTC)
        self._coming: list[Coming] = []
        self._project: Project | None = None
        self._kept = date.min

    def __call__(self) -> datetime:
        return self.moment

    @property
    def day(self) -> date:
        return self.moment.date()

    def ago(self, days: int) -> date:
        """A day before the one on which the demonstration is loaded; one after it where `days` is negative."""
        return self.today - timedelta(days=days)

    def begin(self, day: date) -> None:
        """Another project begins: the clock goes back to its first day."""
        self._project = None
        self._coming.clear()
        self._set(min(day, self.today), hour=10)

    def watch(self, project: Project) -> None:
        """From now on it is written down where this project stands as the days go by."""
        self._project = project

    def on(self, day: date, hour: int = 10) -> None:
        """It is now this day. What was to come in by then has come in, each number on its own day."""
        day = min(day, self.today)
        if day < self.day:
            raise ValueError(f"the story goes forward: {day} is before {self.day}")
        for place, stop in enumerate(self._stops(day)):
            if place == 0 or self.day - self._kept >= self._pace():
                self._evening()
            self._set(stop, hour=9)
            self._come_in(stop)
        self._set(day, hour)

    def _stops(self, day: date) -> list[date]:
        """The days until then on which something comes in, or that are looked at because nothing did for long."""
        stops = {one.due for one in self._coming if self.day < one.due <= day}
        stop = self.day
        while stop < day:
            stops.add(stop := min(day, stop + OFTEN))
        return sorted(stops)

    def _pace(self) -> timedelta:
        return OFTEN if self.today - self.day < LATELY else SELDOM

    def _evening(self) -> None:
        """Write down where the project stands at the end of a day."""
        self._kept = self.day
        if self._project is None:
            return
        self._set(self.day, hour=20)
        if keep([self._project], self.day)["failed"]:
            raise RuntimeError(f"the standing of “{self._project.title}” on {self.day} cannot be worked out")

    def _come_in(self, day: date) -> None:
        for number in [one for one in self._coming if one.due <= day]:
            self._coming.remove(number)
            change_one(number.series, Change(number.period, None, number.numbers), by=number.by)

    def _set(self, day: date, hour: int) -> None:
        # On the last day just after midnight: nothing lies ahead of whoever looks that morning.
        at = time(hour) if day < self.today else time(0, hour)
        self.moment = datetime.combine(day, at, tzinfo=UTC)

    def numbers(self, series: Series, rows: Sequence[tuple[date, Numbers]], *, by: Person, days_after: int = 0) -> None:
        """Those that are known are pasted from a spreadsheet; the others come in when their period is over."""
        known, later = [], []
        for period, numbers in rows:
            due = period_after(period, series.measure.rhythm) + timedelta(days=days_after)
            if due <= self.day:
                known.append(Change(period, None, numbers))
            else:
                later.append(Coming(due, series, period, numbers, by))
        if known:
            change_many(series, known, by=by, verb="pasted")
        self._coming = sorted([*self._coming, *later], key=lambda one: one.due)
        db.session.flush()


def proportion(numerator: float, denominator: float) -> Numbers:
    return Numbers(float(numerator), float(denominator))
