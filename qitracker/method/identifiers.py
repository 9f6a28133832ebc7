"""Warns when free text seems to hold something that identifies a patient. Warns only: the team knows better."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from qitracker.method.reasons import Reason

NHS_NUMBER_LENGTH = 10
NHS_NUMBER_SHAPES = frozenset({(10,), (3, 3, 4), (3, 7), (6, 4), (1,) * 10})
"""How people write the ten digits: in one piece, as on letters (3 3 4), or one in each box of a form. Groups of other
lengths are telephone and reference numbers."""

OLD_AFTER_YEARS = 15
"""A date in figures from longer ago is more often a date of birth than a date of the work. Ours."""

SENTENCES: Mapping[str, str] = {
    "nhs_number": "This looks like an NHS number. Please take it out: a project must not name patients.",
    "date_of_birth": "This looks like a date of birth. Please take it out: a project must not name patients.",
    "old_date": "This date is long ago. If it is a date of birth, please take it out.",
}


def identifying(text: str, today: date) -> tuple[Reason, ...]:
    """What in a text seems to identify a patient; each code at most once. The number itself is never repeated."""
    return tuple(Reason(code, SENTENCES[code]) for code, is_in in _SIGNS.items() if is_in(text, today))


_SEPARATOR = r"[ \u00a0\u2009.\-\u2010-\u2015]"
_DIGIT_RUN = re.compile(rf"[0-9]+(?:{_SEPARATOR}[0-9]+)*")
_DIALLING_PREFIX = re.compile(r"(?:\+|\(0\) ?|\btel\.?:? ?|\bphone:? ?|\bext\.?:? ?|\bbleep:? ?)$", re.IGNORECASE)
LONGEST_PREFIX = 10


def _has_nhs_number(text: str, _today: date) -> bool:
    for run in _DIGIT_RUN.finditer(text):
        if _DIALLING_PREFIX.search(text, max(0, run.start() - LONGEST_PREFIX), run.start()):
            continue
        groups = re.findall(r"[0-9]+", run.group())
        if any(is_nhs_number(candidate) for candidate in _ten_digits(groups)):
            return True
    return False


def _ten_digits(groups: list[str]) -> Iterator[str]:
    """Neighbouring groups that have the shape of an NHS number, joined. The groups around them are something else."""
    lengths = [len(group) for group in groups]
    for shape in NHS_NUMBER_SHAPES:
        for at in range(len(groups) - len(shape) + 1):
            if tuple(lengths[at : at + len(shape)]) == shape:
                yield "".join(groups[at : at + len(shape)])


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits carry the right check digit and are no filler such as 4444444444.

    Modulus 11: NHS Data Model and Dictionary, NHS NUMBER. The first nine digits are weighted 10 down to 2; 11 minus the
    rest of their sum divided by 11 is the tenth, with 11 written as 0, and 10 never issued.
    """
    if len(digits) != NHS_NUMBER_LENGTH or not (digits.isascii() and digits.isdigit()) or len(set(digits)) == 1:
        return False
    weighted = sum(int(digit) * weight for digit, weight in zip(digits[:-1], range(10, 1, -1), strict=True))
    return (11 - weighted % 11) % 11 == int(digits[-1])


_FIGURES = r"[0-3]?[0-9][/.\- ][01]?[0-9][/.\- ](?:[12][0-9])?[0-9]{2}"
_ISO = r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_WORDS = rf"[0-3]?[0-9](?:st|nd|rd|th)?[ \-](?:of )?{_MONTH}[ \-,]*(?:[12][0-9])?[0-9]{{2}}"
_ANY_DATE = rf"(?:{_ISO}|{_FIGURES}|{_WORDS})(?![0-9])"
_BIRTH = r"(?:\bd\.?o\.?b\b\.?|\bdate of birth\b|\bbirth ?date\b|\bbirthday\b|\bborn(?: on)?\b)"
_BIRTH_DATE = re.compile(rf"{_BIRTH}[ :=,(\-]*(?:is |was |of )?{_ANY_DATE}", re.IGNORECASE)
_FULL_FIGURES = re.compile(
    r"(?<![0-9/.\-])(?:(?P<y>[12][0-9]{3})-(?P<m>[01][0-9])-(?P<d>[0-3][0-9])"
    r"|(?P<d2>[0-3]?[0-9])[/.\-](?P<m2>[01]?[0-9])[/.\-](?P<y2>[12][0-9]{3}))(?![0-9])"
)


def _has_date_of_birth(text: str, _today: date) -> bool:
    return _BIRTH_DATE.search(text) is not None


def _has_old_date(text: str, today: date) -> bool:
    if _has_date_of_birth(text, today):
        return False
    return any(_is_old(found, today) for found in _FULL_FIGURES.finditer(text))


OLDEST_BIRTH_YEAR = 1900


def _is_old(found: re.Match[str], today: date) -> bool:
    year, month, day = (int(found[name] or found[f"{name}2"]) for name in ("y", "m", "d"))
    try:
        written = date(year, month, day)
    except ValueError:
        return False
    return OLDEST_BIRTH_YEAR <= written.year < today.year - OLD_AFTER_YEARS


_SIGNS: Mapping[str, Callable[[str, date], bool]] = {
    "nhs_number": _has_nhs_number,
    "date_of_birth": _has_date_of_birth,
    "old_date": _has_old_date,
}
