"""What a project can be stuck on, and for each the next step that most often helps."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from qitracker.method.stages import Tool


class StuckOn(StrEnum):
    """What a coach or a team names. Stored as these short words, which must not change."""

    NO_TIME = "no_time"
    NO_TEAM = "no_team"
    AIM_UNCLEAR = "aim_unclear"
    NO_DATA = "no_data"
    NO_CHANGE_TESTED = "no_change_tested"
    NOT_STUDIED = "not_studied"
    TESTS_NOT_WORKING = "tests_not_working"
    SPONSOR_SILENT = "sponsor_silent"
    OTHER_DEPARTMENT = "other_department"
    WAITING_FOR_OTHERS = "waiting_for_others"
    APPROVAL = "approval"
    PRIORITY_CHANGED = "priority_changed"
    NOT_CLOSED = "not_closed"


@dataclass(frozen=True, slots=True)
class StuckWords:
    """`name` is what is chosen and listed, `next_step` the suggestion, `tool` the page it is done on.

    `for_sponsor`: it is usually a leader who can move it.
    """

    name: str
    next_step: str
    tool: Tool
    for_sponsor: bool = False


_ = StuckOn
STUCK_ON: Mapping[StuckOn, StuckWords] = {
    _.NO_TIME: StuckWords(
        "No time released",
        "Make the next test small enough for one shift, and ask the sponsor for one protected hour a fortnight.",
        Tool.CYCLES,
        for_sponsor=True,
    ),
    _.NO_TEAM: StuckWords(
        "No team, or the lead has gone",
        "Ask who on the ward would take it up, and name a lead and two others.",
        Tool.TEAM,
        for_sponsor=True,
    ),
    _.AIM_UNCLEAR: StuckWords(
        "The aim is not clear", "Write it again together: what, for whom, from what to what, by when.", Tool.AIM
    ),
    _.NO_DATA: StuckWords(
        "No data, or data come late",
        "Count five a week by hand. A small sample now is worth more than a full report later.",
        Tool.MEASURES,
    ),
    _.NO_CHANGE_TESTED: StuckWords(
        "Data, but no change tested",
        "Pick the easiest idea, and plan a test with one patient or one shift.",
        Tool.IDEAS,
    ),
    _.NOT_STUDIED: StuckWords(
        "Tests, but not studied",
        "Open Study with the chart beside it, and write down what the test showed.",
        Tool.CYCLES,
    ),
    _.TESTS_NOT_WORKING: StuckWords(
        "Tests do not work",
        "Go back to the drivers: is it the right cause? Set this idea aside and try the next.",
        Tool.DRIVERS,
    ),
    _.SPONSOR_SILENT: StuckWords(
        "The sponsor does not answer",
        "Let the coach ask the sponsor for ten minutes, with one question that needs an answer.",
        Tool.TEAM,
        for_sponsor=True,
    ),
    _.OTHER_DEPARTMENT: StuckWords(
        "Needs another department",
        "Invite one person from there to the next test, and ask the sponsor to open the door.",
        Tool.TEAM,
        for_sponsor=True,
    ),
    _.WAITING_FOR_OTHERS: StuckWords(
        "Waiting for IT, estates or money",
        "Test on paper meanwhile, and give the sponsor the request with its date.",
        Tool.CYCLES,
        for_sponsor=True,
    ),
    _.APPROVAL: StuckWords(
        "Waiting for approval",
        "Ask what the approver needs to see, and test the part that needs no approval.",
        Tool.COACHING,
        for_sponsor=True,
    ),
    _.PRIORITY_CHANGED: StuckWords(
        "Priorities have changed",
        "Decide with the sponsor: pause until a date, hand over, or close with what was learnt.",
        Tool.STAGE,
        for_sponsor=True,
    ),
    _.NOT_CLOSED: StuckWords(
        "Finished, but not closed", "Evaluate it: what improved, what you learnt, and who watches it now.", Tool.STAGE
    ),
}
"""The thirteen things projects get stuck on come from evaluations and users of improvement work; the words and next
steps are ours. A hand-made sample for late data: IHI, sampling advice for improvement."""
del _
