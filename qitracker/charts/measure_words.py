"""What a chart needs to know about its measure to speak of it."""

from __future__ import annotations

from dataclasses import dataclass

from qitracker.method.measures import Rhythm


@dataclass(frozen=True, slots=True)
class MeasureWords:
    """The words of a measure.

    ``unit`` follows a number ("%", "per 1,000 bed days", "minutes"). ``counted`` and ``out_of`` name what a
    numerator and a denominator count ("births with a large bleed", "births"), for "9 of 81 births". ``is_several``: a
    point stands for several values taken at a time, and its denominator is how many there were.
    """

    name: str
    unit: str = ""
    rhythm: Rhythm = Rhythm.NONE
    counted: str = ""
    out_of: str = ""
    is_several: bool = False
