"""Control charts worked out in textbooks and in the NIST handbook, to the digits printed there.

Further examples (p, c, u and i charts, the runs table, Anhoej's bounds) stand in test_spc_published.py. Only those are
here whose printed results all follow from the printed numbers.
"""

import pytest

from qitracker.spc import Chart, Series, Signal, XKind, analyse
from qitracker.spc.cusum import cusum
from qitracker.spc.ewma import ewma

# Montgomery, Introduction to Statistical Quality Control, 6th ed. 2009, table 6.3: inside diameters of piston rings in mm,
# 25 samples of five. Given here in thousandths of a millimetre above 73.96.
RINGS = """
70 42 59 32 48  35 32 41 51 44  28 64 61 45 42  42 36 33 55 49  32 47 55 29 54
49 34 37 25 33  35 46 34 40 45  25 43 33 55 28  48 35 49 45 44  38 40 30 47 35
34 38 34 35 30  44 40 47 40 36  23 42 38 37 52  46 07 34 40 24  52 54 38 39 47
40 24 45 38 36  34 52 26 45 47  46 50 58 43 40  24 42 43 45 37  40 50 53 60 43
22 41 55 45 36  44 39 30 46 49  50 29 30 49 54  55 48 33 40 50  22 24 35 57 53
"""
# The same, table 6.4: the rings again, where only so many of each sample were measured.
SIZES = (5, 3, 5, 5, 5, 4, 4, 5, 4, 5, 5, 5, 3, 5, 3, 5, 4, 5, 5, 3, 5, 5, 5, 5, 5)
# The same, table 7.11: nonconformities and square metres of dyed cloth; the rate is per 50 square metres.
CLOTH = ((14, 12, 20, 11, 7, 10, 21, 16, 19, 23), (500, 400, 650, 500, 475, 500, 600, 525, 600, 625))
# NIST/SEMATECH e-Handbook of Statistical Methods, section 6.3.2.2: flow rates of ten batches.
BATCHES = (49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1)
# The same, sections 6.3.2.4 (EWMA) and 6.3.2.3 (CUSUM).
MONITORED = (52.0, 47.0, 53.0, 49.3, 50.1, 47.0, 51.0, 50.1, 51.2, 50.5, *BATCHES)
GROUPS = (
    324.925, 324.675, 324.725, 324.350, 325.350, 325.225, 324.125, 324.525, 325.225, 324.600,
    324.625, 325.150, 328.325, 327.250, 327.825, 328.500, 326.675, 327.775, 326.875, 328.350,
)  # fmt: skip


def rings(chart: Chart, sizes: tuple[int, ...] = (5,) * 25) -> Series:
    y = [73.96 + int(cell) / 1000 for cell in RINGS.split()]
    kept = [(1 + at // 5, value) for at, value in enumerate(y) if at % 5 < sizes[at // 5]]
    return Series(chart, tuple(value for _, value in kept), x=tuple(x for x, _ in kept), x_kind=XKind.INT)


def test_means_of_piston_rings() -> None:
    found = analyse(rings(Chart.XBAR))
    assert (found.cl[0], found.lcl[0], found.ucl[0]) == pytest.approx((74.001, 73.988, 74.014), abs=6e-4)
    assert found.y[:2] == pytest.approx((74.010, 74.001), abs=5e-4)
    assert not any(found.signals[Signal.OUTSIDE])


def test_standard_deviations_of_piston_rings() -> None:
    found = analyse(rings(Chart.S))
    assert (found.cl[0], found.lcl[0], found.ucl[0]) == pytest.approx((0.0094, 0, 0.0196), abs=5e-5)
    assert found.y[:2] == pytest.approx((0.0148, 0.0075), abs=5e-5)
    assert not any(found.signals[Signal.OUTSIDE])


def test_samples_of_different_size() -> None:
    means, spreads = analyse(rings(Chart.XBAR, SIZES)), analyse(rings(Chart.S, SIZES))
    assert means.cl[0] == pytest.approx(74.001, abs=5e-4)
    assert (means.lcl[0], means.ucl[0]) == pytest.approx(
        (73.986, 74.016), abs=7e-4
    )  # of five; the book goes on with rounded means
    assert (means.lcl[1], means.ucl[1]) == pytest.approx((73.981, 74.021), abs=7e-4)  # of three
    assert spreads.cl[0] == pytest.approx(0.0103, abs=5e-5)
    assert spreads.ucl[:2] == pytest.approx((0.022, 0.026), abs=7e-4)
    assert spreads.lcl[:2] == (0, 0)


def test_rates_of_dyed_cloth() -> None:
    # Limits in the order of the rolls, as printed in table 7.11.
    found = analyse(Series(Chart.U, CLOTH[0], CLOTH[1], multiply=50))
    assert found.cl[0] == pytest.approx(1.42, abs=5e-3)
    assert found.ucl[:6] == pytest.approx((2.55, 2.68, 2.41, 2.55, 2.58, 2.55), abs=1.2e-2)
    assert found.lcl[:6] == pytest.approx((0.29, 0.16, 0.43, 0.29, 0.26, 0.29), abs=1.2e-2)
    assert not any(found.signals[Signal.OUTSIDE])


def test_individual_batches() -> None:
    found = analyse(Series(Chart.I, BATCHES))
    assert (found.cl[0], found.lcl[0], found.ucl[0]) == pytest.approx((50.81, 45.8159, 55.8041), abs=5e-5)
    ranges = analyse(Series(Chart.MR, BATCHES))
    assert ranges.cl[1] == pytest.approx(1.8778, abs=5e-5)


def test_ewma_of_batches() -> None:
    found = ewma(MONITORED, centre=50, sigma=2.0539, weight=0.3)
    assert found.later == pytest.approx((47.4115, 52.5884), abs=1e-4)
    assert found.values == pytest.approx(
        (50.60, 49.52, 50.56, 50.18, 50.16, 49.21, 49.75, 49.85, 50.26, 50.33,
         50.11, 49.36, 49.52, 50.05, 49.38, 49.92, 50.73, 51.23, 51.94, 51.99), abs=5e-3,
    )  # fmt: skip


def test_cusum_of_group_means() -> None:
    found = cusum(GROUPS, centre=325, sigma=1, allowance=0.3175, decision=4.1959)
    assert found.high[12:18] == pytest.approx((3.01, 4.94, 7.45, 10.63, 11.99, 14.44), abs=6e-3)
    assert found.signals.index(1) + 1 == 14
    assert -1 not in found.signals
