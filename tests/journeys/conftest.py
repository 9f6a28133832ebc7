"""Journeys: a real server with the demonstration in it, a real Chromium, axe and a 320 px reflow at every stop.

One server and one browser for the whole run; each person has a browser window (a context) of their own. Where
there is no Chromium the journeys are skipped, and the end of the run says so loudly (tests/conftest.py).
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from qitracker.demo.loading import PASSWORD
from tests.journeys.browsing import DESKTOP, HOW_TO, PHONE, demonstration, find_chromium, launch
from tests.journeys.traveller import Traveller

PATIENCE = 10_000  # milliseconds; a busy machine is no fault of the page

Window = Callable[..., Traveller]


@pytest.fixture(scope="session")
def found_chromium() -> Iterator[tuple[Playwright, str]]:
    with sync_playwright() as playwright:
        path = find_chromium(playwright)
        if path is None:
            if os.environ.get("JOURNEYS_MUST_RUN"):
                pytest.fail(f"No Chromium found, and the journeys must run. {HOW_TO}")
            pytest.skip(f"JOURNEYS SKIPPED: no Chromium found. {HOW_TO}")
        yield playwright, path


@pytest.fixture(scope="session")
def server(
    found_chromium: tuple[Playwright, str], tmp_path_factory: pytest.TempPathFactory, alone: Callable[[str], None]
) -> Iterator[str]:
    alone("journeys")
    with demonstration(tmp_path_factory.mktemp("instance")) as address:
        yield address


@pytest.fixture(scope="session")
def chromium(found_chromium: tuple[Playwright, str], server: str) -> Iterator[Browser]:
    """Closed before the server: one that is to stop waits for connections that are open."""
    expect.set_options(timeout=PATIENCE)
    browser = launch(*found_chromium)
    yield browser
    browser.close()


@pytest.fixture
def window(chromium: Browser, server: str) -> Iterator[Window]:
    """Opens windows, each for somebody else: `window(PHONE)`, `window(java_script_enabled=False)`."""
    with ExitStack() as windows:

        def opens(size: tuple[int, int] = DESKTOP, **options: Any) -> Traveller:
            return windows.enter_context(_window(chromium, server, size, **options))

        yield opens


@contextmanager
def _window(chromium: Browser, server: str, size: tuple[int, int], **options: Any) -> Iterator[Traveller]:
    viewport = {"width": size[0], "height": size[1]}
    context = chromium.new_context(viewport=viewport, base_url=server, reduced_motion="reduce", **options)
    context.set_default_timeout(PATIENCE)
    traveller = Traveller(context.new_page(), server, PASSWORD)
    try:
        yield traveller
    finally:
        context.close()
    assert traveller.faults == [], "the browser's console or network complained"


@pytest.fixture
def desktop(window: Window) -> Traveller:
    return window(DESKTOP)


@pytest.fixture
def phone(window: Window) -> Traveller:
    return window(PHONE)


@pytest.fixture
def without_javascript(window: Window) -> Traveller:
    return window(DESKTOP, java_script_enabled=False)
