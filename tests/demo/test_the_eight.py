"""Each of the eight reasons is on the hub's list, with its sentence; doing what its sentence says takes it off."""

from collections import Counter
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import select

from qitracker.coaching.actions import Reviewed, write_review
from qitracker.demo.deeds import cycle, write_step
from qitracker.demo.loading import PROJECTS
from qitracker.feeds.changes import Change, change_one
from qitracker.feeds.numbers import Numbers
from qitracker.findings import analysis_of
from qitracker.method.cycles import Scale
from qitracker.method.measures import periods_missing
from qitracker.method.stalled.closing import ClosingReason
from qitracker.method.steps import StepStatus
from qitracker.models import Aim, Barrier, Idea, Project, RoleHeld, Scorer, Series, Standing, Visibility, db
from qitracker.plumbing.saving import settle
from qitracker.projects import actions
from qitracker.projects.supporting import adopt, clear_barrier, escalate_barrier, give_score
from tests.demo.conftest import TODAY

BRINDLE, ICU, HIP, AMU = "Every dose", "Better sleep", "Out of bed", "Risks assessed"
SAU, SEPSIS, PPH = "Antibiotics looked at", "Antibiotics within an hour", "Equity in postpartum"

EIGHT = (
    ("no_cycle", BRINDLE, "No PDSA cycle started or closed for 9 weeks."),
    ("measure_overdue", BRINDLE, "The next number for “Doses missed” is 2 weeks late."),
    ("score_waiting", ICU, "At score 2.5 for 3 months, without modest improvement."),
    ("same_step", HIP, "Same step for 11 weeks: Overcoming problems."),
    ("no_coach_contact", SEPSIS, "No contact with the coach for 9 weeks."),
    ("barrier_open", AMU, "Barrier open for 4 weeks: “The electronic form can only be changed with the next release”."),
    ("aim_passed", SAU, "The aim’s date, 3 November 2026, has passed without an evaluation."),
    (
        "sustain_unfed",
        PPH,
        "No number for “PPH",
    ),
)
"""The eight rules and their projects; no_lead comes with the project that is in the same step. All three measures of PPH
wait since the same month, and any of them may be named."""


def standing_of(found: Project) -> Standing:
    return db.session.scalars(select(Standing).where(Standing.project_id == found.id)).one()


def codes(found: Project) -> list[str]:
    return [reason["code"] for reason in standing_of(found).reasons]


def listed(client, found: Project) -> str:
    """What the list of the hub's home says of a project; empty where it is not on it."""
    page = unescape(client.get("/hub/").get_data(as_text=True))
    return next((card for card in page.split("<article")[1:] if str(found.id) in card), "")


@pytest.mark.parametrize(("code", "title", "sentence"), EIGHT)
def test_each_of_the_eight_reasons_is_on_the_hub_s_list_with_its_sentence(browser, project, code, title, sentence):
    found = project(title)
    assert sentence in listed(browser("hub1"), found)
    assert code in codes(found)


def test_six_of_fourteen_look_stalled_two_of_them_for_two_reasons(demonstration):
    rows = db.session.execute(select(Project, Standing).join(Standing, Standing.project_id == Project.id)).all()
    assert Counter(found.stage for found, _ in rows) == {"understand": 3, "co_design": 3, "deliver": 5, "sustain": 3}
    assert len(rows) == len(PROJECTS) == 14
    states = Counter(standing.state for _, standing in rows)
    assert states == {"stalled": 6, "quiet": 1, "active": 4, "paused": 1, "sustaining": 2}
    of_stalled = sorted(len(standing.reasons) for _, standing in rows if standing.state == "stalled")
    assert of_stalled == [1, 1, 1, 1, 2, 2]


def when_a_test_starts(found, who):
    idea = db.session.scalars(select(Idea).where(Idea.project_id == found.id)).first()
    cycle(
        found, idea, "One round with the ward clerk", by=who("team6"), start=TODAY, end=TODAY, scale=Scale.ONE_SHIFT,
        questions=[("Is it disturbed less?", "Not once.")], change="The clerk takes the phone.",
    )  # fmt: skip


def when_the_missing_numbers_are_added(found, who):
    for series in db.session.scalars(select(Series).where(Series.project_id == found.id)).all():
        expected = round(3 * analysis_of(series).phases[-1].cl)  # of 300, at the level of the chart
        for place, period in enumerate(periods_missing(series.last_on, series.measure.rhythm, TODAY)):
            number = Numbers(expected + (2 if place % 2 else -2), 300.0)
            change_one(series, Change(period, None, number), by=who("team1"))


def when_the_team_gives_3(found, who):
    give_score(found, Scorer.TEAM, 30, "Six hours of sleep since care comes in two visits.", by=who("team7"))


def when_the_step_is_worked_on(found, who):
    write_step(found, "overcoming", {"barriers": "Chairs wander off."}, by=who("nurse2"))


def when_somebody_adopts_it(found, who):
    left = db.session.scalars(select(RoleHeld).where(RoleHeld.project_id == found.id, RoleHeld.role == "project_lead"))
    adopt(found, who("nurse2"), list(left), "I have counted for it from the beginning.", by=who("nurse2"))


def when_the_coach_reviews_it(found, who):
    write_review(found, Reviewed(going_well="An aim.", next_review=TODAY + timedelta(28)), by=who("coach2"))


def when_the_coach_writes(found, who):
    actions.say(found, "I am back on Monday. Shall we look at the trolley together?", by=who("coach2"))


def when_it_is_cleared(found, who):
    clear_barrier(barrier_of(found), "Paper until the release", by=who("team10"))


def when_the_sponsor_is_asked(found, who):
    escalate_barrier(barrier_of(found), by=who("team10"))


def barrier_of(found):
    return db.session.scalars(select(Barrier).where(Barrier.project_id == found.id)).one()


def when_the_aim_is_evaluated(found, who):
    write_step(found, "evaluate", {"result": "From 58% to 71%."}, by=who("team9"), status=StepStatus.DONE)


def when_the_aim_gets_a_later_date(found, who):
    aim = db.session.scalars(select(Aim).where(Aim.project_id == found.id)).one()
    actions.write_aim(found, aim, by=who("team9"), by_date=TODAY + timedelta(90))


def when_it_is_closed(found, who):
    actions.close(
        found, "Better than it was", by=who("team9"), closing=ClosingReason.PARTLY, learnt="A call beats a sticker."
    )


def when_nothing_of_it_is_watched_any_more(found, who):
    actions.close(found, "The network has ended", by=who("team1"), closing=ClosingReason.PARTLY, learnt="Ask early.")
    actions.watch(db.session.scalars(select(Series).where(Series.project_id == found.id)), [], by=who("team1"))


CLEARS = (
    ("no_cycle", BRINDLE, when_a_test_starts),
    ("measure_overdue", BRINDLE, when_the_missing_numbers_are_added),
    ("score_waiting", ICU, when_the_team_gives_3),
    ("same_step", HIP, when_the_step_is_worked_on),
    ("no_lead", HIP, when_somebody_adopts_it),
    ("no_coach_contact", SEPSIS, when_the_coach_reviews_it),
    ("no_coach_contact", SEPSIS, when_the_coach_writes),
    ("barrier_open", AMU, when_it_is_cleared),
    ("barrier_open", AMU, when_the_sponsor_is_asked),
    ("aim_passed", SAU, when_the_aim_is_evaluated),
    ("aim_passed", SAU, when_the_aim_gets_a_later_date),
    ("aim_passed", SAU, when_it_is_closed),
    ("sustain_unfed", PPH, when_the_missing_numbers_are_added),
    ("sustain_unfed", PPH, when_nothing_of_it_is_watched_any_more),
)


@pytest.mark.parametrize(("code", "title", "deed"), CLEARS, ids=lambda value: getattr(value, "__name__", None))
def test_doing_what_clears_a_reason_takes_it_off_the_list(browser, project, person, code, title, deed):
    found = project(title)
    before = codes(found)
    sentence = next(reason["sentence"] for reason in standing_of(found).reasons if reason["code"] == code)
    deed(found, person)
    settle()
    assert codes(found) == [one for one in before if one != code], "and nothing else comes or goes"
    assert sentence not in listed(browser("hub1"), found)


def test_a_private_project_is_on_nobody_s_list_but_its_team_s(browser, project):
    found = project("Talking about mistakes")
    assert found.visibility is Visibility.PRIVATE
    for account, pages in {
        "hub1": ("/hub/?all=yes", "/hub/projects", "/hub/intake"),
        "nurse3": ("/projects/",),
    }.items():
        client = browser(account)
        for page in pages:
            answer = client.get(page)
            assert answer.status_code == 200, page
            assert found.title not in answer.get_data(as_text=True), page
    assert found.title in browser("nurse1").get("/projects/mine").get_data(as_text=True)
