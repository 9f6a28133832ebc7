"""The real server, as `qitracker serve` starts it: gunicorn with two workers of four threads, on a free port."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qitracker.config import ROOT

READY_WITHIN = 60  # seconds


@contextmanager
def served(url: str, folder: Path) -> Iterator[int]:
    """The port of a server for this database; it is stopped, whatever happens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    environment = {
        **os.environ,
        "QITRACKER_INSTANCE": str(folder),
        "QITRACKER_DATABASE_URL": url,
        "QITRACKER_SECURE_COOKIES": "no",
    }
    environment.pop("QITRACKER_SECRET_KEY", None)
    log = folder / "server.log"
    with log.open("w") as lines:
        process = subprocess.Popen(
            [sys.executable, "-m", "qitracker.cli", "serve", "--port", str(port)],
            env=environment, cwd=ROOT, stdout=lines, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            _wait(port, process, log)
            yield port
        finally:
            process.terminate()
            try:
                process.wait(40)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"the server is not ready: {log.read_text()[-2000:]}")
