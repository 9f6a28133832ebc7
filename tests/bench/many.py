"""Pages over 5,000 projects, the hub's and a coach's: server time and SQL statements."""

from collections.abc import Callable, Iterator

from flask import Flask

from tests.bench.hub import HUB, N_PROJECTS
from tests.bench.pages import COUNTED, Statements, measure
from tests.bench.seeding import PASSWORD
from tests.bench.tables import met, middle, ms, share, table
from tests.bench.visiting import Visitor, in_process
from tests.bench.wards import N_COACHES, N_PEOPLE, account_of

MOST_SECONDS, MOST_QUERIES = 0.150, 14  # "under 15 queries, under 150 ms server time"
COACH = N_PEOPLE - N_COACHES
N_COACHED = sum(number % N_COACHES == 0 and number % 9 > 0 for number in range(N_PROJECTS))  # as hub.py gives them out


def measure_lists(app: Flask, engine: str) -> list[bool]:
    """Each page fifty times after a warm-up; whether each goal is met."""
    counting = Statements(app)
    found = [measure(name, ask, counting) for name, ask in _pages(app)]
    goals = [middle(one.took) < MOST_SECONDS and one.n_queries <= MOST_QUERIES for one in found]
    table(
        f"Lists over {N_PROJECTS:,} projects of three years, {engine}; median of {COUNTED}; goal: below {ms(MOST_SECONDS)} ms and at most {MOST_QUERIES} queries",
        ("page", "median ms", "p95 ms", "processor ms", "queries", "KiB", "goal"),
        [
            (
                one.name, ms(middle(one.took)), ms(share(one.took, 95)), ms(middle(one.worked)), one.n_queries,
                round(one.size / 1024), met(is_met),
            )
            for one, is_met in zip(found, goals, strict=True)
        ],
    )  # fmt: skip
    return goals


def _pages(app: Flask) -> Iterator[tuple[str, Callable[[], tuple[int, str]]]]:
    hub, coach = (
        Visitor(in_process(app.test_client(use_cookies=False))).sign_in(account_of(person), PASSWORD)
        for person in (HUB, COACH)
    )
    filtered = "/hub/projects?state=stalled&state=quiet&shows=improvement&q=falls&snoozed=no"
    yield "hub home", lambda: hub.get("/hub/")
    yield "hub home, everything", lambda: hub.get("/hub/?all=yes")
    yield "at a glance, all", lambda: hub.get("/hub/projects")
    yield "at a glance, page 100", lambda: hub.get("/hub/projects?page=100")
    yield "at a glance, filtered", lambda: hub.get(filtered)
    yield "new projects", lambda: hub.get("/hub/intake")
    yield "what is working", lambda: hub.get("/hub/working")
    yield "who else tried this", lambda: hub.get("/hub/working?q=falls+at+night+with+pain")
    yield "flow", lambda: hub.get("/hub/flow")
    yield "programmes", lambda: hub.get("/hub/programmes?q=falls")
    yield "the register", lambda: hub.get("/projects/?q=falls")
    yield f"a coach's queue, {N_COACHED} projects", lambda: coach.get("/coaching/")
