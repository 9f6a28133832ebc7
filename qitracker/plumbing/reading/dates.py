"""One date, the British way or ISO, or a sentence that says what to type instead.

An American date is never turned round in silence: 01/31/2025 is refused with a question, and a column that
holds one casts doubt on every date of that column that could be read either way (`read_date_column`).
"""

import calendar
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from qitracker.plumbing.reading.text import INVISIBLE
from qitracker.plumbing.reading.unreadable import Unreadable, quoted

EARLIEST = date(1990, 1, 1)  # before any improvement record a hospital still holds: an older date is a slip
DAYS_AHEAD = 1  # a night shift may enter tomorrow's date; a result further ahead cannot exist yet
LONGEST = 60  # characters; "week commencing Wednesday 10th of September 2025 00:00:00" has 55
EXCEL_DAY_ZERO = date(
    1899, 12, 30
)  # ECMA-376 part 1, section 18.17.4.1: serial 1 is 1 January 1900, 1900 taken as leap

MONTHS = tuple(m.casefold() for m in calendar.month_name)
_MONTH_NUMBER = (
    {name: i for i, name in enumerate(MONTHS) if name} | {m[:3]: i for i, m in enumerate(MONTHS) if m} | {"sept": 9}
)
_DAY_NUMBER = {
    name: number
    for number, day in enumerate(d.casefold() for d in calendar.day_name)
    for name in (day, day[:3], day[:4], day[:5])
}


class Granularity(StrEnum):
    """How much of a date was given."""

    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date and how it was written. A month is its first day. `either_way`: only the order in numbers decides it."""

    value: date
    granularity: Granularity = Granularity.DAY
    either_way: bool = False


def read_date(text: str, *, today: date, earliest: date = EARLIEST, days_ahead: int = DAYS_AHEAD) -> DateReading:
    """Read one date: 2025-01-31, 31/01/2025, 31.01.25, 31 Jan 2025, Jan-25, 01/2025, w/c 3 Nov 2025, 45688 (Excel).

    Numbers in a row are day, month, year. A time of day after the date is left off.
    Raises Unreadable: blank (code 'empty'), month before day ('month_first'), no year, not a date, out of range.
    """
    parts = _Written.of(text)
    for pattern, build in _FORMS:
        if found := pattern.fullmatch(parts.body):
            reading = build(found, parts)
            break
    else:
        raise Unreadable(
            f"{quoted(parts.typed)} is not a date. Enter a date such as 31/01/2025 or January 2025", "not_a_date"
        )
    _refuse_weekday(reading, parts)
    if reading.value < earliest:
        raise Unreadable(f"{quoted(parts.typed)} is before {say_date(earliest)}. Check the year", "too_early")
    if reading.value > (last := today + timedelta(days=days_ahead)):
        late = "is in the future. Check the date" if days_ahead <= DAYS_AHEAD else f"is after {say_date(last)}"
        raise Unreadable(f"{quoted(parts.typed)} {late}", "future")
    return reading


def read_date_column(
    texts: Sequence[str], *, today: date, earliest: date = EARLIEST, days_ahead: int = DAYS_AHEAD
) -> tuple[DateReading | Unreadable, ...]:
    """Read the dates of one column, each as a reading or as its refusal, in the order given.

    If any of them is possible only month first, those that could be either are refused as well (code 'either_way').
    """

    def one(text: str) -> DateReading | Unreadable:
        try:
            return read_date(text, today=today, earliest=earliest, days_ahead=days_ahead)
        except Unreadable as refusal:
            return refusal

    readings = tuple(one(text) for text in texts)
    american = next(
        (t for t, r in zip(texts, readings, strict=True) if isinstance(r, Unreadable) and r.code == "month_first"), None
    )
    if american is None:
        return readings
    doubt = (
        f"could be read two ways, because {quoted(american.strip())} in the same column has the month first. "
        "Change the whole column to day, month, year"
    )
    return tuple(
        Unreadable(f"{quoted(text.strip())} {doubt}", "either_way")
        if isinstance(reading, DateReading) and reading.either_way
        else reading
        for text, reading in zip(texts, readings, strict=True)
    )


def say_date(day: date) -> str:
    """The date as a sentence says it: 3 November 2025."""
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def say_month(day: date) -> str:
    """The month as a sentence says it: November 2025."""
    return f"{calendar.month_name[day.month]} {day.year}"


_DROP = re.compile(f"[{INVISIBLE}]")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_WEEK_STARTS = re.compile(r"(?:w\s*/?\s*[cb]\b|week\s+(?:commencing|beginning|starting|of))[\s:.-]*")
_WEEK_ENDS = re.compile(r"(?:w\s*/\s*e\b|week\s+ending)")
_WEEKDAY = re.compile(rf"({'|'.join(sorted(_DAY_NUMBER, key=len, reverse=True))})[.,]?\s+(?=\d)")
_TIME = re.compile(
    r"(?<=\d)(?:t|,?\s+)(?:[01]?\d|2[0-3])[:.][0-5]\d(?:[:.](?:[0-5]\d|60)(?:[.,]\d{1,9})?)?\s*(?:am|pm)?\s*(?:z|utc|gmt|bst|[+-]\d\d:?\d\d)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class _Written:
    """What was typed, and its body: lower case, plain dashes and blanks, without weekday and time of day."""

    typed: str
    body: str
    weekday: int | None = None

    @classmethod
    def of(cls, text: str) -> "_Written":
        typed = _DROP.sub("", text[: LONGEST * 4]).strip()
        if not typed:
            raise Unreadable("Enter a date, such as 31/01/2025", "empty")
        if len(typed) > LONGEST:
            raise Unreadable(f"{quoted(typed)} is too long for a date. Enter a date such as 31/01/2025", "not_a_date")
        body = " ".join(_DASHES.sub("-", typed).casefold().split())
        if _WEEK_ENDS.match(body):
            raise Unreadable(f"{quoted(typed)} is the end of a week. Enter the first day of the week", "week_end")
        body = _WEEK_STARTS.sub("", body, count=1) if _WEEK_STARTS.match(body) else body
        time = next((m for m in _TIME.finditer(body) if m.end() == len(body)), None)
        body = body[: time.start()] if time else body
        named = _WEEKDAY.match(body)
        return cls(typed, body[named.end() :] if named else body, _DAY_NUMBER[named[1]] if named else None)


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else int(text) + (1900 if int(text) >= EARLIEST.year % 100 else 2000)


def _day(year: int, month: int, day: int, written: _Written, *, either_way: bool = False) -> DateReading:
    if not 1 <= month <= 12:
        raise Unreadable(f"{quoted(written.typed)} is not a date, because there is no month {month}", "not_a_date")
    if not 1 <= year <= 9999:
        raise Unreadable(f"{quoted(written.typed)} is not a date. Enter a year such as 2025", "not_a_date")
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        name = f"{calendar.month_name[month]} {year}"
        raise Unreadable(f"{quoted(written.typed)} is not a date, because {name} has {last} days", "not_a_date")
    return DateReading(date(year, month, day), either_way=either_way)


def _month(year: int, month: int, written: _Written) -> DateReading:
    return DateReading(_day(year, month, 1, written).value, Granularity.MONTH)


def _named_month(name: str, written: _Written) -> int:
    if name not in _MONTH_NUMBER:
        raise Unreadable(
            f"{quoted(written.typed)} has no month that we know. Enter a date such as 31 January 2025", "not_a_date"
        )
    return _MONTH_NUMBER[name]


def _iso(found: re.Match[str], written: _Written) -> DateReading:
    return _day(int(found[1]), int(found[3]), int(found[4]), written)


def _numbers(found: re.Match[str], written: _Written) -> DateReading:
    day, month, year = int(found[1]), int(found[3]), _year(found[4])
    if month > 12 >= day >= 1 and month <= calendar.monthrange(min(max(year, 1), 9999), day)[1]:
        raise Unreadable(
            f"{quoted(written.typed)} has the month before the day. Did you mean {month:02}/{day:02}/{year}?",
            "month_first",
        )
    return _day(year, month, day, written, either_way=day <= 12 and day != month)


def _day_named(found: re.Match[str], written: _Written) -> DateReading:
    return _day(_year(found[3]), _named_month(found[2], written), int(found[1]), written)


def _named_day(found: re.Match[str], written: _Written) -> DateReading:
    return _day(int(found[3]), _named_month(found[1], written), int(found[2]), written)


def _named_year(found: re.Match[str], written: _Written) -> DateReading:
    return _month(_year(found[2]), _named_month(found[1], written), written)


def _year_named(found: re.Match[str], written: _Written) -> DateReading:
    return _month(int(found[1]), _named_month(found[2], written), written)


def _year_month(found: re.Match[str], written: _Written) -> DateReading:
    if int(found[2]) > 12:
        raise _ask("year")(found, written)
    return _month(int(found[1]), int(found[2]), written)


def _month_year(found: re.Match[str], written: _Written) -> DateReading:
    return _month(int(found[2]), int(found[1]), written)


def _compact(found: re.Match[str], written: _Written) -> DateReading:
    return _day(int(found[1]), int(found[2]), int(found[3]), written)


def _serial(found: re.Match[str], _written: _Written) -> DateReading:
    return DateReading(EXCEL_DAY_ZERO + timedelta(days=int(found[1])))


_ADVICE = {
    "year": "is more than one day. Enter the day or the month it stands for, such as 31/01/2025 or January 2025",
    "quarter": "could be two different quarters. Enter its first month, such as April 2025",
    "no_year": "has no year. Enter a date such as 31/01/2025 or January 2025",
}


def _ask(code: str) -> Callable[[re.Match[str], _Written], Unreadable]:
    return lambda _found, written: Unreadable(f"{quoted(written.typed)} {_ADVICE[code]}", code)


def _refuse(code: str) -> Callable[[re.Match[str], _Written], DateReading]:
    def build(found: re.Match[str], written: _Written) -> DateReading:
        raise _ask(code)(found, written)

    return build


# Every form that is understood, in the order in which it is tried; the last ones are understood well enough to ask.
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], _Written], DateReading]], ...] = tuple(
    (re.compile(pattern, re.ASCII), build)
    for pattern, build in (
        (r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", _iso),
        (r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})", _numbers),
        (r"(\d{1,2})(?:st|nd|rd|th)?[-/., ]*(?:of )?([a-z]{3,9})[-/., ']*(\d{4}|\d{2})", _day_named),
        (r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", _named_day),
        (r"([a-z]{3,9})[-/., ']*(\d{4}|\d{2})", _named_year),
        (r"(\d{4})[-/ ]([a-z]{3,9})", _year_named),
        (r"(\d{4})[-/](\d{1,2})", _year_month),
        (r"(\d{1,2})[-/](\d{4})", _month_year),
        (r"(\d{4})(\d{2})(\d{2})", _compact),
        (r"((?:19|20)\d{2})(\d{2})", _year_month),
        (r"(\d{5})(?:\.\d{1,17})?", _serial),
        (r"\d{4}|(?:fy ?)?\d{4} ?[-/] ?\d{2,4}", _refuse("year")),
        (r"(?:\d{4}[-/ ]*)?q(?:uarter|tr)? ?[1-4](?:.*)", _refuse("quarter")),
        (
            rf"\d{{1,2}}[-/. ]\d{{1,2}}|(?:\d{{1,2}}(?:st|nd|rd|th)?[-/. ]*)?(?:{'|'.join(_MONTH_NUMBER)})\.?",
            _refuse("no_year"),
        ),
    )
)


def _refuse_weekday(reading: DateReading, written: _Written) -> None:
    if (
        written.weekday is None
        or reading.granularity is not Granularity.DAY
        or reading.value.weekday() == written.weekday
    ):
        return
    is_a = calendar.day_name[reading.value.weekday()]
    raise Unreadable(
        f"{quoted(written.typed)} does not fit: {say_date(reading.value)} is a {is_a}. Check the date", "weekday"
    )
