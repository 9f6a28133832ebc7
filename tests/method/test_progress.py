"""How far an aim has come: levels with a signal, never a single point."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qitracker.method.aims import Aim, Direction
from qitracker.method.progress import ProgressState, progress

PPH = Aim(measure="PPH", start=12, target=6, unit="%", by=date(2025, 3, 1))
FALLS = Aim(measure="Falls", start=6.4, target=4.5, unit="per 1,000 bed days")
TIMELY = Aim(measure="Done in time", start=50, target=90, unit="%")
BEFORE, AFTER = date(2025, 1, 31), date(2025, 9, 30)


@pytest.mark.parametrize(
    ("aim", "level", "improved", "worsened", "at", "state", "words"),
    [
        (PPH, 9.0, True, False, BEFORE, "improved_not_met", "Improved, not met: 3 of 6 percentage points."),
        (PPH, 9.0, True, False, AFTER, "improved_not_met",
         "Improved, not met: 3 of 6 percentage points. The date in the aim, 1 March 2025, has passed."),
        (PPH, 6.04, True, False, BEFORE, "improved_not_met", "Improved, not met: 5.9 of 6 percentage points."),
        (PPH, 6.0, True, False, BEFORE, "met", "Met: the average is 6%, and the aim was 6%."),
        (PPH, 5.2, True, False, AFTER, "met", "Met: the average is 5.2%, and the aim was 6%."),
        (PPH, 5.2, False, False, BEFORE, "no_change_yet",
         "The average is 5.2%, which is at the target, but the chart does not show a change yet."),
        (PPH, 9.0, False, False, BEFORE, "no_change_yet", "No change yet: the average is 9%."),
        (PPH, 13.0, False, False, BEFORE, "no_change_yet", "No change yet: the average is 13%."),
        (PPH, 13.0, True, False, BEFORE, "no_change_yet", "No change yet: the average is 13%."),
        (PPH, 15.0, False, True, BEFORE, "worse", "Worse: the average is 15%, and it was 12% at the start."),
        (PPH, None, False, False, BEFORE, "no_data", "No data yet."),
        (PPH, None, False, False, AFTER, "no_data",
         "No data yet. The date in the aim, 1 March 2025, has passed."),
        (Aim(unit="%"), 9.0, True, False, BEFORE, "no_data",
         "The average is 9%. To compare it, the aim needs a start and a target."),
        (FALLS, 5.2, True, False, BEFORE, "improved_not_met",
         "Improved, not met: 1.2 of 1.9 per 1,000 bed days."),
        (TIMELY, 50.4, True, False, BEFORE, "improved_not_met",
         "Improved, not met: less than 1 of 40 percentage points."),
        (TIMELY, 51.0, True, False, BEFORE, "improved_not_met", "Improved, not met: 1 of 40 percentage points."),
        (TIMELY, 92.0, True, False, BEFORE, "met", "Met: the average is 92%, and the aim was 90%."),
    ],
)  # fmt: skip
def test_progress_says_where_an_aim_stands(
    aim: Aim, level: float | None, improved: bool, worsened: bool, at: date, state: str, words: str
) -> None:
    found = progress(aim, level, improved, at, worsened=worsened)
    assert (found.state, found.sentence) == (ProgressState(state), words)


def test_half_way_is_a_share_of_one_half_in_percentage_points() -> None:
    found = progress(PPH, 9.0, improved=True, at=BEFORE)
    assert (found.share, found.points_done, found.points_total, found.is_past) == (0.5, 3.0, 6.0, False)


@pytest.mark.parametrize(("at", "is_past"), [(date(2025, 3, 1), False), (date(2025, 3, 2), True)])
def test_the_last_day_of_an_aim_is_still_in_time(at: date, is_past: bool) -> None:
    assert progress(PPH, 9.0, improved=True, at=at).is_past is is_past


levels = st.integers(-500, 500)


@given(levels, levels, levels, st.booleans(), st.booleans())
def test_a_mirrored_aim_stands_where_the_aim_stands(
    start: int, target: int, now: int, improved: bool, worsened: bool
) -> None:
    aim = Aim(start=start, target=target, direction=Direction.DECREASE)
    mirrored = Aim(start=-start, target=-target, direction=Direction.INCREASE)
    one = progress(aim, now, improved, BEFORE, worsened=worsened)
    other = progress(mirrored, -now, improved, BEFORE, worsened=worsened)
    assert (one.state, one.share) == (other.state, other.share)


@given(levels, levels, levels, st.booleans())
def test_nothing_improved_is_said_without_a_signal(start: int, target: int, now: int, worsened: bool) -> None:
    found = progress(Aim(start=start, target=target), now, False, BEFORE, worsened=worsened)
    assert found.state not in (ProgressState.MET, ProgressState.IMPROVED_NOT_MET)
