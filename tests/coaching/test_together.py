"""Coaches together: who carries what, handing over, absence, visits, training; and nothing private leaks."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from qitracker.coaching.quality import quarter_name, trend, without_gaps
from qitracker.cycles.actions import start_cycle, write_act, write_do, write_study
from qitracker.cycles.sheets import Plan
from qitracker.drivers.actions import capture_idea
from qitracker.method.cycles import CycleKind, Decision
from qitracker.method.fidelity import FEATURES, Count, Fidelity
from qitracker.method.roles import Role
from qitracker.models import CoachAbsence, CoachWord, Letter, Project, RoleHeld, TrainedCoach, Visit, db
from qitracker.people.actions import end_role, give_role, switch_off
from qitracker.plumbing import clock as now
from qitracker.projects.actions import close


@pytest.fixture
def other(world):
    return world.person("other", Role.COACH, world.hospital)


def day(name, when):
    return {f"{name}-day": when.day, f"{name}-month": when.month, f"{name}-year": when.year}


def coaches_now(project):
    rows = select(RoleHeld.person_id).where(RoleHeld.project_id == project.id, RoleHeld.role == Role.COACH)
    return set(db.session.scalars(rows))


# Load and handing over


def test_the_page_says_who_carries_what_and_which_projects_have_nobody(browser, world, other, stands):
    mine, alone, done = world.project("Mine to coach"), world.project("Nobody's"), world.project("Closed one")
    world.project("Canary, private", private=True)
    end_role(
        db.session.scalar(select(RoleHeld).where(RoleHeld.project_id == alone.id, RoleHeld.role == Role.COACH)),
        by=world.hub,
    )
    close(done, "Done", by=world.lead)
    stands(mine, "stalled")
    page = browser(world.hub).get("/coaching/coaches").text
    without, loads = page.split('<div class="qi-two">')
    assert "1 open project without a coach" in without
    assert "Nobody&#39;s" in without
    assert "1 open project, 1 of them may need help." in loads
    assert "0 open projects." in loads
    assert "Canary" not in page
    assert "Closed one" not in page


def test_a_project_whose_coach_left_counts_as_without(browser, world, project):
    switch_off(world.coach, by=world.admin)
    db.session.commit()
    page = browser(world.hub).get("/coaching/coaches").text
    assert "1 open project without a coach" in page
    assert "Role coach" not in page


@pytest.mark.parametrize(
    ("who", "status"), [("coach", 303), ("hub", 303), ("other", 403), ("member", 403), ("outsider", 404)]
)
def test_who_may_hand_a_project_over(browser, world, project, other, who, status):
    person = other if who == "other" else getattr(world, who)
    answer = browser(person).post(
        f"/projects/{project.id}/coach/give", data={"coach": str(other.id), "text": "They test nights next."}
    )
    assert answer.status_code == status
    assert coaches_now(project) == ({other.id} if status == 303 else {world.coach.id})
    said = [word.text for word in db.session.scalars(select(CoachWord))]
    assert said == (["They test nights next."] if status == 303 else [])


def test_the_new_coach_has_it_in_the_queue_at_once_and_is_written_to(browser, world, project, other):
    browser(world.coach).post(f"/projects/{project.id}/coach/give", data={"coach": str(other.id), "text": "Yours."})
    assert project.title in browser(other).get("/coaching/").text
    assert project.title not in browser(world.coach).get("/coaching/").text
    letter = db.session.scalar(select(Letter))
    assert (letter.person_id, project.title in letter.subject) == (other.id, True)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [({"coach": ""}, "Choose a coach"), ({"text": ""}, "Write a word"), ({"coach": "staff"}, "Choose one from the list"),
     ({"coach": "coach"}, "Choose one from the list"), ({"coach": "outsider"}, "Choose one from the list")],
)  # fmt: skip
def test_a_project_goes_to_another_coach_who_works_here_with_a_word(browser, world, project, other, typed, sentence):
    typed = {
        name: str(getattr(world, value).id) if name == "coach" and value else value for name, value in typed.items()
    }
    data = {"coach": str(other.id), "text": "A word", **typed}
    answer = browser(world.hub).post(f"/projects/{project.id}/coach/give", data=data)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert coaches_now(project) == {world.coach.id}


# Absence


def test_an_absence_is_saved_shown_and_taken_back_by_its_coach_or_the_hub(browser, world, project, other):
    client = browser(world.coach)
    today = now.today()
    typed = {
        "coach": str(world.coach.id),
        "cover": str(other.id),
        **day("first", today),
        **day("last", today + timedelta(9)),
    }
    assert client.post("/coaching/coaches", data=typed).status_code == 303
    assert "Role other looks after it" in client.get("/coaching/coaches").text
    assert project.title in browser(other).get("/coaching/").text
    absence = db.session.scalar(select(CoachAbsence))
    assert browser(other).post(f"/coaching/absences/{absence.id}/end").status_code == 403
    assert browser(world.outsider).post(f"/coaching/absences/{absence.id}/end").status_code == 404
    assert browser(world.hub).post(f"/coaching/absences/{absence.id}/end").status_code == 303
    assert db.session.scalar(select(CoachAbsence)) is None
    assert project.title not in browser(other).get("/coaching/").text


@pytest.mark.parametrize(
    ("first", "last", "cover", "sentence"),
    [(3, 1, "other", "cannot be before the first"), (-9, -2, "other", "from today on"), (0, 1, "coach", "Choose a colleague"),
     (0, 1, "", "Choose who looks after them"), (0, 1, "staff", "Choose one from the list")],
)  # fmt: skip
def test_an_absence_that_makes_no_sense_is_refused(browser, world, other, first, last, cover, sentence):
    people = {"other": other, "": None}
    person = people.get(cover, getattr(world, cover, None))
    today = now.today()
    typed = {
        "coach": str(world.coach.id),
        "cover": str(person.id) if person else "",
        **day("first", today + timedelta(first)),
        **day("last", today + timedelta(last)),
    }
    answer = browser(world.coach).post("/coaching/coaches", data=typed)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_coach_sends_nobody_else_away(browser, world, other):
    today = now.today()
    typed = {"coach": str(other.id), "cover": str(world.coach.id), **day("first", today), **day("last", today)}
    assert browser(world.coach).post("/coaching/coaches", data=typed).status_code == 422
    assert browser(world.hub).post("/coaching/coaches", data=typed).status_code == 303


# Visits


def test_a_visit_is_noted_seen_by_the_hub_and_removed_by_its_coach_alone(browser, world, project, other):
    client = browser(world.coach)
    typed = {
        "unit": str(world.ward18.id),
        "project": str(project.id),
        "minutes": "25",
        "note": "Saw the board.",
        **day("on", now.today()),
    }
    assert client.post("/coaching/visits", data=typed).status_code == 303
    visit = db.session.scalar(select(Visit))
    assert (visit.unit_id, visit.project_id, visit.minutes) == (world.ward18.id, project.id, 25)
    assert "Saw the board." in client.get("/coaching/visits").text
    assert "Yours took 25 minutes" in client.get("/coaching/visits").text
    assert "Saw the board." in browser(world.hub).get("/coaching/visits").text
    assert "Saw the board." not in browser(other).get("/coaching/visits").text
    assert "Saw the board." not in browser(world.outsider).get("/coaching/visits").text
    assert browser(world.hub).post(f"/coaching/visits/{visit.id}/remove").status_code == 404
    assert client.post(f"/coaching/visits/{visit.id}/remove").status_code == 303
    assert db.session.scalar(select(Visit)) is None


def test_a_visit_for_a_private_project_is_seen_by_nobody_who_may_not_see_the_project(browser, world):
    private = world.project("Canary, private", private=True)
    give_role(world.coach, Role.COACH, by=None, project=private)
    client = browser(world.coach)
    typed = {"unit": str(world.ward18.id), "project": str(private.id), "note": "A quiet talk", **day("on", now.today())}
    assert client.post("/coaching/visits", data=typed).status_code == 303
    assert "Canary, private" in client.get("/coaching/visits").text
    page = browser(world.hub).get("/coaching/visits").text
    assert "Canary" not in page
    assert "A quiet talk" not in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [({"unit": ""}, "Choose a place"), ({"unit": "elsewhere"}, "Choose one from the list"), ({"minutes": "0"}, "1"),
     ({"minutes": "1441"}, "1,440"), ({"minutes": "2.5"}, "whole"), ({"minutes": "nan"}, "nan"),
     ({"note": "x" * 1001}, "Shorten it"), ({"on-year": "2026"}, "future"), ({"on-day": ""}, "date")],
)  # fmt: skip
def test_a_visit_that_cannot_be_noted_is_kept_on_the_page(browser, world, project, typed, sentence):
    if typed.get("unit"):
        typed = {"unit": str(world.other_ward.id)}
    data = {"unit": str(world.ward18.id), "note": "Saw the board.", **day("on", now.today()), **typed}
    answer = browser(world.coach).post("/coaching/visits", data=data)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert db.session.scalar(select(Visit)) is None


# Trained coaches by ward


def test_coverage_counts_wards_with_somebody_trained_who_still_works_here_and_names_those_without(browser, world):
    hub = browser(world.hub)
    assert "0 of 2 wards have a trained coach" in hub.get("/coaching/coverage").text
    typed = {"email": "coach@example.org", "unit": str(world.ward18.id), **day("on", now.today())}
    assert hub.post("/coaching/coverage", data=typed).status_code == 303
    page = hub.get("/coaching/coverage").text
    assert "1 of 2 wards have a trained coach" in page
    none = page.split("without one</h2>")[1].split("</ul>")[0]
    assert "Ward 21" in none
    assert "Ward 18" not in none
    assert "Other ward" not in page
    trained = db.session.scalar(select(TrainedCoach))
    assert browser(world.coach).post(f"/coaching/trained/{trained.id}/end").status_code == 403
    assert browser(world.outsider).post(f"/coaching/trained/{trained.id}/end").status_code == 404
    hub.post(f"/coaching/trained/{trained.id}/end")
    assert "0 of 2" in hub.get("/coaching/coverage").text
    hub.post("/coaching/coverage", data=typed)
    assert "1 of 2" in hub.get("/coaching/coverage").text
    switch_off(world.coach, by=world.admin)
    db.session.commit()
    assert "0 of 2" in hub.get("/coaching/coverage").text


@pytest.mark.parametrize(
    ("who", "email", "status"),
    [("hub", "coach@example.org", 303), ("hub", "nobody@example.org", 422), ("hub", "outsider@example.org", 422),
     ("hub", "partner@example.org", 422), ("coach", "coach@example.org", 403), ("outsider", "outsider@example.org", 422)],
)  # fmt: skip
def test_who_adds_whom(browser, world, who, email, status):
    typed = {"email": email, "unit": str(world.ward18.id), **day("on", now.today())}
    assert browser(getattr(world, who)).post("/coaching/coverage", data=typed).status_code == status


# PDSA quality


def done(project, world, number, prediction):
    idea = capture_idea(project, f"Idea {number}", by=world.lead)
    start = now.today() - timedelta(days=20)
    columns = {"idea_id": idea.id, "title": f"Test {number}", "kind": CycleKind.TEST, "planned_start": start,
               "planned_end": start + timedelta(3), "change": "A desk"}  # fmt: skip
    cycle = start_cycle(project, Plan(columns, questions=(("Does it help?", prediction),), tasks=()), by=world.lead)
    ran = {
        "started": start,
        "ended": start + timedelta(3),
        "as_planned": True,
        "happened": "It ran.",
        "surprises": "",
        "comments": "",
    }
    write_do(cycle, ran, {}, by=world.lead)
    write_study(cycle, {"findings": "It helped.", "learnt": "Yes.", "side_effects": ""}, {}, by=world.lead)
    write_act(cycle, {"decision": Decision.ADOPT, "next_change": "", "confidence": 4, "why": ""}, by=world.lead)


def test_the_quality_page_counts_my_projects_only_and_says_it_is_for_coaching(browser, world, project, other):
    client = browser(world.coach)
    assert "No cycle is over yet" in client.get("/coaching/quality").text
    done(project, world, 1, "Fewer falls")
    done(project, world, 2, "")
    db.session.commit()
    page = client.get("/coaching/quality").text
    assert "For coaching, not for ranking" in page
    assert "1 of 2 cycles." in page
    assert "2 of 2 cycles." in page
    assert page.count("<svg") >= 3
    assert "No cycle is over yet" in browser(other).get("/coaching/quality").text
    hidden = world.project("Private", private=True)
    done(hidden, world, 1, "Better")
    assert "1 of 2 cycles." in client.get("/coaching/quality").text


@pytest.mark.parametrize(
    ("shares", "n_lines", "n_dots"),
    [
        ([], 0, 0),
        ([None, None], 0, 0),
        ([0.5], 1, 1),
        ([0.0, 1.0], 1, 2),
        ([0.5, None, 0.5], 2, 2),
        ([None, 1.0, 1.0], 1, 2),
    ],
)
def test_a_quarter_without_cycles_breaks_the_line(shares, n_lines, n_dots):
    feature = FEATURES[0]
    quarters = []
    for place, share in enumerate(shares):
        count = Count(0, 0) if share is None else Count(round(share * 2), 2)
        quarters.append((now_quarter(place), Fidelity(2, {feature.key: count})))
    picture = trend(feature, quarters)
    assert bool(picture) is bool(n_dots)
    assert picture.count("<circle") == n_dots
    assert picture.count("M") - picture.count("MM") == n_lines


def now_quarter(place):
    from datetime import date

    return date(2024 + place // 4, place % 4 * 3 + 1, 1)


def test_a_quarter_has_a_name():
    assert [quarter_name(now_quarter(place)) for place in (0, 3, 4)] == ["Q1 2024", "Q4 2024", "Q1 2025"]


@pytest.mark.parametrize("page", ["coaches", "quality", "visits", "coverage"])
def test_each_page_costs_the_same_for_two_projects_and_twenty(browser, world, statements, page):
    client = browser(world.hub)
    for person in (world.hub,):
        give_role(person, Role.COACH, by=None, unit=world.hospital)
    counts = []
    for more in (2, 18):
        for number in range(more):
            made = world.project(f"Project {more} {number}")
            give_role(world.hub, Role.COACH, by=None, project=made)
            db.session.add(
                Visit(
                    coach_id=world.hub.id,
                    unit_id=world.ward18.id,
                    project_id=made.id,
                    on=now.today(),
                    note="",
                    at=now.now(),
                )
            )
        db.session.commit()
        with statements() as sent:
            assert client.get(f"/coaching/{page}").status_code == 200
        counts.append(len(sent))
    assert counts[0] == counts[1] < 30
    assert db.session.scalar(select(Project).limit(1)) is not None


def test_a_quarter_without_cycles_keeps_its_place():
    some = Fidelity(2, {one.key: Count(1, 2) for one in FEATURES})
    quarters = without_gaps([(now_quarter(0), some), (now_quarter(3), some)])
    assert [(first, counted.n) for first, counted in quarters] == [
        (now_quarter(place), n) for place, n in enumerate((2, 0, 0, 2))
    ]
    assert without_gaps([]) == []
