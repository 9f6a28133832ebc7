"""The two kinds of mail, and what each is for."""

from enum import StrEnum


class LetterKind(StrEnum):
    """Stored as these short words, which must not change. Each is a choice of the person who gets it (MailChoice)."""

    DIGEST = "digest"
    ASKED = "asked"


LETTER_WORDS = {
    LetterKind.DIGEST: "Once a week: what waits for you, one line each",
    LetterKind.ASKED: "At once: when somebody asks you something directly",
}
"""Digest and direct question, and nothing else: people who get more mail read none of it (KaiNexus' notification
settings, and the complaints behind them)."""
