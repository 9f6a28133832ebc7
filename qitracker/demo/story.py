"""Telling a project as it went: the clock stands at the day of each deed, so that its history reads true."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from qitracker.cycles.actions import start_cycle, write_act, write_do, write_study
from qitracker.cycles.sheets import Plan
from qitracker.feeds.changes import Change, change_many, change_one
from qitracker.feeds.numbers import Numbers
from qitracker.method.cycles import CycleKind, Decision, Scale, Verdict
from qitracker.models import Cycle, Idea, Person, Project, Series, db


@dataclass(frozen=True, slots=True, eq=False)
class Coming:
    """A number that will be added on a day to come."""

    due: date
    series: Series
    period: date
    numbers: Numbers
    by: Person


class Story:
    """The clock of the demonstration, and the deeds that every project has."""

    def __init__(self) -> None:
        self.moment = datetime(2022, 6, 1, 9, 0, tzinfo=UTC)
        self._coming: list[Coming] = []

    def __call__(self) -> datetime:
        return self.moment

    def on(self, day: date, hour: int = 10) -> None:
        """It is now this day; the numbers that were to come in by then have come in, each on its own day."""
        for number in sorted((one for one in self._coming if one.due <= day), key=lambda one: one.due):
            self._coming.remove(number)
            self._set(number.due, hour=9)
            change_one(number.series, Change(number.period, None, number.numbers), by=number.by)
        self._set(day, hour)

    def _set(self, day: date, hour: int) -> None:
        self.moment = datetime.combine(day, time(hour), tzinfo=UTC)

    def each_month(self, series: Series, rows: Sequence[tuple[date, Numbers]], *, by: Person) -> None:
        """Numbers to come, each on the fifth of the month after, as a team would add it."""
        for month, numbers in rows:
            self._coming.append(Coming((month + timedelta(days=35)).replace(day=5), series, month, numbers, by))

    def each_week(self, series: Series, rows: Sequence[tuple[date, Numbers]], *, by: Person) -> None:
        """Numbers to come, each on the day after its week."""
        for monday, numbers in rows:
            self._coming.append(Coming(monday + timedelta(days=7), series, monday, numbers, by))

    def pasted(self, series: Series, rows: Sequence[tuple[date, Numbers]], *, by: Person) -> None:
        """All at once, from a spreadsheet."""
        change_many(series, [Change(on, None, numbers) for on, numbers in rows], by=by, verb="pasted")

    def cycle(
        self,
        project: Project,
        idea: Idea,
        title: str,
        *,
        by: Person,
        start: date,
        end: date,
        scale: Scale,
        questions: Sequence[tuple[str, str]],
        change: str,
        series: Series | None = None,
        data_plan: str = "",
        follows: Cycle | None = None,
        objective: str = "",
        tasks: Sequence[tuple[str, str]] = (),
    ) -> Cycle:
        """A planned cycle."""
        columns = {
            "idea_id": idea.id, "title": title, "owner_id": by.id, "kind": CycleKind.TEST, "scale": scale,
            "planned_start": start, "planned_end": end, "objective": objective, "change": change, "who_where": "",
            "data_plan": data_plan, "series_id": series.id if series else None, "stop_rule": "", "who_must_know": "",
        }  # fmt: skip
        plan = Plan(columns, questions=tuple(questions), tasks=tuple(tasks))
        return start_cycle(project, plan, by=by, follows=follows)

    def done(self, cycle: Cycle, happened: str, *, by: Person, as_planned: bool = True, surprises: str = "") -> None:
        """What happened, on the cycle's own days."""
        columns = {
            "started": cycle.planned_start, "ended": cycle.planned_end, "as_planned": as_planned, "happened": happened,
            "surprises": surprises, "comments": "",
        }  # fmt: skip
        write_do(cycle, columns, {task.id: True for task in cycle.tasks}, by=by)

    def studied(
        self, cycle: Cycle, findings: str, learnt: str, *, by: Person, seen: Sequence[tuple[Verdict, str]]
    ) -> None:
        """The questions one by one, then what was learnt."""
        answers = {row.id: answer for row, answer in zip(cycle.questions, seen, strict=True)}
        write_study(cycle, {"findings": findings, "learnt": learnt, "side_effects": ""}, answers, by=by)

    def decided(self, cycle: Cycle, decision: Decision, *, by: Person, next_change: str = "", why: str = "") -> None:
        """Adopt, adapt or abandon."""
        columns = {"decision": decision, "next_change": next_change, "confidence": 4, "why": why}
        write_act(cycle, columns, by=by)
        db.session.flush()


def proportion(numerator: float, denominator: float) -> Numbers:
    return Numbers(float(numerator), float(denominator))
