"""The command for analysts: JSON lines in, JSON lines out."""

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qitracker.spc import Chart, Series, analyse, reading
from qitracker.spc.command import run

GOOD: dict[str, Any] = {"id": "a", "chart": "i", "x_kind": "int", "x": [1, 2, 3, 4], "y": [1, 3, None, 2], "n": None}
KEYS = (
    *("id", "chart", "rules", "x", "y", "n", "phase", "baseline", "included", "cl", "lcl", "ucl", "sigma"),
    *("signals", "runs", "meaning", "variation", "assurance", "close_to", "suggestions", "warnings"),
)


def answers(*lines: object) -> tuple[int, list[dict[str, Any]]]:
    raw = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    out = io.StringIO()
    status = run(io.BytesIO(b"\n".join(raw) + b"\n"), out)
    return status, [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_line_answers_what_the_package_answers() -> None:
    status, (answer,) = answers(GOOD)
    found = analyse(Series(Chart.I, (1, 3, None, 2)))
    assert status == 0
    assert tuple(answer) == KEYS
    assert answer["cl"] == list(found.cl)
    assert answer["ucl"] == list(found.ucl)
    assert answer["signals"]["outside"] == [0, 0, 0, 0]
    assert answer["runs"] == [
        {
            "phase": 1,
            "n_useful": 2,
            "longest_run": 1,
            "longest_run_max": 4,
            "crossings": 1,
            "crossings_min": 0,
            "signal": False,
        }
    ]
    assert answer["close_to"] == {"state": None, "because": []}


def test_every_key_is_read() -> None:
    asked = {
        "chart": "p",
        "x_kind": "date",
        "x": ["2024-01-01", "2024-02-01", "2024-03-01", "2024-04-01"],
        "y": [1, 2, 3, 4],
        "n": [10, 10, 10, 10],
        "freeze": 1,
        "part": [2],
        "exclude": [4],
        "target": 10,
        "cl": None,
        "multiply": 100,
        "direction": "increase",
        "agg_fun": "mean",
        "rules": "provost_murray",
        "screen": False,
        "id": 7,
    }
    status, (answer,) = answers(asked)
    assert status == 0
    assert answer["id"] == 7
    assert answer["cl"] == [10.0, 10.0, 30.0, 30.0]
    assert answer["phase"] == [1, 1, 2, 2]
    assert answer["baseline"] == [True, False, True, False]
    assert answer["included"] == [True, True, True, False]
    assert not any(caution["code"] == "unknown_key" for caution in answer["warnings"])


BAD: list[tuple[Any, str, str | None]] = [
    (b"{not json", "not_json", None),
    (b'{"id": "\xff"}', "not_json", None),
    (b"[" * 100_000, "not_json", None),
    (b"[1, 2]", "not_an_object", None),
    (b'{"id": "n", "chart": "i", "x": [1], "y": [NaN]}', "not_finite", "n"),
    (b'{"id": "n", "chart": "i", "x": [1], "y": [1e999]}', "not_finite", "n"),
    (b'{"id": NaN, "chart": "i", "x": [1], "y": [1]}', "not_finite", None),
    ({**GOOD, "chart": "zigzag"}, "unknown_word", "a"),
    ({**GOOD, "chart": ["i"]}, "unknown_word", "a"),
    ({**GOOD, "rules": "nelsen"}, "unknown_word", "a"),
    ({**GOOD, "direction": "up"}, "unknown_word", "a"),
    ({**GOOD, "chart": None}, "chart_missing", "a"),
    ({**GOOD, "x": None}, "x_missing", "a"),
    ({**GOOD, "x": [1, 2, None, 4]}, "x_missing", "a"),
    ({**GOOD, "y": 3}, "not_a_list", "a"),
    ({**GOOD, "screen": 1}, "not_true_or_false", "a"),
    ({**GOOD, "freeze": 2.0}, "freeze_not_whole", "a"),
    ({**GOOD, "freeze": True}, "freeze_not_whole", "a"),
    ({**GOOD, "part": ["1"]}, "part_not_whole", "a"),
    ({**GOOD, "multiply": "100"}, "not_a_number", "a"),
    ({**GOOD, "multiply": True}, "not_a_number", "a"),
    ({**GOOD, "y": [1, True, 2, 3]}, "not_a_number", "a"),
    ({**GOOD, "y": [1, [2], 2, 3]}, "not_a_number", "a"),
    ({**GOOD, "y": [10**400, 1, 2, 3]}, "not_finite", "a"),
    (b'{"id": "h", "chart": "i", "x": [1], "y": [' + b"9" * 5000 + b"]}", "not_finite", "h"),
    (b'{"chart": "i", "x": [1], "y": [Infinity]}', "not_finite", None),
    ({"id": "m", "chart": "i", "x": list(range(100_001)), "y": [1] * 100_001}, "too_many_points", "m"),
    ({**GOOD, "target": [1, 2]}, "lengths_differ", "a"),
    ({**GOOD, "target": [[1, 2], [1, 3]]}, "targets_not_rising", "a"),
    ({**GOOD, "target": {"a": 1}}, "not_a_number", "a"),
    ({**GOOD, "rules": "plotthedots", "chart": "c"}, "chart_not_in_rules", "a"),
    ({**GOOD, "direction": {}}, "unknown_word", "a"),
    ({**GOOD, "x": [1, 2, 3, True]}, "x_wrong_kind", "a"),
    ({**GOOD, "x": [[1], 2, 3, 4]}, "x_wrong_kind", "a"),
    (b'{"id": 1, "chart": "i", "x": [1], "y": [1], "y": [2]}', "key_twice", None),
    (b'{"id": ' + b"[" * 2000 + b"]" * 2000 + b', "chart": "i", "x": [1], "y": [1]}', "not_json", None),
    (b"\x00", "not_json", None),
    (json.dumps(GOOD).encode("utf-16"), "not_json", None),
]


@pytest.mark.parametrize(("line", "code", "name"), BAD, ids=[f"{row[1]}-{at}" for at, row in enumerate(BAD)])
def test_a_bad_line_answers_why_and_the_rest_go_on(line: object, code: str, name: str | None) -> None:
    status, found = answers(GOOD, line, b"", b"   ", GOOD)
    assert status == 1
    assert len(found) == 3
    assert found[1]["id"] == name
    assert found[1]["error"]["code"] == code
    assert found[1]["error"]["message"].endswith(".")
    assert found[0] == found[2]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({**GOOD, "chart": None}, "chart is missing. Give one of: run, i, mr"),
        ({**GOOD, "x": None}, "x is missing. Give a list with the place of each point"),
        ({**GOOD, "y": None}, "y is missing. Give a list with the value or numerator"),
        ({**GOOD, "x_kind": None, "x": [1.5, 2, 3, 4]}, "x, point 1: 1.5 is no whole number and no date."),
    ],
)
def test_what_is_missing_or_of_no_kind_is_asked_for(line: object, words: str) -> None:
    _, (answer,) = answers(line)
    assert words in answer["error"]["message"]


def test_an_unknown_chart_says_which_are_known() -> None:
    _, (answer,) = answers({**GOOD, "chart": "zigzag"})
    assert "run, i, mr, ip, xbar, s, c, u, up, p, pp, g, t" in answer["error"]["message"]


def test_an_unknown_key_is_a_warning() -> None:
    status, (answer,) = answers({**GOOD, "colour": "blue"})
    assert status == 0
    assert [caution["code"] for caution in answer["warnings"]][-1] == "unknown_key"
    assert "colour" in answer["warnings"][-1]["message"]


def test_each_line_is_answered_before_the_next_is_read() -> None:
    out = io.StringIO()
    seen = []

    def lines() -> Iterator[str]:
        for _ in range(3):
            seen.append(out.getvalue().count("\n"))
            yield json.dumps(GOOD) + "\n"

    assert run(lines(), out) == 0
    assert seen == [0, 1, 2]


def test_what_text_may_hold_is_echoed() -> None:
    lone = b'{"id": "\\ud800", "chart": "i", "x_kind": "category", "x": ["\\ud800"], "y": [1]}'
    status, found = answers(b"\xef\xbb\xbf" + json.dumps({**GOOD, "id": ["a", {"b": None}]}).encode(), lone)
    assert status == 0
    assert found[0]["id"] == ["a", {"b": None}]
    assert (found[1]["id"], found[1]["x"]) == ("\ud800", ["\ud800"])


@pytest.mark.parametrize("depth", range(940, 1000, 7))
def test_a_name_as_deep_as_python_reads_is_echoed_or_refused(depth: int) -> None:
    name = b"[" * depth + b"]" * depth
    _, (answer,) = answers(b'{"id": ' + name + b', "chart": "i", "x": [1], "y": [1]}')
    assert ("error" in answer) != ("cl" in answer)


@pytest.mark.parametrize("key", ["cl", "target", "multiply"])
def test_a_whole_number_beyond_64_bits_is_a_number(key: str) -> None:
    """numpy makes an object of it, which no formula takes."""
    for large in (2**64, -(2**64), 10**290):
        status, found = answers(GOOD, {**GOOD, key: large}, GOOD)
        assert status == int(key == "multiply" and large < 0)
        assert found[0] == found[2]
    (answer,) = answers({**GOOD, "cl": 2**64})[1]
    assert answer["cl"] == [float(2**64)] * 4


def test_a_first_line_of_nothing_but_the_mark_of_a_file_is_blank() -> None:
    assert answers(b"\xef\xbb\xbf", GOOD) == answers(b"\xef\xbb\xbf \r", GOOD) == answers(GOOD)


def test_a_line_too_long_is_skipped_and_the_rest_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LONGEST_LINE", 1000)
    monkeypatch.setattr(reading, "CHUNK", 64)
    status, found = answers(GOOD, b" " * 999, b"1" * 5000, GOOD, {**GOOD, "id": "b" * 2000})
    assert status == 1
    assert [answer.get("error", {}).get("code") for answer in found] == [None, "line_too_long", None, "line_too_long"]


def test_the_last_line_needs_no_end() -> None:
    out = io.StringIO()
    assert run(io.BytesIO(json.dumps(GOOD).encode()), out) == 0
    assert out.getvalue().count("\n") == 1
    assert run(io.BytesIO(b""), out) == 0


def test_what_has_arrived_is_answered_before_more_is_read() -> None:
    """Someone who types lines, or a program that waits for an answer, never waits for a later line."""
    line = json.dumps(GOOD).encode() + b"\n"
    out = io.StringIO()
    seen = []

    class Pipe:
        pieces = iter((line, line[:20], line[20:] + line * 300, b""))

        def read1(self, size: int) -> bytes:
            seen.append(out.getvalue().count("\n"))
            return next(self.pieces)

    assert run(Pipe(), out) == 0  # type: ignore[arg-type]  # all it needs of a stream
    assert seen == [0, 1, 1, 302]


def test_lines_together_are_answered_as_each_alone() -> None:
    """Kinds, lengths and rule sets in turn, and refused ones among them."""
    lines = [
        {
            "id": at,
            "chart": "icgt"[at % 4],
            "x": list(range(3 + at % 29)),
            "y": [(7 * at + k * k) % 11 + 1 - (at % 23 == 0) for k in range(3 + at % 29)],
            "rules": ("provost_murray", "nelson", "western_electric")[at % 3],
        }
        for at in range(300)
    ]
    status, found = answers(*lines)
    assert status == 1
    assert [answer["id"] for answer in found] == list(range(300))
    for at in (0, 1, 46, 150, 299):
        assert answers(lines[at])[1] == [found[at]]


def test_targets_and_other_charts_are_told() -> None:
    asked = {**GOOD, "chart": "c", "x": list(range(20)), "y": [0] * 15 + [1, 2, 0, 1, 2], "direction": "decrease"}
    _, (answer, later) = answers(asked, {**asked, "target": [[0, 5.0], [10, None]]})
    assert [one["code"] for one in answer["suggestions"]] == ["rare_event_chart"]
    assert answer["suggestions"][0]["chart"] == "t"
    assert later["assurance"] is None


def test_a_full_disk_is_said_in_a_sentence() -> None:
    program = [sys.executable, "-m", "qitracker.cli", "spc"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            program, input=json.dumps(GOOD).encode(), stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2
    assert b"cannot be written" in done.stderr
    assert b"Traceback" not in done.stderr
