"""From a click to a drawn chart: the measure page in Chromium, until the chart's first marks stand on the page."""

import shutil
from collections.abc import Sequence
from os import environ
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.bench.pages import projects_of, series_of
from tests.bench.seeding import PASSWORD, Rows
from tests.bench.tables import met, middle, ms, say, table
from tests.bench.wards import account_of

TIMES = 10
SLOWEST = 0.500  # median, everything of ours in the browser's cache
VIEWPORT = {"width": 1280, "height": 900}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
# Notes the moment of the first frame after the chart has marks: its SVG is there before they are.
WATCH = """
const seen = new MutationObserver(() => {
  if (!document.querySelector("#chart svg .role-mark path")) return;
  seen.disconnect();
  requestAnimationFrame(() => { document.documentElement.dataset.drawn = performance.now(); });
});
seen.observe(document, { childList: true, subtree: true });
"""


def measure_drawing(port: int, rows: Rows) -> bool | None:
    """The table; whether the goal is met, None without a Chromium."""
    with sync_playwright() as playwright:
        path = _chromium(playwright.chromium.executable_path)
        if path is None:
            say("\nNo Chromium found: the chart was not measured. Set CHROMIUM to its path.\n")
            return None
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        address = f"http://127.0.0.1:{port}"
        projects = projects_of(rows, 0)
        found = []
        for name, place in (("60 months", 0), ("260 weeks", 1)):
            pages = [f"{address}/series/{one}/" for one in series_of(rows, projects, place)]
            found.append((name, "nothing", _cold(browser, address, pages)))
            found.append((name, "scripts and styles", _warm(browser, address, pages)))
        browser.close()
    warm = [middle(times) < SLOWEST for _, cached, times in found if cached != "nothing"]
    table(
        f"Chart drawn after the click, Chromium; median of {TIMES}; goal: below {ms(SLOWEST)} ms once scripts and styles are cached",
        ("chart", "in the cache", "median ms", "shortest ms", "longest ms", "goal"),
        [
            (name, cached, ms(middle(times)), ms(min(times)), ms(max(times)),
             "-" if cached == "nothing" else met(middle(times) < SLOWEST))
            for name, cached, times in found
        ],
    )  # fmt: skip
    return all(warm)


def _cold(browser: Browser, address: str, pages: Sequence[str]) -> list[float]:
    """A browser that has never been here, each time."""
    first = _signed_in(browser, address)
    kept = first.storage_state()
    first.close()
    times = []
    for place in range(TIMES):
        context = browser.new_context(viewport=VIEWPORT, storage_state=kept, reduced_motion="reduce")  # type: ignore[arg-type]
        times.append(_drawn(context, pages[place % len(pages)]))
        context.close()
    return times


def _warm(browser: Browser, address: str, pages: Sequence[str]) -> list[float]:
    """The same browser again and again; two visits before the first that counts."""
    context = _signed_in(browser, address)
    times = [_drawn(context, pages[place % len(pages)]) for place in range(TIMES + 2)]
    context.close()
    return times[2:]


def _signed_in(browser: Browser, address: str) -> BrowserContext:
    context = browser.new_context(viewport=VIEWPORT, reduced_motion="reduce")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}/sign-in")
    page.get_by_label("E-mail address").fill(account_of(0))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/projects/mine")
    page.close()
    return context


def _drawn(context: BrowserContext, address: str) -> float:
    """Seconds from the start of the navigation to the frame with the chart."""
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(address, wait_until="commit")
    page.wait_for_selector("html[data-drawn]", state="attached", timeout=20_000)
    drawn = float(page.locator("html").get_attribute("data-drawn") or "nan")
    page.close()
    return drawn / 1000


def _chromium(own: str) -> str | None:
    candidates = [environ.get("CHROMIUM"), *map(shutil.which, ("chromium", "chromium-browser", "google-chrome")), own]
    return next((path for path in candidates if path and Path(path).exists()), None)
