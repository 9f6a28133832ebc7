"""Takes the pictures of the documentation from a fresh demonstration: desktop and phone, one file each.

Run by hand: `.venv/bin/python -m tests.journeys.pictures docs/pictures`
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from qitracker.demo.loading import PASSWORD
from tests.journeys.browsing import DESKTOP, HOW_TO, PHONE, demonstration, find_chromium, launch
from tests.journeys.small_png import smaller
from tests.journeys.traveller import Traveller

TALLEST = 2000  # pixels; of a longer page its first two thousand
LARGEST = 150_000  # bytes, so that the repository stays light
PPH, FALLS = "Equity in postpartum haemorrhage", "Fewer falls on Ward 18"
PASTED = "Month\tBleeds\tBirths\n01/10/2025\t6\t81\n01/11/2025\t7\t1,079\n31/11/2025\t5\t76\n01/12/2025\t9\t84\n01/09/2025\t11\t78"


def home(person: Traveller) -> None:
    person.opens_project(PPH)


def measure(person: Traveller) -> None:
    person.opens_project(PPH)
    person.clicks("See the chart and add data")
    person.finds("#chart svg .mark-symbol path").first.wait_for()


def check(person: Traveller) -> None:
    measure(person)
    person.types("Or paste from Excel", PASTED)
    person.clicks("Check the numbers")
    person.sees_title("Check the numbers")


def drivers(person: Traveller) -> None:
    person.opens_project(PPH)
    person.clicks("Driver diagram", exact=True)
    person.sees_title("Driver diagram")


def aim(person: Traveller) -> None:
    person.opens_project(PPH)
    person.clicks("Aim", exact=True)
    person.sees_title("Your aim")


def cycles(person: Traveller) -> None:
    person.opens_project(FALLS)
    person.clicks("PDSA cycles", exact=True)
    person.sees_title("PDSA cycles")


def review(person: Traveller) -> None:
    person.goes_to("/coaching/")
    person.clicks("Review")


PAGES = (  # the file's name, who looks, and the way there
    ("projects", "nurse1", lambda person: person.goes_to("/projects/mine")),
    ("project", "team1", home),
    ("measure", "team1", measure),
    ("pdsa", "team2", cycles),
    ("drivers", "team1", drivers),
    ("aim", "team1", aim),
    ("check", "team1", check),
    ("hub", "hub1", lambda person: person.goes_to("/hub/")),
    ("flow", "hub1", lambda person: person.goes_to("/hub/flow")),
    ("queue", "coach1", lambda person: person.goes_to("/coaching/")),
    ("review", "coach1", review),
)
SIZES = (("desktop", DESKTOP), ("phone", PHONE))


def take_all(folder: Path) -> list[Path]:
    """Every page in both sizes; the files that were written."""
    folder.mkdir(parents=True, exist_ok=True)
    taken = []
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as instance:
        path = find_chromium(playwright)
        if path is None:
            raise SystemExit(f"No Chromium found. {HOW_TO}")
        browser = launch(playwright, path)
        with demonstration(Path(instance)) as address:
            for name, account, goes in PAGES:
                for size_name, (width, height) in SIZES:
                    context = browser.new_context(viewport={"width": width, "height": height}, base_url=address)
                    person = Traveller(context.new_page(), address, PASSWORD)
                    person.signs_in(account)
                    goes(person)
                    taken.append(take(person, folder / f"{name}-{size_name}.png"))
                    context.close()
        browser.close()
    return taken


def take(person: Traveller, file: Path) -> Path:
    """One picture, at the page's own scale, no taller than TALLEST."""
    size = person.page.viewport_size
    assert size
    person.page.wait_for_load_state("load")
    tall = person.page.evaluate("document.documentElement.scrollHeight")
    person.page.set_viewport_size({"width": size["width"], "height": min(tall, TALLEST)})
    person.page.wait_for_timeout(300)  # a chart is drawn once more when the window changes
    screenshot = person.page.screenshot()
    person.page.goto("about:blank")
    file.write_bytes(smaller(screenshot, person.page))
    return file


if __name__ == "__main__":
    for picture in take_all(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/pictures")):
        n_bytes = picture.stat().st_size
        note = f", more than {LARGEST:,}" if n_bytes > LARGEST else ""
        sys.stdout.write(f"{picture}: {n_bytes:,} bytes{note}\n")
