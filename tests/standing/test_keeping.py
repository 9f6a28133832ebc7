"""Standing as rows: worked out with each write and each night, the same in the list as on the page."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event, select

from qitracker.method.roles import Role
from qitracker.method.score import suggested
from qitracker.method.stalled.holds import HoldKind
from qitracker.method.stalled.states import standing_of
from qitracker.models import (
    Hold,
    ProgressScore,
    Project,
    RoleHeld,
    RuleNumber,
    Scorer,
    Standing,
    StandingChange,
    db,
)
from qitracker.people.actions import end_role, invite
from qitracker.plumbing import clock as now
from qitracker.standing.facts import facts_of, gather
from qitracker.standing.keeping import keep
from qitracker.standing.numbers import settings_of

TODAY = date(2025, 10, 6)


def changes(project):
    rows = select(StandingChange).where(StandingChange.project_id == project.id).order_by(StandingChange.on)
    return [((one.on - TODAY).days, one.state, one.stage, one.code) for one in db.session.scalars(rows)]


def suggestions(project):
    rows = select(ProgressScore).where(ProgressScore.project_id == project.id, ProgressScore.scorer == Scorer.EVIDENCE)
    found = list(db.session.scalars(rows.order_by(ProgressScore.at)))
    assert len({one.at for one in found}) == len(found), "of scores of one moment neither is the later"
    return [(one.on, one.tenths, one.by_id) for one in found]


def test_what_is_kept_is_what_the_method_says(project, kept) -> None:
    day = TODAY + timedelta(70)
    row, facts = kept(day), facts_of(gather([project])[project.id], day)
    standing = standing_of(facts, day)
    assert (row.state, row.since, row.sentence) == (standing.state.value, standing.since, standing.sentence)
    assert [one["code"] for one in row.reasons] == [one.code for one in standing.reasons]
    assert [(one["sentence"], one["clears"]) for one in row.reasons] == [
        (r.sentence, r.clears) for r in standing.reasons
    ]
    assert row.suggested == suggested(facts, day).value * 10
    assert (row.state, row.code, row.checked_on) == ("stalled", "no_cycle", day)
    assert set(row.told.split()) <= {"team", "coach", "hub", "sponsor"}


def test_time_alone_brings_a_project_from_active_to_stalled(project, kept) -> None:
    states = {day: kept(TODAY + timedelta(day)).state for day in (0, 29, 30, 44, 45, 59, 60)}
    assert list(states.values()) == ["active", "active", "quiet", "quiet", "stalled", "stalled", "stalled"]
    assert [change[:2] for change in changes(project)] == [(0, "active"), (30, "quiet"), (45, "stalled")]


def test_the_same_day_twice_changes_nothing(project, kept) -> None:
    kept()
    before = changes(project), suggestions(project)
    assert keep([project], TODAY) == {"looked_at": 1, "changed": 0, "failed": 0}
    db.session.commit()
    assert (changes(project), suggestions(project)) == before


def test_a_day_that_is_over_does_not_undo_a_later_one(project, kept) -> None:
    kept(TODAY + timedelta(70))
    assert kept(TODAY).checked_on == TODAY + timedelta(70)


def test_a_day_keeps_its_last_state_alone(project, kept) -> None:
    kept()
    project.stage = "sustain"
    kept()
    assert changes(project) == [(0, "sustaining", "sustain", "")]


def test_a_new_suggestion_is_a_new_score_of_the_evidence(project, kept, clock, world) -> None:
    kept()
    clock.move(days=1)
    db.session.delete(db.session.query(RoleHeld).filter_by(project_id=project.id, role=Role.COACH).one())
    kept()
    kept()
    assert suggestions(project) == [(TODAY, 5, None)]


def test_a_snoozed_project_is_hidden_and_told_to_nobody(project, kept, world) -> None:
    day = TODAY + timedelta(70)
    db.session.add(
        Hold(
            project_id=project.id,
            kind=HoldKind.SNOOZE,
            why="Talked",
            since=day,
            until=day + timedelta(10),
            by_id=world.hub.id,
            at=now.now(),
        )
    )
    row = kept(day)
    assert (row.state, row.hidden_until, row.told) == ("stalled", day + timedelta(10), "")
    weight = row.weight
    row = kept(day + timedelta(10))
    assert (row.hidden_until, row.told) == (None, "team coach hub")
    assert row.weight < weight


def test_an_organisation_sets_its_own_numbers(project, kept, world) -> None:
    def set_number(key, value):
        db.session.add(
            RuleNumber(organisation_id=world.hospital.id, key=key, value=value, by_id=world.hub.id, at=now.now())
        )

    set_number("quiet_days", 7)
    assert kept(TODAY + timedelta(7)).state == "quiet"
    assert settings_of({world.other_hospital.id})[world.other_hospital.id]["quiet_days"] == 30
    set_number("a_number_of_an_older_version", 3)
    assert settings_of({world.hospital.id})[world.hospital.id]["quiet_days"] == 7
    set_number("stalled_days", 14)
    set_number("dormant_days", 10_000)  # out of its bounds: as if a newer version had moved them
    assert settings_of({world.hospital.id})[world.hospital.id]["quiet_days"] == 30


def test_a_project_that_makes_no_sense_does_not_stop_the_others(world, caplog) -> None:
    good, bad = world.project("One"), world.project("Two")
    bad.method = "of another version"
    db.session.commit()
    assert keep([bad, good], TODAY) == {"looked_at": 2, "changed": 1, "failed": 1}
    assert db.session.get(Standing, good.id) is not None
    assert db.session.get(Standing, bad.id) is None
    assert "cannot be worked out" in caplog.text


def test_nothing_to_keep(app) -> None:
    assert keep([], TODAY) == {"looked_at": 0, "changed": 0, "failed": 0}


def test_a_write_keeps_the_project_in_its_own_transaction(project, browser, world, clock) -> None:
    clock.move(days=70)
    keep([project], now.today())
    db.session.commit()
    lead = browser(world.lead)
    assert db.session.get_one(Standing, project.id).code == "no_cycle"
    answer = lead.post(f"/projects/{project.id}/cycles/quick", data={
        "change": "One leaflet for one person", "learnt": "They liked it", "decision": "adopt", "on": "15/12/2025",
    })  # fmt: skip
    assert answer.status_code == 303
    row = db.session.get_one(Standing, project.id)
    assert (row.code, row.checked_on) == ("stage_overstayed", now.today()) or row.state in {"active", "quiet"}
    assert row.last_life == now.today()


def test_a_refused_write_keeps_nothing(project, browser, world) -> None:
    assert browser(world.lead).post(f"/projects/{project.id}/ideas/", data={"text": ""}).status_code == 422
    assert db.session.get(Standing, project.id) is None


def test_somebody_who_leaves_shows_in_all_their_projects_at_once(world, browser) -> None:
    projects = [world.project("One"), world.project("Two")]
    held = db.session.query(RoleHeld).filter_by(person_id=world.lead.id, unit_id=world.hospital.id).one()
    assert browser(world.admin).post(f"/people/roles/{held.id}/leaver").status_code == 303
    assert [db.session.get_one(Standing, one.id).code for one in projects] == ["no_lead", "no_lead"]


def test_a_role_that_ends_shows_at_once(project, browser, world) -> None:
    held = db.session.query(RoleHeld).filter_by(project_id=project.id, role=Role.PROJECT_LEAD).one()
    end_role(held, by=world.manager, project=project)
    db.session.commit()
    answer = browser(world.manager).post(f"/projects/{project.id}/team/visibility", data={"visibility": "open"})
    assert answer.status_code == 303
    assert db.session.get(Standing, project.id) is None  # nothing was changed by this one: the visibility was that
    browser(world.manager).post(f"/projects/{project.id}/ideas/", data={"text": "A lamp at each bed"})
    assert db.session.get_one(Standing, project.id).sentence.startswith("Nobody has led it since 6 October 2025")


def test_a_lead_who_joins_by_an_invitation_shows_at_once(project, browser, world, client) -> None:
    held = db.session.query(RoleHeld).filter_by(project_id=project.id, role=Role.PROJECT_LEAD).one()
    end_role(held, by=world.manager, project=project)
    keep([project], TODAY)
    assert db.session.get_one(Standing, project.id).code == "no_lead"
    _, token = invite("Sister, Ward 4", "sister4@example.org", Role.PROJECT_LEAD, by=world.manager, project=project)
    answer = client.post(f"/invitations/{token}", data={"password": "seven-kind-otters"})
    assert answer.status_code == 303
    assert db.session.get_one(Standing, project.id).code != "no_lead"


@pytest.mark.parametrize("n_projects", [1, 7])
def test_the_queries_are_as_many_for_many_projects(world, n_projects, clock) -> None:
    projects = [world.project(f"Project {n}") for n in range(n_projects)]
    for project in projects:
        end_role(db.session.query(RoleHeld).filter_by(project_id=project.id, role=Role.COACH).one(), by=world.admin)
    keep(projects, TODAY)
    db.session.commit()
    ids = [project.id for project in projects]
    db.session.expire_all()
    projects = db.session.scalars(select(Project).where(Project.id.in_(ids))).all()
    asked: list[str] = []
    connection = db.session.connection()
    event.listen(connection, "before_cursor_execute", lambda *call: asked.append(call[2]))
    keep(projects, TODAY)
    assert len([one for one in asked if one.startswith("SELECT")]) == 16
