"""The engine against the results of three packages and an independent reading of the rules, on sample data."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from qitracker.spc import (
    Aggregate,
    Analysis,
    Chart,
    Direction,
    RuleSet,
    Series,
    Signal,
    XKind,
    analyse,
    analyse_all,
)

GOLDEN: list[dict[str, Any]] = json.loads(Path(__file__).with_name("golden.json").read_text())["cases"]
LINES = ("y", "cl", "lcl", "ucl")
READINGS = ("provost_murray", "western_electric", "nelson")

# Where we choose otherwise, with the reason (test_spc_choices.py holds each choice by itself).
POOLED = "PowerBI-SPC always pools; equal subgroups have the mean of their deviations (Montgomery 6.29)"
FLOORED = "PowerBI-SPC lets the lower limit of standard deviations go below nought"
SINGLE = "PowerBI-SPC leaves a subgroup of one out of the mean too"
PLACES = "PowerBI-SPC takes steps between categories, which have no order"
OTHERWISE = {
    ("powerbi_spc", "p04"): SINGLE,
    ("powerbi_spc", "p22"): POOLED,
    ("powerbi_spc", "p23"): POOLED,
    ("powerbi_spc", "p36"): PLACES,
    ("powerbi_spc", "p45"): POOLED,
    ("powerbi_spc", "p46"): FLOORED,
}
ICONS = "under 13 points in the latest phase there are no icons"
WITHOUT_ICONS = {"p12", "p13", "p17", "p37", "p47"}


def told(name: str) -> list[Any]:
    return [pytest.param(case, id=case["id"]) for case in GOLDEN if name in case["expected"]]


def each(column: Any) -> list[Any]:
    if isinstance(column, dict):
        return [value for value, times in column["rle"] for _ in range(times)]
    return list(column)


def flags(places: dict[str, int], size: int) -> list[int]:
    return [places.get(str(at), 0) for at in range(size)]


def series_of(asked: dict[str, Any], **more: Any) -> Series:
    return Series(
        **{
            "chart": Chart(asked["chart"]),
            "y": tuple(each(asked["y"])),
            "n": None if asked["n"] is None else tuple(each(asked["n"])),
            "x": tuple(each(asked["x"])),
            "freeze": asked["freeze"],
            "part": tuple(asked["part"] or ()),
            "exclude": tuple(asked["exclude"] or ()),
            "target": asked["target"],
            "cl": asked["cl"],
            "multiply": asked["multiply"],
            "direction": Direction(asked["direction"]),
            "x_kind": XKind(asked["x_kind"]),
            "aggregate": Aggregate(asked["agg_fun"]),
            **more,
        }
    )


def as_plotted(case: dict[str, Any], **more: Any) -> Series:
    """The plotted values on an XmR chart, as the NHS tools take them."""
    y = tuple(each(case["expected"]["qicharts2"]["y"]))
    return series_of(case["input"], **{"chart": Chart.I, "y": y, "n": None, "x": None, "multiply": 1.0} | more)


@cache
def found_for(name: str) -> dict[str, Analysis]:
    """The analyses for one reference, in one batch."""
    cases = [case for case in GOLDEN if name in case["expected"]]
    screen = {"qicharts2": True, "qicharts2_unscreened": False, "plotthedots_unscreened": False}.get(name)
    if name == "making_data_count" or name.startswith("plotthedots"):
        rules = RuleSet(name.removesuffix("_unscreened"))
        many = [as_plotted(case, rules=rules, screen=screen) for case in cases]
    else:
        rules = RuleSet(name) if name in READINGS else RuleSet.PROVOST_MURRAY
        many = [series_of(case["input"], rules=rules, screen=screen) for case in cases]
    return {case["id"]: found for case, found in zip(cases, analyse_all(many), strict=True)}


def same(values: Any) -> Any:
    return [None if value is None else pytest.approx(value, rel=1e-9, abs=1e-12) for value in values]


@pytest.mark.parametrize("name", ["qicharts2", "qicharts2_unscreened"])
def test_lines_and_runs_are_those_of_qicharts2(name: str) -> None:
    for case in GOLDEN:
        if name not in case["expected"]:
            continue
        found, expected = found_for(name)[case["id"]], case["expected"][name]
        for key in LINES:
            assert list(getattr(found, key)) == same(each(expected[key])), (case["id"], key)
        for key in ("phase", "baseline", "included"):
            assert list(getattr(found, key)) == each(expected[key]), (case["id"], key)
        runs = [
            [one.n_useful, one.longest_run, one.longest_run_max, one.crossings, one.crossings_min, one.signal]
            for one in found.runs
        ]
        assert runs == expected["runs"], case["id"]
        beyond = found.signals.get(Signal.OUTSIDE, ())
        assert [at for at, flag in enumerate(beyond) if flag] == expected["outside"], case["id"]


@pytest.mark.parametrize("case", told("powerbi_spc"))
def test_lines_are_those_of_powerbi_spc(case: dict[str, Any]) -> None:
    expected = case["expected"]["powerbi_spc"]
    found = found_for("qicharts2")[case["id"]]
    index = expected["index"] if isinstance(expected["index"], list) else range(expected["index"])
    agrees = all([getattr(found, key)[at] for at in index] == same(each(expected[key])) for key in LINES)
    assert agrees == (("powerbi_spc", case["id"]) not in OTHERWISE)


@pytest.mark.parametrize("name", READINGS)
def test_signals_are_those_of_the_rules(name: str) -> None:
    for case in GOLDEN:
        if name not in case["expected"]:
            continue
        found, expected = found_for(name)[case["id"]], case["expected"][name]["signals"]
        told = {signal: flags(places, len(found.y)) for signal, places in expected.items()}
        assert {name: list(flags) for name, flags in found.signals.items()} == told, case["id"]


@pytest.mark.parametrize("case", [one for one in told("provost_murray") if one.values[0]["input"]["chart"] == "run"])
def test_runs_of_run_charts_are_cautioned(case: dict[str, Any]) -> None:
    codes = [caution.code for caution in found_for("provost_murray")[case["id"]].warnings]
    per_phase = case["expected"]["provost_murray"]["runs_per_phase"]
    assert codes.count("too_few_runs") == sum(bool(one["too_few"]) for one in per_phase)
    assert codes.count("too_many_runs") == sum(bool(one["too_many"]) for one in per_phase)


@pytest.mark.parametrize("case", told("making_data_count"))
def test_lines_signals_and_icons_are_those_of_making_data_count(case: dict[str, Any]) -> None:
    found, expected = found_for("making_data_count")[case["id"]], case["expected"]["making_data_count"]
    for key in ("cl", "lcl", "ucl"):
        assert list(getattr(found, key)) == same(each(expected[key])), key
    told = {signal: flags(places, len(found.y)) for signal, places in expected["signals"].items()}
    assert {name: list(flags) for name, flags in found.signals.items()} == told
    assert list(found.meaning) == each(expected["meaning"])
    if case["id"] in WITHOUT_ICONS:
        assert (found.variation, found.assurance) == ("not_enough_data", None), ICONS
    else:
        assert (found.variation, found.assurance) == (expected["variation"], expected["assurance"])


@pytest.mark.parametrize("name", ["plotthedots", "plotthedots_unscreened"])
def test_everything_is_as_nhsrplotthedots_has_it(name: str) -> None:
    for case in GOLDEN:
        if name not in case["expected"]:
            continue
        found, expected = found_for(name)[case["id"]], case["expected"][name]
        for key in ("cl", "lcl", "ucl"):
            assert list(getattr(found, key)) == same(each(expected[key])), (case["id"], key)
        labels = [
            "".join(f"{signal}{'+' if flags[at] > 0 else '-'}" for signal, flags in found.signals.items() if flags[at])
            for at in range(len(found.y))
        ]
        assert labels == each(expected["label"]), case["id"]
        assert list(found.meaning) == each(expected["meaning"]), case["id"]
        assert (found.variation, found.assurance) == (expected["variation"], expected["assurance"]), case["id"]


def test_a_batch_of_all_cases_answers_as_each_alone() -> None:
    many = [series_of(case["input"]) for case in GOLDEN]
    assert analyse_all(many) == [analyse(one) for one in many]


@pytest.mark.parametrize("name", ["qicharts2", "nelson", "making_data_count"])
def test_what_is_stored_comes_back_equal(name: str) -> None:
    for found in found_for(name).values():
        text = found.to_json()
        assert Analysis.from_json(text) == found
        assert Analysis.from_json(text).to_json() == text
        assert "NaN" not in text
        assert "Infinity" not in text
