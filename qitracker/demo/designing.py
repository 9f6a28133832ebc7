"""Three projects in Co-design: one nobody coaches at the moment, one with something in its way, one that rests."""

from qitracker.demo.deeds import captured, drivers, periods_back, reviewed, settle, start, write_step
from qitracker.demo.people import Hospital
from qitracker.demo.story import Story, proportion
from qitracker.drivers.actions import add_driver, capture_idea, join, weigh_idea
from qitracker.measures.actions import add_measure
from qitracker.method.measures import DataType, MeasureKind, Rhythm
from qitracker.method.roles import Role
from qitracker.method.stalled.holds import HoldKind
from qitracker.method.stalled.stuck import StuckOn
from qitracker.models import DriverLevel, Project, Scorer
from qitracker.projects import actions
from qitracker.projects.supporting import add_barrier, give_score, hold
from qitracker.spc import Direction

# People with suspected sepsis a month, and how many had antibiotics within an hour.
SEPSIS = ((61, 38), (58, 35), (66, 45), (72, 44), (63, 41), (59, 39), (68, 40), (64, 43), (70, 45), (62, 38))
# People admitted a week on AMU, and how many had their risks assessed within six hours.
ASSESSED = (
    (94, 47), (88, 51), (101, 48), (97, 55), (90, 44), (95, 52), (99, 50), (92, 46), (87, 49), (103, 54), (96, 45), (91, 50),
    (98, 53), (93, 47), (89, 48), (100, 51),
)  # fmt: skip
# Operating lists planned a week on Leyland, and how many were cancelled on the day.
CANCELLED = ((24, 4), (22, 3), (25, 5), (23, 2), (24, 4), (21, 3), (25, 4), (24, 5), (22, 3), (23, 4))


def sepsis(story: Story, hospital: Hospital) -> Project:
    """A baseline of ten months, an aim, a diagram with gaps. Its coach is away, and they have not talked for weeks."""
    lead, coach = hospital.people["team3"], hospital.people["coach2"]
    project = start(
        story, hospital, story.ago(75), "Antibiotics within an hour for sepsis",
        "One in three people with suspected sepsis waits longer than an hour for antibiotics.", "ED RPH", lead,
        ("doctor1", Role.TEAM_MEMBER, "medicine"), ("nurse3", Role.TEAM_MEMBER, "nursing"), ("coach2", Role.COACH, "improvement"),
        ("division.medicine", Role.SPONSOR, "management"),
    )  # fmt: skip
    series = add_measure(
        project, by=lead, name="Antibiotics within an hour", kind=MeasureKind.OUTCOME, data_type=DataType.PROPORTION,
        direction=Direction.INCREASE, rhythm=Rhythm.MONTH, unit="%", numerator="people given antibiotics within an hour",
        denominator="people with suspected sepsis", target=90.0,
    )  # fmt: skip
    months = periods_back(story, Rhythm.MONTH, len(SEPSIS))
    rows = [(month, proportion(done, all_of)) for month, (all_of, done) in zip(months, SEPSIS, strict=True)]
    story.numbers(series, rows, by=lead)
    settle(project, "focus", "people", "change", by=lead)
    ideas = captured(
        project, "Sepsis trolley in each bay", "Nurses give the first dose", "A timer on the board", "Screening at triage",
        by=lead,
    )  # fmt: skip
    story.on(story.ago(64))
    reviewed(
        story, project, coach, well="Ten months of numbers from the first day.", step="Follow three people from door to dose",
        owner=lead, next_in=73, score=15, why="A team, a problem and its numbers; no aim yet.",
        advice="Look at where the hour goes before you choose what to change.",
    )  # fmt: skip
    story.on(story.ago(30))
    actions.move_to_stage(project, "co_design", "We know where the time goes.", by=lead)
    actions.write_aim(
        project, None, by=lead, series_id=series.id, what="antibiotics within an hour", unit="%", start=64.0, target=90.0,
        population="people with suspected sepsis in ED RPH", by_date=story.ago(-200),
    )  # fmt: skip
    early = add_driver(project, DriverLevel.PRIMARY, "Sepsis is recognised early", by=lead)
    ready = add_driver(project, DriverLevel.PRIMARY, "Antibiotics are at hand", by=lead, measure_id=series.measure_id)
    add_driver(project, DriverLevel.PRIMARY, "Everyone knows the clock is running", by=lead)
    for idea, above in ((ideas[3], early), (ideas[0], ready), (ideas[1], ready)):
        join(idea, above, by=lead)
    story.on(story.ago(12))
    for idea, (impact, effort) in zip(ideas, ((4, 3), (5, 2), (2, 1), (4, 2)), strict=True):
        weigh_idea(idea, by=lead, impact=impact, effort=effort, can_test_now=effort < 3)
    return project


def assessed(story: Story, hospital: Hospital) -> Project:
    """Something has been in the way for weeks, and the sponsor has not been asked."""
    lead, coach = hospital.people["team10"], hospital.people["coach1"]
    project = start(
        story, hospital, story.ago(80), "Risks assessed within six hours on AMU",
        "Half of the people we admit wait longer than six hours until their risks of clots, falls and pressure ulcers are looked at.",
        "AMU", lead, ("nurse3", Role.TEAM_MEMBER, "nursing"), ("doctor2", Role.TEAM_MEMBER, "medicine"),
        ("coach1", Role.COACH, "improvement"), ("division.medicine", Role.SPONSOR, "management"),
    )  # fmt: skip
    series = add_measure(
        project, by=lead, name="Risks assessed within six hours", kind=MeasureKind.OUTCOME, data_type=DataType.PROPORTION,
        direction=Direction.INCREASE, rhythm=Rhythm.WEEK, unit="%", numerator="people assessed within six hours",
        denominator="people admitted", target=80.0,
    )  # fmt: skip
    weeks = periods_back(story, Rhythm.WEEK, len(ASSESSED))
    rows = [(week, proportion(done, all_of)) for week, (all_of, done) in zip(weeks, ASSESSED, strict=True)]
    story.numbers(series, rows, by=hospital.people["nurse3"])
    settle(project, "focus", by=lead)
    ideas = captured(project, "One form for all risks", "The assessment starts at the ambulance door", by=lead)
    story.on(story.ago(60))
    settle(project, "people", "change", by=lead)
    story.on(story.ago(45))
    actions.move_to_stage(project, "co_design", "Interviews and three weeks of counting are done.", by=lead)
    story.on(story.ago(40))
    actions.write_aim(
        project, None, by=lead, series_id=series.id, what="risks assessed within six hours", unit="%", start=52.0, target=80.0,
        population="people admitted to AMU", by_date=story.ago(-150),
    )  # fmt: skip
    story.on(story.ago(36))
    reviewed(
        story, project, coach, well="The aim is clear and everyone can say it.", step="Draw the driver diagram with the night team",
        owner=lead, next_in=41, score=15, why="Aim and team; no drivers yet.", stuck=StuckOn.WAITING_FOR_OTHERS,
        advice="Try the form on paper while you wait for the electronic one.",
    )  # fmt: skip
    story.on(story.ago(34))
    add_barrier(
        project, "The electronic form can only be changed with the next release", by=lead,
        stuck_on=StuckOn.WAITING_FOR_OTHERS.value,
    )  # fmt: skip
    story.on(story.ago(26))
    give_score(project, Scorer.TEAM, 15, "We have an aim and a team, and we meet each week.", by=lead)
    story.on(story.ago(15))
    drivers(
        project, {"The assessment is quick to do": ideas[:1], "It begins at once": ideas[1:]}, by=lead, measured=series
    )
    write_step(
        project, "process", {"vision": "Nobody lies on our ward with a risk that nobody has looked at."}, by=lead
    )
    return project


def cancelled(story: Story, hospital: Hospital) -> Project:
    """It rests until the ward has moved; the day on which it is looked at again is near."""
    lead, coach = hospital.people["team11"], hospital.people["coach2"]
    project = start(
        story, hospital, story.ago(130), "Fewer cancelled lists on Leyland",
        "One operating list in six is cancelled on the day, mostly for want of a bed.", "Leyland", lead,
        ("therapist1", Role.TEAM_MEMBER, "therapies"), ("coach2", Role.COACH, "improvement"),
        ("division.surgery", Role.SPONSOR, "management"),
    )  # fmt: skip
    series = add_measure(
        project, by=lead, name="Lists cancelled on the day", kind=MeasureKind.OUTCOME, data_type=DataType.PROPORTION,
        direction=Direction.DECREASE, rhythm=Rhythm.WEEK, unit="%", numerator="lists cancelled on the day",
        denominator="lists planned", target=5.0,
    )  # fmt: skip
    weeks = [week for week in periods_back(story, Rhythm.WEEK, 30) if week < story.ago(57)][-len(CANCELLED) :]
    rows = [(week, proportion(lost, planned)) for week, (planned, lost) in zip(weeks, CANCELLED, strict=True)]
    story.numbers(series, rows, by=lead)
    settle(project, "focus", by=lead)
    story.on(story.ago(112))
    settle(project, "people", "change", by=lead)
    captured(project, "A bed meeting at seven", "Ring each person on the day before", by=lead)
    reviewed(
        story, project, coach, well="You asked the people who were sent home.", step="Write the aim together", owner=lead,
        next_in=40, score=15, why="Numbers come in; no aim yet.",
    )  # fmt: skip
    story.on(story.ago(85))
    actions.move_to_stage(project, "co_design", "The causes are counted: beds, then tests that are missing.", by=lead)
    story.on(story.ago(70))
    capture_idea(project, "A checklist for tests, three days before", by=lead)
    reviewed(
        story, project, coach, well="The count of causes surprised everybody.", step="Agree what happens during the move",
        owner=lead, next_in=84, score=15, why="As before.", stuck=StuckOn.PRIORITY_CHANGED,
    )  # fmt: skip
    story.on(story.ago(50))
    hold(
        project, HoldKind.PAUSE, "The ward moves to another floor, and the lists change with it", story.ago(-6), by=lead,
        restarts_id=lead.id,
    )  # fmt: skip
    return project
