"""Where the next card and a step lead: the method names a part of the program, this table its page."""

import uuid
from dataclasses import dataclass

from flask import url_for

from qitracker.method.next_card.card import NextCard
from qitracker.method.stages import Tool
from qitracker.method.stalled.values import StateReason
from qitracker.models import Project


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

BY_REASON = {
    "no_lead": Page("projects.adopt"),
    "barrier_open": Page("projects.barriers"),
    "score_waiting": Page("projects.score"),
    "score_unchanged": Page("projects.score"),
    "pause_ended": Page("projects.pause"),
    "paused": Page("projects.pause"),
    "points_missing": Page("feeds.add", "series_id", of_project=False),
    "measure_overdue": Page("feeds.add", "series_id", of_project=False),
    "sustain_unfed": Page("feeds.add", "series_id", of_project=False),
    "sustain_slipped": Page("measures.show", "series_id", of_project=False),
    "study_waiting": Page("cycles.study", "cycle_id", of_project=False),
}
"""Where something can be done about a reason, where its tool alone does not say it well enough."""

BY_CRITERION = {
    "issue_named": Tool.STAGE,
    "aim_written": Tool.AIM,
    "team_named": Tool.TEAM,
    "backed": Tool.TEAM,
    "planned": Tool.STAGE,
    "baseline": Tool.MEASURES,
    "drivers_drawn": Tool.DRIVERS,
    "studied": Tool.CYCLES,
    "aim_measured": Tool.MEASURES,
    "target_shown": Tool.MEASURES,
    "adopted": Tool.CYCLES,
    "modest": Tool.AIM,
    "adopted_several": Tool.IDEAS,
    "process_improved": Tool.MEASURES,
    "half_way": Tool.MEASURES,
    "outcome_improved": Tool.MEASURES,
    "implementing": Tool.CYCLES,
    "kept": Tool.MEASURES,
    "sustain_plan": Tool.STAGE,
    "met_for_long": Tool.AIM,
    "standard_work": Tool.CYCLES,
    "spread": Tool.IDEAS,
}
"""Where each thing a higher score needs is done."""

TOOL_NAMES = {
    Tool.AIM: "Write the aim",
    Tool.TEAM: "Go to the team",
    Tool.MEASURES: "Go to the measures",
    Tool.IDEAS: "Go to the change ideas",
    Tool.DRIVERS: "Go to the driver diagram",
    Tool.CYCLES: "Go to the PDSA cycles",
    Tool.COACHING: "Talk with your coach",
    Tool.STEP: "Open the step",
    Tool.STAGE: "See the stage",
}

REASON_NAMES = {
    "no_lead": "Adopt this project",
    "barrier_open": "See what is in the way",
    "score_waiting": "See the progress score",
    "score_unchanged": "See the progress score",
    "pause_ended": "Pause it again",
    "paused": "See the pause",
    "points_missing": "Add the numbers",
    "measure_overdue": "Add the number",
    "sustain_unfed": "Add the numbers",
    "sustain_slipped": "See the chart",
    "study_waiting": "Study this cycle",
}


def address_of(card: NextCard, project_id: uuid.UUID) -> str:
    """Where the card's button leads."""
    return _address(BY_CODE.get(card.code), card.tool, card.target_key, project_id)


def reason_link(reason: StateReason, project_id: uuid.UUID) -> tuple[str, str]:
    """Where something can be done about a reason, and what that page is called."""
    address = _address(BY_REASON.get(reason.code), reason.tool, reason.target_key, project_id)
    return address, REASON_NAMES.get(reason.code, TOOL_NAMES[reason.tool])


def criterion_address(code: str, project: Project) -> str:
    """Where what a higher score needs is done."""
    return tool_address(BY_CRITERION.get(code, Tool.STAGE), project.id)


def _address(page: Page | None, tool: Tool, key: str | None, project_id: uuid.UUID) -> str:
    """The page of its own, or that of the tool; the stage's where a page needs a key and there is none."""
    if page is None or (page.key and not key):
        page = BY_TOOL[tool]
    if page.key and not key:
        page = BY_TOOL[Tool.STAGE]
    arguments: dict[str, object] = {"project_id": project_id} if page.of_project else {}
    if page.key:
        arguments[page.key] = key
    return url_for(page.endpoint, **arguments)  # type: ignore[arg-type]  # values of the route, not options


def tool_address(tool: Tool, project_id: uuid.UUID) -> str:
    """The page of a part of the project."""
    return _address(None, tool, None, project_id)
