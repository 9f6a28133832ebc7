"""What the words of the thread are called, and which of them wait for an answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qitracker.models import CoachWord, WordKind

KIND_WORDS: Mapping[WordKind, str] = {
    WordKind.ADVICE: "Advice",
    WordKind.HELP: "Help is offered",
    WordKind.QUESTION: "The team asks",
    WordKind.INTAKE: "The improvement hub’s answer",
    WordKind.ANSWER: "Answer",
}

ALWAYS_ASKS = frozenset({WordKind.HELP, WordKind.QUESTION})
"""An offer and a question wait for an answer however they are worded; advice does when it holds a question mark."""


@dataclass(frozen=True, slots=True)
class Said:
    """One word of the thread with its answers, oldest answer first."""

    word: CoachWord
    answers: tuple[CoachWord, ...] = ()

    @property
    def kind(self) -> str:
        """What this word is, as a heading."""
        return KIND_WORDS[self.word.kind]

    @property
    def asks(self) -> bool:
        """Whether it waits for an answer until there is one."""
        return self.word.kind in ALWAYS_ASKS or "?" in self.word.text

    @property
    def is_open(self) -> bool:
        """Whether it asks and nobody has answered."""
        return self.asks and not self.answers

    @property
    def is_for_coach(self) -> bool:
        """Whether a coach answers it; all else is answered by the team."""
        return self.word.kind is WordKind.QUESTION


def thread_of(words: Iterable[CoachWord]) -> Sequence[Said]:
    """The words that began something, newest first, each with what was answered."""
    known = list(words)
    answers: dict[object, list[CoachWord]] = {}
    for word in known:
        if word.answers_id is not None:
            answers.setdefault(word.answers_id, []).append(word)
    return [Said(word, tuple(answers.get(word.id, ()))) for word in reversed(known) if word.answers_id is None]
