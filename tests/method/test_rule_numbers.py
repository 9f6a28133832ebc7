"""The numbers of the rules: one table, bounds, and the day on which a limit has been passed."""

from datetime import date

import pytest

from qitracker.method.stalled.holds import HoldKind, why_not_hold
from qitracker.method.stalled.setting_rows import MUST_RISE, ROWS, Setting
from qitracker.method.stalled.settings import DEFAULTS, FRACTIONS, SETTINGS, Settings, why_not_settings


@pytest.mark.parametrize("setting", ROWS, ids=[row.key for row in ROWS])
def test_a_row_is_whole(setting: Setting) -> None:
    assert setting.least <= setting.default <= setting.most
    assert setting.least < setting.most
    assert setting.unit in FRACTIONS or setting.default == int(setting.default)
    assert setting.sentence.endswith(".")
    assert setting.source.endswith(".")
    assert len(setting.key) <= 60
    assert Settings({setting.key: setting.default})[setting.key] == setting.default


def test_keys_are_unique_and_the_defaults_hold_all() -> None:
    assert len(SETTINGS) == len(ROWS) == len(DEFAULTS)
    assert set(DEFAULTS) == set(SETTINGS)
    assert {key for keys in MUST_RISE for key in keys} <= set(SETTINGS)


PUBLISHED = {
    "quiet_days": 30, "stalled_days": 60, "dormant_days": 120, "no_cycle_days": 45, "no_first_cycle_days": 45,
    "same_step_days": 60, "coach_contact_days": 42, "coach_review_days": 45, "barrier_days": 14, "sponsor_days": 30,
    "score_waiting_months": 3, "score_unchanged_days": 90, "aim_passed_days": 0, "overdue_intervals": 1.5,
    "missing_points": 3, "missing_points_monthly": 2, "stay_understand_days": 60, "stay_co_design_days": 60,
    "stay_deliver_days": 180, "score_exempt": 4.5, "pause_most_days": 90, "study_days": 14,
}  # fmt: skip


def test_the_defaults_are_what_the_manual_says() -> None:
    assert {key: DEFAULTS[key] for key in PUBLISHED} == PUBLISHED


@pytest.mark.parametrize(
    ("overrides", "key", "words"),
    [
        ({"no_such": 1}, "no_such", "no such number"),
        ({"quiet_days": 6}, "quiet_days", "must be 7 to 365 days, not 6."),
        ({"quiet_days": 366}, "quiet_days", "must be 7 to 365 days"),
        ({"quiet_days": -30}, "quiet_days", "must be 7 to 365 days"),
        ({"quiet_days": 1e300}, "quiet_days", "must be 7 to 365 days"),
        ({"quiet_days": 30.5}, "quiet_days", "whole number, not 30.5"),
        ({"quiet_days": float("nan")}, "quiet_days", "must be a number"),
        ({"quiet_days": float("inf")}, "quiet_days", "must be a number"),
        ({"quiet_days": True}, "quiet_days", "must be a number"),
        ({"quiet_days": "30"}, "quiet_days", "must be a number"),
        ({"quiet_days": 90}, "stalled_days", "(90) must not be more than"),
        ({"quiet_days": 100, "stalled_days": 90}, "stalled_days", "(100) must not be more than"),
        ({"tell_coach_days": 20}, "tell_hub_days", "must not be more than"),
        ({"check_first_months": 7}, "check_second_months", "must not be more than"),
    ],
)
def test_a_number_out_of_bounds_is_refused_with_a_sentence(overrides: dict[str, float], key: str, words: str) -> None:
    problems = why_not_settings(overrides)
    assert [problem.code for problem in problems] == [key]
    assert words in problems[0].sentence
    with pytest.raises(ValueError, match=r"“|rules") as refused:
        Settings(overrides)
    assert str(refused.value) == problems[0].sentence


@pytest.mark.parametrize(
    "overrides",
    [{}, {"quiet_days": 60}, {"overdue_intervals": 1.25}, {"quiet_days": 7, "stalled_days": 14}, {"study_days": 14.0}],
)
def test_numbers_inside_the_bounds_are_taken(overrides: dict[str, float]) -> None:
    assert why_not_settings(overrides) == ()
    assert dict(Settings(overrides)) == {**DEFAULTS, **overrides}


@pytest.mark.parametrize(
    ("key", "since", "first"),
    [
        ("stalled_days", date(2025, 1, 1), date(2025, 3, 2)),
        ("stalled_days", date(2024, 1, 1), date(2024, 3, 1)),
        ("study_days", date(2025, 1, 1), date(2025, 1, 16)),
        ("score_waiting_months", date(2025, 1, 31), date(2025, 4, 30)),
        ("score_waiting_months", date(2023, 11, 30), date(2024, 2, 29)),
        ("score_waiting_months", date(2024, 11, 30), date(2025, 2, 28)),
        ("score_waiting_months", date(2025, 12, 1), date(2026, 3, 1)),
        ("check_third_months", date(2024, 2, 29), date(2025, 2, 28)),
        ("aim_passed_days", date(2025, 3, 31), date(2025, 4, 1)),
        ("stalled_days", date(9999, 12, 1), date.max),
        ("check_third_months", date(9999, 12, 1), date.max),
        ("study_days", date.max, date.max),
    ],
)
def test_a_limit_has_a_first_day(key: str, since: date, first: date) -> None:
    assert DEFAULTS.first_day(key, since) == first


MONDAY = date(2025, 9, 1)


@pytest.mark.parametrize(
    ("kind", "until", "reason", "code"),
    [
        (HoldKind.PAUSE, date(2025, 11, 30), "Winter", None),
        (HoldKind.PAUSE, date(2025, 12, 1), "Winter", "too_long"),
        (HoldKind.PAUSE, MONDAY, "Winter", "not_later"),
        (HoldKind.PAUSE, date(2025, 8, 1), "Winter", "not_later"),
        (HoldKind.PAUSE, date(2025, 9, 2), "  ", "no_reason"),
        (HoldKind.SNOOZE, date(2025, 10, 1), "Talked today", None),
        (HoldKind.SNOOZE, date(2025, 10, 2), "Talked today", "too_long"),
        (HoldKind.SNOOZE, date.max, "Talked today", "too_long"),
    ],
)
def test_a_hold_needs_a_reason_and_a_day_that_is_near(
    kind: HoldKind, until: date, reason: str, code: str | None
) -> None:
    found = why_not_hold(kind, MONDAY, until, reason)
    assert (found.code if found else None) == code


def test_a_hold_near_the_end_of_the_calendar_has_an_end() -> None:
    assert why_not_hold(HoldKind.PAUSE, date(9999, 12, 1), date.max, "Winter") is None
