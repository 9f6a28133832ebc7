"""Somebody who uses the product in a browser, in words a nurse would use."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import ConsoleMessage, Locator, Page, Request, Response, expect

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
NARROW = 320  # WCAG 2.2, 1.4.10 Reflow

# What axe finds: of each rule that is broken the first few places. Its other lists are long, and nobody reads them.
BARRIERS = """async options => (await axe.run(options)).violations
  .map(one => [one.id, one.nodes.slice(0, 3).map(node => node.html.slice(0, 140))])"""

# What lies beyond the right edge and makes the page wide: the first few, as a person would look for them.
BEYOND = """() => [...document.querySelectorAll('body *')]
  .filter(one => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.qi-scroll, .drivers-paper'))
  .slice(0, 3).map(one => one.outerHTML.slice(0, 100))"""

# A chart is drawn again for the new width a moment later.
SETTLED_WIDTH = """async narrow => {
  const wide = () => document.documentElement.scrollWidth;
  for (let tries = 0; tries < 40 && wide() > narrow; tries++) await new Promise(next => setTimeout(next, 25));
  return wide();
}"""


def today() -> date:
    """The server's day."""
    return datetime.now(UTC).date()


STARTS = {"hub": "Projects that may need help", "coach": "Coaching"}
"""Where the day begins, by the first letters of the account; for everybody else with their own projects."""


@dataclass
class Traveller:
    """One person at one browser. Console errors, missing files, server errors and outside hosts are faults."""

    page: Page
    server: str
    password: str
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.listens_to(self.page)

    def listens_to(self, page: Page) -> None:
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("request", self._asked)
        page.on("response", self._answered)
        page.on("dialog", lambda dialog: dialog.accept())

    def _heard(self, message: ConsoleMessage) -> None:
        # A form that is answered with its faults (422) is reported as a failed page; `_answered` judges those.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.faults.append(f"{self.page.url}: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.server, "data:", "blob:")):
            self.faults.append(f"asked an outside host: {request.url}")

    def _answered(self, response: Response) -> None:
        is_page = response.request.is_navigation_request()
        if response.status >= 500 or (response.status >= 400 and not is_page):
            self.faults.append(f"{response.status} for {response.url}")

    # Going about

    def signs_in(self, account: str) -> None:
        self.goes_to("/sign-in")
        self.types_in_sign_in(account)
        self.sees_title(next((title for who, title in STARTS.items() if account.startswith(who)), "My projects"))

    def types_in_sign_in(self, account: str) -> None:
        self.page.get_by_label("E-mail address").fill(f"{account}@example.org")
        self.page.get_by_label("Password").fill(self.password)
        self.page.get_by_role("button", name="Sign in").click()

    def signs_out(self) -> None:
        self.page.get_by_role("button", name="Sign out").click()

    def goes_to(self, path: str) -> int:
        """Type an address; the status of the answer."""
        answer = self.page.goto(path)
        return answer.status if answer else 0

    def resizes(self, size: tuple[int, int]) -> None:
        self.page.set_viewport_size({"width": size[0], "height": size[1]})

    def asks_for(self, path: str) -> int:
        """The status of an address, without drawing the page."""
        return self.page.context.request.get(path).status

    def opens_project(self, title: str) -> None:
        self.goes_to("/projects/mine")
        self.clicks(title)
        self.sees_title(title)

    def clicks(self, name: str, *, exact: bool = False, within: str = "body") -> None:
        """A link or a button, by what it says."""
        place = self.page.locator(within)
        link, button = (place.get_by_role(role, name=name, exact=exact) for role in ("link", "button"))
        link.or_(button).first.click()

    def types(self, label: str, text: str) -> None:
        self.page.get_by_label(label).first.fill(text)

    def types_day(self, question: str, day: str, month: str, year: str) -> None:
        boxes = self.page.get_by_role("group", name=question)
        for name, text in (("Day", day), ("Month", month), ("Year", year)):
            boxes.get_by_label(name).fill(text)

    def chooses(self, label: str, *, of: str | None = None) -> None:
        """A radio button or a box to tick, of the question it answers where the same word stands twice."""
        place = self.page.get_by_role("group", name=of) if of else self.page
        place.get_by_label(label, exact=True).first.check()

    def picks(self, label: str, option: str) -> None:
        self.page.get_by_label(label).first.select_option(label=option)

    def unfolds(self, summary: str) -> None:
        self.page.locator("summary", has_text=summary).first.click()

    # Seeing

    def sees(self, text: str, *, within: str = "body") -> None:
        shown = self.page.locator(within).get_by_text(text).filter(visible=True)
        expect(shown.first, f"“{text}” on {self.page.url}").to_be_visible()

    def sees_title(self, text: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(text)

    def does_not_see(self, text: str) -> None:
        expect(self.page.get_by_text(text).filter(visible=True)).to_have_count(0)

    def finds(self, selector: str) -> Locator:
        return self.page.locator(selector)

    # Stopping

    def stops(self) -> None:
        """A stop of the journey: no fault that axe can find, and nothing is wider than a narrow phone."""
        assert self.barriers() == [], self.page.url
        assert self.too_wide() == [], self.page.url

    def barriers(self) -> list[str]:
        """What axe finds against WCAG 2.2 AA: the rule and where."""
        self.page.wait_for_load_state("load")
        options = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(AXE_SCRIPT)
        return [f"{rule}: {places}" for rule, places in self.page.evaluate(BARRIERS, options)]

    def too_wide(self) -> list[str]:
        """What makes the page wider than a narrow phone; the window is as it was afterwards."""
        size = self.page.viewport_size
        self.page.set_viewport_size({"width": NARROW, "height": 700})
        wide = self.page.evaluate(SETTLED_WIDTH, NARROW)
        told = [f"{wide} px wide at {NARROW} px", *self.page.evaluate(BEYOND)] if wide > NARROW else []
        if size:
            self.page.set_viewport_size(size)
        return told
