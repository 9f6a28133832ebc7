"""Where a project stands, read back from its row as the method said it."""

from datetime import date
from typing import Any

from qitracker.method.stages import Tool
from qitracker.method.stalled.values import Standing, State, StateReason
from qitracker.models import Standing as StandingRow


def standing_from(row: StandingRow) -> Standing:
    """The standing, without its hold."""
    return Standing(state=State(row.state), since=row.since, reasons=tuple(_reason(one) for one in row.reasons))


def _reason(stored: dict[str, Any]) -> StateReason:
    return StateReason(
        code=stored["code"],
        sentence=stored["sentence"],
        since=date.fromisoformat(stored["since"]),
        clears=stored["clears"],
        state=State(stored["state"]),
        tool=Tool(stored["tool"]),
        target_key=stored["target_key"],
        noticed=date.fromisoformat(stored["told_from"]),
    )
