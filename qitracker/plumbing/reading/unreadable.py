"""The one exception of this room, and how it quotes what was typed."""

import unicodedata

QUOTED_CHARACTERS = 40  # enough to recognise a cell, short enough for an error message beside a field


class Unreadable(ValueError):  # noqa: N818 - it is said to a person, not logged: "raise Unreadable('Enter a number')"
    """What was given cannot be read. `sentence` is for the person, `code` is for the program ('' if nobody asks)."""

    def __init__(self, sentence: str, code: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code


def quoted(text: str) -> str:
    """The text in quotation marks, on one line, cut short, with nothing invisible in it."""
    line = " ".join(text[: QUOTED_CHARACTERS * 4].split())
    seen = "".join(c if unicodedata.category(c)[0] != "C" else "\N{REPLACEMENT CHARACTER}" for c in line)
    cut = seen if len(seen) <= QUOTED_CHARACTERS else seen[: QUOTED_CHARACTERS - 1] + "…"
    return f"“{cut}”"
