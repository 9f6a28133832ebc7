"""The history of a series, and undoing: what it says, what it restores, and when it refuses."""

from datetime import date

import pytest
from sqlalchemy import event as watching

from qitracker.method.roles import Role
from qitracker.models import Project, Visibility, db
from qitracker.people.actions import give_role
from tests.feeds.charts import add, correct, events, is_analysed, make_series, paste, save, stored

SEPTEMBER = date(2025, 9, 1)
OCTOBER = date(2025, 10, 1)


def undo(client, series, event, **data):
    return client.post(f"/series/{series.id}/history/{event.id}/undo", data=data)


def said(client, series):
    return client.get(f"/series/{series.id}/history").text


def test_it_says_who_when_what_from_what_to_what_and_why(lead, falls, bleeds):
    add(lead, falls, first="9")
    correct(lead, falls, SEPTEMBER, "8.0", first="6", why="Counted twice")
    correct(lead, falls, "2025-08-01", "11.0", do="remove", reason="Ward closed")
    page = said(lead, falls)
    for words in (
        "October 2025, 9 falls added",
        "September 2025, 8 changed to 6 falls",
        "August 2025, 11 removed",
        "“Counted twice”",
        "Role lead, 6 October 2025 at 10:00",
    ):
        assert words in page
    lines = page.split("<ol")[1]
    assert lines.index("August 2025, ") < lines.index("September 2025, ") < lines.index("October 2025, 9")
    assert "September 2025" not in said(lead, bleeds)


def test_undoing_an_addition_a_change_and_a_removal_restores_what_was(lead, falls):
    before = stored(falls)
    add(lead, falls, first="9")
    correct(lead, falls, SEPTEMBER, "8.0", first="6", why="Counted twice")
    correct(lead, falls, "2025-08-01", "11.0", do="remove", reason="Ward closed")
    for one in events(falls):
        assert undo(lead, falls, one).status_code == 303
    assert stored(falls) == before
    assert len(events(falls)) == 6
    assert [one.verb for one in events(falls)[3:]] == ["undone"] * 3
    assert is_analysed(falls)


def test_an_undoing_can_be_undone(lead, falls):
    add(lead, falls, first="9")
    undo(lead, falls, events(falls)[0])
    undo(lead, falls, events(falls)[1])
    assert stored(falls)[OCTOBER] == (9,)
    assert [one.new.get("undoes") for one in events(falls)] == [None, events(falls)[0].id, events(falls)[1].id]


def test_what_changed_again_since_is_not_undone_and_the_page_says_by_whom(lead, member, falls):
    correct(lead, falls, SEPTEMBER, "8.0", first="6", why="Counted twice")
    correct(member, falls, SEPTEMBER, "6.0", first="7", why="Late report")
    undo(lead, falls, events(falls)[0])
    assert "September 2025 was changed again since by Role member on 6 October 2025" in said(lead, falls)
    assert stored(falls)[SEPTEMBER] == (7,)
    assert len(events(falls)) == 2


def test_undoing_twice_says_that_it_was_undone(lead, member, falls):
    add(lead, falls, first="9")
    undo(member, falls, events(falls)[0])
    undo(lead, falls, events(falls)[0])
    assert "This was undone already by Role member" in said(lead, falls)
    assert len(events(falls)) == 2


def test_a_double_click_undoes_once(lead, falls, key):
    add(lead, falls, first="9")
    first = events(falls)[0]
    undo(lead, falls, first, submission=key)
    undo(lead, falls, first, submission=key)
    assert len(events(falls)) == 2


def test_a_paste_is_one_line_and_is_undone_as_one(lead, falls):
    before = stored(falls)
    rows = "\n".join(f"1/{month}/2024\t{month}" for month in range(1, 13))
    address, page = paste(lead, falls, rows + "\nSep 2025\t9")
    save(lead, address, page, why="Old book")
    assert "13 numbers pasted, 1 of them changed" in said(lead, falls)
    (event,) = events(falls)
    undo(lead, falls, event)
    assert stored(falls) == before
    undo(lead, falls, events(falls)[1])
    assert len(stored(falls)) == 21
    assert is_analysed(falls)


def test_a_paste_of_which_one_number_changed_since_is_not_undone_in_part(lead, member, falls):
    address, page = paste(lead, falls, "Nov 2024\t5\nDec 2024\t6")
    save(lead, address, page)
    correct(member, falls, "2024-12-01", "6.0", first="7", why="Late")
    now = stored(falls)
    undo(lead, falls, events(falls)[0])
    assert "December 2024 changed again since, last by Role member" in said(lead, falls)
    assert stored(falls) == now


def test_a_measure_counted_in_another_way_since_does_not_take_old_numbers_back(lead, falls):
    correct(lead, falls, SEPTEMBER, "8.0", do="remove", reason="Ward closed")
    falls.measure.data_type = "proportion"
    db.session.commit()
    undo(lead, falls, events(falls)[0])
    assert SEPTEMBER not in stored(falls)


def test_other_changes_of_the_chart_stand_there_without_undo(lead, falls):
    lead.post(f"/series/{falls.id}/decide", data={"kind": "phase", "on": "2025-05-01", "reason": "Bay nursing"})
    lead.post(f"/series/{falls.id}/notes/new", data={"on": "1/6/2025", "text": "New beds"})
    page = said(lead, falls)
    assert "new phase starts, May 2025" in page
    assert "New beds" in page
    assert "/undo" not in page


def test_fifty_stand_on_a_page(lead, world, falls):
    for number in range(60):
        old = stored(falls)[SEPTEMBER][0]
        correct(lead, falls, SEPTEMBER, repr(old), first=str(number + 100), why=f"Reason number {number}.")
    page = said(lead, falls)
    assert page.count("Reason number") == 50
    older = lead.get(f"/series/{falls.id}/history?before={events(falls)[10].id}").text
    assert f"before={events(falls)[10].id}" in page
    assert older.count("Reason number") == 10
    assert "Reason number 9." in older


@pytest.mark.parametrize("before", ["x", "-1", "0", "99999999999", "²"])
def test_a_made_up_page_is_answered(lead, falls, before):
    assert lead.get(f"/series/{falls.id}/history?before={before}").status_code == 200


def test_an_event_of_another_series_or_none_is_not_found(lead, falls, bleeds):
    add(lead, falls, first="9")
    assert undo(lead, bleeds, events(falls)[0]).status_code == 404
    for number in (0, 10**9, 10**30):
        assert lead.post(f"/series/{falls.id}/history/{number}/undo").status_code == 404


def test_readers_see_the_history_and_cannot_undo(lead, browser, world, falls):
    add(lead, falls, first="9")
    staff = browser(world.staff)
    page = said(staff, falls)
    assert "October 2025, 9 falls added" in page
    assert "/undo" not in page
    assert undo(staff, falls, events(falls)[0]).status_code == 403
    assert OCTOBER in stored(falls)


PAGES = ["add", "paste", "upload", "points/2025-09-01", "uploads/6f1c2f5e-0000-4000-8000-000000000001"]


@pytest.mark.parametrize("path", PAGES)
def test_who_may_only_read_is_refused_and_outsiders_find_nothing(browser, world, falls, path):
    for person, status in ((world.staff, 403), (world.coach, 403), (world.outsider, 404)):
        client = browser(person)
        assert client.get(f"/series/{falls.id}/{path}").status_code == (status if status == 403 else 404)
        assert client.post(f"/series/{falls.id}/{path}", data={"first": "7"}).status_code in {status}
    assert events(falls) == []


def test_a_private_project_is_not_there_for_others(browser, world):
    project = world.project("Private work", private=True)
    series = make_series(project, [5, 6, 7])
    for path in [*PAGES, "history"]:
        assert browser(world.manager).get(f"/series/{series.id}/{path}").status_code in {403, 404}
    assert browser(world.manager).get(f"/series/{series.id}/history").status_code == 404
    assert browser(world.member).get(f"/series/{series.id}/history").status_code == 200


@pytest.mark.parametrize("path", ["add", "history", "points/2025-09-01"])
def test_a_page_takes_few_queries_however_many_points(lead, project, path):
    def queries(series):
        seen = []
        watch = lambda *arguments: seen.append(arguments[2])  # noqa: E731
        watching.listen(db.engine, "before_cursor_execute", watch)
        try:
            assert lead.get(f"/series/{series.id}/{path}").status_code == 200
        finally:
            watching.remove(db.engine, "before_cursor_execute", watch)
        return len(seen)

    few, many = make_series(project, [5] * 9, name="Few"), make_series(project, [5] * 9, name="Many")
    for month in range(1, 10):
        correct(lead, many, date(2025, month, 1), "5.0", first="6", why="Recount")
    assert queries(few) == queries(many) <= 15


def test_roles_are_asked_for_on_each_project(browser, world, falls):
    other = Project(**{name: getattr(db.session.get(Project, falls.project_id), name) for name in _plain_columns()})
    other.title, other.visibility = "Other", Visibility.OPEN
    db.session.add(other)
    db.session.flush()
    give_role(world.staff, Role.TEAM_MEMBER, by=None, project=other)
    assert add(browser(world.staff), falls, first="9").status_code == 403


def _plain_columns():
    return ("problem", "unit_id", "organisation_id", "level", "method", "stage", "registered_at")
