"""The numbers of the linked series before and during a test, cut out of its stored analysis."""

from dataclasses import dataclass
from datetime import date

from qitracker.charts.numbers import short_unit, show_number
from qitracker.charts.periods import as_date, show_period
from qitracker.charts.point_words import point_words
from qitracker.charts.sparkline import sparkline
from qitracker.findings import Said
from qitracker.method.measures import period_of
from qitracker.spc import Analysis

N_BEFORE = 6
"""Points shown from before the test, so that there is something to compare with. Ours: half a year of months."""
MOST_DURING = 60


@dataclass(frozen=True, slots=True)
class Row:
    """One number: its period, the number, what it shows in words, and whether it is from the test."""

    period: str
    number: str
    shows: str
    is_during: bool


@dataclass(frozen=True, slots=True)
class Window:
    """The numbers around a test, oldest first, and their small picture as SVG ("" when there are none)."""

    rows: tuple[Row, ...]
    picture: str

    @property
    def has_during(self) -> bool:
        return any(row.is_during for row in self.rows)


def window(said: Said, start: date | None, end: date | None, today: date) -> Window:
    """The last numbers before `start` and all up to `end` (today while it is open). Without a start: the latest."""
    if said.analysis is None:
        return Window((), "")
    places = _places(said, said.analysis, start, end or today)
    rows = tuple(_row(said, said.analysis, place, is_during) for place, is_during in places)
    return Window(rows, _picture(said, said.analysis, [place for place, _ in places]))


def _places(said: Said, analysis: Analysis, start: date | None, end: date) -> list[tuple[int, bool]]:
    first = period_of(start, said.words.rhythm) if start else None
    before: list[int] = []
    during: list[int] = []
    for place, x in enumerate(analysis.x):
        on = as_date(x)
        if on is None or analysis.y[place] is None:
            continue
        if first is None or on < first:
            before.append(place)
        elif on <= end:
            during.append(place)
    return [(place, False) for place in before[-N_BEFORE:]] + [(place, True) for place in during[-MOST_DURING:]]


def _row(said: Said, analysis: Analysis, place: int, is_during: bool) -> Row:
    return Row(
        show_period(analysis.x[place], said.words.rhythm),
        show_number(analysis.y[place], short_unit(said.words.unit)),
        point_words(analysis, place),
        is_during,
    )


def _picture(said: Said, analysis: Analysis, places: list[int]) -> str:
    if len(places) < 2:
        return ""
    return sparkline(
        [analysis.y[place] for place in places],
        [analysis.cl[place] for place in places],
        [analysis.meaning[place] for place in places],
        lower=[analysis.lcl[place] for place in places],
        upper=[analysis.ucl[place] for place in places],
        label=f"{said.words.name}: the numbers before and during the test, as in the table",
    )
