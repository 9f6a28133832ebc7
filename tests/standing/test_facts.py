"""From rows to facts: each fact the rules look at, written through the product's own actions."""

from datetime import UTC, date, datetime, timedelta

import pytest

from qitracker.cycles.actions import start_cycle, write_act, write_do, write_study
from qitracker.cycles.sheets import Plan
from qitracker.feeds.changes import Change, change_many, change_one
from qitracker.feeds.numbers import Numbers
from qitracker.measures.actions import add_measure
from qitracker.method.cycles import CycleKind, Decision, Scale
from qitracker.method.dates import months_after
from qitracker.method.measures import DataType, MeasureKind, Rhythm
from qitracker.method.progress import ProgressState
from qitracker.method.roles import Role
from qitracker.method.stalled.closing import ClosingReason
from qitracker.method.stalled.holds import HoldKind
from qitracker.method.stalled.life import LifeKind
from qitracker.method.steps import StepStatus
from qitracker.models import Barrier, CoachReview, Hold, ProgressScore, RoleHeld, Scorer, WordKind, db
from qitracker.people.actions import end_role, give_role, switch_off
from qitracker.plumbing import clock as now
from qitracker.projects.actions import move_to_stage, say, write_aim, write_step
from qitracker.spc import Direction
from qitracker.standing.gathering import ScoreRow
from qitracker.standing.scoring import score_facts

TODAY = date(2025, 10, 6)
AIM = {"by_date": date(2026, 6, 1), "series_id": None, "what": "falls", "unit": "a week", "start": 10.0, "target": 6.0, "population": "people on Ward 18"}  # fmt: skip


def measured(project, lead, values, *, rhythm=Rhythm.MONTH, first=date(2024, 1, 1)):
    """An outcome measure with a number a month from the first day on."""
    series = add_measure(
        project, by=lead, name="Falls", kind=MeasureKind.OUTCOME, data_type=DataType.VALUE, rhythm=rhythm,
        direction=Direction.DECREASE,
    )  # fmt: skip
    rows = [Change(months_after(first, n), None, Numbers(float(value))) for n, value in enumerate(values)]
    change_many(series, rows, by=lead, verb="pasted")
    return series


def test_a_new_project_has_its_day_and_its_people(facts, project, world) -> None:
    known = facts()
    assert (known.registered, known.stage_since, known.closed, known.coach_since) == (TODAY, TODAY, None, TODAY)
    assert (known.has_lead, known.lead_gone, known.has_coach, known.coach_gone) == (True, None, True, None)
    assert known.life == {}
    assert (known.hold, known.barriers, known.last_review, known.reviewed) == (None, (), None, None)


def test_a_day_is_that_of_the_wall_clock(facts, project, world, clock) -> None:
    clock.now = datetime(2025, 10, 10, 23, 30, tzinfo=UTC)  # half past midnight in London, still summer time
    move_to_stage(project, "sustain", "", by=world.lead)
    assert facts().stage_since == date(2025, 10, 11)


def test_life_has_the_last_day_of_each_kind(facts, project, world, clock) -> None:
    write_step(project, None, "team", by=world.lead, status=StepStatus.DONE, answers={}, owner_id=None, due=None)
    clock.move(days=3)
    move_to_stage(project, "sustain", "", by=world.lead)
    assert facts().life == {LifeKind.STEP: TODAY, LifeKind.STAGE: TODAY + timedelta(3)}


def test_a_number_lives_on_the_last_day_of_its_period(facts, project, world) -> None:
    series = measured(project, world.lead, [10, 11, 9])
    assert facts().life[LifeKind.POINT] == date(2024, 3, 31)
    change_one(series, Change(date(2024, 3, 1), Numbers(9.0), None), by=world.lead)
    assert facts().life[LifeKind.POINT] == date(2024, 2, 29)


@pytest.mark.parametrize("how", ["role ends", "leaves"])
@pytest.mark.parametrize(("role", "fact"), [(Role.PROJECT_LEAD, "lead"), (Role.COACH, "coach")])
def test_somebody_is_gone_since_the_day_they_went(facts, project, world, clock, how, role, fact) -> None:
    clock.move(days=5)
    who = world.lead if role is Role.PROJECT_LEAD else world.coach
    held = db.session.query(RoleHeld).filter_by(project_id=project.id, role=role).one()
    if how == "role ends":
        end_role(held, by=world.admin, project=project)
    else:
        switch_off(who, by=world.admin)
    known = facts()
    assert getattr(known, f"{fact}_gone") == TODAY + timedelta(5)
    assert getattr(known, f"has_{fact}") is False
    give_role(world.manager, role, by=world.admin, project=project)
    assert getattr(facts(), f"{fact}_gone") is None
    assert getattr(facts(), f"has_{fact}") is True


def test_an_aim_is_agreed_on_the_day_it_is_first_complete(facts, project, world, clock) -> None:
    aim = write_aim(project, None, by=world.lead, **AIM | {"target": None})
    assert facts().aim.agreed is None
    clock.move(days=4)
    write_aim(project, aim, by=world.lead, target=6.0)
    clock.move(days=4)
    write_aim(project, aim, by=world.lead, target=5.0)
    assert facts().aim.agreed == TODAY + timedelta(4)


def test_an_aim_is_met_since_the_first_number_of_the_level_that_meets_it(facts, project, world) -> None:
    series = measured(project, world.lead, [10, 11, 9, 10, 12, 9, 10, 11, 10, 9, 12, 10, 5, 6, 5, 5, 4, 5, 6, 5, 5, 5])
    write_aim(project, None, by=world.lead, **AIM | {"series_id": series.id})
    known = facts()
    assert known.aim.state is ProgressState.MET
    assert known.aim.met_since == known.measures[0].signal_since == date(2025, 1, 1)
    assert known.aim.share_done > 1


def test_chance_does_no_part_of_the_way(facts, project, world) -> None:
    series = measured(project, world.lead, [9, 10, 8, 9, 9, 10, 8, 9, 9, 10, 9, 8])
    write_aim(project, None, by=world.lead, **AIM | {"series_id": series.id})
    known = facts()
    assert (known.aim.state, known.aim.share_done, known.aim.met_since) == (ProgressState.NO_CHANGE_YET, None, None)


def test_a_closed_projects_measure_is_watched_unless_it_is_let_go(facts, project, world) -> None:
    series = measured(project, world.lead, [10, 11])
    series.is_watched = False
    assert facts().measures[0].watched
    project.closed_at, project.closing = now.now(), "achieved"
    known = facts()
    assert (known.measures[0].watched, known.closed, known.closing) == (False, TODAY, ClosingReason.ACHIEVED)
    series.is_watched, project.closing = True, "a word of a newer version"
    assert facts().measures[0].watched
    assert facts().closing is None


def test_a_cycle_tells_its_days(facts, project, world, clock) -> None:
    columns = dict.fromkeys(("objective", "change", "who_where", "data_plan", "stop_rule", "who_must_know"), "x") | {
        "idea_id": None, "title": "One patient", "owner_id": None, "kind": CycleKind.IMPLEMENT, "scale": Scale.ONE_DAY,
        "planned_start": TODAY, "planned_end": TODAY + timedelta(20), "series_id": None,
    }  # fmt: skip
    plan = Plan(
        columns, questions=(("Will it help?", "Yes"), ("How long?", "")), tasks=(("Print the form", "Role lead"),)
    )
    cycle = start_cycle(project, plan, by=world.lead)
    written = {"started": TODAY, "ended": None, "as_planned": None, "happened": "So far so good", "surprises": "", "comments": ""}  # fmt: skip
    clock.move(days=2)
    write_do(cycle, written, {}, by=world.lead)
    known = facts()
    one = known.cycles[0]
    assert (one.noted, one.studied, one.decided, one.started) == (TODAY + timedelta(2), None, None, TODAY)
    assert (one.purpose, one.scale, one.ramp, one.n_questions, one.has_prediction) == (
        "implement",
        "one_day",
        1,
        2,
        True,
    )
    assert (one.has_data, known.has_plan) == (False, True)
    clock.move(days=5)
    write_study(cycle, {"findings": "It helps", "learnt": "", "side_effects": ""}, {}, by=world.lead)
    clock.move(days=1)
    write_act(cycle, {"decision": Decision.ADOPT, "next_change": "", "confidence": 4, "why": ""}, by=world.lead)
    one = facts().cycles[0]
    assert (one.studied, one.decided) == (TODAY + timedelta(7), TODAY + timedelta(8))


def hold(project, by, kind, since, until, ended=None):
    db.session.add(
        Hold(project_id=project.id, kind=kind, why="Winter", since=TODAY + timedelta(since), until=TODAY + timedelta(until),
             by_id=by.id, restarts_id=by.id, at=now.now(), ended_at=None if ended is None else now.now() + timedelta(ended))
    )  # fmt: skip
    db.session.flush()


@pytest.mark.parametrize(
    ("holds", "day", "found"),
    [
        ([(HoldKind.PAUSE, 0, 30)], 0, (HoldKind.PAUSE, 30)),
        ([(HoldKind.PAUSE, 0, 30)], 29, (HoldKind.PAUSE, 30)),
        ([(HoldKind.PAUSE, 0, 30)], 30, (HoldKind.PAUSE, 30)),  # over: it still says when
        ([(HoldKind.PAUSE, 0, 30, 10)], 20, (HoldKind.PAUSE, 10)),  # taken up early
        ([(HoldKind.PAUSE, 0, 30, 0)], 20, None),  # taken back the same day
        ([(HoldKind.SNOOZE, 0, 30)], 29, (HoldKind.SNOOZE, 30)),
        ([(HoldKind.SNOOZE, 0, 30)], 30, None),
        ([(HoldKind.SNOOZE, 0, 30, 5)], 10, None),
        ([(HoldKind.PAUSE, 0, 30), (HoldKind.SNOOZE, 0, 20)], 10, (HoldKind.PAUSE, 30)),
        ([(HoldKind.PAUSE, 0, 10), (HoldKind.SNOOZE, 10, 20)], 15, (HoldKind.SNOOZE, 20)),
        ([(HoldKind.PAUSE, 0, 10), (HoldKind.SNOOZE, 10, 20)], 25, (HoldKind.PAUSE, 10)),
        ([(HoldKind.PAUSE, 5, 10)], 0, None),  # begins later
    ],
)
def test_the_hold_that_speaks(facts, project, world, clock, holds, day, found) -> None:
    for one in holds:
        hold(project, world.hub, *one)
    clock.move(days=day)
    known = facts().hold
    assert (known and (known.kind, (known.until - TODAY).days)) == found


def scores(*rows):
    return score_facts([ScoreRow(Scorer(who), tenths, TODAY + timedelta(day), "") for who, tenths, day in rows])


@pytest.mark.parametrize(
    ("rows", "unchanged", "at_two_and_half"),
    [
        ([], None, None),
        ([("evidence", 25, 0)], None, None),  # nobody's score
        ([("team", 20, 0), ("team", 20, 30)], 0, None),
        ([("team", 20, 0), ("coach", 20, 30)], 0, None),  # says the same
        ([("team", 20, 0), ("coach", 25, 30), ("team", 20, 60), ("coach", 25, 90)], 30, 90),
        ([("team", 20, 0), ("team", 25, 30), ("team", 25, 60)], 30, 30),
        ([("team", 25, 0), ("team", 30, 30)], 30, None),
        ([("team", 25, 0), ("team", 30, 30), ("team", 25, 60)], 60, None),  # 3.0 was reached
        ([("team", 25, 0), ("team", 20, 30), ("team", 25, 60)], 60, 60),
    ],
)
def test_since_when_the_scores_are_what_they_are(rows, unchanged, at_two_and_half) -> None:
    found = scores(*rows)
    days = [None if day is None else TODAY + timedelta(day) for day in (unchanged, at_two_and_half)]
    assert [found.unchanged_since, found.at_two_and_half_since] == days


def test_the_latest_scores_review_and_barriers(facts, project, world, clock) -> None:
    for scorer, tenths in ((Scorer.TEAM, 20), (Scorer.COACH, 25), (Scorer.EVIDENCE, 15), (Scorer.TEAM, 30)):
        db.session.add(
            ProgressScore(project_id=project.id, scorer=scorer, tenths=tenths, on=now.today(), at=now.now(), why="w")
        )
        db.session.flush()
        clock.move(days=1)
    for day in (1, 2):
        clock.move(days=1)
        review = CoachReview(project_id=project.id, by_id=world.coach.id, on=now.today(), at=now.now(), stage="deliver",
                             next_review=now.today() + timedelta(28))  # fmt: skip
        barrier = Barrier(project_id=project.id, text=f"Barrier {day}", stuck_on="approval", by_id=world.lead.id, at=now.now())  # fmt: skip
        db.session.add_all([review, barrier])
    barrier.cleared_at = now.now()
    known = facts()
    assert (known.scores.team.value, known.scores.coach.value) == (3.0, 2.5)
    assert known.scores.suggested_since == TODAY + timedelta(2)
    assert (known.last_review, known.next_review) == (TODAY + timedelta(6), TODAY + timedelta(34))
    assert known.reviewed == known.last_review
    assert [(one.text, one.since, one.escalated) for one in known.barriers] == [
        ("Barrier 1", TODAY + timedelta(5), None)
    ]


@pytest.mark.parametrize(
    ("kind", "text", "asks", "talked"),
    [
        (WordKind.ADVICE, "Well done.", False, True),
        (WordKind.ADVICE, "Have you asked the night shift?", True, True),
        (WordKind.HELP, "We can count for you on Monday.", True, True),
        (WordKind.QUESTION, "Could you help us?", None, False),
        (WordKind.INTAKE, "Welcome.", None, False),
    ],
)
def test_a_word_that_asks_waits_until_it_is_answered(facts, project, world, kind, text, asks, talked) -> None:
    word = say(project, text, by=world.coach)
    word.kind = kind
    known = facts()
    assert (known.coach_word.asks if known.coach_word else None) == asks
    assert (known.reviewed is not None) is talked
    answer = say(project, "Yes.", by=world.lead, answers=word)
    answer.kind = WordKind.ANSWER
    assert known.coach_word is None or facts().coach_word.answered


def test_the_plan_to_keep_it_is_both_questions(facts, project, world) -> None:
    def answer(step, **answers):
        write_step(project, None, step, by=world.lead, status=StepStatus.DONE, answers=answers, owner_id=None, due=None)

    answer("implementation", owner="Ward manager", standard="")
    assert not facts().has_sustain_plan
    answer("monitor", who_looks="Ward manager, monthly", trigger="")
    answer("evaluate", result="Fewer people fell.", learning="")
    known = facts()
    assert (known.has_sustain_plan, known.has_story, known.n_spread) == (True, True, 0)
