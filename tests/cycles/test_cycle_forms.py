"""The forms: what they refuse, what they keep, who may send them, and two people at once."""

from datetime import date

import pytest
from sqlalchemy import event

from qitracker.models import Cycle, CycleQuestion, Idea, db
from tests.cycles.rounds import cycle_at, day, field_of, make_idea, make_series, new, planned

PARTS = ["plan", "do", "study", "act"]


def test_only_an_idea_and_a_title_are_needed(lead, project, idea):
    answer = new(lead, project, title="")
    assert answer.status_code == 422
    assert "Give the cycle a title" in answer.text
    assert "Choose the idea you are testing" in answer.text
    assert new(lead, project, idea_id=str(idea.id)).status_code == 303


def test_without_ideas_the_page_asks_for_one_in_a_line(lead, project):
    assert 'name="idea_id"' not in lead.get(f"/projects/{project.id}/cycles/new").text
    answer = new(lead, project)
    assert answer.status_code == 422
    assert "Write the idea you are testing" in answer.text


def test_an_idea_from_the_list_or_a_new_one_not_both(lead, project, idea):
    answer = new(lead, project, idea_id=str(idea.id), new_idea="Another")
    assert answer.status_code == 422
    assert "not both" in answer.text


def test_add_another_gives_one_more_row_and_loses_nothing(lead, project, idea):
    form = lead.get(f"/projects/{project.id}/cycles/new?idea={idea.id}")
    assert field_of(form, "shown_questions") == "2"
    typed = {"shown_questions": "2", "shown_tasks": "2", "change": "typed words", "planned_start-day": "nonsense"}
    more = new(lead, project, more="question", title="", **typed)
    assert more.status_code == 200
    assert field_of(more, "shown_questions") == "3"
    assert "typed words" in more.text
    assert "nonsense" in more.text
    assert "There is a problem" not in more.text
    assert field_of(new(lead, project, more="task", **typed), "shown_tasks") == "3"
    assert field_of(new(lead, project, more="question", shown_questions="6"), "shown_questions") == "6"
    assert db.session.query(Cycle).count() == 0


@pytest.mark.parametrize(
    "name",
    ["idea_id", "owner_id", "series_id", "kind", "scale"],
)
@pytest.mark.parametrize("word", ["garbage", "6f1c2f5e-0000-4000-8000-000000000001", "nan", "\ufffd", "\x00"])
def test_a_choice_that_was_not_offered_is_refused_at_its_field(lead, project, idea, name, word):
    answer = new(lead, project, **({"idea_id": str(idea.id)} | {name: word}))
    assert answer.status_code == 422
    assert "Choose one from the list" in answer.text


def test_things_of_another_project_cannot_be_linked(lead, project, idea, world):
    other = world.project("Another")
    foreign = {
        "idea_id": make_idea(other, world.lead, "Theirs").id,
        "series_id": make_series(other, [1, 2]).id,
        "owner_id": world.outsider.id,
    }
    for name, thing in foreign.items():
        assert new(lead, project, **({"idea_id": str(idea.id)} | {name: str(thing)})).status_code == 422
    assert lead.get(f"/projects/{project.id}/cycles/new?idea={foreign['idea_id']}").status_code == 404
    theirs = planned(lead, other, db.session.get(Idea, foreign["idea_id"]))
    assert lead.get(f"/projects/{project.id}/cycles/new?follows={theirs.id}").status_code == 404


@pytest.mark.parametrize("word", ["garbage", "1e309", "%00", "é", "0" * 36])
def test_nonsense_in_the_address_is_not_found(lead, project, word):
    assert lead.get(f"/projects/{project.id}/cycles/new?idea={word}").status_code == 404
    assert lead.get(f"/projects/{project.id}/cycles/new?follows={word}").status_code == 404
    assert lead.get(f"/cycles/{word}/").status_code == 404


def test_words_in_the_address_that_mean_something_to_the_router_change_nothing(lead, project):
    strange = "project_id=1&_external=1&_scheme=x&_anchor=y&endpoint=z&values=1"
    assert lead.get(f"/projects/{project.id}/cycles/new?{strange}").status_code == 200


def test_bytes_that_are_no_text_break_nothing(lead, project, idea):
    broken = b"kind=test&title=%ED%A0%80%FF&change=%00&idea_id=" + str(idea.id).encode()
    kind = "application/x-www-form-urlencoded"
    answer = lead.post(f"/projects/{project.id}/cycles/new", data=broken, content_type=kind)
    assert answer.status_code in {303, 422}
    assert lead.get(f"/projects/{project.id}/cycles/").status_code == 200


NONSENSE = ["\x00", "\ufffd", "1e309", "nan", "１２", "x" * 10_000, "<script>alert(1)</script>", "", "-1"]


@pytest.mark.parametrize("word", NONSENSE)
def test_nonsense_never_breaks_a_form(lead, project, idea, word):
    cycle = planned(lead, project, idea, question_1="Q", task_1="T")
    question, task = cycle.questions[0], cycle.tasks[0]
    names = {
        "plan": [
            "title",
            "new_idea",
            "objective",
            "change",
            "question_1",
            "prediction_6",
            "task_8",
            "who_1",
            "planned_start-day",
            "planned_end-year",
            "shown_questions",
            "shown_tasks",
            "more",
            "version",
        ],
        "do": ["as_planned", "happened", "started-day", "ended-month", f"done_{task.id}", "done_0", "version"],
        "study": ["findings", "learnt", f"verdict_{question.id}", f"saw_{question.id}", "saw_0", "version"],
        "act": ["decision", "why", "next_change", "confidence", "version"],
    }
    for part in PARTS:
        for name in names[part]:
            answer = lead.post(f"/cycles/{cycle.id}/{part}", data={name: word})
            assert answer.status_code in {200, 303, 409, 422}, (part, name)
        assert lead.get(f"/cycles/{cycle.id}/{part}").status_code == 200
    for name in ("change", "happened", "decision", "on-day", "idea_id", "new_idea"):
        answer = lead.post(f"/projects/{project.id}/cycles/quick", data={"change": "x", name: word})
        assert answer.status_code in {303, 422}, name
    page = lead.get(f"/cycles/{cycle.id}/")
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert lead.get(f"/projects/{project.id}/cycles/").status_code == 200


@pytest.mark.parametrize(
    ("part", "data", "sentence"),
    [
        ("do", {"as_planned": "maybe"}, "Choose one from the list"),
        ("act", {"decision": "celebrate"}, "Choose one from the list"),
        ("act", {"confidence": "6"}, "Choose one from the list"),
        ("do", day("started", date(2025, 9, 5)) | day("ended", date(2025, 9, 4)), "The end is before the start"),
        ("do", day("started", date(2025, 10, 7)), "future"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(lead, project, idea, part, data, sentence):
    cycle = planned(lead, project, idea)
    answer = lead.post(f"/cycles/{cycle.id}/{part}", data=data)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_plan_that_ends_before_it_starts_is_refused(lead, project, idea):
    dates = day("planned_start", date(2025, 9, 5)) | day("planned_end", date(2025, 9, 4))
    answer = new(lead, project, idea_id=str(idea.id), **dates)
    assert answer.status_code == 422
    assert "The end is before the start" in answer.text


def test_something_like_a_patient_asks_first(lead, project, idea):
    text = {"change": "Try it with NHS number 943 476 5919"}
    asked = new(lead, project, idea_id=str(idea.id), **text)
    assert asked.status_code == 422
    assert "save_anyway" in asked.text
    assert new(lead, project, idea_id=str(idea.id), save_anyway="yes", **text).status_code == 303


def test_hints_stand_beside_the_fields_once_it_is_saved(lead, project, idea):
    cycle = planned(lead, project, idea)
    for address in (f"/cycles/{cycle.id}/", f"/cycles/{cycle.id}/plan"):
        assert "Write down what you think will happen" in lead.get(address).text
    assert "Write down what you think will happen" not in lead.get(f"/projects/{project.id}/cycles/new").text


def test_the_second_editor_is_told_and_keeps_typing(lead, browser, world, project, idea):
    cycle = planned(lead, project, idea, change="First")
    address = f"/cycles/{cycle.id}/plan"
    version = field_of(lead.get(address), "version")
    plan = {"idea_id": str(idea.id), "title": "Night one", "kind": "test", "version": version}
    assert browser(world.member).post(address, data=plan | {"change": "Second"}).status_code == 303
    told = lead.post(address, data=plan | {"change": "Third"})
    assert told.status_code == 409
    assert "Second" in told.text
    assert "Third" in told.text
    assert cycle.change == "Second"
    again = lead.post(address, data=plan | {"change": "Third", "version": field_of(told, "version")})
    assert again.status_code == 303
    assert cycle.change == "Third"


def test_a_row_that_somebody_else_changed_counts_as_changed(lead, browser, world, project, idea):
    cycle = planned(lead, project, idea, question_1="One")
    row = cycle.questions[0]
    address = f"/cycles/{cycle.id}/study"
    version = field_of(lead.get(address), "version")
    saw = f"saw_{row.id}"
    assert browser(world.member).post(address, data={saw: "Theirs", "version": version}).status_code == 303
    assert lead.post(address, data={saw: "Mine", "version": version}).status_code == 409
    assert row.saw == "Theirs"


def test_two_people_on_two_parts_do_not_stop_each_other(lead, browser, world, project, idea):
    cycle = planned(lead, project, idea)
    version = field_of(lead.get(f"/cycles/{cycle.id}/do"), "version")
    plan = {"idea_id": str(idea.id), "title": "Another title", "kind": "test"}
    assert browser(world.member).post(f"/cycles/{cycle.id}/plan", data=plan).status_code == 303
    assert lead.post(f"/cycles/{cycle.id}/do", data={"happened": "x", "version": version}).status_code == 303
    assert (cycle.title, cycle.happened) == ("Another title", "x")


def test_the_same_form_twice_is_one_cycle(lead, project, key):
    first = new(lead, project, new_idea="Rounds", submission=key, question_1="Q")
    second = new(lead, project, new_idea="Rounds", submission=key, question_1="Q")
    assert first.location == second.location
    assert [db.session.query(kind).count() for kind in (Cycle, Idea, CycleQuestion)] == [1, 1, 1]


def test_numbers_count_through_each_project(lead, project, idea, world):
    other = world.project("Another")
    theirs = make_idea(other, world.lead, "Theirs")
    numbers = [
        planned(lead, place, thing).number for place, thing in [(project, idea), (project, idea), (other, theirs)]
    ]
    assert numbers == [1, 2, 1]


def test_two_plans_at_once_get_two_numbers(lead, project, idea):
    planned(lead, project, idea)
    collided = []

    def collide(_mapper, _connection, cycle):
        if not collided:
            collided.append(cycle.number)
            cycle.number = 1

    event.listen(Cycle, "before_insert", collide)
    try:
        answer = new(lead, project, new_idea="Rounds", question_1="Q")
    finally:
        event.remove(Cycle, "before_insert", collide)
    assert collided == [2]
    assert cycle_at(answer).number == 2
    assert [db.session.query(kind).count() for kind in (Cycle, Idea, CycleQuestion)] == [2, 2, 1]


def test_who_may_read_and_who_may_write(browser, lead, world, project, idea):
    cycle = planned(lead, project, idea)
    pages = [f"/projects/{project.id}/cycles/", f"/cycles/{cycle.id}/"]
    forms = [f"/projects/{project.id}/cycles/{word}" for word in ("new", "quick")]
    forms += [f"/cycles/{cycle.id}/{part}" for part in PARTS]
    for person, reads, writes in [
        (world.member, 200, 200),
        (world.staff, 200, 403),
        (world.partner, 200, 403),
        (world.executive, 200, 403),
        (world.outsider, 404, {403, 404}),
    ]:
        client = browser(person)
        assert {client.get(page).status_code for page in pages} == {reads}
        allowed = writes if isinstance(writes, set) else {writes}
        assert {client.get(form).status_code for form in forms} <= allowed
        if writes != 200:
            assert {client.post(form, data={"title": "x"}).status_code for form in forms} <= allowed
    reader = browser(world.staff).get(f"/cycles/{cycle.id}/").text
    assert f"/cycles/{cycle.id}/do" not in reader


def test_a_private_project_shows_its_cycles_to_its_team_alone(browser, lead, world):
    project = world.project("Hidden", private=True)
    cycle = cycle_at(new(lead, project, new_idea="Quietly"))
    for address in (f"/projects/{project.id}/cycles/", f"/cycles/{cycle.id}/"):
        assert browser(world.member).get(address).status_code == 200
        assert browser(world.coach).get(address).status_code == 404


def test_an_owner_who_has_left_the_team_can_stay_or_be_changed(lead, project, idea, world):
    cycle = planned(lead, project, idea)
    cycle.owner_id = world.staff.id
    page = lead.get(f"/cycles/{cycle.id}/plan")
    assert "no longer in the team" in page.text
    kept = {"idea_id": str(idea.id), "title": "x", "kind": "test", "owner_id": str(world.staff.id)}
    assert lead.post(f"/cycles/{cycle.id}/plan", data=kept).status_code == 303
