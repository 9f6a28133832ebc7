"""Writes the manual docs/spc.md from the topics."""

from __future__ import annotations

import json
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from tests.spc.spec.contents import PARTS
from tests.spc.spec.topic import Call, Example, Topic

MANUAL = Path(__file__).resolve().parents[3] / "docs" / "spc.md"
WIDTH = 110

HEAD = """# What the charts say, and how they come to say it

This is the manual of the engine `qitracker.spc`. Every example below is run by the tests: what is printed here is what
the engine answers. The page is written by `python -m tests.spc.spec`; change the topics in `tests/spc/spec/topics`,
not the page.

An example shows one line for the command `qitracker spc` and, below it, parts of the answer. A line is JSON: `chart` and
`y` (values or numerators), `n` where there are denominators, and what else the example needs; `x` counts 1, 2, 3 and so
on where it is left out here. `ucl.0` means the first entry of `ucl`, `warnings.code` the codes of all warnings. In
signals 0 is none, 1 high or rising, -1 low or falling; `null` means there is nothing. Numbers are rounded for print.
Some examples call a function from Python instead.
"""


def manual() -> str:
    """The whole page."""
    lines = [HEAD]
    lines += ["## Contents\n"]
    for part, topics in PARTS:
        lines.append(f"- {part}: " + ", ".join(f"[{topic.title}](#{anchor(topic.title)})" for topic in topics))
    for part, topics in PARTS:
        lines.append(f"\n## {part}")
        lines += [section(topic) for topic in topics]
    return "\n".join(lines) + "\n"


def anchor(title: str) -> str:
    """The address of a heading within the page, as code hosts make it."""
    return "".join(one for one in title.lower().replace(" ", "-") if one.isalnum() or one == "-")


def section(topic: Topic) -> str:
    parts = [f"\n### {topic.title}\n", topic.words.strip()]
    for example in topic.examples:
        asked = call(example) if isinstance(example, Call) else line(example)
        parts += [f"\n{example.text.strip()}\n", asked, "\nanswers\n", block("json", pairs(example.answer))]
    return "\n".join(parts)


def line(example: Example) -> str:
    return block("json", "{" + pairs(example.given)[1:])


def call(example: Call) -> str:
    cells = [literal(value) for value in example.given] + [f"{key}={literal(v)}" for key, v in example.named.items()]
    return block("python", called(example.function.__name__, cells))


def called(name: str, cells: list[str], indent: str = "") -> str:
    """A call in Python, each argument on a line of its own where it would be too long for one."""
    together = f"{name}({', '.join(cells)})"
    if len(indent) + len(together) <= WIDTH and "\n" not in together:
        return together
    deeper = indent + "    "
    return f"{name}(\n" + "".join(f"{deeper}{cell},\n" for cell in cells) + f"{indent})"


def literal(value: Any) -> str:
    """A value as it is written in Python; of a dataclass only what is not usual."""
    if is_dataclass(value):
        given = [(one.name, getattr(value, one.name), one.default) for one in fields(value)]
        cells = [f"{name}={literal(cell)}" for name, cell, usual in given if usual is MISSING or cell != usual]
        return called(type(value).__name__, cells, "    ")
    if isinstance(value, StrEnum):
        return f"{type(value).__name__}.{value.name}"
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, tuple):
        return f"({', '.join(map(literal, value))}{',' if len(value) == 1 else ''})"
    return repr(value)


def pairs(values: Any) -> str:
    """An object of JSON, each key on a line of its own where it would be too long for one."""
    cells = [f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    together = "{" + ", ".join(cells) + "}"
    return together if len(together) <= WIDTH else "{" + ",\n ".join(cells) + "}"


def block(kind: str, text: str) -> str:
    return f"```{kind}\n{text}\n```"
