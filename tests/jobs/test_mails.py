"""What the jobs write to whom: the team its next step, the coach the queue, the hub and the sponsor what they are told."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from qitracker.coaching.actions import Reviewed, write_review
from qitracker.coaching.queue import rows_of
from qitracker.jobs.digest import ended, write_digests
from qitracker.jobs.scores import ask_for_scores
from qitracker.jobs.standings import keep_all
from qitracker.jobs.tidying import tidy
from qitracker.method.roles import Role
from qitracker.method.stalled.holds import HoldKind
from qitracker.models import (
    Barrier,
    Hold,
    Intake,
    JobRun,
    Letter,
    MailChoice,
    ProgressScore,
    Project,
    Scorer,
    SignIn,
    SignInTry,
    Standing,
    Submission,
    Upload,
    WordKind,
    db,
)
from qitracker.people.actions import give_role, switch_off
from qitracker.people.reader import read_person
from qitracker.plumbing import clock as now
from qitracker.projects.actions import say

TODAY = date(2025, 10, 6)


def letter_to(person, kind="digest"):
    rows = select(Letter).where(Letter.person_id == person.id, Letter.kind == kind).order_by(Letter.made_at)
    found = list(db.session.scalars(rows))
    assert len({one.made_at for one in found}) == len(found), "of letters of one moment neither is the later"
    return found


def digests(day):
    keep_all(day)
    return write_digests(day)


def test_each_gets_what_they_can_act_on_once_a_week(world) -> None:
    project = world.project(stage="deliver")
    give_role(world.executive, Role.SPONSOR, by=world.lead, project=project)
    day = TODAY + timedelta(70)
    found = digests(day)
    lead, coach, hub = (letter_to(one)[0] for one in (world.lead, world.coach, world.hub))
    sentence = "No PDSA cycle started for 10 weeks."
    assert lead.text.count("* ") == 1
    assert f"Fewer falls on Ward 18: {sentence} " in lead.text
    assert lead.subject == "Your week: 1 thing waits for you"
    assert f"/projects/{project.id}/\n" in lead.text
    assert f"/projects/{project.id}/review\n" in coach.text
    assert sentence in hub.text
    assert letter_to(world.member)[0].text.count("* ") == 1
    for nobody in (world.staff, world.executive, world.partner, world.outsider, world.manager):
        assert letter_to(nobody) == []
    assert found["written"] == 4
    assert digests(day)["written"] == 0
    assert digests(day + timedelta(3))["written"] == 0  # the same week
    assert digests(day + timedelta(7))["written"] == 4


def test_nothing_waits_and_nothing_is_written(world) -> None:
    assert digests(TODAY)["written"] == 0


def test_a_pause_a_snooze_and_a_choice_keep_mail_away(world) -> None:
    paused, snoozed = world.project("Paused one"), world.project("Snoozed one")
    day = TODAY + timedelta(70)
    for project, kind in ((paused, HoldKind.PAUSE), (snoozed, HoldKind.SNOOZE)):
        held = Hold(project_id=project.id, kind=kind, why="Winter", since=TODAY, until=day + timedelta(1), at=now.now())
        held.by_id = world.hub.id
        db.session.add(held)
        db.session.add(Intake(project_id=project.id, answer="welcome", words="", at=now.now()))
    db.session.add(MailChoice(person_id=world.member.id, digest=False, asked=True))
    db.session.commit()
    digests(day)
    assert "Paused one" not in letter_to(world.lead)[0].text
    assert "Snoozed one" in letter_to(world.lead)[0].text  # its team still has a next step
    assert letter_to(world.hub) == []
    assert letter_to(world.member) == []


def test_a_private_project_stays_between_its_people(world) -> None:
    world.project("A private matter", private=True, stage="deliver")
    digests(TODAY + timedelta(70))
    assert "A private matter" in letter_to(world.lead)[0].text
    assert letter_to(world.coach) == letter_to(world.hub) == []


def test_the_sponsor_hears_of_barriers_alone(world) -> None:
    project = world.project(stage="deliver")
    sponsor = world.person("sponsor", Role.STAFF, world.hospital)
    give_role(sponsor, Role.SPONSOR, by=world.lead, project=project)
    digests(TODAY + timedelta(70))
    assert letter_to(sponsor) == []
    db.session.add(Barrier(project_id=project.id, text="No lift on Ward 18", by_id=world.lead.id, at=now.now()))
    db.session.commit()
    digests(TODAY + timedelta(77))
    assert "No lift on Ward 18" in letter_to(sponsor)[0].text


def test_a_coach_is_sent_to_what_the_team_asks(world, clock) -> None:
    project = world.project()
    say(project, "Could you come on Monday?", by=world.lead, kind=WordKind.QUESTION)
    db.session.commit()
    digests(TODAY)
    text = letter_to(world.coach)[0].text
    assert "The team asks: “Could you come on Monday?”" in text
    assert f"/projects/{project.id}/coach\n" in text


@pytest.mark.parametrize(
    ("title", "sentence"), [("Plan the next cycle", "Plan the next cycle."), ("Is Focus done?", "Is Focus done?")]
)
def test_a_next_step_ends_once(title, sentence) -> None:
    assert ended(title) == sentence


def test_a_long_list_ends_with_the_page_that_has_all(world) -> None:
    for number in range(14):
        world.project(f"Project {number:02}", stage="deliver")
    digests(TODAY + timedelta(70))
    text = letter_to(world.lead)[0].text
    assert text.count("* ") == 12
    assert "* And 3 more.\n  http://127.0.0.1:8000/projects/mine\n" in text


def test_who_has_left_gets_nothing(world) -> None:
    world.project(stage="deliver")
    switch_off(world.lead, by=world.admin)
    db.session.commit()
    digests(TODAY + timedelta(70))
    assert letter_to(world.lead) == []


@pytest.mark.parametrize(
    ("scored", "day", "asked"),
    [
        (None, date(2025, 11, 5), 0),
        (None, date(2025, 11, 6), 1),  # a month after registering
        (date(2025, 10, 20), date(2025, 11, 6), 0),
        (date(2025, 10, 20), date(2025, 11, 20), 1),
    ],
)
def test_a_team_is_asked_a_month_after_its_last_score(world, scored, day, asked) -> None:
    project = world.project()
    if scored:
        db.session.add(
            ProgressScore(
                project_id=project.id, scorer=Scorer.TEAM, tenths=15, on=scored, at=now.now(), by_id=world.lead.id
            )
        )
        db.session.commit()
    assert ask_for_scores(day) == {"asked": asked, "written": asked}
    assert ask_for_scores(day)["written"] == 0
    assert len(letter_to(world.lead, "asked")) == asked


def test_the_evidence_is_listed_and_the_next_month_asks_again(world, clock) -> None:
    project = world.project()
    ask_for_scores(date(2025, 11, 6))
    clock.move(days=25)
    assert ask_for_scores(date(2025, 11, 30))["asked"] == 0
    assert ask_for_scores(date(2025, 12, 1))["asked"] == 1
    text = letter_to(world.lead, "asked")[0].text
    assert "It has no score yet. What is written down here suggests 0.5." in text
    assert "* There already: The problem is named.\n" in text
    assert "* For the next step: Complete the aim.\n" in text
    assert text.count("http") == 2
    assert f"http://127.0.0.1:8000/projects/{project.id}/score\n" in text


def test_what_is_old_is_forgotten_and_no_more(world, clock) -> None:
    from tests.shape.objects import ids_for

    ids = ids_for(world, world.project())
    lead, then = world.lead.id, now.now()
    db.session.add_all([
        SignIn(token_hash="a" * 64, person_id=lead, made_at=then, seen_at=then),
        SignInTry(account="a", address="b", at=then, succeeded=True),
        Submission(key="k", person_id=lead, location="/", at=then),
        JobRun(job="mail", day=TODAY, started_at=then),
        Letter(key="k", kind="digest", person_id=lead, subject="S", text="T", html="H", made_at=then),
    ])  # fmt: skip
    db.session.commit()
    gone = {
        days: [key for key, n in tidy(TODAY + timedelta(days)).items() if n]
        for days in (6, 8, 30, 32, 90, 92, 365, 367, 400, 402)
    }
    assert gone == {
        6: [], 8: ["forms"], 30: [], 32: ["uploads", "sessions"], 90: [], 92: ["tries"], 365: [], 367: ["letters"],
        400: [], 402: ["runs"],
    }  # fmt: skip
    assert db.session.get(Upload, ids["upload_id"]) is None
    assert db.session.get(Standing, ids["project_id"]) is None


def test_an_upload_that_was_saved_is_kept(world) -> None:
    from tests.shape.objects import ids_for

    ids = ids_for(world, world.project())
    db.session.get_one(Upload, ids["upload_id"]).saved_at = now.now()
    db.session.commit()
    assert tidy(TODAY + timedelta(100))["uploads"] == 0


def test_the_coachs_mail_says_what_the_row_of_the_queue_says_first(world, clock) -> None:
    """A score may be due for longer than the reason has held: page, list and mail still say the same sentence."""
    project = world.project(stage="deliver")
    write_review(project, Reviewed(going_well="Good start.", next_review=TODAY + timedelta(300)), by=world.coach)
    db.session.commit()
    clock.move(days=100)
    digests(now.today())
    (row,) = [one for one in rows_of(read_person(world.coach), now.today()) if one.is_waiting]
    assert [ask.code for ask in row.asks] == ["standing", "score"]
    assert row.asks[0].since > row.asks[1].since
    assert f"{project.title}: {row.standing.sentence}\n" in letter_to(world.coach)[0].text


def test_the_hubs_mail_has_the_order_of_its_page(browser, world) -> None:
    for title in ("Delta", "Bravo", "Charlie", "Alpha"):
        world.project(title).registered_at = now.now()
    db.session.commit()
    digests(TODAY + timedelta(200))
    text = letter_to(world.hub)[0].text
    places = [text.index(f"{title}:") for title in ("Alpha", "Bravo", "Charlie", "Delta")]
    assert places == sorted(places)


def test_new_projects_wait_for_the_hub_in_one_line_with_the_page_that_answers_them(world, clock) -> None:
    for n, words in ((1, "1 new project waits for your answer."), (2, "2 new projects wait for your answer.")):
        world.project(f"New {n}")
        clock.move(days=7)  # of two letters written at the same moment neither is the later
        digests(now.today())
        text = letter_to(world.hub)[-1].text
        assert f"* {words}\n" in text
        assert "/hub/intake\n" in text
    db.session.add_all(Intake(project_id=one, answer="welcome", words="", at=now.now()) for one in _ids())
    db.session.commit()
    digests(TODAY + timedelta(21))
    assert len(letter_to(world.hub)) == 2


def _ids():
    return db.session.scalars(select(Project.id)).all()
