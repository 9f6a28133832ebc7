"""A reason: why something is missing, late, not allowed or worth a look, as a value."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """`code` is for programs and tests and never changes; `sentence` is what the page, the list and the mail
    show."""

    code: str
    sentence: str
