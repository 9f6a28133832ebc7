"""The manual: every example is what the engine answers, nothing is left out, and the page is the one written from them."""

from typing import Any

import pytest

from qitracker.spc import Chart, RuleSet, Signal
from tests.spc.spec.contents import PARTS
from tests.spc.spec.pages import MANUAL, manual
from tests.spc.spec.topic import Call, Example

EXAMPLES = [
    pytest.param(example, id=f"{topic.title}, {number}")
    for _, topics in PARTS
    for topic in topics
    for number, example in enumerate(topic.examples, 1)
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_example_is_what_the_engine_answers(example: Example | Call) -> None:
    found = example.run()
    for path, expected in example.answer.items():
        assert printed(found[path]) == expected, path


def printed(found: Any) -> Any:
    """Numbers as the manual prints them: to three decimals, large ones to one."""
    if isinstance(found, list):
        return [printed(one) for one in found]
    if isinstance(found, float):
        return round(found, 3 if abs(found) < 100 else 1)
    return found


def test_the_page_is_the_one_written_from_the_examples() -> None:
    assert MANUAL.read_text(encoding="utf-8") == manual(), "run `python -m tests.spc.spec`"


def test_every_kind_of_chart_and_every_rule_has_an_example() -> None:
    lines = [param.values[0] for param in EXAMPLES if isinstance(param.values[0], Example)]
    assert {line.given["chart"] for line in lines} >= set(Chart)
    assert {line.given.get("rules", "provost_murray") for line in lines} >= set(RuleSet)
    shown = {
        path.removeprefix("signals.")
        for line in lines
        for path, flags in line.answer.items()
        if path.startswith("signals.") and any(flags)
    }
    assert shown >= set(Signal)


def test_titles_are_unlike() -> None:
    titles = [topic.title for _, topics in PARTS for topic in topics]
    assert len(titles) == len(set(titles))
