"""What people decide about a chart: stored with reason and person, shown, taken back, analysed at once."""

from datetime import date

import pytest
from sqlalchemy import func, select

from qitracker.measures import actions
from qitracker.measures.analysing import analyse_again
from qitracker.models import ChartDecision, DecisionKind, Event, Note, db
from qitracker.spc import Analysis


def decide(browser, person, series, **more):
    data = {"kind": "phase", "on": "2024-06-01", "reason": "Bleed trolleys", **more}
    return browser(person).post(f"/series/{series.id}/decide", data=data)


def analysis_of(series):
    return Analysis.from_json(series.analysis)


def test_a_phase_is_stored_with_its_reason_and_the_chart_shows_it(browser, world, bleeds):
    answer = decide(browser, world.member, bleeds)
    assert answer.status_code == 303
    (decision,) = db.session.scalars(select(ChartDecision)).all()
    assert (decision.kind, decision.on, decision.reason) == (DecisionKind.PHASE, date(2024, 6, 1), "Bleed trolleys")
    assert decision.by_id == world.member.id
    assert [phase.number for phase in analysis_of(bleeds).phases] == [1, 2]
    event = db.session.scalars(select(Event).where(Event.noun == "chart_decision")).one()
    assert (event.verb, event.why, event.by_id) == ("added", "Bleed trolleys", world.member.id)
    assert event.project_id == bleeds.project_id


def test_a_frozen_baseline_holds_later_numbers_against_it(browser, world, bleeds):
    assert decide(browser, world.lead, bleeds, kind="freeze", on="2024-05-01").status_code == 303
    assert sum(analysis_of(bleeds).baseline) == 24


def test_a_point_left_out_stays_on_the_chart(browser, world, bleeds):
    assert decide(browser, world.lead, bleeds, kind="leave_out", on="2025-09-01").status_code == 303
    analysis = analysis_of(bleeds)
    assert analysis.included[-1] is False
    assert analysis.y[-1] is not None


def test_taking_back_restores_the_chart_and_leaves_an_event(browser, world, bleeds):
    before = bleeds.analysis
    decide(browser, world.lead, bleeds)
    (decision,) = db.session.scalars(select(ChartDecision)).all()
    answer = browser(world.lead).post(f"/series/{bleeds.id}/decisions/{decision.id}/take-back")
    assert answer.status_code == 303
    assert bleeds.analysis == before
    assert db.session.scalar(select(func.count()).select_from(ChartDecision)) == 0
    event = db.session.scalars(select(Event).where(Event.noun == "chart_decision", Event.verb == "removed")).one()
    assert event.old["reason"] == "Bleed trolleys"


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"reason": ""}, "Say why"),
        ({"kind": "delete"}, "Choose one from the list"),
        ({"kind": ""}, "Choose what you decide"),
        ({"on": "2024-06-02"}, "Choose one from the list"),
        ({"on": "2031-01-01"}, "Choose one from the list"),
        ({"on": "yesterday"}, "There is a problem"),
        ({"on": ""}, "There is a problem"),
        ({"on": "2022-06-01"}, "The first phase starts with the first number anyway"),
    ],
)
def test_a_decision_is_about_a_number_that_exists_and_has_a_reason(browser, world, bleeds, more, sentence):
    answer = decide(browser, world.lead, bleeds, **more)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert db.session.scalar(select(func.count()).select_from(ChartDecision)) == 0


@pytest.mark.parametrize("typed", ["\x00", "\ud800", "x" * 10_000, "<script>alert(1)</script>"])
def test_nonsense_in_the_reason_never_breaks_the_page(browser, world, bleeds, typed):
    answer = decide(browser, world.lead, bleeds, reason=typed.encode("utf-8", "surrogatepass"))
    assert answer.status_code in {303, 422}
    assert "<script>alert" not in browser(world.lead).get(f"/series/{bleeds.id}/").text


def test_the_same_decision_twice_is_told_not_stored_twice(browser, world, bleeds):
    decide(browser, world.lead, bleeds)
    again = decide(browser, world.lead, bleeds, reason="Once more")
    assert again.status_code == 422
    assert "decided about this number already" in again.text
    assert db.session.scalar(select(func.count()).select_from(ChartDecision)) == 1


def test_the_offer_of_a_phase_arrives_filled_in(browser, world, bleeds):
    text = browser(world.lead).get(f"/series/{bleeds.id}/decide?kind=phase&on=2024-06-01").text
    assert '<option value="2024-06-01" selected>June 2024</option>' in " ".join(text.split())
    for nonsense in ("?kind=x&on=y", "?on=2024-99-99", "?kind=phase&on=1"):
        assert browser(world.lead).get(f"/series/{bleeds.id}/decide{nonsense}").status_code == 200


def test_without_numbers_there_is_nothing_to_decide(browser, world, minutes):
    assert "There are no numbers yet" in browser(world.lead).get(f"/series/{minutes.id}/decide").text


def test_readers_may_not_decide_and_outsiders_find_nothing(browser, world, bleeds):
    actions.decide(bleeds, by=world.lead, kind=DecisionKind.PHASE, on=date(2024, 6, 1), reason="x")
    (decision,) = db.session.scalars(select(ChartDecision)).all()
    paths = [
        f"/series/{bleeds.id}/decide",
        f"/series/{bleeds.id}/decisions/{decision.id}/take-back",
        f"/series/{bleeds.id}/notes/new",
    ]
    for path in paths:
        assert browser(world.staff).post(path, data={}).status_code == 403
        assert browser(world.outsider).post(path, data={}).status_code in {403, 404}
    assert db.session.scalar(select(func.count()).select_from(ChartDecision)) == 1


def test_a_decision_of_another_series_is_not_found_here(browser, world, bleeds, white):
    actions.decide(white, by=world.lead, kind=DecisionKind.PHASE, on=date(2024, 6, 1), reason="x")
    (decision,) = db.session.scalars(select(ChartDecision)).all()
    assert browser(world.lead).post(f"/series/{bleeds.id}/decisions/{decision.id}/take-back").status_code == 404


def test_a_note_is_put_on_the_chart_and_taken_off(browser, world, bleeds):
    client = browser(world.lead)
    before = bleeds.analysis
    data = {"on-day": "12", "on-month": "9", "on-year": "2023", "text": "New scales", "changes_measurement": "yes"}
    assert client.post(f"/series/{bleeds.id}/notes/new", data=data).status_code == 303
    (note,) = db.session.scalars(select(Note)).all()
    assert (note.on, note.text, note.changes_measurement) == (date(2023, 9, 12), "New scales", True)
    assert client.post(f"/series/{bleeds.id}/notes/{note.id}/remove").status_code == 303
    assert db.session.scalar(select(func.count()).select_from(Note)) == 0
    assert bleeds.analysis == before
    verbs = db.session.scalars(select(Event.verb).where(Event.noun == "note").order_by(Event.id)).all()
    assert verbs == ["added", "removed"]


@pytest.mark.parametrize(
    "more", [{"text": ""}, {"on": "31/02/2024"}, {"on": "12/9/2031"}, {"on": ""}, {"text": "\x00"}]
)
def test_a_note_needs_a_day_and_words(browser, world, bleeds, more):
    data = {"on": "12/9/2023", "text": "New scales", **more}
    assert browser(world.lead).post(f"/series/{bleeds.id}/notes/new", data=data).status_code == 422


def test_decisions_whose_point_is_gone_do_no_harm(browser, world, bleeds):
    from qitracker.models import Point

    for kind, on in ((DecisionKind.PHASE, date(2024, 6, 1)), (DecisionKind.LEAVE_OUT, date(2025, 9, 1))):
        actions.decide(bleeds, by=world.lead, kind=kind, on=on, reason="x")
        db.session.delete(db.session.query(Point).filter_by(series_id=bleeds.id, on=on).one())
    assert analyse_again(bleeds) is not None
    assert browser(world.lead).get(f"/series/{bleeds.id}/").status_code == 200


def test_leaving_out_every_point_leaves_a_page_that_stands(browser, world, minutes):
    from tests.measures.conftest import with_values

    with_values(minutes, [3.0, 4.0])
    for on in (date(2024, 1, 1), date(2024, 1, 8)):
        actions.decide(minutes, by=world.lead, kind=DecisionKind.LEAVE_OUT, on=on, reason="x")
    client = browser(world.lead)
    assert client.get(f"/series/{minutes.id}/").status_code == 200
    assert client.get(f"/series/{minutes.id}/chart.json").status_code == 200
