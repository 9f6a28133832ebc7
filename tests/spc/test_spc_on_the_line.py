"""Within 1e-9 of a limit a point is on it, farther out it is beyond: where limits stand still and where they move."""

import numpy as np
import pytest

from qitracker.spc import Batch, Chart, Series, Signal, analyse

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


@pytest.mark.parametrize(("share", "is_out"), [(0.0, False), (0.9e-9, False), (1.1e-9, True)])
def test_times_between_events_are_as_near_to_a_limit_as_they_are_plotted(share: float, is_out: bool) -> None:
    """Not as near as their roots are, in which the limits are worked out: a share of a root is 3.6 times that."""
    times = (5.0, 9.0, 4.0, 8.0, 6.0, 7.0, 5.0, 9.0)
    (limit, *_) = analyse(Series(Chart.T, times)).ucl
    assert limit is not None
    found = analyse(Series(Chart.T, (*times, limit * (1.0 + share)), exclude=(9,)))
    assert found.ucl[-1] == limit
    assert found.signals[Signal.OUTSIDE] == (0,) * 8 + (int(is_out),)
    given = analyse(Series(Chart.T, (50.0 * (1.0 + share),), cl=50.0))
    assert given.runs[0].n_useful == int(is_out)
