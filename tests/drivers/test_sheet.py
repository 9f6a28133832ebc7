"""The diagram as a sheet: out, checked, and in again."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qitracker.drivers.sheet import COLUMNS, Finding, Known, Place, rows_out
from qitracker.drivers.sheet_reading import understand
from qitracker.method.drivers import Level
from qitracker.method.ideas import IdeaStatus
from qitracker.models import Driver, DriverLink, Event, Idea, db
from qitracker.plumbing.reading.csv_out import csv_text
from qitracker.plumbing.reading.grid import read_text_grid
from qitracker.plumbing.reading.text import clean
from qitracker.plumbing.reading.unreadable import Unreadable

HEADING = "level,text,parents,status,measure\n"
THERE = Place(
    boxes=(
        Known(Level.PRIMARY, "Seen"),
        Known(Level.PRIMARY, "Safe | dry floor"),
        Known(Level.SECONDARY, "Bay watched", frozenset({"Seen"})),
        Known(Level.IDEA, "Desk", frozenset({"Bay watched"})),
    ),
    measures=("Falls each week",),
    aim="Reduce falls.",
    stage="co_design",
)


def plan_of(*rows: str, place: Place = THERE):
    return understand(read_text_grid(HEADING + "\n".join(rows)), place)


@pytest.mark.parametrize(
    ("row", "finding", "parents"),
    [
        ("primary,Handrails", Finding.NEW, ()),
        ("Primary driver, seen ", Finding.EXISTS, ()),
        ("primary,Handrails,Reduce falls.", Finding.NEW, ()),
        ("secondary,Lights,Seen | safe | dry floor", Finding.NEW, ("Seen", "Safe | dry floor")),
        ("secondary,Bay watched,Seen", Finding.EXISTS, ()),
        ("secondary,Bay watched,Safe | dry floor", Finding.JOINS, ("Safe | dry floor",)),
        ("idea,Lamp,Bay watched|Seen", Finding.NEW, ("Bay watched", "Seen")),
        ("change idea,Lamp,,Chosen to test", Finding.NEW, ()),
        ("idea,desk,Bay watched,Adopted", Finding.EXISTS, ()),
        ("aim,Whatever", Finding.LEFT_OUT, ()),
        ("primary,Seen,,,falls each WEEK", Finding.JOINS, ()),
    ],
)
def test_a_row_is_understood(row, finding, parents):
    (found,) = plan_of(row).rows
    assert (found.finding, found.parents) == (finding, parents)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("tertiary,Lamp", "It must be one of"),
        (",Lamp", "It must be one of"),
        ("idea,", "There is no text"),
        ("idea," + "x" * 301, "301 characters"),
        ("primary," + "x" * 201, "201 characters"),
        ("idea,a\x07b", "control character"),
        ("idea,Lamp,Nowhere", "There is no driver called “Nowhere”"),
        ("secondary,Lamp,Bay watched", "hangs on a primary driver"),
        ("primary,Lamp,Seen", "hangs on the aim"),
        ("idea,Lamp,Desk", "hangs on a primary driver or a secondary driver"),
        ("idea,Lamp,,Done", "It must be one of"),
        ("idea,Lamp,,Adopted", "Test the idea first"),
        ("idea,Lamp,,,Falls each week", "Give it to the driver"),
        ("primary,Lamp,,,Nothing", "no measure called"),
        ("secondary,Seen,Seen", "There is a primary driver with these words"),
    ],
)
def test_a_row_that_is_wrong_says_why_and_holds_the_sheet(row, why):
    plan = plan_of("primary,Good one", row)
    assert plan.rows[1].finding is Finding.WRONG
    assert why in plan.rows[1].why
    assert plan.rows[1].number == 3
    assert not plan.can_be_saved


def test_parents_may_stand_below_in_the_sheet():
    plan = plan_of("idea,Lamp,Lit at night", "secondary,Lit at night,Clear floor", "primary,Clear floor")
    assert plan.can_be_saved
    assert [row.parents for row in plan.rows] == [("Lit at night",), ("Clear floor",), ()]


def test_a_row_twice_is_one_box():
    plan = plan_of("idea,Lamp,Seen", "idea,LAMP,Seen", "idea,Lamp")
    assert [row.finding for row in plan.rows] == [Finding.NEW, Finding.JOINS, Finding.LEFT_OUT]
    assert plan.rows[2].why == "The same as row 2"


def test_in_understand_no_idea_arrives_set_aside():
    place = Place(THERE.boxes, (), "", "understand")
    (row,) = plan_of("idea,Lamp,,Set aside", place=place).rows
    assert "every idea stays" in row.why
    assert plan_of("idea,Lamp,,Set aside").can_be_saved


@pytest.mark.parametrize("text", ["a,b\n1,2", "level\nprimary", "level,text", "text,parents\nx,y"])
def test_a_sheet_without_its_headings_is_refused(text):
    with pytest.raises(Unreadable):
        understand(read_text_grid(text), THERE)


def test_a_sheet_too_long_for_a_diagram_is_refused():
    with pytest.raises(Unreadable, match="a diagram may have 500"):
        plan_of(*(f"idea,Lamp {n}" for n in range(501)))


def is_stored_so(text):
    """Whether a form would store exactly this."""
    try:
        return bool(text) and " ".join(clean(text, 200).split()) == text
    except Unreadable:
        return False


words = st.text(
    st.characters(codec="utf-8", categories=["L", "M", "N", "P", "S", "Zs", "Cf"], exclude_characters="|"),
    min_size=1,
    max_size=40,
).filter(is_stored_so)


@given(st.lists(words, min_size=2, max_size=8, unique_by=lambda text: " ".join(text.split()).casefold()))
def test_what_goes_out_comes_in_as_it_was(texts):
    top, *rest = texts
    boxes = [(Level.PRIMARY, top, [], None, "")]
    boxes += [(Level.IDEA, text, [top], IdeaStatus.NEW, "") for text in rest]
    text = csv_text(COLUMNS, rows_out(boxes))
    there = Place(
        tuple(Known(level, name, frozenset(parents)) for level, name, parents, _, _ in boxes), (), "", "co_design"
    )
    again = understand(read_text_grid(text), there)
    assert [(row.finding, row.text) for row in again.rows] == [(Finding.EXISTS, text) for text in texts]
    empty = understand(read_text_grid(text), Place((), (), "", "co_design"))
    assert [(row.finding, row.text) for row in empty.rows] == [(Finding.NEW, text) for text in texts]


def address(falls, part=""):
    return f"/projects/{falls.project.id}/drivers/sheet{part}"


def seen_in(page):
    return page.split('name="seen" value="')[1].split('"')[0]


def save(client, falls, cells, **more):
    checked = client.post(address(falls), data={"cells": cells})
    assert checked.status_code == 200, checked.text
    return client.post(address(falls, "/save"), data={"cells": cells, "seen": seen_in(checked.text), **more})


SHEET = HEADING + (
    "primary,Clear floor,,,\n"
    "secondary,Lit at night,Clear floor | The floor is safe,,\n"
    "idea,Lamp,Lit at night,Chosen to test,\n"
    "idea,Red socks,The floor is safe,,\n"
    "idea,Desk in the bay,The bay is watched,,\n"
)


def test_checking_shows_each_row_and_saves_nothing(browser, world, falls):
    page = browser(world.lead).post(address(falls), data={"cells": SHEET}).text
    assert "3 new, 1 joined to more, 1 already there" in page
    assert db.session.query(Driver).count() == 3
    assert db.session.query(Idea).count() == 2


def test_saving_adds_all_of_it_with_events(browser, world, falls):
    answer = save(browser(world.lead), falls, SHEET)
    assert answer.status_code == 303
    lamp = db.session.query(Idea).filter_by(text="Lamp").one()
    night = db.session.query(Driver).filter_by(text="Lit at night").one()
    assert lamp.status is IdeaStatus.PRIORITISED
    assert db.session.query(DriverLink).filter_by(below_driver_id=night.id).count() == 2
    assert db.session.query(DriverLink).filter_by(below_idea_id=lamp.id, driver_id=night.id).count() == 1
    assert db.session.query(DriverLink).filter_by(below_idea_id=falls.socks.id, driver_id=falls.floor.id).count() == 1
    assert db.session.query(Event).filter_by(noun="driver", verb="added").count() == 5
    assert db.session.query(Idea).count() == 3


def test_one_wrong_row_saves_nothing(browser, world, falls):
    client = browser(world.lead)
    cells = SHEET + "idea,Mirror,Nowhere,,\n"
    checked = client.post(address(falls), data={"cells": cells})
    assert "1 row cannot be read, so nothing is saved." in checked.text
    assert "Save all of it" not in checked.text
    forced = client.post(address(falls, "/save"), data={"cells": cells, "seen": seen_in(checked.text)})
    assert forced.status_code == 422
    assert db.session.query(Idea).count() == 2


def test_what_changed_since_the_check_is_shown_again(browser, world, falls):
    client = browser(world.lead)
    checked = client.post(address(falls), data={"cells": SHEET})
    browser(world.member).post(f"/projects/{falls.project.id}/drivers/new", data={"text": "Clear floor"})
    late = client.post(address(falls, "/save"), data={"cells": SHEET, "seen": seen_in(checked.text)})
    assert late.status_code == 409
    assert "changed while you were checking" in late.text
    assert db.session.query(Idea).count() == 2


def test_saving_twice_adds_once(browser, world, falls, key):
    client = browser(world.lead)
    seen = seen_in(client.post(address(falls), data={"cells": SHEET}).text)
    for _ in range(2):
        data = {"cells": SHEET, "seen": seen, "submission": key}
        assert client.post(address(falls, "/save"), data=data).status_code == 303
    assert db.session.query(Idea).count() == 3


def test_a_diagram_goes_out_and_comes_into_another_project(browser, world, falls, other):
    client = browser(world.lead)
    falls.desk.text = '=1+1 | "best" desk\N{EN DASH}new'
    out = client.get(falls.page + "diagram.csv")
    assert "\"'=1+1" in out.data.decode("utf-8-sig")
    file = {"file": (io.BytesIO(out.data), "diagram.csv")}
    checked = client.post(address(other), data=file, content_type="multipart/form-data")
    assert checked.status_code == 200
    assert "1 new, 0 joined to more, 4 already there" in checked.text
    again = client.post(address(falls), data={"file": (io.BytesIO(out.data), "diagram.csv")})
    assert "Everything in this sheet is in the diagram already" in again.text


@pytest.mark.parametrize(
    "cells",
    ["", "   ", "no heading here", HEADING, "a\x00b", 'level,text\nidea,"open', "x" * 400_000, "level,text\n" * 3],
)
def test_what_is_no_sheet_is_refused_and_kept(browser, world, falls, cells):
    answer = browser(world.lead).post(address(falls), data={"cells": cells})
    assert answer.status_code in {200, 422}
    assert answer.status_code == 422 or "cannot be read" in answer.text
    for part in ("", "/save"):
        assert browser(world.lead).post(address(falls, part), data={"cells": cells}).status_code != 500


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"PK\x03\x04nonsense", b"\xd0\xcf\x11\xe0", b"\xff\xfe\x00"])
def test_a_file_that_is_none_is_refused(browser, world, falls, content):
    data = {"file": (io.BytesIO(content), "diagram.csv"), "cells": ""}
    answer = browser(world.lead).post(address(falls), data=data, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "There is a problem" in answer.text


def test_a_sheet_that_looks_like_a_patient_asks_before_it_is_saved(browser, world, falls):
    client = browser(world.lead)
    cells = HEADING + "idea,Ask 943 476 5919 about slippers,,,\n"
    asked = save(client, falls, cells)
    assert asked.status_code == 422
    assert "NHS number" in asked.text
    assert db.session.query(Idea).count() == 2
    assert save(client, falls, cells, save_anyway="yes").status_code == 303


def test_a_sheet_is_for_the_team(browser, world, falls, elsewhere):
    assert browser(world.staff).get(address(falls)).status_code == 403
    assert browser(world.lead).get(address(falls)).status_code == 200
    for part in ("", "/save"):
        assert browser(world.staff).post(address(falls, part), data={"cells": SHEET}).status_code == 403
        assert browser(elsewhere).post(address(falls, part), data={"cells": SHEET}).status_code == 404
