"""Two projects after their testing: one is closed with what it learnt, one lasts and is ready to spread. PPH is the third."""

from datetime import timedelta

from qitracker.demo.deeds import (
    CO_DESIGN,
    UNDERSTAND,
    Trial,
    captured,
    cycle,
    decided,
    done,
    drivers,
    periods_back,
    reviewed,
    settle,
    start,
    studied,
    tried_out,
    write_step,
)
from qitracker.demo.people import Hospital
from qitracker.demo.story import Story, proportion
from qitracker.drivers.actions import capture_idea
from qitracker.measures.actions import add_measure, decide
from qitracker.method.cycles import CycleKind, Decision, Scale, Verdict
from qitracker.method.measures import DataType, MeasureKind, Rhythm
from qitracker.method.roles import Role
from qitracker.method.stalled.closing import ClosingReason
from qitracker.method.steps import StepStatus
from qitracker.models import DecisionKind, Project, Scorer
from qitracker.projects import actions
from qitracker.projects.supporting import give_score
from qitracker.spc import Direction

# Bed days and pressure ulcers a month on Ward 2C.
ULCERS = (
    (812, 6), (790, 4), (830, 7), (801, 5), (777, 6), (820, 8), (808, 5), (795, 6), (811, 7), (826, 5), (803, 6), (815, 7),
    (798, 3), (809, 2), (821, 3), (788, 1), (806, 2), (817, 3), (799, 2), (810, 1), (804, 2), (822, 3), (796, 2), (813, 2),
    (807, 3), (819, 2), (792, 1), (811, 3), (803, 2), (816, 2),
)  # fmt: skip
# People with diarrhoea a month on Ward 17, and how many had a sample sent on the same day.
SENT = (
    (22, 13), (25, 15), (21, 12), (24, 15), (26, 16), (23, 14), (22, 12), (25, 16), (24, 15), (21, 13), (23, 14), (24, 16),
    (24, 20), (25, 21), (22, 19), (23, 19), (26, 23), (24, 20), (25, 22), (22, 18), (23, 20), (24, 21),
)  # fmt: skip


def ulcers(story: Story, hospital: Hospital) -> Project:
    """Closed after it was sustained; its measure goes on."""
    lead, coach = hospital.people["team5"], hospital.people["coach2"]
    months = periods_back(story, Rhythm.MONTH, len(ULCERS))
    project = start(
        story, hospital, months[6], "Skin checks on Ward 2C", "Seven people a month get a pressure ulcer on our ward.",
        "Ward 2C", lead, ("nurse3", Role.TEAM_MEMBER, "nursing"), ("therapist1", Role.TEAM_MEMBER, "therapies"),
        ("coach2", Role.COACH, "improvement"),
    )  # fmt: skip
    series = add_measure(
        project, by=lead, name="Pressure ulcers", kind=MeasureKind.OUTCOME, data_type=DataType.RATE, per=1000,
        direction=Direction.DECREASE, rhythm=Rhythm.MONTH, unit="per 1,000 bed days", numerator="pressure ulcers",
        denominator="bed days", target=3.0,
    )  # fmt: skip
    rows = [(month, proportion(found, days)) for month, (days, found) in zip(months, ULCERS, strict=True)]
    story.numbers(series, rows, by=lead, days_after=0)
    idea = capture_idea(project, "Skin check at each handover", by=lead)
    settle(project, *UNDERSTAND, by=lead)
    story.on(months[8])
    actions.move_to_stage(project, "co_design", "We looked at twelve ulcers one by one.", by=lead)
    actions.write_aim(
        project, None, by=lead, series_id=series.id, what="pressure ulcers", unit="per 1,000 bed days", start=7.4,
        target=3.0, population="people on Ward 2C", by_date=months[24],
    )  # fmt: skip
    drivers(project, {"Skin is looked at in time": [idea]}, by=lead, measured=series)
    settle(project, *CO_DESIGN, by=lead)
    story.on(months[10])
    actions.move_to_stage(project, "deliver", "Two nurses want to try it.", by=lead)
    settle(project, "momentum", "resources", by=lead)
    first = months[11] + timedelta(days=20)
    story.on(first)
    one = cycle(
        project, idea, "Skin check at handover, one bay", by=lead, start=first, end=first + timedelta(days=6),
        scale=Scale.ONE_WEEK, series=series, change="Both nurses look together.",
        questions=[("Is there time at handover?", "It adds 5 minutes.")],
    )  # fmt: skip
    story.on(months[12])
    done(one, "Done at 18 of 21 handovers.", by=lead)
    studied(one, "It added 4 minutes.", "Two pairs of eyes find more.", by=lead, seen=[(Verdict.RIGHT, "4 minutes")])
    decided(one, Decision.ADOPT, by=lead, next_change="Every bay, every handover.")
    reviewed(
        story, project, coach, well="Four minutes, and everybody wants it.", step="Every bay", owner=lead, next_in=60, score=25,
        why="A test is studied and its change adopted.",
    )  # fmt: skip
    story.on(months[14])
    give_score(project, Scorer.TEAM, 30, "Fewer ulcers in each month since.", by=lead)
    story.on(months[17])
    give_score(project, Scorer.TEAM, 40, "More than half of the way, and the chart shows it.", by=lead)
    story.on(months[27])
    decide(series, by=lead, kind=DecisionKind.PHASE, on=months[12], reason="Skin checks at every handover")
    settle(project, "overcoming", "testing", by=lead)
    actions.move_to_stage(project, "sustain", "It is how we work now.", by=lead)
    write_step(
        project,
        "implementation",
        {"standard": "In the handover sheet.", "owner": "The ward sister."},
        by=lead,
        status=StepStatus.DONE,
    )
    write_step(
        project,
        "monitor",
        {"who_looks": "The ward sister, each month.", "trigger": "A signal on the chart."},
        by=lead,
        status=StepStatus.DONE,
    )
    learning = "Two pairs of eyes at handover find red skin a day earlier than one pair at the wash."
    write_step(
        project,
        "evaluate",
        {"result": "From 7.4 to 2.6 in 1,000 bed days.", "learning": learning},
        by=lead,
        status=StepStatus.DONE,
    )
    story.on(months[28])
    reviewed(
        story, project, coach, well="The aim is met and has been kept for more than a year.", step="Close it, and tell Ward 2B", owner=lead,
        next_in=92, score=45, why="The new level has held, and it is agreed who keeps it.",
    )  # fmt: skip
    actions.close(
        project, "Aim met and kept for more than a year. Skin checks are in the handover sheet.", by=lead,
        closing=ClosingReason.ACHIEVED, learnt=learning,
    )  # fmt: skip
    return project


def samples(story: Story, hospital: Hospital) -> Project:
    """In Sustain: the change is adopted, the chart has moved since, and others could use it."""
    lead, coach = hospital.people["team13"], hospital.people["coach1"]
    months = periods_back(story, Rhythm.MONTH, len(SENT))
    project = start(
        story, hospital, months[6], "Samples sent on the same day on Ward 17",
        "Four people in ten with diarrhoea wait a day or longer for their sample to be sent, and others share their bay meanwhile.",
        "Ward 17", lead, ("nurse3", Role.TEAM_MEMBER, "nursing"), ("doctor2", Role.TEAM_MEMBER, "medicine"),
        ("coach1", Role.COACH, "improvement"), ("division.medicine", Role.SPONSOR, "management"),
    )  # fmt: skip
    series = add_measure(
        project, by=lead, name="Samples sent on the same day", kind=MeasureKind.OUTCOME, data_type=DataType.PROPORTION,
        direction=Direction.INCREASE, rhythm=Rhythm.MONTH, unit="%", numerator="samples sent on the same day",
        denominator="people with diarrhoea", target=85.0,
    )  # fmt: skip
    rows = [(month, proportion(sent, of)) for month, (of, sent) in zip(months, SENT, strict=True)]
    story.numbers(series, rows, by=lead)
    settle(project, *UNDERSTAND, by=lead)
    kit, nurses = captured(
        project, "A sample kit in each bathroom", "Nurses send the sample without asking a doctor", by=lead
    )
    story.on(months[8])
    actions.move_to_stage(project, "co_design", "Each late sample was followed back.", by=lead)
    actions.write_aim(
        project, None, by=lead, series_id=series.id, what="samples sent on the same day", unit="%", start=61.0, target=85.0,
        population="people with diarrhoea on Ward 17", by_date=months[20],
    )  # fmt: skip
    drivers(project, {"The kit is at hand": [kit], "Nobody has to ask": [nurses]}, by=lead, measured=series)
    settle(project, *CO_DESIGN, by=lead)
    story.on(months[9])
    actions.move_to_stage(project, "deliver", "Nurses may send samples on their own.", by=lead)
    settle(project, "momentum", "resources", by=lead)
    days = (story.today - months[11]).days
    first = tried_out(
        story, project, nurses,
        Trial(
            ago=days, days=7, title="Nurses send it, for a week", change="A nurse sends the sample at the second loose stool.",
            asks=("Are samples sent on the same day?", "4 of 5."), happened="6 people.", seen="5 of 6.", scale=Scale.ONE_WEEK,
            learnt="Nobody was sent one too many.", decision=Decision.REPEAT, then="With the night staff too.",
            verdict=Verdict.RIGHT,
        ),
        by=lead, series=series,
    )  # fmt: skip
    tried_out(
        story, project, nurses,
        Trial(
            ago=days - 14, days=10, title="Nurses send it, on all shifts", change="As before, day and night.",
            asks=("Does it work at night?", "As well as by day."), happened="9 people.", seen="8 of 9.", scale=Scale.ONE_WARD,
            learnt="The porter comes at six.", decision=Decision.ADOPT, then="Write it into the ward’s way of working.",
            verdict=Verdict.RIGHT,
        ),
        by=lead, series=series, follows=first,
    )  # fmt: skip
    reviewed(
        story, project, coach, well="From a week to all shifts in a month.", step="Make it routine", owner=lead, next_in=60, score=25,
        why="Two tests are studied, one change adopted.",
    )  # fmt: skip
    story.on(months[12])
    give_score(project, Scorer.TEAM, 30, "Eight of ten samples leave on the same day.", by=lead)
    days = (story.today - months[13]).days
    tried_out(
        story, project, nurses,
        Trial(
            ago=days, days=14, title="Part of the induction", change="New staff learn it in their first week.",
            asks=("Do new staff know it?", "All of them."), happened="4 new nurses.", seen="4 of 4.", scale=Scale.ONE_WARD,
            learnt="One page is enough.", decision=Decision.ADOPT, then="Keep it.", verdict=Verdict.RIGHT, kind=CycleKind.IMPLEMENT,
        ),
        by=lead, series=series,
    )  # fmt: skip
    story.on(months[19])
    decide(
        series,
        by=lead,
        kind=DecisionKind.FREEZE,
        on=months[11],
        reason="12 months before nurses sent samples: our baseline",
    )
    give_score(project, Scorer.TEAM, 40, "The aim is met in most months.", by=lead)
    story.on(story.ago(75))
    settle(project, "overcoming", "testing", by=lead)
    reviewed(
        story, project, coach, well="Nothing to remind anybody of: it is how the ward works.", step="Ask Ward 25 to try it",
        owner=lead, next_in=65, score=40, why="More than half of the way, and it is part of the job.",
    )  # fmt: skip
    story.on(story.ago(70))
    actions.move_to_stage(project, "sustain", "It is part of the job.", by=lead)
    write_step(
        project,
        "implementation",
        {"standard": "In the induction.", "owner": "The ward sister."},
        by=lead,
        status=StepStatus.DONE,
    )
    write_step(project, "monitor", {"who_looks": "Infection prevention, each month."}, by=lead)
    story.on(story.ago(10))
    reviewed(
        story, project, coach, well="It has lasted, and two wards have asked about it.", step="Show Ward 25 the page for new staff",
        owner=lead, next_in=28, score=40, why="It lasts; spreading comes next.",
    )  # fmt: skip
    return project
