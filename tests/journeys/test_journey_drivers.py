"""The driver diagram as a list that a phone, a mouse and a keyboard can edit."""

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.browsing import DESKTOP, PHONE
from tests.journeys.conftest import Window
from tests.journeys.traveller import Traveller

pytestmark = pytest.mark.journey

SEPSIS = "Antibiotics within an hour for sepsis"


@pytest.mark.parametrize(("size", "mark"), [(DESKTOP, "by day"), (PHONE, "by night")], ids=["desktop", "phone"])
def test_the_diagram_grows(window: Window, size: tuple[int, int], mark: str) -> None:
    nurse = window(size)
    given_they_are_at_the_diagram(nurse)
    when_they_add_a_driver(nurse, f"Staff have time {mark}")
    when_they_add_a_secondary_driver_below(nurse, f"Staff have time {mark}", f"Breaks are kept {mark}")
    when_they_add_an_idea_below(nurse, f"Breaks are kept {mark}", f"A buddy for each break {mark}")
    when_they_move_the_driver_up(nurse, f"Staff have time {mark}")
    when_they_attach_the_driver_to_another(nurse, f"Breaks are kept {mark}", "Sepsis is recognised early")
    then_the_picture_is_there_or_one_step_away(nurse, f"Staff have time {mark}")


def given_they_are_at_the_diagram(nurse: Traveller) -> None:
    nurse.signs_in("team3")
    nurse.opens_project(SEPSIS)
    nurse.clicks("Driver diagram", exact=True)
    nurse.sees_title("Driver diagram")
    nurse.stops()


def when_they_add_a_driver(nurse: Traveller, words: str) -> None:
    nurse.clicks("Add driver", exact=True)
    nurse.stops()
    nurse.types("What has to be true for the aim to be met?", words)
    nurse.clicks("Save driver")
    nurse.sees(f"Added: {words}")


def when_they_add_a_secondary_driver_below(nurse: Traveller, above: str, words: str) -> None:
    nurse.clicks(f"Add secondary driver to {above}")
    expect(nurse.page.get_by_label(above, exact=True)).to_be_checked()
    nurse.stops()
    nurse.types("What would move the primary driver?", words)
    nurse.clicks("Save driver")
    nurse.sees(f"Added: {words}")


def when_they_add_an_idea_below(nurse: Traveller, above: str, words: str) -> None:
    nurse.clicks(f"Add change idea to {above}")
    nurse.stops()
    nurse.types("A new change idea", words)
    nurse.clicks("Add to the diagram")
    expect(line_of(nurse, above).first).to_contain_text(words)


def when_they_move_the_driver_up(nurse: Traveller, words: str) -> None:
    before = order(nurse).index(words)
    nurse.clicks(f"Move up: {words}")
    expect(nurse.page.get_by_role("button", name=f": {words}, now {before} of")).not_to_have_count(0)
    assert order(nurse).index(words) == before - 1
    nurse.stops()


def when_they_attach_the_driver_to_another(nurse: Traveller, words: str, other: str) -> None:
    line_of(nurse, words).get_by_role("link", name=f"Edit {words}").first.click()
    nurse.chooses(other)
    nurse.clicks("Save driver")
    nurse.sees("Saved.")
    expect(line_of(nurse, other).first).to_contain_text(words)
    nurse.sees("Also under:")
    nurse.stops()


def then_the_picture_is_there_or_one_step_away(nurse: Traveller, words: str) -> None:
    if nurse.page.viewport_size["width"] >= 600:  # type: ignore[index]
        expect(nurse.finds(".drivers-paper svg")).to_be_visible()
    else:
        expect(nurse.finds(".drivers-paper svg")).to_be_hidden()
        nurse.clicks("See it as a picture")
    assert words.split(maxsplit=1)[0] in nurse.page.content()


def line_of(nurse: Traveller, words: str) -> Locator:
    return nurse.finds(".drivers-box").filter(has=nurse.page.get_by_role("link", name=f"Edit {words}", exact=True))


def order(nurse: Traveller) -> list[str]:
    """The primary drivers from top to bottom."""
    edits = nurse.finds(".drivers-box--primary > .drivers-line .drivers-do").get_by_role("link", name="Edit")
    return [text.removeprefix("Edit ").strip() for text in edits.all_text_contents()]
