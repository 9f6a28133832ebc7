"""What a signal means for the measure, and the two icons (rules, section 3)."""

from typing import Any

from tests.spc.plain.points import Point, side

ENOUGH = 13  # rules 3.3: points in the phase
# Where the signals of a point differ: a point beyond a limit says most, then where the process is going, then where it
# has been. Those without a side say nothing of better or worse.
FIRST = (
    *("outside", "we1", "nelson1", "trend5", "trend6", "trend7", "nelson3", "two_of_three", "we2", "nelson5"),
    *("we3", "nelson6", "shift6", "shift7", "shift8", "we4", "nelson2"),
)


def meaning_of(p: Point, rules: str, direction: str) -> tuple[str | None, int]:
    """The word, and the sign that the icon shows."""
    if p.y is None or p.cl is None:
        return None, 0
    signs = [p.signals[name] for name in FIRST if p.signals.get(name)]
    if not signs:
        return "common_cause", 0
    good = {"increase": 1, "decrease": -1, "neutral": 0}[direction]
    sign = signs[0]
    if rules == "making_data_count" and good in signs:  # improvement wins there (rules 2.4)
        sign = good
    if not good:
        return ("neutral_high" if sign > 0 else "neutral_low"), sign
    return ("improvement" if sign == good else "concern"), sign


def variation_of(counted: list[Point], rules: str, direction: str) -> str:
    """The icon of the last point that counts of the last phase."""
    if len(counted) < (1 if rules == "plotthedots" else ENOUGH):
        return "not_enough_data"
    word, sign = meaning_of(counted[-1], rules, direction) if counted else (None, 0)
    if word in ("improvement", "concern"):
        return f"{word}_{'high' if sign > 0 else 'low'}"
    return word or "common_cause"


def assurance_of(counted: list[Point], typical: Point | None, rules: str, line: dict[str, Any]) -> str | None:
    """The target against limits at the mean denominator; on a limit is outside, but for plotthedots."""
    target, good = line.get("target"), {"increase": 1, "decrease": -1}.get(line.get("direction") or "neutral", 0)
    if target is None or not good or typical is None or (rules != "plotthedots" and len(counted) < ENOUGH):
        return None
    if side(typical.ucl, typical.lcl) == 0:
        return "consistent_pass" if side(typical.cl, target) * good >= 0 else "consistent_fail"
    strict = rules == "plotthedots"
    if side(target, typical.ucl) >= strict:
        return "consistent_fail" if good > 0 else "consistent_pass"
    if side(target, typical.lcl) <= -strict:
        return "consistent_pass" if good > 0 else "consistent_fail"
    return "inconsistent"
