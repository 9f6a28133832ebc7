"""Journeys: a real server with the demonstration in it, a real Chromium, axe and a 320 px reflow at every stop."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from qitracker.demo.loading import PASSWORD
from tests.journeys.traveller import Traveller

HOW_TO = "Install Chromium (Debian: apt-get install chromium), set CHROMIUM to its path, or run: playwright install chromium"
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 375, "height": 720}


def find_chromium(playwright: Playwright) -> str | None:
    """CHROMIUM, then the PATH, then Playwright's own download."""
    named = os.environ.get("CHROMIUM")
    candidates = [named, *(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")), playwright.chromium.executable_path]
    return next((path for path in candidates if path and Path(path).exists()), None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = find_chromium(playwright)
        if path is None:
            if os.environ.get("JOURNEYS_MUST_RUN"):
                pytest.fail(f"No Chromium found, and the journeys must run. {HOW_TO}")
            pytest.skip(f"JOURNEYS SKIPPED: no Chromium found. {HOW_TO}")
        browser = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demonstration, served by gunicorn as `make demo` serves it, on a free port."""
    instance = tmp_path_factory.mktemp("instance")
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    environment = {**os.environ, "QITRACKER_INSTANCE": str(instance), "PORT": str(port)}
    for name in ("QITRACKER_DATABASE_URL", "QITRACKER_SECRET_KEY"):
        environment.pop(name, None)
    log = (instance / "log").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "qitracker.cli", "demo"], env=environment, stdout=log, stderr=subprocess.STDOUT
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address, process, instance / "log")
        yield address
    finally:
        process.terminate()
        process.wait(30)
        log.close()


def wait_for(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError(f"the server stopped: {log.read_text()[-2000:]}")
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"the server did not answer: {log.read_text()[-2000:]}")


@pytest.fixture
def desktop(chromium: Browser, server: str) -> Iterator[Traveller]:
    yield from travel(chromium, server, DESKTOP)


@pytest.fixture
def phone(chromium: Browser, server: str) -> Iterator[Traveller]:
    yield from travel(chromium, server, PHONE)


def travel(chromium: Browser, server: str, viewport: dict[str, int], **more: bool) -> Iterator[Traveller]:
    context = chromium.new_context(viewport=viewport, base_url=server, reduced_motion="reduce", **more)
    traveller = Traveller(context.new_page(), server, PASSWORD)
    yield traveller
    context.close()
    assert traveller.faults == [], "the browser's console or network complained"


@pytest.fixture
def without_javascript(chromium: Browser, server: str) -> Iterator[Traveller]:
    yield from travel(chromium, server, DESKTOP, java_script_enabled=False)
