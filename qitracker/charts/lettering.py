"""How wide words are in Arial, and where they wrap: a picture has no browser to do it."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Advance widths in thousandths of the font size, for U+0020 to U+007E: Adobe's published metrics of
# Helvetica and Helvetica Bold, which Arial and Liberation Sans share.
_REGULAR = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
_BOLD = (
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611,
    975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556,
    333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611,
    611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
)  # fmt: skip
_PUNCTUATION = {"–": 556, "—": 1000, "‘": 278, "’": 278, "“": 500, "”": 500, "…": 1000, "−": 584}
_OTHER_LETTER = 722  # an unknown letter counts as a wide one, so that a box is never too small
_WIDE_LETTER = 1000  # Chinese, Japanese, Korean, emoji

ELLIPSIS = "…"


@lru_cache(maxsize=4096)
def _letter(letter: str, bold: bool) -> int:
    code = ord(letter) - 32
    if 0 <= code < len(_REGULAR):
        return (_BOLD if bold else _REGULAR)[code]
    if letter in _PUNCTUATION:
        return _PUNCTUATION[letter]
    plain = unicodedata.normalize("NFD", letter)[0]
    if plain != letter and plain.isascii():
        return _letter(plain, bold)
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0
    return _WIDE_LETTER if unicodedata.east_asian_width(letter) in "WF" else _OTHER_LETTER


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a line of Arial in pixels, at a font size in pixels."""
    return sum(_letter(letter, bold) for letter in text) * size / 1000


def shorten(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """The text, or its beginning and an ellipsis, within a width in pixels."""
    if text_width(text, size, bold=bold) <= width:
        return text
    for end in range(len(text) - 1, 0, -1):
        shorter = text[:end].rstrip(" ,;:.–-") + ELLIPSIS
        if text_width(shorter, size, bold=bold) <= width:
            return shorter
    return ELLIPSIS


def wrap(text: str, width: float, size: float, *, bold: bool = False, lines: int = 4) -> tuple[str, ...]:
    """The text as at most ``lines`` lines within a width in pixels; what is left over ends in an ellipsis.

    A word too long for a line is broken. Empty text gives one empty line.
    """
    wrapped: list[str] = []
    line = ""
    for word in _pieces(text.split(), width, size, bold):
        longer = f"{line} {word}" if line else word
        if line and text_width(longer, size, bold=bold) > width:
            wrapped.append(line)
            line = word
        else:
            line = longer
    wrapped.append(line)
    if len(wrapped) <= lines:
        return tuple(wrapped)
    last = " ".join(wrapped[lines - 1 :])
    return (*wrapped[: lines - 1], shorten(last, width, size, bold=bold))


def _pieces(words: list[str], width: float, size: float, bold: bool) -> list[str]:
    """The words, those wider than a line cut into pieces that fit."""
    pieces: list[str] = []
    for word in words:
        rest = word
        while text_width(rest, size, bold=bold) > width and len(rest) > 1:
            end = len(rest) - 1
            while end > 1 and text_width(rest[:end], size, bold=bold) > width:
                end -= 1
            pieces.append(rest[:end])
            rest = rest[end:]
        pieces.append(rest)
    return pieces
