"""The hub's answer to a new project: one of three, given the same day, and shown to the team."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class IntakeAnswer(StrEnum):
    """What the hub answers. Stored as these short words, which must not change."""

    WELCOME = "welcome"
    JOIN = "join"
    TALK_FIRST = "talk_first"


@dataclass(frozen=True, slots=True)
class IntakeWords:
    """`label` is what the hub clicks, `sentence` what the team reads; `{other}` stands for the title of the project to
    join. An answer never stops a team: it may always go on."""

    label: str
    sentence: str
    names_other: bool = False


INTAKE_ANSWERS: Mapping[IntakeAnswer, IntakeWords] = {
    IntakeAnswer.WELCOME: IntakeWords(
        "Welcome it", "The improvement hub has seen your project and is glad of it. Go ahead."
    ),
    IntakeAnswer.JOIN: IntakeWords(
        "Suggest joining another",
        "Somebody works on this already: {other}. The improvement hub suggests that you join them.",
        names_other=True,
    ),
    IntakeAnswer.TALK_FIRST: IntakeWords(
        "Ask to talk first", "The improvement hub would like a short talk before you start, and will be in touch."
    ),
}
"""One answer, the same day: complicated approval keeps people from improvement tools (Veterans Health toolkit study, 94
interviews at 48 sites). The words are ours."""


def answer_words(answer: IntakeAnswer, other: str = "") -> str:
    """The sentence the team reads. Raises ValueError when the project to join is not named."""
    words = INTAKE_ANSWERS[answer]
    if words.names_other and not other.strip():
        raise ValueError("say which project to join")
    return words.sentence.replace("{other}", f"“{' '.join(other.split())}”")
