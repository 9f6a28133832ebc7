"""Writes docs/stages.md from the methods: `python -m qitracker.method.stages_page > docs/stages.md`."""

import sys

from qitracker.method.methods import METHODS
from qitracker.method.stages import Method, Question, Stage, Step

HEAD = """# Stages and steps

Written from the methods in `qitracker/method/` by `python -m qitracker.method.stages_page`. Change the methods, not
this page. Every step is advice: a team may go back, and may move on.
"""


def stages_page() -> str:
    """All methods in Markdown: a picture of the stages, then each step with what it asks."""
    return "\n".join([HEAD, *(_method(method) for method in METHODS.values())])


def _method(method: Method) -> str:
    return "\n".join([f"## {method.name}\n", diagram(method), *(_stage(stage) for stage in method.stages)])


def diagram(method: Method) -> str:
    """The stages with their steps, one after the other, as a Mermaid flowchart in a code fence."""
    lines = ["```mermaid", "flowchart LR"]
    for stage in method.stages:
        names = "<br>".join(step.name for step in stage.steps)
        lines.append(f'    stage_{stage.key}["<b>{stage.name}</b><br>{names}"]')
    lines.append("    " + " --> ".join(f"stage_{stage.key}" for stage in method.stages))
    return "\n".join([*lines, "```", ""])


def _stage(stage: Stage) -> str:
    return "\n".join([f"### {stage.name}\n", f"{stage.purpose}\n", *(_step(step) for step in stage.steps)])


def _step(step: Step) -> str:
    evidence = ", ".join(kind.value.replace("_", " ") for kind in step.evidence)
    place = f"room: {step.tool.value}" if step.tool else "the step's own page"
    lines = [
        f"#### {step.name}\n",
        f"**{step.prompt}**\n",
        f"{step.guidance}\n",
        f"For example: {step.example}\n",
        f"Evidence: {evidence}. Done in {place}, about {step.minutes} minutes. It asks:\n",
        *(_question(question) for question in step.asks),
        "",
    ]
    return "\n".join(lines)


def _question(question: Question) -> str:
    return f"- {question.label} ({question.hint.rstrip('.')}; up to {question.max_length:,} characters)"


if __name__ == "__main__":
    sys.stdout.write(stages_page())
