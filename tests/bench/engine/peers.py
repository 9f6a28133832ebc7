"""The peers, in an environment of their own, asked one piece of work at a time."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import venv
from pathlib import Path

from qitracker.config import INSTANCE

HERE = Path(__file__).parent
NAMES = ("pycontrolcharts", "clinical-qikit", "shewhart")


class Peers:
    """A process that holds the peers, so that rounds of ours and of theirs take turns."""

    def __init__(self, python: Path) -> None:
        self.process = subprocess.Popen(
            [python, HERE / "peer_worker.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def seconds(self, peer: str, work: str) -> float | None:
        """CPU seconds for one series; None where the peer cannot do it."""
        assert self.process.stdin
        assert self.process.stdout
        print(json.dumps({"peer": peer, "work": work}), file=self.process.stdin, flush=True)
        answer = json.loads(self.process.stdout.readline())
        return answer.get("seconds")

    def close(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(timeout=30)


def installed() -> Path:
    """The Python of the peers' environment; made, and filled from peers.txt, when it is not there or not the same."""
    folder = INSTANCE / "bench-peers"
    python, stamp = folder / "bin" / "python", folder / "made-from"
    wanted = hashlib.sha256((HERE / "peers.txt").read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text() != wanted:
        venv.create(folder, with_pip=True, clear=True)
        command = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "-r", HERE / "peers.txt"]
        subprocess.run(command, check=True, stdout=sys.stderr)
        stamp.write_text(wanted)
    return python
