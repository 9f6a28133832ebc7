"""Three projects in Understand: one a few weeks old, one new and like it, one that its team alone sees."""

from qitracker.demo.deeds import captured, periods_back, start, write_step
from qitracker.demo.people import Hospital
from qitracker.demo.story import Story
from qitracker.drivers.actions import capture_idea
from qitracker.feeds.numbers import Numbers
from qitracker.measures.actions import add_measure
from qitracker.method.measures import DataType, MeasureKind, Rhythm
from qitracker.method.roles import Role
from qitracker.models import Project, Visibility
from qitracker.people.actions import give_role
from qitracker.plumbing import history
from qitracker.spc import Direction

# Minutes from "ready to go" to leaving, median a week, on Ward 23.
LEAVING = (214, 198, 241, 205, 187, 226, 233, 201, 219, 190, 208, 222, 236, 195)


def leaving(story: Story, hospital: Hospital) -> Project:
    """A measure, ideas, nothing ruled out. Its coach has just been named and has not reviewed it yet."""
    lead = hospital.people["team4"]
    project = start(
        story, hospital, story.ago(20), "Home before lunch on Ward 23",
        "People who are ready to go home wait three and a half hours for transport and tablets.", "Ward 23", lead,
        ("nurse1", Role.TEAM_MEMBER, "nursing"),
    )  # fmt: skip
    series = add_measure(
        project, by=lead, name="Minutes from ready to leaving", kind=MeasureKind.OUTCOME, data_type=DataType.VALUE,
        direction=Direction.DECREASE, rhythm=Rhythm.WEEK, unit="minutes",
    )  # fmt: skip
    weeks = periods_back(story, Rhythm.WEEK, len(LEAVING))
    story.numbers(series, [(week, Numbers(float(value))) for week, value in zip(weeks, LEAVING, strict=True)], by=lead)
    captured(project, "Order tablets the evening before", "A lounge to wait in", "Ask families the day before", by=lead)
    story.on(story.ago(16))
    give_role(
        hospital.people["coach1"], Role.COACH, by=hospital.people["hub1"], project=project, profession="improvement"
    )
    story.on(story.ago(6))
    write_step(
        project, "people", {"affected": "People who go home, their families, and those who wait for the bed."}, by=lead
    )
    return project


def noon(story: Story, hospital: Hospital) -> Project:
    """Registered yesterday, and much like another: the hub has not answered yet, and it has no coach."""
    lead = hospital.people["team12"]
    project = start(
        story, hospital, story.ago(1), "Home before noon from Ward 24",
        "People who are ready to go home wait for tablets and transport until the afternoon.", "Ward 24", lead,
        answered=False,
    )  # fmt: skip
    story.on(story.ago(1), hour=16)
    capture_idea(project, "Write the letter for the family doctor on the day before", by=lead)
    return project


def private(story: Story, hospital: Hospital) -> Project:
    """Seen by its team alone."""
    lead = hospital.people["team5"]
    project = start(
        story, hospital, story.ago(9), "Talking about mistakes on Ward 21",
        "Colleagues do not yet feel safe to talk about missed doses.", "Ward 21", lead, ("nurse1", Role.TEAM_MEMBER, "nursing"),
        answered=False,
    )  # fmt: skip
    history.amend(project, "project", by=lead, project_id=project.id, visibility=Visibility.PRIVATE)
    return project
