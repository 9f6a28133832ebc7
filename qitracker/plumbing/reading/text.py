"""Free text, fit to store in any database and to show on any page.

Refused rather than altered: control characters, broken halves of characters, characters that reorder the
line. Altered, because no reader can tell: composition (NFC), kinds of line ending, blanks at either end.
"""

import re
import unicodedata

from qitracker.plumbing.reading.unreadable import Unreadable

# The line breaks of the Unicode Standard, section 5.8 (newline guidelines); slides paste U+000B as a soft break.
_NEWLINES = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Embeddings, overrides and isolates of UAX 9, table 3: they reorder what follows ("Trojan Source", CVE-2021-42574).
# The plain marks U+200E, U+200F and U+061C stay: names in Arabic and Hebrew need them and they move nothing else.
_REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")  # general category Cc, less tab and the newlines above
_SURROGATE = re.compile("[\ud800-\udfff]")
# Characters that show nothing by themselves. They stay inside a text (emoji and several scripts need joiners).
INVISIBLE = "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2064\u3164\ufe00-\ufe0f\ufeff\uffa0"
_ONLY_INVISIBLE = re.compile(rf"[\s{INVISIBLE}]*")
_NOT_ASCII = re.compile("[^\x00-\x7f]")
MOST_MARKS_TOGETHER = 30  # UAX 15, stream-safe text format: no real writing has more; sorting them is quadratic
LONGEST_DECOMPOSITION = 4  # UAX 15: no character decomposes into more than 4 under NFD, so NFC shrinks no further


def clean(text: str, max_length: int) -> str:
    """The text as it will be stored: NFC, lines ended by a line feed, no blanks at either end, '' if nothing shows.

    `max_length` counts characters (code points), as a database column does.
    Raises Unreadable for text that is too long or holds characters nobody can mean.
    """
    trimmed = text.strip()
    if len(trimmed) > max_length * LONGEST_DECOMPOSITION:
        raise _too_long(len(trimmed), max_length)
    lined = _NEWLINES.sub("\n", trimmed)
    _refuse_characters(lined)
    composed = unicodedata.normalize("NFC", lined).strip()
    if _ONLY_INVISIBLE.fullmatch(composed):
        return ""
    if len(composed) > max_length:
        raise _too_long(len(composed), max_length)
    return composed


def _too_long(length: int, max_length: int) -> Unreadable:
    return Unreadable(
        f"This is {length:,} characters long. Shorten it to {max_length:,} characters or fewer", "too_long"
    )


def _refuse_characters(text: str) -> None:
    if _SURROGATE.search(text):
        raise Unreadable("Part of this text was damaged when it was copied. Type it again", "surrogate")
    if control := _CONTROL.search(text):
        raise Unreadable(
            f"This text contains an invisible control character (U+{ord(control.group()):04X}) "
            f"{_where(text, control)}. Delete it and type that part again",
            "control",
        )
    if reordering := _REORDERING.search(text):
        raise Unreadable(
            "This text contains an invisible character that changes the order in which it is shown "
            f"(U+{ord(reordering.group()):04X}) {_where(text, reordering)}. Delete it and type that part again",
            "reordering",
        )
    _refuse_piled_marks(text)


def _where(text: str, found: re.Match[str]) -> str:
    before = re.sub("[^\x20-\x7e]", " ", text[max(0, found.start() - 20) : found.start()]).strip()
    return f"after “{before}”" if before else "near its start"


def _refuse_piled_marks(text: str) -> None:
    if not _NOT_ASCII.search(text):
        return
    together = 0
    for character in text:
        together = together + 1 if unicodedata.combining(character) else 0
        if together > MOST_MARKS_TOGETHER:
            raise Unreadable("This text has too many accents on one letter. Type it again without them", "marks")
