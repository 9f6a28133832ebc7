"""The card on a project's page that says what to do now."""

from dataclasses import dataclass

from qitracker.method.stages import Tool


@dataclass(frozen=True, slots=True)
class NextCard:
    """What to do, why, and where.

    `code` is for programs and never changes. `target_key` is the key of the cycle, measure, idea, coach's word, step or
    stage that is meant, if any. `minutes` is how long the page takes, not the work on the ward.
    """

    code: str
    title: str
    reason: str
    action_label: str
    tool: Tool
    target_key: str | None
    minutes: int
