"""Fewer falls on Ward 18, in Deliver: two tests done and a change adopted, the third has ended and waits for its Study."""

from datetime import date, timedelta

from qitracker.demo.deeds import (
    CO_DESIGN,
    UNDERSTAND,
    cycle,
    decided,
    done,
    periods_back,
    reviewed,
    settle,
    start,
    studied,
)
from qitracker.demo.people import Hospital
from qitracker.demo.story import Story
from qitracker.drivers.actions import add_driver, capture_idea, join, move_idea, weigh_idea
from qitracker.feeds.numbers import Numbers
from qitracker.measures.actions import add_measure, decide
from qitracker.method.cycles import Decision, Scale, Verdict
from qitracker.method.ideas import IdeaStatus
from qitracker.method.measures import DataType, MeasureKind, Rhythm
from qitracker.method.roles import Role
from qitracker.models import Cycle, DecisionKind, DriverLevel, Idea, Project, Scorer, Series, WordKind
from qitracker.projects import actions
from qitracker.projects.supporting import give_score
from qitracker.spc import Direction

# Falls a week on Ward 18: 20 weeks before the tests began, 14 since.
FALLS = (5, 3, 6, 4, 7, 4, 5, 6, 3, 5, 4, 6, 5, 7, 4, 3, 6, 5, 4, 6, 4, 3, 3, 2, 3, 4, 2, 3, 2, 2, 3, 2, 1, 3)


def falls(story: Story, hospital: Hospital) -> Project:
    """The whole project."""
    lead = hospital.people["team2"]
    weeks = periods_back(story, Rhythm.WEEK, len(FALLS))
    project = start(
        story, hospital, weeks[4], "Fewer falls on Ward 18", "Five people fall on our ward each week, most at night.",
        "Ward 18", lead, ("nurse1", Role.TEAM_MEMBER, "nursing"), ("therapist1", Role.TEAM_MEMBER, "therapies"),
        ("ward18.manager", Role.SPONSOR, "management"), ("coach1", Role.COACH, "improvement"),
    )  # fmt: skip
    series = add_measure(
        project, by=lead, name="Falls on the ward", kind=MeasureKind.OUTCOME, data_type=DataType.COUNT,
        direction=Direction.DECREASE, rhythm=Rhythm.WEEK, unit="falls", numerator="falls", target=2.5,
    )  # fmt: skip
    numbers = [(week, Numbers(float(count))) for week, count in zip(weeks, FALLS, strict=True)]
    story.numbers(series, numbers, by=hospital.people["nurse1"])
    ideas = _planned(story, project, hospital, series, weeks)
    by_day = _first_cycles(story, project, hospital, ideas, series, weeks)
    _lately(story, project, hospital, by_day, series, weeks)
    return project


def _planned(
    story: Story, project: Project, hospital: Hospital, series: Series, weeks: list[date]
) -> tuple[Idea, Idea, Idea]:
    lead, nurse, coach = hospital.people["team2"], hospital.people["nurse1"], hospital.people["coach1"]
    first, second, third = (
        capture_idea(project, text, by=nurse)
        for text in (
            "Bay nursing: somebody stays in the bay",
            "Red socks for people at risk",
            "Night lights by each bed",
        )
    )
    story.on(weeks[8])
    settle(project, *UNDERSTAND, by=lead)
    reviewed(
        story, project, coach, well="You counted by hour of the day, and the nights stand out.",
        step="Ask two people who fell what they were about to do", owner=nurse, next_in=42, score=15,
        why="A team and its numbers; the aim comes next.",
    )  # fmt: skip
    actions.move_to_stage(project, "co_design", "We know when people fall, and what they were about to do.", by=lead)
    story.on(weeks[13])
    actions.write_aim(
        project, None, by=lead, series_id=series.id, what="falls", unit="falls a week", start=5.0, target=2.5,
        population="people on Ward 18", by_date=story.ago(-120),
    )  # fmt: skip
    watched = add_driver(
        project, DriverLevel.PRIMARY, "Somebody is there when needed", by=lead, measure_id=series.measure_id
    )
    known = add_driver(project, DriverLevel.PRIMARY, "People at risk are known", by=lead)
    safe = add_driver(project, DriverLevel.PRIMARY, "The ward is safe to move in", by=lead)
    bay = add_driver(project, DriverLevel.SECONDARY, "The bay is always watched", by=lead)
    for thing, above in ((bay, watched), (first, bay), (second, known), (third, safe)):
        join(thing, above, by=lead)
    settle(project, *CO_DESIGN, by=lead)
    reviewed(
        story, project, coach, well="One aim, three drivers, and an idea under each.", step="Plan the smallest test of the socks",
        owner=nurse, next_in=42, score=20, why="Aim, baseline and drivers are there; nothing is tested yet.",
    )  # fmt: skip
    story.on(weeks[18])
    for idea, (impact, effort) in zip((first, second, third), ((5, 4), (3, 1), (4, 3)), strict=True):
        weigh_idea(idea, by=lead, impact=impact, effort=effort, can_test_now=True)
    for idea in (first, second):
        move_idea(idea, IdeaStatus.PRIORITISED, by=lead)
    actions.move_to_stage(project, "deliver", "The team is ready to test.", by=lead)
    return first, second, third


def _first_cycles(
    story: Story,
    project: Project,
    hospital: Hospital,
    ideas: tuple[Idea, Idea, Idea],
    series: Series,
    weeks: list[date],
) -> Cycle:
    lead, coach = hospital.people["team2"], hospital.people["coach1"]
    bay, socks, _ = ideas
    story.on(weeks[19])
    one = cycle(
        project, socks, "Red socks for a week", by=lead, start=weeks[19], end=weeks[19] + timedelta(days=6),
        scale=Scale.ONE_WEEK, questions=[("Do staff notice who is at risk?", "8 of 10 staff name who wears them.")],
        change="Red non-slip socks for everyone at high risk in bay A.", series=series,
    )  # fmt: skip
    story.on(weeks[20] + timedelta(days=1))
    decide(series, by=lead, kind=DecisionKind.FREEZE, on=weeks[19], reason="20 weeks before the tests: our baseline")
    done(one, "6 people wore them. Socks ran out on day 2.", by=lead, as_planned=False, surprises="Laundry took them.")
    seen = [(Verdict.RIGHT, "9 of 10")]
    studied(one, "9 of 10 staff knew who was at risk.", "Keep spares on the ward.", by=lead, seen=seen)
    decided(one, Decision.ADAPT, by=lead, next_change="Keep spares in each bay.")
    give_score(project, Scorer.TEAM, 25, "The first test is studied.", by=lead)
    story.on(weeks[21])
    two = cycle(
        project, bay, "Bay nursing by day", by=lead, start=weeks[21], end=weeks[22] + timedelta(days=4), scale=Scale.ONE_WEEK,
        questions=[("Are there fewer unseen falls?", "No unseen fall in the bay.")], series=series,
        change="One member of staff stays in bay A from 8 to 8.", tasks=[("Agree the rota", "Sister")],
    )  # fmt: skip
    story.on(weeks[23])
    done(two, "12 patients, 10 shifts of 12 covered.", by=lead)
    learnt = "It works when handover names the person."
    studied(two, "No unseen fall, 3 the two weeks before.", learnt, by=lead, seen=[(Verdict.RIGHT, "0, down from 3")])
    decided(two, Decision.ADOPT, by=lead, next_change="All bays by day.")
    reviewed(
        story, project, coach, well="A prediction, a test, a decision: twice in four weeks.", step="Bay nursing in all bays by day",
        owner=lead, next_in=42, score=25, why="Two tests studied, one change adopted; the chart has not moved yet.",
    )  # fmt: skip
    return two


def _lately(
    story: Story, project: Project, hospital: Hospital, by_day: Cycle, series: Series, weeks: list[date]
) -> None:
    lead, coach = hospital.people["team2"], hospital.people["coach1"]
    story.on(story.ago(34))
    reviewed(
        story, project, coach, well="The chart shows fewer falls than ever before in a year.", step="Plan a test at night",
        owner=lead, next_in=38, score=30, why="A change is kept, and more than a fifth of the way is done.",
    )  # fmt: skip
    story.on(story.ago(27))
    give_score(project, Scorer.TEAM, 35, "Fewer falls since bay nursing began, and it holds.", by=lead)
    story.on(weeks[31])
    assert by_day.idea is not None
    cycle(
        project, by_day.idea, "Bay nursing at night", by=lead, start=story.ago(14), end=weeks[33] + timedelta(days=5), follows=by_day,
        scale=Scale.ONE_WEEK, questions=[("Does it work with night staffing?", "1 fall or fewer at night in the bay.")],
        change="One member of staff stays in bay A from 8 in the evening to 8 in the morning.", series=series,
    )  # fmt: skip
    story.on(story.ago(12))
    actions.say(project, "Brilliant run. Before you spread it: have you looked at nights as well as days?", by=coach)
    story.on(story.ago(3))
    actions.say(
        project, "Nights have one nurse fewer. How small can a test at night be?", by=lead, kind=WordKind.QUESTION
    )
    story.on(story.ago(2))
    settle(project, "momentum", "resources", by=lead)
