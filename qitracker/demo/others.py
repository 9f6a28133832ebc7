"""Five further projects in other stages, all made up, dated back from today so that they are alive in any month."""

from collections.abc import Sequence
from datetime import date, timedelta

from qitracker.demo.people import Hospital
from qitracker.demo.story import Story, proportion
from qitracker.drivers.actions import add_driver, capture_idea, join, move_idea, weigh_idea
from qitracker.feeds.numbers import Numbers
from qitracker.measures.actions import add_measure, decide
from qitracker.method.cycles import Decision, Scale, Verdict
from qitracker.method.ideas import IdeaStatus
from qitracker.method.measures import DataType, MeasureKind, Rhythm, period_of
from qitracker.method.roles import Role
from qitracker.method.steps import StepStatus
from qitracker.models import DecisionKind, DriverLevel, Idea, Level, Person, Project, Series, Visibility
from qitracker.people.actions import give_role
from qitracker.plumbing import history
from qitracker.projects import actions
from qitracker.spc import Direction

# Falls a week on Ward 18: 20 weeks before the tests began, 14 since.
FALLS = (5, 3, 6, 4, 7, 4, 5, 6, 3, 5, 4, 6, 5, 7, 4, 3, 6, 5, 4, 6, 4, 3, 3, 2, 3, 4, 2, 3, 2, 2, 3, 2, 1, 3)
# People with suspected sepsis a month, and how many had antibiotics within an hour.
SEPSIS = ((61, 38), (58, 35), (66, 45), (72, 44), (63, 41), (59, 39), (68, 40), (64, 43), (70, 45), (62, 38))
# Bed days and pressure ulcers a month on Ward 2C.
ULCERS = (
    (812, 6), (790, 4), (830, 7), (801, 5), (777, 6), (820, 8), (808, 5), (795, 6), (811, 7), (826, 5), (803, 6), (815, 7),
    (798, 3), (809, 2), (821, 3), (788, 1), (806, 2), (817, 3), (799, 2), (810, 1), (804, 2), (822, 3), (796, 2), (813, 2),
)  # fmt: skip
# Minutes from "ready to go" to leaving, median a week, on Ward 23.
LEAVING = (214, 198, 241, 205, 187, 226, 233, 201, 219, 190, 208, 222, 236, 195)


def tell_all(story: Story, hospital: Hospital, today: date) -> list[Project]:
    """The five, oldest first."""
    return [
        ulcers(story, hospital, today),
        falls(story, hospital, today),
        sepsis(story, hospital, today),
        leaving(story, hospital, today),
        private(story, hospital, today),
    ]


def _start(
    story: Story,
    hospital: Hospital,
    on: date,
    title: str,
    problem: str,
    ward: str,
    lead: Person,
    *others: tuple[str, Role, str],
) -> Project:
    story.on(on)
    project = actions.register(title, problem, hospital.units[ward], lead, Level.MICRO, by=lead, is_illustrative=True)
    for account, role, profession in others:
        give_role(hospital.people[account], role, by=lead, project=project, profession=profession)
    return project


def _months_back(today: date, how_many: int) -> list[date]:
    """The first days of the last whole months, oldest first."""
    found = [(today.replace(day=1) - timedelta(days=1)).replace(day=1)]
    while len(found) < how_many:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found[::-1]


def _weeks_back(today: date, how_many: int) -> list[date]:
    """The Mondays of the last whole weeks, oldest first."""
    last = period_of(today, Rhythm.WEEK) - timedelta(weeks=1)
    return [last - timedelta(weeks=back) for back in range(how_many - 1, -1, -1)]


def _done(project: Project, steps: Sequence[str], by: Person) -> None:
    for step in steps:
        actions.write_step(project, None, step, by=by, status=StepStatus.DONE, answers={}, owner_id=by.id, due=None)


def falls(story: Story, hospital: Hospital, today: date) -> Project:
    """In Deliver: two cycles done, the third has ended and waits to be studied."""
    lead, nurse, coach = hospital.people["team2"], hospital.people["nurse1"], hospital.people["coach1"]
    weeks = _weeks_back(today, len(FALLS))
    project = _start(
        story, hospital, weeks[4], "Fewer falls on Ward 18", "Five people fall on our ward each week, most at night.",
        "Ward 18", lead, ("nurse1", Role.TEAM_MEMBER, "nursing"), ("ward18.manager", Role.SPONSOR, "management"),
        ("coach1", Role.COACH, "improvement"),
    )  # fmt: skip
    series = add_measure(
        project, by=lead, name="Falls on the ward", kind=MeasureKind.OUTCOME, data_type=DataType.COUNT,
        direction=Direction.DECREASE, rhythm=Rhythm.WEEK, unit="falls", numerator="falls", target=2.5,
    )  # fmt: skip
    numbers = [(week, Numbers(float(count))) for week, count in zip(weeks, FALLS, strict=True)]
    story.pasted(series, numbers[:4], by=lead)
    first, second, third = (
        capture_idea(project, text, by=nurse)
        for text in (
            "Bay nursing: somebody stays in the bay",
            "Red socks for people at risk",
            "Night lights by each bed",
        )
    )
    _done(project, ("focus", "people", "visualise", "change", "teamwork", "process", "planning"), lead)
    actions.write_aim(
        project, None, by=lead, series_id=series.id, what="falls", unit="falls a week", start=5.0, target=2.5,
        population="people on Ward 18", by_date=today + timedelta(days=120),
    )  # fmt: skip
    watched = add_driver(
        project, DriverLevel.PRIMARY, "Somebody is there when needed", by=lead, measure_id=series.measure_id
    )
    known = add_driver(project, DriverLevel.PRIMARY, "People at risk are known", by=lead)
    safe = add_driver(project, DriverLevel.PRIMARY, "The ward is safe to move in", by=lead)
    bay = add_driver(project, DriverLevel.SECONDARY, "The bay is always watched", by=lead)
    for thing, above in ((bay, watched), (first, bay), (second, known), (third, safe)):
        join(thing, above, by=lead)
    for idea, (impact, effort) in zip((first, second, third), ((5, 4), (3, 1), (4, 3)), strict=True):
        weigh_idea(idea, by=lead, impact=impact, effort=effort, can_test_now=True)
    for idea in (first, second):
        move_idea(idea, IdeaStatus.PRIORITISED, by=lead)
    actions.move_to_stage(project, "deliver", "The team is ready to test.", by=lead)
    story.each_week(series, numbers[4:], by=nurse)
    _falls_cycles(story, project, (first, second), series, weeks, lead)
    story.on(today - timedelta(days=12))
    actions.say(project, "Brilliant run. Before you spread it: have you looked at nights as well as days?", by=coach)
    story.on(today - timedelta(days=2))
    _done(project, ("momentum", "resources"), lead)
    story.on(today)
    return project


def _falls_cycles(
    story: Story, project: Project, ideas: tuple[Idea, Idea], series: Series, weeks: list[date], lead: Person
) -> None:
    bay, socks = ideas
    story.on(weeks[19])
    one = story.cycle(
        project, socks, "Red socks for a week", by=lead, start=weeks[19], end=weeks[19] + timedelta(days=6),
        scale=Scale.ONE_WEEK, questions=[("Do staff notice who is at risk?", "8 of 10 staff name who wears them.")],
        change="Red non-slip socks for everyone at high risk in bay A.", series=series,
    )  # fmt: skip
    story.on(weeks[20] + timedelta(days=1))
    decide(series, by=lead, kind=DecisionKind.FREEZE, on=weeks[19], reason="20 weeks before the tests: our baseline")
    story.done(
        one, "6 people wore them. Socks ran out on day 2.", by=lead, as_planned=False, surprises="Laundry took them."
    )
    story.studied(
        one,
        "9 of 10 staff knew who was at risk.",
        "Keep spares on the ward.",
        by=lead,
        seen=[(Verdict.RIGHT, "9 of 10")],
    )
    story.decided(one, Decision.ADAPT, by=lead, next_change="Keep spares in each bay.")
    story.on(weeks[21])
    two = story.cycle(
        project, bay, "Bay nursing by day", by=lead, start=weeks[21], end=weeks[22] + timedelta(days=4), scale=Scale.ONE_WEEK,
        questions=[("Are there fewer unseen falls?", "No unseen fall in the bay.")], series=series,
        change="One member of staff stays in bay A from 8 to 8.", tasks=[("Agree the rota", "Sister")],
    )  # fmt: skip
    story.on(weeks[23])
    story.done(two, "12 patients, 10 shifts of 12 covered.", by=lead)
    story.studied(
        two,
        "No unseen fall, 3 the two weeks before.",
        "It works when handover names the person.",
        by=lead,
        seen=[(Verdict.RIGHT, "0, down from 3")],
    )
    story.decided(two, Decision.ADOPT, by=lead, next_change="All bays by day.")
    story.on(weeks[31])
    story.cycle(
        project, bay, "Bay nursing at night", by=lead, start=weeks[32], end=weeks[33] + timedelta(days=5), follows=two,
        scale=Scale.ONE_WEEK, questions=[("Does it work with night staffing?", "1 fall or fewer at night in the bay.")],
        change="One member of staff stays in bay A from 8 in the evening to 8 in the morning.", series=series,
    )  # fmt: skip


def sepsis(story: Story, hospital: Hospital, today: date) -> Project:
    """In Co-design: a baseline of ten months, an aim, a diagram with gaps."""
    lead = hospital.people["team3"]
    months = _months_back(today, len(SEPSIS))
    project = _start(
        story, hospital, today - timedelta(days=75), "Antibiotics within an hour for sepsis",
        "One in three people with suspected sepsis waits longer than an hour for antibiotics.", "ED RPH", lead,
        ("doctor1", Role.TEAM_MEMBER, "medicine"), ("coach2", Role.COACH, "improvement"),
    )  # fmt: skip
    series = add_measure(
        project, by=lead, name="Antibiotics within an hour", kind=MeasureKind.OUTCOME, data_type=DataType.PROPORTION,
        direction=Direction.INCREASE, rhythm=Rhythm.MONTH, unit="%", numerator="people given antibiotics within an hour",
        denominator="people with suspected sepsis", target=90.0,
    )  # fmt: skip
    story.pasted(
        series,
        [(month, proportion(done, all_of)) for month, (all_of, done) in zip(months, SEPSIS, strict=True)],
        by=lead,
    )
    _done(project, ("focus", "people", "change"), lead)
    ideas = [
        capture_idea(project, text, by=lead)
        for text in (
            "Sepsis trolley in each bay",
            "Nurses give the first dose",
            "A timer on the board",
            "Screening at triage",
        )
    ]
    story.on(today - timedelta(days=30))
    actions.move_to_stage(project, "co_design", "We know where the time goes.", by=lead)
    actions.write_aim(
        project, None, by=lead, series_id=series.id, what="antibiotics within an hour", unit="%", start=64.0, target=90.0,
        population="people with suspected sepsis in ED RPH", by_date=today + timedelta(days=200),
    )  # fmt: skip
    early = add_driver(project, DriverLevel.PRIMARY, "Sepsis is recognised early", by=lead)
    ready = add_driver(project, DriverLevel.PRIMARY, "Antibiotics are at hand", by=lead, measure_id=series.measure_id)
    add_driver(project, DriverLevel.PRIMARY, "Everyone knows the clock is running", by=lead)
    for idea, above in ((ideas[3], early), (ideas[0], ready), (ideas[1], ready)):
        join(idea, above, by=lead)
    return project


def leaving(story: Story, hospital: Hospital, today: date) -> Project:
    """In Understand: a measure, ideas, nothing ruled out."""
    lead = hospital.people["team4"]
    weeks = _weeks_back(today, len(LEAVING))
    project = _start(
        story, hospital, today - timedelta(days=20), "Home before lunch on Ward 23",
        "People who are ready to go home wait three and a half hours for transport and tablets.", "Ward 23", lead,
        ("nurse1", Role.TEAM_MEMBER, "nursing"),
    )  # fmt: skip
    series = add_measure(
        project, by=lead, name="Minutes from ready to leaving", kind=MeasureKind.OUTCOME, data_type=DataType.VALUE,
        direction=Direction.DECREASE, rhythm=Rhythm.WEEK, unit="minutes",
    )  # fmt: skip
    story.pasted(series, [(week, Numbers(float(value))) for week, value in zip(weeks, LEAVING, strict=True)], by=lead)
    for text in ("Order tablets the evening before", "A lounge to wait in", "Ask families the day before"):
        capture_idea(project, text, by=lead)
    return project


def ulcers(story: Story, hospital: Hospital, today: date) -> Project:
    """Closed after it was sustained; its measure goes on."""
    lead = hospital.people["team5"]
    months = _months_back(today, len(ULCERS))
    project = _start(
        story, hospital, months[6], "Skin checks on Ward 2C", "Seven people a month get a pressure ulcer on our ward.",
        "Ward 2C", lead, ("coach2", Role.COACH, "improvement"),
    )  # fmt: skip
    series = add_measure(
        project, by=lead, name="Pressure ulcers", kind=MeasureKind.OUTCOME, data_type=DataType.RATE, per=1000,
        direction=Direction.DECREASE, rhythm=Rhythm.MONTH, unit="per 1,000 bed days", numerator="pressure ulcers",
        denominator="bed days", target=3.0,
    )  # fmt: skip
    idea = capture_idea(project, "Skin check at each handover", by=lead)
    actions.move_to_stage(project, "deliver", "", by=lead)
    rows = [(month, proportion(found, days)) for month, (days, found) in zip(months, ULCERS, strict=True)]
    story.pasted(series, rows[:5], by=lead)
    story.each_month(series, rows[5:], by=lead)
    story.on(months[8])
    actions.write_aim(
        project, None, by=lead, series_id=series.id, what="pressure ulcers", unit="per 1,000 bed days", start=7.4,
        target=3.0, population="people on Ward 2C", by_date=months[20],
    )  # fmt: skip
    story.on(months[11] + timedelta(days=20))
    cycle = story.cycle(
        project, idea, "Skin check at handover, one bay", by=lead, start=months[11] + timedelta(days=20),
        end=months[11] + timedelta(days=26), scale=Scale.ONE_WEEK, series=series, change="Both nurses look together.",
        questions=[("Is there time at handover?", "It adds 5 minutes.")],
    )  # fmt: skip
    story.on(months[12])
    story.done(cycle, "Done at 18 of 21 handovers.", by=lead)
    story.studied(
        cycle, "It added 4 minutes.", "Two pairs of eyes find more.", by=lead, seen=[(Verdict.RIGHT, "4 minutes")]
    )
    story.decided(cycle, Decision.ADOPT, by=lead, next_change="Every bay, every handover.")
    story.on(months[21])
    decide(series, by=lead, kind=DecisionKind.PHASE, on=months[12], reason="Skin checks at every handover")
    actions.move_to_stage(project, "sustain", "It is how we work now.", by=lead)
    story.on(months[22])
    actions.close(project, "Aim met and kept for half a year. Skin checks are in the handover sheet.", by=lead)
    story.on(today)
    return project


def private(story: Story, hospital: Hospital, today: date) -> Project:
    """Seen by its team alone."""
    lead = hospital.people["team5"]
    project = _start(
        story, hospital, today - timedelta(days=9), "Talking about mistakes on Ward 21",
        "Colleagues do not yet feel safe to talk about missed doses.", "Ward 21", lead, ("nurse1", Role.TEAM_MEMBER, "nursing"),
    )  # fmt: skip
    history.amend(project, "project", by=lead, project_id=project.id, visibility=Visibility.PRIVATE)
    return project
