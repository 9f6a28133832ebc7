"""Lasting runs of a run chart, found one after the other."""

import pytest

from qitracker.spc.lasting_runs import Stretch, lasting_runs
from qitracker.spc.values import Refused

LEVEL = [4, 6, 5, 4, 6]


@pytest.mark.parametrize(
    ("y", "side", "expected"),
    [
        (LEVEL, 0, []),
        ([*LEVEL, 7, 8, 9], 0, [(1, 5, 7, 8)]),
        ([*LEVEL, 7, 8, 9], 1, [(1, 5, 7, 8)]),
        ([*LEVEL, 7, 8, 9], -1, []),
        ([*LEVEL, 7, 8, 4, 7, 8], 0, []),  # another side between breaks
        ([*LEVEL, 7, 5, 8, None, 9], 0, [(1, 5, 9, 8)]),  # on the median and a gap do not
        ([*LEVEL, 7, 8, 9, 9, 9, 9], 0, [(1, 5, 7, 8), (1, 8, 10, 9)]),  # on from the new median
        ([*LEVEL, 7, 8, 9, 1, 2, 3, 4], 0, [(1, 5, 7, 8), (-1, 8, 10, 2)]),
        ([*LEVEL, 1, 1, 1, 1, 7, 8, 9], 1, [(1, 9, 11, 8)]),  # the unwanted side is passed over
    ],
)
def test_runs_after_a_baseline_of_five(y: list[float | None], side: int, expected: list[tuple[int, ...]]) -> None:
    found = lasting_runs(y, baseline=5, run=3, side=side)
    assert found[0] == Stretch(0, 0, 4, 5)
    assert list(found[1:]) == [Stretch(*row) for row in expected]


@pytest.mark.parametrize(
    ("y", "extra", "code"),
    [
        ([1] * 12, {}, "too_few_points"),
        ([1] * 13, {"run": 1}, "not_whole"),
        ([1] * 13, {"baseline": 0}, "not_whole"),
        ([1] * 13, {"side": 2}, "out_of_range"),
        ([None] * 13, {}, "no_values"),
    ],
)
def test_what_has_no_baseline_is_refused(y: list[float | None], extra: dict[str, int], code: str) -> None:
    with pytest.raises(Refused) as refused:
        lasting_runs(y, **extra)
    assert refused.value.code == code
