"""The engine against results of the R package qicharts2 and an independent reading of the rules."""

import json
from pathlib import Path
from typing import Any

import pytest

from qitracker.spc import Aggregate, Analysis, Chart, Direction, Series, XKind, analyse, analyse_all

GOLDEN: list[dict[str, Any]] = json.loads(Path(__file__).with_name("golden.json").read_text())["cases"]
SCREENED = {"qicharts2": True, "qicharts2_unscreened": False}
REFERENCES = [(case, name) for case in GOLDEN for name in SCREENED if name in case["expected"]]


def series_of(asked: dict[str, Any], *, screen: bool | None = None) -> Series:
    return Series(
        chart=Chart(asked["chart"]),
        y=tuple(asked["y"]),
        n=None if asked["n"] is None else tuple(asked["n"]),
        x=tuple(asked["x"]),
        freeze=asked["freeze"],
        part=tuple(asked["part"] or ()),
        exclude=tuple(asked["exclude"] or ()),
        target=asked["target"],
        cl=asked["cl"],
        multiply=asked["multiply"],
        direction=Direction(asked["direction"]),
        screen=screen,
        x_kind=XKind(asked["x_kind"]),
        aggregate=Aggregate(asked["agg_fun"]),
    )


def column(values: Any) -> Any:
    return [None if value is None else pytest.approx(value, rel=1e-9, abs=1e-12) for value in values]


def named(value: Any) -> str:
    return value["id"] if isinstance(value, dict) else str(value)


@pytest.mark.parametrize(("case", "name"), REFERENCES, ids=named)
def test_lines_and_runs_are_those_of_the_reference(case: dict[str, Any], name: str) -> None:
    found, expected = analyse(series_of(case["input"], screen=SCREENED[name])), case["expected"][name]
    for key in ("y", "cl", "lcl", "ucl"):
        assert list(getattr(found, key)) == column(expected[key]), key
    for key in ("phase", "baseline", "included"):
        assert list(getattr(found, key)) == expected[key], key
    runs = [
        [one.n_useful, one.longest_run, one.longest_run_max, one.crossings, one.crossings_min, one.signal]
        for one in found.runs
    ]
    assert runs == expected["runs"]


@pytest.mark.parametrize("case", GOLDEN, ids=named)
def test_signals_are_those_of_the_rules(case: dict[str, Any]) -> None:
    found, expected = analyse(series_of(case["input"])), dict(case["expected"]["provost_murray"])
    per_phase = expected.pop("runs_per_phase", [])
    assert {name: list(flags) for name, flags in found.signals.items()} == expected
    codes = [caution.code for caution in found.warnings]
    assert codes.count("too_few_runs") == sum(bool(one["too_few"]) for one in per_phase)
    assert codes.count("too_many_runs") == sum(bool(one["too_many"]) for one in per_phase)


def test_a_batch_of_all_cases_answers_as_each_alone() -> None:
    many = [series_of(case["input"]) for case in GOLDEN]
    assert analyse_all(many) == [analyse(one) for one in many]


@pytest.mark.parametrize("case", GOLDEN, ids=named)
def test_what_is_stored_comes_back_equal(case: dict[str, Any]) -> None:
    found = analyse(series_of(case["input"]))
    text = found.to_json()
    assert Analysis.from_json(text) == found
    assert Analysis.from_json(text).to_json() == text
    assert "NaN" not in text
    assert "Infinity" not in text
