"""Without a mouse: Tab, Enter, Space and the arrow keys reach everything, and one always sees where one is."""

import pytest
from playwright.sync_api import expect

from tests.journeys.traveller import Traveller

pytestmark = pytest.mark.journey

LEAVING = "Home before lunch on Ward 23"
MOST_STEPS = 200

# What has the focus: its name, and whether one sees that it has it: an outline, a shadow or a background of its own.
FOCUSED = """() => {
  let one = document.activeElement;
  if (!one || one === document.body) return null;
  const copy = one.cloneNode(true);
  for (const silent of copy.querySelectorAll('[aria-hidden=true]')) silent.remove();
  const name = (one.getAttribute('aria-label') || one.labels?.[0]?.textContent || copy.textContent || '').trim();
  const shown = one.matches('input[type=radio], input[type=checkbox]') ? one.nextElementSibling : one;
  const look = node => [getComputedStyle(node), getComputedStyle(node, '::before')].map(style =>
    ['outlineStyle', 'outlineWidth', 'outlineColor', 'boxShadow', 'backgroundColor', 'borderTopColor', 'borderTopWidth']
      .map(key => style[key]).join()).join();
  const focused = look(shown);
  one.blur();
  const plain = look(shown);
  one.focus({preventScroll: true});
  const box = shown.getBoundingClientRect();
  return {name: name.replace(/\\s+/g, ' '), differs: focused !== plain, isSeen: box.width > 1 && box.height > 1};
}"""

# How many stops the Tab key should make: everything one can press or type into; a group of radio buttons is one.
REACHABLE = """() => {
  const shown = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
    .filter(one => one.checkVisibility() && one.tabIndex >= 0 && one.type !== 'hidden' && !one.disabled);
  const radios = shown.filter(one => one.type === 'radio');
  return shown.length - radios.length + new Set(radios.map(one => one.name)).size;
}"""


def test_a_number_is_added_and_all_is_reached_without_a_mouse(desktop: Traveller) -> None:
    therapist = desktop
    given_they_sign_in_with_the_keys(therapist)
    when_they_skip_to_the_content(therapist)
    when_they_open_the_project_and_its_chart(therapist)
    when_they_add_a_number_with_the_keys(therapist)
    then_everything_can_be_reached_and_seen(therapist)


def test_drivers_are_added_and_moved_without_a_mouse(desktop: Traveller) -> None:
    nurse = desktop
    given_they_sign_in_with_the_keys(nurse, "doctor1")
    nurse.opens_project("Antibiotics within an hour for sepsis")
    tab_to(nurse, "Driver diagram", "Enter")
    nurse.sees_title("Driver diagram")
    tab_to(nurse, "Add driver", "Enter")
    nurse.sees_title("Add a primary driver")
    tab_to(nurse, "What has to be true for the aim to be met?")
    nurse.page.keyboard.type("Fluids are at hand")
    nurse.page.keyboard.press("Enter")
    nurse.sees("Added: Fluids are at hand")
    last = nurse.finds(".drivers-box--primary").count()
    tab_to(nurse, "Move up: Fluids are at hand", "Enter")
    then_the_focus_stays_with(nurse, f"Move up: Fluids are at hand, now {last - 1} of")
    nurse.page.keyboard.press("Enter")
    then_the_focus_stays_with(nurse, f"Move up: Fluids are at hand, now {last - 2} of")
    nurse.stops()


def given_they_sign_in_with_the_keys(person: Traveller, account: str = "team4") -> None:
    person.goes_to("/sign-in")
    tab_to(person, "E-mail address")
    person.page.keyboard.type(f"{account}@example.org")
    person.page.keyboard.press("Tab")
    person.page.keyboard.type(person.password)
    person.page.keyboard.press("Enter")
    person.sees_title("My projects")


def then_the_focus_stays_with(person: Traveller, name: str) -> None:
    expect(person.page.get_by_role("button", name=name)).to_be_focused()


def when_they_skip_to_the_content(therapist: Traveller) -> None:
    therapist.page.keyboard.press("Tab")
    skip = therapist.page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    assert skip.bounding_box()["y"] >= 0, "the skip link shows when it has the focus"  # type: ignore[index]
    therapist.page.keyboard.press("Enter")
    therapist.page.keyboard.press("Tab")
    assert therapist.page.evaluate("document.querySelector('main').contains(document.activeElement)")


def when_they_open_the_project_and_its_chart(therapist: Traveller) -> None:
    tab_to(therapist, LEAVING, "Enter")
    therapist.sees_title(LEAVING)
    tab_to(therapist, "See the chart and add data", "Enter")
    therapist.sees_title("Minutes from ready to leaving")


def when_they_add_a_number_with_the_keys(therapist: Traveller) -> None:
    tab_to(therapist, "Add one number", "Enter")
    therapist.sees_title("Add a number")
    tab_to(therapist, "Minutes from ready to leaving")
    therapist.page.keyboard.type("188")
    therapist.page.keyboard.press("Enter")
    therapist.sees("Saved.")


def then_everything_can_be_reached_and_seen(therapist: Traveller) -> None:
    """On the pages with most to press: each stop of the Tab key is seen, and none of them is a trap."""
    therapist.opens_project(LEAVING)
    here = therapist.page.url
    for path in (here, f"{here}measures/", f"{here}drivers/", f"{here}ideas/", f"{here}cycles/quick"):
        therapist.goes_to(path)
        met = round_trip(therapist)
        assert [stop["name"] for stop in met if not (stop["differs"] and stop["isSeen"])] == [], path
        assert len(met) >= therapist.page.evaluate(REACHABLE), path


def tab_to(person: Traveller, name: str, press: str = "") -> None:
    """Tab until what has the focus bears this name, then press a key."""
    for _ in range(MOST_STEPS):
        person.page.keyboard.press("Tab")
        stop = person.page.evaluate(FOCUSED)
        if stop and stop["name"].startswith(name):
            assert stop["differs"], f"the focus on “{name}” cannot be seen"
            if press:
                person.page.keyboard.press(press)
            return
    raise AssertionError(f"“{name}” was not reached with the Tab key")


def round_trip(person: Traveller) -> list[dict[str, object]]:
    """Every stop of the Tab key, from the top until the browser's end of the page."""
    stops: list[dict[str, object]] = []
    for _ in range(MOST_STEPS):
        person.page.keyboard.press("Tab")
        stop = person.page.evaluate(FOCUSED)
        if stop is None or (stops and stop["name"] == "Skip to main content"):
            return stops
        stops.append(stop)
    raise AssertionError("the Tab key never comes to the end of the page")
