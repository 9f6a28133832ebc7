"""Which number of the rules is behind a reason: so that whoever reads the reason finds where it is set."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from qitracker.hub.rules import in_unit
from qitracker.method.stalled.settings import SETTINGS, Settings
from qitracker.method.stalled.values import State

RULE_OF: Mapping[str, str] = {
    "no_life": "quiet_days",
    "no_cycle": "no_cycle_days",
    "no_first_cycle": "no_first_cycle_days",
    "study_waiting": "study_days",
    "same_step": "same_step_days",
    "aim_passed": "aim_passed_days",
    "measure_overdue": "overdue_intervals",
    "sustain_unfed": "overdue_intervals",
    "points_missing": "missing_points",
    "no_coach_contact": "coach_contact_days",
    "coach_review_late": "coach_review_days",
    "barrier_open": "barrier_days",
    "score_waiting": "score_waiting_months",
    "score_unchanged": "score_unchanged_days",
    "check_due": "check_first_months",
}
"""The number that each test asks first, as the functions of method/stalled use it. Tests that ask none are left out:
nobody leading, a coach who left, a gain that slipped, a pause. How long a stage may take depends on the stage."""

STALLED_RULE_OF: Mapping[str, str] = {"no_life": "stalled_days"}
"""Where the stalled form of a reason has a number of its own."""

OR: Mapping[str, tuple[str, str]] = {
    "barrier_open": ("sponsor_days", "with the sponsor"),
    "points_missing": ("missing_points_monthly", "of a measure by the month or quarter"),
}
"""Where another case of the same reason has its own number, and which case that is."""

HAS_NONE = frozenset({"no_lead", "coach_gone", "sustain_slipped", "pause_ended", "paused"})
STAYS: Mapping[str, str] = {"understand": "stay_understand_days", "co_design": "stay_co_design_days"}


@dataclass(frozen=True, slots=True)
class Rule:
    """A number of the rules: its key, which is its place on the page of rules, and what it is now."""

    key: str
    words: str


def rule_behind(reason: Mapping[str, Any], stage: str, settings: Settings) -> Rule | None:
    """The number behind a reason as it is stored; None where it has none."""
    code = str(reason.get("code", ""))
    key = RULE_OF.get(code)
    if code == "stage_overstayed":
        key = STAYS.get(stage, "stay_deliver_days")
    if reason.get("state") == State.STALLED.value:
        key = STALLED_RULE_OF.get(code, key)
    if key is None:
        return None
    words = in_unit(settings[key], SETTINGS[key].unit)
    if code in OR:
        other, case = OR[code]
        words += f", {settings[other]:g} {case}"
    return Rule(key, words)
