"""The list at a glance: filters in the address, views that are kept, the same as a file."""

import csv
import io
import uuid
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from qitracker.hub.filters import NOBODY, REASON_NAMES, Filters, read
from qitracker.letters.writing import address_of
from qitracker.measures.analysing import analyse_again
from qitracker.method.cycles import CycleKind
from qitracker.method.measures import DataType, MeasureKind, Rhythm
from qitracker.method.methods import METHODS
from qitracker.method.roles import Role
from qitracker.method.stalled import states
from qitracker.models import (
    Aim,
    Barrier,
    CoachReview,
    Cycle,
    Event,
    Measure,
    Point,
    Programme,
    ProgressScore,
    SavedView,
    Scorer,
    Series,
    Standing,
    db,
)
from qitracker.people.actions import give_role, switch_off
from qitracker.plumbing import clock
from qitracker.spc import Chart, Direction
from tests.hub.conftest import REASON


def titles(client, query):
    page = client.get(f"/hub/projects?{query}")
    assert page.status_code == 200
    return {title for title in ("Alpha", "Beta", "Gamma") if f">{title}</a>" in page.text}


@pytest.fixture
def three(world, hub):
    alpha = hub.project("Alpha", "stalled", coach=True, gain=date(2025, 6, 1))
    slipped = [{**REASON, "code": "measure_overdue"}, {**REASON, "code": "same_step", "sentence": "Same step."}]
    beta = hub.project(
        "Beta", "quiet", told="team", reasons=slipped, stage="understand", hidden_until=date(2025, 10, 9)
    )
    gamma = hub.project("Gamma", "sustaining", stage="sustain")
    gamma.closed_at = clock.now()
    gamma.level = "meso"
    gamma.method, gamma.stage = "model_for_improvement", METHODS["model_for_improvement"].stages[-1].key
    beta.unit_id = world.ward21.id
    programme = Programme(organisation_id=world.hospital.id, name="Safer", made_at=clock.now())
    db.session.add(programme)
    db.session.flush()
    alpha.programme_id = programme.id
    db.session.commit()
    return {"programme": programme.id, "coach": world.coach.id, "ward21": world.ward21.id, "top": world.medicine.id}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Alpha", "Beta", "Gamma"}),
        ("state=stalled", {"Alpha"}),
        ("state=stalled&state=quiet", {"Alpha", "Beta"}),
        ("state=nonsense", {"Alpha", "Beta", "Gamma"}),
        ("stage=understand", {"Beta"}),
        ("level=meso", {"Gamma"}),
        ("method=model_for_improvement", {"Gamma"}),
        ("unit={ward21}", {"Beta"}),
        ("unit={top}", {"Alpha", "Beta", "Gamma"}),
        ("unit=nonsense", {"Alpha", "Beta", "Gamma"}),
        ("programme={programme}", {"Alpha"}),
        ("coach={coach}", {"Alpha"}),
        ("coach=none", {"Beta"}),
        ("reason=no_cycle", {"Alpha"}),
        ("reason=same_step", {"Beta"}),
        ("reason=cycle", {"Alpha", "Beta", "Gamma"}),
        ("shows=improvement", {"Alpha"}),
        ("shows=too_few", {"Beta", "Gamma"}),  # each project shows one thing at most
        ("told=hub", {"Alpha"}),
        ("snoozed=yes", {"Beta"}),
        ("snoozed=no", {"Alpha", "Gamma"}),
        ("closed=no", {"Alpha", "Beta"}),
        ("q=alpha", {"Alpha"}),
        ("q=ABOUT+what", {"Alpha", "Beta", "Gamma"}),
        ("q=100%25", set()),
        ("q=%00alpha", {"Alpha"}),
        ("state=quiet&coach={coach}", set()),
    ],
)
def test_each_filter_of_the_address(browser, world, three, query, found):
    assert titles(browser(world.hub), query.format(**three)) == found


def test_a_place_of_another_organisation_finds_nothing(browser, world, hub):
    hub.project("Alpha", elsewhere=True)
    assert titles(browser(world.hub), f"unit={world.other_ward.id}") == set()
    assert titles(browser(world.outsider), f"unit={world.other_ward.id}") == {"Alpha"}


def test_filters_survive_the_way_into_the_address_and_back():
    key = uuid.uuid4()
    wanted = Filters(
        words="a & b=c?", unit=key, programme=key, level="micro", method="lancashire", coach=NOBODY, stage="deliver",
        states=("quiet", "stalled"), reason="no_cycle", shows="concern", told="hub", snoozed="no", closed="no",
    )  # fmt: skip
    assert read(MultiDict(wanted.pairs())) == wanted
    assert read(MultiDict()) == Filters()
    assert Filters().address("/hub/projects") == "/hub/projects"


def test_each_reason_that_a_rule_can_give_has_a_name_here():
    """The codes of the tests in the table, and of a pause."""
    tables = (states.WORK_TESTS, states.SUSTAIN_TESTS)
    named = {test.__name__ for table in tables for test in table}
    unnamed = {name for name in named if name not in REASON_NAMES}
    assert unnamed == set()
    assert "paused" in REASON_NAMES


def test_the_row_says_all_that_matters(browser, world, hub):
    project = hub.project("Alpha", coach=True, team_score=25, suggested=30, last_review=date(2025, 9, 2))
    now = clock.now()
    of = {"project_id": project.id}
    measure = Measure(
        **of, name="Falls", kind=MeasureKind.OUTCOME, data_type=DataType.PROPORTION, chart=Chart.P, unit="%",
        direction=Direction.DECREASE, rhythm=Rhythm.MONTH, made_at=now, multiply=100,
    )  # fmt: skip
    db.session.add(measure)
    db.session.flush()
    series = Series(**of, measure_id=measure.id, unit_id=world.ward18.id)
    db.session.add(series)
    db.session.flush()
    for month in range(1, 9):
        db.session.add(Point(series_id=series.id, on=date(2025, month, 1), numerator=9, denominator=100))
    analyse_again(series)
    db.session.get(Standing, project.id).series_id = series.id
    give_role(world.manager, Role.SPONSOR, by=None, project=project)
    db.session.add_all(
        [
            Aim(**of, what="falls", unit="%", population="", start=12, target=6, series_id=series.id, written_at=now),
            Cycle(**of, number=1, title="Socks", kind=CycleKind.TEST, made_at=now, started=date(2025, 9, 3)),
            ProgressScore(**of, scorer=Scorer.TEAM, tenths=25, on=date(2025, 8, 1), at=now, by_id=world.lead.id),
            CoachReview(
                **of, by_id=world.coach.id, on=date(2025, 9, 2), at=now, stage="deliver", next_step="Weigh the bags",
                next_step_owner_id=world.lead.id, next_step_on=date(2025, 10, 20),
            ),
            Barrier(**of, text="No scales on the ward", by_id=world.lead.id, at=now),
            Barrier(**of, text="Cleared long ago", by_id=world.lead.id, at=now - timedelta(9), cleared_at=now),
        ]
    )  # fmt: skip
    db.session.commit()
    page = browser(world.hub).get("/hub/projects").text
    for words in (
        "12.0% → <strong>9.0%</strong> → 6.0%", "Last number 1 Aug 2025, <strong>next was due 1 Oct 2025</strong>", "1 PDSA, last 3 Sep 2025, 1 open",
        "<strong>2.5</strong>", "2 months ago", "<strong>3.0</strong>", "Weigh the bags, Role lead, 20 Oct 2025",
        "No scales on the ward", "Coach: Role coach. Sponsor: Role manager. Last review: 2 Sep 2025", "<svg",
    ):  # fmt: skip
        assert words in page, words
    assert "Cleared long ago" not in page


def rows_of(client, query=""):
    answer = client.get(f"/hub/projects.csv{query}")
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


def test_the_file_holds_the_same_list_and_no_formula(browser, world, hub):
    hub.project('=HYPERLINK("x")', reasons=[{**REASON, "sentence": "+1 reason"}])
    hub.project("Second", "active")
    hub.project("Canary private", private=True)
    hub.project("Canary elsewhere", elsewhere=True)
    client = browser(world.hub)
    rows = rows_of(client)
    assert [row["project"] for row in rows] == ['\'=HYPERLINK("x")', "Second"]
    assert rows[0]["reasons"] == "'+1 reason"
    assert rows[0]["state"] == "Stalled"
    assert rows[0]["address"].startswith(address_of("/projects/"))  # a file opened elsewhere still leads here
    assert [row["project"] for row in rows_of(client, "?state=active")] == ["Second"]
    assert rows_of(client, "?q=nothing+like+it") == []


def test_who_has_left_is_named_as_the_lead_nowhere(browser, world, hub):
    give_role(world.lead, Role.PROJECT_LEAD, by=None, project=hub.project("Orphan"))
    client = browser(world.hub)
    assert rows_of(client)[0]["lead"] == "Role lead"
    switch_off(world.lead, by=world.admin)
    db.session.commit()
    assert rows_of(client)[0]["lead"] == ""
    assert "Role lead" not in client.get("/projects/?q=orphan").text


@pytest.mark.parametrize(
    ("ended", "sentence"),
    [("stopped_learnt", "Closed: stopped, and learnt from."), ("achieved", "Closed: aim achieved."), (None, "Closed.")],
)
def test_closed_work_says_how_it_ended_and_promises_no_watch(browser, world, hub, ended, sentence):
    project = hub.project("Over", "sustaining", reasons=[])
    project.closed_at, project.closing = clock.now(), ended
    db.session.get(Standing, project.id).sentence = ""
    db.session.commit()
    assert [row["reasons"] for row in rows_of(browser(world.hub))] == [sentence]


def test_a_file_of_several_blocks_keeps_its_order(browser, world, hub, monkeypatch):
    monkeypatch.setattr("qitracker.hub.exporting.BLOCK", 2)
    for number in range(5):
        hub.project(f"Number {number}", weight=10 - number)
    assert [row["project"][-1] for row in rows_of(browser(world.hub))] == ["4", "3", "2", "1", "0"]


def test_a_list_is_kept_under_a_name_taken_up_again_and_deleted(browser, world, three):
    client = browser(world.hub)
    saved = client.post("/hub/views", data={"name": "Mine", "query": "state=stalled&nonsense=1&page=3"})
    assert saved.location == "/hub/projects?state=stalled"
    client.post("/hub/views", data={"name": "Mine", "query": "state=quiet"})
    view = db.session.scalars(select(SavedView)).one()
    assert (view.query, view.person_id) == ("state=quiet", world.hub.id)
    assert 'href="/hub/projects?state=quiet">Mine</a>' in client.get("/hub/projects").text
    assert ">Mine</a>" not in browser(world.executive).get("/hub/projects").text
    browser(world.executive).post("/hub/views/delete", data={"view": str(view.id)})
    assert db.session.get(SavedView, view.id) is not None
    client.post("/hub/views/delete", data={"view": str(view.id)})
    assert db.session.scalars(select(SavedView)).all() == []
    verbs = db.session.scalars(select(Event.verb).where(Event.noun == "view").order_by(Event.id)).all()
    assert verbs == ["saved", "saved", "deleted"]


@pytest.mark.parametrize("name", ["", " ", "x" * 81, "a\0b"])
def test_a_view_needs_a_name(browser, world, hub, name):
    answer = browser(world.hub).post("/hub/views", data={"name": name, "query": "state=stalled"})
    assert answer.status_code == 422
    assert 'name="query" value="state=stalled"' in answer.text


def test_an_empty_list_says_what_to_do(browser, world, hub):
    page = browser(world.hub).get("/hub/projects?q=nothing").text
    assert "Nothing matches" in page
    assert "Take a filter away" in page
