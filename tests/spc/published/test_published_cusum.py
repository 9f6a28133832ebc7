"""Printed examples of EWMA and CUSUM, and what R packages compute on their own sample data (packages.json)."""

import json
from pathlib import Path
from typing import Any

import pytest

from qitracker.spc.bernoulli import bernoulli_cusum
from qitracker.spc.cusum import cusum
from qitracker.spc.ewma import ewma
from qitracker.spc.lasting_runs import lasting_runs

PACKAGES = json.loads((Path(__file__).parent / "packages.json").read_text())

# Montgomery, Introduction to Statistical Quality Control, 6th ed. 2009, table 9.1: the first 20 with mean 10, the
# last 10 with mean 11, standard deviation 1.
TABLE_9_1 = (
    9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.20, 10.34, 9.03, 11.47, 10.51, 9.40, 10.08, 9.37, 10.62,
    10.31, 8.52, 10.84, 10.90, 9.33, 12.29, 11.50, 10.60, 11.08, 10.38, 11.62, 11.31, 10.52,
)  # fmt: skip


def test_tabular_cusum_is_that_of_table_9_2() -> None:
    found = cusum(TABLE_9_1, centre=10, sigma=1, allowance=0.5, decision=5)
    assert found.high == pytest.approx(
        (0, 0, 0, 1.16, 2.82, 2.50, 0.04, 1.00, 0, 0, 0, 0.97, 0.98, 0, 0, 0, 0.12, 0, 0, 0.34, 0.74, 0, 1.79, 2.79,
         2.89, 3.47, 3.35, 4.47, 5.28, 5.30), abs=1e-9,
    )  # fmt: skip
    assert found.low[:10] == pytest.approx((0.05, 1.56, 1.77, 0, 0, 0, 1.46, 0, 0.30, 0), abs=1e-9)
    assert found.since_high[3:9] == (1, 2, 3, 4, 5, 0)
    assert found.since_high[-2:] == (7, 8)


def test_change_is_dated_and_measured_as_in_section_9_1_2() -> None:
    (change,) = cusum(TABLE_9_1, centre=10, sigma=1).changes
    assert (change.side, change.at + 1, change.began + 1) == (1, 29, 23)
    assert change.level == pytest.approx(11.25, abs=0.005)


def test_ewma_is_that_of_table_9_10() -> None:
    found = ewma(TABLE_9_1, centre=10, sigma=1, weight=0.1, width=2.7)
    assert found.values[:4] == pytest.approx((9.945, 9.7495, 9.70355, 9.8992), abs=1e-5)
    assert found.values[-3:] == pytest.approx((10.5731, 10.6468, 10.6341), abs=1e-4)
    assert (found.lcl[0], found.ucl[0]) == pytest.approx((9.73, 10.27))
    assert (found.lcl[1], found.ucl[1]) == pytest.approx((9.64, 10.36), abs=5e-3)
    assert found.later == pytest.approx((9.38, 10.62), abs=5e-3)
    assert [at for at, side in enumerate(found.signals, 1) if side] == [29, 30]


@pytest.mark.parametrize("case", PACKAGES["bchart"], ids=lambda case: case["id"])
def test_bernoulli_cusum_is_that_of_qicharts2(case: dict[str, Any]) -> None:
    events = [0] * case["cases"]
    for at in case["events"]:
        events[at] = 1
    found = bernoulli_cusum(events, baseline=case["baseline"], odds_ratio=case["odds_ratio"], decision=case["decision"])
    assert (found.expected, found.high, found.low) == pytest.approx((case["p0"], case["p1"], case["p2"]))
    assert [at for at, signal in enumerate(found.signals_up) if signal] == case["signals_up"]
    assert [at for at, signal in enumerate(found.signals_down) if signal] == case["signals_down"]
    for at, up, down in case["samples"]:
        assert (found.up[at], found.down[at]) == pytest.approx((up, down), abs=1e-9)


@pytest.mark.parametrize("case", PACKAGES["runcharter"], ids=lambda case: case["id"])
def test_lasting_runs_are_those_of_runcharter(case: dict[str, Any]) -> None:
    found = lasting_runs(case["y"], baseline=case["baseline"], run=case["run"], side=case["side"])
    assert [[one.median, one.first, one.last] for one in found] == case["stretches"]
