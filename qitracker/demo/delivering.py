"""Two projects in Deliver: one has stopped testing, one tests on and does not get better."""

from qitracker.demo.deeds import (
    CO_DESIGN,
    UNDERSTAND,
    Trial,
    captured,
    drivers,
    late_periods,
    periods_back,
    reviewed,
    settle,
    start,
    tried_out,
)
from qitracker.demo.people import Hospital
from qitracker.demo.story import Story, proportion
from qitracker.feeds.numbers import Numbers
from qitracker.hub.actions import offer_help
from qitracker.measures.actions import add_measure
from qitracker.method.cycles import Decision, Scale, Verdict
from qitracker.method.measures import DataType, MeasureKind, Rhythm
from qitracker.method.roles import Role
from qitracker.models import Project, Scorer
from qitracker.projects import actions
from qitracker.projects.supporting import give_score
from qitracker.spc import Direction

# Doses due in two weeks on Brindle, and how many were missed.
MISSED = ((842, 71), (810, 66), (856, 78), (829, 69), (835, 73), (848, 68), (821, 75), (839, 70), (844, 74), (818, 67))
# Drug rounds a week on Brindle without an interruption, of 28.
UNDISTURBED = (12, 14, 11, 13, 15, 12, 10, 14, 13, 12, 15, 13, 11, 14, 12, 13, 14, 12, 15, 13)
# Hours asleep at night, median a week, on ICU.
SLEPT = (
    5.2,
    4.9,
    5.4,
    5.0,
    5.3,
    4.8,
    5.1,
    5.5,
    5.0,
    4.9,
    5.3,
    5.2,
    4.7,
    5.1,
    5.4,
    5.0,
    5.2,
    4.9,
    5.3,
    5.1,
    4.8,
    5.2,
    5.0,
    5.3,
)


def doses(story: Story, hospital: Hospital) -> Project:
    """No PDSA cycle for two months, and the number of the result is late. The rounds are still counted each week."""
    lead, coach = hospital.people["team6"], hospital.people["coach1"]
    project = start(
        story, hospital, story.ago(170), "Every dose on time on Brindle",
        "One dose in twelve is missed or late on our ward, and nobody is told why.", "Brindle", lead,
        ("nurse3", Role.TEAM_MEMBER, "nursing"), ("team5", Role.TEAM_MEMBER, "pharmacy"), ("coach1", Role.COACH, "improvement"),
        ("division.medicine", Role.SPONSOR, "management"),
    )  # fmt: skip
    missed = add_measure(
        project, by=lead, name="Doses missed", kind=MeasureKind.OUTCOME, data_type=DataType.PROPORTION,
        direction=Direction.DECREASE, rhythm=Rhythm.FORTNIGHT, unit="%", numerator="doses missed", denominator="doses due",
        target=5.0,
    )  # fmt: skip
    rounds = add_measure(
        project, by=lead, name="Drug rounds without interruption", kind=MeasureKind.PROCESS, data_type=DataType.PROPORTION,
        direction=Direction.INCREASE, rhythm=Rhythm.WEEK, unit="%", numerator="rounds without interruption",
        denominator="rounds watched", target=80.0,
    )  # fmt: skip
    # 22 days after a fortnight without a number it is late, from 42 days on several are missing.
    fortnights = late_periods(story, Rhythm.FORTNIGHT, len(MISSED), late=23)
    rows = [(first, proportion(lost, due)) for first, (due, lost) in zip(fortnights, MISSED, strict=True)]
    story.numbers(missed, rows, by=lead)
    weeks = periods_back(story, Rhythm.WEEK, len(UNDISTURBED))
    story.numbers(
        rounds,
        [(week, proportion(n, 28)) for week, n in zip(weeks, UNDISTURBED, strict=True)],
        by=hospital.people["nurse3"],
    )
    settle(project, *UNDERSTAND, by=lead)
    vest, box = captured(project, "A red apron: do not disturb", "Tablets for each bay in one box", by=lead)
    story.on(story.ago(140))
    actions.move_to_stage(project, "co_design", "We know the five commonest causes.", by=lead)
    actions.write_aim(
        project, None, by=lead, series_id=missed.id, what="doses missed", unit="%", start=8.5, target=5.0,
        population="people on Brindle", by_date=story.ago(-110),
    )  # fmt: skip
    drivers(project, {"Nobody disturbs a drug round": [vest], "Tablets are at hand": [box]}, by=lead, measured=rounds)
    settle(project, *CO_DESIGN, by=lead)
    story.on(story.ago(120))
    reviewed(
        story, project, coach, well="The causes were counted, not guessed.", step="Test the apron on one round", owner=lead,
        next_in=42, score=20, why="Aim, baseline and drivers; no test yet.",
    )  # fmt: skip
    story.on(story.ago(110))
    actions.move_to_stage(project, "deliver", "The first test is planned.", by=lead)
    settle(project, "momentum", "resources", by=lead)
    first = tried_out(
        story, project, vest,
        Trial(
            ago=100, days=5, title="A red apron for the morning round",
            change="The nurse of the morning round wears a red apron; others answer the phone.",
            asks=("Is the round disturbed less often?", "5 rounds of 5 without interruption."),
            happened="Worn on 5 mornings.", seen="3 rounds of 5 were not disturbed.",
            learnt="Doctors did not know what the apron means.", decision=Decision.ADAPT, then="Tell the doctors at handover.",
        ),
        by=lead, series=rounds,
    )  # fmt: skip
    story.on(story.ago(78))
    reviewed(
        story, project, coach, well="You said beforehand what you expected, and it was only partly so.",
        step="The same again with the doctors told", owner=lead, next_in=42, score=25, why="One test is studied.",
    )  # fmt: skip
    tried_out(
        story, project, vest,
        Trial(
            ago=68, days=5, title="A red apron, with doctors told", change="As before, and it is said at handover.",
            asks=("Is the round disturbed less often?", "4 rounds of 5 without interruption."),
            happened="Worn on 5 mornings; told at 4 handovers.", seen="4 rounds of 5 were not disturbed.",
            learnt="It works when the ward clerk takes the phone.", decision=Decision.ADAPT, then="Ask the ward clerk.",
            verdict=Verdict.RIGHT,
        ),
        by=lead, series=rounds, follows=first,
    )  # fmt: skip
    give_score(project, Scorer.TEAM, 25, "Two tests are studied.", by=lead)
    story.on(story.ago(37))
    reviewed(
        story, project, coach, well="The weekly count of rounds goes on.", step="Ask the ward clerk, and plan the next test",
        owner=lead, next_in=42, score=25, why="Two tests are studied, none is running.",
    )  # fmt: skip
    return project


def sleep(story: Story, hospital: Hospital) -> Project:
    """Tested and tested, and still at 2.5 after three months."""
    lead, coach = hospital.people["team7"], hospital.people["coach1"]
    project = start(
        story, hospital, story.ago(215), "Better sleep on ICU",
        "People on our unit sleep five hours a night, in pieces, and say it is the worst of their stay.", "ICU", lead,
        ("nurse3", Role.TEAM_MEMBER, "nursing"), ("doctor2", Role.TEAM_MEMBER, "medicine"), ("coach1", Role.COACH, "improvement"),
        ("division.surgery", Role.SPONSOR, "management"),
    )  # fmt: skip
    series = add_measure(
        project, by=lead, name="Hours asleep at night", kind=MeasureKind.OUTCOME, data_type=DataType.VALUE,
        direction=Direction.INCREASE, rhythm=Rhythm.WEEK, unit="hours", target=6.5,
    )  # fmt: skip
    weeks = periods_back(story, Rhythm.WEEK, len(SLEPT))
    story.numbers(series, [(week, Numbers(hours)) for week, hours in zip(weeks, SLEPT, strict=True)], by=lead)
    settle(project, *UNDERSTAND, by=lead)
    masks, alarms, visits = captured(
        project, "Eye masks and ear plugs for everyone who wants them", "Quieter alarms at night",
        "Care in two visits a night instead of six", by=lead,
    )  # fmt: skip
    story.on(story.ago(190))
    actions.move_to_stage(project, "co_design", "Noise was measured for a week.", by=lead)
    actions.write_aim(
        project, None, by=lead, series_id=series.id, what="hours asleep", unit="hours", start=5.1, target=6.5,
        population="people on ICU", by_date=story.ago(-75),
    )  # fmt: skip
    drivers(
        project,
        {"It is dark and quiet": [masks, alarms], "Care waits where it can": [visits]},
        by=lead,
        measured=series,
    )
    settle(project, *CO_DESIGN, by=lead)
    story.on(story.ago(160))
    actions.move_to_stage(project, "deliver", "Masks are here.", by=lead)
    settle(project, "momentum", "resources", by=lead)
    tried_out(
        story, project, masks,
        Trial(
            ago=125, days=4, title="Masks and plugs for four people", change="Offered at nine in the evening.",
            asks=("Do people who use them sleep longer?", ""), happened="Offered to 4, used by 3.",
            seen="Half an hour more for two of three.", learnt="People want to be asked earlier.", decision=Decision.ADAPT,
            then="Ask at supper.", scale=Scale.ONE_DAY,
        ),
        by=lead, series=series,
    )  # fmt: skip
    story.on(story.ago(115))
    reviewed(
        story, project, coach, well="Small, and done within the week.", step="Test the alarms in one bay", owner=lead,
        next_in=42, score=25, why="A test is studied.",
    )  # fmt: skip
    tried_out(
        story, project, alarms,
        Trial(
            ago=90, days=6, title="Quieter alarms in one bay", change="Alarms at the lowest safe level from ten to six.",
            asks=("Do people wake less often?", "Three times a night instead of six."), happened="Six nights, one bay.",
            seen="They woke as often as before.", learnt="It is the care that wakes people, not the alarms.",
            decision=Decision.ABANDON, then="", verdict=Verdict.WRONG, scale=Scale.ONE_WEEK,
        ),
        by=lead, series=series,
    )  # fmt: skip
    story.on(story.ago(72))
    reviewed(
        story, project, coach, well="You set an idea aside because of what you saw. That is a result.",
        step="Count how often care wakes one person in one night", owner=lead, next_in=42, score=25,
        why="Tests are studied; nothing is kept yet.",
    )  # fmt: skip
    give_score(project, Scorer.TEAM, 25, "Two tests, and we know more than before.", by=lead)
    tried_out(
        story, project, visits,
        Trial(
            ago=39, days=5, title="Two visits a night for one person", change="Turning, washing and blood tests at ten and at six.",
            asks=("Does one person sleep longer?", "Six hours."), happened="Five nights with one person.",
            seen="Five and a half hours.", learnt="Blood tests at four are ordered by another team.", decision=Decision.ADAPT,
            then="Ask them to order for six.", scale=Scale.ONE_PATIENT,
        ),
        by=lead, series=series,
    )  # fmt: skip
    reviewed(
        story, project, coach, well="One person, five nights, and you found out who orders the blood tests.",
        step="Ask the other team to order for six", owner=lead, next_in=40, score=25, why="Nothing is kept yet.",
    )  # fmt: skip
    story.on(story.ago(8))
    offered = offer_help(
        project, "Would it help if I asked the other department to meet you?", by=hospital.people["hub1"]
    )
    story.on(story.ago(7))
    actions.say(project, "Yes, please: they are two floors up and we have never met.", by=lead, answers=offered)
    return project
