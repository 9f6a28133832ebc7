"""Fifty people without think time at the real server: pages for a while, then numbers; and whether all were kept."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, undefer

from qitracker.config import ROOT
from qitracker.measures.analysing import analyse
from qitracker.models import ChartDecision, Event, Point, Series
from qitracker.plumbing.database import make_engine
from tests.bench.crowd import Answer
from tests.bench.pages import first_days, numbers_for, projects_of, series_of
from tests.bench.seeding import PASSWORD, Rows
from tests.bench.tables import met, ms, say, share, table
from tests.bench.visiting import Visitor, at_server
from tests.bench.wards import account_of

N_PEOPLE, SECONDS, N_CROWDS = 50, 20, 2
JOBS_EACH = 400  # more numbers than one person can send in the time
FEWEST_PAGES, FEWEST_POSTS = 100, 60  # a second
SLOWEST_PAGE, SLOWEST_POST = 1.0, 2.0  # p95, seconds
PAGES = ("/projects/mine", "/projects/", "/projects/{p}/", "/projects/{p}/measures/", "/series/{s}/", "/series/{s}/chart.json",
         "/projects/{p}/ideas/", "/projects/{p}/drivers/", "/projects/{p}/cycles/", "/projects/{p}/history", "/series/{s}/add")  # fmt: skip


def measure_load(port: int, url: str, rows: Rows, engine: str) -> bool:
    """Both tables; whether every goal is met."""
    busy = os.getloadavg()[0]
    with ThreadPoolExecutor(8) as signing_in:
        people = list(signing_in.map(lambda one: _sign_in(port, one), range(N_PEOPLE)))
    pages = run(port, [{"cookie": one.cookie, "paths": _paths(rows, place)} for place, one in enumerate(people)])
    first = first_days(rows)
    jobs = [_jobs(rows, place, first) for place in range(N_PEOPLE)]
    posts = run(
        port, [{"cookie": one.cookie, "csrf": one.csrf, "jobs": jobs[place]} for place, one in enumerate(people)]
    )
    wrong_pages = [one for one in pages if one[1] != 200]
    wrong_posts = [one for one in posts if one[1] != 303]
    kept = check(url, jobs, posts)
    good_pages = not wrong_pages and len(pages) / SECONDS >= FEWEST_PAGES and share(_times(pages), 95) < SLOWEST_PAGE
    good_posts = not wrong_posts and len(posts) / SECONDS >= FEWEST_POSTS and share(_times(posts), 95) < SLOWEST_POST
    table(
        f"Load, {engine}: {N_PEOPLE} people without think time, {SECONDS} s each, load average before {busy:.1f}; "
        f"goals: {FEWEST_PAGES} pages/s within {SLOWEST_PAGE:g} s and {FEWEST_POSTS} posts/s within {SLOWEST_POST:g} s (p95), no error",
        ("what", "answers", "per second", "p50 ms", "p95 ms", "longest ms", "errors", "goal"),
        [
            _row("pages read", pages, len(wrong_pages), good_pages),
            _row("numbers added", posts, len(wrong_posts), good_posts),
        ],
    )
    table(
        f"Every number that was acknowledged, {engine}; goal: none lost, none twice",
        ("acknowledged", "sent twice", "without row", "other value", "not one event", "charts not up to date", "goal"),
        [(*kept, met(not any(kept[2:])))],
    )
    for status, count in Counter(one[1] for one in wrong_pages + wrong_posts).items():
        say(f"answered {status or 'nothing'}: {count}")
    return good_pages and good_posts and not any(kept[2:])


def run(port: int, people: Sequence[dict[str, Any]]) -> list[Answer]:
    """All of them for the seconds, from processes of their own; what each was answered."""
    plans = [
        json.dumps({"port": port, "seconds": SECONDS, "people": people[first::N_CROWDS]}) for first in range(N_CROWDS)
    ]
    with ThreadPoolExecutor(N_CROWDS) as crowds:
        return [tuple(one) for answers in crowds.map(_crowd, plans) for one in answers]


def _crowd(plan: str) -> list[Any]:
    command = [sys.executable, "-m", "tests.bench.crowd"]
    done = subprocess.run(
        command, input=plan, capture_output=True, text=True, check=True, timeout=SECONDS + 60, cwd=ROOT
    )
    answers: list[Any] = json.loads(done.stdout)
    return answers


def check(url: str, jobs: Sequence[Any], posts: Sequence[Answer]) -> tuple[int, int, int, int, int, int]:
    """How many numbers were acknowledged and how many of those were sent twice; then all that must be 0.

    Those are: without a row, with another value, with no event or several, series whose stored analysis is not
    that of their points.
    """
    sent = {(series, fields["on"]): float(fields["first"]) for mine in jobs for series, fields in mine}
    acknowledged: set[tuple[str, str]] = set()
    answers = Counter(one[4] for one in posts if one[1] == 303)
    engine = make_engine(url)
    with Session(engine) as session:
        events = {one.id: one for one in session.scalars(select(Event).where(Event.id.in_(_event_ids(posts))))}
        for number in _event_ids(posts):
            series, _, on = events[number].noun_id.partition("/") if number in events else ("", "", "")
            acknowledged.add((series, on))
        touched = {UUID(series) for series, _ in acknowledged if series}
        stored = {
            (str(one.series_id), one.on.isoformat()): one.value
            for one in session.scalars(select(Point).where(Point.series_id.in_(touched)))
        }
        theirs = select(Series.project_id).where(Series.id.in_(touched))
        named = select(Event.noun_id).where(Event.noun == "point", Event.verb == "added", Event.project_id.in_(theirs))
        counted = Counter(session.scalars(named))
        behind = sum(not _is_current(session, one) for one in _series(session, touched))
    engine.dispose()
    n_lost = sum(place not in stored for place in acknowledged)
    n_other = sum(place in stored and stored[place] != sent.get(place) for place in acknowledged)
    n_told = sum(counted[f"{series}/{on}"] != 1 for series, on in acknowledged)
    n_twice = sum(count > 1 for count in answers.values())
    return len(answers), n_twice, n_lost + len(answers) - len(acknowledged), n_other, n_told, behind


def _event_ids(posts: Sequence[Answer]) -> set[int]:
    """The event each acknowledged number names in the address it leads to."""
    return {int(one[3].partition("saved=")[2]) for one in posts if one[1] == 303 and "saved=" in one[3]}


def _series(session: Session, ids: set[UUID]) -> Sequence[Series]:
    wanted = select(Series).where(Series.id.in_(ids)).options(undefer(Series.analysis), joinedload(Series.measure))
    return session.scalars(wanted).all()


def _is_current(session: Session, series: Series) -> bool:
    """Whether what is stored is the analysis of the points as they are."""
    points = session.scalars(select(Point).where(Point.series_id == series.id).order_by(Point.on)).all()
    decided = select(ChartDecision).where(ChartDecision.series_id == series.id).order_by(ChartDecision.on)
    found = analyse(series, series.measure, points, session.scalars(decided).all())
    return found is not None and found.to_json() == series.analysis and series.n_points == len(points)


def _sign_in(port: int, person: int) -> Visitor:
    return Visitor(at_server(port)).sign_in(account_of(person), PASSWORD)


def _paths(rows: Rows, person: int) -> list[str]:
    """The main pages over this person's projects, from another one on for each person."""
    projects = projects_of(rows, person)
    every = [
        page.format(p=project, s=series_of(rows, [project], place % 3)[0])
        for project in projects
        for place, page in enumerate(PAGES)
    ]
    first = person * 7 % len(every)
    return every[first:] + every[:first]


def _jobs(rows: Rows, person: int, first: dict[Any, date]) -> list[tuple[str, dict[str, str]]]:
    """Numbers for the projects this person leads, so that no two people send the same."""
    key = rows["person"][person]["id"]
    led = [row["id"] for row in rows["project"] if row["lead_id"] == key]
    return list(islice(numbers_for(rows, led, first), JOBS_EACH))


def _times(answers: Sequence[Answer]) -> list[float]:
    return [one[2] for one in answers]


def _row(name: str, answers: Sequence[Answer], n_wrong: int, is_met: bool) -> tuple[object, ...]:
    times = _times(answers)
    return (
        name, len(answers), f"{len(answers) / SECONDS:.0f}", ms(share(times, 50)), ms(share(times, 95)), ms(max(times)),
        n_wrong, met(is_met),
    )  # fmt: skip
