"""Reads what stands along the bottom of a chart: whole numbers, dates or categories, and targets that change there."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from qitracker.spc.cells import LARGEST, check_number, short
from qitracker.spc.values import Targets
from qitracker.spc.words import Refused, XKind

Place = str | int


def places(x: tuple[Place, ...] | None, kind: XKind | None, length: int) -> tuple[Place, ...]:
    """The place of each row; 1, 2, 3, and so on where none are given. Raises Refused."""
    if x is None:
        return tuple(range(1, length + 1))
    if len(x) != length:
        raise Refused(
            "lengths_differ", f"y has {length} points and x has {len(x)}. Give x one entry for each point of y."
        )
    if kind is None:
        kind = _kind_of(x[0])
    if kind is XKind.INT and _are_whole(x):
        return tuple(x)
    check = X_CHECKS[kind]
    for at, place in enumerate(x, 1):
        check(place, f"x, point {at}")
    return tuple(x)


def _kind_of(first: object) -> XKind:
    if type(first) is int:
        return XKind.INT
    if isinstance(first, str):
        return XKind.DATE
    raise Refused("x_wrong_kind", f"x, point 1: {short(first)} is no whole number and no date. Give 1 or 2024-06-01.")


def _are_whole(x: Sequence[Any]) -> bool:
    """Whether every place is a whole number that can be read; asked of all at once, as most are."""
    return {int}.issuperset(map(type, x)) and min(x) >= -LARGEST and max(x) <= LARGEST


def _check_int(place: object, where: str) -> None:
    if type(place) is not int:
        raise Refused("x_wrong_kind", f"{where}: {short(place)} is not a whole number. Give one.")
    check_number(place, where)


def _check_date(place: object, where: str) -> None:
    if not isinstance(place, str):
        raise Refused("x_wrong_kind", f"{where}: {short(place)} is not a date. Write it as 2024-06-01.")
    if not _is_date(place):
        raise Refused("x_no_date", f"{where}: {short(place)} is no real date. Write it as 2024-06-01.")


@lru_cache(maxsize=8192)
def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _check_category(place: object, where: str) -> None:
    if not isinstance(place, str):
        raise Refused("x_wrong_kind", f"{where}: {short(place)} is not a name. Give a text.")


X_CHECKS: dict[XKind, Callable[[object, str], None]] = {
    XKind.INT: _check_int,
    XKind.DATE: _check_date,
    XKind.CATEGORY: _check_category,
}


def targets_along(
    targets: Targets | None, rows: Sequence[Place], points: Sequence[Place]
) -> float | tuple[float, ...] | None:
    """One target, or that of each point (NaN for none), for rows and plotted points at these places. Raises Refused.

    Rows of one point must have the same target. A target from an x on holds until the next.
    """
    if targets is None:
        return None
    if not isinstance(targets, tuple):
        check_number(targets, "target")
        return float(targets)
    if not targets:
        raise Refused("target_empty", "target is an empty list. Give a number, a list of them, or leave it out.")
    if all(isinstance(one, tuple) for one in targets):
        return _from_places(targets, points)
    if len(targets) != len(rows):
        raise Refused(
            "lengths_differ",
            f"y has {len(rows)} points and target has {len(targets)}. Give one number, or one for each point of y.",
        )
    found: dict[Place, float] = {}
    for at, (place, target) in enumerate(zip(rows, targets, strict=True), 1):
        if target is not None:
            check_number(target, f"target, point {at}")
        value = math.nan if target is None else float(target)  # type: ignore[arg-type]  # just checked
        before = found.setdefault(place, value)
        if before != value and not (math.isnan(before) and math.isnan(value)):
            raise Refused("targets_differ", f"target, point {at}: rows with the same x have different targets.")
    return tuple(found[place] for place in points)


def _from_places(targets: tuple[Any, ...], points: Sequence[Place]) -> tuple[float, ...]:
    starts: list[Any] = []
    values: list[float] = []
    for at, pair in enumerate(targets, 1):
        where = f"target, entry {at}"
        if len(pair) != 2:
            raise Refused("target_not_a_pair", f"{where}: is not an x and the target from there on. Give both.")
        start, value = pair
        if type(start) is not type(points[0]):
            raise Refused("x_wrong_kind", f"{where}: {short(start)} is not of the kind of x. Give an x of that kind.")
        if starts and not start > starts[-1]:
            raise Refused("targets_not_rising", f"{where}: does not come after the one before. Give rising places.")
        if value is not None:
            check_number(value, where)
        starts.append(start)
        values.append(math.nan if value is None else float(value))
    found = [bisect_right(starts, place) for place in points]
    return tuple(values[at - 1] if at else math.nan for at in found)
