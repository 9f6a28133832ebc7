"""The command against a second reading of the rules, written from them alone: slow, plain, without arrays.

It stands in tests/spc/plain. `python -m tests.spc.test_spc_plain 20000 60000` compares the cases of those seeds.
"""

import io
import json
import math
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from qitracker.spc.command import run
from tests.spc.plain.cases import case
from tests.spc.plain.whole import analyse
from tests.spc.test_spc_golden import GOLDEN, READINGS, as_plotted, each, flags, same

SEEDS = range(240)
WORDS = ("x", "phase", "baseline", "included", "signals", "runs", "meaning", "variation", "assurance", "close_to")
NUMBERS = ("y", "n", "cl", "lcl", "ucl", "sigma")
WARNED = {
    *("few_useful_points", "too_few_runs", "too_many_runs"),
    *("short_baseline", "trial_limits", "related_neighbours"),
}


def answers(lines: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    out = io.StringIO()
    run(io.BytesIO("\n".join(map(json.dumps, lines)).encode()), out)
    return map(json.loads, out.getvalue().splitlines())


def differing(plain: dict[str, Any], answer: dict[str, Any]) -> list[str]:
    """The keys in which an answer differs from the plain one: numbers by more than 1e-9 of the values' size."""
    if "error" in answer:
        return [str(answer["error"])]
    size = max((abs(v) for v in plain["y"] if v is not None), default=0.0) * 1e-3
    keys = [
        key
        for key in NUMBERS
        if len(plain[key]) != len(answer[key])
        or any(
            (a is None) != (b is None)
            or (a is not None and not math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9 * (size if key != "n" else 0)))
            for a, b in zip(plain[key], answer[key], strict=True)
        )
    ]
    keys += [key for key in WORDS if plain[key] != answer[key]]
    told = {warning["code"] for warning in answer["warnings"]} & WARNED
    return keys if told == plain["warnings"] else [*keys, "warnings"]


def all_differing(seeds: range) -> dict[int, list[str]]:
    """The keys that differ, by the seed of the case."""
    lines = [case(seed) for seed in seeds]
    found = {line["id"]: differing(analyse(line), answer) for line, answer in zip(lines, answers(lines), strict=True)}
    return {seed: keys for seed, keys in found.items() if keys}


def test_random_lines_are_answered_as_a_plain_reading_answers_them() -> None:
    assert all_differing(SEEDS) == {}


def golden_lines() -> list[dict[str, Any]]:
    """Each reference case under each rule set that its results are of."""
    lines = []
    for one in GOLDEN:
        asked = {**one["input"], **{key: each(one["input"][key]) for key in ("x", "y", "n") if one["input"][key]}}
        kinds = one["expected"]
        lines += [{**asked, "id": one["id"], "screen": kind == "qicharts2"} for kind in kinds if kind.startswith("qic")]
        lines += [{**asked, "id": one["id"], "rules": rules} for rules in READINGS if rules in kinds]
        if "making_data_count" in kinds:
            plotted = {**asked, "chart": "i", "y": as_plotted(one).y, "n": None, "multiply": 1, "x_kind": "int"}
            plotted["x"] = list(range(len(plotted["y"])))
            lines += [{**plotted, "id": one["id"], "rules": rules} for rules in ("making_data_count", "plotthedots")]
    return lines


def test_reference_cases_are_answered_as_a_plain_reading_answers_them() -> None:
    lines = golden_lines()
    found = [
        (line["id"], line.get("rules"), differing(analyse(line), answer))
        for line, answer in zip(lines, answers(lines), strict=True)
    ]
    assert len(found) > 4 * len(GOLDEN)
    assert [one for one in found if one[2]] == []


@pytest.mark.parametrize("one", [pytest.param(one, id=one["id"]) for one in GOLDEN])
def test_the_plain_reading_agrees_with_the_reference(one: dict[str, Any]) -> None:
    """So that the two readings are not wrong together."""
    asked = {**one["input"], **{key: each(one["input"][key]) for key in ("x", "y", "n") if one["input"][key]}}
    for kind, screen in (("qicharts2", True), ("qicharts2_unscreened", False)):
        if kind in one["expected"]:
            found = analyse({**asked, "screen": screen})
            for key in ("y", "cl", "lcl", "ucl"):
                assert found[key] == same(each(one["expected"][kind][key])), (kind, key)
    for rules in READINGS:
        if rules in one["expected"]:
            told = analyse({**asked, "rules": rules})["signals"]
            expected = one["expected"][rules]["signals"]
            assert told == {name: flags(places, len(told[name])) for name, places in expected.items()}, rules


if __name__ == "__main__":
    first, end = map(int, sys.argv[1:3])
    sys.stdout.write(f"{all_differing(range(first, end))}\n")
