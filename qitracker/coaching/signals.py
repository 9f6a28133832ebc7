"""When a chart first showed the signal it shows now: a shift begins with its first point, and is seen at its eighth."""

from datetime import date

from qitracker.method.measures import Rhythm, period_after

SHIFT = 8
"""Points on one side that make a shift (Provost and Murray, The Health Care Data Guide). Shorter patterns are seen
sooner; they count as new for a little longer."""


def seen_from(since: date, rhythm: Rhythm, last: date | None) -> date:
    """The day from which a signal could be seen that began with the period of `since`; not after the last point."""
    day = since
    if rhythm is not Rhythm.NONE:
        for _ in range(SHIFT - 1):
            day = period_after(day, rhythm)
    return max(since, min(day, last)) if last is not None else day
