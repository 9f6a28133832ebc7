"""Walking through every link that one person can see, and looking closely at each kind of page once."""

import re
from collections import deque
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from playwright.sync_api import APIRequestContext

MOST_PAGES = 40  # for each person
MOST_ALIKE = 2  # of pages with the same address but for its ids and dates: two measures, two steps
FILES = (".csv", ".svg", ".png", ".json")
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_STEP = re.compile(r"(?<=/steps/)\w+")


@dataclass(frozen=True, slots=True)
class Seen:
    """A page as one person got it. `pieces` are the kinds of elements it is built of."""

    path: str
    status: int
    kind: str
    pieces: frozenset[tuple[str, ...]]
    n_titles: int


class _Reader(HTMLParser):
    """Links, and the kinds of elements: tag, class, role, type. Words do not make a page another kind."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.pieces: set[tuple[str, ...]] = set()
        self.n_titles = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.n_titles += tag == "h1"
        if tag == "a" and named.get("href"):
            self.links.append(named["href"] or "")
        if not tag.startswith(("path", "text", "rect", "line", "circle", "tspan", "g")):
            self.pieces.add((tag, *((named.get(name) or "") for name in ("class", "role", "type"))))


def kind_of(path: str) -> str:
    """The address without what differs from thing to thing."""
    return _STEP.sub("<step>", _DAY.sub("<day>", _ID.sub("<id>", urlsplit(path).path)))


def walk(asks: APIRequestContext, start: str = "/projects/mine") -> list[Seen]:
    """Every page within reach, nearest first; files and other hosts left out."""
    waiting, met, times, found = deque([start]), {start}, dict[str, int](), list[Seen]()
    while waiting and len(found) < MOST_PAGES:
        path = waiting.popleft()
        times[kind_of(path)] = times.get(kind_of(path), 0) + 1
        if times[kind_of(path)] > MOST_ALIKE:
            continue
        answer = asks.get(path)
        reader = _Reader()
        if "text/html" in answer.headers.get("content-type", ""):
            reader.feed(answer.text())
        found.append(Seen(path, answer.status, kind_of(path), frozenset(reader.pieces), reader.n_titles))
        for link in reader.links:
            whole = urlsplit(urldefrag(urljoin(answer.url, link)).url)
            near = whole.path + (f"?{whole.query}" if whole.query else "")
            if whole.netloc == urlsplit(answer.url).netloc and not whole.path.endswith(FILES) and near not in met:
                met.add(near)
                waiting.append(near)
    return found
