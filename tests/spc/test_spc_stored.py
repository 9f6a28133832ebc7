"""An analysis as it is kept: short where a chart says the same for long, and readable when an older version wrote it."""

import json
from dataclasses import replace
from itertools import chain, repeat
from typing import Any

import pytest

from qitracker.spc import Analysis, Chart, Direction, Series, analyse

WEEKS = tuple(float(10 + at * 7 % 5) for at in range(260))
ONE_PHASE = Series(Chart.I, WEEKS, direction=Direction.DECREASE, target=9.0)
IN_PHASES = replace(ONE_PHASE, part=(100, 180), exclude=(7,), freeze=20)
MOVING = Series(Chart.P, tuple(value / 2 for value in WEEKS), n=tuple(60.0 + at % 7 for at in range(260)))
WITH_GAPS = replace(ONE_PHASE, y=tuple(None if at % 9 == 4 else value for at, value in enumerate(WEEKS)))
ALL = {"one phase": ONE_PHASE, "in phases": IN_PHASES, "moving limits": MOVING, "with gaps": WITH_GAPS}


def in_full(text: str) -> str:
    """The same as a version wrote it that knew no stretches."""

    def full(written: Any) -> Any:
        if isinstance(written, dict) and written.keys() == {"each", "times"}:
            return list(chain.from_iterable(map(repeat, written["each"], written["times"])))
        return written

    kept = {name: full(value) for name, value in json.loads(text).items()}
    kept["signals"] = {name: full(flags) for name, flags in kept["signals"].items()}
    return json.dumps(kept, separators=(",", ":"))


@pytest.mark.parametrize("which", ALL)
def test_what_is_kept_is_read_back_as_it_was(which: str) -> None:
    found = analyse(ALL[which])
    text = found.to_json()
    assert Analysis.from_json(text) == found
    assert in_full(text) != text
    assert Analysis.from_json(in_full(text)) == found


def test_five_years_of_weeks_take_a_fifth_of_the_room() -> None:
    text = analyse(ONE_PHASE).to_json()
    assert len(text) < len(in_full(text)) / 5


def test_a_column_that_changes_at_each_point_is_written_as_it_is() -> None:
    found = analyse(MOVING)
    assert json.loads(found.to_json())["ucl"] == list(found.ucl)
