"""Somebody who uses the product in a browser, in words a nurse would use."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Locator, Page, Request, expect

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
NARROW = 320  # WCAG 2.2, 1.4.10 Reflow


class Traveller:
    """One person at one browser. Console errors, broken rules of the page's policy and outside hosts are faults."""

    def __init__(self, page: Page, server: str, password: str) -> None:
        self.page, self.server, self.password = page, server, password
        self.faults: list[str] = []
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", self._asked)
        page.on("dialog", lambda dialog: dialog.accept())

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            self.faults.append(message.text)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.server, "data:", "blob:")):
            self.faults.append(f"asked an outside host: {request.url}")

    def signs_in(self, account: str) -> None:
        self.page.goto("/sign-in")
        self.page.get_by_label("E-mail address").fill(f"{account}@example.org")
        self.page.get_by_label("Password").fill(self.password)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("My projects")

    def goes_to(self, path: str) -> None:
        self.page.goto(path)

    def clicks(self, name: str, *, exact: bool = False) -> None:
        """A link or a button, by what it says."""
        found = self.page.get_by_role("link", name=name, exact=exact).or_(self.page.get_by_role("button", name=name, exact=exact))
        found.first.click()

    def types(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=False).first.fill(text)

    def chooses(self, label: str) -> None:
        self.page.get_by_label(label, exact=True).first.check()

    def sees(self, text: str) -> None:
        expect(self.page.get_by_text(text, exact=False).first).to_be_visible()

    def sees_heading(self, text: str) -> None:
        expect(self.page.get_by_role("heading", name=text, exact=False).first).to_be_visible()

    def does_not_see(self, text: str) -> None:
        expect(self.page.get_by_text(text, exact=False)).to_have_count(0)

    def stops(self) -> None:
        """A stop of the journey: no fault that axe can find, and nothing is wider than a narrow phone."""
        found = Axe().run(self.page, options={"runOnly": {"type": "tag", "values": WCAG}})
        told = [f"{one['id']}: {[node['html'][:140] for node in one['nodes'][:3]]}" for one in found.response["violations"]]
        assert told == [], (self.page.url, told)
        size = self.page.viewport_size
        self.page.set_viewport_size({"width": NARROW, "height": 700})
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        if size:
            self.page.set_viewport_size(size)
        assert wide <= NARROW, f"{self.page.url} is {wide} px wide on a phone of {NARROW} px"

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name)
