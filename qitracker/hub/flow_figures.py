"""The two figures that say whether support works, as control charts with the engine and the words of every chart."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Integer, case, cast, extract, func, select

from qitracker import spc
from qitracker.charts.measure_words import MeasureWords
from qitracker.charts.words import Finding, finding
from qitracker.hub import reach
from qitracker.hub.flow_numbers import MONTHS, first_month
from qitracker.method.dates import months_after
from qitracker.method.flow import MODEST, TESTED, MonthlyShare, Trained, coaching_coaches, reached_three_counted
from qitracker.method.measures import Rhythm
from qitracker.models import (
    CoachReview,
    CoachWord,
    ProgressScore,
    Project,
    Scorer,
    TrainedCoach,
    Unit,
    Visit,
    WordKind,
    db,
)
from qitracker.people.reader import Reader
from qitracker.plumbing import clock

FEWEST = 3
"""Below three months there is nothing to draw, only numbers in a table. Ours."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its question, its months, and what its chart says. No chart below three months."""

    key: str
    name: str
    about: str
    empty: str
    shares: tuple[MonthlyShare, ...]
    words: MeasureWords
    analysis: spc.Analysis | None
    finding: Finding


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    about: str
    empty: str
    counted: str
    out_of: str
    shares: Callable[[Reader, date], tuple[MonthlyShare, ...]]


def figure(key: str, reader: Reader, today: date) -> Figure:
    """One of the figures, for what this reader's hub looks after."""
    kind = FIGURES[key]
    shares = kind.shares(reader, today)
    words = MeasureWords(kind.name, "%", Rhythm.MONTH, kind.counted, kind.out_of)
    analysis = _analyse(shares) if len(shares) >= FEWEST else None
    return Figure(key, kind.name, kind.about, kind.empty, shares, words, analysis, finding(analysis, words))


def _analyse(shares: tuple[MonthlyShare, ...]) -> spc.Analysis | None:
    """A p chart; below twelve months a run chart, as for every measure. Provost and Murray (2011), chapter 4."""
    x = tuple(one.month.isoformat() for one in shares)
    chart = spc.kind_to_draw(spc.Chart.P, len(shares))
    if chart is spc.Chart.P:
        y, n, multiply = (
            [float(one.numerator) for one in shares],
            tuple(float(one.denominator) for one in shares),
            100.0,
        )
    else:
        y, n, multiply = [100 * one.numerator / one.denominator for one in shares], None, 1.0
    series = spc.Series(chart, tuple(y), n, x, multiply=multiply, direction=spc.Direction.INCREASE)
    try:
        return spc.analyse(series)
    except spc.Refused:
        return None


def _reached(reader: Reader, today: date) -> tuple[MonthlyShare, ...]:
    """From the scores that people gave; what is suggested from evidence is no score yet."""
    high, modest = int(TESTED * 10), int(MODEST * 10)
    modest_on = case((ProgressScore.tenths >= modest, ProgressScore.on))
    firsts = (
        select(
            func.min(ProgressScore.on).label("first"), func.min(modest_on, type_=ProgressScore.on.type).label("three")
        )
        .join(Project, Project.id == ProgressScore.project_id)
        .where(reach.within(reader), ProgressScore.scorer != Scorer.EVIDENCE, ProgressScore.tenths >= high)
        .group_by(ProgressScore.project_id)
        .having(func.min(ProgressScore.on) >= first_month(today))
        .subquery()
    )
    rows = db.session.execute(
        select(firsts.c.first, firsts.c.three, func.count()).group_by(firsts.c.first, firsts.c.three)
    )
    histories = {((first, TESTED), *([(three, MODEST)] if three else [])): n for first, three, n in rows}
    return reached_three_counted(histories, today)


def _coaching(reader: Reader, today: date) -> tuple[MonthlyShare, ...]:
    """Coaching is a review, a word of advice or a visit in the month."""
    rows = db.session.execute(
        select(TrainedCoach.person_id, func.min(TrainedCoach.trained_on), func.max(_until()))
        .join(Unit, Unit.id == TrainedCoach.unit_id)
        .where(reach.places(reader))
        .group_by(TrainedCoach.person_id)
    )
    people = [Trained(str(key), on, None if left == date.max else left) for key, on, left in rows]
    if not people:
        return ()
    begun = min(one.on for one in people)
    months = [months_after(first_month(today), place) for place in range(MONTHS)]
    active: dict[date, set[str]] = {month: set() for month in months if months_after(month, 1) > begun}
    for month, keys in _active(reader, first_month(today)).items():
        if month in active:
            active[month] |= {str(key) for key in keys}
    return coaching_coaches(people, active)


def _until() -> Any:
    return case((TrainedCoach.ended_on.is_(None), date.max), else_=TrainedCoach.ended_on)


def _active(reader: Reader, first: date) -> Mapping[date, set[uuid.UUID]]:
    """Who coached in which month."""
    moment = clock.beginning(first)
    reviews = select(CoachReview.by_id, *_month(CoachReview.on)).join(Project, Project.id == CoachReview.project_id)
    visits = select(Visit.coach_id, *_month(Visit.on)).join(Unit, Unit.id == Visit.unit_id)
    visits = visits.outerjoin(Project, Project.id == Visit.project_id)
    seen = Visit.project_id.is_(None) | reach.within(reader)  # one to a private project would tell that there is one
    words = select(CoachWord.by_id, CoachWord.at).join(Project, Project.id == CoachWord.project_id)
    found: dict[date, set[uuid.UUID]] = defaultdict(set)
    for query in (
        reviews.where(reach.within(reader), CoachReview.on >= first).distinct(),
        visits.where(reach.places(reader), seen, Visit.on >= first).distinct(),
    ):
        for key, year, month in db.session.execute(query):
            found[date(year, month, 1)].add(key)
    advice = words.where(reach.within(reader), CoachWord.kind == WordKind.ADVICE, CoachWord.at >= moment)
    for key, at in db.session.execute(advice):
        found[clock.local(at).date().replace(day=1)].add(key)
    return found


def _month(day: Any) -> tuple[Any, Any]:
    """Year and month of a day: so many rows fewer than days."""
    return cast(extract("year", day), Integer), cast(extract("month", day), Integer)


FIGURES: Mapping[str, _Kind] = {
    "reached-three": _Kind(
        "From 2.5 to 3.0 within three months",
        "Of the projects that reached a score of 2.5 in a month, the share that reached 3.0 within three months.",
        "No project has reached 2.5 and had its three months yet. Scores come from teams and coaches.",
        "projects that reached 3.0",
        "projects that reached 2.5",
        _reached,
    ),
    "coaching": _Kind(
        "Trained coaches who are coaching",
        "Of the people trained to coach, the share who left a review or advice, or visited, in the month.",
        "Nobody is written down as trained to coach yet. Coaches are added under Coaching.",
        "coaches who coached",
        "trained coaches",
        _coaching,
    ),
}
"""East London NHS Foundation Trust, January 2020: both figures, and what to expect of each (method/flow.py)."""
