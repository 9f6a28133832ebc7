"""Round the circle: plan, do, study, act, and the next cycle starts from what was learnt."""

from datetime import date

import pytest

from qitracker.method.cycles import Decision, Scale, Verdict
from qitracker.method.ideas import IdeaStatus
from qitracker.models import Cycle, Event, Idea, db
from tests.cycles.rounds import cycle_at, day, make_idea, make_series, new, planned


def test_from_plan_to_the_next_cycle(lead, project, idea, series, world):
    answer = new(
        lead,
        project,
        idea_id=str(idea.id),
        scale="one_shift",
        series_id=str(series.id),
        owner_id=str(world.member.id),
        question_1="Will falls be seen?",
        prediction_1="We see all of them",
        task_1="Print the sheet",
        who_1="Sister",
        change="One nurse stays in the bay",
        **day("planned_start", date(2025, 9, 1)),
        **day("planned_end", date(2025, 9, 30)),
    )
    assert answer.status_code == 303
    cycle = cycle_at(answer)
    question, task = cycle.questions[0], cycle.tasks[0]
    assert (cycle.number, cycle.scale, cycle.owner_id) == (1, Scale.ONE_SHIFT, world.member.id)
    assert idea.status is IdeaStatus.TESTING
    page = lead.get(answer.location).text
    assert "Ready to study" in page
    assert "Print the sheet" in page

    said = {"happened": "Four nights, two falls", "as_planned": "no", f"done_{task.id}": "yes"}
    assert lead.post(f"/cycles/{cycle.id}/do", data=said).status_code == 303
    assert (cycle.happened, cycle.as_planned, cycle.tasks[0].is_done) == ("Four nights, two falls", False, True)

    study = lead.get(f"/cycles/{cycle.id}/study").text
    assert "We see all of them" in study
    assert "September 2025" in study
    assert "in the test" in study
    assert f"/series/{series.id}/" in study
    seen = {
        f"verdict_{question.id}": "partly",
        f"saw_{question.id}": "We saw two of three",
        "learnt": "Stools are needed",
    }
    assert lead.post(f"/cycles/{cycle.id}/study", data=seen).status_code == 303
    assert (question.verdict, question.saw) == (Verdict.PARTLY, "We saw two of three")
    assert cycle.studied_at is not None

    act = {"decision": "adapt", "next_change": "A stool in the bay", "confidence": "4"}
    assert lead.post(f"/cycles/{cycle.id}/act", data=act).status_code == 303
    assert (cycle.decision, cycle.confidence, idea.status) == (Decision.ADAPT, 4, IdeaStatus.ADAPTED)
    page = lead.get(f"/cycles/{cycle.id}/").text
    assert f"follows={cycle.id}" in page

    form = lead.get(f"/projects/{project.id}/cycles/new?follows={cycle.id}").text
    assert "A stool in the bay" in form
    assert "Will falls be seen?" in form
    assert "We see all of them" not in form
    second = new(lead, project, path=f"new?follows={cycle.id}", idea_id=str(idea.id))
    assert (cycle_at(second).number, cycle_at(second).follows_id) == (2, cycle.id)
    log = lead.get(f"/projects/{project.id}/cycles/").text
    assert "2 cycles: 1 adapted, 1 planned" in log
    assert "We saw two of three" in log


@pytest.mark.parametrize(
    ("decision", "carried", "left"),
    [
        ("adopt", ["One nurse stays"], ["Will it work?", "A stool"]),
        ("adapt", ["Will it work?", "A stool"], ["Yes, always", "Night staff"]),
        ("repeat", ["Will it work?", "Yes, always", "One nurse stays", "Night staff"], ["A stool"]),
        ("abandon", [], ["Will it work?", "One nurse stays", "Night staff"]),
    ],
)
def test_what_the_next_cycle_starts_with(lead, project, idea, decision, carried, left):
    plan = {
        "question_1": "Will it work?",
        "prediction_1": "Yes, always",
        "change": "One nurse stays",
        "who_where": "Night staff",
    }
    cycle = planned(lead, project, idea, **plan)
    lead.post(f"/cycles/{cycle.id}/act", data={"decision": decision, "next_change": "A stool", "why": "Because"})
    form = lead.get(f"/projects/{project.id}/cycles/new?follows={cycle.id}").text
    assert all(words in form for words in carried)
    assert not any(words in form for words in left)


@pytest.mark.parametrize(
    ("decision", "status"),
    [
        ("adopt", IdeaStatus.ADOPTED),
        ("adapt", IdeaStatus.ADAPTED),
        ("abandon", IdeaStatus.ABANDONED),
        ("repeat", IdeaStatus.TESTING),
    ],
)
def test_the_idea_moves_with_the_decision_and_says_why(lead, project, idea, decision, status):
    cycle = planned(lead, project, idea)
    assert idea.status is IdeaStatus.NEW
    lead.post(f"/cycles/{cycle.id}/act", data={"decision": decision, "why": "Because"})
    assert idea.status is status
    moves = db.session.query(Event).filter_by(noun="idea", noun_id=str(idea.id), verb="changed").all()
    assert moves[-1].new == {"status": status.value}
    assert moves[-1].why == "PDSA cycle 1"


def test_in_understand_no_idea_is_set_aside_but_the_decision_is_kept(lead, world):
    project = world.project(stage="understand")
    idea = make_idea(project, world.lead, "Red socks")
    cycle = planned(lead, project, idea)
    answer = lead.post(f"/cycles/{cycle.id}/act", data={"decision": "abandon", "why": "They slip"})
    assert "every idea stays" in lead.get(answer.location).text
    assert cycle.decision is Decision.ABANDON
    assert idea.status is not IdeaStatus.ABANDONED


def test_abandoning_asks_why_and_keeps_the_cycle_in_the_log(lead, project, idea):
    cycle = planned(lead, project, idea, title="Red socks")
    refused = lead.post(f"/cycles/{cycle.id}/act", data={"decision": "abandon", "next_change": "typed words"})
    assert refused.status_code == 422
    assert "so that others can learn" in refused.text
    assert "typed words" in refused.text
    assert (cycle.decision, idea.status) == (None, IdeaStatus.NEW)
    lead.post(f"/cycles/{cycle.id}/act", data={"decision": "abandon", "why": "They slip"})
    log = lead.get(f"/projects/{project.id}/cycles/").text
    assert "Red socks" in log
    assert "1 abandoned" in log


def test_a_decision_that_was_a_mistake_brings_the_idea_back(lead, project, idea):
    cycle = planned(lead, project, idea)
    for decision, status in [
        ("abandon", IdeaStatus.ABANDONED),
        ("adopt", IdeaStatus.ADOPTED),
        ("abandon", IdeaStatus.ABANDONED),
        ("", IdeaStatus.TESTING),
    ]:
        lead.post(f"/cycles/{cycle.id}/act", data={"decision": decision, "why": "Because"})
        assert idea.status is status
    assert (cycle.decision, cycle.decided_at) == (None, None)


def test_an_old_cycle_completed_late_does_not_move_the_idea_back(lead, project, idea):
    first, second = planned(lead, project, idea), planned(lead, project, idea)
    lead.post(f"/cycles/{second.id}/act", data={"decision": "adopt"})
    lead.post(f"/cycles/{first.id}/act", data={"decision": "adapt"})
    lead.post(f"/cycles/{first.id}/do", data={"happened": "x", **day("started", date(2025, 9, 1))})
    assert idea.status is IdeaStatus.ADOPTED


def test_a_test_that_has_not_begun_leaves_the_idea_where_it_is(lead, project, idea):
    cycle = planned(lead, project, idea, **day("planned_start", date(2025, 11, 3)))
    assert idea.status is IdeaStatus.NEW
    lead.post(f"/cycles/{cycle.id}/do", data=day("started", date(2025, 10, 6)))
    assert idea.status is IdeaStatus.TESTING


def test_a_quick_note_is_a_whole_cycle(lead, project, idea):
    note = {
        "change": "Two nurses did the handover together at the bedside, with the family there",
        "happened": "It took six minutes",
        "learnt": "Families liked it",
        "decision": "adopt",
        "idea_id": str(idea.id),
    }
    answer = lead.post(f"/projects/{project.id}/cycles/quick", data=note)
    cycle = cycle_at(answer)
    assert cycle.is_quick
    assert (cycle.started, cycle.ended) == (date(2025, 10, 6), date(2025, 10, 6))
    assert cycle.title.startswith("Two nurses did the handover")
    assert len(cycle.title) <= 60
    assert (cycle.decision, idea.status) == (Decision.ADOPT, IdeaStatus.ADOPTED)
    assert lead.get(f"/cycles/{cycle.id}/plan").status_code == 200


def test_a_quick_note_needs_one_box_and_may_stand_without_an_idea(lead, project):
    assert lead.post(f"/projects/{project.id}/cycles/quick", data={"happened": "x"}).status_code == 422
    answer = lead.post(f"/projects/{project.id}/cycles/quick", data={"change": "Socks"})
    assert cycle_at(answer).idea_id is None
    assert "Not linked to a change idea" in lead.get(f"/projects/{project.id}/cycles/").text


def test_a_quick_note_that_abandons_says_what_was_learnt(lead, project):
    note = {"change": "Socks", "decision": "abandon"}
    assert lead.post(f"/projects/{project.id}/cycles/quick", data=note).status_code == 422
    answer = lead.post(f"/projects/{project.id}/cycles/quick", data=note | {"learnt": "They slip"})
    assert cycle_at(answer).why == "They slip"


def test_a_new_idea_in_the_plan_becomes_an_idea(lead, project, world):
    cycle = cycle_at(new(lead, project, new_idea="Hourly rounds"))
    assert (cycle.idea.text, cycle.idea.by_id) == ("Hourly rounds", world.lead.id)
    again = cycle_at(new(lead, project, new_idea="hourly ROUNDS"))
    assert again.idea_id == cycle.idea_id
    assert db.session.query(Idea).count() == 1


def test_each_change_leaves_an_event_with_old_and_new(lead, project, idea):
    cycle = planned(lead, project, idea, change="Before", question_1="Q")
    lead.post(
        f"/cycles/{cycle.id}/plan",
        data={"idea_id": str(idea.id), "title": "Night one", "kind": "test", "change": "After"},
    )
    event = db.session.query(Event).filter_by(noun="cycle", verb="changed").one()
    assert (event.old["change"], event.new["change"]) == ("Before", "After")
    assert event.old["questions"][0]["question"] == "Q"
    assert event.new["questions"] == []
    assert "Changed" in lead.get(f"/cycles/{cycle.id}/").text


def test_rows_keep_their_answers_when_the_plan_changes(lead, project, idea):
    cycle = planned(lead, project, idea, question_1="One", question_2="Two")
    second = cycle.questions[1]
    lead.post(f"/cycles/{cycle.id}/study", data={f"saw_{second.id}": "Seen", f"verdict_{second.id}": "right"})
    kept = {"idea_id": str(idea.id), "title": "Night one", "kind": "test", "question_2": "Two, better said"}
    lead.post(f"/cycles/{cycle.id}/plan", data=kept)
    assert [(row.question, row.saw, row.verdict) for row in db.session.get(Cycle, cycle.id).questions] == [
        ("Two, better said", "Seen", Verdict.RIGHT)
    ]


def test_study_shows_six_numbers_from_before_and_those_of_the_test(lead, project, idea):
    series = make_series(project, [11, 12, 13, 14, 15, 16, 17, 18, 19])
    dates = day("planned_start", date(2025, 8, 15)) | day("planned_end", date(2025, 8, 31))
    cycle = planned(lead, project, idea, series_id=str(series.id), **dates)
    page = lead.get(f"/cycles/{cycle.id}/study").text
    shown = [name for name in ("January", "February", "July", "August", "September") if f"{name} 2025" in page]
    assert shown == ["February", "July", "August"]
    assert page.count("in the test") == 1
    assert "<svg" in page


@pytest.mark.parametrize(
    ("part", "data", "next_words"),
    [
        ("do", {"happened": "Not yet"}, "Saved."),
        ("do", day("started", date(2025, 10, 1)), "Come back when the test has ended"),
        ("do", day("started", date(2025, 10, 1)) | day("ended", date(2025, 10, 3)), "write down what you learnt"),
        ("study", {"learnt": "Stools"}, "decide what to do"),
    ],
)
def test_each_saving_says_what_comes_next(lead, project, idea, part, data, next_words):
    cycle = planned(lead, project, idea)
    answer = lead.post(f"/cycles/{cycle.id}/{part}", data=data)
    assert next_words in lead.get(answer.location).text


def test_a_broken_analysis_leaves_the_study_page_standing(lead, project, idea, series):
    cycle = planned(lead, project, idea, series_id=str(series.id))
    series.analysis = "{broken"
    page = lead.get(f"/cycles/{cycle.id}/study")
    assert page.status_code == 200
    assert "What did you learn?" in page.text
