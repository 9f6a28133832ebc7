"""What journeys and pictures share: a Chromium, and the demonstration served as `make demo` serves it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Playwright

HOW_TO = (
    "Install Chromium (Debian: apt-get install chromium-headless-shell, or chromium), or set CHROMIUM to its path, "
    "or run: .venv/bin/playwright install chromium"
)
# The shell is the same browser without its windows: the journeys take three quarters of the processor's time with it.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
DESKTOP, PHONE = (1280, 900), (375, 720)
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
NO_UPDATES = ("--disable-component-update", "--disable-sync", "--hide-scrollbars")


def find_chromium(playwright: Playwright) -> str | None:
    """CHROMIUM, then the PATH, then Playwright's own download."""
    on_path = (shutil.which(name) for name in NAMES)
    candidates = [os.environ.get("CHROMIUM"), *on_path, playwright.chromium.executable_path]
    return next((path for path in candidates if path and Path(path).exists()), None)


def launch(playwright: Playwright, path: str) -> Browser:
    return playwright.chromium.launch(executable_path=path, args=[*QUIET, *NO_UPDATES])


@contextmanager
def demonstration(instance: Path) -> Iterator[str]:
    """The address of a fresh demonstration on a free port, with its own folder for the database."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QITRACKER_")}
    environment |= {"QITRACKER_INSTANCE": str(instance), "PORT": str(port)}
    address, log = f"http://127.0.0.1:{port}", instance / "log"
    with log.open("w") as out:
        command = [sys.executable, "-m", "qitracker.cli", "demo"]
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=subprocess.STDOUT)
        try:
            _wait(address, process, log)
            yield address
        finally:
            process.terminate()
            process.wait(30)


def _wait(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(900):
        if process.poll() is not None:
            raise RuntimeError(f"the server stopped: {log.read_text()[-2000:]}")
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"the server did not answer: {log.read_text()[-2000:]}")
