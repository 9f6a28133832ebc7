"""Which wards have a trained coach, and how well cycles are done, quarter by quarter."""

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
from qitracker.models import TrainedCoach, db
from qitracker.people.actions import switch_off
from qitracker.plumbing import clock as now


@pytest.fixture
def other(world):
    return world.person("other", Role.COACH, world.hospital)


def day(name, when):
    return {f"{name}-day": when.day, f"{name}-month": when.month, f"{name}-year": when.year}


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
    assert "You coach no project" in browser(other).get("/coaching/quality").text
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


def test_a_quarter_without_cycles_keeps_its_place():
    some = Fidelity(2, {one.key: Count(1, 2) for one in FEATURES})
    quarters = without_gaps([(now_quarter(0), some), (now_quarter(3), some)])
    assert [(first, counted.n) for first, counted in quarters] == [
        (now_quarter(place), n) for place, n in enumerate((2, 0, 0, 2))
    ]
    assert without_gaps([]) == []
