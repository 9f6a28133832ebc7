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
    rows, goals = [], []
    for name, cached, measured in found:
        times, worked = zip(*measured, strict=True)
        is_met = middle(times) < SLOWEST
        is_warm = cached != "nothing"
        goals += [is_met] if is_warm else []
        shown = [ms(one) for one in (middle(times), min(times), max(times), middle(worked))]
        rows.append((name, cached, *shown, met(is_met) if is_warm else "-"))
    table(
        f"Chart drawn after the click, Chromium; median of {TIMES}; "
        f"goal: below {ms(SLOWEST)} ms once scripts and styles are cached",
        ("chart of", "in the cache", "median ms", "shortest ms", "longest ms", "processor ms", "goal"),
        rows,
    )
    return all(goals)


def _cold(browser: Browser, address: str, pages: Sequence[str]) -> list[tuple[float, float]]:
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


def _warm(browser: Browser, address: str, pages: Sequence[str]) -> list[tuple[float, float]]:
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


def _drawn(context: BrowserContext, address: str) -> tuple[float, float]:
    """Seconds from the start of the navigation to the frame with the chart, and of the page's processor time."""
    page = context.new_page()
    asked = context.new_cdp_session(page)
    asked.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.add_init_script(WATCH)
    page.goto(address, wait_until="commit")
    page.wait_for_selector("html[data-drawn]", state="attached", timeout=20_000)
    drawn = float(page.locator("html").get_attribute("data-drawn") or "nan")
    metrics = {one["name"]: one["value"] for one in asked.send("Performance.getMetrics")["metrics"]}
    page.close()
    return drawn / 1000, float(metrics["TaskDuration"])


def _chromium(own: str) -> str | None:
    candidates = [environ.get("CHROMIUM"), *map(shutil.which, ("chromium", "chromium-browser", "google-chrome")), own]
    return next((path for path in candidates if path and Path(path).exists()), None)
