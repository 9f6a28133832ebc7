"""Wheeler's chart of individual values, step by step: in-process inventory (hundreds of pounds) over 31 months.

D. J. Wheeler, Understanding Variation: The Key to Managing Chaos (SPC Press, 1993, 2nd ed. 2000), the example by which
the XmR chart is worked out. He prints an average of 20.39, an average moving range of 4.70, and natural process limits
with the rounded factor 2.66: 20.39 + 2.66 x 4.7 = 32.89. The range's own limit is 3.27 times its average.
"""

import pytest

from qitracker.spc import Chart, RuleSet, Series, Signal, analyse

INVENTORY = (
    *(19, 27, 20, 16, 18, 25, 22, 24, 17, 25, 15, 17),
    *(20, 22, 19, 16, 22, 19, 25, 22, 18, 20, 16, 17),
    *(20, 15, 27, 25, 17, 19, 28),
)


def test_the_natural_process_limits_are_as_printed():
    found = analyse(Series(Chart.I, y=INVENTORY, rules=RuleSet.MAKING_DATA_COUNT))  # 2.66, and no screening
    assert found.cl[0] == pytest.approx(20.39, abs=0.005)
    assert found.ucl[0] == pytest.approx(32.89, abs=0.005)
    assert found.lcl[0] == pytest.approx(20.39 - 2.66 * 4.7, abs=0.005)
    assert not any(found.signals[Signal.OUTSIDE])


def test_the_average_moving_range_and_its_limit_are_as_printed():
    found = analyse(Series(Chart.MR, y=INVENTORY))
    assert found.y[1:5] == (8, 7, 4, 2)
    assert found.cl[1] == pytest.approx(4.70)
    assert found.ucl[1] == pytest.approx(3.27 * 4.7, abs=0.02)
