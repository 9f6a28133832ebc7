"""How far a measure's level has come from where the aim started to where it should go."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from qitracker.method.aims import (
    PERCENT,
    ROUND_TOWARDS_START,
    Aim,
    Number,
    exact,
    level_in_words,
    number_in_words,
    points_in_words,
    with_unit,
)
from qitracker.method.dates import in_words


class ProgressState(StrEnum):
    """Progress towards an aim, judged on levels (averages of a phase), never on a single point."""

    NO_DATA = "no_data"
    NO_CHANGE_YET = "no_change_yet"
    IMPROVED_NOT_MET = "improved_not_met"
    MET = "met"
    WORSE = "worse"


PROGRESS_WORDS = {
    ProgressState.NO_DATA: "No data yet",
    ProgressState.NO_CHANGE_YET: "No change yet",
    ProgressState.IMPROVED_NOT_MET: "Improved, not met",
    ProgressState.MET: "Met",
    ProgressState.WORSE: "Worse",
}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an aim has come.

    `share` is the part of the way done, 0.5 for half; below 0 on the wrong side of the start, above 1 past
    the target. `points_done` and `points_total` are in the measure's unit (percentage points for %); done
    carries the sign of share. All three are None without data. `is_past` is whether the aim's date has gone
    by.
    """

    state: ProgressState
    share: float | None
    points_done: float | None
    points_total: float | None
    is_past: bool
    sentence: str


def progress(aim: Aim, level_now: Number | None, improved: bool, at: date, *, worsened: bool = False) -> Progress:
    """Progress of an aim on a day.

    `level_now` is the level of the latest phase (its centre line), not the latest point. `improved` and
    `worsened` are whether the chart shows a signal that way against the phase the aim started from. Without a
    signal there is no change yet, whatever the level: met needs the level and the signal.
    """
    is_past = aim.by is not None and at > aim.by
    if level_now is None or aim.start is None or aim.target is None or exact(aim.start) == exact(aim.target):
        words = _no_data_words(aim, level_now) + _date_words(aim, is_past)
        return Progress(ProgressState.NO_DATA, None, None, None, is_past, words)
    wanted = exact(aim.target) - exact(aim.start)
    share = (exact(level_now) - exact(aim.start)) / wanted
    state = _state(share, improved, worsened)
    words = _words(state, aim, level_now, share, abs(wanted))
    if state is not ProgressState.MET:
        words += _date_words(aim, is_past)
    return Progress(state, float(share), float(share * abs(wanted)), float(abs(wanted)), is_past, words)


def _state(share: Decimal, improved: bool, worsened: bool) -> ProgressState:
    if worsened and share < 0:
        return ProgressState.WORSE
    if not improved or share <= 0:
        return ProgressState.NO_CHANGE_YET
    return ProgressState.MET if share >= 1 else ProgressState.IMPROVED_NOT_MET


def _no_data_words(aim: Aim, level_now: Number | None) -> str:
    if level_now is None:
        return "No data yet."
    now = level_in_words(level_now, aim.unit)
    return f"The average is {now}. To compare it, the aim needs a start and a target."


def _words(state: ProgressState, aim: Aim, level_now: Number, share: Decimal, total: Decimal) -> str:
    now = level_in_words(level_now, aim.unit)
    if state is ProgressState.IMPROVED_NOT_MET:
        return f"{PROGRESS_WORDS[state]}: {_part_of(share * total, total, aim.unit)}."
    if state is ProgressState.NO_CHANGE_YET:
        if share >= 1:
            return f"The average is {now}, which is at the target, but the chart does not show a change yet."
        return f"{PROGRESS_WORDS[state]}: the average is {now}."
    target = with_unit(number_in_words(exact(aim.target or 0)), aim.unit)
    if state is ProgressState.MET:
        return f"{PROGRESS_WORDS[state]}: the average is {now}, and the aim was {target}."
    started = with_unit(number_in_words(exact(aim.start or 0)), aim.unit)
    return f"{PROGRESS_WORDS[state]}: the average is {now}, and it was {started} at the start."


_LONG_WAY = 10
"""On a way this long a part below 1 is said as that: its decimals would look surer than any level is (our choice)."""


def _part_of(done: Decimal, total: Decimal, unit: str) -> str:
    """ "3 of 6 percentage points", "1.2 of 1.9 per 1,000 bed days"."""
    gained = level_in_words(done, rounding=ROUND_TOWARDS_START)
    if 0 < done < 1 and total >= _LONG_WAY:
        gained = "less than 1"
    if unit == PERCENT:
        return f"{gained} of {points_in_words(total)}"
    return f"{gained} of {level_in_words(total, unit)}"


def _date_words(aim: Aim, is_past: bool) -> str:
    if aim.by is None or not is_past:
        return ""
    return f" The date in the aim, {in_words(aim.by)}, has passed."
