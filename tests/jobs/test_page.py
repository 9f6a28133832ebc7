"""The page of jobs: when each last ran, what it did, what failed, and whether anybody is looking."""

from dataclasses import replace
from datetime import date

import pytest

from qitracker.jobs import running
from qitracker.jobs.table import JOBS
from qitracker.letters.kinds import LetterKind
from qitracker.letters.sending import MOST_TRIES
from qitracker.letters.writing import Line, write_letter
from qitracker.models import JobRun, db
from qitracker.plumbing import clock as now

TODAY = date(2025, 10, 6)


def page(browser, person):
    return " ".join(browser(person).get("/jobs").get_data(as_text=True).split())


def test_before_anything_has_run(browser, world) -> None:
    text = page(browser, world.hub)
    assert text.count("It has not run yet.") == 4
    assert "Each Monday at 07:30." in text
    assert "No letter waits." in text
    assert "qitracker worker" in text  # the nightly ones should have run


def test_what_each_did(browser, world, clock) -> None:
    world.project()
    for job in JOBS.values():
        running.run(job, TODAY)
    text = page(browser, world.admin)
    assert "1 project looked at, 1 changed." in text
    assert "for 6 October 2025" in text
    assert "Late" not in text
    clock.move(days=1, hours=3)
    assert "Late" in page(browser, world.admin)


def test_what_failed_and_what_was_interrupted(browser, world, clock) -> None:
    def broken(day):
        raise RuntimeError("an inside of ours")

    running.run(replace(JOBS["standings"], run=broken), TODAY, by_hand=False)
    running._begin(JOBS["tidy"], TODAY, by_hand=False)
    text = page(browser, world.hub)
    assert "It stopped with an error." in text
    assert "It is running." in text
    assert "an inside of ours" not in text
    clock.move(minutes=30)
    assert "It was interrupted. The next run goes on from there." in page(browser, world.hub)


def test_letters_that_wait_and_those_given_up(browser, world, clock) -> None:
    letters = [
        write_letter(world.lead, LetterKind.ASKED, f"k{n}", "A secret subject", [Line("x", "/")]) for n in (1, 2)
    ]
    letters[1].tries, letters[1].problem = MOST_TRIES, "The person has left."
    db.session.add(JobRun(job="standings", day=TODAY, started_at=now.now(), ended_at=now.now(), did={}))
    db.session.add(JobRun(job="tidy", day=TODAY, started_at=now.now(), ended_at=now.now(), did={}))
    db.session.commit()
    text = page(browser, world.hub)
    assert "1 letter waits to be sent." in text
    assert "<li>1 letter. The person has left.</li>" in text
    assert "secret" not in text
    assert "qitracker worker" not in text
    clock.move(minutes=61)
    assert "qitracker worker" in page(browser, world.hub)


def test_the_page_is_for_the_hub_and_administrators(browser, world) -> None:
    for person, status in (
        (world.hub, 200),
        (world.admin, 200),
        (world.lead, 403),
        (world.coach, 403),
        (world.staff, 403),
    ):
        assert browser(person).get("/jobs").status_code == status


def test_each_can_be_run_by_hand_for_a_day_and_the_page_says_how(browser, world) -> None:
    text = page(browser, world.admin)
    for name, job in JOBS.items():
        day = f" --day {now.today().isoformat()}" if job.rhythm.at else ""
        assert f"<code>qitracker job {name}{day}</code>" in text


@pytest.mark.parametrize(
    ("name", "counts", "words"),
    [
        ("standings", {"looked_at": 1, "changed": 1}, "1 project looked at, 1 changed"),
        ("standings", {"looked_at": 5000}, "5,000 projects looked at"),
        ("digest", {"people": 1, "written": 1}, "1 person looked at, 1 letter written"),
        ("tidy", {"tries": 1, "letters": 2}, "1 old try to sign in, 2 old letters"),
        ("mail", {}, "Nothing to do"),
    ],
)
def test_what_a_job_did_is_counted_in_words(name, counts, words) -> None:
    assert JOBS[name].did(counts) == words
