"""The list of a project's measures: each series as a small chart with its finding in one line."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from qitracker.charts.evidence import capital
from qitracker.charts.numbers import short_unit, show_number
from qitracker.charts.periods import in_period
from qitracker.charts.sparkline import sparkline
from qitracker.charts.words import finding
from qitracker.measures.naming import caption_of, name_among, words_of
from qitracker.measures.saying import tone_of
from qitracker.measures.stored import parsed
from qitracker.method.dates import in_words
from qitracker.method.measures import (
    MEASURE_KINDS,
    RHYTHMS,
    MeasureKind,
    Rhythm,
    next_due,
    period_after,
    period_name,
    periods_missing,
)
from qitracker.models import Measure, Series
from qitracker.spc import Analysis

log = logging.getLogger("qitracker")

SHOWN = 40  # points on a small chart: more than its pixels can tell apart
CANNOT_SAY = "This chart cannot be shown at the moment. Open it: the numbers are there."


@dataclass(frozen=True, slots=True)
class SeriesLine:
    """One series in the list. `picture` is None where there is nothing to draw."""

    series: Series
    name: str
    sentence: str
    tone: str
    latest: str
    due: str
    is_due: bool
    picture: Markup | None


@dataclass(frozen=True, slots=True)
class MeasureCard:
    measure: Measure
    caption: str
    lines: tuple[SeriesLine, ...]


@dataclass(frozen=True, slots=True)
class KindGroup:
    """The measures of one kind; `advice` where there is none."""

    kind: MeasureKind
    name: str
    question: str
    advice: str
    cards: tuple[MeasureCard, ...]


def groups_of(measures: Sequence[Measure], today: date) -> tuple[KindGroup, ...]:
    """All kinds in order: what should get better, what we do for it, what must not get worse."""
    found = []
    for kind, words in MEASURE_KINDS.items():
        cards = tuple(card_of(one, today) for one in measures if one.kind is kind)
        found.append(KindGroup(kind, words.name, words.question, "" if cards else words.advice, cards))
    return tuple(found)


def card_of(measure: Measure, today: date) -> MeasureCard:
    return MeasureCard(measure, caption_of(measure), tuple(line_of(one, measure, today) for one in measure.series))


def line_of(series: Series, measure: Measure, today: date) -> SeriesLine:
    """One series in a line. A chart that cannot be read says so, and the list stands."""
    words = words_of(measure)
    due, is_due = due_words(series.last_on, measure.rhythm, today)
    name = name_among(series, measure.series) if len(measure.series) > 1 or series.group else ""
    try:
        analysis = parsed(series.analysis)
        found = finding(analysis, words)
        sentence, tone = found.short, tone_of(found)
        latest, picture = "", None
        if analysis is not None:
            latest, picture = _latest(analysis, measure), small_chart(analysis, f"{measure.name}. {found.short}")
    except Exception:
        log.exception("series %s cannot be listed", series.id)
        sentence, tone, latest, picture = CANNOT_SAY, "common", "", None
    return SeriesLine(series, name, sentence, tone, latest, due, is_due, picture)


def _latest(analysis: Analysis, measure: Measure) -> str:
    at = max((i for i, value in enumerate(analysis.y) if value is not None), default=None)
    if at is None:
        return ""
    return f"{show_number(analysis.y[at], short_unit(measure.unit))} {in_period(analysis.x[at], measure.rhythm)}"


def small_chart(analysis: Analysis, label: str, width: int = 300, height: int = 80) -> Markup:
    """The latest points as a sparkline, safe to put on a page: it escapes its label itself."""
    last = slice(-SHOWN, None)
    drawn = sparkline(
        analysis.y[last],
        analysis.cl[last],
        analysis.meaning[last],
        label=label,
        lower=analysis.lcl[last],
        upper=analysis.ucl[last],
        width=width,
        height=height,
    )
    return Markup(drawn)  # noqa: S704 (made by us of numbers; its one text is escaped there)


def due_words(last: date | None, rhythm: Rhythm, today: date) -> tuple[str, bool]:
    """When the next number is due, in words, and whether that day has come."""
    if last is None:
        return "Add the first number.", True
    due = next_due(last, rhythm)
    if due is None:
        return "", False
    missing = periods_missing(last, rhythm, today)
    if not missing:
        following = period_name(period_after(last, rhythm), rhythm)
        return f"Next: {following}, due on {in_words(due)}.", False
    if len(missing) == 1:
        return f"{capital(period_name(missing[0], rhythm))} is waiting for its number.", True
    noun = RHYTHMS[rhythm].noun
    plural = noun if noun.endswith("s") else f"{noun}s"
    names = f"{period_name(missing[0], rhythm)} to {period_name(missing[-1], rhythm)}"
    if rhythm is Rhythm.FORTNIGHT:
        return f"{len(missing)} numbers are waiting: {names}.", True
    return f"{len(missing)} {plural} are waiting for numbers: {names}.", True
