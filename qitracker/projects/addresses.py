"""Where the next card and a step lead: the method names a part of the program, this table its page."""

import uuid
from dataclasses import dataclass

from flask import url_for

from qitracker.method.next_card.card import NextCard
from qitracker.method.stages import Tool


@dataclass(frozen=True, slots=True)
class Page:
    """An endpoint; the argument that takes the card's key, if any; whether it needs the project too."""

    endpoint: str
    key: str | None = None
    of_project: bool = True


BY_CODE = {
    "study_cycle": Page("cycles.study", "cycle_id", of_project=False),
    "decide_cycle": Page("cycles.act", "cycle_id", of_project=False),
    "end_cycle": Page("cycles.do", "cycle_id", of_project=False),
    "date_cycle": Page("cycles.edit", "cycle_id", of_project=False),
    "add_prediction": Page("cycles.edit", "cycle_id", of_project=False),
    "follow_cycle": Page("cycles.do", "cycle_id", of_project=False),
    "plan_test": Page("cycles.plan", "idea"),
    "continue_ramp": Page("cycles.plan", "follows"),
    "add_number": Page("feeds.add", "series_id", of_project=False),
    "add_baseline": Page("feeds.paste", "series_id", of_project=False),
    "look_at_concern": Page("measures.show", "series_id", of_project=False),
    "add_measure": Page("measures.new"),
}

BY_TOOL = {
    Tool.AIM: Page("projects.aim"),
    Tool.TEAM: Page("team.show"),
    Tool.MEASURES: Page("measures.project"),
    Tool.IDEAS: Page("drivers.ideas"),
    Tool.DRIVERS: Page("drivers.diagram"),
    Tool.CYCLES: Page("cycles.log"),
    Tool.COACHING: Page("coaching.thread"),
    Tool.STEP: Page("projects.step", "step"),
    Tool.STAGE: Page("projects.stage"),
}

TOOL_NAMES = {
    Tool.AIM: "Write the aim",
    Tool.TEAM: "Go to the team",
    Tool.MEASURES: "Go to the measures",
    Tool.IDEAS: "Go to the change ideas",
    Tool.DRIVERS: "Go to the driver diagram",
    Tool.CYCLES: "Go to the PDSA cycles",
}


def address_of(card: NextCard, project_id: uuid.UUID) -> str:
    """Where the card's button leads."""
    page = BY_CODE.get(card.code, BY_TOOL[card.tool])
    if page.key and not card.target_key:
        page = BY_TOOL[card.tool]
    arguments: dict[str, object] = {"project_id": project_id} if page.of_project else {}
    if page.key:
        arguments[page.key] = card.target_key
    return url_for(page.endpoint, **arguments)  # type: ignore[arg-type]  # values of the route, not options


def tool_address(tool: Tool, project_id: uuid.UUID) -> str:
    """The page of a part of the project."""
    return url_for(BY_TOOL[tool].endpoint, project_id=project_id)
