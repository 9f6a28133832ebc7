"""Within 1e-9 of a limit a point is on it, farther out it is beyond: where limits stand still and where they move."""

import numpy as np
import pytest

from qitracker.spc import Batch, Chart, Signal, analyse

SIZES = np.array([[1.0, 4.0, 25.0, 2.0, 7.0, 1e6]])
LINES = {Chart.C: 25.0, Chart.U: 16.0, Chart.P: 0.4}


@pytest.mark.parametrize(("share", "is_out"), [(-1.5e-9, False), (0.0, False), (0.5e-9, False), (1.5e-9, True)])
@pytest.mark.parametrize("side", [1, -1])
@pytest.mark.parametrize("chart", LINES)
def test_how_far_past_its_limit_a_point_is_outside(chart: Chart, side: int, share: float, is_out: bool) -> None:
    n = SIZES * 50 if chart is Chart.P else SIZES
    lines = analyse(Batch(chart, LINES[chart] * n, n=n, cl=[LINES[chart]]))
    limit = lines.ucl if side > 0 else lines.lcl
    assert ((limit > 0) & (limit < (1 if chart is Chart.P else np.inf))).all()
    y = limit * (1.0 + side * share) * (1.0 if chart is Chart.C else n)
    found = analyse(Batch(chart, y, n=n, cl=[LINES[chart]]))
    assert np.array_equal(found.ucl if side > 0 else found.lcl, limit)
    assert found.signals[Signal.OUTSIDE].tolist() == [[side if is_out else 0] * n.size]
