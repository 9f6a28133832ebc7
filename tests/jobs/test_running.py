"""Each job once for its day, however many workers; missed days made up for once; errors told and not repeated at once."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from qitracker.jobs import running
from qitracker.jobs.by_hand import list_jobs, run_by_hand
from qitracker.jobs.rhythm import Rhythm
from qitracker.jobs.table import JOBS
from qitracker.letters.kinds import LetterKind
from qitracker.letters.writing import Line, write_letter
from qitracker.models import Event, JobRun, db

MONDAY = date(2025, 10, 6)


@pytest.fixture
def done(monkeypatch):
    """Two jobs that only note for which day they ran: one each night, one each Monday to people."""
    ran = []

    def noting(name):
        return lambda day: ran.append((name, (day - MONDAY).days)) or {"n": 1}

    nightly = replace(JOBS["standings"], name="nightly", run=noting("nightly"), words={"n": "{n} thing"})
    weekly = replace(JOBS["digest"], name="weekly", run=noting("weekly"), words={"n": "{n} thing"})
    monkeypatch.setattr(running, "JOBS", {"nightly": nightly, "weekly": weekly, "mail": JOBS["mail"]})
    return ran


def runs(name):
    rows = db.session.scalars(select(JobRun).where(JobRun.job == name).order_by(JobRun.id))
    return [((row.day - MONDAY).days, row.ended_at is not None, row.problem != "") for row in rows]


@pytest.mark.parametrize(
    ("rhythm", "now", "day"),
    [
        (Rhythm(), "2025-10-06 00:00", "2025-10-06"),
        (Rhythm(time(2, 10)), "2025-10-06 02:09", "2025-10-05"),
        (Rhythm(time(2, 10)), "2025-10-06 02:10", "2025-10-06"),
        (Rhythm(time(7, 30), 0), "2025-10-06 07:29", "2025-09-29"),
        (Rhythm(time(7, 30), 0), "2025-10-06 07:30", "2025-10-06"),
        (Rhythm(time(7, 30), 0), "2025-10-12 23:59", "2025-10-06"),
        (Rhythm(time(7, 30), 6), "2025-10-06 09:00", "2025-10-05"),
        (Rhythm(time(2, 10)), "2024-03-01 01:00", "2024-02-29"),
    ],
)
def test_the_day_a_job_is_due_for(rhythm, now, day) -> None:
    assert rhythm.latest(datetime.fromisoformat(now)) == date.fromisoformat(day)


def test_it_is_due_by_the_clock_on_the_wall(app, clock, done) -> None:
    clock.now = datetime(2025, 10, 7, 1, 9, tzinfo=UTC)  # 02:09 in London
    running.run_due()
    clock.now += timedelta(minutes=1)
    running.run_due()
    assert [one for one in done if one[0] == "nightly"] == [("nightly", 0), ("nightly", 1)]


def test_each_is_done_once_for_its_day(app, clock, done) -> None:
    for _ in range(3):
        running.run_due()
        clock.move(minutes=1)
    assert done == [("nightly", 0), ("weekly", 0)]
    clock.move(days=1)
    running.run_due()
    assert done[2:] == [("nightly", 1)]
    assert runs("weekly") == [(0, True, False)]


def test_missed_days_are_made_up_for_once(app, clock, done) -> None:
    running.run_due()
    clock.move(days=16)
    for _ in range(2):
        running.run_due()
    assert done[2:] == [("nightly", 16), ("weekly", 14)]


def test_a_first_start_in_the_week_writes_to_nobody(app, clock, done) -> None:
    clock.move(days=2)
    running.run_due()
    assert done == [("nightly", 2)]
    clock.move(days=5)
    running.run_due()
    assert done[1:] == [("nightly", 7), ("weekly", 7)]


def test_two_workers_do_it_once(app, clock, done) -> None:
    job = running.JOBS["nightly"]
    assert running._begin(job, MONDAY, by_hand=False) is not None  # the first has begun
    assert running.run(job, MONDAY, by_hand=False) is None
    assert [one.name for one, _ in running.due()] == ["weekly"]
    assert done == []


def test_a_killed_run_is_taken_up_by_the_next(app, clock, done) -> None:
    running._begin(running.JOBS["nightly"], MONDAY, by_hand=False)
    clock.move(minutes=29)
    running.run_due()
    assert ("nightly", 0) not in done
    clock.move(minutes=1)
    running.run_due()
    assert done.count(("nightly", 0)) == 1
    assert runs("nightly") == [(0, False, False), (0, True, False)]


def test_an_error_is_told_and_tried_again_in_an_hour(app, clock, done, monkeypatch, caplog) -> None:
    def broken(day):
        done.append(("broken", 0))
        raise RuntimeError("boom")

    monkeypatch.setitem(running.JOBS, "nightly", replace(running.JOBS["nightly"], run=broken))
    for minutes in (0, 1, 58, 1):
        clock.move(minutes=minutes)
        running.run_due()
    assert done == [("broken", 0), ("weekly", 0), ("broken", 0)]
    assert runs("nightly") == [(0, True, True)] * 2
    assert "boom" in caplog.text
    with pytest.raises(RuntimeError, match="boom"):
        running.run(running.JOBS["nightly"], MONDAY)


def test_by_hand_a_job_runs_again(app, clock, done) -> None:
    for _ in range(2):
        assert running.run(running.JOBS["nightly"], MONDAY) == {"n": 1}
    assert done == [("nightly", 0)] * 2


def test_the_mail_of_a_day_is_one_row(app, world, clock, tmp_path, monkeypatch) -> None:
    from qitracker.config import Mail

    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], mail=Mail(folder=tmp_path)))
    assert running.send_mail()["sent"] == 0
    assert runs("mail") == []
    for number in range(2):
        write_letter(world.lead, LetterKind.ASKED, f"k{number}", "S", [Line("x", "/")])
        db.session.commit()
        running.send_mail()
        clock.move(minutes=1)
        running.send_mail()
    assert runs("mail") == [(0, True, False)]
    assert running.latest("mail").did["sent"] == 2


def test_commands_list_jobs_and_refuse_what_makes_no_sense(app) -> None:
    assert [line.split()[0] for line in list_jobs()] == list(JOBS)
    with pytest.raises(ValueError, match="There is no job 'nonsense'"):
        run_by_hand(app, "nonsense", None)
    with pytest.raises(ValueError, match="has not come yet"):
        run_by_hand(app, "standings", MONDAY + timedelta(1))


@pytest.mark.parametrize("name", list(JOBS))
def test_every_job_runs_on_an_empty_database_and_says_so(app, name, tmp_path) -> None:
    assert running.run(JOBS[name], MONDAY) is not None
    assert JOBS[name].did({}) == "Nothing to do"
    assert JOBS[name].did(dict.fromkeys(JOBS[name].words, 5000)).count("5,000") == len(JOBS[name].words)


def test_a_number_of_the_rules_that_is_set_asks_for_the_night_s_work_again_once_on_that_day(app, clock, done) -> None:
    again = replace(running.JOBS["nightly"], again=JOBS["standings"].again)
    running.JOBS["nightly"] = again
    running.run_due()
    clock.move(hours=3)
    assert list(running.due()) == []
    db.session.add(Event(noun="rule number", noun_id="1", verb="changed", at=clock.now))
    db.session.commit()
    clock.move(minutes=1)
    running.run_due()
    assert [one for one in done if one[0] == "nightly"] == [("nightly", 0), ("nightly", 0)]
    clock.move(minutes=1)
    assert list(running.due()) == []
