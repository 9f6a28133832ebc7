"""Two projects in Deliver in the division of Surgery: one has lost its lead, one has passed the date of its aim."""

from qitracker.demo.deeds import (
    CO_DESIGN,
    UNDERSTAND,
    Trial,
    captured,
    drivers,
    periods_back,
    reviewed,
    settle,
    start,
    tried_out,
    write_step,
)
from qitracker.demo.people import LEFT, Hospital
from qitracker.demo.story import Story, proportion
from qitracker.measures.actions import add_measure, decide
from qitracker.method.cycles import Decision, Scale, Verdict
from qitracker.method.measures import DataType, MeasureKind, Rhythm
from qitracker.method.roles import Role
from qitracker.method.steps import StepStatus
from qitracker.models import DecisionKind, Project, Scorer
from qitracker.people.actions import switch_off
from qitracker.projects import actions
from qitracker.projects.supporting import give_score
from qitracker.spc import Direction

# People a week on Ward 15 the day after hip surgery, and how many were out of bed.
WALKED = (
    (11, 5), (9, 4), (12, 5), (10, 5), (13, 6), (11, 4), (10, 5), (12, 6), (11, 5), (9, 5), (12, 6), (10, 4), (12, 8), (10, 7),
    (11, 7), (13, 9), (10, 7), (12, 8), (11, 8), (9, 6), (12, 9), (10, 7), (11, 8), (12, 8),
)  # fmt: skip
# People a week on SAU who had antibiotics for three days, and how many had them looked at again within 72 hours.
LOOKED_AT = (
    (26, 15), (24, 13), (28, 17), (25, 14), (27, 16), (23, 13), (26, 14), (25, 15), (27, 15), (24, 14), (26, 16), (25, 14),
    (28, 18), (25, 18), (24, 17), (27, 19), (26, 18), (25, 18), (28, 20), (24, 17), (26, 19), (27, 19), (25, 18),
)  # fmt: skip


def walking(story: Story, hospital: Hospital) -> Project:
    """Its lead has left. A nurse goes on counting, and nobody has worked on what is in the way for weeks."""
    lead, nurse, coach = hospital.people[LEFT], hospital.people["nurse2"], hospital.people["coach2"]
    project = start(
        story, hospital, story.ago(200), "Out of bed on the day after hip surgery",
        "Half of the people who had a hip operation stay in bed on the next day, and go home a day later for it.",
        "Ward 15 Unit 1", lead, ("nurse2", Role.TEAM_MEMBER, "nursing"), ("therapist1", Role.TEAM_MEMBER, "therapies"),
        ("coach2", Role.COACH, "improvement"), ("division.surgery", Role.SPONSOR, "management"),
    )  # fmt: skip
    series = add_measure(
        project, by=lead, name="Out of bed on the next day", kind=MeasureKind.OUTCOME, data_type=DataType.PROPORTION,
        direction=Direction.INCREASE, rhythm=Rhythm.WEEK, unit="%", numerator="people out of bed on the day after",
        denominator="people who had a hip operation", target=85.0,
    )  # fmt: skip
    weeks = periods_back(story, Rhythm.WEEK, len(WALKED))
    rows = [(week, proportion(done, all_of)) for week, (all_of, done) in zip(weeks, WALKED, strict=True)]
    story.numbers(series, rows, by=nurse)
    settle(project, *UNDERSTAND, by=lead)
    pain, chair = captured(
        project, "Pain relief half an hour before", "A chair by the bed from the evening on", by=lead
    )
    story.on(story.ago(170))
    actions.move_to_stage(project, "co_design", "Twenty stays were followed by hand.", by=lead)
    actions.write_aim(
        project, None, by=lead, series_id=series.id, what="people out of bed", unit="%", start=48.0, target=85.0,
        population="people who had a hip operation", by_date=story.ago(-90),
    )  # fmt: skip
    drivers(project, {"It does not hurt": [pain], "Everything is there": [chair]}, by=lead, measured=series)
    settle(project, *CO_DESIGN, by=lead)
    story.on(story.ago(148))
    actions.move_to_stage(project, "deliver", "We begin with pain relief.", by=lead)
    settle(project, "momentum", "resources", by=lead)
    first = tried_out(
        story, project, pain,
        Trial(
            ago=144, days=4, title="Pain relief half an hour before, four people", change="Ordered for half past eight.",
            asks=("Do they get up?", ""), happened="Given to 4.", seen="3 of 4 got up.", scale=Scale.ONE_DAY,
            learnt="It must be ordered in theatre.", decision=Decision.ADAPT, then="Ask theatre to order it.", verdict=Verdict.RIGHT,
        ),
        by=lead, series=series,
    )  # fmt: skip
    story.on(story.ago(138))
    reviewed(
        story, project, coach, well="A first test within the first week.", step="Meet theatre", owner=lead, next_in=42, score=25,
        why="A test is studied.",
    )  # fmt: skip
    tried_out(
        story, project, pain,
        Trial(
            ago=104, days=14, title="Ordered in theatre for two weeks", change="Theatre orders it with the operation note.",
            asks=("Do they get up?", "7 of 10."), happened="21 people.", seen="15 of 21 got up.", scale=Scale.ONE_WARD,
            learnt="It needs nobody to remember.", decision=Decision.ADOPT, then="Keep it.", verdict=Verdict.RIGHT,
        ),
        by=lead, series=series, follows=first,
    )  # fmt: skip
    story.on(story.ago(88))
    give_score(project, Scorer.TEAM, 30, "One change is kept, and more people get up.", by=lead)
    reviewed(
        story, project, coach, well="A change that nobody has to remember.", step="Write down what is still in the way",
        owner=lead, next_in=56, score=30, why="A change is adopted and the chart begins to show it.",
    )  # fmt: skip
    decide(series, by=lead, kind=DecisionKind.FREEZE, on=weeks[11], reason="12 weeks before the change: our baseline")
    story.on(story.ago(82))
    write_step(
        project,
        "testing",
        {"learnt": "What is ordered in theatre happens on the ward."},
        by=lead,
        status=StepStatus.DONE,
    )
    tried_out(
        story, project, chair,
        Trial(
            ago=40, days=5, title="A chair by the bed from the evening on", change="A chair stands there before the night.",
            asks=("Do they get up before nine?", "Half of them."), happened="11 people.", seen="6 of 11.", scale=Scale.ONE_WEEK,
            learnt="Chairs wander off to the day room.", decision=Decision.ADAPT, then="Label them.", verdict=Verdict.RIGHT,
        ),
        by=nurse, series=series,
    )  # fmt: skip
    story.on(story.ago(31))
    reviewed(
        story, project, coach, well="The nurses test on their own.", step="Agree who leads it next",
        owner=nurse, next_in=44, score=30, why="As before.",
    )  # fmt: skip
    story.on(story.ago(24))
    switch_off(lead, by=hospital.people["admin1"])
    return project


def antibiotics(story: Story, hospital: Hospital) -> Project:
    """Better than before, the date of the aim is over, and nobody has looked back yet."""
    lead, coach = hospital.people["team9"], hospital.people["coach1"]
    project = start(
        story, hospital, story.ago(240), "Antibiotics looked at within 72 hours on SAU",
        "Four people in ten keep their first antibiotic longer than three days without anybody looking at it again.",
        "SAU", lead, ("doctor2", Role.TEAM_MEMBER, "medicine"), ("nurse3", Role.TEAM_MEMBER, "nursing"),
        ("coach1", Role.COACH, "improvement"), ("division.surgery", Role.SPONSOR, "management"),
    )  # fmt: skip
    series = add_measure(
        project, by=lead, name="Looked at within 72 hours", kind=MeasureKind.OUTCOME, data_type=DataType.PROPORTION,
        direction=Direction.INCREASE, rhythm=Rhythm.WEEK, unit="%", numerator="people looked at again within 72 hours",
        denominator="people on antibiotics for three days", target=90.0,
    )  # fmt: skip
    weeks = periods_back(story, Rhythm.WEEK, len(LOOKED_AT))
    rows = [(week, proportion(done, all_of)) for week, (all_of, done) in zip(weeks, LOOKED_AT, strict=True)]
    story.numbers(series, rows, by=lead)
    settle(project, *UNDERSTAND, by=lead)
    sticker, call = captured(
        project, "A sticker on the chart for day three", "A call from the pharmacist on day two", by=lead
    )
    story.on(story.ago(200))
    actions.move_to_stage(project, "co_design", "Fifty charts were looked at.", by=lead)
    actions.write_aim(
        project, None, by=lead, series_id=series.id, what="antibiotics looked at within 72 hours", unit="%", start=58.0,
        target=90.0, population="people on SAU", by_date=story.ago(20),
    )  # fmt: skip
    drivers(
        project, {"Everyone sees that it is day three": [sticker], "Somebody asks": [call]}, by=lead, measured=series
    )
    settle(project, *CO_DESIGN, by=lead)
    story.on(story.ago(172))
    actions.move_to_stage(project, "deliver", "Stickers are printed.", by=lead)
    settle(project, "momentum", "resources", by=lead)
    tried_out(
        story, project, sticker,
        Trial(
            ago=168, days=5, title="Stickers for one team", change="A sticker for day three on each chart.",
            asks=("Are they looked at in time?", ""), happened="12 charts.", seen="7 of 12.", scale=Scale.ONE_WEEK,
            learnt="Stickers fall off.", decision=Decision.ABANDON, then="",
        ),
        by=lead, series=series,
    )  # fmt: skip
    story.on(story.ago(160))
    reviewed(
        story, project, coach, well="Tried, seen, set aside: within a week.", step="Test the call with one doctor", owner=lead,
        next_in=42, score=25, why="A test is studied.",
    )  # fmt: skip
    first = tried_out(
        story, project, call,
        Trial(
            ago=90, days=5, title="The pharmacist calls one doctor", change="A call at noon on day two.",
            asks=("Is it looked at on day three?", "4 of 5."), happened="6 people.", seen="5 of 6.",
            learnt="The call takes two minutes.", decision=Decision.ADAPT, then="All doctors, for two weeks.", verdict=Verdict.RIGHT,
        ),
        by=lead, series=series,
    )  # fmt: skip
    story.on(story.ago(74))
    decide(series, by=lead, kind=DecisionKind.FREEZE, on=weeks[11], reason="12 weeks before the calls: our baseline")
    reviewed(
        story, project, coach, well="Two minutes a day, and it works.", step="All doctors for two weeks", owner=lead, next_in=45,
        score=30, why="More than a fifth of the way, if it lasts.",
    )  # fmt: skip
    story.on(story.ago(50))
    give_score(project, Scorer.TEAM, 30, "More people are looked at again since the calls began.", by=lead)
    tried_out(
        story, project, call,
        Trial(
            ago=46, days=14, title="The call for all doctors", change="A call at noon on day two, for everybody.",
            asks=("Is it looked at on day three?", "Three quarters."), happened="52 people.", seen="38 of 52.",
            learnt="Weekends have no pharmacist.", decision=Decision.ADOPT, then="Keep it on weekdays.", scale=Scale.ONE_WARD,
            verdict=Verdict.RIGHT,
        ),
        by=lead, series=series, follows=first,
    )  # fmt: skip
    story.on(story.ago(29))
    reviewed(
        story, project, coach, well="The call is how the ward works now.", step="Look back at the aim when its date comes",
        owner=lead, next_in=36, score=35, why="Two tests of the call, one change kept, and the chart goes up.",
    )  # fmt: skip
    return project
