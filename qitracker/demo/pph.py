"""The PPH equity project, from its registration in January 2024 to the autumn after its aim's date.

From the published project: 12% and 5% at the start, the aim of 6% by 1 March 2025, the 9% that was reached, the four
PDSA series, 9 interviews, 3 focus groups, ten teams. The monthly counts and all dates of tests are synthetic.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

from qitracker.demo.deeds import cycle, decided, done, studied, welcome
from qitracker.demo.people import Hospital
from qitracker.demo.pph_reviews import review_lately, review_until
from qitracker.demo.story import Story, proportion
from qitracker.drivers.actions import add_driver, capture_idea, join, move_idea, weigh_idea
from qitracker.feeds.numbers import Numbers
from qitracker.measures.actions import add_measure, add_note, add_series, change_measure, change_series, decide
from qitracker.method.cycles import Decision, Scale, Verdict
from qitracker.method.ideas import IdeaStatus
from qitracker.method.measures import DataType, MeasureKind, Rhythm
from qitracker.method.roles import Role
from qitracker.method.steps import StepStatus
from qitracker.models import DecisionKind, DriverLevel, Idea, Level, Project, Series
from qitracker.people.actions import give_role
from qitracker.projects import actions
from qitracker.spc import Direction

GROUP = "Black and ethnic minority women and birthing people"
COMPARATOR = "White women and birthing people"
REGISTERED = date(2024, 1, 29)
BASELINE_PASTED = date(2024, 2, 12)
PHASE_FROM = date(2024, 6, 1)
FIFTH = 4  # a month's number is added on the fifth of the month after


def rows() -> list[dict[str, Any]]:
    """The months, oldest first."""
    found: list[dict[str, Any]] = json.loads(Path(__file__).with_name("pph.json").read_text())
    return found


def column(top: str, bottom: str) -> list[tuple[date, Numbers]]:
    """One series: month and numbers, where there are any."""
    return [
        (date.fromisoformat(f"{row['month']}-01"), proportion(row[top], row[bottom])) for row in rows() if top in row
    ]


def tell(story: Story, hospital: Hospital) -> Project:
    """The whole project."""
    lead = hospital.people["team1"]
    story.begin(REGISTERED)
    project = actions.register(
        "Equity in postpartum haemorrhage",
        "People from black and ethnic minority groups lose 1,000 ml of blood or more at birth more often than white "
        "people do: 12% compared with 5%.",
        hospital.units["Maternity"], lead, Level.MESO, by=lead, is_illustrative=True,
    )  # fmt: skip
    _team(project, hospital)
    story.watch(project)
    welcome(story, hospital, project)
    outcome, comparator, process = _measures(story, project, hospital)
    _understand(story, project, hospital, outcome)
    ideas = _ideas_and_drivers(story, project, hospital, outcome, process)
    _months_and_cycles(story, project, hospital, ideas, (outcome, comparator, process))
    review_lately(story, project, hospital)
    return project


def _team(project: Project, hospital: Hospital) -> None:
    people, lead = hospital.people, hospital.people["team1"]
    for account, role, profession in (
        ("midwife1", Role.TEAM_MEMBER, "community midwifery"),
        ("doctor1", Role.TEAM_MEMBER, "obstetrics"),
        ("division.women", Role.SPONSOR, "management"),
        ("coach1", Role.COACH, "improvement"),
        ("partner1", Role.SERVICE_USER_PARTNER, "lived experience"),
    ):
        give_role(people[account], role, by=lead, project=project, profession=profession)


def _measures(story: Story, project: Project, hospital: Hospital) -> tuple[Series, Series, Series]:
    lead, member = hospital.people["team1"], hospital.people["midwife1"]
    story.on(BASELINE_PASTED)
    outcome = add_measure(
        project, by=lead, name="PPH of 1,000 ml or more", kind=MeasureKind.OUTCOME, data_type=DataType.PROPORTION,
        direction=Direction.DECREASE, rhythm=Rhythm.MONTH, unit="%", numerator="births with PPH of 1,000 ml or more",
        denominator="births", group=GROUP, target=6.0,
    )  # fmt: skip
    change_series(outcome, by=lead, target_by=date(2025, 3, 1))
    change_measure(
        outcome.measure, by=lead, why="Written down with the team",
        definitions="Blood loss within 24 hours of birth, estimated or weighed, of 1,000 ml or more.",
        inclusions="Everyone who gave birth here, by ethnic group as recorded at booking (16+1 codes, grouped).",
        exclusions="Births before 24 weeks.", source="Maternity information system",
        limits_of_data="Clear drapes make blood loss easier to see from June 2024 on: more may be recorded.",
    )  # fmt: skip
    comparator = add_series(outcome.measure, by=lead, unit_id=project.unit_id, group=COMPARATOR)
    process = add_measure(
        project, by=lead, name="PPH risk assessment at booking", kind=MeasureKind.PROCESS,
        data_type=DataType.PROPORTION, direction=Direction.INCREASE, rhythm=Rhythm.MONTH, unit="%",
        numerator="women with a PPH risk assessment at booking", denominator="women booked", target=95.0,
    )  # fmt: skip
    for series, (top, bottom) in ((outcome, ("bme_pph", "bme_births")), (comparator, ("white_pph", "white_births"))):
        story.numbers(series, column(top, bottom), by=member, days_after=FIFTH)
    story.numbers(process, column("risk_assessed", "bookings"), by=member, days_after=FIFTH)
    return outcome, comparator, process


def _understand(story: Story, project: Project, hospital: Hospital, outcome: Series) -> None:
    lead, coach = hospital.people["team1"], hospital.people["coach1"]
    actions.write_aim(
        project, None, by=lead, series_id=outcome.id, what="PPH of 1,000 ml or more", unit="%", start=12.0, target=6.0,
        population="black and ethnic minority women and birthing people", by_date=date(2025, 3, 1),
    )  # fmt: skip
    for step, answers, words in (
        ("focus", {"problem": "More people from black and ethnic minority groups have a PPH of 1,000 ml or more.",
                   "evidence": "12% compared with 5% in our own numbers.",
                   "why_now": "We are one of ten teams of a Learning and Action Network on equity in maternity."},
         "Quantitative data: 19 months of births by ethnic group"),
        ("people", {"affected": "Black and ethnic minority women and birthing people, and their families.",
                    "unequal": "Yes: 12% compared with 5%.",
                    "asked": "9 interviews with service users and 3 focus groups with colleagues."},
         "9 service-user interviews and 3 colleague focus groups, themes written up"),
        ("visualise", {"shows": "The way from booking to birth, with the places where risk is not looked at.",
                       "causes": "Risk is assessed late; blood loss is guessed; leaflets are in English only."},
         "Process map from booking to birth, on the wall of the team room"),
    ):  # fmt: skip
        story.on(date(2024, 2, 26))
        actions.write_step(
            project, None, step, by=lead, status=StepStatus.DONE, answers=answers, owner_id=lead.id, due=None
        )
        actions.add_evidence(project, step, words, by=lead)
    story.on(date(2024, 2, 28))
    said = actions.say(
        project, "The interviews changed what you look for. Which idea could you test with one clinic?", by=coach
    )
    story.on(date(2024, 3, 1))
    actions.say(project, "Early booking with public health education: one clinic in March.", by=lead, answers=said)


IDEAS = (
    "Early bird booking Part A with Public Health education and screening",
    "Review and develop the antenatal and intrapartum PPH risk assessment",
    "Use clear drapes for estimating blood loss",
    "Preventative resources in the languages people need",
    "Ask each person at 36 weeks what they know about PPH",
)


def _ideas_and_drivers(
    story: Story, project: Project, hospital: Hospital, outcome: Series, process: Series
) -> list[Idea]:
    people, lead = hospital.people, hospital.people["team1"]
    authors = ("midwife1", "team1", "doctor1", "partner1", "partner1")
    story.on(date(2024, 3, 1), hour=14)
    ideas = [capture_idea(project, text, by=people[who]) for text, who in zip(IDEAS, authors, strict=True)]
    actions.write_step(
        project, None, "change", by=lead, status=StepStatus.DONE, answers={"how": "On a board, and in the interviews."},
        owner_id=lead.id, due=None,
    )  # fmt: skip
    actions.move_to_stage(project, "co_design", "Interviews, focus groups and numbers are in.", by=lead)
    for idea, (impact, effort) in zip(ideas, ((4, 2), (5, 3), (3, 2), (4, 4), (2, 1)), strict=True):
        weigh_idea(idea, by=lead, impact=impact, effort=effort, can_test_now=effort < 4)
    early, risk, drapes, leaflets, asking = ideas
    known = add_driver(project, DriverLevel.PRIMARY, "Risk is known early", by=lead, measure_id=process.measure_id)
    seen = add_driver(
        project, DriverLevel.PRIMARY, "Blood loss is seen in time", by=lead, measure_id=outcome.measure_id
    )
    informed = add_driver(
        project, DriverLevel.PRIMARY, "People know what to watch for", by=lead,
        why_no_measure="Asked in interviews twice a year",
    )  # fmt: skip
    booking = add_driver(
        project, DriverLevel.SECONDARY, "Booking happens early, for everyone", by=lead, measure_id=process.measure_id
    )
    assessed = add_driver(
        project, DriverLevel.SECONDARY, "Each person has a PPH risk assessment", by=lead, measure_id=process.measure_id
    )
    measured = add_driver(project, DriverLevel.SECONDARY, "Blood loss is measured, not guessed", by=lead)
    languages = add_driver(project, DriverLevel.SECONDARY, "Information in the languages people read", by=lead)
    for thing, above in (
        (booking, known), (assessed, known), (assessed, seen), (measured, seen), (languages, informed), (booking, informed),
        (early, booking), (risk, assessed), (drapes, measured), (leaflets, languages), (asking, languages),
    ):  # fmt: skip
        join(thing, above, by=lead)
    for step in ("teamwork", "process", "planning", "share"):
        actions.write_step(project, None, step, by=lead, status=StepStatus.DONE, answers={}, owner_id=lead.id, due=None)
    for idea in (early, risk, drapes, leaflets):
        move_idea(idea, IdeaStatus.PRIORITISED, by=lead)
    actions.move_to_stage(project, "deliver", "First tests are ready.", by=lead)
    return ideas


# Idea, title, start, end, scale, question and prediction, change, what happened, what was seen, verdict, learnt,
# decision, what next. Dates synthetic.
CYCLES = (
    (0, "Early bird booking, part A", date(2024, 3, 4), date(2024, 3, 29), Scale.ONE_WEEK,
     ("Do people come to an early booking with public health education?", "6 of 10 invited people come."),
     "Invite to part A of the booking before 10 weeks, with public health education and screening.",
     "10 people invited in one clinic, 7 came.", "7 of 10 came; two needed an interpreter.", Verdict.RIGHT,
     "An invitation by phone works better than a letter.", Decision.ADOPT, "Offer it in all clinics."),
    (1, "New risk assessment at booking", date(2024, 5, 6), date(2024, 5, 31), Scale.ONE_WARD,
     ("Can midwives fill in the new PPH risk assessment at booking?", "Half of the bookings have one by the end of the month."),
     "One page at booking, looked at again at 36 weeks and in labour.",
     "Used in two of five clinics. It took 4 minutes.", "43% of bookings had one: less than we thought.", Verdict.PARTLY,
     "It must be in the electronic record, not on paper.", Decision.ADAPT, "Build it into the booking template."),
    (2, "Clear drapes in two rooms", date(2024, 6, 3), date(2024, 6, 28), Scale.ONE_WARD,
     ("Do clear drapes change how blood loss is estimated?", "Estimates come within 100 ml of the weighed loss."),
     "Clear drapes in two birth rooms; drapes weighed after each birth.",
     "31 births with clear drapes.", "Estimates were within 100 ml in 26 of 31 births.", Verdict.RIGHT,
     "We see blood loss earlier. Some more PPH may be recorded because of it.", Decision.ADOPT, "Order for all rooms."),
    (3, "Leaflets and film in four languages", date(2024, 9, 2), date(2024, 9, 27), Scale.ONE_WARD,
     ("Do people say they understood what to watch for?", "8 of 10 people can name two warning signs."),
     "Leaflet and short film in four languages, given at 28 weeks.",
     "22 people, 4 languages.", "19 of 22 named two warning signs.", Verdict.RIGHT,
     "The film is used more than the leaflet.", Decision.ADOPT, "Add two more languages."),
)  # fmt: skip


def _months_and_cycles(
    story: Story, project: Project, hospital: Hospital, ideas: list[Idea], all_series: tuple[Series, Series, Series]
) -> None:
    lead, coach = hospital.people["team1"], hospital.people["coach1"]
    outcome, comparator, process = all_series
    for number, title, start, end, scale, question, change, happened, seen, verdict, learnt, decision, then in CYCLES:
        review_until(story, project, hospital, start)
        story.on(start)
        made = cycle(
            project, ideas[number], title, by=lead, start=start, end=end, scale=scale, questions=[question],
            change=change, series=outcome, data_plan="Monthly numbers, and notes from the clinic",
            objective="Learn whether it works here before it goes further.",
        )  # fmt: skip
        story.on(end, hour=15)
        done(made, happened, by=lead)
        studied(made, seen, learnt, by=lead, seen=[(verdict, seen)])
        decided(made, decision, by=lead, next_change=then)
        if number == 1:
            story.on(date(2024, 6, 1))
            decide(
                outcome,
                by=lead,
                kind=DecisionKind.FREEZE,
                on=date(2024, 5, 1),
                reason="24 months before the changes: our baseline",
            )
            decide(
                comparator,
                by=lead,
                kind=DecisionKind.FREEZE,
                on=date(2024, 5, 1),
                reason="The same baseline as for the other group",
            )
        if number == 2:
            add_note(
                outcome,
                by=lead,
                on=PHASE_FROM,
                text="Clear drapes: blood loss is seen more exactly",
                changes_measurement=True,
            )
    review_until(story, project, hospital, date(2025, 2, 9))
    story.on(date(2025, 2, 10))
    decide(
        outcome, by=lead, kind=DecisionKind.PHASE, on=PHASE_FROM,
        reason="8 months below the average since the first changes, confirmed with January 2025",
    )  # fmt: skip
    decide(
        process,
        by=lead,
        kind=DecisionKind.PHASE,
        on=date(2024, 9, 1),
        reason="Risk assessment is in the booking template",
    )
    review_until(story, project, hospital, date(2025, 4, 7))
    story.on(date(2025, 4, 8))
    for step in ("momentum", "resources", "overcoming", "testing"):
        actions.write_step(project, None, step, by=lead, status=StepStatus.DONE, answers={}, owner_id=lead.id, due=None)
    actions.move_to_stage(
        project, "sustain", "The four tests are adopted or built in; the aim's date has passed.", by=lead
    )
    actions.say(project, "From 12% to 9% and it lasts. Not yet 6%: what would the next test be?", by=coach)
    review_until(story, project, hospital, date(2025, 11, 30))
    story.on(date(2025, 12, 1))
